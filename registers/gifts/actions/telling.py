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


def confirm_receipt(offer: Offer, event: Event, *, by: User) -> None:
    """Whoever declared keeps the reference and the time."""
    received = timezone.localtime(offer.case.received_at)
    casework.notify(
        [by],
        case=offer.case,
        event=event,
        subject="we have your entry",
        body=f"It was received on {received:%-d %B %Y at %H:%M}.",
        path=case_path(offer.case),
        tell_actor=True,
    )


def ask_principal(offer: Offer, event: Event, *, by: User, now: datetime) -> None:
    """A principal is told of what was typed for them, and confirms it (RULES, Gifts 10)."""
    case = offer.case
    if not case.awaits_confirmation:
        return
    casework.set_deadline(
        case,
        kind=DeadlineKind.CONFIRM,
        what="Confirm an entry made for you",
        owner=case.subject,
        due_on=timezone.localdate(now) + timedelta(days=offer.policy.answer_within_days),
        now=now,
    )
    casework.notify(
        [case.subject],
        case=case,
        event=event,
        subject="an entry was made for you",
        body=f"{by.display} recorded an offer on your behalf. Check it and confirm it.",
        path=case_path(case),
    )


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
