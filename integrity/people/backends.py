"""Sign-in with a local account, for people who serve today."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from integrity.people.models import User
from integrity.people.scope import of_sign_in_name


class ServingMemberBackend(ModelBackend):
    """Django's backend, with the person's grade and force read at once; leaving ends every session."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        with of_sign_in_name(username or "", today=timezone.localdate()):
            return super().authenticate(request, username=username, password=password, **kwargs)

    def get_user(self, user_id: int) -> User | None:
        user = (
            User.objects.select_related("grade", "unit", "force__department", "oversight_body")
            .filter(pk=user_id)
            .first()
        )
        return user if user and self.user_can_authenticate(user) else None
