"""Dates, decisions, and yes or no, as registers spell them."""

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.importing.values import (
    Decision,
    UnreadableDate,
    is_nil,
    is_placeholder,
    parse_bool,
    parse_date,
    parse_decision,
)

DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("03/12/13", "2013-12-03"),
        ("2.8.16", "2016-08-02"),
        ("2026-05-13", "2026-05-13"),
        ("2026/05/13", "2026-05-13"),
        ("2026-05-13 00:00:00", "2026-05-13"),
        ("2026-05-13T14:30:00Z", "2026-05-13"),
        ("13/05/2026 14:30", "2026-05-13"),
        ("13 May 2026", "2026-05-13"),
        ("13th May 2026", "2026-05-13"),
        ("Wed 13th of May, 2026", "2026-05-13"),
        ("May 13, 2026", "2026-05-13"),
        ("13-May-26", "2026-05-13"),
        ("1 Sept 2026", "2026-09-01"),
        (Decimal(45000), "2023-03-15"),
        (45000.75, "2023-03-15"),
        (dt.datetime(2026, 5, 13, 23, 59), "2026-05-13"),  # noqa: DTZ001
        (dt.date(2026, 5, 13), "2026-05-13"),
    ],
)
def test_a_date_is_read_day_first(cell: str | Decimal | dt.date | float, iso: str) -> None:
    assert parse_date(cell).isoformat() == iso


def test_months_come_first_when_told() -> None:
    assert parse_date("03/12/13", day_first=False) == dt.date(2013, 3, 12)
    assert parse_date("2026-05-13", day_first=False) == dt.date(2026, 5, 13)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        None,
        "May 2026",
        "2026",
        "13/05",
        "31/02/2026",
        "05/13/2026",
        "13/5/98",
        "soon",
        "45000",
        "13-14 May 2026",
        "1 Juvember 2026",
        "01/01/1066",
        Decimal(12),
        Decimal(70000),
        "x" * 90,
        float("nan"),
        Decimal("Infinity"),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(cell: str | Decimal | float | None) -> None:
    with pytest.raises(UnreadableDate, match=r"\.$"):
        parse_date(cell)


def test_a_month_alone_says_what_is_missing() -> None:
    with pytest.raises(UnreadableDate, match="the day is missing"):
        parse_date("May 2026")


@given(st.text() | st.text("0123456789/.- mayjunJN:,th", max_size=20) | st.floats())
def test_reading_a_date_gives_a_date_or_the_sentence(cell: str | float) -> None:
    with contextlib.suppress(UnreadableDate):
        assert isinstance(parse_date(cell), dt.date)


@given(DAYS)
def test_every_day_comes_back(day: dt.date) -> None:
    for words in (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%a %d %b %Y}",
    ):
        assert parse_date(words) == day
    assert parse_date(f"{day:%m/%d/%Y}", day_first=False) == day
    serial = (day - dt.date(1899, 12, 30)).days
    if serial <= 60_000:
        assert parse_date(serial) == parse_date(Decimal(serial)) == day


@pytest.mark.parametrize(
    ("words", "outcome", "disposal"),
    [
        ("Accepted", "accepted", ""),
        ("accept", "accepted", ""),
        ("A", "accepted", ""),
        ("Kept", "accepted", "kept"),
        ("Received", "accepted", ""),
        ("Retained by officer", "accepted", "kept"),
        ("Accepted - donated to charity", "accepted", "donated"),
        ("Raffled", "accepted", "raffled"),
        ("Handed in to the property store", "accepted", "surrendered"),
        ("Declined", "declined", ""),
        ("D", "declined", ""),
        ("politely refused.", "declined", ""),
        ("Rejected", "declined", ""),
        ("turned down", "declined", ""),
        ("Not accepted", "declined", ""),
        ("unable to accept", "declined", ""),
        ("Declined and returned", "declined", "returned"),
        ("Returned to sender", "declined", "returned"),
    ],
)
def test_a_decision_in_its_spellings(words: str, outcome: str, disposal: str) -> None:
    decision = parse_decision(words)
    assert decision is not None
    assert (decision.outcome, decision.disposal) == (outcome, disposal)


@pytest.mark.parametrize(
    "words",
    [
        "",
        None,
        "pending",
        "to be accepted",
        "accepted?",
        "not declined",
        "Yes",
        "no",
        "maybe",
        "chocolates accepted, wine declined",
        "not yet accepted",
        "N/A",
        "R",
        Decimal(1),
    ],
)
def test_what_does_not_decide_is_not_guessed(words: str | Decimal | None) -> None:
    assert parse_decision(words) is None


def test_yes_means_what_the_heading_asks() -> None:
    assert parse_decision("Yes", asks="accepted") == Decision("accepted")
    assert parse_decision("n", asks="accepted") == Decision("declined")
    assert parse_decision("Y", asks="declined") == Decision("declined")


@given(st.text())
def test_no_words_break_the_readers(words: str) -> None:
    parse_decision(words)
    parse_bool(words)
    is_nil(words)
    is_placeholder(words)


def test_yes_and_no() -> None:
    answers = [parse_bool(cell) for cell in (" Yes", "N", "TRUE", Decimal(0), "x", "", None)]
    assert answers == [True, False, True, False, None, None, None]


@pytest.mark.parametrize(
    "words",
    [
        "Nil",
        "Nil Return ",
        "NIL RETURNS",
        "none",
        "nothing to declare",
        "No hospitality received",
        "No gifts or hospitality",
        "nil return.",
    ],
)
def test_nil_in_its_spellings(words: str) -> None:
    assert is_nil(words)


@pytest.mark.parametrize(
    "words", ["", "Nilesh", "* Nil return means that nothing was offered", "no thanks", None]
)
def test_what_is_not_nil(words: str | None) -> None:
    assert not is_nil(words)
