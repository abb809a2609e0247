"""Money as written: exact to the penny, or its words and no figure."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.importing.money import Money, parse_money

POUNDS = st.decimals(0, Decimal("99999999.99"), places=2)


def figures(money: Money) -> tuple[str | None, ...]:
    return tuple(
        None if figure is None else str(figure)
        for figure in (money.low, money.high, money.estimate)
    )


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("£1,234.50", "1234.50"),
        ("30.00", "30.00"),
        ("30", "30.00"),
        (" £ 10.5 ", "10.50"),
        ("￡30", "30.00"),
        ("GBP 30", "30.00"),
        ("30 pounds", "30.00"),
        ("50p", "0.50"),
        ("£0", "0.00"),
        ("£20-£20", "20.00"),
        (Decimal("116.6666667"), "116.67"),
        (0.1 + 0.2, "0.30"),
        (19.99, "19.99"),
        (Decimal("1E+2"), "100.00"),
        (7, "7.00"),
    ],
)
def test_an_exact_amount(words: str | Decimal | float, amount: str) -> None:
    money = parse_money(words)
    assert money.kind == "exact"
    assert figures(money) == (amount, amount, None)
    assert str(money.amount) == amount
    assert money.problem == ""


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("£15-£20", "15.00", "20.00"),
        ("15 to 20", "15.00", "20.00"),
        ("£15 – £20", "15.00", "20.00"),
        ("between £5 and £10.50", "5.00", "10.50"),
    ],
)
def test_a_range(words: str, low: str, high: str) -> None:
    money = parse_money(words)
    assert (money.kind, *figures(money)) == ("range", low, high, None)
    assert money.amount is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("c. £10", (None, None, "10.00")),
        ("c£10", (None, None, "10.00")),
        ("approx 10", (None, None, "10.00")),
        ("~£10", (None, None, "10.00")),
        ("£10 (est)", (None, None, "10.00")),
        ("under £25", (None, "25.00", None)),
        ("up to £50", (None, "50.00", None)),
        ("£10 or less", (None, "10.00", None)),
        (">£100", ("100.00", None, None)),
        ("£25+", ("25.00", None, None)),
        ("Above limit", (None, None, None)),
        ("below the threshold", (None, None, None)),
    ],
)
def test_a_bound_or_an_estimate(words: str, expected: tuple[str | None, ...]) -> None:
    money = parse_money(words)
    assert money.kind == "bound"
    assert figures(money) == expected


@pytest.mark.parametrize(
    ("words", "currency", "amount"),
    [
        ("$40", "$", "40.00"),
        ("€30", "EUR", "30.00"),
        ("40 USD", "USD", "40.00"),
        ("US$ 1,200.50", "USD", "1200.50"),
        ("CHF 20", "CHF", "20.00"),
        ("30 euros", "EUR", "30.00"),
        ("¥500", "¥", "500.00"),
        ("$40-50", "", None),
        ("₺90", "", None),
    ],
)
def test_another_currency_is_never_pounds(words: str, currency: str, amount: str | None) -> None:
    money = parse_money(words)
    assert (money.kind, money.currency, money.amount) == ("other_currency", currency, None)
    assert figures(money)[0] == amount


@pytest.mark.parametrize(
    "words",
    [
        "",
        "-",
        "unknown",
        "Value Unknown",
        "Unkown value",
        "not known",
        "N/K",
        "TBC",
        "N/A",
        "Return Pending",
        "free",
        "nil",
        "None",
        "nan",
        "?",
    ],
)
def test_words_for_no_figure(words: str) -> None:
    assert parse_money(words) == Money("unknown", words)


@pytest.mark.parametrize(
    "words",
    [
        "2 x £15",
        "£30 each",
        "£30 per head",
        "-5",
        "(£30)",
        "£20-£15",
        "10,50",
        "£1 234",
        "£30*",
        "£30 ($40)",
        "USD",
        "£10-15k",
        "nominal",
        "999999999999",
        "£1.234",
        "x" * 500,
        -3,
        float("nan"),
        float("inf"),
        1e300,
        Decimal("99999999.999"),
        dt.date(2026, 10, 15),
        True,
    ],
)
def test_what_cannot_be_read_for_certain_keeps_its_words(words: str | float) -> None:
    money = parse_money(words)
    assert money.kind == "unknown"
    assert figures(money) == (None, None, None)
    assert money.problem.endswith(".")
    assert money.words


def test_a_blank_cell_is_unknown() -> None:
    assert parse_money(None) == Money("unknown", "")


@given(st.text() | st.integers() | st.floats() | st.decimals() | st.dates() | st.none())
def test_parsing_never_raises_and_never_makes_a_float(cell: object) -> None:
    money = parse_money(cell)
    for figure in (money.low, money.high, money.estimate):
        assert figure is None or (isinstance(figure, Decimal) and figure >= 0)
        assert figure is None or figure.as_tuple().exponent == -2
    if isinstance(cell, str):
        assert money.words == cell.strip()


@given(st.text("£$€0123456789.,-+~ c<>to()kx", max_size=12))
def test_no_spelling_near_an_amount_raises(words: str) -> None:
    assert parse_money(words).kind


@given(POUNDS)
def test_every_amount_comes_back_to_the_penny(amount: Decimal) -> None:
    for words in (f"£{amount:,.2f}", f"{amount:.2f}", f"GBP {amount}", amount):
        assert parse_money(words).amount == amount
    if amount < 10_000_000:
        assert parse_money(float(amount)).amount == amount


@given(POUNDS, POUNDS)
def test_every_range_comes_back(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    money = parse_money(f"£{low:,.2f} - £{high:,.2f}")
    assert (money.low, money.high) == (low, high)
