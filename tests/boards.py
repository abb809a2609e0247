"""Boards, meetings and plans for tests, reached by the real actions."""

from datetime import date, timedelta
from typing import Any

from integrity.casework.models import Case
from integrity.people.enums import MemberType, Role
from integrity.people.models import Force, OversightBody, User
from registers.governance import actions
from registers.governance.enums import Capacity
from registers.governance.models import Board, BoardAction, BoardMember, Meeting, PlanItem
from tests.builders import NOW, START, TODAY, World, accepted, declare, grant, person

SOON = TODAY + timedelta(days=14)
PAPER = b"%PDF-1.7 minutes"


def force_board(world: World, name: str = "Integrity and compliance board") -> Board:
    return actions.open_board(
        home=world.northmoor,
        name=name,
        purpose="Follows the plan.",
        by=world.psd_head,
        now=NOW,
    )


def body_board(world: World, name: str = "Commissioner’s board") -> Board:
    return actions.open_board(
        home=world.body,
        name=name,
        purpose="Holds to account.",
        by=world.governance_member,
        now=NOW,
    )


def keeper_of(board: Board, world: World) -> User:
    return world.psd_head if board.force_id else world.governance_member


def seat(board: Board, user: User, world: World, **details: Any) -> BoardMember:
    stated = {"capacity": Capacity.FINANCE, "starts_on": START, **details}
    return actions.seat(board, person=user, by=keeper_of(board, world), now=NOW, **stated)


def meeting(board: Board, world: World, held_on: date = TODAY) -> Meeting:
    """Planned, for the day on which the tests' clock stands unless told."""
    return actions.plan_meeting(
        board, held_on=held_on, place="Room 4", by=keeper_of(board, world), now=NOW
    )


def action(
    at: Meeting, owner: User, world: World, *, due_on: date = SOON, what: str = "Publish it"
) -> BoardAction:
    by = keeper_of(at.board, world)
    return actions.give_action(at, what=what, owner=owner, due_on=due_on, by=by, now=NOW)


def plan_item(
    owner: User, world: World, *, due_on: date = SOON, what: str = "Compare registers"
) -> PlanItem:
    return actions.add_plan_item(
        world.northmoor, action=what, owner=owner, due_on=due_on, by=world.psd_head, now=NOW
    )


def chiefs_entry(world: World) -> Case:
    """A chief officer's accepted offer, in Northmoor, which the body oversees."""
    return declare(world.assistant_chief, accepted(50)).case


def other_body(world: World, *forces: Force) -> tuple[OversightBody, User]:
    """Another body with a governance member of its own, over these forces."""
    body = OversightBody.objects.create(
        code="OTH", name="Other Committee", department=world.harbour_psd
    )
    body.forces.set(forces or [world.harbour])
    member = person("other_member", oversight_body=body, member_type=MemberType.BODY)
    grant(member, Role.GOVERNANCE_MEMBER, oversight_body=body)
    return body, member
