"""What the pages of the gifts register answer, and what they leave in the record."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from integrity.audit.models import Event
from integrity.casework import registry
from integrity.casework.models import Notice, SignOff
from integrity.casework.registry import Opening, opens
from integrity.people.enums import MemberType, Role
from integrity.people.models import OversightBody, User
from registers.gifts.enums import Action, ItemDecision, Status, Verb
from registers.gifts.models import GiftPolicy, Offer, RefreshmentCount
from tests.builders import (
    World,
    accepted,
    declare,
    grant,
    item,
    offer_in,
    perform,
    person,
    read_anew,
)

QUICK = {
    "key": "5c8f2f0e-0f83-4a7a-93a0-4c3f6f6e5b5d",
    "what": "Bottle of wine",
    "provider": "Halcyon Fleet",
    "provider_is": "organisation",
    "decision": "declined",
    "value": "12",
    "when": "today",
}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def path_of(offer: Offer, verb: str = "") -> str:
    return f"/gifts/{offer.case.reference}/{verb}/" if verb else f"/gifts/{offer.case.reference}/"


def test_looking_at_another_person_s_entry_is_recorded_and_at_one_s_own_is_not(
    world: World,
) -> None:
    offer = offer_in(Status.WITH_SUPERVISOR, world)
    for user in (world.constable, world.sergeant):
        assert client_of(user).get(path_of(offer)).status_code == 200
    (viewed,) = Event.objects.filter(name="entry viewed")
    assert viewed.actor_id == world.sergeant.pk


def test_a_refusal_says_why_and_is_recorded(world: World) -> None:
    offer = offer_in(Status.COMPLIANT, world)
    answer = client_of(world.constable).post(path_of(offer, "withdraw"), {"reason": "Sorry"})
    assert answer.status_code == 403
    sentence = "An entry is withdrawn before it is decided."
    assert sentence in answer.content.decode()
    refused = Event.objects.get(name="refused")
    assert (refused.reason, refused.actor_id) == (sentence, world.constable.pk)
    assert Offer.objects.get().status == Status.COMPLIANT


def test_a_stale_form_says_who_changed_what_and_keeps_what_was_typed(world: World) -> None:
    offer = declare(world.constable, item())
    perform(Verb.ASK, offer, by=world.reviewer, in_world=world)
    said = client_of(world.constable).post(
        path_of(offer, "withdraw"), {"reason": "I typed this.", "version": offer.case.version}
    )
    page = said.content.decode()
    assert said.status_code == 409
    assert "Question asked" in page
    assert world.reviewer.display in page
    assert "I typed this." in page


def test_a_silent_challenge_leaves_an_open_form_valid(world: World) -> None:
    offer = declare(world.constable, item())
    silent = {"silent": True, "silent_reason": "An operation is running."}
    perform(Verb.CHALLENGE, offer, by=world.reviewer, in_world=world, to=world.constable, **silent)
    said = client_of(world.constable).post(
        path_of(offer, "withdraw"), {"reason": "My mistake.", "version": offer.case.version}
    )
    assert said.status_code == 302
    page = client_of(world.constable).get(path_of(offer)).content.decode()
    assert "challenge" not in page.lower()


def test_the_quick_log_makes_one_entry_for_one_form(world: World) -> None:
    client = client_of(world.constable)
    first, second = (client.post("/gifts/quick/", QUICK) for _ in range(2))
    assert first["Location"] == second["Location"]
    offer = Offer.objects.get()
    assert offer.items.get().decision == ItemDecision.DECLINED
    assert Notice.objects.filter(recipient=world.constable).count() == 1, "a confirmation"


def test_a_late_offer_goes_on_from_the_quick_log_with_nothing_typed_twice(world: World) -> None:
    long_ago = (timezone.localdate() - timedelta(days=90)).isoformat()
    client = client_of(world.constable)
    said = client.post("/gifts/quick/", {**QUICK, "when": "earlier", "offered_on": long_ago})
    page = client.get(said["Location"]).content.decode()
    assert "Halcyon Fleet" in page
    assert "Why is it reported late?" in page
    assert not Offer.objects.exists()
    check = client.get(said["Location"].replace("offer/", "check/")).content.decode()
    assert "Say why this one is" in check


def test_refreshments_above_the_limit_are_not_light(world: World) -> None:
    said = client_of(world.constable).post(
        "/gifts/quick/", {**QUICK, "decision": "refreshments", "value": "90"}
    )
    assert "Light refreshments are worth" in said.content.decode()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"kind": "cash", "provider_kind": "public", "worth": "5"}, "No. Decline it."),
        ({"kind": "gift", "provider_kind": "public", "worth": "500"}, "No. Decline it."),
        ({"kind": "gift", "provider_kind": "contractor", "worth": "5"}, "PSD decides, whatever"),
        ({"kind": "refreshments", "provider_kind": "partner"}, "Yes: light refreshments"),
        (
            {"kind": "refreshments", "provider_kind": "contractor", "worth": "80"},
            "this is hospitality",
        ),
        ({"kind": "gift", "provider_kind": "public", "worth": "15"}, "your supervisor decides"),
    ],
)
def test_the_guide_answers_from_the_policy(
    world: World, asked: dict[str, str], answer: str
) -> None:
    assert answer in client_of(world.constable).get("/gifts/guide/", asked).content.decode()


def test_a_force_without_a_policy_says_so(world: World) -> None:
    GiftPolicy.objects.update(effective_from=date(2100, 1, 1))
    said = client_of(world.constable).get("/gifts/quick/")
    assert said.status_code == 403
    assert "no policy on gifts" in said.content.decode()


def test_refreshments_are_counted_by_the_month(world: World) -> None:
    month = timezone.localdate().replace(day=1)
    for times in (3, 4):
        client_of(world.constable).post(
            "/gifts/refreshments/", {"month": month.isoformat(), "times": times}
        )
    count = RefreshmentCount.objects.get()
    assert (count.month, count.times) == (month, 4)


def test_what_is_typed_is_shown_as_text(world: World) -> None:
    nasty = "<script>alert(1)</script>"
    client = client_of(world.constable)
    done = client.post("/gifts/quick/", {**QUICK, "what": nasty, "provider": nasty})
    for page in (done["Location"], done["Location"].replace("done/", ""), "/"):
        assert nasty not in client.get(page).content.decode()


def test_a_body_s_member_declares_in_the_body_s_own_register(world: World) -> None:
    client_of(world.body_member).post("/gifts/quick/", QUICK)
    offer = Offer.objects.get()
    assert (offer.case.force, offer.case.oversight_body) == (None, world.body)
    assert client_of(world.reviewer).get(path_of(offer)).status_code == 404


def test_colleagues_views_are_not_read_by_the_person_they_are_about(world: World) -> None:
    offer = offer_in(Status.PEER_REVIEW, world)
    perform(Verb.PEER_REVIEW, offer, by=world.deputy_chief, in_world=world)
    heading = "What colleagues thought"
    for user, shown in ((world.assistant_chief, False), (world.deputy_chief, True)):
        page = client_of(user).get(path_of(offer)).content.decode()
        assert (heading in page) is shown


def test_reopening_takes_back_what_the_decision_asked_for(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    rejected = {"by": world.reviewer, "in_world": world, "action_taken": Action.RETURN}
    offer = perform(Verb.REJECT, offer, **rejected)
    assert "Return the gift" in client_of(world.constable).get("/").content.decode()
    perform(Verb.REOPEN, offer, by=world.reviewer, in_world=world)
    assert "Return the gift" not in client_of(world.constable).get("/").content.decode()


def test_a_register_is_signed_for_the_days_that_were_shown(world: World) -> None:
    client = client_of(world.register_owner)
    days = "starts_on=2025-01-01&ends_on=2025-03-31"
    answer = client.post(f"/sign-offs/NMR/gifts/?{days}", {"note": "Read."})
    assert answer.status_code == 302
    signed = SignOff.objects.get()
    assert (str(signed.starts_on), str(signed.ends_on)) == ("2025-01-01", "2025-03-31")
    overlap = client.post("/sign-offs/NMR/gifts/?starts_on=2025-03-01&ends_on=2025-04-30", {})
    assert overlap.status_code == 403
    assert "is signed off already" in overlap.content.decode()


def test_an_inspector_reads_a_register_and_has_no_form_to_sign_it(world: World) -> None:
    page = client_of(world.inspector).get("/sign-offs/NMR/gifts/").content.decode()
    assert "The register from" in page
    assert "Sign off these days" not in page


def test_whoever_signs_sees_what_was_accepted_without_a_constable_s_name(world: World) -> None:
    for status in (Status.RECORDED, Status.COMPLIANT):
        offer_in(status, world)
    declare(world.constable, item())
    days = "starts_on=2026-06-01&ends_on=2026-06-30"
    page = client_of(world.governance_member).get(f"/sign-offs/NMR/gifts/?{days}").content.decode()
    assert page.count('<td class="govuk-table__cell">Accepted</td>') == 2
    assert page.count('<td class="govuk-table__cell">Declined</td>') == 1
    assert world.constable.name not in page


ASKED = {"to": "", "text": "Why did you accept it?", "how": "silent", "silent_reason": "Quietly."}


def test_a_board_reads_a_chief_officer_s_offer_and_asks_about_it(world: World) -> None:
    offer = declare(world.assistant_chief, accepted(50))
    words = {"propriety": "It was proper.", "seen_from_inside": "Odd.", "seen_from_outside": "Bad."}
    offer = perform(Verb.PEER_REVIEW, offer, by=world.deputy_chief, in_world=world, **words)
    silent = {"silent": True, "silent_reason": "An operation is running."}
    perform(Verb.CHALLENGE, offer, by=world.other_reviewer, in_world=world, **silent)
    client = client_of(world.governance_member)
    page = client.get(path_of(offer)).content.decode()
    assert all(answer in page for answer in words.values())
    assert "An operation" not in page
    assert "PSD desk" not in page
    assert "asked to justify" not in page
    form = client.get(path_of(offer, "challenge")).content.decode()
    assert escape(offer.policy.challenge_notice) in form
    assert "Hold it silently" not in form
    assert "speak to the head of PSD" in form
    asked = {**ASKED, "to": world.assistant_chief.pk, "version": offer.case.version}
    said = client.post(path_of(offer, "challenge"), asked)
    assert said["Location"] == path_of(offer)
    after = client.get(path_of(offer)).content.decode()
    assert "for Northmoor Commissioner" in after
    assert "Not answered yet" in after
    assert "Challenge made" in after
    theirs = client_of(world.assistant_chief).get(path_of(offer)).content.decode()
    assert "asked to justify" not in theirs, "it waits, for PSD holds one silently"


def test_a_board_reads_the_answer_and_closes_its_challenge_without_a_hand_over(
    world: World,
) -> None:
    offer = declare(world.assistant_chief, accepted(50))
    client = client_of(world.governance_member)
    asked = {**ASKED, "to": world.assistant_chief.pk, "version": offer.case.version}
    client.post(path_of(offer, "challenge"), asked)
    answer = {"answer": "It was a wake."}
    perform(Verb.ANSWER_CHALLENGE, offer, by=world.assistant_chief, in_world=world, **answer)
    made = offer.case.challenges.get()
    assert "It was a wake." in client.get(path_of(offer)).content.decode()
    form = client.get(path_of(offer, "close-challenge")).content.decode()
    assert "Advice given" in form
    assert "Referred" not in form
    end = {"challenge": made.pk, "disposal": "referred", "note": "So.", "version": 3}
    assert client.post(path_of(offer, "close-challenge"), end).status_code == 422
    end["disposal"] = "advice"
    assert client.post(path_of(offer, "close-challenge"), end).status_code == 302
    theirs = client_of(world.assistant_chief).get(path_of(offer)).content.decode()
    assert "Advice given: So." in theirs


def test_a_board_of_another_force_finds_no_offer_to_challenge(world: World) -> None:
    offer = declare(world.assistant_chief, accepted(50))
    body = OversightBody.objects.create(
        code="HBA", name="Harbour Authority", department=world.harbour_psd
    )
    body.forces.set([world.harbour])
    member = person("harbour_member", oversight_body=body, member_type=MemberType.BODY)
    grant(member, Role.GOVERNANCE_MEMBER, oversight_body=body)
    client = client_of(read_anew(member))
    for verb in ("", "challenge", "close-challenge"):
        assert client.get(path_of(offer, verb)).status_code == 404
    assert client.post(path_of(offer, "challenge"), ASKED).status_code == 404
    grant(member, Role.GOVERNANCE_MEMBER, oversight_body=world.body)
    assert client_of(read_anew(member)).get(path_of(offer)).status_code == 200


def test_a_board_is_led_to_its_agenda_where_governance_keeps_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_openers", dict(registry._openers))
    opens(
        "agenda note", lambda reader, case: Opening("Add an agenda note", f"/n/{case.reference}/")
    )
    offer = declare(world.assistant_chief, accepted(50))
    path = f"/n/{offer.case.reference}/"
    assert path in client_of(world.governance_member).get(path_of(offer)).content.decode()
    for other in (world.assistant_chief, world.reviewer, world.inspector):
        assert path not in client_of(other).get(path_of(offer)).content.decode()
