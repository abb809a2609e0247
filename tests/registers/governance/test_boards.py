"""Boards and their members: who keeps them, who sits, and what is refused."""

from datetime import timedelta

import pytest

from integrity.audit.models import Event
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import Role
from registers.governance import actions
from registers.governance.enums import Capacity
from registers.governance.models import BoardMember
from registers.governance.permissions import keeps, reads_boards
from tests import boards
from tests.builders import NOW, START, TODAY, World, grant, read_anew

pytestmark = pytest.mark.django_db
KEEPERS = {"psd_head", "reviewer", "other_reviewer"}


def test_psd_and_the_integrity_lead_keep_a_forces_boards(world: World) -> None:
    grant(world.deputy_chief, Role.INTEGRITY_LEAD, force=world.northmoor)
    kept = {
        name for name, user in world.people().items() if keeps(read_anew(user), world.northmoor)
    }
    assert kept == KEEPERS | {"deputy_chief"}


def test_governance_members_keep_their_own_bodys_boards(world: World) -> None:
    _, stranger = boards.other_body(world, world.northmoor)
    kept = {name for name, user in world.people().items() if keeps(read_anew(user), world.body)}
    assert kept == {"governance_member"}
    assert not keeps(stranger, world.body)
    assert not keeps(world.governance_member, None)
    assert not keeps(world.governance_member, world.northmoor)


def test_the_menu_asks_roles_alone(world: World) -> None:
    readers = {name for name, user in world.people().items() if reads_boards(read_anew(user))}
    assert readers == {*KEEPERS, "governance_member", "harbour_reviewer", "inspector"}


def test_a_board_is_opened_and_changed_and_the_ledger_tells(world: World) -> None:
    board = boards.force_board(world)
    changed = actions.change_board(
        board, name=" Board ", purpose="Else", by=world.reviewer, now=NOW, version=board.version
    )
    assert (changed.name, changed.purpose, changed.version) == ("Board", "Else", 2)
    assert changed.home == world.northmoor
    told = Event.objects.filter(about="board", about_id=board.pk, force_id=world.northmoor.pk)
    assert {event.name for event in told} == {"board opened", "board changed"}
    with pytest.raises(Conflict, match="This board has changed since"):
        actions.change_board(
            board, name="x", purpose="y", by=world.reviewer, now=NOW, version=board.version
        )


def test_a_body_and_a_force_may_have_boards_of_one_name_but_neither_two(world: World) -> None:
    assert boards.body_board(world, "Board").home == world.body
    board = boards.force_board(world, "Board")
    with pytest.raises(Denied, match="Northmoor Police has a board of this name already"):
        boards.force_board(world, " Board ")
    other = boards.force_board(world, "Subgroup")
    with pytest.raises(Denied, match="board of this name already"):
        actions.change_board(
            other, name="Board", purpose="x", by=world.psd_head, now=NOW, version=1
        )
    actions.change_board(board, name="Board", purpose="x", by=world.psd_head, now=NOW, version=1)


@pytest.mark.parametrize(("name", "purpose"), [(" ", "It meets"), ("Board", " ")])
def test_a_board_has_a_name_and_a_purpose(world: World, name: str, purpose: str) -> None:
    with pytest.raises(Denied, match=r"of the board|the board is for"):
        actions.open_board(
            home=world.northmoor, name=name, purpose=purpose, by=world.psd_head, now=NOW
        )


@pytest.mark.parametrize("who", ["governance_member", "inspector", "constable", "harbour_reviewer"])
def test_others_open_no_board_of_a_force(world: World, who: str) -> None:
    with pytest.raises(Denied, match="PSD or the integrity lead keeps"):
        actions.open_board(
            home=world.northmoor, name="x", purpose="y", by=getattr(world, who), now=NOW
        )


def test_a_member_sits_from_a_day_to_their_last(world: World) -> None:
    board = boards.force_board(world)
    member = boards.seat(board, world.hr_officer, world, capacity=Capacity.HR)
    assert str(member) == f"{world.hr_officer.display}, hr"
    assert list(BoardMember.objects.sitting(TODAY)) == [member]
    actions.unseat(member, ends_on=TODAY, by=world.reviewer, now=NOW)
    assert BoardMember.objects.sitting(TODAY).exists()
    assert not BoardMember.objects.sitting(TODAY + timedelta(days=1)).exists()
    again = TODAY + timedelta(days=1)
    boards.seat(board, world.hr_officer, world, starts_on=again)
    assert Event.objects.filter(name="board member seated").count() == 2


def test_nobody_sits_twice_at_once(world: World) -> None:
    board = boards.force_board(world)
    boards.seat(board, world.hr_officer, world, starts_on=TODAY)
    for details in ({"starts_on": TODAY}, {"starts_on": START, "ends_on": TODAY}):
        with pytest.raises(Denied, match="sits on this board at that time already"):
            boards.seat(board, world.hr_officer, world, **details)
    boards.seat(board, world.hr_officer, world, starts_on=START, ends_on=TODAY - timedelta(days=1))


def test_members_are_of_the_boards_own_force_or_body(world: World) -> None:
    board, of_body = boards.force_board(world), boards.body_board(world)
    boards.seat(board, world.other_reviewer, world)  # Eastvale's, with a role in the alliance's PSD
    boards.seat(of_body, world.body_member, world)
    boards.seat(of_body, world.psd_head, world)  # who holds a role for the body's own entries
    for where, user in ((board, world.harbour_constable), (of_body, world.chief)):
        with pytest.raises(Denied, match=r"is not of .* and holds no role there"):
            boards.seat(where, user, world)


def test_the_last_day_is_not_before_the_first(world: World) -> None:
    board = boards.force_board(world)
    day_before = START - timedelta(days=1)
    with pytest.raises(Denied, match="on or after the first"):
        boards.seat(board, world.hr_officer, world, ends_on=day_before)
    member = boards.seat(board, world.hr_officer, world)
    with pytest.raises(Denied, match="on or after the first"):
        actions.unseat(member, ends_on=day_before, by=world.reviewer, now=NOW)
    with pytest.raises(Denied, match="PSD or the integrity lead keeps"):
        actions.unseat(member, ends_on=TODAY, by=world.hr_officer, now=NOW)
