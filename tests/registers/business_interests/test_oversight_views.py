"""What those who do not declare see: HR and vetting, a supervisor's PDR pack, a board's refusals."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from integrity.audit.models import Event
from integrity.people.enums import Role
from integrity.people.models import User
from registers.business_interests.enums import FollowUpOutcome, Status, Verb
from registers.business_interests.models import InterestPolicy, PdrRecord, RefusalDiscussion
from tests import builders
from tests.builders import World
from tests.interests import HOURS, fresh, interest_in, perform

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def page(user: User, path: str, expect: int = 200) -> str:
    answer = client_of(user).get(path)
    assert answer.status_code == expect, answer.status_code
    return answer.content.decode()


def in_parts(prefix: str, day: object) -> dict[str, str]:
    names = ("day", "month", "year")
    return {f"{prefix}_{name}": str(getattr(day, name)) for name in names}


# --- HR and vetting -------------------------------------------------------------------------------


def test_hr_and_vetting_see_what_waits_for_them_and_no_more(world: World) -> None:
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    with_hr = interest_in(Status.WITH_HR, world)
    with_vetting = interest_in(Status.WITH_VETTING, world, subject=world.colleague)
    hr, vetting = (
        page(who, "/interests/views/") for who in (world.hr_officer, world.vetting_officer)
    )
    assert with_hr.case.reference in hr
    assert with_vetting.case.reference not in hr
    assert with_vetting.case.reference in vetting
    assert with_hr.case.reference not in vetting
    assert "Applications that wait for a view" in page(world.hr_officer, "/")
    page(world.constable, "/interests/views/", expect=404)


# --- the PDR pack ---------------------------------------------------------------------------------


def test_the_pdr_pack_lists_interests_conditions_checks_and_refusals(world: World) -> None:
    approved = interest_in(Status.APPROVED_WITH_CONDITIONS, world)
    approved = perform(Verb.CHECK_CONDITION, approved, by=world.reviewer, in_world=world)
    refused = interest_in(Status.REFUSED, world, occupation="Bookmaker")
    withdrawn = interest_in(Status.WITHDRAWN, world)
    shown = page(world.sergeant, f"/interests/pdr/{world.constable.pk}/")
    for words in (
        approved.case.reference,
        HOURS.text,
        "Kept, ",
        refused.case.reference,
        "Bookmaker",
        "Conflict with the role",
        "Looked at next",
        "Not covered in a PDR yet",
    ):
        assert words in shown, words
    assert withdrawn.case.reference not in shown


def test_a_supervisor_records_that_the_pdr_covered_it_once_a_day(world: World) -> None:
    interest = interest_in(Status.APPROVED, world)
    path, today = f"/interests/pdr/{world.constable.pk}/", timezone.localdate()
    client = client_of(world.sergeant)
    sent = {**in_parts("held_on", today), "note": "All as it was."}
    assert client.post(path, sent).status_code == 302
    made = PdrRecord.objects.get()
    assert made.covered == [interest.case.reference]
    assert (made.recorded_by, made.held_on) == (world.sergeant, today)
    assert "Last covered in the PDR of" in page(world.sergeant, path)
    assert f"Covered in the PDR of {today:%-d %B %Y}" in page(world.sergeant, "/team/")
    again = client.post(path, sent)
    assert again.status_code == 403
    assert "on record already" in again.content.decode()
    assert Event.objects.filter(name="PDR covered business interests").count() == 1


def test_the_pack_is_the_line_manager_s_alone(world: World) -> None:
    interest_in(Status.APPROVED, world)
    for who in (world.constable, world.inspector_of_police, world.reviewer, world.administrator):
        for end in ("", "pack.pdf"):
            page(who, f"/interests/pdr/{world.constable.pk}/{end}", expect=404)


def test_the_pack_is_printed_as_pdf(world: World) -> None:
    interest_in(Status.APPROVED_WITH_CONDITIONS, world)
    answer = client_of(world.sergeant).get(f"/interests/pdr/{world.constable.pk}/pack.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_team_page_says_what_is_due_from_the_supervisor(world: World) -> None:
    waiting = interest_in(Status.WITH_SUPERVISOR, world)
    interest_in(Status.REFUSED, world, subject=world.colleague)
    shown = page(world.sergeant, "/team/")
    assert "What is due from you" in shown
    assert "Give your view of an application by your team" in shown
    assert waiting.case.reference in shown
    assert "Refused" in shown, "a supervisor knows of refusals"
    assert f"PDR pack of {world.constable.display}" in shown


# --- refusals for the subgroup and boards ---------------------------------------------------------


def test_refusals_are_redacted_for_boards_and_open_for_psd(world: World) -> None:
    refused = interest_in(Status.REFUSED, world, organisation="Secret Employer")
    board = page(world.governance_member, "/interests/refusals/NMR/")
    assert refused.case.reference in board
    assert "Constable, Patrol" in board
    assert "Conflict with the role" in board
    for hidden in (
        world.constable.name,
        "Secret Employer",
        f"/interests/{refused.case.reference}/",
    ):
        assert hidden not in board
    assert f"/interests/{refused.case.reference}/" in page(
        world.reviewer, "/interests/refusals/NMR/"
    )


def test_a_chief_officer_is_named(world: World) -> None:
    refused = interest_in(
        Status.WITH_PSD, world, subject=world.assistant_chief, occupation="Consultant"
    )
    refused = perform(Verb.REFUSE, refused, by=world.other_reviewer, in_world=world)
    assert world.assistant_chief.display in page(
        world.governance_member, "/interests/refusals/NMR/"
    )


def test_what_a_meeting_discussed_is_not_listed_again(world: World) -> None:
    """The meeting's own record keeps which refusals it had before it."""
    refused = interest_in(Status.REFUSED, world)
    perform(
        Verb.FOLLOW_UP,
        refused,
        by=world.reviewer,
        in_world=world,
        outcome=FollowUpOutcome.DOING_IT,
    )
    path = "/interests/refusals/NMR/"
    assert "They are doing it after all" in page(world.psd_head, path)
    said = {"present": "Head of PSD, HR", "note": "The policy is applied alike."}
    client = client_of(world.psd_head)
    sent = {**in_parts("held_on", builders.TODAY), **said}
    assert client.post(path, sent).status_code == 302
    meeting = RefusalDiscussion.objects.get()
    assert meeting.references == [refused.case.reference]
    shown = page(world.governance_member, path)
    assert "There has been no refusal since the last meeting" in shown
    assert "The policy is applied alike." in shown
    later = interest_in(
        Status.REFUSED, world, subject=world.colleague, now=builders.NOW + timedelta(days=2)
    )
    assert later.case.reference in page(world.governance_member, path)


def test_a_refusal_after_the_day_of_the_meeting_waits_for_the_next(world: World) -> None:
    refused = interest_in(Status.REFUSED, world)
    path = "/interests/refusals/NMR/"
    before = builders.TODAY - timedelta(days=3)
    sent = {**in_parts("held_on", before), "present": "All", "note": "None."}
    assert client_of(world.psd_head).post(path, sent).status_code == 302
    assert RefusalDiscussion.objects.get().references == []
    assert refused.case.reference in page(world.psd_head, path)


def test_who_reads_the_list_but_does_not_keep_it_has_no_form(world: World) -> None:
    interest_in(Status.REFUSED, world)
    path = "/interests/refusals/NMR/"
    assert "Record the discussion" not in page(world.governance_member, path)
    sent = {**in_parts("held_on", builders.TODAY), "present": "All", "note": "None."}
    client_of(world.governance_member).post(path, sent)
    assert not RefusalDiscussion.objects.exists()
    for who in (world.constable, world.harbour_reviewer, world.administrator):
        page(who, path, expect=404)


def test_several_forces_are_chosen_from(world: World) -> None:
    assert "/interests/refusals/EVL/" in page(world.reviewer, "/interests/refusals/")
    answer = client_of(world.governance_member).get("/interests/refusals/")
    assert answer["Location"] == "/interests/refusals/NMR/"
    builders.grant(world.administrator, Role.INTEGRITY_LEAD, force=world.northmoor)
    assert "Record the discussion" in page(world.administrator, "/interests/refusals/NMR/")


def test_no_list_asks_more_for_more_rows(world: World) -> None:
    asked = {}
    paths = {
        "/interests/refusals/NMR/": world.reviewer,
        f"/interests/pdr/{world.constable.pk}/": world.sergeant,
        "/team/": world.sergeant,
    }
    made = 0
    for many in (2, 7):
        for number in range(made, many):
            refused = interest_in(Status.REFUSED, world, occupation=f"Clown {number}")
            interest_in(Status.APPROVED_WITH_CONDITIONS, world, hours_a_week=Decimal("0.5"))
            assert fresh(refused).status == Status.REFUSED
        made = many
        asked[many] = {path: queries(who, path) for path, who in paths.items()}
    assert asked[2] == asked[7]


def queries(user: User, path: str) -> int:
    client = client_of(user)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
