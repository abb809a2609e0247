"""Actions of meetings and items of the plan: given, followed, closed with evidence, reopened with a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from integrity.audit.models import Event
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import Role
from registers.governance import actions
from registers.governance.enums import TaskStatus
from registers.governance.models import BoardAction, PlanItem, Recommendation
from registers.governance.reading import carried_to
from tests import boards
from tests.builders import NOW, TODAY, YESTERDAY, World, grant

pytestmark = pytest.mark.django_db
type Task = BoardAction | PlanItem
type Make = Callable[[World], Task]


def an_action(world: World) -> Task:
    return boards.action(boards.meeting(boards.force_board(world), world), world.hr_officer, world)


def an_item(world: World) -> Task:
    return boards.plan_item(world.hr_officer, world)


BOTH = pytest.mark.parametrize("make", [an_action, an_item])


@BOTH
def test_its_owner_says_how_it_stands_and_who_keeps_it_closes_it(world: World, make: Make) -> None:
    task, owner = make(world), world.hr_officer
    said = actions.note_progress(
        task, text="Half done", evidence="Draft 2", by=owner, now=NOW, version=task.version
    )
    assert (said.evidence, said.notes.get().text, said.version) == ("Draft 2", "Half done", 2)
    with pytest.raises(Denied, match="PSD or the integrity lead keeps"):
        actions.close(said, evidence="All of it", by=owner, now=NOW, version=None)
    with pytest.raises(Denied, match="Say what shows that it was done"):
        actions.close(said, evidence=" ", by=world.reviewer, now=NOW, version=None)
    with pytest.raises(Conflict):
        actions.close(said, evidence="x", by=world.reviewer, now=NOW, version=1)
    done = actions.close(said, evidence="Order 12", by=world.reviewer, now=NOW, version=2)
    assert (done.status, done.closed_by, done.closed_at) == ("closed", world.reviewer, NOW)
    for late in (
        lambda: actions.note_progress(done, text="x", by=owner, now=NOW, version=None),
        lambda: actions.close(done, evidence="x", by=world.reviewer, now=NOW, version=None),
    ):
        with pytest.raises(Denied, match="closed"):
            late()


@BOTH
def test_it_is_reopened_with_a_reason_and_a_new_day(world: World, make: Make) -> None:
    task = make(world)
    with pytest.raises(Denied, match="is open"):
        actions.reopen(task, reason="x", due_on=TODAY, by=world.reviewer, now=NOW, version=None)
    done = actions.close(task, evidence="Order 12", by=world.reviewer, now=NOW, version=None)
    again = {"by": world.reviewer, "now": NOW, "version": None}
    with pytest.raises(Denied, match="Say why it is opened again"):
        actions.reopen(done, reason=" ", due_on=TODAY, **again)
    with pytest.raises(Denied, match="today or later"):
        actions.reopen(done, reason="x", due_on=YESTERDAY, **again)
    back = actions.reopen(done, reason="Order 12 was withdrawn", due_on=TODAY, **again)
    assert (back.status, back.closed_at, back.closed_by) == (TaskStatus.OPEN, None, None)
    assert back.due_on == TODAY
    assert back.evidence == "Order 12"
    assert back.notes.get().text == "Reopened: Order 12 was withdrawn"
    (event,) = Event.objects.filter(name__endswith="reopened")
    assert (event.reason, event.about_id) == ("Order 12 was withdrawn", task.pk)


@BOTH
def test_strangers_do_nothing_with_it(world: World, make: Make) -> None:
    task = make(world)
    for user in (world.constable, world.harbour_reviewer):
        with pytest.raises(Denied, match="is not one of yours"):
            actions.note_progress(task, text="x", by=user, now=NOW, version=None)
    for reader in (world.governance_member, world.inspector):
        with pytest.raises(Denied, match="Only its owner"):
            actions.note_progress(task, text="x", by=reader, now=NOW, version=None)
        with pytest.raises(Denied, match="PSD or the integrity lead keeps"):
            actions.close(task, evidence="x", by=reader, now=NOW, version=None)
    with pytest.raises(Denied, match="Say how it stands"):
        actions.note_progress(task, text=" ", by=world.hr_officer, now=NOW, version=None)


def test_the_integrity_lead_keeps_the_plan(world: World) -> None:
    grant(world.deputy_chief, Role.INTEGRITY_LEAD, force=world.northmoor)
    item = actions.add_plan_item(
        world.northmoor,
        action="Publish the register",
        owner=world.register_owner,
        due_on=TODAY,
        recommendation=Recommendation.objects.get(report="revisiting_2012", number=8),
        by=world.deputy_chief,
        now=NOW,
    )
    assert item.added_by == world.deputy_chief
    changed = actions.change_plan_item(
        item,
        action="Publish both registers",
        owner=world.hr_officer,
        due_on=boards.SOON,
        recommendation=None,
        by=world.reviewer,
        now=NOW,
        version=1,
    )
    assert (changed.action, changed.owner) == ("Publish both registers", world.hr_officer)
    assert (changed.due_on, changed.recommendation) == (boards.SOON, None)


@pytest.mark.parametrize("who", ["constable", "governance_member", "inspector", "harbour_reviewer"])
def test_others_add_nothing_to_the_plan(world: World, who: str) -> None:
    with pytest.raises(Denied, match="keeps the force’s action plan"):
        actions.add_plan_item(
            world.northmoor,
            action="x",
            owner=world.hr_officer,
            due_on=TODAY,
            by=getattr(world, who),
            now=NOW,
        )


def test_what_is_asked_is_said_due_and_of_somebody_here(world: World) -> None:
    meeting = boards.meeting(boards.force_board(world), world)
    with pytest.raises(Denied, match="today or later"):
        boards.action(meeting, world.hr_officer, world, due_on=YESTERDAY)
    with pytest.raises(Denied, match="is not of Northmoor Police"):
        boards.action(meeting, world.harbour_constable, world)
    with pytest.raises(Denied, match="Say what is to be done"):
        boards.action(meeting, world.hr_officer, world, what=" ")
    for owner, due_on, what in (
        (world.harbour_constable, TODAY, "x"),
        (world.hr_officer, YESTERDAY, "x"),
        (world.hr_officer, TODAY, " "),
    ):
        with pytest.raises(Denied):
            boards.plan_item(owner, world, due_on=due_on, what=what)


def test_an_overdue_item_can_be_changed_without_another_day(world: World) -> None:
    task = boards.action(
        boards.meeting(boards.force_board(world), world), world.hr_officer, world, due_on=TODAY
    )
    after = NOW + timedelta(days=3)
    assert task.is_overdue(after.date())
    said = {"what": "Publish both", "owner": task.owner, "by": world.reviewer, "now": after}
    changed = actions.change_action(task, due_on=TODAY, version=1, **said)
    assert changed.what == "Publish both"
    with pytest.raises(Denied, match="today or later"):
        actions.change_action(task, due_on=TODAY + timedelta(days=1), version=2, **said)
    actions.close(task, evidence="x", by=world.reviewer, now=after, version=2)
    with pytest.raises(Denied, match="Reopen it first"):
        actions.change_action(task, due_on=TODAY, version=3, **said)


def test_an_action_is_carried_until_it_is_closed(world: World) -> None:
    board = boards.force_board(world)
    first = boards.meeting(board, world)
    task = boards.action(first, world.hr_officer, world)
    second = boards.meeting(board, world, TODAY + timedelta(days=30))
    third = boards.meeting(board, world, TODAY + timedelta(days=60))
    assert [list(carried_to(each)) for each in (first, second, third)] == [[], [task], [task]]
    at_second = NOW + timedelta(days=30)
    actions.close(task, evidence="x", by=world.reviewer, now=at_second, version=None)
    assert [list(carried_to(each)) for each in (first, second, third)] == [[], [task], []]
