"""Purchasing cards and purchases: whose card it was is never guessed, and verdicts stand."""

from decimal import Decimal

import pytest

from registers.organisations.models import Organisation
from registers.organisations.registry import appearances
from registers.procurement.models import Card, Purchase
from tests.builders import NOW, World, read_anew
from tests.registers.procurement.desk_of import path, signed_in, words
from tests.registers.procurement.feeds import CARDS, PURCHASES, bring

pytestmark = pytest.mark.usefixtures("media")


def for_constable(world: World, text: str) -> str:
    return text.format(number=world.constable.number, name=world.constable.name)


def bring_both(world: World) -> None:
    for text in (CARDS, PURCHASES):
        bring("cards", world.northmoor, for_constable(world, text))


def test_a_register_of_cards_finds_holders_by_number_then_name(world: World) -> None:
    told = bring("cards", world.northmoor, for_constable(world, CARDS)).report
    assert (told["cards"], told["imported"], told["purchases"]) == (2, 2, 0)
    known, unknown = Card.objects.get(ending="4417"), Card.objects.get(ending="5520")
    assert (known.holder, known.single_limit) == (world.constable, Decimal(500))
    assert (unknown.holder, unknown.holder_name) == (None, "R Unknown")


def test_a_number_with_anothers_name_is_nobody(world: World) -> None:
    text = CARDS.format(number=world.constable.number, name="Somebody Different")
    bring("cards", world.northmoor, text)
    assert Card.objects.get(ending="4417").holder is None


def test_purchases_are_of_the_card_with_that_ending_and_holder(world: World) -> None:
    bring_both(world)
    bought = Purchase.objects.get(reference="TX-1")
    assert (bought.card.holder, bought.card.single_limit) == (world.constable, Decimal(500))
    assert Purchase.objects.get(reference="TX-2").card == bought.card
    assert (bought.justification, bought.justified_by) == ("Paper for custody", world.constable)
    assert bought.justified_at == NOW
    assert Purchase.objects.get(reference="TX-2").justified_at is None


def test_a_card_is_made_for_a_holder_whom_no_register_of_cards_names(world: World) -> None:
    bring_both(world)
    withheld = Purchase.objects.get(reference="TX-3")
    assert (withheld.redacted, withheld.organisation) == (True, None)
    assert (withheld.card.holder_name, withheld.card.holder) == ("S Nobody", None)
    # once, whatever else they buy
    more = "Date,Cardholder,Merchant,Amount,Transaction No\n05/03/2026,S Nobody,Acme,5,TX-9\n"
    bring("cards", world.northmoor, more)
    assert Purchase.objects.get(reference="TX-9").card == withheld.card


def test_two_cards_of_one_holder_are_not_guessed_between(world: World) -> None:
    both = for_constable(world, CARDS).replace("5520,,R Unknown", f"5520,{world.constable.number},")
    bring("cards", world.northmoor, both)
    more = (
        "Date,Employee number,Merchant,Amount,Transaction No\n"
        f"05/03/2026,{world.constable.number},Acme,5,TX-9\n"
    )
    bring("cards", world.northmoor, more)
    card = Purchase.objects.get(reference="TX-9").card
    assert (card.ending, card.holder) == ("", world.constable)


def test_the_register_of_cards_may_come_after_the_purchases(world: World) -> None:
    bring("cards", world.northmoor, for_constable(world, PURCHASES))
    made = Purchase.objects.get(reference="TX-1").card
    told = bring("cards", world.northmoor, for_constable(world, CARDS)).report
    known = [(each["entry"], each["from"]) for each in told["changes"] if "Known" in each["field"]]
    assert known == [("Card 4417", "A list of purchases")]
    made.refresh_from_db()
    assert (made.single_limit, Card.objects.filter(ending="4417").count()) == (Decimal(500), 1)
    assert bring("cards", world.northmoor, for_constable(world, PURCHASES)).batch is None


def test_again_adds_nothing_and_a_corrected_file_updates(world: World) -> None:
    bring_both(world)
    for text in (CARDS, PURCHASES):
        assert bring("cards", world.northmoor, for_constable(world, text)).batch is None
    corrected = for_constable(world, PURCHASES).replace("120.00,,", "130.00,Tyres,")
    told = bring("cards", world.northmoor, corrected).report
    assert (told["imported"], told["updated"], told["total"]) == (0, 1, "185.00")
    assert [(each["field"], each["from"], each["to"]) for each in told["changes"]] == [
        ("Amount", "£120.00", "£130.00"),
        ("Justification", "", "Tyres"),
    ]
    bought = Purchase.objects.get(reference="TX-2")
    assert (bought.amount, bought.justified_by) == (Decimal(130), world.constable)
    raised = for_constable(world, CARDS).replace(",500,", ",750,")
    told = bring("cards", world.northmoor, raised).report
    assert told["changes"] == [
        {
            "where": "2",
            "entry": "Card 4417",
            "field": "Limit of one purchase",
            "from": "£500.00",
            "to": "£750.00",
        }
    ]


def test_a_verdict_stands_and_the_change_is_said(world: World) -> None:
    bring_both(world)
    reviewed = {"verdict": "right", "reviewed_at": NOW, "reviewed_by": world.reviewer}
    Purchase.objects.filter(reference="TX-1").update(**reviewed)
    corrected = for_constable(world, PURCHASES).replace("40.00,Paper for custody", "90.00,Gifts")
    told = bring("cards", world.northmoor, corrected).report
    reasons = " ".join(each["reason"] for each in told["warnings"])
    assert "was reviewed (right) at £40.00; it is now £90.00" in reasons
    assert "another justification" in reasons
    bought = Purchase.objects.get(reference="TX-1")
    assert (bought.verdict, bought.amount) == ("right", Decimal(90))
    assert bought.justification == "Paper for custody"


def test_a_merchant_is_known_without_who_took_the_payment_and_found_as_written(
    world: World,
) -> None:
    """Two statements of one café, and the name of each as its statement has it."""
    rows = "".join(
        f"0{n}/03/2026,4417,{world.colleague.number},{world.colleague.name},{written},4.00,,TX-{n}\n"
        for n, written in enumerate(("SUMUP  *CORNER CAFE", "Zettle_*Corner Café Ltd"), start=1)
    )
    heading = PURCHASES.splitlines()[0]
    bring("cards", world.northmoor, f"{heading}\n{rows}", by=world.procurement_officer)
    cafe = Organisation.objects.get()
    assert cafe.name == "CORNER CAFE"
    assert {each.organisation for each in Purchase.objects.all()} == {cafe}
    written = {"SUMUP *CORNER CAFE", "Zettle_*Corner Café Ltd"}
    assert {each.merchant for each in Purchase.objects.all()} == written
    client = signed_in(world.reviewer)
    found = words(client.get(path("purchases"), {"q": "sumup", "state": ""}))
    assert "SUMUP *CORNER CAFE" in found
    assert "Zettle_" not in found
    known = appearances(read_anew(world.reviewer), [cafe.pk])["Purchases by card"]
    assert {item.title for item in known} == written
