"""Actions of meetings and items of the plan, from being given to being closed with evidence."""

from datetime import date, datetime

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from registers.governance.actions.step import keep, on_day, say, take, tell
from registers.governance.enums import TaskStatus, Verb
from registers.governance.models import (
    AgendaItem,
    BoardAction,
    Meeting,
    PlanItem,
    Recommendation,
)
from registers.governance.permissions import (
    check_due,
    check_may_belong,
    check_may_change,
    check_may_close,
    check_may_plan,
    check_may_progress,
    check_may_record,
    check_may_reopen,
)
from registers.governance.workflow import TRANSITIONS

type Task = BoardAction | PlanItem

WHAT = "Say what is to be done."


@action
def give_action(
    meeting: Meeting,
    *,
    what: str,
    owner: User,
    due_on: date,
    item: AgendaItem | None = None,
    by: User,
    now: datetime,
) -> BoardAction:
    """A meeting asks somebody of its force or body to do something by a day."""
    today = on_day(now)
    rows = Meeting.objects.visible_to(by, today).select_related(
        "board__force", "board__oversight_body"
    )
    fresh = take(rows, meeting.pk, version=None, noun="meeting")
    check_may_record(by, fresh, today)
    check_may_belong(owner, fresh.board.home, today)
    check_due(due_on, today)
    if item is not None and item.meeting_id != fresh.pk:
        raise Denied("Choose an item of this meeting’s agenda.")
    given = BoardAction.objects.create(
        meeting=fresh, item=item, what=say(what, WHAT), owner=owner, due_on=due_on
    )
    _tell("action given", given, by=by, now=now, facts=_asked(given))
    return given


@action
def add_plan_item(
    force: Force,
    *,
    action: str,
    owner: User,
    due_on: date,
    recommendation: Recommendation | None = None,
    by: User,
    now: datetime,
) -> PlanItem:
    """A line of the force's integrity action plan, which may answer a recommendation."""
    check_may_plan(by, force)
    check_may_belong(owner, force, on_day(now))
    check_due(due_on, on_day(now))
    added = PlanItem.objects.create(
        force=force,
        recommendation=recommendation,
        action=say(action, WHAT),
        owner=owner,
        due_on=due_on,
        added_at=now,
        added_by=by,
    )
    _tell("plan item added", added, by=by, now=now, facts=_asked(added))
    return added


@action
def change_action(
    task: BoardAction,
    *,
    what: str,
    owner: User,
    due_on: date,
    by: User,
    now: datetime,
    version: int | None,
) -> BoardAction:
    """Other words, another owner or day for an open action."""
    fresh = _take_action(task, by=by, now=now, version=version)
    check_may_change(by, fresh)
    _ask_anew(fresh, owner=owner, due_on=due_on, now=now)
    fresh.what = say(what, WHAT)
    keep(fresh)
    _tell("action changed", fresh, by=by, now=now, facts=_asked(fresh))
    return fresh


@action
def change_plan_item(
    task: PlanItem,
    *,
    action: str,
    owner: User,
    due_on: date,
    recommendation: Recommendation | None,
    by: User,
    now: datetime,
    version: int | None,
) -> PlanItem:
    """Other words, another owner or day for an open item of the plan."""
    fresh = _take_item(task, by=by, now=now, version=version)
    check_may_change(by, fresh)
    _ask_anew(fresh, owner=owner, due_on=due_on, now=now)
    fresh.action, fresh.recommendation = say(action, WHAT), recommendation
    keep(fresh)
    _tell("plan item changed", fresh, by=by, now=now, facts=_asked(fresh))
    return fresh


@action
def note_progress(
    task: Task, *, text: str, evidence: str = "", by: User, now: datetime, version: int | None
) -> Task:
    """How it stands, dated, and what shows it; its owner's part, or of whoever keeps it."""
    fresh = _take(task, by=by, now=now, version=version)
    check_may_progress(by, fresh)
    fresh.notes.create(text=say(text, "Say how it stands."), made_at=now, made_by=by)
    if evidence.strip():
        fresh.evidence = evidence.strip()
    keep(fresh)
    _tell("progress noted", fresh, by=by, now=now)
    return fresh


@action
def close(task: Task, *, evidence: str, by: User, now: datetime, version: int | None) -> Task:
    """Done, on the evidence named."""
    fresh = _take(task, by=by, now=now, version=version)
    check_may_close(by, fresh)
    fresh.evidence = say(evidence, "Say what shows that it was done.")
    verb = Verb.CLOSE_ITEM if isinstance(fresh, PlanItem) else Verb.CLOSE_ACTION
    fresh.status = TRANSITIONS.land(verb, fresh.status, TaskStatus.CLOSED)
    fresh.closed_at, fresh.closed_by = now, by
    keep(fresh)
    _tell(TRANSITIONS[verb].event, fresh, by=by, now=now)
    return fresh


@action
def reopen(
    task: Task, *, reason: str, due_on: date, by: User, now: datetime, version: int | None
) -> Task:
    """Not done after all, or not any more: why, and by when now. The reason stays among the notes."""
    fresh = _take(task, by=by, now=now, version=version)
    check_may_reopen(by, fresh)
    check_due(due_on, on_day(now))
    why = say(reason, "Say why it is opened again.")
    verb = Verb.REOPEN_ITEM if isinstance(fresh, PlanItem) else Verb.REOPEN_ACTION
    fresh.status = TRANSITIONS.land(verb, fresh.status, TaskStatus.OPEN)
    fresh.closed_at = fresh.closed_by = None
    fresh.due_on = due_on
    fresh.notes.create(text=f"Reopened: {why}", made_at=now, made_by=by)
    keep(fresh)
    _tell(TRANSITIONS[verb].event, fresh, by=by, now=now, reason=why)
    return fresh


def _take(task: Task, *, by: User, now: datetime, version: int | None) -> Task:
    if isinstance(task, PlanItem):
        return _take_item(task, by=by, now=now, version=version)
    return _take_action(task, by=by, now=now, version=version)


def _take_action(task: BoardAction, *, by: User, now: datetime, version: int | None) -> BoardAction:
    rows = BoardAction.objects.visible_to(by, on_day(now)).select_related(
        "meeting__board__force", "meeting__board__oversight_body", "owner__grade"
    )
    return take(rows, task.pk, version=version, noun="action")


def _take_item(task: PlanItem, *, by: User, now: datetime, version: int | None) -> PlanItem:
    rows = PlanItem.objects.visible_to(by, on_day(now)).select_related("force", "owner__grade")
    return take(rows, task.pk, version=version, noun="item")


def _ask_anew(task: Task, *, owner: User, due_on: date, now: datetime) -> None:
    """Whoever stays its owner, and a day that stays, are not asked about again."""
    home = task.force if isinstance(task, PlanItem) else task.board.home
    if owner.pk != task.owner_id:
        check_may_belong(owner, home, on_day(now))
    if due_on != task.due_on:
        check_due(due_on, on_day(now))
    task.owner, task.due_on = owner, due_on


def _asked(task: Task) -> dict[str, str]:
    return {"owner": task.owner.display, "due_on": task.due_on.isoformat()}


def _tell(
    name: str,
    task: Task,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    facts: dict[str, str] | None = None,
) -> None:
    of = task if isinstance(task, PlanItem) else task.board
    tell(name, task, of=of, by=by, now=now, reason=reason, facts=facts)
