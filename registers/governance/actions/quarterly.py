"""The quarterly meeting of PSD, procurement and the press office (HMIC 2012, Thames Valley)."""

from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from registers.governance.actions.step import keep, tell
from registers.governance.enums import TaskStatus
from registers.governance.models import QuarterlyAction, QuarterlyMeeting
from registers.governance.permissions import check_meets, those_who_meet


@action
def record_quarterly_meeting(
    force: Force,
    *,
    quarter: date,
    held_on: date,
    present: str,
    note: str,
    by: User,
    now: datetime,
) -> QuarterlyMeeting:
    """The quarter's pack was gone through. Raises Denied where it is on record already."""
    check_meets(by, force)
    if held_on > timezone.localdate(now):
        raise Denied("The day of the meeting must be today or earlier.")
    if held_on < quarter:
        raise Denied("A quarter’s meeting is held after the quarter began.")
    Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force.pk)
    if QuarterlyMeeting.objects.filter(force=force, quarter=quarter).exists():
        raise Denied("The meeting of this quarter is on record already.")
    held = QuarterlyMeeting.objects.create(
        force=force,
        quarter=quarter,
        held_on=held_on,
        present=present.strip(),
        note=note.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    tell("quarterly meeting recorded", held, of=held, by=by, now=now)
    return held


@action
def add_quarterly_action(
    meeting: QuarterlyMeeting, *, what: str, owner: User, due_on: date, by: User, now: datetime
) -> QuarterlyAction:
    """What the meeting asked one of its own to do by a day. Raises Denied."""
    check_meets(by, meeting.force)
    if owner.pk not in [person.pk for person in those_who_meet(meeting.force)]:
        raise Denied("Choose somebody of PSD, procurement or the press office.")
    if due_on < meeting.held_on:
        raise Denied("An action is due on or after the day of the meeting.")
    given = QuarterlyAction.objects.create(
        force=meeting.force,
        meeting=meeting,
        what=what.strip(),
        owner=owner,
        due_on=due_on,
        added_at=now,
        added_by=by,
    )
    facts = {"owner": owner.display, "due_on": due_on.isoformat()}
    tell("quarterly action given", given, of=given, by=by, now=now, facts=facts)
    return given


@action
def close_quarterly_action(
    task: QuarterlyAction, *, evidence: str, by: User, now: datetime
) -> QuarterlyAction:
    """It was done, and this shows it. Raises Denied."""
    check_meets(by, task.force)
    task = QuarterlyAction.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if not task.is_open:
        raise Denied("This action is closed already.")
    if not evidence.strip():
        raise Denied("Say what shows that it was done.")
    task.status, task.evidence = TaskStatus.CLOSED, evidence.strip()
    task.closed_at, task.closed_by = now, by
    keep(task)
    tell("quarterly action closed", task, of=task, by=by, now=now)
    return task
