"""Everything known of one organisation on one page, for those who may see each part; and what PSD adds."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.registry import Fact
from integrity.casework.views.imports import page
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.forms import GovukForm
from integrity.ui.templatetags.ui import day, money
from registers.organisations import actions
from registers.organisations.admin.pages import attempt, find, page_of, posted
from registers.organisations.forms.desk import NameForm, NoteForm, ParentForm
from registers.organisations.models import Merge, Organisation, OrganisationName
from registers.organisations.names import name_key
from registers.organisations.permissions import READERS, REVIEWERS, is_analyst
from registers.organisations.registry import Item, appearances
from registers.organisations.suggestions import waiting
from registers.organisations.whole import ids_of

PAGE = 50
NUMERIC = {"numeric": True}
FORM = "organisations/desk/form.html"


@require_safe
def organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """One organisation: a record that was merged is shown with what it counts as."""
    user, found = request.user, find(request.user, pk)
    if found.merged_into_id:
        return redirect(page_of(found))
    ids = ids_of(found)
    known = appearances(user, ids)
    kind = request.GET.get("kind", "")
    line = timeline(known, kind)
    return page(
        request, "organisations/desk/organisation.html", found.name, organisation=found,
        facts=facts_of(found, ids), names=names_of(found, ids),
        totals=totals(known, found), columns=("What", {"label": "How many", **NUMERIC},
        {"label": "Together", **NUMERIC}), kind=kind if kind in known else "",
        page_obj=Paginator(line, PAGE).get_page(request.GET.get("page")),
        parts=found.parts.order_by("name"), **for_psd(user, found, ids),
    )  # fmt: skip


def timeline(known: Mapping[str, Sequence[Item]], kind: str) -> list[tuple[str, Item]]:
    """What every register holds, or one of them, the latest first; each by what it is."""
    chosen = {kind: known[kind]} if kind in known else known
    line = [(label, item) for label, items in chosen.items() for item in items]
    return sorted(line, key=lambda each: each[1].on, reverse=True)


def totals(known: Mapping[str, Sequence[Item]], found: Organisation) -> list[list[Any]]:
    """How many of each kind, and what they are worth together where that is known."""
    rows = []
    for label, items in known.items():
        amounts = [item.amount for item in items if item.amount is not None]
        together = money(sum(amounts, Decimal(0))) if amounts else ""
        link = {"label": label, "url": f"{page_of(found)}?kind={label}"}
        rows.append([link, len(items), together])
    return rows


def facts_of(found: Organisation, ids: Sequence[int]) -> list[Fact]:
    """Its numbers and whose part it is, of whichever of its records says so."""
    records = list(Organisation.objects.filter(pk__in=ids).select_related("parent"))
    parent = next((each.parent for each in records if each.parent is not None), None)
    numbers = [
        (f"Supplier number of {force}", number)
        for force, number in Organisation.objects.filter(pk__in=ids)
        .exclude(supplier_numbers=None)
        .order_by("supplier_numbers__force__name", "supplier_numbers__number")
        .values_list("supplier_numbers__force__name", "supplier_numbers__number")
    ]
    said = [
        ("Companies House number", first(each.company_number for each in records)),
        ("Charity number", first(each.charity_number for each in records)),
        ("Place", found.place or first(each.place for each in records)),
        *numbers,
        ("Department", str(found.department)),
    ]
    facts = [Fact(label, words) for label, words in said if words]
    return [*facts, Fact("Part of", parent.name, page_of(parent))] if parent else facts


def first(words: Any) -> str:
    return next(filter(None, words), "")


def names_of(found: Organisation, ids: Sequence[int]) -> list[str]:
    """Every other name it goes by: what sort, from when until when."""
    others = Organisation.objects.filter(pk__in=ids).exclude(pk=found.pk)
    spelt = OrganisationName.objects.filter(organisation__in=ids).order_by("kind", "name")
    own = [
        f"{each.name}: {each.get_kind_display().lower()}{between(each.starts_on, each.ends_on)}"
        for each in spelt
    ]
    return [*own, *(f"{each.name}: a record merged into this one" for each in others)]


def between(starts_on: date | None, ends_on: date | None) -> str:
    since = f", from {day(starts_on)}" if starts_on else ""
    return since + (f" until {day(ends_on)}" if ends_on else "")


def for_psd(user: User, found: Organisation, ids: Sequence[int]) -> dict[str, Any]:
    """Merges and suggestions, which inspectors read too; notes, which PSD alone reads and writes."""
    analyst, reviews = is_analyst(user, found.department_id), user.holds(*REVIEWERS)
    merges = Merge.objects.filter(Q(organisation__in=ids) | Q(into__in=ids))
    here = Q(one__in=ids) | Q(other__in=ids)
    people = ("merged_by__grade", "undone_by__grade")
    return {
        "analyst": analyst,
        "reviews": reviews,
        "merges": merges.select_related("organisation", "into", *people) if reviews else [],
        "suggestions": waiting([found.department_id]).filter(here).select_related("one", "other")
        if reviews
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
    if attempt(form, lambda: actions.add_name(found, **form.cleaned_data, by=by, now=now)):
        messages.success(request, "The name was added.")
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


def set_parent(found: Organisation, typed: str, by: User) -> None:
    """By a name that the department knows. Raises Denied."""
    whose = actions.whose_name(found.department_id, name_key(typed)[:200]) if typed else None
    if typed and whose is None:
        raise Denied(f"No organisation is called “{typed}”. Add it first, or check the name.")
    actions.set_parent(found, parent=whose, by=by, now=timezone.now())


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
