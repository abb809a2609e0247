"""Stating an offer anew: what happened after authorisation, and corrections."""

from datetime import datetime

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts.actions.stating import (
    refuse_problems,
    score,
    state,
    stated,
    status_for,
    submitted,
    write_items,
)
from registers.gifts.actions.step import finish, set_first_tasks, take
from registers.gifts.actions.telling import ask_principal, tell_whom_it_waits_for
from registers.gifts.enums import Status, Verb
from registers.gifts.facts import OfferFacts
from registers.gifts.facts_of import facts_of
from registers.gifts.models import Offer
from registers.gifts.workflow import TRANSITIONS


@action
def record_outcome(
    offer: Offer, *, facts: OfferFacts, by: User, now: datetime, version: int | None
) -> Offer:
    """After authorisation was given or refused: what was accepted and declined in the end."""
    offer = take(Verb.RECORD_OUTCOME, offer, by=by, version=version)
    refuse_problems(
        offer.policy, facts, offer.case.received_at, asking=False, now=now, asked_before=True
    )
    reviewed = offer.peer_reviews.exists()
    return _restate(Verb.RECORD_OUTCOME, offer, facts, "", by=by, now=now, reviewed=reviewed)


@action
def correct(
    offer: Offer, *, facts: OfferFacts, reason: str, by: User, now: datetime, version: int | None
) -> Offer:
    """Replace what was stated; both versions are kept, and the route is taken anew."""
    offer = take(Verb.CORRECT, offer, by=by, version=version)
    if facts.undecided:
        raise Denied("Say for each item whether it was accepted or declined.")
    if facts == facts_of(offer):
        raise Denied("Nothing was changed, so there is nothing to correct.")
    refuse_problems(
        offer.policy,
        facts,
        offer.case.received_at,
        asking=False,
        now=now,
        asked_before=offer.was_authorised is not None,
    )
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
    facts = state(offer, facts, now=now)
    write_items(offer, facts)
    offer.case.claimed_on = facts.offered_on
    target = Status.QUERIED if queried else status_for(offer, facts, reviewed=reviewed)
    score(offer, facts)
    casework.meet_deadlines(
        offer.case,
        DeadlineKind.RECORD_OUTCOME,
        DeadlineKind.PEER_REVIEW,
        DeadlineKind.DECIDE,
        now=now,
    )
    if by.pk != offer.case.subject_id:
        casework.unconfirm(offer.case)
    event = finish(
        verb,
        offer,
        target,
        by=by,
        now=now,
        reason=reason,
        facts=submitted(offer),
        risk=offer.case.risk,
    )
    set_first_tasks(offer, now=now)
    ask_principal(offer, event, by=by, now=now)
    tell_whom_it_waits_for(offer, event)
    return offer
