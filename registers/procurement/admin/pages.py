"""What procurement's pages of the desk share: who works them, their forms, and the cells of their tables."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from integrity.casework.views.desk_pages import attempt, page
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.forms import GovukForm
from registers.organisations.models import Organisation
from registers.procurement.forms.parts import SearchForm
from registers.procurement.permissions import PROCUREMENT, is_of


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


def list_page(
    request: SignedInRequest, search: SearchForm, *, title: str, one: str, **context: Any
) -> HttpResponse:
    """A search above a table; where nothing is found, the way to everything there is (``one`` of it)."""
    shown = {"search": search, **nothing(search, one, request.path), **context}
    return page(request, "procurement/desk/list.html", title, **shown)


def nothing(search: SearchForm, one: str, path: str) -> dict[str, Any]:
    """What a list says that shows nothing: a search for words is offered again among everything."""
    if not search.narrows:
        return {"nothing": f"There is no {one}."}
    words = search.said.get("q", "") if search.narrows != {"q"} else ""
    label = f"Look for “{words}” in all {one}s" if words else f"Show all {one}s"
    everything = {"label": label, "url": f"{path}?{urlencode({'q': words})}"}
    return {"nothing": f"No {one} matches this filter.", "everything": everything}


def link(label: str, name: str, *args: object) -> dict[str, str]:
    return {"label": label, "url": reverse(f"admin:{name}", args=args)}


def organisation_link(organisation: Organisation, label: str = "") -> dict[str, str]:
    """To the page that tells everything of an organisation, under the name a register wrote."""
    return link(label or organisation.name, "organisations-page", organisation.root_id)


def of_force(several: bool, force: Any) -> list[Any]:
    """The cell or heading of the force, where a list has one."""
    return [force] if several else []


def works_for(user: User, force_id: int) -> bool:
    return is_of(user, force_id, *PROCUREMENT)


def names(organisations: Iterable[Any]) -> str:
    return "; ".join(str(each) for each in organisations) or "Nobody is named"


def place(where: str) -> str:
    """Where in its file something stands: the row of a sheet by name, or of a file with one."""
    return f"row {where}" if where.isdecimal() else where
