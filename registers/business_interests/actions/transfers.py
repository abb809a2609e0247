"""What a change of somebody's record means for their interests; people.watchers tells of each."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind
from integrity.casework.models import Deadline
from integrity.people.models import User
from integrity.ui.wording import with_capital
from registers.business_interests.actions.review import begin_review
from registers.business_interests.actions.step import STEPS
from registers.business_interests.enums import ReviewCause, Status
from registers.business_interests.models import Interest

CAUSES = {
    "grade": ReviewCause.RANK,
    "unit": ReviewCause.UNIT,
    "post": ReviewCause.ROLE,
    "weekly_hours": ReviewCause.HOURS,
}


def person_changed(
    person: User, changed: Mapping[str, Any], by: User | None, now: datetime
) -> None:
    """A change of rank, unit, role or hours re-opens what was approved (RULES, Business interests 10)."""
    if "line_manager" in changed:
        _hand_over_tasks(person)
    causes = [
        cause for field, cause in CAUSES.items() if field in changed and _differs(changed, field)
    ]
    if not causes:
        return
    said = {
        cause: f"from {_said(changed, field, 0)} to {_said(changed, field, 1)}"
        for field, cause in CAUSES.items()
        if cause in causes
    }
    more = [f"{cause.label}: {said[cause]}" for cause in causes[1:]]
    what = "; ".join([with_capital(said[causes[0]]), *more])
    mine = Interest.objects.live().filter(case__subject=person)
    for pk, case_id in mine.values_list("pk", "case_id"):
        case = casework.lock_case(case_id, version=None)
        interest = STEPS.read(pk)
        interest.case = case
        if interest.is_live:
            due_on = timezone.localdate(now) + timedelta(days=interest.policy.remind_days)
            begin_review(interest, causes[0], what, due_on=due_on, by=by, now=now)


def _differs(changed: Mapping[str, Any], field: str) -> bool:
    before, after = changed[field]
    return bool(before != after)


def _said(changed: Mapping[str, Any], field: str, which: int) -> str:
    value = changed[field][which]
    return "nothing" if value in (None, "", "None") else str(value)


def _hand_over_tasks(person: User) -> None:
    """What waited for the old line manager waits for the new one."""
    tasks = Deadline.objects.open().filter(
        case__register="business_interests",
        case__subject=person,
    )
    supervisors = Q(kind=DeadlineKind.ASSESS_REVIEW) | Q(
        kind=DeadlineKind.ASSESS, case__interest__status=Status.WITH_SUPERVISOR
    )
    tasks.filter(supervisors).update(owner=person.line_manager)
