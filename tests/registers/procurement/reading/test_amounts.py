"""Amounts of payments: exact to the penny, credits in their spellings, and nothing guessed."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.importing.sheets import Cell
from registers.procurement.facts import CARD_LIMIT
from registers.procurement.reading.amounts import UnreadableAmount, parse_amount

PENNIES = st.integers(-(10**13), 10**13).map(lambda pennies: Decimal(pennies).scaleb(-2))


@given(PENNIES)
def test_every_spelling_of_an_amount_is_that_amount(amount: Decimal) -> None:
    size = abs(amount)
    spellings: list[Cell] = [amount, str(amount), f"{amount:,}", f"'{amount}"]
    if amount < 0:
        spellings += [f"({size:,})", f"(£{size})", f"£-{size}", f"−£{size:,}", f"{size}-"]
        spellings += [f"£{size:,} CR"]
    else:
        spellings += [f"£{size:,}", f"£ {size}", f"{size:,} GBP", f"{size} DR"]
    assert {parse_amount(spelling) for spelling in spellings} == {amount}


@given(st.decimals(-(10**9), 10**9, places=6))
def test_what_is_finer_than_a_penny_is_rounded_half_up(amount: Decimal) -> None:
    assert parse_amount(amount) == amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert str(parse_amount(amount)) != "-0.00"


@given(st.text(max_size=70))
def test_any_words_are_an_amount_or_a_sentence(words: str) -> None:
    try:
        assert parse_amount(words).is_finite()
    except UnreadableAmount as error:
        assert str(error).endswith(".")  # noqa: PT017


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (None, "no amount"),
        ("  ", "no amount"),
        ("£", "for certain"),
        ("12,34", "for certain"),
        ("5 each", "for certain"),
        ("-(5)", "for certain"),
        ("(5", "for certain"),
        ("1e5", "for certain"),
        ("#REF!", "for certain"),
        ("$5", "another currency"),
        ("€1,000.00", "another currency"),
        (dt.date(2026, 5, 13), "a date"),
        (Decimal("NaN"), "too large"),
        (Decimal("1E+30"), "too large"),
        ("9" * 40, "too large"),
    ],
)
def test_what_is_no_amount(cell: Cell, reason: str) -> None:
    with pytest.raises(UnreadableAmount, match=reason):
        parse_amount(cell)


def test_a_card_pays_less_than_a_ledger() -> None:
    assert parse_amount(CARD_LIMIT) == CARD_LIMIT
    with pytest.raises(UnreadableAmount):
        parse_amount(CARD_LIMIT, CARD_LIMIT)
