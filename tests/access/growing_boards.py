"""What boards keep of Northmoor, for ``growing``: one of each that is looked at, and ever more of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from integrity.casework.clocks import add_months
from integrity.casework.models import NilReturnRule
from integrity.casework.quarters import quarter_of
from integrity.people.models import Unit
from registers.governance.models import (
    ActionNote,
    AgendaItem,
    Board,
    BoardMember,
    ForceStatement,
    HealthAnswer,
    HealthCheck,
    Meeting,
    MeetingDecision,
    Paper,
    PlanNote,
    PolicyAssessment,
    QuarterlyAction,
    QuarterlyMeeting,
    Threat,
    ThreatAssessment,
)
from registers.governance.models.assessment import ClauseFinding
from registers.oversight.models import NamingRule
from tests import builders
from tests.access import board_things
from tests.access.board_things import Ids
from tests.builders import World


def first_kept(world: World) -> dict[str, Ids]:
    """One of each kind, by which the pages of one thing are asked for."""
    world.patrol.head = world.sergeant
    world.patrol.save()
    force, owner = world.northmoor, world.constable
    return {
        **board_things.kept_by(force, world.reviewer, world.register_owner),
        "board action": board_things.give_action(force, owner, "Publish it."),
        "plan item": board_things.plan(force, owner, "Compare registers."),
        "nil return": board_things.nil_of(world.patrol, world.sergeant),
        "body": {"code": world.body.code},
        "force": {"code": force.code},
    }


def keep_more(world: World, number: int) -> None:
    """More of everything, and more of what is looked at has."""
    who = builders.person(f"sits_{number}", force=world.northmoor, grade=world.sergeant.grade)
    for more in (_boards, _tasks, _checks, _quarters, _rows):
        more(world, who, number)


def _boards(world: World, who: Any, number: int) -> None:
    """Another board, another seat, another meeting, and more at the meeting that is looked at."""
    force, today, now = world.northmoor, timezone.localdate(), timezone.now()
    Board.objects.create(force=force, name=f"Subgroup {number}", purpose="Details.")
    looked_at = board_things.meeting_of(force)
    BoardMember.objects.create(board=looked_at.board, person=who, starts_on=builders.START)
    earlier = Meeting.objects.create(
        board=looked_at.board, held_on=today - timedelta(number + 1), place="Room 4"
    )
    Meeting.objects.create(
        board=looked_at.board, held_on=today + timedelta(number + 1), place="Room 4"
    )
    for meeting in (earlier, looked_at):
        item = AgendaItem.objects.create(
            meeting=meeting,
            position=number + 2,
            title=f"Item {number}",
            asked_by=who,
            asked_at=now,
        )
        said: dict[str, Any] = {"meeting": meeting, "item": item}
        Paper.objects.create(**said, title="Plan", path="/", added_at=now, added_by=who)
        MeetingDecision.objects.create(
            **said, what="To look again.", recorded_at=now, recorded_by=who
        )
        meeting.actions.create(item=item, what=f"Ask {number}.", owner=who, due_on=today)
        meeting.actions.create(what=f"Say {number}.", owner=world.constable, due_on=today)


def _tasks(world: World, who: Any, number: int) -> None:
    """Other items of the plan, and notes to the action and the item that are looked at."""
    board_things.plan(world.northmoor, who, f"Item {number}.")
    board_things.plan(world.northmoor, world.constable, f"Item of theirs {number}.")
    said: dict[str, Any] = {"text": "Half way.", "made_at": timezone.now(), "made_by": who}
    action = board_things.meeting_of(world.northmoor).actions.get(what="Publish it.")
    ActionNote.objects.create(action=action, **said)
    item = world.northmoor.plan_items.get(action="Compare registers.")
    PlanNote.objects.create(plan_item=item, **said)


def _checks(world: World, who: Any, number: int) -> None:
    """What is answered, found and written in those that are looked at; and others, finished."""
    force, today, now = world.northmoor, timezone.localdate(), timezone.now()
    check = HealthCheck.objects.get(force=force, finished_at=None)
    HealthAnswer.objects.create(
        force=force,
        health_check=check,
        question=check.questions[number + 2],
        score=1,
        evidence="Seen.",
        answered_at=now,
        answered_by=who,
    )
    policies = PolicyAssessment.objects.get(force=force, finished_at=None)
    ClauseFinding.objects.create(
        force=force,
        assessment=policies,
        clause=policies.clauses[number + 2],
        result="partly",
        where="Section 3",
        evidence="Read.",
        found_at=now,
        found_by=who,
    )
    Threat.objects.create(
        force=force,
        assessment=ThreatAssessment.objects.get(force=force, finished_at=None),
        unit=Unit.objects.create(force=force, name=f"Unit {number}"),
        kind="post",
        description="Wide access.",
        likelihood=3,
        impact=4,
        written_at=now,
        written_by=who,
    )
    done: dict[str, Any] = {"force": force, "started_by": who, "started_at": now}
    done |= {"finished_by": who, "finished_at": now}
    HealthCheck.objects.create(**done, started_on=today)
    PolicyAssessment.objects.create(**done, assessed_on=today)
    ThreatAssessment.objects.create(**done, assessed_on=today, next_due=today + timedelta(1))


def _quarters(world: World, who: Any, number: int) -> None:
    """Earlier quarterly meetings, with what they asked for that is open; and more of this one."""
    force, today, now = world.northmoor, timezone.localdate(), timezone.now()
    this = quarter_of(today).first
    earlier = QuarterlyMeeting.objects.create(
        force=force,
        quarter=add_months(this, -3 * (number + 1)),
        held_on=today,
        present="The three.",
        note="The pack.",
        recorded_at=now,
        recorded_by=who,
    )
    for meeting in (earlier, QuarterlyMeeting.objects.get(force=force, quarter=this)):
        QuarterlyAction.objects.create(
            force=force,
            meeting=meeting,
            what=f"Ask {number}.",
            due_on=today,
            owner=who,
            added_at=now,
            added_by=who,
        )


def _rows(world: World, who: Any, number: int) -> None:
    """Other units with nil returns, dated rows, and statements of other days."""
    force, day = world.northmoor, timezone.localdate() + timedelta(number)
    unit = Unit.objects.create(force=force, name=f"Headed {number}", head=world.sergeant)
    board_things.nil_of(unit, world.sergeant)
    NilReturnRule.objects.create(force=force, effective_from=day)
    NamingRule.objects.create(force=force, effective_from=day)
    ForceStatement.objects.create(
        force=force,
        as_of=timezone.localdate() - timedelta(number),
        counter_corruption_staff=Decimal(4),
        led_by="Detective inspector",
        gift_registers=1,
        compares_with_contractors=True,
        compares_with_suppliers=True,
        stated_at=timezone.now(),
        stated_by=who,
    )
