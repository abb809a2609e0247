"""How an investigation ends, and begins again. Nobody outside PSD is told."""

from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import Stage
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.investigations.actions.step import finish, set_recheck_task, take
from registers.investigations.enums import LEFT, Outcome, Status, Verb
from registers.investigations.models import Investigation
from registers.investigations.policies import why_not_on


@action
def close(
    investigation: Investigation,
    *,
    outcome: str,
    outcome_on: date,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
    lessons: str = "",
) -> Investigation:
    """Say how it ended, on what day and why, and what can be learnt from it by everybody."""
    investigation = take(Verb.CLOSE, investigation, by=by, version=version)
    case, today = investigation.case, timezone.localdate(now)
    if outcome not in Outcome.values:
        raise Denied("Choose an outcome from the list.")
    if outcome in LEFT and case.subject_id is None:
        raise Denied("Say first whom the investigation is about: nobody known can have left.")
    if not reason.strip():
        raise Denied("Give the reason.")
    problem = why_not_on(outcome_on, today=today, what="of the outcome")
    if problem:
        raise Denied(problem)
    casework.add_decision(case, stage=Stage.PSD, outcome=outcome, reason=reason, by=by, now=now)
    investigation.outcome, investigation.outcome_on = outcome, outcome_on
    investigation.lessons = lessons.strip()
    for away in investigation.external_referrals.filter(returned_at=None):
        away.returned_on = max(outcome_on, away.referred_on)
        away.returned_at, away.returned_by = now, by
        away.save(update_fields=["returned_on", "returned_at", "returned_by"])
    casework.meet_deadlines(case, now=now)
    finish(
        Verb.CLOSE,
        investigation,
        Status.CLOSED,
        by=by,
        now=now,
        reason=reason,
        facts={
            "outcome": outcome,
            "outcome_on": outcome_on.isoformat(),
            "lessons": investigation.lessons,
        },
    )
    return investigation


@action
def reopen(
    investigation: Investigation, *, reason: str, by: User, now: datetime, version: int | None
) -> Investigation:
    """Start another round; how it ended before stays in its decisions and events."""
    investigation = take(Verb.REOPEN, investigation, by=by, version=version)
    if not reason.strip():
        raise Denied("Give the reason.")
    casework.start_round(investigation.case)
    investigation.outcome, investigation.outcome_on, investigation.lessons = "", None, ""
    set_recheck_task(investigation, now=now)
    finish(Verb.REOPEN, investigation, Status.CONTINUING, by=by, now=now, reason=reason)
    return investigation
