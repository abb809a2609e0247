"""Whom an offer's actions tell, and what they say."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind
from integrity.casework.models import Case
from integrity.people.models import User
from registers.gifts.enums import Status
from registers.gifts.models import Offer

WAITING = {
    Status.PEER_REVIEW: (
        "a colleague’s offer waits for your view",
        "Give your view before PSD decides. You are not asked to decide.",
    ),
    Status.WITH_SUPERVISOR: (
        "an offer declared by your team waits for you",
        "Decide whether it complies with the policy, or pass it to PSD.",
    ),
    Status.WITH_PSD: (
        "an offer waits for PSD’s decision",
        "It is in the queue of the PSD desk.",
    ),
    Status.AUTHORISATION_SOUGHT: (
        "somebody asks before accepting an offer",
        "It is in the queue of the PSD desk.",
    ),
}


def case_path(case: Case) -> str:
    return f"/gifts/{case.reference}/"


def acknowledge(offer: Offer, event: Event, *, by: User, now: datetime) -> None:
    """Whoever declared keeps a receipt; a principal is asked to confirm what was typed for them."""
    case, path = offer.case, case_path(offer.case)
    casework.confirm_receipt(case, event, by=by, path=path)
    ask_principal(offer, event, by=by, now=now)


def ask_principal(offer: Offer, event: Event, *, by: User, now: datetime) -> None:
    due_on = timezone.localdate(now) + timedelta(days=offer.policy.answer_within_days)
    path = case_path(offer.case)
    casework.ask_principal(offer.case, event, by=by, now=now, due_on=due_on, path=path)


def tell_whom_it_waits_for(offer: Offer, event: Event) -> None:
    if Status(offer.status) in WAITING:
        subject, body = WAITING[Status(offer.status)]
        casework.notify(
            _whom_it_waits_for(offer),
            case=offer.case,
            event=event,
            subject=subject,
            body=body,
            path=case_path(offer.case),
        )


def _whom_it_waits_for(offer: Offer) -> Sequence[User | None]:
    case = offer.case
    if offer.status == Status.PEER_REVIEW:
        return [task.owner for task in case.deadlines.filter(kind=DeadlineKind.PEER_REVIEW)]
    if offer.status == Status.WITH_SUPERVISOR:
        return [case.subject.line_manager if case.subject else None]
    return casework.psd_of(case)


def tell_declarant(offer: Offer, event: Event, subject: str, body: str) -> None:
    case = offer.case
    casework.notify(
        [case.subject, case.author],
        case=case,
        event=event,
        subject=subject,
        body=body,
        path=case_path(case),
    )


def tell_psd(offer: Offer, event: Event, subject: str) -> None:
    case = offer.case
    casework.notify(
        casework.psd_of(case),
        case=case,
        event=event,
        subject=subject,
        body="It is in the queue of the PSD desk.",
        path=case_path(case),
    )
