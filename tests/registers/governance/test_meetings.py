"""Meetings, agenda, notes on chief officers' entries, papers and decisions."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from integrity.audit.models import Event
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import Role
from registers.governance import actions
from registers.governance.enums import MeetingStatus
from registers.governance.models import Meeting
from tests import boards
from tests.builders import NOW, TODAY, World, declare, grant, read_anew

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def held(world: World) -> Meeting:
    planned = boards.meeting(boards.force_board(world), world)
    return actions.hold(planned, by=world.reviewer, now=NOW, version=planned.version)


def test_a_meeting_is_planned_moved_and_held(world: World) -> None:
    planned = boards.meeting(boards.force_board(world), world, TOMORROW)
    with pytest.raises(Denied, match="The day of this meeting has not come yet"):
        actions.hold(planned, by=world.reviewer, now=NOW, version=1)
    moved = actions.change_meeting(
        planned, held_on=TODAY, place="Online", by=world.reviewer, now=NOW, version=1
    )
    with pytest.raises(Conflict):
        actions.hold(planned, by=world.reviewer, now=NOW, version=1)
    done = actions.hold(moved, by=world.reviewer, now=NOW, version=2)
    assert (done.status, done.place) == (MeetingStatus.HELD, "Online")
    assert str(done) == "Integrity and compliance board, 15 June 2026"
    told = Event.objects.filter(about="meeting", about_id=planned.pk).order_by("pk")
    assert [each.name for each in told] == ["meeting planned", "meeting changed", "meeting held"]


def test_what_was_held_stands(world: World) -> None:
    meeting = held(world)
    by, now = world.reviewer, NOW
    with pytest.raises(Denied, match="on record already"):
        actions.hold(meeting, by=by, now=now, version=None)
    for change in (
        lambda: actions.change_meeting(
            meeting, held_on=TOMORROW, place="x", by=by, now=now, version=None
        ),
        lambda: actions.add_agenda_item(meeting, title="x", by=by, now=now),
    ):
        with pytest.raises(Denied, match="its day and its agenda stay"):
            change()
    assert actions.record_decision(meeting, what="Agreed.", by=by, now=now).what == "Agreed."


def test_a_board_meets_once_a_day_and_somewhere(world: World) -> None:
    board = boards.force_board(world)
    boards.meeting(board, world)
    with pytest.raises(Denied, match="a meeting on that day already"):
        boards.meeting(board, world)
    other = boards.meeting(board, world, TOMORROW)
    with pytest.raises(Denied, match="a meeting on that day already"):
        actions.change_meeting(
            other, held_on=TODAY, place="x", by=world.reviewer, now=NOW, version=1
        )
    with pytest.raises(Denied, match="Say where"):
        actions.plan_meeting(
            board, held_on=TODAY + timedelta(days=2), place=" ", by=world.reviewer, now=NOW
        )


def test_the_agenda_is_kept_in_order(world: World) -> None:
    meeting = boards.meeting(boards.force_board(world), world)
    first, second, third = (
        actions.add_agenda_item(meeting, title=title, by=world.reviewer, now=NOW)
        for title in ("Minutes", "Plan", "Refusals")
    )
    actions.change_agenda_item(
        third, title="Second jobs", note="All", position=1, by=world.reviewer, now=NOW
    )
    assert [str(each) for each in meeting.agenda.all()] == [
        "1. Second jobs",
        "2. Minutes",
        "3. Plan",
    ]
    actions.change_agenda_item(
        third, title="Second jobs", note="", position=99, by=world.reviewer, now=NOW
    )
    assert [each.pk for each in meeting.agenda.all()] == [first.pk, second.pk, third.pk]
    with pytest.raises(Denied, match="Enter a title"):
        actions.add_agenda_item(meeting, title=" ", by=world.reviewer, now=NOW)


@pytest.mark.parametrize("who", ["governance_member", "inspector", "chief"])
def test_who_only_reads_changes_nothing(world: World, who: str) -> None:
    meeting, user = boards.meeting(boards.force_board(world), world), getattr(world, who)
    boards.seat(meeting.board, world.chief, world)
    for change in (
        lambda: actions.add_agenda_item(meeting, title="x", by=user, now=NOW),
        lambda: actions.hold(meeting, by=user, now=NOW, version=None),
        lambda: actions.add_paper(meeting, title="x", path="/", by=user, now=NOW),
        lambda: actions.record_decision(meeting, what="x", by=user, now=NOW),
        lambda: actions.give_action(
            meeting, what="x", owner=world.chief, due_on=TODAY, by=user, now=NOW
        ),
        lambda: actions.plan_meeting(meeting.board, held_on=TOMORROW, place="x", by=user, now=NOW),
    ):
        with pytest.raises(Denied, match="PSD or the integrity lead keeps"):
            change()


def test_another_bodys_meeting_does_not_exist(world: World) -> None:
    meeting = boards.meeting(boards.body_board(world), world)
    _, stranger = boards.other_body(world, world.northmoor)
    with pytest.raises(Denied, match="This meeting is not one of yours"):
        actions.add_agenda_item(meeting, title="x", by=stranger, now=NOW)


# --- a note on a chief officer's entry ------------------------------------------------------------


def test_a_governance_member_puts_a_chief_officers_entry_on_the_agenda(world: World) -> None:
    entry, meeting = boards.chiefs_entry(world), boards.meeting(boards.body_board(world), world)
    item = actions.add_agenda_note(
        meeting, case=entry, note="Why a box?", by=world.governance_member, now=NOW
    )
    assert (item.case, item.note, item.asked_by) == (entry, "Why a box?", world.governance_member)
    assert item.title == f"Entry {entry.reference}, {entry.subject_name}"
    with pytest.raises(Denied, match="on the agenda of that meeting already"):
        actions.add_agenda_note(
            meeting, case=entry, note="Again", by=world.governance_member, now=NOW
        )
    for note in ("", "  "):
        with pytest.raises(Denied, match="Say why the board should take up"):
            actions.change_agenda_item(
                item, title="x", note=note, position=1, by=world.governance_member, now=NOW
            )


def test_a_note_is_about_a_chief_officer_of_a_force_the_body_oversees(world: World) -> None:
    meeting, by = boards.meeting(boards.body_board(world), world), world.governance_member
    not_chief = declare(world.constable).case
    elsewhere = declare(world.harbour_constable).case
    with pytest.raises(Denied, match="entries of chief officers alone"):
        actions.add_agenda_note(meeting, case=not_chief, note="x", by=by, now=NOW)
    with pytest.raises(Denied, match="does not oversee the force"):
        actions.add_agenda_note(meeting, case=elsewhere, note="x", by=by, now=NOW)


def test_a_note_goes_to_a_planned_meeting_of_ones_own_body(world: World) -> None:
    entry, by = boards.chiefs_entry(world), world.governance_member
    of_force = boards.meeting(boards.force_board(world), world)
    with pytest.raises(Denied, match="a board of your own body"):
        actions.add_agenda_note(of_force, case=entry, note="x", by=by, now=NOW)
    mine = boards.meeting(boards.body_board(world), world)
    actions.hold(mine, by=by, now=NOW, version=None)
    with pytest.raises(Denied, match="Choose one that is planned"):
        actions.add_agenda_note(mine, case=entry, note="x", by=by, now=NOW)


def test_a_member_of_another_body_over_the_force_has_their_own_board_alone(world: World) -> None:
    entry, meeting = boards.chiefs_entry(world), boards.meeting(boards.body_board(world), world)
    body, other = boards.other_body(world, world.northmoor)
    with pytest.raises(Denied, match="This meeting is not one of yours"):
        actions.add_agenda_note(meeting, case=entry, note="x", by=other, now=NOW)
    board = actions.open_board(home=body, name="Committee", purpose="x", by=other, now=NOW)
    planned = actions.plan_meeting(board, held_on=TODAY, place="Hall", by=other, now=NOW)
    assert actions.add_agenda_note(planned, case=entry, note="x", by=other, now=NOW).case == entry


@pytest.mark.parametrize("who", ["body_member", "reviewer", "inspector"])
def test_others_make_no_note(world: World, who: str) -> None:
    entry, board = boards.chiefs_entry(world), boards.body_board(world)
    meeting, user = boards.meeting(board, world), getattr(world, who)
    if who == "inspector":
        grant(user, Role.INSPECTOR, oversight_body=world.body)
    elif who == "body_member":
        boards.seat(board, user, world)
    with pytest.raises(Denied, match=r"does not oversee the force|not one of yours"):
        actions.add_agenda_note(meeting, case=entry, note="x", by=read_anew(user), now=NOW)


# --- papers and decisions -------------------------------------------------------------------------


@pytest.mark.usefixtures("media")
def test_a_paper_is_a_file_with_its_hash_or_a_page(world: World) -> None:
    meeting = boards.meeting(boards.force_board(world), world)
    item = actions.add_agenda_item(meeting, title="Minutes", by=world.reviewer, now=NOW)
    file = SimpleUploadedFile("minutes.pdf", boards.PAPER)
    kept = actions.add_paper(
        meeting, title="Minutes", item=item, file=file, by=world.reviewer, now=NOW
    )
    assert kept.sha256 == hashlib.sha256(boards.PAPER).hexdigest()
    assert (kept.name, kept.size, kept.item) == ("minutes.pdf", len(boards.PAPER), item)
    assert kept.file.read() == boards.PAPER
    page = actions.add_paper(
        meeting, title="Plan", path="/governance/plan/NMR/", by=world.reviewer, now=NOW
    )
    assert (page.path, page.file.name) == ("/governance/plan/NMR/", "")


def test_a_paper_is_one_of_the_two_and_of_this_site(world: World) -> None:
    meeting = boards.meeting(boards.force_board(world), world)
    file = SimpleUploadedFile("minutes.pdf", boards.PAPER)
    for details in ({}, {"file": file, "path": "/"}):
        with pytest.raises(Denied, match="one of the two"):
            actions.add_paper(meeting, title="x", by=world.reviewer, now=NOW, **details)
    for path in ("//elsewhere.example/", "https://elsewhere.example/"):
        with pytest.raises(Denied, match="A page of this site"):
            actions.add_paper(meeting, title="x", path=path, by=world.reviewer, now=NOW)


def test_papers_and_decisions_are_for_items_of_the_same_meeting(world: World) -> None:
    board = boards.force_board(world)
    meeting, other = boards.meeting(board, world), boards.meeting(board, world, TOMORROW)
    item = actions.add_agenda_item(other, title="x", by=world.reviewer, now=NOW)
    with pytest.raises(Denied, match="an item of this meeting’s agenda"):
        actions.record_decision(meeting, what="x", item=item, by=world.reviewer, now=NOW)
    with pytest.raises(Denied, match="an item of this meeting’s agenda"):
        actions.add_paper(meeting, title="x", path="/", item=item, by=world.reviewer, now=NOW)
    with pytest.raises(Denied, match="has not come yet"):
        actions.record_decision(other, what="x", by=world.reviewer, now=NOW)
    with pytest.raises(Denied, match="Say what was decided"):
        actions.record_decision(meeting, what=" ", by=world.reviewer, now=NOW)
