"""The quarters of a calendar year, with London’s midnights."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from integrity.casework.clocks import add_months

QUARTER = re.compile(r"(20\d\d)-([1-4])")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a calendar year, which ``key`` names: '2026-3' is July to September 2026."""

    first: date

    @property
    def last(self) -> date:
        return add_months(self.first, 3) - timedelta(days=1)

    @property
    def key(self) -> str:
        return f"{self.first.year}-{(self.first.month + 2) // 3}"

    @property
    def words(self) -> str:
        return f"{self.first:%B} to {self.last:%B %Y}"

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.last

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From its first midnight in London up to, and without, the next quarter's."""
        ends = (self.first, add_months(self.first, 3))
        begins, stops = (timezone.make_aware(datetime.combine(day, time.min)) for day in ends)
        return begins, stops

    def at(self, field: str) -> Q:
        begins, stops = self.moments
        return Q(**{f"{field}__gte": begins, f"{field}__lt": stops})


def quarter_of(day: date) -> Quarter:
    return Quarter(date(day.year, day.month - (day.month - 1) % 3, 1))


def quarter_named(key: str) -> Quarter | None:
    """The quarter of a key; none where it is no quarter."""
    said = QUARTER.fullmatch(key)
    return Quarter(date(int(said[1]), 3 * int(said[2]) - 2, 1)) if said else None
