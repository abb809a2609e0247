"""How every action begins and ends: lock, check; then status, version and event together."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from integrity.audit.models import Audience, Event
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind, Phase
from integrity.people.models import User
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from registers.gifts.permissions import check
from registers.gifts.workflow import TRANSITIONS

PHASES = {
    Status.QUERIED: Phase.WAITING,
    Status.AUTHORISED: Phase.WAITING,
    Status.AUTHORISATION_REFUSED: Phase.WAITING,
    Status.RECORDED: Phase.CLOSED,
    Status.COMPLIANT: Phase.CLOSED,
    Status.NON_COMPLIANT: Phase.CLOSED,
    Status.WITHDRAWN: Phase.WITHDRAWN,
}
SETTLED = (Phase.CLOSED, Phase.WITHDRAWN)
OWN_TASKS = (DeadlineKind.CONFIRM, DeadlineKind.ACT, DeadlineKind.ANSWER_CHALLENGE)


def take(verb: Verb, offer: Offer, *, by: User, version: int | None) -> Offer:
    """The offer, locked and fresh, once the verb is allowed. Raises Conflict or Denied."""
    case = casework.lock_case(offer.case_id, version=version)
    fresh = Offer.objects.select_related("policy", "provider_organisation").get(pk=offer.pk)
    fresh.case = case
    check(verb, by, fresh)
    return fresh


def finish(
    verb: Verb,
    offer: Offer,
    target: Status,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    audience: Audience = Audience.CASE,
    risk: int | None = None,
) -> Event:
    """Land on the target status, count the change and write its event.

    What only PSD may see leaves the version as it is: a declarant's open form must not betray it.
    """
    offer.status = TRANSITIONS.land(verb, offer.status, target)
    offer.save()
    phase = PHASES.get(Status(offer.status), Phase.OPEN)
    if audience == Audience.CASE:
        casework.advance(offer.case, phase=phase, risk=risk)
    if phase in SETTLED:
        _meet_decision_tasks(offer, now)
    return casework.record_on_case(
        offer.case,
        TRANSITIONS[verb].event,
        by=by,
        now=now,
        reason=reason,
        facts={"status": offer.status, **(facts or {})},
        audience=audience,
    )


def _meet_decision_tasks(offer: Offer, now: datetime) -> None:
    kinds = [
        kind for kind in DeadlineKind if kind not in (*OWN_TASKS, DeadlineKind.DISPOSE_CHALLENGE)
    ]
    casework.meet_deadlines(offer.case, *kinds, now=now)


def set_first_tasks(offer: Offer, *, now: datetime) -> None:
    """Who must do what by when, once an offer stands at a status that waits for a decision."""
    today = timezone.localdate(now)
    policy, case = offer.policy, offer.case
    decide_by = today + timedelta(days=policy.decide_within_days)
    if offer.status == Status.PEER_REVIEW:
        for peer in peers_of(offer):
            casework.set_deadline(
                case,
                kind=DeadlineKind.PEER_REVIEW,
                what="Give your view of a colleague’s offer",
                owner=peer,
                due_on=today + timedelta(days=policy.peer_review_within_days),
                now=now,
            )
    if offer.status == Status.WITH_SUPERVISOR and case.subject is not None:
        casework.set_deadline(
            case,
            kind=DeadlineKind.DECIDE,
            what="Decide an offer declared by your team",
            owner=case.subject.line_manager,
            due_on=decide_by,
            now=now,
        )
    if offer.status in (Status.WITH_PSD, Status.AUTHORISATION_SOUGHT):
        set_psd_task(offer, now=now)


def set_psd_task(offer: Offer, *, now: datetime) -> None:
    casework.meet_deadlines(offer.case, DeadlineKind.DECIDE, now=now)
    casework.set_deadline(
        offer.case,
        kind=DeadlineKind.DECIDE,
        what="Decide",
        owner=offer.case.owner,
        due_on=timezone.localdate(now) + timedelta(days=offer.policy.decide_within_days),
        now=now,
    )


def peers_of(offer: Offer) -> list[User]:
    """The other chief officers of the subject's force who serve."""
    return peers_for(offer.case.subject, without=offer.case.author_id)


def peers_for(subject: User | None, *, without: int | None = None) -> list[User]:
    if subject is None or not subject.is_chief_officer or subject.force_id is None:
        return []
    colleagues = (
        User.objects.filter(force=subject.force_id, grade__is_chief_officer=True)
        .exclude(pk__in=[pk for pk in (subject.pk, without) if pk])
        .select_related("grade")
    )
    return [peer for peer in colleagues if peer.is_active]
