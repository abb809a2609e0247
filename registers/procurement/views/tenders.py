"""Somebody with a part in a tender finds it again, and declares whether they have an interest in a bidder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.procurement import actions
from registers.procurement.declarations import Declaration, before, declarations, last_declared
from registers.procurement.forms.tenders import DeclareForm
from registers.procurement.models import Involvement, Tender
from registers.procurement.policies import has_ended, is_open, tender_stands_at
from registers.procurement.reads import own_tenders, standing

PAGE = 25


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's own part in a tender, what stands declared of it and what was said before."""

    involvement: Involvement
    ended: bool
    before: Sequence[Declaration]


@dataclass(frozen=True, slots=True)
class Line:
    """A tender as somebody with a part in it finds it again."""

    tender: Tender
    stands_at: str
    open: bool
    parts: Sequence[Part]

    @property
    def takes_declarations(self) -> bool:
        return any(not each.ended for each in self.parts)


@require_safe
def tenders(request: SignedInRequest) -> HttpResponse:
    """The tenders in which the reader has or had a part, those that still take bids first."""
    user, today = request.user, timezone.localdate()
    shown = Paginator(own_tenders(user, today), PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "lines": lines(user, list(shown), today)}
    return TemplateResponse(request, "procurement/tenders.html", context)


def lines(user: User, tenders: Sequence[Any], today: date) -> list[Line]:
    said = declarations([each.pk for each in tenders], by=user)
    parts: dict[int | None, list[Part]] = {}
    for each in user.involvements.filter(tender__in=tenders):
        found = Part(each, has_ended(each, today), before(each, said))
        parts.setdefault(each.tender_id, []).append(found)
    return [
        Line(
            each,
            tender_stands_at(each, today, awarded=each.awarded),
            is_open(each, today),
            parts[each.pk],
        )
        for each in tenders
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who bids, the reader's own part, and what they declare; for those involved alone."""
    user = request.user
    parts = Involvement.objects.filter(standing(timezone.localdate()), person=user)
    found = get_object_or_404(Tender.objects.filter(pk__in=parts.values("tender")), pk=pk)
    form = DeclareForm(
        request.POST if request.method == "POST" else None, last=last_declared(found, user)
    )
    if form.is_bound and form.is_valid():
        actions.declare_interests(found, **form.said, by=user, now=timezone.now())
        messages.success(request, "Thank you. Your declaration is on record.")
        return redirect("procurement:declare", found.pk)
    context = {"tender": found, "form": form, **declared(found, list(parts.filter(tender=found)))}
    return TemplateResponse(
        request, "procurement/declare.html", context, status=422 if form.is_bound else 200
    )


def declared(tender: Tender, mine: Sequence[Involvement]) -> dict[str, Any]:
    """Who bids, and what stands declared and was declared before of the reader's parts."""
    said = declarations([tender.pk], by=mine[0].person)
    stands = next((each for each in mine if each.declared), mine[0])
    return {
        "bidders": tender.bidders.select_related("organisation"),
        "mine": mine,
        "stands": stands,
        "before": before(stands, said),
    }
