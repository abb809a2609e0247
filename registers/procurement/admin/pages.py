"""What procurement's pages of the desk share: who reads and works them, and how a table's cells are made."""

from collections.abc import Callable, Iterable, Sized
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from integrity.casework.views.imports import page
from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.forms import GovukForm
from registers.organisations.models import Organisation
from registers.procurement.permissions import PROCUREMENT, READERS, is_of

PAGE = 50
Cell = Any

__all__ = ["PROCUREMENT", "READERS", "attempt", "form_page", "is_of", "page", "paged", "posted"]


def paged(request: HttpRequest, rows: Any, *, size: int = PAGE) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: nothing until it is sent."""
    return request.POST if request.method == "POST" else None


def attempt[T](form: GovukForm, act: Callable[[], T]) -> T | None:
    """Do what a valid form asks; a refusal becomes the form's own sentence."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act()
    except Denied as denied:
        form.add_error(None, str(denied))
        return None


def form_page(
    request: SignedInRequest,
    form: GovukForm,
    act: Callable[[], object],
    *,
    title: str,
    under: tuple[str, str],
    **context: Any,
) -> HttpResponse:
    """A page that is one form, under the page to which it leads back: its name's label and its path."""
    label, back = under
    form.cancel_url = back
    if attempt(form, act) is not None:
        return redirect(back)
    shown = {"form": form, "under_label": label, "under_path": back, **context}
    return page(request, "procurement/desk/form.html", title, **shown)


def link(label: str, name: str, *args: object) -> dict[str, str]:
    return {"label": label, "url": reverse(f"admin:{name}", args=args)}


def organisation_link(organisation: Organisation, label: str = "") -> dict[str, str]:
    """To the page that tells everything of an organisation, under the name a register wrote."""
    return link(label or organisation.name, "organisations-page", organisation.root_id)


def number(label: str) -> dict[str, Any]:
    """A column of numbers."""
    return {"label": label, "numeric": True}


def several(forces: Sized) -> bool:
    """Whether a list needs to say of which force each row is."""
    return len(forces) > 1


def of_force(several: bool, force: Any) -> list[Any]:
    """The cell or heading of the force, where a list has one."""
    return [force] if several else []


def works_for(user: User, force_id: int) -> bool:
    return is_of(user, force_id, *PROCUREMENT)


def names(organisations: Iterable[Any]) -> str:
    return "; ".join(str(each) for each in organisations) or "Nobody is named"
