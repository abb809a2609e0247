"""A request as the middleware makes it and a view behind the sign-in sees it."""

from collections.abc import Callable

from django.http import HttpRequest

from integrity.people.models import User


class ScopedRequest(HttpRequest):
    """One transaction: taken back where the request failed, with what is then still to be recorded."""

    failed: bool
    after_rollback: Callable[[], object] | None


class SignedInRequest(ScopedRequest):
    """For annotations: the middleware lets nobody else through."""

    user: User
