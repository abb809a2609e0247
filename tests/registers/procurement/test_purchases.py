"""Purchases by card: justified by the holder, judged beyond their line, referred without their knowing."""

from typing import Any

import pytest
from django.urls import reverse

from integrity.audit.models import Event
from integrity.casework.models import Referral
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.procurement import actions
from registers.procurement.enums import State, Verdict
from registers.procurement.models import Purchase, PurchaseReferral
from tests import procurement
from tests.builders import NOW, TODAY, World, grant, read_anew
from tests.registers.procurement.desk_of import opens_for, path, signed_in, words

pytestmark = pytest.mark.django_db
CARDS = "/cards/"
LIST = path("purchases")


def bought(world: World, amount: int = 40, **details: Any) -> Purchase:
    """A purchase of the constable's."""
    card = world.constable.cards.first() or procurement.card(world.constable)
    return procurement.purchase(card, amount, **details)


def justified(world: World, **details: Any) -> Purchase:
    made = bought(world, **details)
    return actions.justify(made, text="Pens for the front desk", by=world.constable, now=NOW)


def judge(purchase: Purchase, verdict: Verdict, by: User, remarks: str = "Why.") -> Purchase:
    return actions.review(purchase, verdict=verdict, remarks=remarks, by=read_anew(by), now=NOW)


# --- the holder ---------------------------------------------------------------------------------


def test_the_home_page_offers_what_waits(world: World) -> None:
    home = signed_in(world.constable)
    assert CARDS not in words(home.get("/"))
    made = bought(world)
    assert "1 purchase waits for a word from you" in words(home.get("/"))
    actions.justify(made, text="Pens", by=world.constable, now=NOW)
    after = words(home.get("/"))
    assert "purchase waits" not in after
    assert CARDS in after


def test_a_holder_justifies_on_the_site(world: World) -> None:
    made, client = bought(world), signed_in(world.constable)
    assert made.merchant in words(client.get(CARDS))
    url = f"{CARDS}{made.pk}/"
    assert client.post(url, {"text": " "}).status_code == 422
    assert client.post(url, {"text": "Pens"}).status_code == 302
    made.refresh_from_db()
    assert (made.justification, made.justified_by) == ("Pens", world.constable)
    assert Event.objects.get(name="purchase justified").about_id == made.pk
    assert client.post(url, {"text": "Ink"}).status_code == 403
    assert 'name="text"' not in words(client.get(url))


def test_nobody_else_finds_a_holders_purchase(world: World) -> None:
    url = f"{CARDS}{bought(world).pk}/"
    for user in (world.colleague, world.sergeant, world.procurement_officer, world.psd_head):
        assert signed_in(user).get(url).status_code == 404
        assert signed_in(user).get(CARDS).status_code == 404
    with pytest.raises(Denied, match="Only the card’s holder"):
        actions.justify(bought(world), text="Mine", by=world.colleague, now=NOW)


# --- the review ---------------------------------------------------------------------------------


def test_right_needs_a_justification_and_the_others_remarks(world: World) -> None:
    made, by = bought(world), world.procurement_officer
    with pytest.raises(Denied, match="has not said yet"):
        judge(made, Verdict.RIGHT, by)
    for verdict in (Verdict.WRONG, Verdict.REFERRED):
        with pytest.raises(Denied, match="Say why"):
            judge(made, verdict, by, remarks=" ")
    actions.justify(made, text="Pens", by=world.constable, now=NOW)
    assert judge(made, Verdict.RIGHT, by, remarks="").reviewed_by == by


def test_a_purchase_is_reviewed_once(world: World) -> None:
    made = judge(justified(world), Verdict.RIGHT, world.procurement_officer)
    with pytest.raises(Denied, match="reviewed already"):
        judge(made, Verdict.WRONG, world.reviewer)
    said = Event.objects.get(name="purchase reviewed")
    assert (said.facts["verdict"], said.about_id) == ("right", made.pk)


def test_psd_reviews_as_well_and_the_inspector_only_reads(world: World) -> None:
    made = justified(world)
    with pytest.raises(Denied, match="Only procurement and PSD"):
        judge(made, Verdict.RIGHT, world.inspector)
    assert judge(made, Verdict.RIGHT, world.reviewer).verdict == Verdict.RIGHT


def test_who_finds_the_queue(world: World) -> None:
    everybody = {"procurement", "psd", "inspector", "harbour procurement", "eastvale procurement"}
    assert opens_for(world, LIST) == everybody


def test_who_finds_a_purchase(world: World) -> None:
    made = justified(world)
    assert opens_for(world, path("purchase", made.pk)) == {"procurement", "psd", "inspector"}


def test_who_finds_a_verb(world: World) -> None:
    made = justified(world)
    assert opens_for(world, path("purchase-verb", made.pk, "refer")) == {"procurement", "psd"}


def test_a_verdict_is_given_on_the_desk(world: World) -> None:
    made, client = justified(world), signed_in(world.procurement_officer)
    url = path("purchase-verb", made.pk, "find-not-right")
    assert url in words(client.get(path("purchase", made.pk)))
    assert client.post(url, {"remarks": ""}).status_code == 422
    assert client.post(url, {"remarks": "Use the framework."}).status_code == 302
    holder = words(signed_in(world.constable).get(CARDS))
    assert "Reviewed: not right" in holder
    assert "Use the framework." in holder
    assert client.get(path("purchase-verb", made.pk, "burn")).status_code == 404


def test_a_refusal_stands_beside_the_button(world: World) -> None:
    page = words(signed_in(world.procurement_officer).get(path("purchase", bought(world).pk)))
    assert "Its holder has not said yet what it was for." in page


# --- the queue ----------------------------------------------------------------------------------


def test_the_queue_opens_on_what_is_to_be_reviewed_and_narrows(world: World) -> None:
    weekday = TODAY.replace(day=10)
    quiet = bought(world, merchant="Quiet Stores", bought_on=weekday)
    sunday = justified(world, merchant="Sunday Stores")
    near = bought(world, 470, merchant="Near Stores", bought_on=weekday)
    over = bought(world, 900, merchant="Over Stores", bought_on=weekday)
    client = signed_in(world.procurement_officer)
    shown = {
        "": {sunday},
        "?state=to_justify": {quiet, near, over},
        "?state=": {quiet, sunday, near, over},
        "?state=&weekend=on": {sunday},
        "?state=&near_limit=on": {near},
        "?state=&q=quiet": {quiet},
        "?state=&q=Constable": {quiet, sunday, near, over},
        "?state=referred": set(),
        "?state=nonsense": {quiet, sunday, near, over},
    }
    for asked, expected in shown.items():
        page = words(client.get(f"{LIST}{asked}"))
        assert {
            each for each in (quiet, sunday, near, over) if each.merchant in page
        } == expected, asked


def test_a_purchase_shows_the_cards_and_the_merchants_others(world: World) -> None:
    made = bought(world, merchant="Brook Stationers")
    same_card = bought(world, merchant="Tool Hire")
    other = procurement.card(world.colleague)
    same_merchant = procurement.purchase(other, merchant="BROOK STATIONERS LTD")
    page = words(signed_in(world.reviewer).get(path("purchase", made.pk)))
    for each in (same_card, same_merchant):
        assert path("purchase", each.pk) in page
    assert "£500.00" in page
    assert "Stationery" in page


# --- the referral -------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [True, False])
def test_a_referral_is_psds_and_types_nothing_twice(world: World, said: bool) -> None:
    made = justified(world, category="Fuel") if said else bought(world, category="Fuel")
    judge(made, Verdict.REFERRED, world.procurement_officer, "Third tank this week.")
    referral = Referral.objects.get()
    assert referral.person == world.constable
    assert referral.about == "Purchase by card: Brook Stationers, £40.00"
    for text in ("Third tank this week.", "£40.00", "14 June 2026", "Fuel", "£500.00"):
        assert text in referral.reason
    assert PurchaseReferral.objects.get().referral == referral


@pytest.mark.parametrize("said", [True, False])
def test_the_holder_never_learns_of_a_referral(world: World, said: bool) -> None:
    made = justified(world) if said else bought(world)
    client, urls = signed_in(world.constable), ["/", CARDS, f"{CARDS}{made.pk}/"]
    before = [_without_tokens(words(client.get(url))) for url in urls]
    judge(made, Verdict.REFERRED, world.procurement_officer, "Third tank this week.")
    assert [_without_tokens(words(client.get(url))) for url in urls] == before
    if not said:
        assert client.post(urls[-1], {"text": "Pens"}).status_code == 302
        made.refresh_from_db()
        assert (made.verdict, made.justification) == (Verdict.REFERRED, "Pens")
    assert "Waiting for review" in words(client.get(CARDS))
    events = Event.objects.filter(about="purchase", audience="case")
    assert set(events.values_list("name", flat=True)) <= {"purchase justified"}


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_neither_do_their_manager_nor_an_inspector(world: World) -> None:
    made = justified(world)
    grant(world.sergeant, Role.PROCUREMENT, force=world.northmoor)
    grant(world.constable, Role.PROCUREMENT, force=world.northmoor)
    judge(made, Verdict.REFERRED, world.procurement_officer, "Third tank this week.")
    for user in (world.sergeant, world.constable):
        client = signed_in(user)
        assert client.get(path("purchase", made.pk)).status_code == 404
        assert made.merchant not in words(client.get(f"{LIST}?state="))
    client = signed_in(world.inspector)
    page = words(client.get(path("purchase", made.pk)))
    assert "Waiting for review" in page
    assert "Third tank" not in page
    assert made.merchant in words(client.get(LIST))
    assert "Referred" not in words(client.get(f"{LIST}?state=referred"))
    knows = signed_in(world.procurement_officer)
    assert made.merchant in words(knows.get(f"{LIST}?state={State.REFERRED}"))
    assert made.merchant not in words(knows.get(LIST))


def test_only_psd_reads_the_row_of_a_referral(world: World) -> None:
    made = justified(world)
    judge(made, Verdict.REFERRED, world.procurement_officer)
    page = words(signed_in(world.psd_head).get(reverse("psd:investigations-referrals")))
    assert "Purchase by card: Brook Stationers" in page
    assert (
        signed_in(world.procurement_officer)
        .get(reverse("psd:investigations-referrals"))
        .status_code
        == 404
    )
