"""An entry's own page, and the verbs on it."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.audit.models import Audience, Event
from integrity.casework.actions import record_on_case, start_draft
from integrity.casework.permissions import is_declarant, is_psd
from integrity.casework.receipts import newest_receipt, receipt_path
from integrity.casework.views.verbs import refuse_lost, refuse_stale, verb_page
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.gifts.actions.declare import REGISTER
from registers.gifts.drafts import data_of
from registers.gifts.enums import Purpose, Status, Verb
from registers.gifts.handlers import HANDLERS
from registers.gifts.models import Offer
from registers.gifts.permissions import check, may_read_peer_reviews, options
from registers.gifts.summaries import PLAIN
from registers.gifts.views.drafts import RESTATES, address

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
    return get_object_or_404(Offer.objects.visible_to(user).with_all(), case__reference=reference)


@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    user = request.user
    offer = find(user, reference)
    mine = is_declarant(user, offer.case)
    if not mine:
        record_on_case(
            offer.case, "entry viewed", by=user, now=timezone.now(), audience=Audience.PSD
        )
    words, tone = PLAIN[Status(offer.status)]
    mine_to_do = options(user, offer)
    context = {
        "offer": offer,
        "case": offer.case,
        "plain_status": words,
        "tone": tone,
        "mine": mine,
        "free": [option for option in mine_to_do if not option.refusal],
        "refusals": [option for option in mine_to_do if option.refusal],
        "urgent": WAITING_VERBS,
        "desk_url": reverse("psd:gifts_offer_change", args=[offer.pk])
        if is_psd(user, offer.case) and not mine
        else "",
        "questions": offer.case.questions.select_related("asked_by__grade"),
        "challenges": offer.case.challenges.filter(silent=False).select_related("to__grade"),
        "decisions": offer.case.decisions.select_related("decided_by__grade"),
        "peer_reviews": offer.peer_reviews.select_related("reviewed_by__grade")
        if may_read_peer_reviews(user, offer)
        else [],
        "attachments": offer.case.attachments.all(),
        "versions": offer.case.versions.all(),
        "timeline": [
            (event, receipt_path(offer.case, event))
            for event in Event.objects.filter(
                about="case", about_id=offer.case_id, audience=Audience.CASE
            )
        ],
    }
    return render(request, "gifts/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def verb(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """One page for each verb; those that restate the offer open a draft instead."""
    if verb not in Verb.values:
        raise Http404
    try:
        offer, chosen = find(request.user, reference), Verb(verb)
    except Http404:
        refuse_lost(request, reference)
        raise
    refuse_stale(request, offer.case)
    transition = check(chosen, request.user, offer)
    back = reverse("gifts:case", args=[reference])
    if chosen in DRAFTED:
        return _open_draft(request, offer, DRAFTED[chosen], back)
    form, action = HANDLERS[chosen]
    return verb_page(
        request,
        record=offer,
        case=offer.case,
        transition=transition,
        form_class=form,
        action=action,
        back=back,
        template="gifts/verb.html",
        offer=offer,
    )


@transaction.atomic
def _open_draft(
    request: SignedInRequest, offer: Offer, purpose: Purpose, back: str
) -> HttpResponse:
    if request.method != "POST":
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
    }
    return render(request, "gifts/done.html", context)
