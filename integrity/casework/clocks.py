"""Clocks that run in days: from an instant to the last day on which something may be done.

The day of the instant is its day in London and does not count; the last day ends at midnight there.
Bank holidays are those of England and Wales.
"""

import calendar
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

SATURDAY = 5


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year in England and Wales."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def last_day(since: datetime | date, days: int, *, working: bool = False) -> date:
    """The last of so many days after an instant or day; of so many working days, where asked."""
    day = timezone.localdate(since) if isinstance(since, datetime) else since
    if not working:
        return day + timedelta(days=days)
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later; the month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
