"""Declaring an offer, asking before accepting one, saying what happened, and correcting an entry."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind, Phase
from integrity.casework.models import Case
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts.actions.step import PHASES, finish, peers_for, set_first_tasks, take
from registers.gifts.cumulative import cumulative
from registers.gifts.enums import Status, Verb
from registers.gifts.facts import OfferFacts
from registers.gifts.models import GiftPolicy, Item, Offer, Reason
from registers.gifts.permissions import check_declare
from registers.gifts.policies import (
    days_late,
    factors,
    first_status,
    problems,
    risk_score,
    route_offer,
)
from registers.gifts.workflow import TRANSITIONS
from registers.organisations.actions import find_or_create
from registers.organisations.names import person_key

REGISTER, PREFIX = "gifts", "GH"


def declare(
    *,
    facts: OfferFacts,
    subject: User,
    by: User,
    now: datetime,
    idempotency_key: UUID | None = None,
) -> Offer:
    """Record an offer and send it where the policy says. The same key again returns the first."""
    return _submit(Verb.DECLARE, facts, subject=subject, by=by, now=now, key=idempotency_key)


def seek_authorisation(
    *,
    facts: OfferFacts,
    subject: User,
    by: User,
    now: datetime,
    idempotency_key: UUID | None = None,
) -> Offer:
    """Ask before accepting (HMIC 2012, BTP: exceptions require pre-authorisation)."""
    return _submit(
        Verb.SEEK_AUTHORISATION, facts, subject=subject, by=by, now=now, key=idempotency_key
    )


@transaction.atomic
def _submit(
    verb: Verb, facts: OfferFacts, *, subject: User, by: User, now: datetime, key: UUID | None
) -> Offer:
    check_declare(by, subject)
    if key is not None:
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        first = Offer.objects.filter(case__author=by, case__idempotency_key=key).first()
        if first is not None:
            return first
    asking = verb == Verb.SEEK_AUTHORISATION
    policy = policy_for(subject, facts)
    _refuse_problems(policy, facts, now, asking, now=now)
    case = casework.open_case(
        register=REGISTER,
        prefix=PREFIX,
        subject=subject,
        by=by,
        now=now,
        claimed_on=facts.offered_on,
        idempotency_key=key,
    )
    offer = Offer(
        case=case, policy=policy, needs_peer_review=bool(peers_for(subject, without=by.pk))
    )
    _state(offer, facts, now=now)
    offer.status = _status(offer, facts, asking=asking)
    offer.save()
    _add_items(offer, facts)
    _score(offer, facts)
    case.save(update_fields=["risk", "phase"])
    event = casework.record_on_case(
        case, TRANSITIONS[verb].event, by=by, now=now, facts={"status": offer.status}
    )
    set_first_tasks(offer, now=now)
    _confirm_receipt(offer, event, by=by)
    _ask_principal(offer, event, by=by, now=now)
    _tell_whom_it_waits_for(offer, event)
    return offer


def _confirm_receipt(offer: Offer, event: Event, *, by: User) -> None:
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


def policy_for(subject: User, facts: OfferFacts) -> GiftPolicy:
    """The row in force when the offer was made. Raises Denied where the force has none."""
    try:
        return GiftPolicy.objects.for_person(subject).in_force(facts.offered_on)
    except GiftPolicy.DoesNotExist:
        raise Denied(
            "Your force had no policy on gifts on that day; check the date or ask PSD."
        ) from None


def _refuse_problems(
    policy: GiftPolicy, facts: OfferFacts, received_at: datetime, asking: bool, *, now: datetime
) -> None:
    """Lateness is counted to the day the entry was first received, whatever is stated since."""
    found = problems(
        policy,
        facts,
        received_on=timezone.localdate(received_at),
        today=timezone.localdate(now),
        authorisation=asking,
    )
    if found:
        raise Denied(found[0].sentence)


def _state(offer: Offer, facts: OfferFacts, *, now: datetime) -> None:
    """Write what is stated on the offer; its provider is found or made once, however it is spelt."""
    home = offer.case.force or offer.case.oversight_body
    if home is None:
        raise ValueError(f"{offer.case} belongs to no force and no body.")
    offer.offered_on = facts.offered_on
    offer.provider_kind = facts.provider_kind
    offer.provider_organisation = (
        find_or_create(name=facts.organisation, department=home.department)
        if facts.organisation
        else None
    )
    offer.provider_person = "" if facts.organisation else facts.person
    offer.provider_person_key = person_key(offer.provider_person)[:200]
    offer.circumstances = facts.circumstances
    test = facts.gift_test
    offer.genuine = test.genuine if test else None
    offer.independent = test.independent if test else None
    offer.free = test.free if test else None
    offer.transparent = test.transparent if test else None
    offer.gift_test_note = test.note if test else ""
    received_on = timezone.localdate(offer.case.received_at)
    offer.days_late = days_late(offer.policy, offered_on=facts.offered_on, received_on=received_on)
    offer.late_reason = facts.late_reason if offer.days_late else ""


def _add_items(offer: Offer, facts: OfferFacts) -> None:
    listed = {reason.pk for reason in Reason.objects.filter(policy=offer.policy)}
    for item in facts.accepted_items:
        if item.reason_id not in listed and not item.reason_text:
            raise Denied(
                f"Choose a reason for accepting “{item.description}” from your force’s list."
            )
    Item.objects.bulk_create(
        Item(
            offer=offer,
            position=position,
            description=item.description,
            kind=item.kind,
            light_refreshments=item.light_refreshments,
            alcohol=item.alcohol,
            decision=item.decision,
            reason_id=item.reason_id if item.reason_id in listed else None,
            reason_text=item.reason_text,
            value_kind=item.value.kind,
            value_from=item.value.low,
            value_to=item.value.high,
            value_words=item.value.words,
            disposal=item.disposal,
            disposal_to=item.disposal_to,
            disposal_on=item.disposal_on,
            proceeds=item.proceeds,
        )
        for position, item in enumerate(facts.items, start=1)
    )


def _status(
    offer: Offer, facts: OfferFacts, *, asking: bool = False, reviewed: bool = False
) -> Status:
    policy = offer.policy
    route = route_offer(
        policy, list(policy.bands.all()), facts, authorised=bool(offer.was_authorised)
    )
    subject = offer.case.subject
    manager = subject.line_manager if subject else None
    return first_status(
        route,
        peers=offer.needs_peer_review and not reviewed,
        supervisor=bool(manager and manager.is_active and manager.pk != offer.case.author_id),
        authorisation=asking,
    )


def _score(offer: Offer, facts: OfferFacts) -> None:
    policy = offer.policy
    found = factors(
        policy,
        list(policy.bands.all()),
        facts,
        authorised=bool(offer.was_authorised),
        late=offer.days_late > 0,
        chief_officer=offer.case.subject_is_chief_officer,
        repeated=cumulative(offer).flagged(policy),
    )
    offer.case.risk = risk_score(found, {w.factor: w.points for w in policy.weights.all()})
    offer.case.phase = PHASES.get(Status(offer.status), Phase.OPEN)


def _ask_principal(offer: Offer, event: Event, *, by: User, now: datetime) -> None:
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


def _tell_whom_it_waits_for(offer: Offer, event: Event) -> None:
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


def case_path(case: Case) -> str:
    return f"/gifts/{case.reference}/"


@transaction.atomic
def record_outcome(
    offer: Offer, *, facts: OfferFacts, by: User, now: datetime, version: int | None
) -> Offer:
    """After authorisation was given or refused: what was accepted and declined in the end."""
    offer = take(Verb.RECORD_OUTCOME, offer, by=by, version=version)
    _refuse_problems(offer.policy, facts, offer.case.received_at, asking=False, now=now)
    reviewed = offer.peer_reviews.exists()
    return _restate(Verb.RECORD_OUTCOME, offer, facts, "", by=by, now=now, reviewed=reviewed)


@transaction.atomic
def correct(
    offer: Offer, *, facts: OfferFacts, reason: str, by: User, now: datetime, version: int | None
) -> Offer:
    """Replace what was stated; both versions are kept, and the route is taken anew."""
    offer = take(Verb.CORRECT, offer, by=by, version=version)
    if facts.undecided:
        raise Denied("Say for each item whether it was accepted or declined.")
    _refuse_problems(offer.policy, facts, offer.case.received_at, asking=False, now=now)
    reviewed = offer.needs_peer_review and offer.status != Status.PEER_REVIEW
    return _restate(Verb.CORRECT, offer, facts, reason, by=by, now=now, reviewed=reviewed)


def _restate(
    verb: Verb,
    offer: Offer,
    facts: OfferFacts,
    reason: str,
    *,
    by: User,
    now: datetime,
    reviewed: bool,
) -> Offer:
    casework.keep_version(
        offer.case, facts=stated(offer), reason=reason or TRANSITIONS[verb].event, by=by, now=now
    )
    queried = offer.status == Status.QUERIED
    _state(offer, facts, now=now)
    offer.items.all().delete()
    _add_items(offer, facts)
    offer.case.claimed_on = facts.offered_on
    target = Status.QUERIED if queried else _status(offer, facts, reviewed=reviewed)
    _score(offer, facts)
    casework.meet_deadlines(
        offer.case,
        DeadlineKind.RECORD_OUTCOME,
        DeadlineKind.PEER_REVIEW,
        DeadlineKind.DECIDE,
        now=now,
    )
    event = finish(verb, offer, target, by=by, now=now, reason=reason, risk=offer.case.risk)
    set_first_tasks(offer, now=now)
    _tell_whom_it_waits_for(offer, event)
    return offer


def stated(offer: Offer) -> dict[str, Any]:
    """What an offer states, as a correction keeps it: field by field, in plain values."""
    fields = (
        "offered_on",
        "provider_kind",
        "provider",
        "circumstances",
        "genuine",
        "independent",
        "free",
        "transparent",
        "gift_test_note",
        "late_reason",
    )
    item_fields = (
        "description",
        "kind",
        "light_refreshments",
        "alcohol",
        "decision",
        "reason_text",
        "value_kind",
        "value_from",
        "value_to",
        "value_words",
        "disposal",
        "disposal_to",
    )
    return {
        **{name: _plain(getattr(offer, name)) for name in fields},
        "items": [
            {name: _plain(getattr(item, name)) for name in item_fields}
            | {"reason": str(item.reason or "")}
            for item in offer.items.all()
        ],
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool | int | None) else str(value)
