"""What two people who keep boards and plans do at one moment."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from integrity.people.enums import MemberType, Role
from integrity.people.models import User
from registers.governance import actions
from registers.governance.enums import Capacity, TaskStatus
from registers.governance.models import (
    AgendaItem,
    Board,
    BoardAction,
    Meeting,
    PlanItem,
)
from tests import boards, builders
from tests.boards import SOON
from tests.builders import START, TODAY, World
from tests.concurrency.contests import ANY, ONE, TWO, WHY, Contest, events, given, is_one

type Keeper = Callable[[User], Callable[[], object]]


@dataclass
class Boardroom:
    """The world, with two who keep Northmoor’s boards and plan, and two members of its body."""

    world: World = field(default_factory=builders.world)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.keepers = [self.world.psd_head, self.world.reviewer]
        second = builders.person(
            "second_member", oversight_body=self.world.body, member_type=MemberType.BODY
        )
        builders.grant(second, Role.GOVERNANCE_MEMBER, oversight_body=self.world.body)
        self.members = [self.world.governance_member, second]

    @property
    def name(self) -> str:
        return f"Board {next(self.numbers)}"

    def board(self) -> Board:
        return boards.force_board(self.world, self.name)

    def meeting(self) -> Meeting:
        return boards.meeting(self.board(), self.world)

    def agenda(self) -> list[AgendaItem]:
        meeting = self.meeting()
        by = given(self.keepers[0])
        return [actions.add_agenda_item(meeting, title=f"Item {n}", **by) for n in range(3)]

    def task(self) -> BoardAction:
        return boards.action(self.meeting(), self.world.reviewer, self.world)

    def plan_item(self) -> PlanItem:
        return boards.plan_item(self.world.reviewer, self.world)

    def both(self, make: Keeper) -> list[Callable[[], object]]:
        return [make(by) for by in self.keepers]


# --- what they share ------------------------------------------------------------------------------


def told(name: str, about_id: int, times: int) -> Iterator[str]:
    if (found := events(name, about_id)) != times:
        yield f"{found} events “{name}”, not {times}"


def moved(model: Any, before: Any, event: str) -> Iterator[str]:
    """It was changed once, and that is on record once."""
    if (version := model.objects.get(pk=before.pk).version) != before.version + 1:
        yield f"version {version} after {before.version}"
    yield from told(event, before.pk, 1)


def places(meeting: Meeting, many: int) -> Iterator[str]:
    found = list(meeting.agenda.values_list("position", flat=True))
    if found != list(range(1, many + 1)):
        yield f"the agenda’s places are {found}"


# --- boards and meetings --------------------------------------------------------------------------


def open_board(room: Boardroom) -> Contest:
    """Both of one name."""
    name, home = room.name, room.world.northmoor
    acts = room.both(
        lambda by: lambda: actions.open_board(home=home, name=name, purpose=WHY, **given(by))
    )
    return Contest(
        "open_board", acts, ONE, lambda _: is_one("boards", Board.objects.filter(name=name))
    )


def change_board(room: Boardroom) -> Contest:
    """Two boards are given one name."""
    name, two = room.name, [room.board(), room.board()]
    acts = [
        lambda board=board, by=by: actions.change_board(
            board, name=name, purpose=WHY, version=board.version, **given(by)
        )
        for board, by in zip(two, room.keepers, strict=True)
    ]
    return Contest(
        "change_board", acts, ONE, lambda _: is_one("boards", Board.objects.filter(name=name))
    )


def seat(room: Boardroom) -> Contest:
    """One person, in two capacities."""
    board, who = room.board(), room.world.constable
    acts = [
        lambda by=by, part=part: actions.seat(
            board, person=who, capacity=part, starts_on=START, **given(by)
        )
        for by, part in zip(room.keepers, (Capacity.FINANCE, Capacity.HR), strict=True)
    ]
    return Contest("seat", acts, ONE, lambda _: is_one("seats", board.members.all()))


def unseat(room: Boardroom) -> Contest:
    """The last to be written is the last day; both are on record."""
    member = boards.seat(room.board(), room.world.constable, room.world)
    acts = room.both(lambda by: lambda: actions.unseat(member, ends_on=TODAY, **given(by)))
    return Contest("unseat", acts, TWO, lambda _: told("board member unseated", member.pk, 2))


def plan_meeting(room: Boardroom) -> Contest:
    board = room.board()
    acts = room.both(
        lambda by: lambda: actions.plan_meeting(board, held_on=SOON, place="Room 4", **given(by))
    )
    return Contest("plan_meeting", acts, ONE, lambda _: is_one("meetings", board.meetings.all()))


def change_meeting(room: Boardroom) -> Contest:
    """Two meetings of one board are put on one day."""
    board = room.board()
    two = [boards.meeting(board, room.world, TODAY + timedelta(days)) for days in (1, 2)]
    acts = [
        lambda each=each, by=by: actions.change_meeting(
            each, held_on=SOON, place="Room 5", version=each.version, **given(by)
        )
        for each, by in zip(two, room.keepers, strict=True)
    ]
    on_that_day = board.meetings.filter(held_on=SOON)
    return Contest("change_meeting", acts, ONE, lambda _: is_one("meetings", on_that_day))


def hold(room: Boardroom) -> Contest:
    meeting = room.meeting()
    acts = room.both(lambda by: lambda: actions.hold(meeting, version=meeting.version, **given(by)))
    return Contest("hold", acts, ONE, lambda _: moved(Meeting, meeting, "meeting held"))


def hold_while_the_agenda_grows(room: Boardroom) -> Contest:
    """Once a meeting was held its agenda stands: what came in time is on it, what came late is refused."""
    meeting, (one, other) = room.meeting(), room.keepers
    acts = [
        lambda: actions.hold(meeting, version=meeting.version, **given(one)),
        lambda: actions.add_agenda_item(meeting, title="One more", **given(other)),
    ]

    def after(answers: Sequence[str]) -> Iterator[str]:
        if meeting.agenda.count() != (answers[1] == "") or answers[0]:
            yield f"{meeting.agenda.count()} items"

    return Contest("hold_while_the_agenda_grows", acts, ANY, after)


def add_agenda_item(room: Boardroom) -> Contest:
    meeting = room.meeting()
    acts = room.both(
        lambda by: lambda: actions.add_agenda_item(meeting, title="The plan", **given(by))
    )
    return Contest("add_agenda_item", acts, TWO, lambda _: places(meeting, 2))


def change_agenda_item(room: Boardroom) -> Contest:
    """Two items are put in the first place."""
    first, *two = room.agenda()
    acts = [
        lambda item=item, by=by: actions.change_agenda_item(
            item, title=item.title, note="", position=1, **given(by)
        )
        for item, by in zip(two, room.keepers, strict=True)
    ]
    return Contest("change_agenda_item", acts, TWO, lambda _: places(first.meeting, 3))


def add_agenda_note(room: Boardroom) -> Contest:
    """Two members of a body bring one entry before one meeting."""
    entry = boards.chiefs_entry(room.world)
    meeting = boards.meeting(boards.body_board(room.world, room.name), room.world)
    acts = [
        lambda by=by: actions.add_agenda_note(meeting, case=entry, note=WHY, **given(by))
        for by in room.members
    ]
    return Contest("add_agenda_note", acts, ONE, lambda _: places(meeting, 1))


def add_paper(room: Boardroom) -> Contest:
    meeting = room.meeting()
    acts = room.both(
        lambda by: lambda: actions.add_paper(meeting, title="The plan", path="/x/", **given(by))
    )
    return Contest("add_paper", acts, TWO)


def record_download(room: Boardroom) -> Contest:
    meeting = room.meeting()
    paper = actions.add_paper(meeting, title="x", path="/x/", **given(room.keepers[0]))
    acts = room.both(
        lambda by: lambda: actions.record_download(paper, board=meeting.board, **given(by))
    )
    return Contest("record_download", acts, TWO, lambda _: told("paper downloaded", paper.pk, 2))


def record_decision(room: Boardroom) -> Contest:
    meeting = room.meeting()
    acts = room.both(lambda by: lambda: actions.record_decision(meeting, what=WHY, **given(by)))
    return Contest("record_decision", acts, TWO)


# --- actions and the plan -------------------------------------------------------------------------


def give_action(room: Boardroom) -> Contest:
    meeting, owner = room.meeting(), room.world.reviewer
    acts = room.both(
        lambda by: (
            lambda: actions.give_action(meeting, what=WHY, owner=owner, due_on=SOON, **given(by))
        )
    )
    return Contest("give_action", acts, TWO)


def change_action(room: Boardroom) -> Contest:
    task = room.task()
    acts = room.both(
        lambda by: (
            lambda: actions.change_action(
                task, what=f"{by} asks", owner=by, due_on=SOON, version=task.version, **given(by)
            )
        )
    )

    def after(answers: Sequence[str]) -> Iterator[str]:
        held, winner = BoardAction.objects.get(pk=task.pk), room.keepers[answers.index("")]
        if (held.what, held.owner) != (f"{winner} asks", winner):
            yield f"“{held.what}” of {held.owner} stands"
        yield from moved(BoardAction, task, "action changed")

    return Contest("change_action", acts, ONE, after)


def add_plan_item(room: Boardroom) -> Contest:
    acts = room.both(
        lambda by: (
            lambda: actions.add_plan_item(
                room.world.northmoor, action=WHY, owner=by, due_on=SOON, **given(by)
            )
        )
    )
    return Contest("add_plan_item", acts, TWO)


def change_plan_item(room: Boardroom) -> Contest:
    task = room.plan_item()
    acts = room.both(
        lambda by: lambda: actions.change_plan_item(
            task, action=WHY, owner=by, due_on=SOON, recommendation=None, version=task.version,
            **given(by),
        )
    )  # fmt: skip
    return Contest(
        "change_plan_item", acts, ONE, lambda _: moved(PlanItem, task, "plan item changed")
    )


def note_progress(room: Boardroom) -> Contest:
    task = room.task()
    acts = room.both(
        lambda by: (
            lambda: actions.note_progress(
                task, text=f"{by} looked.", version=task.version, **given(by)
            )
        )
    )

    def after(answers: Sequence[str]) -> Iterator[str]:
        yield from is_one("notes", task.notes.all())
        yield from moved(BoardAction, task, "progress noted")

    return Contest("note_progress", acts, ONE, after)


def close(room: Boardroom) -> Contest:
    """Two people close one action, each on other evidence: one stands, with theirs."""
    task = room.task()
    acts = room.both(
        lambda by: (
            lambda: actions.close(task, evidence=f"{by} saw it.", version=task.version, **given(by))
        )
    )

    def after(answers: Sequence[str]) -> Iterator[str]:
        held, winner = BoardAction.objects.get(pk=task.pk), room.keepers[answers.index("")]
        if (held.closed_by, held.evidence) != (winner, f"{winner} saw it."):
            yield f"closed by {held.closed_by}: “{held.evidence}”"
        yield from moved(BoardAction, task, "action closed")

    return Contest("close", acts, ONE, after)


def reopen(room: Boardroom) -> Contest:
    """Both reopen one closed item of the plan."""
    by = room.keepers[0]
    item = room.plan_item()
    closed = actions.close(item, evidence=WHY, version=item.version, **given(by))
    acts = room.both(
        lambda by: (
            lambda: actions.reopen(
                closed, reason=WHY, due_on=SOON, version=closed.version, **given(by)
            )
        )
    )

    def after(answers: Sequence[str]) -> Iterator[str]:
        if PlanItem.objects.get(pk=item.pk).status != TaskStatus.OPEN:
            yield "it is closed"
        yield from is_one("notes", item.notes.all())

    return Contest("reopen", acts, ONE, after)


MAKERS = (
    open_board, change_board, seat, unseat, plan_meeting, change_meeting, hold,
    hold_while_the_agenda_grows, add_agenda_item, change_agenda_item, add_agenda_note, add_paper,
    record_download, record_decision, give_action, change_action, add_plan_item, change_plan_item,
    note_progress, close, reopen,
)  # fmt: skip
