"""Dates, decisions and yes-or-no as people write them in registers."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from integrity.casework.importing.sheets import Cell

type Outcome = Literal["accepted", "declined"]


class UnreadableDate(Exception):
    """The cell holds no date; the message is a sentence that says what is wrong with it."""


# A register is kept by people alive now; outside these years a date is a typing error.
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2099
EXCEL_EPOCH: Final = dt.date(1899, 12, 30)
SERIALS: Final = range(20_000, 60_001)

_TIME = r"(?:[t ,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]m)?z?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}")
_NUMERIC = re.compile(
    rf"([0-9]{{1,2}}) ?[-/. ] ?([0-9]{{1,2}}) ?[-/. ] ?([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,.]+")
_DAY_MONTH = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[-/. ]*([a-z]{{3,9}})[-/., ]*"
    rf"([0-9]{{4}}|'?[0-9]{{2}}){_TIME}"
)
_MONTH_DAY = re.compile(
    rf"([a-z]{{3,9}})[-. ]*([0-9]{{1,2}})(?:st|nd|rd|th)?(?:, ?| )([0-9]{{4}}){_TIME}"
)
_MONTH_YEAR = re.compile(r"([a-z]{3,9})[-/., ]*'?(?:[0-9]{4}|[0-9]{2})")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def parse_date(cell: Cell | int | float, *, day_first: bool = True) -> dt.date:
    """The date in a cell, day first unless it starts with a year of four figures.

    A numeric cell is read as Excel's day count from 1900. Two-figure years are in the 2000s;
    '70' to '99' are refused, since a register of 2098 is not meant. Raises UnreadableDate.
    """
    match cell:
        case None | "":
            raise UnreadableDate("There is no date.")
        case dt.datetime():
            return _plausible(cell.date())
        case dt.date():
            return _plausible(cell)
        case int() | float() | Decimal():
            return _from_serial(cell)
        case _:
            return _from_words(str(cell), day_first)


def _from_serial(number: int | float | Decimal) -> dt.date:
    if Decimal(number).is_finite() and int(number) in SERIALS:
        return EXCEL_EPOCH + dt.timedelta(days=int(number))
    raise UnreadableDate(f"The number {number} is not a date.")


def _from_words(words: str, day_first: bool) -> dt.date:
    text = re.sub(r"\s+", " ", words.strip().lower())
    if len(text) > 60:
        raise UnreadableDate("The cell holds a long text, not a date.")
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(words, found[1], found[2], found[3])
    if found := _NUMERIC.fullmatch(text):
        day, month = (found[1], found[2]) if day_first else (found[2], found[1])
        return _date(words, found[3], month, day)
    if (found := _DAY_MONTH.fullmatch(text)) and (month := _month(found[2])):
        return _date(words, found[3].removeprefix("'"), month, found[1])
    if (found := _MONTH_DAY.fullmatch(text)) and (month := _month(found[1])):
        return _date(words, found[3], month, found[2])
    if (found := _MONTH_YEAR.fullmatch(text)) and _month(found[1]):
        raise UnreadableDate(f"'{words.strip()}' is a month; the day is missing.")
    raise UnreadableDate(f"'{words.strip()}' is not a date.")


def _month(name: str) -> str:
    """The number of a month from its name or the start of it ('sept'), or ''."""
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(name):
            return str(number)
    return ""


def _date(words: str, year: str, month: str, day: str) -> dt.date:
    if len(year) == 2 and int(year) >= FIRST_YEAR % 100:
        raise UnreadableDate(f"'{words.strip()}' has a year of two figures; write all four.")
    century = 2000 if len(year) == 2 else 0
    try:
        return _plausible(dt.date(century + int(year), int(month), int(day)))
    except ValueError as error:
        raise UnreadableDate(f"'{words.strip()}' is not a day of the calendar.") from error


def _plausible(day: dt.date) -> dt.date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise UnreadableDate(f"The year {day.year} cannot be meant.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of an offer, and where the thing went when the words say so.

    `disposal` is '' or returned, donated, raffled, shared, surrendered, destroyed, kept. What is
    returned counts as declined; what is donated or raffled was accepted on the force's behalf.
    """

    outcome: Outcome
    disposal: str = ""


_UNDECIDED = re.compile(r"\b(?:pending|tbc|awaiting|yet|to be|unknown|await|if|may|might)\b|\?")
_NOT_ACCEPTED = re.compile(
    r"\b(?:not|never|non|un|unable to|cannot|could not be|did not|decided not to)[ -]?"
    r"(?:be )?(?:accept(?:ed)?|kept|retained|taken|received)\b"
)
_DECLINED = re.compile(
    r"\b(?:declin(?:e|ed|ing)|refus(?:e|ed)|reject(?:ed)?|turned down|sent back|return(?:ed)?)\b"
)
_ACCEPTED = re.compile(
    r"\b(?:accept(?:ed|ance)?|kept|keep|received|retain(?:ed)?|taken|attended|donat(?:e|ed)"
    r"|raffled?|auctioned|shared|surrendered|handed (?:in|to|over)|destroyed|given to)\b"
)
_NEGATION = re.compile(r"\b(?:not|never|no|n't|unable|un|non)\b")
_DISPOSALS: Final = {
    "returned": re.compile(r"\breturn(?:ed)?\b|\bsent back\b"),
    "donated": re.compile(r"\bdonat(?:e|ed)\b|\bgiven to (?:a |the )?(?:charity|hospice)\b"),
    "raffled": re.compile(r"\braffled?\b|\bauctioned\b"),
    "shared": re.compile(r"\bshared\b"),
    "surrendered": re.compile(r"\bsurrendered\b|\bhanded (?:in|to|over)\b"),
    "destroyed": re.compile(r"\bdestroyed\b"),
    "kept": re.compile(r"\bkept\b|\bkeep\b|\bretain(?:ed)?\b"),
}


def parse_decision(cell: Cell, *, asks: Outcome | None = None) -> Decision | None:
    """Accepted or declined, in its many spellings; None where the words do not decide.

    `asks` is what the column's heading asks ('Accepted?'), the only case in which yes and no
    say anything.
    """
    text = re.sub(r"\s+", " ", str(cell or "").lower()).strip(" .!")
    if text in {"a", "d"}:
        return Decision("accepted" if text == "a" else "declined")
    if asks and (answer := parse_bool(text)) is not None:
        other: Outcome = "declined" if asks == "accepted" else "accepted"
        return Decision(asks if answer else other)
    if not text or _UNDECIDED.search(text):
        return None
    rest, refusals = _NOT_ACCEPTED.subn(" ", text)
    if _NEGATION.search(rest):
        return None
    declined = bool(refusals or _DECLINED.search(rest))
    accepted = bool(_ACCEPTED.search(rest))
    if declined == accepted:
        return None
    return Decision("declined" if declined else "accepted", _disposal(rest))


def _disposal(text: str) -> str:
    found = [name for name, pattern in _DISPOSALS.items() if pattern.search(text)]
    return found[0] if len(found) == 1 else ""


_YES: Final = {"yes", "y", "true", "1", "✓", "✔"}
_NO: Final = {"no", "n", "false", "0", "✗"}


def parse_bool(cell: Cell) -> bool | None:
    """Yes or no, or None where the cell says neither."""
    text = str(cell if cell is not None else "").strip().lower()
    return True if text in _YES else False if text in _NO else None


_THINGS = (
    r"gifts?|hospitality|offers?|entries|(?:business |other |outside )?interests?"
    r"|(?:second(?:ary)?|other|outside) (?:jobs?|employments?|occupations?)|applications?"
    r"|(?:media |press )?contacts?(?: with (?:the )?(?:media|press|journalists))?"
)
_NIL = re.compile(
    r"(?:nil|none|nothing)(?:[ -](?:returns?|declared|received|offered|recorded|"
    r"to (?:declare|report)))?(?: (?:this|for the|in the|in this) (?:period|month|quarter|year))?"
    rf"|no (?:{_THINGS})(?:(?:,| or| and| ?/| ?&) ?(?:{_THINGS}))?"
    r"(?: (?:was|were|have been|has been))?"
    r"(?: (?:received|declared|offered|accepted|recorded|reported|to (?:declare|report)))?"
    r"(?: (?:this|for the|in the|in this) (?:period|month|quarter|year))?"
)
_PLACEHOLDERS: Final = {"", "-", "--", ".", "n/a", "na", "nan", "null", "#n/a"}


def is_nil(cell: Cell) -> bool:
    """Whether a cell says, and only says, that there is nothing to declare."""
    text = re.sub(r"\s+", " ", str(cell or "").lower()).strip(" .!*()")
    return bool(_NIL.fullmatch(text.replace("–", "-")))


def is_placeholder(cell: Cell) -> bool:
    """Whether a cell is empty, or holds a mark that stands for nothing ('-', 'n/a', 'nan')."""
    return str(cell if cell is not None else "").strip().lower() in _PLACEHOLDERS
