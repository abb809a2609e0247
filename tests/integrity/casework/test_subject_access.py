"""A person's own data as a file: what is in it, and what no file may betray."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Audience, Event
from integrity.casework import actions as casework
from integrity.casework.enums import ChallengeDisposal, Stage
from integrity.casework.models import Case, Challenge, NilReturn, Referral
from integrity.casework.subject_access import held_about
from integrity.people.enums import Role
from integrity.people.models import User
from registers.business_interests.enums import (
    CheckMethod,
    CheckOutcome,
    FollowUpOutcome,
    IfBroken,
    View,
)
from registers.business_interests.enums import Status as InterestStatus
from registers.business_interests.enums import Verb as InterestVerb
from registers.business_interests.facts import AssessmentFacts
from registers.gifts.actions import count_refreshments
from registers.gifts.enums import Action, Status, Verb
from tests import builders, interests
from tests.builders import NOW, START, World, read_anew

pytestmark = pytest.mark.django_db
PAGE, FILE = "/my-data/", "/my-data/file/"
LATER = NOW + timedelta(days=60)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def downloaded(user: User) -> bytes:
    response = client_of(user).post(FILE)
    assert response.status_code == 200
    return response.content


def of(user: User) -> dict[str, Any]:
    return json.loads(downloaded(user))


def undated(user: User) -> bytes:
    """The file without the moment at which it was made."""
    file = downloaded(user)
    made_at = json.loads(file)["made_at"].encode()
    assert file.count(made_at) == 1
    return file.replace(made_at, b"")


# --- what is in it --------------------------------------------------------------------------------


def test_it_says_who_the_person_is(world: World) -> None:
    reviewer = world.reviewer
    reviewer.post, reviewer.weekly_hours = "Investigator", Decimal("37.5")
    reviewer.save()
    builders.grant(reviewer, Role.INSPECTOR, force=world.northmoor, ends_on=date(2020, 12, 31))
    assert of(reviewer)["person"] == {
        "name": "Reviewer Reviewer",
        "sign_in_name": "reviewer",
        "number": reviewer.number,
        "email": "reviewer@force.example",
        "rank_or_grade": "",
        "member_type": "Police staff",
        "belongs_to": "Northmoor Police",
        "unit": "Headquarters",
        "line_manager": world.psd_head.display,
        "post": "Investigator",
        "weekly_hours": "37.5",
        "starts_on": START.isoformat(),
        "leaves_on": None,
        "roles": [
            {
                "role": "Inspector or auditor, Northmoor Police",
                "starts_on": "2020-01-01",
                "ends_on": "2020-12-31",
            },
            {"role": "PSD reviewer, Alliance PSD", "starts_on": "2020-01-01", "ends_on": None},
        ],
    }


def test_it_holds_an_offer_with_all_that_was_said_of_it(world: World) -> None:
    constable, reviewer = world.constable, world.other_reviewer
    offer = builders.offer_in(Status.QUERIED, world)
    offer = builders.perform(Verb.ANSWER, offer, by=constable, in_world=world)
    offer = builders.perform(Verb.CORRECT, offer, by=constable, in_world=world)
    offer = builders.perform(Verb.CHALLENGE, offer, by=reviewer, in_world=world)
    offer = builders.perform(Verb.ANSWER_CHALLENGE, offer, by=constable, in_world=world)
    offer = builders.perform(Verb.DISPOSE_CHALLENGE, offer, by=reviewer, in_world=world)
    offer = builders.perform(Verb.REJECT, offer, by=reviewer, in_world=world)
    held = of(constable)
    (entry,) = held["entries"]
    case = offer.case
    assert entry["reference"] == case.reference
    assert entry["register"] == "Gifts and hospitality"
    assert entry["title"] == "Box of chocolates, from Halcyon Fleet Ltd"
    assert entry["status"] == "Found not to comply with the policy"
    assert entry["path"] == f"/gifts/{case.reference}/"
    assert (entry["about"], entry["made_by"]) == (constable.display, constable.display)
    assert entry["line_manager_then"] == world.sergeant.display
    assert datetime.fromisoformat(entry["received_at"]) == NOW
    assert entry["claimed_on"] == builders.YESTERDAY.isoformat()
    assert entry["stated"]["items"][0]["value_from"] == "60.00"
    (earlier,) = entry["earlier_versions"]
    assert earlier["stated"]["items"][0]["value_from"] == "50.00"
    assert [event["name"] for event in entry["events"]] == [
        event.name
        for event in Event.objects.filter(about="case", about_id=case.pk).order_by("pk")
        if event.audience == Audience.CASE
    ]
    assert set(entry["events"][0]) == {"name", "at", "by", "reason"}
    (question,) = entry["questions"]
    assert (question["text"], question["answer"]) == (
        "How do you know what it cost?",
        "I looked it up.",
    )
    (challenge,) = entry["challenges"]
    assert (challenge["text"], challenge["answer"]) == ("Why did you go?", "It was a wake.")
    assert (challenge["ended"], challenge["ended_note"]) == ("The entry was justified", "It was.")
    (decision,) = entry["decisions"]
    assert decision["outcome"] == "Not compliant"
    assert decision["action_taken"] == "Advice given"
    assert decision["decided_by"] == reviewer.display
    told = [notice["subject"] for notice in held["notices"]]
    assert f"{case.reference}: you are asked to justify an entry" in told


@pytest.mark.usefixtures("media")
def test_it_holds_an_interest_with_what_it_was_approved_under(world: World) -> None:
    applied = interests.interest_in(InterestStatus.APPROVED_WITH_CONDITIONS, world)
    letter = SimpleUploadedFile("letter.txt", b"Dear Sir")
    interests.perform(InterestVerb.ATTACH, applied, by=world.constable, in_world=world, file=letter)
    held = of(world.constable)
    (entry,) = held["entries"]
    assert entry["register"] == "Business interests"
    assert entry["stated"]["occupation"] == "Gardener"
    assert entry["stated"]["organisation"] == "Fallow Hill Garden Centre"
    assert [each["outcome"] for each in entry["decisions"]] == ["Approved with conditions"]
    (attachment,) = entry["attachments"]
    assert attachment["name"] == "letter.txt"
    assert (attachment["size"], attachment["about"]) == (8, "Offer letter")
    assert attachment["sha256"] == hashlib.sha256(b"Dear Sir").hexdigest()
    also = held["also_held"]["business_interests"]
    conditions = [(each["reference"], each["text"]) for each in also["conditions"]]
    reference = applied.case.reference
    assert conditions == [(reference, interests.HOURS.text), (reference, interests.NO_UNIFORM.text)]
    assert [each["outcome"] for each in also["written_notices"]] == ["approved_with_conditions"]


def test_it_holds_appeals_and_answers_to_reviews(world: World) -> None:
    interests.interest_in(InterestStatus.APPEALED, world)
    approved = interests.interest_in(InterestStatus.APPROVED, world)
    interests.perform(InterestVerb.OPEN_REVIEW, approved, by=world.reviewer, in_world=world)
    approved = interests.fresh(approved)
    interests.perform(InterestVerb.ANSWER_REVIEW, approved, by=world.constable, in_world=world)
    also = of(world.constable)["also_held"]["business_interests"]
    assert [each["grounds"] for each in also["appeals"]] == ["It is unfair."]
    assert [each["hours_changed"] for each in also["reviews"]] == [False]
    assert of(world.colleague)["also_held"]["business_interests"]["appeals"] == []


def test_it_holds_drafts_nil_returns_and_refreshments(world: World) -> None:
    constable = world.constable
    draft = casework.start_draft(
        by=constable, register="gifts", purpose="declare", keep_days=30, now=timezone.now()
    )
    casework.save_draft(draft, step="offer", values={"circumstances": ["A fair"]}, now=NOW)
    NilReturn.objects.create(
        register="gifts",
        force=world.northmoor,
        person=constable,
        stated_for=constable.display,
        stated_at=NOW,
    )
    count_refreshments(month=date(2026, 6, 1), times=3, by=constable, now=NOW)
    held = of(constable)
    (kept,) = held["drafts"]
    assert kept["register"] == "Gifts and hospitality"
    assert kept["data"] == {"offer": {"circumstances": ["A fair"]}}
    assert [nil["register"] for nil in held["nil_returns"]] == ["Gifts and hospitality"]
    (month,) = held["also_held"]["gifts"]["light_refreshments"]
    assert (month["month"], month["times"]) == ("2026-06-01", 3)
    other = of(world.colleague)
    assert (other["drafts"], other["nil_returns"]) == ([], [])
    assert other["also_held"]["gifts"]["light_refreshments"] == []


def test_whoever_typed_an_entry_holds_it_as_whom_it_is_about_does(world: World) -> None:
    builders.declare(world.assistant_chief, by=world.staff_officer)
    theirs, typed = (of(user)["entries"] for user in (world.assistant_chief, world.staff_officer))
    assert theirs == typed
    assert typed[0]["about"] == world.assistant_chief.display
    assert typed[0]["made_by"] == world.staff_officer.display


# --- what is not in it ----------------------------------------------------------------------------


def test_it_holds_nothing_about_anybody_else(world: World) -> None:
    offer = builders.offer_in(Status.QUERIED, world, subject=world.colleague)
    interests.interest_in(InterestStatus.WITH_SUPERVISOR, world, subject=world.colleague)
    for user in (world.constable, world.sergeant, world.psd_head, world.reviewer, world.inspector):
        held = of(user)
        assert (held["entries"], held["notices"]) == ([], []), user.display
        assert offer.case.reference not in json.dumps(held)


def silent(world: World) -> None:
    """A challenge to the constable is held silently, then referred."""
    offer = builders.fresh(builders.Offer.objects.get())
    quiet = {"silent": True, "silent_reason": "CCU is looking at the provider."}
    offer = builders.perform(
        Verb.CHALLENGE, offer, by=world.other_reviewer, in_world=world, **quiet
    )
    refer_challenge(world)


def answered_and_referred(world: World) -> None:
    """The answer to the challenge that everybody knows of is referred."""
    refer_challenge(world)


def refer_challenge(world: World) -> None:
    builders.perform(
        Verb.DISPOSE_CHALLENGE,
        builders.fresh(builders.Offer.objects.get()),
        by=world.other_reviewer,
        in_world=world,
        challenge=Challenge.objects.order_by("pk").last(),
        disposal=ChallengeDisposal.REFERRED,
        note="It does not add up.",
    )


def broken_condition(world: World) -> None:
    """A check of a condition, with what it found, is handed over."""
    interests.perform(
        InterestVerb.CHECK_CONDITION,
        interests.fresh(interests.Interest.objects.get(status="approved_with_conditions")),
        by=world.reviewer,
        in_world=world,
        now=LATER,
        outcome=CheckOutcome.BROKEN,
        method=CheckMethod.PAYSLIPS,
        evidence="22 hours in May.",
        if_broken=IfBroken.REFER,
        file=SimpleUploadedFile("payslip.txt", b"22 hours"),
    )


def carrying_on(world: World) -> None:
    """PSD finds that a refusal is not kept."""
    interests.perform(
        InterestVerb.FOLLOW_UP,
        interests.fresh(interests.Interest.objects.get(status="refused")),
        by=world.reviewer,
        in_world=world,
        now=LATER,
        outcome=FollowUpOutcome.DOING_IT,
        evidence="On the door of the Anchor.",
    )


def investigation(world: World) -> None:
    casework.open_confidential_case(
        register="gifts",
        prefix="IN",
        subject=world.constable,
        home=world.northmoor,
        now=NOW,
        claimed_on=builders.TODAY,
    )


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    "secret", [silent, answered_and_referred, broken_condition, carrying_on, investigation]
)
def test_what_is_psds_alone_changes_not_a_byte(
    secret: Callable[[World], None], world: World
) -> None:
    offer = builders.offer_in(Status.WITH_PSD, world)
    offer = builders.perform(Verb.CHALLENGE, offer, by=world.other_reviewer, in_world=world)
    builders.perform(Verb.ANSWER_CHALLENGE, offer, by=world.constable, in_world=world)
    interests.interest_in(InterestStatus.APPROVED_WITH_CONDITIONS, world)
    interests.interest_in(InterestStatus.REFUSED, world)
    before, at_once = undated(world.constable), held_about(read_anew(world.constable), now=NOW)
    known = Event.objects.count(), Referral.objects.count(), Case.objects.count()
    secret(world)
    assert (Event.objects.count(), Referral.objects.count(), Case.objects.count()) != known
    assert undated(world.constable) == before
    assert held_about(read_anew(world.constable), now=NOW) == at_once


def test_a_reviewers_own_file_tells_no_more_than_anybodys(world: World) -> None:
    """PSD's role opens other people's secrets, and none of one's own."""
    reviewer = world.reviewer
    offer = builders.declare(reviewer, builders.accepted(50))
    before = undated(reviewer)
    builders.perform(
        Verb.CHALLENGE,
        builders.fresh(offer),
        by=world.other_reviewer,
        in_world=world,
        silent=True,
        silent_reason="CCU is looking.",
    )
    assert undated(reviewer) == before


def test_a_decision_says_nothing_of_a_referral(world: World) -> None:
    offer = builders.offer_in(Status.WITH_PSD, world)
    by = world.other_reviewer
    builders.perform(Verb.REJECT, offer, by=by, in_world=world, action_taken=Action.REFER)
    casework.add_decision(  # as decisions once said it
        builders.offer_in(Status.WITH_PSD, world).case,
        stage=Stage.PSD,
        outcome=Status.NON_COMPLIANT,
        action_taken=Action.REFER,
        reason="It does not add up.",
        by=by,
        now=NOW,
    )
    file = downloaded(world.constable).decode()
    decisions = [each for entry in json.loads(file)["entries"] for each in entry["decisions"]]
    assert [each["action_taken"] for each in decisions] == ["", ""]
    assert "referred" not in file.lower()
    assert "investigat" not in file.lower()


def test_a_decision_that_is_not_final_waits_for_the_second_approver(world: World) -> None:
    interests.interest_in(InterestStatus.SECOND_APPROVAL, world)
    (entry,) = of(world.constable)["entries"]
    assert (entry["decisions"], entry["status"]) == ([], "Waiting for PSD")


def test_it_holds_no_score_and_nobodys_view(world: World) -> None:
    asked = interests.interest_in(InterestStatus.WITH_SUPERVISOR, world)
    interests.perform(
        InterestVerb.GIVE_VIEW,
        asked,
        by=world.sergeant,
        in_world=world,
        facts=AssessmentFacts(View.CONCERNS, welfare_concern=True, note="He is worn out."),
    )
    peers = builders.offer_in(Status.PEER_REVIEW, world)
    builders.perform(
        Verb.PEER_REVIEW, peers, by=world.deputy_chief, in_world=world, propriety="Improper."
    )
    Case.objects.update(risk=9173)
    for user in (world.constable, world.assistant_chief):
        file = downloaded(user).decode()
        assert json.loads(file)["entries"]
        for word in ("He is worn out.", "welfare", "Improper.", "9173", "risk"):
            assert word not in file, word


# --- the page and the file ------------------------------------------------------------------------


def test_the_page_says_what_it_holds_and_makes_the_file(world: World) -> None:
    client = client_of(world.constable)
    assert reverse("casework:subject-access") == PAGE
    assert reverse("casework:subject-access-file") == FILE
    page = client.get(PAGE).content.decode()
    assert f'<form method="post" action="{FILE}">' in page
    assert "What it leaves out" in page
    for path in ("/account/", "/privacy/"):
        assert f'href="{PAGE}"' in client.get(path).content.decode()


def test_the_file_is_a_download_of_today_in_json(world: World) -> None:
    builders.offer_in(Status.WITH_PSD, world)
    response = client_of(world.constable).post(FILE)
    today = timezone.localdate().isoformat()
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == (
        f'attachment; filename="integrity-register-{today}.json"'
    )
    held = json.loads(response.content)
    assert abs(datetime.fromisoformat(held["made_at"]) - timezone.now()) < timedelta(minutes=1)
    now = datetime.fromisoformat(held["made_at"])
    assert held == held_about(read_anew(world.constable), now=now), "and plain values of JSON"


def test_a_download_is_in_the_ledger_for_psd_alone(world: World) -> None:
    downloaded(world.constable)
    event = Event.objects.get(name="own data downloaded")
    assert (event.actor_id, event.actor) == (world.constable.pk, world.constable.display)
    assert (event.about, event.about_id) == ("person", world.constable.pk)
    assert (event.force_id, event.audience) == (world.northmoor.pk, Audience.PSD)


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_the_file_is_made_by_its_button_alone(method: str, world: World) -> None:
    assert getattr(client_of(world.constable), method)(FILE).status_code == 405
    assert not Event.objects.filter(name="own data downloaded").exists()


def test_more_entries_ask_the_database_no_more(world: World) -> None:
    asked = {}
    for rows in (10, 40):
        while Case.objects.count() < rows:
            builders.offer_in(Status.NON_COMPLIANT, world)
            interests.apply(world.constable, hours_a_week=Decimal(1))
        client = client_of(world.constable)
        with CaptureQueriesContext(connection) as captured:
            assert len(json.loads(client.post(FILE).content)["entries"]) == rows
        asked[rows] = len(captured)
    assert asked[10] == asked[40]
