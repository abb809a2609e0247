"""The menu: the same everywhere, with what each person may open."""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Exists, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from integrity.casework.models import Notice
from integrity.casework.registry import menu_entries
from integrity.people.enums import Role
from integrity.people.models import User
from integrity.people.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    url: str
    current: bool
    count: int = 0


def navigation(request: HttpRequest) -> dict[str, Any]:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"navigation": SimpleLazyObject(lambda: menu(cast(SignedInRequest, request)))}


def menu(request: SignedInRequest) -> list[MenuItem]:
    user = request.user
    entries = [("My record", reverse("home"), 0)]
    has_team, unread = _of_theirs(user)
    if has_team:
        entries.append(("My team", reverse("casework:team"), 0))
    entries.append(("Notices", reverse("casework:notices"), unread))
    entries.append(("Policies", reverse("policies"), 0))
    if user.holds(Role.REGISTER_OWNER, Role.GOVERNANCE_MEMBER, Role.INSPECTOR):
        entries.append(("Sign-off", reverse("casework:sign-offs"), 0))
    entries += [(label, url, 0) for label, url in menu_entries(user)]
    if user.is_staff:
        entries.append(("PSD desk", reverse("psd:index"), 0))
    path = request.path
    return [
        MenuItem(label, url, path == url if url == "/" else path.startswith(url), count)
        for label, url, count in entries
    ]


def _of_theirs(user: User) -> tuple[bool, int]:
    """Whether somebody has a team, and how many notices they have not read; every page asks it."""
    unread = Notice.objects.filter(recipient=user, read_at=None)
    asked = User.objects.filter(pk=user.pk).values_list(
        Exists(User.objects.filter(line_manager=user)),
        Coalesce(
            Subquery(unread.order_by().values("recipient").annotate(n=Count("pk")).values("n")), 0
        ),
    )
    return asked.get()
