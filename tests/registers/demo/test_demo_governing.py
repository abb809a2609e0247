"""What docs/demo.md says of boards, meetings, plans and what forces find of themselves."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F
from django.test import Client
from django.utils import timezone

from integrity.casework.challenges import TO_CLOSE, WITH_PSD, challenges_of
from integrity.casework.enums import ChallengeDisposal
from integrity.casework.models import Case, Challenge, NilReturn
from integrity.people.models import Force, OversightBody, User
from registers.demo.data import governing
from registers.demo.data.places import COMMUNICATIONS, FLEET, PEOPLE, SILENT_UNIT
from registers.demo.sign_ins import sign_ins
from registers.governance.enums import Capacity, MeetingStatus
from registers.governance.models import (
    AgendaItem,
    Board,
    BoardAction,
    Meeting,
    Paper,
    PlanItem,
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

FORCES = ("NMR", "EVL", "HTP")
TODAY = timezone.localdate()


def force_of(code: str) -> Force:
    return Force.objects.get(code=code)


def person(username: str) -> User:
    return User.objects.get(username=username)


def signed_in(username: str) -> Client:
    client = Client()
    backend = "integrity.people.backends.ServingMemberBackend"
    client.force_login(person(username), backend=backend)
    return client


def words(username: str, url: str) -> str:
    answer = signed_in(username).get(url)
    assert answer.status_code == 200, (username, url, answer.status_code)
    return " ".join(answer.content.decode().split())


# --- who sits ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FORCES)
def test_the_heads_whom_the_reports_name_sit_on_each_forces_board(code: str) -> None:
    board = Board.objects.get(force__code=code)
    seats = {seat.capacity: seat.person for seat in board.members.select_related("person__unit")}
    assert seats[Capacity.CHAIR] == force_of(code).integrity_lead()
    assert seats[Capacity.PSD].username in ("head.alliance", "head.htp")
    assert seats[Capacity.FINANCE].is_chief_officer
    for capacity, unit in ((Capacity.PROCUREMENT, FLEET), (Capacity.HR, PEOPLE)):
        assert seats[capacity] == force_of(code).units.get(name=unit).head
    assert seats[Capacity.PRESS_OFFICE].unit.name == COMMUNICATIONS
    assert (Capacity.STAFF_ASSOCIATION in seats) == (code != "EVL")


def test_each_body_that_oversees_has_a_board_of_its_members() -> None:
    homes = Board.objects.filter(force=None).values_list("oversight_body__code", flat=True)
    assert set(homes) == {"NMPCC", "EVPCC", "HTPA", "JOINT"}
    for board in Board.objects.exclude(oversight_body=None):
        assert board.members.filter(person__oversight_body=board.oversight_body).count() == 3


def test_the_joint_committee_reads_both_forces_and_no_third() -> None:
    joint = OversightBody.objects.get(code="JOINT")
    assert {force.code for force in joint.forces.all()} == {"NMR", "EVL"}
    page = words("governance.joint", "/oversight/boards/JOINT/")
    assert "Northmoor Police" in page
    assert "Eastvale Constabulary" in page
    assert "Harbour Transport Police" not in page
    for url in ("/oversight/boards/NMPCC/", "/oversight/boards/HTPA/"):
        assert signed_in("governance.joint").get(url).status_code == 404
    assert signed_in("governance.nmr").get("/oversight/boards/JOINT/").status_code == 404
    assert "governance.joint" in {account.username for account in sign_ins()}


@pytest.mark.parametrize(
    ("username", "url"),
    [
        ("head.alliance", "/oversight/psd/"),
        ("head.htp", "/oversight/return/"),
        ("governance.nmr", "/oversight/boards/NMPCC/"),
        ("governance.evl", "/oversight/boards/EVPCC/"),
        ("governance.htp", "/oversight/boards/HTPA/"),
        ("governance.htp", "/governance/"),
        ("fleet.nmr", "/governance/"),
        ("inspector", "/oversight/return/"),
    ],
)
def test_the_pages_that_the_documents_name_open(username: str, url: str) -> None:
    told = (settings.BASE_DIR / "docs" / "demo.md").read_text()
    assert url in told
    words(username, url)


# --- meetings and the plan -----------------------------------------------------------------------


@pytest.mark.parametrize("code", FORCES)
def test_two_meetings_were_held_and_the_next_is_planned(code: str) -> None:
    held = Meeting.objects.filter(board__force__code=code, status=MeetingStatus.HELD)
    assert held.count() == 2
    for meeting in held:
        assert TODAY - timedelta(days=548) < meeting.held_on < TODAY
        assert all((meeting.agenda.count(), meeting.papers.count(), meeting.decisions.count()))
        assert meeting.actions.exists()
    following = Meeting.objects.planned().get(board__force__code=code)
    assert following.held_on > TODAY
    assert following.held_on.weekday() < 5
    assert following.agenda.exists()
    given = BoardAction.objects.filter(meeting__board__force__code=code)
    assert given.open().filter(due_on__lt=TODAY).count() == 1
    closed = given.exclude(closed_at=None).get()
    assert closed.evidence
    assert any(each.notes.exists() for each in given)


def test_the_paper_that_is_a_file_is_served() -> None:
    meeting = Meeting.objects.filter(board__force__code="NMR").order_by("held_on").first()
    assert meeting is not None
    paper = meeting.papers.get()
    answer = signed_in("fleet.nmr").get(f"/governance/meetings/{meeting.pk}/papers/{paper.pk}/")
    assert answer.status_code == 200
    assert b"Two policies side by side" in answer.getvalue()


def test_whoever_sits_on_a_board_reads_its_papers() -> None:
    planned = Paper.objects.filter(meeting__in=Meeting.objects.planned())
    for paper in planned.select_related("meeting__board"):
        for seat in paper.meeting.board.members.select_related("person"):
            answer = signed_in(seat.person.username).get(paper.path)
            assert answer.status_code == 200, (seat.person.username, paper.path)


@pytest.mark.parametrize("code", FORCES)
def test_the_plan_answers_recommendations_and_is_partly_late(code: str) -> None:
    plan = PlanItem.objects.filter(force__code=code)
    answers = plan.exclude(recommendation=None)
    assert answers.count() >= 6
    assert answers.closed().count() >= 2
    assert all(item.evidence for item in answers.closed())
    assert answers.overdue(TODAY).count() == 2
    assert answers.open().filter(due_on__gte=TODAY).exists()
    assert answers.filter(notes__isnull=False).exists()
    for item in plan.filter(notes__isnull=False):
        assert set(item.notes.values_list("made_by", flat=True)) == {item.owner_id}
    assert not plan.filter(closed_at__date__lt=F("added_at__date")).exists()
    assert "overdue" in words("inspector", f"/governance/plan/{code}/").lower()


# --- challenges ----------------------------------------------------------------------------------


def of_chief(username: str, board: str | None) -> Challenge:
    return Challenge.objects.get(case__subject__username=username, board__code=board)


def read_by(username: str, challenge: Challenge) -> str:
    (said,) = challenges_of([challenge.case], reader=person(username))
    return said.standing


def test_a_boards_challenge_was_answered_and_closed_as_justified() -> None:
    dish = of_chief("dcc.nmr", "NMPCC")
    assert dish.answer
    assert dish.disposal == ChallengeDisposal.JUSTIFIED
    assert dish.disposed_by == dish.made_by == person("governance.nmr")
    action = BoardAction.objects.get(what__contains="Kestria")
    assert dish.disposed_at is not None and action.closed_at is not None  # noqa: PT018
    assert dish.disposed_at < action.closed_at


def test_a_boards_challenge_waits_for_it_and_psds_for_psd() -> None:
    theatre = of_chief("dcc.evl", "EVPCC")
    assert theatre.answer
    assert read_by("governance.evl", theatre) == TO_CLOSE
    overnight = of_chief("acc.nmr", None)
    assert overnight.answer
    assert read_by("governance.nmr", overnight) == WITH_PSD
    page = words("governance.nmr", "/oversight/boards/NMPCC/")
    assert WITH_PSD in page
    assert "number 311 on the inventory" in page


def test_a_member_put_a_chief_officers_entry_on_the_agenda() -> None:
    item = AgendaItem.objects.get(case__isnull=False)
    assert item.asked_by == person("governance.nmr")
    assert item.case is not None
    assert item.case.subject.username == "acc.nmr"
    assert item.meeting.is_planned
    assert item.meeting.board.oversight_body == OversightBody.objects.get(code="NMPCC")
    assert item.case.reference in words(
        "governance.nmr", f"/governance/meetings/{item.meeting_id}/"
    )


# --- what stays as it was ------------------------------------------------------------------------


def test_the_silent_unit_stayed_silent_and_nobody_of_it_is_named() -> None:
    assert not Case.objects.filter(subject__unit__name=SILENT_UNIT).exists()
    assert not NilReturn.objects.filter(unit__name=SILENT_UNIT).exists()


def test_the_joint_committees_people_take_no_other_names() -> None:
    usernames = [username for username, _, _ in governing.JOINT.people]
    assert User.objects.filter(username__in=usernames, oversight_body__code="JOINT").count() == 3
    for username in usernames:
        last = person(username).last_name
        assert User.objects.filter(last_name=last).count() == 1, last


def test_every_sign_in_of_the_documents_exists() -> None:
    told = (settings.BASE_DIR / "docs" / "demo.md").read_text()
    table = told.partition("## Who signs in")[2].partition("## Stories to find")[0]
    names = {
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([a-z]\w*\.?\w*)`", line.split("|")[1])
    }
    assert "governance.joint" in names
    for name in names:
        try:
            person(name)
        except ObjectDoesNotExist:
            pytest.fail(f"{name} signs in according to docs/demo.md and is nobody")
