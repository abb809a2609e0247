"""The sentence that explains a match, and the words it is made of."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from integrity.ui.templatetags.ui import day, money
from registers.crosschecks.pairs import Alike
from registers.organisations.suggestions import ASKED

SOMEBODY = "Somebody who is not known here"


def days(many: int) -> str:
    return "1 day" if abs(many) == 1 else f"{abs(many)} days"


def apart(first: date, second: date) -> str:
    """'41 days before', '1 day after' or 'on the day on which': how the first lies to the second."""
    gap = (second - first).days
    if gap == 0:
        return "on the day on which"
    return f"{days(gap)} {'before' if gap > 0 else 'after'}"


def several(many: int, one: str, more: str) -> str:
    return f"1 {one}" if many == 1 else f"{many:,} {more}"


def within(text: str) -> str:
    """Words as they stand within a sentence: 'Lunch' is 'lunch', 'VIP tickets' stay."""
    words = " ".join(text.split())
    return words if not words[1:2].islower() else words[0].lower() + words[1:]


def did(row: Mapping[str, Any]) -> str:
    if row["accepted"]:
        return "accepted"
    return "asked whether to accept" if row["undecided"] else "declined"


def worth(value: Decimal | None) -> str:
    return f" ({money(value)})" if value is not None else ""


def who(row: Mapping[str, Any]) -> str:
    return row["who"] or SOMEBODY


def offered(row: Mapping[str, Any]) -> str:
    """'DC 1 Ann Example accepted lunch (£45.00) from Halcyon Fleet on 3 March 2026'."""
    more = row["items"] - 1
    what = within(row["what"] or "something") + (f" and {more} more" if more else "")
    return (
        f"{who(row)} {did(row)} {what}{worth(row['value'])} from {row['provider']} "
        f"on {day(row['day'])}"
    )


def awarded(title: str, amount: Decimal | None) -> str:
    return f"“{title}”{worth(amount)}"


def interest(row: Mapping[str, Any]) -> str:
    """'DC 1 Ann Example declared an interest in Halcyon Fleet (director)'."""
    whose = "a relative’s interest" if row["of_relative"] else "an interest"
    where = row["provider"] or "their own business"
    return f"{who(row)} declared {whose} in {where} ({within(row['occupation'])})"


def read_as_one(one: str, other: str, pair: Alike | None) -> str:
    """Where two records are only read as one organisation, why."""
    if pair is None:
        return ""
    sure = "" if pair.likeness == 100 else f" ({pair.likeness} of 100)"
    how = "are read as" if pair.likeness >= ASKED else "may be"
    return f" “{one}” and “{other}” {how} one organisation{sure}: {pair.why.rstrip('.')}."
