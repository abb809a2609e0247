"""What a declarant is told of an organisation they name, and what nobody is ever told there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from integrity.casework.models import Case
from integrity.people.models import User
from registers.gifts.models import GiftPolicy
from registers.organisations.actions import find_or_create, merge
from registers.organisations.models import MergeSuggestion, Organisation
from registers.organisations.telling import told
from registers.procurement.actions import add_bidder
from registers.procurement.enums import AwardStatus, TenderStatus
from registers.procurement.models import Bidder, Tender
from tests import contacts, interests, procurement
from tests.builders import NOW, TODAY, World, declare
from tests.constraints import change
from tests.registers.business_interests.test_apply_views import WHOLE
from tests.registers.business_interests.test_drafts import draft_of

HALCYON = "Halcyon Fleet Ltd"
TWO_AND_ONE = "This organisation has 2 contracts with the force and is bidding in an open tender."
MEANT = TWO_AND_ONE.replace("This", f"Did you mean {HALCYON}? That", 1)
ONE = "This organisation has a contract with the force."
ADVICE = (
    "Accept nothing but light refreshments from an organisation that supplies the force or bids to "
    "it: ask PSD first."
)
BACKEND = "integrity.people.backends.ServingMemberBackend"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def ask(user: User, name: str, register: str = "") -> list[str]:
    address = reverse("organisations:facts", query={"q": name, "for": register})
    return client_of(user).get(address).json()["sentences"]


def supplies(w: World, name: str = HALCYON) -> Organisation:
    """Two contracts in force and a published tender, on whatever day the page is asked."""
    today = timezone.localdate()
    for title in ("Vehicle hire", "Tyres"):
        procurement.contract(w.northmoor, name, title=title, awarded_on=today)
    published(w, name)
    return find_or_create(name=name, department=w.alliance_psd)


def published(w: World, name: str = HALCYON, **details: Any) -> None:
    today = timezone.localdate()
    notice = procurement.batch(w.northmoor, "contracts")
    days = {"opens_on": today - timedelta(7), "closes_on": today + timedelta(7)}
    procurement.tender(w.northmoor, name, **{"batch": notice, **days, **details})


# --- the sentence ---------------------------------------------------------------------------------


def test_contracts_and_tenders_of_the_own_force_are_told(world: World) -> None:
    supplies(world)
    for spelt in (HALCYON, "halcyon  fleet", "THE HALCYON FLEET LIMITED"):
        assert ask(world.constable, spelt) == [TWO_AND_ONE]


@pytest.mark.parametrize(
    ("details", "counts"),
    [
        ({"awarded_on": TODAY}, True),
        ({"awarded_on": TODAY - timedelta(364)}, True),
        ({"awarded_on": TODAY - timedelta(366)}, False),
        ({"awarded_on": TODAY + timedelta(1)}, False),
        ({"awarded_on": None}, False),
        ({"awarded_on": None, "ends_on": TODAY}, True),
        ({"awarded_on": TODAY - timedelta(900), "ends_on": TODAY}, True),
        ({"awarded_on": TODAY - timedelta(900), "ends_on": TODAY - timedelta(1)}, False),
        ({"awarded_on": None, "starts_on": TODAY + timedelta(1), "ends_on": None}, False),
        ({"awarded_on": TODAY, "status": AwardStatus.CANCELLED}, False),
        ({"awarded_on": TODAY, "status": AwardStatus.PENDING}, False),
    ],
)
def test_which_contracts_count(details: dict[str, Any], counts: bool, world: World) -> None:
    procurement.contract(world.northmoor, **details)
    said = told(world.constable, HALCYON, register="", today=TODAY)
    assert said == ([ONE] if counts else [])


def test_a_supplier_that_a_corrected_notice_left_out_does_not_count(world: World) -> None:
    contract = procurement.contract(world.northmoor, awarded_on=TODAY)
    contract.suppliers.update(left_on=TODAY)
    assert told(world.constable, HALCYON, register="", today=TODAY) == []


@pytest.mark.parametrize(
    ("details", "counts"),
    [
        ({}, True),
        ({"closes_on": TODAY, "opens_on": TODAY}, True),
        ({"closes_on": None, "opens_on": None}, True),
        ({"closes_on": TODAY - timedelta(1), "opens_on": None}, False),
        ({"opens_on": TODAY + timedelta(1), "closes_on": None}, False),
        ({"status": TenderStatus.COMPLETE}, False),
    ],
)
def test_which_tenders_count(details: dict[str, Any], counts: bool, world: World) -> None:
    notice = procurement.batch(world.northmoor, "contracts")
    procurement.tender(world.northmoor, HALCYON, **{"batch": notice, **details})
    said = told(world.constable, HALCYON, register="", today=TODAY)
    assert said == (["This organisation is bidding in an open tender."] if counts else [])


def test_a_merged_spelling_is_the_organisation(world: World) -> None:
    supplier = supplies(world)
    spelt = find_or_create(name="Halcyon Flete", department=world.alliance_psd)
    assert ask(world.constable, "Halcyon Flete") == [MEANT]
    merge(spelt, into=supplier, reason="A slip.", by=world.reviewer, now=NOW)
    assert ask(world.constable, "Halcyon Flete") == [TWO_AND_ONE]


# --- nearly the name ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        (HALCYON, "Halcyion Fleet"),
        (HALCYON, "Halcyon Fleet (UK) Ltd"),
        ("Vexleigh Body Cameras Ltd", "Vexleigh Body Camera Ltd"),
    ],
)
def test_a_name_that_is_no_record_is_asked_about(known: str, typed: str, world: World) -> None:
    """In the second before anything is kept: nothing has compared the two."""
    supplies(world, known)
    declare(world.colleague, organisation="Halcyon Flowers")
    assert ask(world.constable, typed) == [MEANT.replace(HALCYON, known)]
    assert not MergeSuggestion.objects.exists()
    assert ask(world.eastvale_constable, typed) == []


@pytest.mark.parametrize("typed", ["Halcyon", "Halcyon Flowers", "Vexleigh Cameras", "Fleet Ltd"])
def test_a_name_that_is_less_than_nearly_it_is_not(typed: str, world: World) -> None:
    supplies(world)
    assert ask(world.constable, typed) == []


def test_whom_the_force_publishes_nothing_of_nobody_is_asked_about(world: World) -> None:
    """What a colleague declared, and whom the force paid, are not told by a slip either."""
    declare(world.colleague, organisation="Bramble Dental Practice")
    procurement.payment(world.northmoor, "Mr Jason Example")
    tender = procurement.tender(world.northmoor, opens_on=None, closes_on=None)
    add_bidder(tender, name="Quillfeather Uniforms", by=world.procurement_officer, now=NOW)
    for typed in ("Bramble Dentle Practice", "Mr Jason Exampel", "Quilfeather Uniforms"):
        assert ask(world.constable, typed) == []


def test_other_numbers_are_another_organisation(world: World) -> None:
    supplier = supplies(world)
    spelt = find_or_create(name="Halcyon Flete", department=world.alliance_psd)
    change(supplier, company_number="01234567")
    assert ask(world.constable, "Halcyon Flete") == [MEANT]
    change(spelt, company_number="07654321")
    assert ask(world.constable, "Halcyon Flete") == []


def test_what_was_compared_or_ruled_on_stands(world: World) -> None:
    supplier = supplies(world)
    spelt = find_or_create(name="Halcyon Flete", department=world.alliance_psd)
    MergeSuggestion.objects.create(
        department=world.alliance_psd, one=supplier, other=spelt, score=90, why="x", found_at=NOW
    )
    assert ask(world.constable, "Halcyon Flete") == [MEANT]
    MergeSuggestion.objects.update(score=89)
    assert ask(world.constable, "Halcyon Flete") == []
    MergeSuggestion.objects.update(
        score=99, ruling="different", ruled_at=NOW, ruled_by=world.reviewer
    )
    assert ask(world.constable, "Halcyon Flete") == []


# --- what it never reveals ------------------------------------------------------------------------


def test_a_bidder_typed_at_the_desk_is_told_to_those_involved_alone(world: World) -> None:
    """The tender was published; who bids, procurement alone knows: and whoever it asks about them."""
    published(world, "Brook Catering")
    tender = Tender.objects.get()
    add_bidder(tender, name=HALCYON, by=world.procurement_officer, now=NOW)
    procurement.involvement(world.sergeant, tender)
    gone = TODAY.replace(year=2020)
    procurement.involvement(world.colleague, tender, starts_on=gone, ends_on=gone)
    told_of = ["This organisation is bidding in an open tender."]
    assert ask(world.constable, "Brook Catering") == told_of
    for who in (world.constable, world.colleague, world.procurement_officer):
        assert ask(who, HALCYON) == []
    assert ask(world.sergeant, HALCYON) == told_of
    Bidder.objects.update(published=True)
    assert ask(world.constable, HALCYON) == told_of


def test_another_force_s_contracts_are_not_told(world: World) -> None:
    supplies(world)
    theirs = find_or_create(name=HALCYON, department=world.harbour_psd)
    assert theirs.pk
    for user in (world.eastvale_constable, world.harbour_constable, world.body_member):
        assert ask(user, HALCYON) == []


def test_nothing_that_others_declared_or_were_paid_is_told(world: World) -> None:
    name = "Fallow Hill Garden Centre"
    declare(world.colleague, organisation=name)
    interests.apply(world.colleague, organisation=name)
    contacts.log(world.colleague)
    procurement.payment(world.northmoor, name, 9_999)
    procurement.purchase(procurement.card(world.colleague), merchant=name)
    for known in (name, contacts.GAZETTE):
        assert ask(world.constable, known) == []
        assert ask(world.colleague, known) == []


def test_a_name_nobody_knows_is_answered_as_one_of_which_there_is_nothing_to_say(
    world: World,
) -> None:
    declare(world.colleague, organisation="Bramble Dental")
    client = client_of(world.constable)
    answers = {}
    for name in ("Bramble Dental", "Nobody Has Heard Of It", "", "\0", "x" * 5000):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse("organisations:facts", query={"q": name}))
        answers[name] = response.status_code, response.content, len(queries)
    assert len(set(answers.values())) == 1
    assert answers[""][:2] == (200, b'{"sentences": []}')


def test_nobody_asks_without_having_signed_in(world: World) -> None:
    supplies(world)
    response = Client().get(reverse("organisations:facts", query={"q": HALCYON}))
    assert (response.status_code, response.headers["Location"][:9]) == (302, "/sign-in/")


# --- what the policy says -------------------------------------------------------------------------


def test_gifts_adds_what_its_policy_says_and_only_then(world: World) -> None:
    supplies(world)
    first, *policy = ask(world.constable, HALCYON, "gifts")
    assert first == TWO_AND_ONE
    assert policy == [
        ADVICE,
        "Under “Gifts and hospitality” PSD decides about anything else, whatever it is worth.",
    ]
    GiftPolicy.objects.update(psd_provider_kinds=["prospective_supplier"])
    assert ask(world.constable, HALCYON, "gifts")[1:] == [ADVICE], "of a supplier it does not"
    GiftPolicy.objects.update(psd_provider_kinds=[], requires_authorisation=True)
    assert ask(world.constable, HALCYON, "gifts")[2:] == [
        "“Gifts and hospitality” asks you to seek authorisation before you accept anything."
    ]
    declined = {"q": HALCYON, "for": "gifts", "decision": "declined"}
    address = reverse("organisations:facts", query=declined)
    assert client_of(world.constable).get(address).json()["sentences"] == [TWO_AND_ONE]
    assert ask(world.constable, "Bramble Dental", "gifts") == []
    assert ask(world.constable, HALCYON, "no such register") == [TWO_AND_ONE]


# --- on the pages, without script -----------------------------------------------------------------

QUICK = {
    "key": "5c8f2f0e-0f83-4a7a-93a0-4c3f6f6e5b5d",
    "what": "Lunch",
    "provider": HALCYON,
    "provider_is": "organisation",
    "decision": "declined",
    "value": "12",
    "when": "today",
}


def page(response: Any) -> str:
    return response.content.decode()


def test_the_quick_log_tells_after_a_round_of_validation_and_on_its_receipt(world: World) -> None:
    supplies(world)
    client = client_of(world.constable)
    form = page(client.get("/gifts/quick/"))
    assert 'data-told-url="/organisations/facts/?for=gifts"' in form
    assert TWO_AND_ONE not in form
    again = page(client.post("/gifts/quick/", {**QUICK, "what": ""}))
    assert TWO_AND_ONE in again
    assert "ask PSD first" not in again, "it was declined"
    took = page(client.post("/gifts/quick/", {**QUICK, "what": "", "decision": "refreshments"}))
    assert "ask PSD first" in took
    person = page(client.post("/gifts/quick/", {**QUICK, "what": "", "provider_is": "person"}))
    assert TWO_AND_ONE not in person
    done = page(client.post("/gifts/quick/", QUICK, follow=True))
    assert TWO_AND_ONE in done
    assert "Accept nothing" not in done


def test_a_declaration_tells_before_it_is_submitted(world: World) -> None:
    supplies(world)
    client = client_of(world.constable)
    begun = client.post("/gifts/start/", {"purpose": "declare"})
    offer = begun.headers["Location"]
    day = timezone.localdate()
    said = {
        "whose": "me", "provider": "organisation", "organisation": HALCYON,
        "provider_kind": "local_business", "offered_on_day": day.day,
        "offered_on_month": day.month, "offered_on_year": day.year,
    }  # fmt: skip
    assert 'data-told-url="/organisations/facts/?for=gifts"' in page(client.get(offer))
    client.post(offer, said)
    item = {
        "description": "Lunch", "kind": "hospitality", "decision": "declined",
        "decline_reason": "other", "reason_text": "Policy.", "value_kind": "exact", "exact": "12",
    }  # fmt: skip
    client.post(offer.replace("/offer/", "/items/1/"), item)
    checked = page(client.get(offer.replace("/offer/", "/check/")))
    assert TWO_AND_ONE in checked
    assert "Accept nothing" not in checked
    client.post(offer, {**said, "organisation": "Halcyion Fleet"})
    assert MEANT in page(client.get(offer.replace("/offer/", "/check/")))
    assert not Case.objects.exists()


def test_the_media_log_tells_of_the_outlet(world: World) -> None:
    supplies(world, contacts.GAZETTE)
    contact = contacts.log(world.constable)
    client = client_of(world.constable)
    assert 'data-told-url="/organisations/facts/?for=media_contacts"' in page(
        client.get("/media/log/")
    )
    assert TWO_AND_ONE in page(client.post("/media/log/", {"outlet": contacts.GAZETTE}))
    assert TWO_AND_ONE in page(client.get(f"/media/{contact.case.reference}/done/"))
    (policy,) = ask(world.constable, contacts.GAZETTE, "media_contacts")[1:]
    assert policy.startswith(
        "Under “Contact with the media” whatever is offered at a contact is declared"
    )


def test_an_application_tells_before_it_is_sent(world: World) -> None:
    supplies(world, "Fallow Hill")
    whole = {**WHOLE, "organisation": {**WHOLE["organisation"], "organisation": ["Fallow Hill"]}}
    address = f"/interests/drafts/{draft_of(world.constable, whole).draft.pk}"
    client = client_of(world.constable)
    step = page(client.get(f"{address}/organisation/"))
    assert 'data-told-url="/organisations/facts/?for=business_interests"' in step
    checked = page(client.get(f"{address}/check/"))
    assert TWO_AND_ONE in checked
    assert "or bids to it: answer yes where you are asked whether it does." in checked
    assert "The force’s records name it as a supplier." in checked
    assert (
        f'<a class="govuk-link" href="{address}/conflict/">Change your answer to yes</a>' in checked
    )
    truly = {**whole, "conflict": {**whole["conflict"], "supplies_force": ["yes"],
                                   "conflict_note": ["It does."]}}  # fmt: skip
    address = f"/interests/drafts/{draft_of(world.constable, truly).draft.pk}"
    assert "Change your answer to yes" not in page(client.get(f"{address}/check/"))
    brook = {**WHOLE, "organisation": {**WHOLE["organisation"], "organisation": ["Brook Catering"]}}
    unknown = draft_of(world.constable, brook).draft.pk
    assert "Change your" not in page(client.get(f"/interests/drafts/{unknown}/check/"))
