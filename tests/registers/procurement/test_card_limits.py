"""Limits beside purchases: the card has them, so a purchase split under its limit is found."""

from typing import Any

import pytest

from registers.crosschecks import actions as crosschecks
from registers.crosschecks.enums import Check
from registers.crosschecks.models import Match
from registers.procurement.models import Card, Purchase
from tests.builders import NOW, World
from tests.registers.procurement.desk_of import path, signed_in, words
from tests.registers.procurement.feeds import CARDS, bring
from tests.registers.procurement.reading.files import workbook

pytestmark = pytest.mark.usefixtures("media")

HEADING = (
    "Date,Card number,Cardholder number,Cardholder name,Merchant,Amount,Transaction reference,"
    "Single transaction limit,Monthly limit\n"
)


def row(world: World, number: int, pounds: str, limits: str, day: int = 2) -> str:
    """A purchase of the constable's."""
    holder = f"{world.constable.number},{world.constable.name}"
    return f"{day:02}/03/2026,4417,{holder},Brightwater,{pounds},TX-{number},{limits}\n"


def take(world: World, *rows: str, heading: str = HEADING) -> dict[str, Any]:
    return bring("cards", world.northmoor, heading + "".join(rows)).report


def limits() -> tuple[Any, Any]:
    card = Card.objects.get(ending="4417")
    return card.single_limit, card.monthly_limit


def test_a_split_is_found_and_the_pages_show_the_limit(world: World) -> None:
    take(world, row(world, 1, "489.00", "500,2500"), row(world, 2, "467.50", "500,2500"))
    assert limits() == (500, 2500)
    crosschecks.run_checks(world.northmoor, now=NOW)
    match = Match.objects.get(check_name=Check.CARD_SPLIT)
    assert "2 times on 2 March 2026, £956.50 together" in match.sentence
    assert "limit of £500.00" in match.sentence
    assert "up to £500.00 at once, £2,500.00 a month" in words(
        signed_in(world.constable).get("/cards/")
    )
    bought = Purchase.objects.get(reference="TX-1")
    page = words(signed_in(world.procurement_officer).get(path("purchase", bought.pk)))
    assert "<dt>Limit of one purchase</dt><dd>£500.00</dd>" in page


def test_a_card_that_is_known_keeps_its_limit_unless_the_file_says_otherwise(world: World) -> None:
    register = CARDS.format(number=world.constable.number, name=world.constable.name)
    bring("cards", world.northmoor, register)
    told = take(world, row(world, 1, "40", ","), row(world, 2, "40", "500,0"))
    assert (limits(), told["limits_updated"], told["changes"]) == ((500, 2000), 0, [])
    other = (row(world, 1, "40", ","), row(world, 2, "40", "750,"))
    told = take(world, *other)
    assert limits() == (750, 2000)
    assert (told["imported"], told["updated"], told["unchanged"]) == (0, 0, 2)
    assert told["limits_updated"] == 1
    assert told["changes"] == [
        {
            "where": "3",
            "entry": "Card 4417",
            "field": "Limit of one purchase",
            "from": "£500.00",
            "to": "£750.00",
        }
    ]
    assert take(world, *other)["limits_updated"] == 0


def test_a_register_of_cards_without_limits_takes_none_away(world: World) -> None:
    take(world, row(world, 1, "40", "500,2000"))
    without = (
        "Card number,Employee number,Cardholder,Date issued,Monthly limit\n"
        f"4417,{world.constable.number},{world.constable.name},01/04/2025,\n"
    )
    bring("cards", world.northmoor, without)
    assert limits() == (500, 2000)
    nought = without.replace("2025,", "2025,0")
    told = bring("cards", world.northmoor, nought).report
    assert limits() == (500, None)
    assert [(each["from"], each["to"]) for each in told["changes"]] == [("£2,000.00", "")]


def test_the_latest_purchase_has_the_last_word_and_the_others_are_told_of(world: World) -> None:
    rows = (row(world, 1, "40", "750,", day=9), row(world, 2, "40", "500,", day=2))
    told = take(world, *rows)
    assert limits() == (750, None)
    assert [(each["where"], each["reason"]) for each in told["warnings"]] == [
        (
            "2",
            "Card 4417 has other limits in other rows (£500.00); its latest purchase’s counts.",
        )
    ]


def test_a_register_of_cards_in_the_same_file_stands(world: World) -> None:
    person = [world.constable.number, world.constable.name]
    book = workbook(
        {
            "Holders": [
                ["Card number", "Employee number", "Cardholder", "Single limit", "Monthly limit"],
                ["4417", *person, 300, None],
            ],
            "Purchases": [
                HEADING.strip().split(","),
                ["02/03/2026", "4417", *person, "Brightwater", 40, "TX-1", 500, 2000],
            ],
        }
    )
    for _ in range(2):
        bring("cards", world.northmoor, book, name="cards.xlsx")
        assert limits() == (300, 2000)
    assert bring("cards", world.northmoor, book, name="cards.xlsx").batch is None


def test_a_holder_whom_nobody_knows_is_told_of_once(world: World) -> None:
    unknown = "02/03/2026,9999,{},Nobody Known,Brightwater,40,TX-{},,\n"
    told = take(
        world,
        row(world, 1, "40", ","),
        unknown.format("9999", 2),
        unknown.format("9999", 3),
        "02/03/2026,,,,Brightwater,40,TX-4,,\n",
    )
    assert [tuple(each.values()) for each in told["warnings"]] == [
        (
            "3",
            "Holder",
            "Nobody of Northmoor Police is “Nobody Known, 9999”, so nobody is asked what was "
            "bought with it.",
        ),
        (
            "5",
            "Holder",
            "Nothing says who holds the card, so nobody is asked what was bought with it.",
        ),
    ]
    register = CARDS.format(number=world.constable.number, name=world.constable.name)
    reasons = str(bring("cards", world.northmoor, register).report["warnings"])
    assert "is “R Unknown”" in reasons
