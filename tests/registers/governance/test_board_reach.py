"""What the database itself lets each connection read of boards, whatever a page asks for; and the selectors."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from integrity.people.models import User
from integrity.people.scope import of_person
from registers.governance import actions, reading
from registers.governance.models import AgendaItem, Board, BoardAction, Meeting, PlanItem
from tests import boards
from tests.builders import NOW, TODAY, World, accepted, declare

pytestmark = pytest.mark.django_db


def reached(user: User) -> set[str]:
    with of_person(user.pk, today=timezone.localdate()):
        return set(Board.objects.values_list("name", flat=True))


def test_a_connection_reaches_the_boards_of_its_forces_and_bodies(world: World) -> None:
    boards.force_board(world, "Force’s")
    boards.body_board(world, "Body’s")
    _, other = boards.other_body(world, world.harbour)
    assert reached(world.hr_officer) == {"Force’s"}
    assert reached(world.other_reviewer) == {"Force’s"}
    assert reached(world.governance_member) == {"Force’s", "Body’s"}
    assert reached(world.body_member) == {"Body’s"}
    assert reached(other) == reached(world.harbour_reviewer) == set()


def test_what_stands_within_a_meeting_is_reached_with_its_board(world: World) -> None:
    meeting = boards.meeting(boards.body_board(world), world)
    entry = boards.chiefs_entry(world)
    actions.add_agenda_note(meeting, case=entry, note="Why?", by=world.governance_member, now=NOW)
    task = boards.action(meeting, world.body_member, world)
    with of_person(world.body_member.pk, today=timezone.localdate()):
        assert AgendaItem.objects.count() == 1
        actions.note_progress(task, text="Done", by=world.body_member, now=NOW, version=None)
        assert BoardAction.objects.get().notes.count() == 1
    with of_person(world.reviewer.pk, today=timezone.localdate()):
        assert not Meeting.objects.exists()
        assert not AgendaItem.objects.exists()
        assert not BoardAction.objects.exists()


def test_no_connection_writes_a_meeting_into_anothers_board(world: World) -> None:
    board = boards.body_board(world)
    with (
        of_person(world.reviewer.pk, today=timezone.localdate()),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        Meeting.objects.create(board=board, held_on=TODAY, place="x")


def test_other_apps_read_the_plan_as_its_reader_may(world: World) -> None:
    item = boards.plan_item(world.hr_officer, world)
    forces = [world.northmoor, world.harbour]

    def of(reader: User) -> list[PlanItem]:
        return list(reading.plan_items(forces, reader=reader, today=TODAY))

    assert of(world.reviewer) == of(world.governance_member) == of(world.hr_officer) == [item]
    assert of(world.harbour_reviewer) == of(world.constable) == []
    assert list(reading.plan_items([], reader=world.reviewer, today=TODAY)) == []


def test_other_apps_read_notes_actions_and_the_next_meeting(world: World) -> None:
    entry, board = boards.chiefs_entry(world), boards.body_board(world)
    another = declare(world.assistant_chief, accepted(60)).case
    later = boards.meeting(board, world, TODAY + timedelta(days=9))
    first, by = boards.meeting(board, world), world.governance_member
    note = actions.add_agenda_note(first, case=entry, note="Why?", by=by, now=NOW)
    actions.add_agenda_note(first, case=another, note="Why?", by=by, now=NOW)
    notes = reading.agenda_notes([entry], reader=by, today=TODAY)
    assert list(notes) == [note]
    assert list(reading.agenda_notes([entry], reader=by)) == [note]
    assert not reading.agenda_notes([entry], reader=world.reviewer, today=TODAY).exists()
    task = boards.action(first, world.body_member, world)
    for whose in (board, world.body):
        assert list(reading.open_actions(whose, reader=by, today=TODAY)) == [task]
        assert not reading.open_actions(whose, reader=world.reviewer, today=TODAY).exists()
    actions.close(task, evidence="x", by=by, now=NOW, version=None)
    assert not reading.open_actions(board, reader=by, today=TODAY).exists()
    assert reading.next_meeting(world.body, TODAY) == first
    actions.hold(first, by=by, now=NOW, version=None)
    assert reading.next_meeting(world.body, TODAY) == later
    assert reading.next_meeting(world.body, TODAY + timedelta(days=10)) is None
