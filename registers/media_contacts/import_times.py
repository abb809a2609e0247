"""Times of day and the moments at which embargoes lift, as people write them in logs."""

import datetime as dt
import re
from decimal import Decimal
from typing import Final

from integrity.casework.importing.sheets import Cell
from integrity.casework.importing.values import UnreadableDate, parse_date


class UnreadableTime(Exception):
    """The cell holds no time of day; the message is a sentence that says what is wrong with it."""


_ABOUT: Final = re.compile(
    r"^(?:ca?|circa|approx(?:imately)?|about|around|at|from|~)\.? ?(?=[0-9])"
)
_AFTER: Final = re.compile(r" ?(?:approx(?:imately)?\.?|gmt|bst)$")
_RANGE: Final = re.compile(r" ?(?:-|–|to|until|till) ?(?=[0-9]).*$")
_CLOCK: Final = re.compile(r"([0-9]{1,2}) ?[:.;] ?([0-9]{2})(?::[0-9]{2})? ?(am|pm|hrs?|hours?)?")
_DIGITS: Final = re.compile(r"([0-9]{1,2})([0-9]{2}) ?(am|pm|hrs?|hours?|h)?")
_HOUR: Final = re.compile(r"([0-9]{1,2}) ?(am|pm)")
_NAMED: Final = {"noon": 12, "midday": 12, "12 noon": 12, "12noon": 12, "midnight": 0}
HHMM: Final = range(100, 2400)


def parse_time(cell: Cell) -> dt.time | None:
    """The time of day in a cell, None where it is blank.

    '0900', '9.30am', '14:00', '1400hrs'; of '0900-0930' the first. Raises UnreadableTime.
    """
    match cell:
        case None:
            return None
        case dt.datetime():
            return cell.time().replace(second=0, microsecond=0)
        case dt.date():
            raise UnreadableTime(f"{cell.isoformat()} is a day, not a time.")
        case Decimal():
            return _from_number(cell)
        case _:
            return _from_words(cell) if cell.strip() else None


def _from_number(number: Decimal) -> dt.time:
    """A spreadsheet's part of a day, or '0900' that lost its nought."""
    if not number.is_finite():
        raise UnreadableTime(f"{number} is not a time of day.")
    if 0 < number < 1:
        minutes = round(number * 24 * 60) % (24 * 60)
        return dt.time(minutes // 60, minutes % 60)
    if number == int(number) and int(number) in HHMM:
        return _time(f"{number:f}", int(number) // 100, int(number) % 100, "")
    raise UnreadableTime(f"The number {number:f} is not a time of day.")


def _from_words(words: str) -> dt.time:
    text = re.sub(r"\s+", " ", words.strip().lower().replace("a.m.", "am").replace("p.m.", "pm"))
    text = _AFTER.sub("", _ABOUT.sub("", text))
    if text in _NAMED:
        return dt.time(_NAMED[text])
    text = _RANGE.sub("", text).strip(" .")
    if found := _CLOCK.fullmatch(text) or _DIGITS.fullmatch(text):
        return _time(words, int(found[1]), int(found[2]), found[3] or "")
    if found := _HOUR.fullmatch(text):
        return _time(words, int(found[1]), 0, found[2])
    raise UnreadableTime(f"'{words.strip()}' is not a time of day.")


def _time(words: str, hour: int, minute: int, half: str) -> dt.time:
    noon = 12
    if half in {"am", "pm"} and 1 <= hour <= noon:
        hour = hour % noon + (noon if half == "pm" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError:
        raise UnreadableTime(f"'{words.strip()}' is not a time of day.") from None


_TIME_AFTER_DATE: Final = re.compile(r"[t ,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? ?(?:[ap]m)?)z?$")


def time_beside_date(cell: Cell) -> dt.time | None:
    """The time that stands in a date's own cell; midnight there is a spreadsheet's nothing."""
    found = _TIME_AFTER_DATE.search(cell.strip().lower()) if isinstance(cell, str) else None
    moment = cell if isinstance(cell, dt.datetime) else None
    said = parse_time(moment) if moment else parse_time(found[1]) if found else None
    return None if said == dt.time(0) else said


_DATE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9},? (?:[0-9]{4}|'?[0-9]{2})\b"
)
_FILLERS: Final = re.compile(
    r"\b(?:yes|embargo(?:e?d)?|until|till|to|lift(?:s|ed)|ends?|for|at|on|the|from|of"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|[,;()]"
)


def parse_moment(cell: Cell, *, day_first: bool = True) -> dt.datetime | None:
    """The day and time at which an embargo lifts, as local time; None where a cell lacks either."""
    if isinstance(cell, dt.datetime):
        return cell.replace(second=0, microsecond=0)
    if not isinstance(cell, str):
        return None
    text = " ".join(cell.lower().split())
    found = _DATE.search(text)
    if found is None:
        return None
    rest = _FILLERS.sub(" ", f"{text[: found.start()]} {text[found.end() :]}").strip(" t-–")
    try:
        day, time = parse_date(found[0], day_first=day_first), parse_time(" ".join(rest.split()))
    except (UnreadableDate, UnreadableTime):
        return None
    return dt.datetime.combine(day, time) if time is not None else None
