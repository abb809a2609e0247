"""Boards and who sits on them. Each raises Denied for whoever may not, Conflict for a stale page."""

from datetime import date, datetime

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import Force, OversightBody, User
from registers.governance.actions.step import keep, on_day, say, take, take_turns, tell
from registers.governance.enums import Capacity
from registers.governance.models import Board, BoardMember
from registers.governance.permissions import check_may_belong, check_may_keep

NAME = "Enter the name of the board."
PURPOSE = "Say what the board is for."


@action
def open_board(
    *, home: Force | OversightBody, name: str, purpose: str, by: User, now: datetime
) -> Board:
    """A board of a force, or of a body that oversees forces."""
    check_may_keep(by, home)
    _name_is_free(home, name)
    whose = {"force": home} if isinstance(home, Force) else {"oversight_body": home}
    board = Board.objects.create(**whose, name=say(name, NAME), purpose=say(purpose, PURPOSE))
    tell("board opened", board, of=board, by=by, now=now, facts={"name": board.name})
    return board


@action
def change_board(
    board: Board, *, name: str, purpose: str, by: User, now: datetime, version: int | None
) -> Board:
    fresh = take(Board.objects.visible_to(by, on_day(now)), board.pk, version=version, noun="board")
    check_may_keep(by, fresh.home)
    _name_is_free(fresh.home, name, but=fresh)
    fresh.name, fresh.purpose = say(name, NAME), say(purpose, PURPOSE)
    keep(fresh)
    tell("board changed", fresh, of=fresh, by=by, now=now, facts={"name": fresh.name})
    return fresh


@action
def seat(
    board: Board,
    *,
    person: User,
    capacity: Capacity,
    starts_on: date,
    ends_on: date | None = None,
    by: User,
    now: datetime,
) -> BoardMember:
    """Somebody sits on the board from a day on, in one capacity; one seat at a time."""
    check_may_keep(by, board.home)
    check_may_belong(person, board.home, on_day(now))
    if ends_on is not None and ends_on < starts_on:
        raise Denied("The last day must be on or after the first.")
    take_turns(board)
    if _overlapping(board, person, starts_on, ends_on):
        raise Denied(f"{person.display} sits on this board at that time already.")
    member = BoardMember.objects.create(
        board=board, person=person, capacity=capacity, starts_on=starts_on, ends_on=ends_on
    )
    facts = {"person": person.display, "capacity": str(member.capacity)}
    tell("board member seated", member, of=board, by=by, now=now, facts=facts)
    return member


@action
def unseat(member: BoardMember, *, ends_on: date, by: User, now: datetime) -> BoardMember:
    """Their last day on the board."""
    rows = BoardMember.objects.select_related("board", "person__grade")
    fresh = take(rows, member.pk, version=None, noun="seat")
    check_may_keep(by, fresh.board.home)
    if ends_on < fresh.starts_on:
        raise Denied("The last day must be on or after the first.")
    fresh.ends_on = ends_on
    fresh.save()
    facts = {"person": fresh.person.display, "ends_on": ends_on.isoformat()}
    tell("board member unseated", fresh, of=fresh.board, by=by, now=now, facts=facts)
    return fresh


def _name_is_free(
    home: Force | OversightBody | None, name: str, *, but: Board | None = None
) -> None:
    take_turns(home)
    whose = {"force": home} if isinstance(home, Force) else {"oversight_body": home}
    others = Board.objects.filter(**whose, name=name.strip())
    if others.exclude(pk=but.pk if but else 0).exists():
        raise Denied(f"{home} has a board of this name already.")


def _overlapping(board: Board, person: User, starts_on: date, ends_on: date | None) -> bool:
    seats = board.members.filter(person=person).exclude(ends_on__lt=starts_on)
    return (seats.exclude(starts_on__gt=ends_on) if ends_on else seats).exists()
