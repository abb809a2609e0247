"""An interest's own page, and the verbs on it."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.enums import DeadlineKind
from integrity.casework.receipts import newest_receipt
from integrity.casework.views.entries import entry_page, verb_view
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.business_interests.enums import NOT_FINAL, SENT_BACK, Status, Verb
from registers.business_interests.handlers import HANDLERS
from registers.business_interests.models import Interest
from registers.business_interests.own_page import own_page
from registers.business_interests.permissions import RULES
from registers.business_interests.policies import too_late_to_appeal
from registers.business_interests.recorded import OUTCOMES
from registers.business_interests.summaries import PLAIN, summary
from registers.organisations.reading import known_of

# what somebody is waiting for; a page shows these first among equals
WAITING_VERBS = {
    Verb.GIVE_VIEW,
    Verb.GIVE_HR_VIEW,
    Verb.GIVE_VETTING_VIEW,
    Verb.ANSWER,
    Verb.ANSWER_CHALLENGE,
    Verb.APPROVE,
    Verb.SECOND_APPROVE,
    Verb.DECIDE_APPEAL,
    Verb.SEND_PAPERS,
    Verb.ANSWER_REVIEW,
    Verb.GIVE_REVIEW_VIEW,
    Verb.RENEW,
}
WORDS = {**OUTCOMES, SENT_BACK: "Sent back by the second approver"}


def find(user: User, reference: str) -> Interest:
    """The interest, if this person may see it at all; otherwise it does not exist for them."""
    visible = Interest.objects.visible_to(user).only("pk")
    pk = get_object_or_404(visible, case__reference=reference).pk
    return Interest.objects.with_all().get(pk=pk)


@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    interest = find(request.user, reference)
    context = entry_page(
        request,
        interest,
        RULES,
        summary=summary(interest),
        urgent=WAITING_VERBS,
        words=WORDS,
        verb_url_name="business_interests:verb",
        desk_url_name="psd:business_interests_interest_change",
        not_final=NOT_FINAL,
    )
    context |= own_page(request.user, interest)
    context["known"] = known_of(request.user, [interest.organisation], request.path)
    late = too_late_to_appeal(interest.notices.order_by("-pk").first(), timezone.localdate())
    return render(
        request, "interests/case.html", without_appeal(context, late) if late else context
    )


def without_appeal(page: dict[str, Any], late: str) -> dict[str, Any]:
    """Once its clock is over, an appeal stands among what cannot be done, with the sentence."""
    over = [option for option in page["free"] if option.transition.verb == Verb.APPEAL]
    return page | {
        "free": [option for option in page["free"] if option not in over],
        "refusals": [*page["refusals"], *(replace(option, refusal=late) for option in over)],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def verb(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """One page for each verb but applying, which is made in a draft."""
    return verb_view(
        request,
        reference,
        verb,
        find=find,
        rules=RULES,
        handlers=HANDLERS,
        entry_url_name="business_interests:case",
        template="interests/verb.html",
    )


@require_safe
def done(request: SignedInRequest, reference: str) -> HttpResponse:
    """What an applicant sees once an application is in: its reference, and what comes next."""
    interest = find(request.user, reference)
    words, _ = PLAIN[Status(interest.status)]
    context = {
        "interest": interest,
        "case": interest.case,
        "next": words,
        "decided_by": interest.case.deadlines.open().filter(kind=DeadlineKind.DECIDE).first(),
        "receipt": newest_receipt(interest.case, by=request.user),
    }
    return render(request, "interests/done.html", context)
