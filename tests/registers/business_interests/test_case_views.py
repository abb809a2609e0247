"""An interest's own page: what each reader sees of it, and what stays the same however much there is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from integrity.audit.models import Event
from integrity.people.models import User
from registers.business_interests.enums import CheckOutcome, IfBroken, Status, Verb, View
from registers.business_interests.facts import AssessmentFacts
from registers.business_interests.models import Interest, InterestPolicy
from tests.builders import World
from tests.interests import HOURS, NO_UNIFORM, interest_in, perform

CONCERNS = AssessmentFacts(View.CONCERNS, welfare_concern=True, note="He looks tired.")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def path_of(interest: Interest, verb: str = "") -> str:
    own = f"/interests/{interest.case.reference}/"
    return f"{own}{verb}/" if verb else own


def page(user: User, interest: Interest) -> str:
    said = client_of(user).get(path_of(interest))
    assert said.status_code == 200
    return said.content.decode()


def seen(world: World) -> Interest:
    """An application that the sergeant gave concerns on."""
    interest = interest_in(Status.WITH_SUPERVISOR, world)
    return perform(Verb.GIVE_VIEW, interest, by=world.sergeant, in_world=world, facts=CONCERNS)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_page(world: World, status: Status) -> None:
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    interest = interest_in(status, world)
    for user in (world.constable, world.sergeant, world.reviewer, world.inspector):
        assert interest.case.reference in page(user, interest)


def test_strangers_find_nothing(world: World) -> None:
    interest = interest_in(Status.APPROVED, world)
    for user in (world.colleague, world.harbour_reviewer, world.hr_officer, world.body_member):
        for verb in ("", "done", Verb.CEASE, Verb.CHECK_CONDITION):
            assert client_of(user).get(path_of(interest, verb)).status_code == 404, (user, verb)


def test_what_is_stated_is_shown_and_what_was_not_asked_is_left_out(world: World) -> None:
    said = page(world.constable, interest_in(Status.APPROVED, world))
    for expected in (
        "Waged employment",
        "Gardener",
        "Fallow Hill Garden Centre",
        "Police Regulations 2003",
        "4 hours a week",
        "44 hours with duty and everything approved when it was stated",
    ):
        assert expected in said
    assert "Managing agent" not in said
    assert "Premises" not in said


def test_the_entry_of_the_force_s_list_is_shown(world: World) -> None:
    said = page(world.constable, interest_in(Status.WITH_PSD, world, occupation="Taxi driver"))
    assert "Allowed with conditions only. See PSD." in said


def test_views_are_not_for_the_person_they_are_about(world: World) -> None:
    interest = seen(world)
    for user, shown in (
        (world.constable, False),
        (world.sergeant, True),
        (world.reviewer, True),
        (world.inspector, True),
    ):
        assert (CONCERNS.note in page(user, interest)) is shown, user


def test_whoever_hears_the_appeal_reads_views_and_papers(world: World) -> None:
    interest = perform(Verb.REFUSE, seen(world), by=world.reviewer, in_world=world)
    interest = perform(Verb.APPEAL, interest, by=world.constable, in_world=world)
    perform(Verb.SEND_PAPERS, interest, by=world.constable, in_world=world)
    said = page(world.chief, interest)
    for expected in (CONCERNS.note, "My letter.", "It is unfair.", "PS Friend"):
        assert expected in said
    assert "The chief officer decides in person by" in page(world.constable, interest)


def test_what_follow_ups_found_is_not_for_the_applicant(world: World) -> None:
    interest = interest_in(Status.REFUSED, world)
    interest = perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world)
    found = "The venue does not know him."
    for user in (world.sergeant, world.reviewer, world.inspector):
        said = page(user, interest)
        assert found in said
        assert "After 6 months" in said
    said = page(world.constable, interest)
    assert found not in said
    assert "PSD looks from time to time whether it is not done after all." in said


def test_conditions_are_shown_with_their_checks_and_not_what_was_seen(world: World) -> None:
    interest = interest_in(Status.APPROVED_WITH_CONDITIONS, world)
    interest = perform(Verb.CHECK_CONDITION, interest, by=world.reviewer, in_world=world)
    mine, theirs = page(world.constable, interest), page(world.reviewer, interest)
    for said in (mine, theirs):
        assert HOURS.text in said
        assert NO_UNIFORM.text in said
        assert "Kept: checked on" in said
    assert "Payslips of May." not in mine
    assert "Payslips of May." in theirs


def test_a_condition_handed_over_does_not_tip_the_person_off(world: World) -> None:
    interest = interest_in(Status.APPROVED_WITH_CONDITIONS, world)
    broken = {"outcome": CheckOutcome.BROKEN, "if_broken": IfBroken.REFER}
    interest = perform(Verb.CHECK_CONDITION, interest, by=world.reviewer, in_world=world, **broken)
    assert "Broken: checked on" in page(world.reviewer, interest)
    assert "Broken: checked on" not in page(world.constable, interest)


def test_an_open_review_is_shown_with_its_answer(world: World) -> None:
    interest = interest_in(Status.APPROVED, world)
    interest = perform(Verb.OPEN_REVIEW, interest, by=world.reviewer, in_world=world)
    assert "Answer the review" in page(world.constable, interest)
    perform(Verb.ANSWER_REVIEW, interest, by=world.constable, in_world=world)
    assert "Nothing has changed." in page(world.sergeant, interest)


def test_looking_at_another_person_s_entry_is_recorded(world: World) -> None:
    interest = interest_in(Status.APPROVED, world)
    for user in (world.constable, world.sergeant):
        page(user, interest)
    assert Event.objects.get(name="entry viewed").actor_id == world.sergeant.pk


def test_a_verb_that_is_not_allowed_says_why(world: World) -> None:
    interest = interest_in(Status.APPROVED, world)
    said = client_of(world.constable).get(path_of(interest, Verb.WITHDRAW))
    assert said.status_code == 403
    assert "An application is withdrawn before it is decided." in said.content.decode()
    assert client_of(world.constable).get(path_of(interest, "apply")).status_code == 404
    assert client_of(world.constable).get(path_of(interest, "dance")).status_code == 404


def test_a_stale_form_keeps_what_was_typed(world: World) -> None:
    interest = interest_in(Status.WITH_PSD, world)
    perform(Verb.ASK, interest, by=world.reviewer, in_world=world)
    said = client_of(world.constable).post(
        path_of(interest, Verb.WITHDRAW),
        {"reason": "I typed this.", "version": interest.case.version},
    )
    assert said.status_code == 409
    assert "I typed this." in said.content.decode()


def test_a_page_asks_no_more_however_much_there_is(world: World) -> None:
    little = checked(world, world.constable, times=1)
    much = checked(world, world.colleague, times=4)
    for user in (world.sergeant, world.reviewer):
        assert queries(user, much) == queries(user, little)


def checked(world: World, subject: User, *, times: int) -> Interest:
    """An approval whose conditions were varied, and checked, so many times."""
    interest = interest_in(Status.APPROVED_WITH_CONDITIONS, world, subject=subject)
    for _ in range(times):
        added = {"by": world.other_reviewer, "conditions": (HOURS, NO_UNIFORM)}
        interest = perform(Verb.VARY, interest, in_world=world, **added)
        for condition in interest.standing_conditions:
            checks = {"by": world.reviewer, "condition": condition}
            interest = perform(Verb.CHECK_CONDITION, interest, in_world=world, **checks)
    return interest


def queries(user: User, interest: Interest) -> int:
    client = client_of(user)
    with CaptureQueriesContext(connection) as captured:
        client.get(path_of(interest))
    return len(captured)


def test_a_board_reads_a_chief_officer_s_interest_and_asks_about_it(world: World) -> None:
    interest = interest_in(Status.APPROVED, world, subject=world.assistant_chief)
    silent = {"silent": True, "silent_reason": "An operation is running."}
    perform(Verb.CHALLENGE, interest, by=world.other_reviewer, in_world=world, **silent)
    before = page(world.governance_member, interest)
    for unseen in ("An operation", "PSD desk", "Views", "asked to justify"):
        assert unseen not in before
    client = client_of(world.governance_member)
    asked = {"to": world.assistant_chief.pk, "text": "Why now?", "version": interest.case.version}
    form = client.get(path_of(interest, "challenge")).content.decode()
    assert "Hold it silently" not in form
    assert client.post(path_of(interest, "challenge"), asked).status_code == 302
    after = page(world.governance_member, interest)
    assert "for Northmoor Commissioner" in after
    assert "Not answered yet" in after
    own = interest_in(Status.APPROVED, world)
    assert client.get(path_of(own)).status_code == 404
