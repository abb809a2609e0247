"""Declaring an offer, and asking before accepting one."""

from datetime import datetime
from uuid import UUID

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind
from integrity.casework.models import Case
from integrity.casework.permissions import check_may_enter
from integrity.people.models import User
from registers.gifts.actions.stating import (
    policy_for,
    refuse_problems,
    score,
    state,
    status_for,
    submitted,
    write_items,
)
from registers.gifts.actions.step import peers_for, set_first_tasks
from registers.gifts.actions.telling import acknowledge, tell_whom_it_waits_for
from registers.gifts.enums import Verb
from registers.gifts.facts import OfferFacts
from registers.gifts.models import Offer
from registers.gifts.workflow import TRANSITIONS

REGISTER, PREFIX = "gifts", "GH"


@action
def declare(
    *,
    facts: OfferFacts,
    subject: User,
    by: User,
    now: datetime,
    idempotency_key: UUID | None = None,
    opened_from: Case | None = None,
) -> Offer:
    """Record an offer and send it where the policy says. The same key again returns the first.

    One that another register's case opened is linked to it, and the task of declaring it is done.
    """
    offer = _submit(Verb.DECLARE, facts, subject=subject, by=by, now=now, key=idempotency_key)
    if opened_from is not None:
        casework.link(
            offer.case, opened_from, note="What was offered then is declared here.", by=by, now=now
        )
        casework.meet_deadlines(opened_from, DeadlineKind.DECLARE_OFFER, now=now, owner=by)
    return offer


@action
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


def _submit(
    verb: Verb, facts: OfferFacts, *, subject: User, by: User, now: datetime, key: UUID | None
) -> Offer:
    check_may_enter(by, subject)
    first = casework.submitted_before(by, key)
    if first is not None:
        return Offer.objects.get(case=first)
    asking = verb == Verb.SEEK_AUTHORISATION
    policy = policy_for(subject, facts)
    refuse_problems(policy, facts, now, asking, now=now)
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
    facts = state(offer, facts, now=now)
    offer.status = status_for(offer, facts, asking=asking)
    offer.save()
    write_items(offer, facts)
    score(offer, facts)
    case.save(update_fields=["risk", "phase"])
    said = {"status": offer.status, **submitted(offer)}
    event = casework.record_on_case(case, TRANSITIONS[verb].event, by=by, now=now, facts=said)
    set_first_tasks(offer, now=now)
    acknowledge(offer, event, by=by, now=now)
    tell_whom_it_waits_for(offer, event)
    return offer
