"""Free-text hours of legacy registers: hours a week where they can be only one thing.

Pure. A range is read by its higher end and a limit as what it allows, since working time is a
prompt that should come too early rather than too late (RULES, Business interests 4).
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from integrity.casework.importing.mapping import plain
from integrity.casework.importing.rows import as_text
from integrity.casework.importing.sheets import Cell

HUNDREDTH: Final = Decimal("0.01")
A_WEEK: Final = Decimal(168)
LONGEST_READ: Final = 120
# How many of each period a week has; a month is a twelfth of 52 weeks.
PERIODS: Final = {
    "week": Decimal(1),
    "fortnight": Decimal(1) / 2,
    "month": Decimal(12) / 52,
    "year": Decimal(1) / 52,
}


@dataclass(frozen=True, slots=True)
class Hours:
    """What a cell says of hours: its own words, and how many a week, or None where that is open."""

    words: str
    a_week: Decimal | None = None


_HALVES: Final = {"½": ".5", "¼": ".25", "¾": ".75"}
_NUMERALS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_SPELT = re.compile(rf"\b(?:{'|'.join(_NUMERALS)})\b")
_NUMBER = r"([0-9]{1,4}(?:\.[0-9]{1,2})?)"
_ABOUT = (
    r"approx(?:imately|\.)?|about|around|circa|ca?\.|~|est(?:imated|\.)?|(?:an )?average(?: of)?"
)
_AT_MOST = (
    r"up to|max(?:imum|\.)?(?: of)?|a maximum of|no more than|not more than|less than|under"
    r"|not exceeding|at most|<=?|≤"
)
_UNIT = r"(?:hours?|hrs?\.?|h)"
_PERIODS: Final = {
    "week": r"(?:per|an?|each|every|/|p/?) ?(?:week|wk|w)|weekly",
    "fortnight": r"(?:per|an?|each|every|/) ?fortnight|fortnightly|every (?:2|other) weeks?",
    "month": r"(?:per|an?|each|every|/|p/) ?(?:calendar )?(?:month|mth|m)|monthly|pcm",
    "year": r"(?:per|an?|each|every|/|p/) ?(?:annum|year|yr|a)|annually|yearly|pa",
}
_PERIOD = "|".join(f"(?P<{name}>{words})" for name, words in _PERIODS.items())
_AFTER = rf"\(?(?:{_ABOUT}|max(?:imum|\.)?|at most|or (?:less|fewer|under)|on average)\)?"
_QUANTITY = re.compile(
    rf"(?:(?:{_ABOUT}|{_AT_MOST}):? ?){{0,2}}(?:between |from )?"
    rf"(?P<low>{_NUMBER}) ?{_UNIT}?(?: ?(?:-|to|and|or) ?(?P<high>{_NUMBER}))?"
    rf"(?: ?{_UNIT})?(?: ?{_AFTER})?(?: ?(?:{_PERIOD}))?(?: ?{_AFTER})?"
)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:s|day|days|sday|sdays|rs|rsday|rsdays|nesday|nesdays|urday|urdays)?"
_CLOCK = r"(?:[01][0-9]|2[0-3])[:.]?[0-5][0-9]|(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])? ?[ap]m"
_SHIFT = re.compile(
    rf"(?:every )?(?P<days>{_DAY}(?:(?: ?[,&+-] ?| and | to ){_DAY})*),?:? ?(?:from )?"
    rf"(?P<start>{_CLOCK})(?: ?hrs)? ?(?:-|to) ?(?P<end>{_CLOCK})(?: ?hrs)?"
)
_EVERY_DAY = re.compile(
    rf"(?P<hours>{_NUMBER}) ?{_UNIT} (?:(?:on )?(?:each|every)|on an?) (?P<day>{_DAY})"
)


def parse_hours(cell: Cell, *, per: str = "week") -> Hours:
    """The hours of a cell; never raises. `per` is what the heading says a bare number is of."""
    words = as_text(cell)
    if isinstance(cell, Decimal):
        return Hours(words, _weekly(cell, per))
    if isinstance(cell, dt.date) or len(words) > LONGEST_READ:
        return Hours(words)
    text = _plain(words)
    readings = (_of_quantity(text, per), _of_shift(text), _of_day(text), _nil(text))
    return Hours(words, next((hours for hours in readings if hours is not None), None))


def period_of(heading: str) -> str:
    """What the hours below a heading are of: 'week' unless it says otherwise; '' of a day."""
    said = plain(heading).split()
    if "daily" in said or "per day" in " ".join(said):
        return ""
    forms = {"month": "monthly", "fortnight": "fortnightly", "year": "annual"}
    named = [name for name, form in forms.items() if {name, form} & set(said)]
    return named[0] if named else "year" if "annum" in said else "week"


def _plain(words: str) -> str:
    for mark, decimal in _HALVES.items():
        words = re.sub(rf"(?<![0-9]){mark}", f"0{decimal}", words)
        words = words.replace(mark, decimal)
    text = unicodedata.normalize("NFKC", words).lower()
    text = re.sub("[‐‑‒–—−]", "-", text)
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3}\b)", "", text)
    text = _SPELT.sub(lambda found: str(_NUMERALS.index(found[0]) + 1), text)
    return re.sub(r"\s+", " ", text).strip(" .!'")


def _weekly(number: Decimal, per: str) -> Decimal | None:
    """So many hours of a period as hours a week, where a week can hold them."""
    if not per or not number.is_finite() or not 0 <= number <= A_WEEK / PERIODS[per]:
        return None
    hours = (abs(number) * PERIODS[per]).quantize(HUNDREDTH, ROUND_HALF_UP)
    return hours if hours <= A_WEEK else None


def _of_quantity(text: str, per: str) -> Decimal | None:
    """'8 hrs per week', 'approx 4-6 hours', '10hrs/month', 'max 12'."""
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    low, high = Decimal(found["low"]), Decimal(found["high"] or found["low"])
    named = [name for name in PERIODS if found[name]]
    return _weekly(high, named[0] if named else per) if low <= high else None


def _of_shift(text: str) -> Decimal | None:
    """'Sat & Sun 0900-1300': so many days with the same hours."""
    found = _SHIFT.fullmatch(text)
    if found is None:
        return None
    days, start, end = _days(found["days"]), _minutes(found["start"]), _minutes(found["end"])
    if not days or end <= start:
        return None
    return _weekly(Decimal(days * (end - start)) / 60, "week")


def _days(words: str) -> int:
    """How many days of the week are named; 0 where one is named twice or a span runs backwards."""
    parts = re.findall(rf"({'|'.join(_DAYS)})[a-z]*( ?- ?| to )?", words)
    named: list[int] = []
    spans = False
    for day, joined in parts:
        at = _DAYS.index(day)
        if spans and at <= named[-1]:
            return 0
        named += range(named[-1] + 1, at + 1) if spans else [at]
        spans = bool(joined)
    return len(named) if len(set(named)) == len(named) else 0


def _minutes(clock: str) -> int:
    """Minutes after midnight."""
    digits = re.sub("[^0-9]", "", clock)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if clock.endswith("m"):
        hours = hours % 12 + (12 if clock.endswith("pm") else 0)
    return hours * 60 + minutes


def _of_day(text: str) -> Decimal | None:
    """'4 hours every Saturday'."""
    found = _EVERY_DAY.fullmatch(text)
    return _weekly(Decimal(found["hours"]), "week") if found else None


def _nil(text: str) -> Decimal | None:
    return Decimal("0.00") if text in {"nil", "nil hours", "no hours"} else None
