"""What the desk's pages of organisations share: which somebody finds, and what a refusal becomes."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from integrity.casework.workflow import Denied
from integrity.people.admin import departments_in
from integrity.people.models import StandardsDepartment, User
from integrity.ui.forms import GovukForm
from registers.organisations.models import Organisation
from registers.organisations.permissions import READERS


def departments_of(user: User, *roles: str) -> QuerySet[StandardsDepartment]:
    """Those whose organisations somebody reads at the desk, by these roles."""
    return StandardsDepartment.objects.filter(pk__in=departments_in(user.scope(*roles)))


def find(user: User, pk: int, *roles: str) -> Organisation:
    """An organisation of the reader's departments; otherwise 404."""
    near = departments_of(user, *(roles or READERS)).values("pk")
    found = Organisation.objects.select_related("parent", "merged_into", "department")
    return get_object_or_404(found, pk=pk, department__in=near)


def page_of(organisation: Organisation) -> str:
    """The page of everything known of an organisation, whichever of its records is named."""
    return reverse("admin:organisations-page", args=[organisation.root_id])


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: nothing until it is sent."""
    return request.POST if request.method == "POST" else None


def attempt(form: GovukForm, act: Callable[[], object]) -> bool:
    """Do what a valid form asks; a refusal becomes the form's own sentence."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        act()
    except Denied as denied:
        if not denied.for_them:
            raise
        form.add_error(None, str(denied))
        return False
    return True
