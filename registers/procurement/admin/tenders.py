"""Tenders on the desk: who bids, who is involved, and who has not said whether they have an interest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import number, page, paged, posted
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day
from registers.organisations.models import Organisation
from registers.organisations.registry import Item, held
from registers.procurement import actions
from registers.procurement.admin.pages import (
    form_page,
    link,
    list_page,
    names,
    of_force,
    organisation_link,
    works_for,
)
from registers.procurement.declarations import Declaration, before, declarations
from registers.procurement.enums import Declared, TenderStatus
from registers.procurement.forms.tenders import CLOSED, BidderForm, TenderSearch
from registers.procurement.models import Involvement, Tender
from registers.procurement.permissions import PROCUREMENT, READERS, is_of
from registers.procurement.policies import tender_stands_at
from registers.procurement.reads import standing, taking_bids, tenders_of

LIST, ONE = "procurement-tenders", "procurement-tender"
COLOURS = {Declared.NOT_YET: "yellow", Declared.NONE: "green", Declared.INTEREST: "red"}


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody's part as the page shows it; what they registered, for PSD alone."""

    involvement: Involvement
    stands: bool
    declared: dict[str, str]
    before: Sequence[Declaration]
    registered: Sequence[Item] = field(default_factory=tuple)


@require_safe
def tenders(request: SignedInRequest) -> HttpResponse:
    """Every tender of the reader's forces, the last to close first."""
    search, today = TenderSearch(request.GET), timezone.localdate()
    silent = Count("involved", filter=silent_parts(today), distinct=True)
    found = narrowed(tenders_of(request.user), search.said, today).annotate(silent=silent)
    shown = paged(request, found)
    several = len(request.user.scope(*READERS).forces) > 1
    heads = ["Tender", "Dates", "Bidders", "Status", number("Not declared")]
    return list_page(
        request, search, title="Tenders", one="tender", page_obj=shown,
        columns=[*heads, *of_force(several, "Force")],
        rows=[[*row(each, today), *of_force(several, each.force)] for each in shown],
    )  # fmt: skip


def silent_parts(today: Any) -> Q:
    """Parts that stand in a tender with bidders, whose person has not declared."""
    not_ended = Q(involved__ends_on=None) | Q(involved__ends_on__gte=today)
    return not_ended & Q(involved__declared="", bidders__isnull=False)


def narrowed(found: QuerySet[Tender], said: dict[str, Any], today: date) -> QuerySet[Tender]:
    if words := said.get("q"):
        found = found.filter(Q(title__icontains=words) | Q(identifier__icontains=words))
    if bidder := said.get("bidder"):
        named = Tender.objects.filter(
            Q(bidders__as_written__icontains=bidder)
            | Q(bidders__organisation__name__icontains=bidder)
        )
        found = found.filter(pk__in=named.values("pk"))
    if status := said.get("status"):
        found = found.filter(with_status(status, today))
    return found


def with_status(status: str, today: date) -> Q:
    """Of the tenders that notices call open, those that are not past, or those that are."""
    if status == CLOSED:
        return Q(status=TenderStatus.ACTIVE) & ~taking_bids(today)
    return taking_bids(today) if status == TenderStatus.ACTIVE else Q(status=status)


def row(tender: Any, today: date) -> list[Any]:
    return [
        link(tender.title, ONE, tender.pk),
        dates(tender),
        names(tender.bidders.all()),
        tender_stands_at(tender, today, awarded=tender.awarded),
        tender.silent,
    ]


def dates(tender: Tender) -> str:
    first, last = day(tender.opens_on), day(tender.closes_on)
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else "Not stated"


@require_safe
def tender(request: SignedInRequest, pk: int) -> HttpResponse:
    """One tender; beside each person PSD alone reads what they registered of a bidder."""
    user, today = request.user, timezone.localdate()
    found: Any = get_object_or_404(tenders_of(user), pk=pk)  # with ``awarded``
    psd = is_of(user, found.force_id, *PSD_ROLES)
    return page(
        request, "procurement/desk/tender.html", found.title, tender=found,
        stands_at=tender_stands_at(found, today, awarded=found.awarded), dates=dates(found),
        works=works_for(user, found.force_id), psd=psd,
        bidders=[organisation_link(each.organisation, each.as_written)
                 for each in found.bidders.all()],
        involved=involved(found, user, psd=psd),
        contracts=[link(each.title, "procurement-contract", each.pk)
                   for each in found.contracts.all()],
    )  # fmt: skip


def involved(tender: Tender, reader: User, *, psd: bool) -> list[Involved]:
    """Everybody's part, those that stand first."""
    parts = list(tender.involved.select_related("person__grade"))
    of_person = registered(tender, parts, reader) if psd else {}
    standing_now = set(
        tender.involved.filter(standing(timezone.localdate())).values_list("pk", flat=True)
    )
    history = declarations([tender.pk])
    lines = [
        Involved(
            each, each.pk in standing_now, said(each), before(each, history),
            of_person.get(each.person_id, ()),
        )
        for each in parts
    ]  # fmt: skip
    return sorted(lines, key=lambda line: not line.stands)


def said(involvement: Involvement) -> dict[str, str]:
    declared = Declared(involvement.declared)
    return {"label": str(declared.label), "colour": COLOURS[declared]}


def registered(
    tender: Tender, parts: Sequence[Involvement], reader: User
) -> Mapping[int, Sequence[Item]]:
    """What those involved declared of the bidders in any register, as the reader may see it."""
    roots = {bidder.organisation.root_id for bidder in tender.bidders.all()}
    whole = Organisation.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots))
    people = {each.person_id for each in parts}
    return held(reader, people, list(whole.values_list("pk", flat=True)))


@require_http_methods(["GET", "HEAD", "POST"])
def add_bidder(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name somebody who bids; everybody involved is asked again."""
    found = get_object_or_404(tenders_of(request.user, *PROCUREMENT), pk=pk)
    form = BidderForm(posted(request))
    return form_page(
        request, form, lambda: actions.add_bidder(
            found, **form.cleaned_data, by=request.user, now=timezone.now()
        ),
        title="Add a bidder", under=(found.title, reverse(f"admin:{ONE}", args=[found.pk])),
        about=found.title,
    )  # fmt: skip


def waiting(user: User) -> int:
    """How many people have not declared in the tenders of a reader's forces."""
    today = timezone.localdate()
    parts = Involvement.objects.filter(standing(today), tender__in=tenders_of(user), declared="")
    return parts.filter(tender__bidders__isnull=False).values("person", "tender").distinct().count()


add_page = partial(desk.register_page, roles=READERS)
at = "procurement/tenders/"
add_page(at, tenders, name=LIST, label="Tenders: declarations about bidders", waiting=waiting)
add_page(f"{at}<int:pk>/", tender, name=ONE, label="")
desk.register_page(
    f"{at}<int:pk>/bidders/add/", add_bidder, name="procurement-bidder-add", label="",
    roles=PROCUREMENT,
)  # fmt: skip
