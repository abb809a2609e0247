"""A request as a view behind the sign-in sees it."""

from django.http import HttpRequest

from integrity.people.models import User


class SignedInRequest(HttpRequest):
    """For annotations: the middleware lets nobody else through."""

    user: User
