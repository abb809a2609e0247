"""Periods are put together from years, months and days, each day once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.clocks import add_months
from registers.oversight.spans import Period, pieces, year_of, years_and_days

DAYS = st.dates(date(2011, 1, 1), date(2031, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days)))


def days_of(period: Period) -> list[date]:
    length = (period.ends_on - period.starts_on).days + 1
    return [period.starts_on + timedelta(days=n) for n in range(length)]


def days_from(first: date, months: int) -> list[date]:
    return days_of(Period(first, add_months(first, months) - timedelta(days=1)))


@given(PERIODS, st.booleans())
def test_each_day_of_a_period_is_in_one_piece(period: Period, by_month: bool) -> None:
    for found in (pieces(period, by_month=by_month), years_and_days(period)):
        days = [day for year in found.years for day in days_from(year, 12)]
        days += [day for month in found.months for day in days_from(month, 1)]
        days += [day for part in found.days for day in days_of(part)]
        assert sorted(days) == days_of(period)
        if found.years or found.months:
            assert found.whole[0] >= period.starts_on
            assert found.whole[1] <= period.ends_on
        assert all(year.month == 4 and year.day == 1 for year in found.years)


@given(PERIODS)
def test_each_day_of_a_period_is_in_one_bucket(period: Period) -> None:
    buckets = period.buckets()
    assert [day for bucket in buckets for day in days_of(bucket)] == days_of(period)
    assert len(buckets) <= 24


def test_a_year_begins_in_april() -> None:
    assert year_of(date(2026, 3, 31)) == date(2025, 4, 1)
    assert year_of(date(2026, 4, 1)) == date(2026, 4, 1)


def test_the_period_before_is_as_long() -> None:
    quarter = Period(date(2026, 4, 1), date(2026, 6, 30))
    assert quarter.before() == Period(date(2026, 1, 1), date(2026, 3, 31))
    ten_days = Period(date(2026, 4, 11), date(2026, 4, 20))
    assert ten_days.before() == Period(date(2026, 4, 1), date(2026, 4, 10))


def test_a_period_in_words() -> None:
    assert Period(date(2026, 4, 1), date(2026, 6, 30)).words == "April 2026 to June 2026"
    assert Period(date(2026, 4, 1), date(2026, 4, 30)).words == "April 2026"
    assert Period(date(2026, 4, 2), date(2026, 4, 30)).words == "2 April 2026 to 30 April 2026"
