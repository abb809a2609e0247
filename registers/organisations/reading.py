"""Which organisations somebody reads everything of, and where: on the desk, or on the site."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from integrity.casework.desk import cases_on_desk
from integrity.people.admin import departments_in
from integrity.people.models import StandardsDepartment, User
from registers.organisations.models import Organisation
from registers.organisations.permissions import OWNERS, READERS


def departments_of(user: User, *roles: str) -> QuerySet[StandardsDepartment]:
    """Those whose organisations somebody reads by these roles."""
    return StandardsDepartment.objects.filter(pk__in=departments_in(user.scope(*roles)))


def find(user: User, pk: int, *roles: str) -> Organisation:
    """An organisation of the reader's departments; otherwise 404."""
    near = departments_of(user, *roles).values("pk")
    found = Organisation.objects.select_related("parent", "merged_into", "department")
    return get_object_or_404(found, pk=pk, department__in=near)


def page_for(user: User, organisation: Organisation | None, back: str = "") -> str:
    """The page of everything known of an organisation, as this reader finds it; empty for nobody's.

    ``back`` is the entry that leads there, and to which the site's page leads back.
    """
    if organisation is None:
        return ""
    if organisation.department_id in user.departments(*READERS):
        return reverse("psd:organisations-page", args=[organisation.root_id])
    if organisation.department_id in user.departments(*OWNERS):
        query = {"from": back} if back else None
        return reverse("organisations:page", args=[organisation.root_id], query=query)
    return ""


def known_of(
    user: User, named: Iterable[Organisation | None], back: str = ""
) -> list[dict[str, str]]:
    """A link for each organisation that the entry at ``back`` names, for who reads its page."""
    distinct = {each.pk: each for each in named if each is not None}
    paths = [(each.name, page_for(user, each, back)) for each in distinct.values()]
    return [{"label": name, "url": path} for name, path in paths if path]


def on_desk(user: User, *more_roles: str) -> Exists:
    """Whether the desk shows a row's case to this reader; an owner of registers reads it on the site.

    ``more_roles`` read the cases of one register there.
    """
    return Exists(cases_on_desk(user, *more_roles).filter(pk=OuterRef("case")))
