"""What a day brings by itself: reviews open, what was approved until a day ends, leavers' interests end.

The worker runs it each morning; each interest is its own transaction, so that one refusal stops no other.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from integrity.audit.actions import acting
from integrity.audit.scope import everywhere
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind
from registers.business_interests.actions.appeal import end_appeal
from registers.business_interests.actions.ending import end
from registers.business_interests.actions.review import begin_review
from registers.business_interests.actions.step import STEPS, tell_psd
from registers.business_interests.enums import (
    AppealOutcome,
    CeasedBecause,
    ConditionKind,
    ReviewCause,
    Status,
    Verb,
)
from registers.business_interests.models import Condition, Interest
from registers.business_interests.workflow import LIVE, PENDING

logger = logging.getLogger(__name__)

Do = Callable[[Interest, date, datetime], None]


def daily(*, now: datetime) -> dict[str, int]:
    """Do what is due today; says how many of each."""
    today = timezone.localdate(now)
    with everywhere():
        work: list[tuple[str, list[int], Do]] = [
            ("appeals ended with their person’s last day", _appealed(today), _end_appeal),
            ("ended with their person’s last day", _of_leavers(today), _end_for_leaver),
            ("ended on the day they were approved until", _over(today), _end_on_its_day),
            ("withdrawn with their person’s last day", _pending(today), _withdraw_for_leaver),
            ("reviews opened", _to_review(today), _open_review),
        ]
    return {name: sum(_one(pk, do, today, now) for pk in found) for name, found, do in work}


def _one(pk: int, do: Do, today: date, now: datetime) -> bool:
    """One interest in its own transaction; says whether it was done. What fails waits for tomorrow."""
    try:
        return _done(pk, do, today, now)
    except Exception:
        logger.exception("The daily round could not do its part for interest %s.", pk)
        return False


def _done(pk: int, do: Do, today: date, now: datetime) -> bool:
    """Read again under its lock, for it may have changed since it was listed."""
    with everywhere(), acting("daily round", by=None):
        case_id = Interest.objects.values_list("case", flat=True).get(pk=pk)
        case = casework.lock_case(case_id, version=None)
        interest = STEPS.read(pk)
        interest.case = case
        before = case.version
        do(interest, today, now)
        return case.version != before


def _pks(found: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(found))


def _of_leavers(today: date) -> list[int]:
    gone = Interest.objects.filter(status__in=LIVE, case__subject__leaves_on__lt=today)
    return _pks(gone.values_list("pk", flat=True))


def _pending(today: date) -> list[int]:
    gone = Interest.objects.filter(status__in=PENDING, case__subject__leaves_on__lt=today)
    return _pks(gone.values_list("pk", flat=True))


def _appealed(today: date) -> list[int]:
    gone = Interest.objects.filter(status=Status.APPEALED, case__subject__leaves_on__lt=today)
    return _pks(gone.values_list("pk", flat=True))


def _over(today: date) -> list[int]:
    """Approved until a day, by a condition that still stands, and the day is over."""
    ended = Condition.objects.filter(
        kind=ConditionKind.END_DATE, ended_at=None, until__lt=today, interest__status__in=LIVE
    )
    return _pks(ended.values_list("interest", flat=True))


def _to_review(today: date) -> list[int]:
    """Approved, with a review date within the policy's days and no review open."""
    soon = Interest.objects.filter(status__in=LIVE, review_on__isnull=False).exclude(
        reviews__closed_at__isnull=True, reviews__isnull=False
    )
    return [
        pk
        for pk, review_on, days in soon.values_list("pk", "review_on", "policy__remind_days")
        if review_on is not None and review_on - timedelta(days=days) <= today
    ]


def _end_appeal(interest: Interest, today: date, now: datetime) -> None:
    """Nobody hears the appeal of somebody who has left; what it was against stands."""
    appeal = interest.open_appeal
    if appeal is None or interest.case.subject is None:
        return
    end_appeal(appeal, AppealOutcome.WITHDRAWN, by=interest.case.subject, now=now)
    casework.meet_deadlines(interest.case, DeadlineKind.PAPERS, DeadlineKind.HEAR_APPEAL, now=now)
    interest.stood_at = ""
    reason = "The person has left the force."
    STEPS.finish(Verb.WITHDRAW_APPEAL, interest, appeal.stood_at, by=None, now=now, reason=reason)
    if interest.status in LIVE:
        _end_for_leaver(interest, today, now)


def _end_for_leaver(interest: Interest, today: date, now: datetime) -> None:
    subject = interest.case.subject
    if interest.status in LIVE and subject is not None and subject.leaves_on is not None:
        end(interest, CeasedBecause.LEFT, subject.leaves_on, by=None, now=now)


def _end_on_its_day(interest: Interest, today: date, now: datetime) -> None:
    until = (
        interest.conditions.filter(kind=ConditionKind.END_DATE, ended_at=None, until__lt=today)
        .order_by("until")
        .values_list("until", flat=True)
        .first()
    )
    if interest.status in LIVE and until is not None:
        end(interest, CeasedBecause.ENDED, until, by=None, now=now)


def _withdraw_for_leaver(interest: Interest, today: date, now: datetime) -> None:
    if interest.status not in PENDING:
        return
    interest.stood_at, interest.proposed = "", None
    casework.meet_deadlines(interest.case, now=now)
    event = STEPS.finish(
        Verb.WITHDRAW,
        interest,
        Status.WITHDRAWN,
        by=None,
        now=now,
        reason="The person has left the force.",
    )
    tell_psd(interest, event, "an application ended with its person’s last day")


def _open_review(interest: Interest, today: date, now: datetime) -> None:
    if interest.status in LIVE and interest.review_on is not None and not interest.open_review:
        begin_review(
            interest, ReviewCause.SCHEDULED, "", due_on=interest.review_on, by=None, now=now
        )
