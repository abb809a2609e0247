"""The database refuses what the checks of boards, meetings and plans never write; what is seeded is there."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from registers.governance import actions
from registers.governance.enums import Addressee
from registers.governance.models import (
    ActionNote,
    AgendaItem,
    Board,
    BoardAction,
    BoardMember,
    Meeting,
    MeetingDecision,
    Paper,
    PlanItem,
    PlanNote,
    Recommendation,
)
from tests import boards
from tests.builders import NOW, START, World
from tests.constraints import again, change, refuses

pytestmark = pytest.mark.django_db
OURS = (
    ActionNote, AgendaItem, Board, BoardAction, BoardMember, Meeting, MeetingDecision, Paper,
    PlanItem, PlanNote, Recommendation,
)  # fmt: skip
NAMES = [constraint.name for model in OURS for constraint in model._meta.constraints]


def meeting(world: World) -> Meeting:
    return boards.meeting(boards.force_board(world), world)


def member(world: World) -> BoardMember:
    return boards.seat(boards.force_board(world), world.hr_officer, world)


def agenda(world: World) -> AgendaItem:
    return actions.add_agenda_item(meeting(world), title="Plan", by=world.reviewer, now=NOW)


def note(world: World) -> AgendaItem:
    at = boards.meeting(boards.body_board(world), world)
    entry = boards.chiefs_entry(world)
    return actions.add_agenda_note(at, case=entry, note="Why?", by=world.governance_member, now=NOW)


def paper(world: World) -> Paper:
    return actions.add_paper(meeting(world), title="Plan", path="/", by=world.reviewer, now=NOW)


def action(world: World) -> BoardAction:
    return boards.action(meeting(world), world.hr_officer, world)


def item(world: World) -> PlanItem:
    return boards.plan_item(world.hr_officer, world)


def said(task: BoardAction | PlanItem) -> ActionNote | PlanNote:
    fresh = actions.note_progress(task, text="x", by=task.owner, now=NOW, version=None)
    return fresh.notes.get()


def decision(world: World) -> MeetingDecision:
    return actions.record_decision(meeting(world), what="Agreed", by=world.reviewer, now=NOW)


def recommendation() -> Recommendation:
    return Recommendation.objects.all()[0]


CASES: dict[str, Callable[[World], object]] = {
    "board_belongs_to_force_or_oversight_body": lambda w: change(boards.force_board(w), force=None),
    "board_has_a_name": lambda w: change(boards.force_board(w), name=""),
    "board_name_once_in_a_force": lambda w: again(boards.force_board(w)),
    "board_name_once_in_a_body": lambda w: again(boards.body_board(w)),
    "board_member_leaves_after_joining": lambda w: change(
        member(w), ends_on=START - timedelta(days=1)
    ),
    "board_member_has_one_seat": lambda w: again(member(w)),
    "meeting_once_a_day": lambda w: again(meeting(w)),
    "meeting_has_a_place": lambda w: change(meeting(w), place=""),
    "agenda_item_has_its_own_place": lambda w: again(agenda(w)),
    "agenda_item_of_a_case_once": lambda w: again(note(w), position=2),
    "agenda_item_has_a_title": lambda w: change(agenda(w), title=""),
    "agenda_item_of_a_case_says_why": lambda w: change(note(w), note=""),
    "agenda_item_positions_count_from_one": lambda w: change(agenda(w), position=0),
    "paper_is_a_file_or_a_page": lambda w: change(paper(w), path=""),
    "paper_has_a_title": lambda w: change(paper(w), title=""),
    "paper_page_is_of_this_site": lambda w: change(paper(w), path="//elsewhere.example"),
    "meeting_decision_says_what": lambda w: change(decision(w), what=""),
    "board_action_closed_with_evidence": lambda w: change(
        action(w), status="closed", closed_at=NOW, closed_by=w.reviewer
    ),
    "board_action_says_what": lambda w: change(action(w), what=""),
    "action_note_says_something": lambda w: change(said(action(w)), text=""),
    "plan_item_closed_with_evidence": lambda w: change(item(w), closed_at=NOW),
    "plan_item_says_what": lambda w: change(item(w), action=""),
    "plan_note_says_something": lambda w: change(said(item(w)), text=""),
    "recommendation_number_once": lambda w: again(recommendation()),
    "recommendation_says_what_and_where": lambda w: change(recommendation(), where=""),
}


@pytest.mark.parametrize("name", NAMES)
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_rows_say_what_they_are(world: World) -> None:
    decided = decision(world)
    assert (str(decided), str(decided.meeting)) == (
        "Agreed",
        "Integrity and compliance board, 15 June 2026",
    )
    assert str(note(world)).startswith("1. Entry GH-")
    assert str(item(world)) == "Compare registers"
    assert str(said(item(world))) == "x"


def test_the_recommendations_of_the_reports_are_there(world: World) -> None:
    """Annex A lists twelve, two of the text's own pages; six were made in 2011 (HMIC 2012, p. 4, note 7)."""
    found = Recommendation.objects.filter(is_practice=False)
    assert Counter(found.values_list("report", flat=True)) == {
        "without_fear_2011": 6,
        "revisiting_2012": 12,
    }
    assert not found.filter(report="revisiting_2012").exclude(where__contains="Annex A").exists()
    spoken_to = set(found.values_list("addressee", flat=True))
    assert spoken_to == set(Addressee.values)
    assert str(found.get(report="revisiting_2012", number=7)).endswith("police relationships, 7")


def test_each_force_report_gives_practices_to_copy(world: World) -> None:
    practices = Recommendation.objects.filter(is_practice=True)
    counted = Counter(practices.values_list("report", flat=True))
    assert set(counted) == {"btp_2012", "london_2012", "thames_valley_2012", "west_mercia_2012"}
    assert min(counted.values()) >= 5
    assert set(practices.values_list("addressee", flat=True)) == {"forces"}
