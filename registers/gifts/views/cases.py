"""An entry's own page, and the verbs on it."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.actions import start_draft
from integrity.casework.receipts import newest_receipt
from integrity.casework.views.entries import entry_page, verb_view
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.gifts.actions.declare import REGISTER
from registers.gifts.drafts import data_of
from registers.gifts.enums import RULINGS, Purpose, Status, Verb
from registers.gifts.handlers import HANDLERS
from registers.gifts.models import Offer
from registers.gifts.permissions import RULES, may_read_peer_reviews
from registers.gifts.summaries import PLAIN, summary
from registers.gifts.views.drafts import RESTATES, address
from registers.gifts.views.told import told_of
from registers.organisations.reading import known_of

# what somebody is waiting for; a page shows these first among equals
WAITING_VERBS = {
    Verb.PEER_REVIEW,
    Verb.APPROVE,
    Verb.ANSWER,
    Verb.ANSWER_CHALLENGE,
    Verb.CONFIRM,
    Verb.RECORD_OUTCOME,
}
DRAFTED = {verb: purpose for purpose, verb in RESTATES.items()}


def find(user: User, reference: str) -> Offer:
    """The offer, if this person may see it at all; otherwise it does not exist for them."""
    visible = Offer.objects.visible_to(user).only("pk")
    pk = get_object_or_404(visible, case__reference=reference).pk
    return Offer.objects.with_all().get(pk=pk)


@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    offer = find(request.user, reference)
    context = entry_page(
        request,
        offer,
        RULES,
        summary=summary(offer),
        urgent=WAITING_VERBS,
        words=RULINGS,
        verb_url_name="gifts:verb",
        desk_url_name="psd:gifts_offer_change",
    )
    context["known"] = known_of(request.user, [offer.provider_organisation], request.path)
    if may_read_peer_reviews(request.user, offer):
        context["peer_reviews"] = offer.peer_reviews.select_related("reviewed_by__grade")
    return render(request, "gifts/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def verb(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """One page for each verb; those that restate the offer open a draft instead."""
    return verb_view(
        request,
        reference,
        verb,
        find=find,
        rules=RULES,
        handlers=HANDLERS,
        entry_url_name="gifts:case",
        template="gifts/verb.html",
        in_a_draft=_open_draft,
    )


def _open_draft(request: SignedInRequest, offer: Offer, verb: str) -> HttpResponse:
    purpose = DRAFTED[Verb(verb)]
    if request.method != "POST":
        back = reverse("gifts:case", args=[offer.case.reference])
        return render(
            request, "gifts/restate.html", {"offer": offer, "purpose": purpose, "back": back}
        )
    draft = start_draft(
        by=request.user,
        register=REGISTER,
        purpose=purpose,
        keep_days=offer.policy.draft_days,
        now=timezone.now(),
        case=offer.case,
        data=data_of(offer),
    )
    return redirect(address(draft.pk, "items/1" if purpose == Purpose.RECORD_OUTCOME else "check"))


@require_safe
def done(request: SignedInRequest, reference: str) -> HttpResponse:
    """What a declarant sees once an entry is in: its reference, the time, and what comes next."""
    offer = find(request.user, reference)
    words, _ = PLAIN[Status(offer.status)]
    context = {
        "offer": offer,
        "case": offer.case,
        "next": words,
        "receipt": newest_receipt(offer.case, by=request.user),
        "told": told_of(request.user, str(offer.provider_organisation or ""), advise=False),
    }
    return render(request, "gifts/done.html", context)
