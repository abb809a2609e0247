"""Days, months and years from April: how a period is put together from what the tally keeps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from integrity.casework.clocks import add_months

APRIL = 4
LONGEST_BY_MONTH = 24  # months; a longer period is shown year by year


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    starts_on: date
    ends_on: date

    @property
    def words(self) -> str:
        """'April 2025 to March 2026' where it is of whole months, otherwise the two days."""
        if not self.is_of_whole_months:
            return f"{self.starts_on:%-d %B %Y} to {self.ends_on:%-d %B %Y}"
        if (self.starts_on.year, self.starts_on.month) == (self.ends_on.year, self.ends_on.month):
            return f"{self.starts_on:%B %Y}"
        return f"{self.starts_on:%B %Y} to {self.ends_on:%B %Y}"

    @property
    def is_of_whole_months(self) -> bool:
        return self.starts_on.day == 1 and (self.ends_on + timedelta(days=1)).day == 1

    def has(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def before(self) -> "Period":
        """As many months (or days) that end where this begins, to compare with."""
        if self.is_of_whole_months:
            months = sum(1 for _ in self.months())
            return Period(add_months(self.starts_on, -months), self.starts_on - timedelta(days=1))
        length = self.ends_on - self.starts_on
        last = self.starts_on - timedelta(days=1)
        return Period(last - length, last)

    def months(self) -> Iterator[date]:
        """The first day of each month that it touches."""
        month = self.starts_on.replace(day=1)
        while month <= self.ends_on:
            yield month
            month = add_months(month, 1)

    def buckets(self) -> list["Period"]:
        """What a chart goes along: months, or years from April where there are too many."""
        months = list(self.months())
        if len(months) <= LONGEST_BY_MONTH:
            return [self._within(month, 1) for month in months]
        years = dict.fromkeys(year_of(month) for month in months)
        return [self._within(year, 12) for year in years]

    def _within(self, first: date, months: int) -> "Period":
        last = add_months(first, months) - timedelta(days=1)
        return Period(max(first, self.starts_on), min(last, self.ends_on))


@dataclass(frozen=True, slots=True)
class Pieces:
    """The whole years and months that the tally has of a period, and the days that are over."""

    years: Sequence[date]
    months: Sequence[date]
    days: Sequence[Period]

    @property
    def whole(self) -> tuple[date, date]:
        """The first and the last day of the months and years, which lie side by side."""
        ends = [add_months(m, 1) for m in self.months] + [add_months(y, 12) for y in self.years]
        return min((*self.months, *self.years)), max(ends) - timedelta(days=1)


def year_of(day: date) -> date:
    """The first of April of the year from April that a day is in."""
    return date(day.year if day.month >= APRIL else day.year - 1, APRIL, 1)


def pieces(period: Period, *, by_month: bool = False) -> Pieces:
    """A period as whole years, whole months and days, each day once.

    ``by_month`` keeps the months apart, for a chart that goes along them.
    """
    whole = [month for month in period.months() if _is_whole(period, month)]
    days = []
    if not whole:
        return Pieces((), (), (period,))
    after = add_months(whole[-1], 1)
    if period.starts_on < whole[0]:
        days.append(Period(period.starts_on, whole[0] - timedelta(days=1)))
    if after <= period.ends_on:
        days.append(Period(after, period.ends_on))
    if by_month:
        return Pieces((), whole, days)
    kept = set(whole)
    years = [m for m in whole if m.month == APRIL and add_months(m, 11) in kept]
    covered = {add_months(year, n) for year in years for n in range(12)}
    return Pieces(years, [m for m in whole if m not in covered], days)


def years_and_days(period: Period) -> Pieces:
    """A period as whole years from April, and everything else as days."""
    years = pieces(period).years
    if not years:
        return Pieces((), (), (period,))
    kept = Pieces(years, (), ())
    first, last = kept.whole
    days = []
    if period.starts_on < first:
        days.append(Period(period.starts_on, first - timedelta(days=1)))
    if last < period.ends_on:
        days.append(Period(last + timedelta(days=1), period.ends_on))
    return Pieces(years, (), days)


def _is_whole(period: Period, month: date) -> bool:
    return period.starts_on <= month and add_months(month, 1) - timedelta(days=1) <= period.ends_on
