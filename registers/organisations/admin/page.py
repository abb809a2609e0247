"""Everything known of one organisation on one page, for those who may see each part; and what PSD adds."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import attempt, page, paged, posted
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, REFERENCE_ROLES
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.forms import GovukForm
from registers.organisations import actions
from registers.organisations.admin.pages import page_of
from registers.organisations.everything import everything, halves
from registers.organisations.forms.desk import NameForm, NoteForm, ParentForm
from registers.organisations.models import Merge, Organisation, OrganisationName
from registers.organisations.names import name_key
from registers.organisations.permissions import READERS, REVIEWERS, is_analyst
from registers.organisations.reading import find
from registers.organisations.suggestions import waiting
from registers.organisations.whole import ids_of

FORM = "organisations/desk/form.html"


@require_safe
def organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """One organisation: a record that was merged is shown with what it counts as."""
    user, found = request.user, find(request.user, pk, *READERS)
    if found.merged_into_id:
        return redirect(page_of(found))
    ids = ids_of(found)
    shown = everything(user, found, ids, request.GET.get("kind", ""))
    line = paged(request, shown.pop("line"))
    return page(
        request, "organisations/desk/organisation.html", found.name, page_obj=line, **shown,
        **halves(line, timezone.localdate()), **for_psd(user, found, ids),
    )  # fmt: skip


def for_psd(user: User, found: Organisation, ids: Sequence[int]) -> dict[str, Any]:
    """Merges, which inspectors read too; suggestions and notes are PSD's alone, who rules and writes.

    A suggestion names another record, whose entries its reader may not be let to read.
    """
    analyst, reviews = is_analyst(user, found.department_id), user.holds(*REVIEWERS)
    merges = Merge.objects.filter(Q(organisation__in=ids) | Q(into__in=ids))
    here = Q(one__in=ids) | Q(other__in=ids)
    people = ("merged_by__grade", "undone_by__grade")
    return {
        "analyst": analyst,
        "reviews": reviews,
        "lists": user.holds(*REFERENCE_ROLES),
        "merges": merges.select_related("organisation", "into", *people) if reviews else [],
        "suggestions": waiting([found.department_id]).filter(here).select_related("one", "other")
        if analyst
        else [],
        "notes": found.notes.model.objects.filter(organisation__in=ids).select_related(
            "written_by__grade"
        )
        if analyst
        else [],
    }


# --- what PSD adds --------------------------------------------------------------------------------


def form_page(
    request: SignedInRequest, found: Organisation, form: GovukForm, title: str
) -> HttpResponse:
    form.cancel_url = page_of(found)
    return page(request, FORM, title, form=form, organisation=found)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what else it is called."""
    found, form = find(request.user, pk, *PSD_ROLES), NameForm(posted(request))
    by, now = request.user, timezone.now()
    made = attempt(form, lambda: actions.add_name(found, **form.cleaned_data, by=by, now=now))
    if made is not None:
        suggested = f"Another record has that name, so a merge is suggested: {made}."
        added = isinstance(made, OrganisationName)
        messages.success(request, "The name was added." if added else suggested)
        return redirect(page_of(found))
    return form_page(request, found, form, f"Another name of {found}")


@require_http_methods(["GET", "HEAD", "POST"])
def parent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say to which company or body it belongs."""
    found = find(request.user, pk, *PSD_ROLES)
    form = ParentForm(posted(request), initial={"parent": str(found.parent or "")})
    if attempt(form, lambda: set_parent(found, form.cleaned_data["parent"], request.user)):
        messages.success(request, "What it is a part of was saved.")
        return redirect(page_of(found))
    return form_page(request, found, form, f"What {found} is a part of")


def set_parent(found: Organisation, typed: str, by: User) -> Organisation:
    """By a name that the department knows. Raises Denied."""
    whose = actions.whose_name(found.department_id, name_key(typed)[:200]) if typed else None
    if typed and whose is None:
        raise Denied(f"No organisation is called “{typed}”. Add it first, or check the name.")
    return actions.set_parent(found, parent=whose, by=by, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave a note that PSD alone reads."""
    found, form = find(request.user, pk, *PSD_ROLES), NoteForm(posted(request))
    by, now = request.user, timezone.now()
    if attempt(form, lambda: actions.add_note(found, **form.cleaned_data, by=by, now=now)):
        messages.success(request, "The note was kept.")
        return redirect(page_of(found))
    return form_page(request, found, form, f"A note on {found}")


one = "organisations/<int:pk>/"
desk.register_page(one, organisation, name="organisations-page", label="", roles=READERS)
add_page = partial(desk.register_page, label="", roles=PSD_ROLES)
add_page(f"{one}name/", name, name="organisations-name")
add_page(f"{one}parent/", parent, name="organisations-parent")
add_page(f"{one}note/", note, name="organisations-note")
