"""Purchasing cards: who holds them and what was bought, and no card number ever whole."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.sheets import Sheet, SheetRow
from registers.procurement.facts import FoundCards
from registers.procurement.reading.card_numbers import last_four, masked
from registers.procurement.reading.cards import read_cards
from tests.registers.procurement.reading.files import workbook

# Made up, as long as a card's and as a card's begins.
WHOLE = "4929000000001236"
HOLDERS: list[list[Any]] = [
    ["Cardholders of Northmoor Police"],
    ["Cardholder name", "Collar No", "Card Number", "Single transaction limit", "Monthly limit",
     "Date issued", "Date closed", "Department"],
    ["Ann Example", "4417", WHOLE, "£500", 2000, "01/04/2024", None, "Fleet"],
    ["Bob Example", "5512", "**** **** **** 0042", "lots", 1500.5, "1/4/2025", "1/5/2026", "Stores"],
    ["Cat Example", "", 4929000000001236, 500, "", "soon", None, ""],
    ["", "", "1111222233334444", 500, 1000, "1/4/2025", None, ""],
]  # fmt: skip
PURCHASES: list[list[Any]] = [
    ["Transaction date", "Card", "Cardholder", "Merchant name", "Merchant category", "Amount (£)",
     "Description", "Justification", "Reference"],
    [dt.date(2026, 5, 2), "4929 0000 0000 1236", "Ann Example", "SUMUP *CORNER CAFE",
     "Restaurants", 48.5, "Lunch", "Visitors from Eastvale", "T1"],
    [46145, "1236", "Ann Example", "ACME LTD T/A ACE", "Parts", "(12.00)", "Refund", "", "T2"],
    [46146, 42, "Bob Example", "REDACTED", "Medical", "£1,000.00", "", "", "T3"],
    [46146, "0042", "Bob Example", "ACME LTD", "Parts", "x", "", "", "T4"],
    ["Total", None, None, None, None, 1036.5, None, None, None],
]  # fmt: skip
BOOK = workbook({"Holders": HOLDERS, "Transactions": PURCHASES})


def read(text: str, mapping: Mapping | None = None) -> FoundCards:
    return read_cards(text.encode(), "cards.csv", mapping)


def test_both_tables_in_one_file() -> None:
    found = read_cards(BOOK, "cards.xlsx")
    assert [
        (card.number, card.holder_number, card.holder_name, card.single_limit, card.monthly_limit)
        for card in found.cards
    ] == [
        ("1236", "4417", "Ann Example", Decimal("500.00"), Decimal("2000.00")),
        ("0042", "5512", "Bob Example", None, Decimal("1500.50")),
        ("", "", "Cat Example", Decimal("500.00"), None),
    ]
    first, second, _ = found.cards
    assert (first.opened_on, first.closed_on, first.unit) == (dt.date(2024, 4, 1), None, "Fleet")
    assert second.closed_on == dt.date(2026, 5, 1)
    assert [card.identifier for card in found.cards[:2]] == ["1236/4417", "0042/5512"]
    assert [
        (bought.where, bought.card, bought.amount, bought.bought_on, bought.identifier)
        for bought in found.purchases
    ] == [
        ("Transactions, row 2", "1236", Decimal("48.50"), dt.date(2026, 5, 2), "T1"),
        ("Transactions, row 3", "1236", Decimal("-12.00"), dt.date(2026, 5, 3), "T2"),
        ("Transactions, row 4", "0042", Decimal("1000.00"), dt.date(2026, 5, 4), "T3"),
    ]
    cafe, acme, withheld = found.purchases
    assert cafe.merchant is not None
    assert (cafe.merchant.name, cafe.as_written) == ("CORNER CAFE", "SUMUP *CORNER CAFE")
    assert (cafe.category, cafe.justification) == ("Restaurants", "Visitors from Eastvale")
    assert acme.merchant is not None
    assert acme.merchant.other_names == (("ACE", "trading"),)
    assert (withheld.merchant, withheld.redacted) == (None, True)
    assert [(one.where, one.column) for one in found.refused] == [
        ("Holders, row 6", "Cardholder name"),
        ("Transactions, row 5", "Amount (£)"),
    ]
    assert {(one.where, one.column) for one in found.warnings} == {
        ("Holders, row 4", "Single transaction limit"),
        ("Holders, row 5", "Date issued"),
        ("Holders, row 5", "Card Number"),
        ("Transactions, row 6", "Transaction date"),
    }
    assert found.figures == {"cards": 3, "purchases": 3, "total": Decimal("1036.50")}
    assert found.read == 8


def test_no_card_number_is_anywhere_whole() -> None:
    said = repr(read_cards(BOOK, "cards.xlsx")).replace(" ", "")
    for figures in (WHOLE, WHOLE[:15], WHOLE[:12], "492900000000123", "111122223333"):
        assert figures not in said
    text = f"Date,Merchant,Amount,Description,Card\n2/5/2026,Acme,x,paid with {WHOLE},{WHOLE}\n"
    assert WHOLE not in repr(read(text))
    assert "…1236" in repr(read(text.replace(",x,", ",5,")))


def test_a_purchase_says_the_limits_of_its_card_and_stays_itself_when_they_change() -> None:
    text = "Date,Supplier,Value,Card,Limit,Monthly limit\n1/4/2026,Acme,5,1234,£500,2000\n"
    (one,) = read(text).purchases
    assert (one.single_limit, one.monthly_limit) == (Decimal("500.00"), Decimal("2000.00"))
    (raised,) = read(text.replace("£500", "£750")).purchases
    assert raised.identifier == one.identifier
    (without,) = read("Date,Supplier,Value,Card\n1/4/2026,Acme,5,1234\n").purchases
    assert without.identifier == one.identifier
    bad = read(text.replace("£500", "lots"))
    assert [(each.where, each.column) for each in bad.warnings] == [("2", "Limit")]
    assert bad.purchases[0].single_limit is None


def test_a_plain_limit_is_of_one_purchase_unless_another_column_is() -> None:
    (one,) = read("Cardholder,Card,Limit\nAnn Example,1234,500\n").cards
    assert (one.single_limit, one.monthly_limit) == (Decimal(500), None)
    (two,) = read("Cardholder,Card,Single limit,Limit\nAnn Example,1234,500,2000\n").cards
    assert (two.single_limit, two.monthly_limit) == (Decimal(500), Decimal(2000))


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    (one,) = read("Date,Supplier,Value\nyesterday,,x\n").refused
    assert (one.where, one.column) == ("2", "Date, Value, Supplier")
    for words in ("yesterday", "x", "where it was bought"):
        assert words in one.reason


def test_columns_that_nothing_is_read_from() -> None:
    found = read("Date,Supplier,Value,Fund code,Notes\n1/4/2026,Acme,5,F1,Ours\n")
    assert found.not_read == ("Fund code", "Notes")


@pytest.mark.parametrize("kind", ["Cardholder,Card no,Monthly limit", "Name,Card,Date issued"])
def test_a_register_by_its_headings(kind: str) -> None:
    found = read(f"{kind}\nAnn Example,1234,1/4/2026\n")
    assert (len(found.cards), len(found.purchases)) == (1, 0)


def test_purchases_by_their_headings() -> None:
    found = read("Date,Supplier,Value,Officer\n1/4/2026,Acme,5,Ann Example\n")
    assert (len(found.cards), len(found.purchases)) == (0, 1)
    assert found.purchases[0].holder_name == "Ann Example"


def test_a_mapping_may_speak_of_both_tables() -> None:
    mapping = Mapping(columns={"merchant": "Merchant name", "single_limit": "Monthly limit"})
    found = read_cards(BOOK, "cards.xlsx", mapping)
    assert found.cards[0].single_limit == Decimal("2000.00")
    assert len(found.purchases) == 3
    with pytest.raises(MappingError, match="Shop"):
        read("Date,Supplier,Value\n1/4/2026,Acme,5\n", Mapping(columns={"merchant": "Shop"}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Date,Merchant,Card\n1/4/2026,Acme,1234\n", "No column holds the amount"),
        ("Cardholder,Department\nAnn Example,Fleet\n", "no register of cards"),
        ("Card number,Monthly limit\n1234,500\n", "No column holds the cardholder"),
        ("Fruit,Colour\nApple,Red\n", "no row of headings"),
    ],
)
def test_a_file_of_neither_kind(text: str, reason: str) -> None:
    with pytest.raises(MappingError, match=reason):
        read(text)


def test_purchases_that_say_the_same_are_several() -> None:
    text = "Date,Supplier,Value,Card\n1/4/2026,Acme,5,1234\n1/4/2026,Acme,5,1234\n"
    found = read(text)
    assert len({one.identifier for one in found.purchases}) == 2
    assert read(text) == found


def test_other_long_numbers_stay_and_a_cut_one_names_nothing() -> None:
    text = (
        "Date,Supplier,Value,Reference\n1/4/2026,Acme,5,1929000000001234\n"
        f"1/4/2026,Acme,5,{WHOLE}\n1/4/2026,Acme,5,12345678901234567890123\n"
    )
    first, second, third = read(text).purchases
    assert first.identifier == "1929000000001234"
    assert (second.reference, len(second.identifier)) == ("…1236", 64)
    assert third.identifier == "12345678901234567890123"


def with_check(figures: str) -> str:
    """The figures with Luhn's check figure: another way round than the code's."""
    total = 0
    for place, figure in enumerate(reversed(figures)):
        double = int(figure) * (2 if place % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return figures + str(-total % 10)


@given(st.text("0123456789", min_size=12, max_size=18).map(with_check), st.sampled_from("- ,"))
def test_any_card_number_in_any_words_is_cut(number: str, mark: str) -> None:
    apart = mark.join(number[place : place + 4] for place in range(0, len(number), 4))
    written = number if mark == "," else apart
    (sheet,) = masked([Sheet("", (SheetRow(1, (f"card {written} used",)),))])
    assert sheet.rows[0].cells == (f"card …{number[-4:]} used",)
    assert last_four(written) == number[-4:]


@pytest.mark.parametrize(
    ("cell", "figures"),
    [("1234", "1234"), ("XXXX-0042", "0042"), (Decimal(42), "0042"), ("12", ""), (None, ""),
     (Decimal("1.5"), ""), (Decimal(-42), ""), (dt.date(2026, 5, 13), "")],
)  # fmt: skip
def test_the_last_four_figures(cell: object, figures: str) -> None:
    assert last_four(cell) == figures
