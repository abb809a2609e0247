"""What is done on the pages of boards, meetings and the plan, and what is refused there."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from integrity.audit.models import Event
from registers.governance import actions
from registers.governance.enums import MeetingStatus, TaskStatus
from registers.governance.models import AgendaItem, Board, Meeting, Paper, PlanItem, Recommendation
from tests import boards
from tests.builders import NOW, World, declare
from tests.registers.governance.test_board_pages import actors, opens_for
from tests.registers.procurement.desk_of import signed_in, words

pytestmark = pytest.mark.django_db
INDEX = "/governance/"


def date_fields(name: str, days: int) -> dict[str, int]:
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_a_keeper_opens_a_board_seats_somebody_and_plans_a_meeting(world: World) -> None:
    psd = signed_in(world.psd_head)
    page = words(psd.get("/governance/boards/new/"))
    assert "Northmoor Police" in page
    assert "Harbour Police" not in page
    assert "Northmoor Commissioner" not in page
    said = {"home": "NMR", "name": "Subgroup", "purpose": "Key risks"}
    assert psd.post("/governance/boards/new/", said).status_code == 302
    again = psd.post("/governance/boards/new/", said)
    assert again.status_code == 422
    assert "has a board of this name already" in words(again)
    board = Board.objects.get()
    on = f"/governance/boards/{board.pk}/"
    seat = {"person": "Hr Officer", "capacity": "hr", **date_fields("starts_on", 0)}
    assert psd.post(f"{on}members/new/", seat).status_code == 302
    nobody = psd.post(f"{on}members/new/", {**seat, "person": "Harbour Constable"})
    assert "Nobody here is called or numbered" in words(nobody)
    planned = {"place": "Room 4", **date_fields("held_on", 7)}
    assert psd.post(f"{on}meetings/new/", planned).status_code == 302
    shown = words(psd.get(on))
    assert world.hr_officer.display in shown
    assert "Room 4" in shown
    member = board.members.get()
    end = psd.post(f"{on}members/{member.pk}/end/", date_fields("ends_on", 30))
    assert end.status_code == 302
    change = {"name": "Group", "purpose": "x", "version": 1}
    assert psd.post(f"{on}change/", change).status_code == 302
    stale = psd.post(f"{on}change/", {**change, "name": "Mine"})
    assert stale.status_code == 422
    assert "has changed since you opened it" in words(stale)
    assert 'value="2"' in words(stale)


@pytest.mark.usefixtures("media")
def test_a_meeting_from_agenda_to_action(world: World) -> None:
    psd = signed_in(world.psd_head)
    held_on = timezone.localdate()
    meeting = boards.meeting(boards.force_board(world), world, held_on)
    at = f"/governance/meetings/{meeting.pk}/"
    assert psd.post(f"{at}agenda/new/", {"title": "Minutes", "note": ""}).status_code == 302
    assert psd.post(f"{at}agenda/new/", {"title": "Plan", "note": "All of it"}).status_code == 302
    minutes, plan = meeting.agenda.all()
    moved = {"title": "The plan", "note": "", "position": 1}
    assert psd.post(f"{at}agenda/{plan.pk}/change/", moved).status_code == 302
    assert AgendaItem.objects.get(pk=minutes.pk).position == 2
    file = SimpleUploadedFile("<plan>.html", b"<script>alert(1)</script>")
    sent = {"title": "Plan", "item": plan.pk, "kind": "file", "file": file}
    assert psd.post(f"{at}papers/new/", sent).status_code == 302
    page = {"title": "Queue", "kind": "page", "path": "/nowhere-at-all/"}
    assert "This site has no such page" in words(psd.post(f"{at}papers/new/", page))
    page["path"] = "/governance/plan/NMR/?show=overdue"
    assert psd.post(f"{at}papers/new/", page).status_code == 302
    assert psd.post(f"{at}decisions/new/", {"what": "Publish", "item": plan.pk}).status_code == 302
    given = {"what": "Publish it", "owner": "hr_officer", **date_fields("due_on", 30)}
    assert psd.post(f"{at}actions/new/", given).status_code == 302
    assert psd.post(f"{at}hold/", {"version": 1}).status_code == 302
    assert Meeting.objects.get().status == MeetingStatus.HELD
    shown = words(psd.get(at))
    for text in ("1. The plan", "2. Minutes", "Publish", "Publish it", "show=overdue", "Held"):
        assert text in shown
    assert psd.get(f"{at}agenda/new/").status_code == 403
    kept = Paper.objects.exclude(file="").get()
    taken = signed_in(world.governance_member).get(f"{at}papers/{kept.pk}/")
    assert taken.status_code == 200
    assert taken["Content-Type"] == "application/octet-stream"
    assert taken["Content-Disposition"].startswith("attachment")
    assert b"".join(taken) == b"<script>alert(1)</script>"
    event = Event.objects.get(name="paper downloaded")
    assert event.actor_id == world.governance_member.pk
    assert signed_in(world.constable).get(f"{at}papers/{kept.pk}/").status_code == 404


def test_a_note_on_a_chief_officers_entry_chooses_the_meeting(world: World) -> None:
    entry, ordinary = boards.chiefs_entry(world), declare(world.constable).case
    soon = timezone.localdate() + timedelta(days=3)
    url = f"/governance/notes/new/?entry={entry.reference}"
    member = signed_in(world.governance_member)
    assert "plans a meeting" in words(member.get(url))
    meeting = boards.meeting(boards.body_board(world), world, soon)
    of_force = boards.meeting(boards.force_board(world), world, soon)
    assert entry.subject_name in words(member.get(url))
    refused = member.post(url, {"meeting": of_force.pk, "note": "Why a box?"})
    assert refused.status_code == 422
    done = member.post(url, {"meeting": meeting.pk, "note": "Why a box?"})
    assert done["Location"] == f"/governance/meetings/{meeting.pk}/"
    shown = words(member.get(done["Location"]))
    assert "Why a box?" in shown
    assert f"/gifts/{entry.reference}/" in shown
    twice = member.post(url, {"meeting": meeting.pk, "note": "Again"})
    assert "on the agenda of that meeting already" in words(twice)
    people = actors(world)
    assert opens_for(people, url) == {"governance_member", "other_member"}
    for reference in (ordinary.reference, "GH-2026-999999", "%00", ""):
        assert member.get(f"/governance/notes/new/?entry={reference}").status_code == 404
    assert member.get("/governance/notes/new/").status_code == 404


def test_the_plan_by_where_items_stand(world: World) -> None:
    psd = signed_in(world.psd_head)
    eighth = Recommendation.objects.get(report="revisiting_2012", number=8)
    url = "/governance/plan/NMR/"
    assert eighth.text in words(psd.get(url))
    new = f"{url}new/?recommendation={eighth.pk}"
    assert f'<option value="{eighth.pk}" selected>' in words(psd.get(new))
    said = {"recommendation": eighth.pk, "action": "Compare registers", "owner": "hr_officer"}
    assert psd.post(new, {**said, **date_fields("due_on", 9)}).status_code == 302
    late = psd.post(new, {**said, **date_fields("due_on", -1)})
    assert "today or later" in words(late)
    assert eighth.text not in words(psd.get(url))
    overdue = boards.plan_item(world.hr_officer, world, what="Late already")
    closed = boards.plan_item(world.hr_officer, world, what="Done already")
    actions.close(closed, evidence="x", by=world.reviewer, now=NOW, version=None)
    found = {
        show: {
            text for text in ("Compare registers", "Late already", "Done already") if text in page
        }
        for show in ("open", "overdue", "closed", "all", "nonsense")
        if (page := words(psd.get(f"{url}?show={show}")))
    }
    assert found == {
        "open": {"Compare registers", "Late already"},
        "overdue": {"Late already"},
        "closed": {"Done already"},
        "all": {"Compare registers", "Late already", "Done already"},
        "nonsense": {"Compare registers", "Late already"},
    }
    assert overdue.due_on < timezone.localdate()


def test_an_item_is_noted_changed_closed_and_reopened_on_its_page(world: World) -> None:
    item = boards.plan_item(world.hr_officer, world)
    at = f"/governance/plan/NMR/{item.pk}/"
    owner, psd = signed_in(world.hr_officer), signed_in(world.psd_head)
    page = words(owner.get(at))
    assert f"{at}progress/" in page
    assert f"{at}close/" not in page
    noted = {"text": "Half done", "evidence": "Draft 2", "version": 1}
    assert owner.post(f"{at}progress/", noted).status_code == 302
    assert owner.get(f"{at}close/").status_code == 403
    change = {
        "action": "Compare both", "owner": world.hr_officer.display, "version": 2,
        **date_fields("due_on", 60),
    }  # fmt: skip
    assert psd.post(f"{at}change/", change).status_code == 302
    closed = psd.post(f"{at}close/", {"evidence": "Order 12", "version": 2})
    assert closed.status_code == 422  # it was changed meanwhile
    assert psd.post(f"{at}close/", {"evidence": "Order 12", "version": 3}).status_code == 302
    shown = words(owner.get(at))
    for text in ("Compare both", "Half done", "Order 12", "Closed"):
        assert text in shown
    assert f"{at}progress/" not in shown
    back = {"reason": "Withdrawn", "version": 4, **date_fields("due_on", 60)}
    assert psd.post(f"{at}reopen/", back).status_code == 302
    assert PlanItem.objects.get().status == TaskStatus.OPEN
    assert "Reopened: Withdrawn" in words(owner.get(at))
    assert psd.get(f"{at}nonsense/").status_code == 404


def test_an_action_is_changed_and_closed_on_its_page(world: World) -> None:
    meeting = boards.meeting(boards.body_board(world), world)
    task = boards.action(meeting, world.body_member, world)
    at, member = f"/governance/actions/{task.pk}/", signed_in(world.governance_member)
    change = {"what": "Ask", "owner": "body_member", "version": 1, **date_fields("due_on", 9)}
    assert member.post(f"{at}change/", change).status_code == 302
    owner = signed_in(world.body_member)
    noted = {"text": "Asked", "evidence": "", "version": 2}
    assert owner.post(f"{at}progress/", noted).status_code == 302
    assert f"/governance/meetings/{meeting.pk}/" not in words(owner.get(at))
    assert member.post(f"{at}close/", {"evidence": "Letter", "version": 3}).status_code == 302
    assert "Letter" in words(owner.get(at))
    assert opens_for(actors(world), at) == {"governance_member", "body_member"}
