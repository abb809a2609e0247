"""The pages of boards, meetings and the plan: for whom they open, what they show, what they refuse."""

import re

import pytest

from integrity.people.enums import Role
from integrity.people.models import User
from registers.governance import actions
from tests import boards
from tests.builders import NOW, World, grant
from tests.registers.procurement.desk_of import signed_in, words

pytestmark = pytest.mark.django_db
INDEX = "/governance/"


def actors(world: World) -> dict[str, User]:
    """One of each kind of reader, and a governance member of another body over the same force."""
    _, other_member = boards.other_body(world, world.northmoor)
    kinds = (
        "psd_head", "reviewer", "other_reviewer", "governance_member", "body_member", "inspector",
        "investigation_inspector", "hr_officer", "vetting_officer", "constable", "chief",
        "harbour_reviewer", "administrator",
    )  # fmt: skip
    return {**{name: getattr(world, name) for name in kinds}, "other_member": other_member}


def opens_for(people: dict[str, User], url: str) -> set[str]:
    found = {name: signed_in(user).get(url).status_code for name, user in people.items()}
    assert set(found.values()) <= {200, 404}, found
    return {name for name, status in found.items() if status == 200}


PSD = {"psd_head", "reviewer", "other_reviewer"}


def test_a_forces_board_opens_for_psd_its_members_and_who_oversees_it(world: World) -> None:
    board = boards.force_board(world)
    boards.seat(board, world.hr_officer, world)
    left = boards.seat(board, world.vetting_officer, world)
    actions.unseat(left, ends_on=NOW.date(), by=world.reviewer, now=NOW)
    meeting = boards.meeting(board, world)
    paper = actions.add_paper(meeting, title="Plan", path="/", by=world.reviewer, now=NOW)
    people = actors(world)
    readers = PSD | {"governance_member", "other_member", "inspector", "hr_officer"}
    for url in (
        f"/governance/boards/{board.pk}/",
        f"/governance/meetings/{meeting.pk}/",
        "/governance/plan/NMR/",
    ):
        assert opens_for(people, url) == readers, url
    assert opens_for(people, INDEX) == readers | {"harbour_reviewer"}
    url = f"/governance/meetings/{meeting.pk}/papers/{paper.pk}/"
    assert signed_in(world.reviewer).get(url).status_code == 404  # a page is no file


def test_a_bodys_board_opens_for_its_own_alone(world: World) -> None:
    board = boards.body_board(world)
    meeting = boards.meeting(board, world)
    people = actors(world)
    for url in (f"/governance/boards/{board.pk}/", f"/governance/meetings/{meeting.pk}/"):
        assert opens_for(people, url) == {"governance_member"}
    boards.seat(board, world.body_member, world)
    assert opens_for(people, url) == {"governance_member", "body_member"}
    assert "Commissioner’s board" not in words(signed_in(people["other_member"]).get(INDEX))
    assert "Commissioner’s board" not in words(signed_in(world.reviewer).get(INDEX))
    grant(world.inspector, Role.INSPECTOR, oversight_body=world.body)
    assert signed_in(world.inspector).get(url).status_code == 200


def test_tasks_open_for_readers_and_their_owner(world: World) -> None:
    task = boards.action(boards.meeting(boards.force_board(world), world), world.constable, world)
    item = boards.plan_item(world.constable, world)
    people = actors(world)
    readers = PSD | {"governance_member", "other_member", "inspector", "constable"}
    assert opens_for(people, f"/governance/actions/{task.pk}/") == readers
    assert opens_for(people, f"/governance/plan/NMR/{item.pk}/") == readers
    assert signed_in(world.reviewer).get(f"/governance/plan/EVL/{item.pk}/").status_code == 404
    assert opens_for({"constable": world.constable}, "/governance/plan/NMR/") == set()
    page = words(signed_in(world.constable).get(INDEX))
    assert "Publish it" in page
    assert "Compare registers" in page
    assert "Integrity action plans" not in page


def test_readers_who_do_not_keep_a_board_are_told_so_and_shown_no_link(world: World) -> None:
    board = boards.force_board(world)
    meeting = boards.meeting(board, world)
    item = boards.plan_item(world.hr_officer, world)
    member = boards.seat(board, world.hr_officer, world)
    agenda = actions.add_agenda_item(meeting, title="Plan", by=world.reviewer, now=NOW)
    at, on = f"/governance/meetings/{meeting.pk}/", f"/governance/boards/{board.pk}/"
    forms = [
        *(f"{on}{end}" for end in ("change/", "members/new/", f"members/{member.pk}/end/")),
        f"{on}meetings/new/",
        *(f"{at}{end}" for end in ("change/", "hold/", "agenda/new/", "papers/new/")),
        *(f"{at}{end}" for end in ("decisions/new/", "actions/new/")),
        f"{at}agenda/{agenda.pk}/change/",
        "/governance/plan/NMR/new/",
        f"/governance/plan/NMR/{item.pk}/close/",
    ]
    for url in forms:
        answer = signed_in(world.governance_member).get(url)
        assert answer.status_code == 403, url
        assert "integrity lead keeps" in words(answer)
        assert signed_in(world.constable).get(url).status_code == 404, url
        assert signed_in(world.reviewer).get(url).status_code == 200, url
    for url in (on, at, "/governance/plan/NMR/"):
        page = words(signed_in(world.governance_member).get(url))
        assert not re.search(r'href="[^"]*(/new/|/change/|/hold/|/end/)', page)


def test_names_are_offered_to_who_keeps_the_board_and_nobody_else(world: World) -> None:
    board = boards.force_board(world)
    for url in (f"/governance/boards/{board.pk}/people/", "/governance/plan/NMR/people/"):
        found = signed_in(world.reviewer).get(f"{url}?q=hr").json()["results"]
        assert found == [{"name": world.hr_officer.display}]
        assert signed_in(world.reviewer).get(f"{url}?q=h").json() == {"results": []}
        for user in (world.governance_member, world.constable):
            assert signed_in(user).get(f"{url}?q=hr").status_code == 404


def test_an_entry_shows_as_a_link_to_those_who_read_it(world: World) -> None:
    entry = boards.chiefs_entry(world)
    board = boards.body_board(world)
    meeting = boards.meeting(board, world)
    boards.seat(board, world.body_member, world)
    actions.add_agenda_note(
        meeting, case=entry, note="Why a box?", by=world.governance_member, now=NOW
    )
    page = words(signed_in(world.body_member).get(f"/governance/meetings/{meeting.pk}/"))
    assert "Why a box?" in page
    assert f"/gifts/{entry.reference}/" not in page


def test_the_menu_and_the_home_page_lead_there(world: World) -> None:
    menu = 'href="/governance/"'
    home = {
        name: words(signed_in(getattr(world, name)).get("/"))
        for name in ("reviewer", "governance_member", "inspector", "constable", "hr_officer")
    }
    assert {name for name, page in home.items() if menu in page} == {
        "reviewer", "governance_member", "inspector",
    }  # fmt: skip
    boards.seat(boards.force_board(world), world.hr_officer, world)
    assert "Your boards" in words(signed_in(world.hr_officer).get("/"))
    boards.plan_item(world.hr_officer, world)
    page = words(signed_in(world.hr_officer).get("/"))
    assert "Your actions from boards and the plan" in page
    assert "1 action is yours; 1 overdue" in page


def test_ones_own_data_tell_of_seats_and_actions(world: World) -> None:
    boards.seat(boards.force_board(world), world.hr_officer, world)
    boards.plan_item(world.hr_officer, world)
    page = signed_in(world.hr_officer).post("/my-data/file/")
    text = b"".join(page).decode() if page.streaming else page.content.decode()
    assert "Integrity and compliance board" in text
    assert "Compare registers" in text
