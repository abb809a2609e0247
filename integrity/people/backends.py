"""Sign-in with a local account, for people who serve today."""

from django.contrib.auth.backends import ModelBackend

from integrity.people.models import User


class ServingMemberBackend(ModelBackend):
    """Django's backend, with the person's grade and force read at once; leaving ends every session."""

    def get_user(self, user_id: int) -> User | None:
        user = (
            User.objects.select_related("grade", "unit", "force__department", "oversight_body")
            .filter(pk=user_id)
            .first()
        )
        return user if user and self.user_can_authenticate(user) else None
