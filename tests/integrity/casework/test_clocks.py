"""Clocks in days against an oracle that shares no code with them.

Its bank holidays are the official list of GOV.UK, as the package ``govuk-bank-holidays`` carries it,
and its London time follows from the rule of summer time (Summer Time Order 2002: from 01:00 UTC on the
last Sunday of March to 01:00 UTC on the last Sunday of October), not from the time zone database.
"""

import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import holidays
import pytest

from integrity.casework.clocks import add_months, bank_holidays, is_working_day, last_day
from registers.business_interests.models import InterestPolicy, MemberRule
from registers.business_interests.policies import (
    appeal_by,
    decide_by,
    follow_up_days,
    hear_by,
    papers_by,
)

FIRST_YEAR, LAST_YEAR = 2012, 2028
CASES = 10_000
LONGEST = 60
SHARED = Path(__file__).resolve().parents[4] / "shared/data/uk-bank-holidays" / "bank-holidays.json"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def listed_in(path: Path) -> frozenset[date]:
    events = json.loads(path.read_text())["england-and-wales"]["events"]
    return frozenset(date.fromisoformat(event["date"]) for event in events)


def of_the_package() -> frozenset[date]:
    """Out of its data file: its class would ask the internet first."""
    found = find_spec("govuk_bank_holidays")
    assert found
    assert found.origin
    return listed_in(Path(found.origin).with_name("bank-holidays.json"))


OFFICIAL = of_the_package()


# --- the oracle -----------------------------------------------------------------------------------


def changes_of(year: int) -> tuple[datetime, datetime]:
    """When summer time begins and ends."""
    found = []
    for month in (3, 10):
        sunday = datetime(year, month, 31, 1, tzinfo=UTC)
        while sunday.weekday() != 6:
            sunday -= DAY
        found.append(sunday)
    return found[0], found[1]


def day_in_london(instant: datetime) -> date:
    begins, ends = changes_of(instant.year)
    return (instant + HOUR if begins <= instant < ends else instant).date()


def oracle_last_day(since: datetime | date, days: int, *, working: bool) -> date:
    """Counts every day one by one, the day of the instant not among them."""
    day = day_in_london(since) if isinstance(since, datetime) else since
    counted = 0
    while counted < days:
        day += DAY
        free = day.isoweekday() in (6, 7) or day in OFFICIAL
        counted += 0 if working and free else 1
    return day


def oracle_months(day: date, months: int) -> date:
    """Walks to the first of each next month, then on to the day, or as far as the month goes."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    found = first
    while found.day < day.day and (found + DAY).month == first.month:
        found += DAY
    return found


# --- ten thousand cases ---------------------------------------------------------------------------


def instants() -> Iterator[datetime]:
    """Seeded: a third anywhere, the others by the minute around what makes clocks go wrong."""
    dice = random.Random(20120101)  # noqa: S311
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    minutes = int((datetime(LAST_YEAR, 10, 1, tzinfo=UTC) - start).total_seconds()) // 60
    held = sorted(day for day in OFFICIAL if date(FIRST_YEAR, 2, 1) < day < date(LAST_YEAR, 10, 1))
    years = range(FIRST_YEAR, LAST_YEAR)
    for number in range(CASES):
        near = timedelta(seconds=dice.randint(-5_400, 5_400))
        match number % 6:
            case 0 | 1:
                yield start + timedelta(minutes=dice.randrange(minutes))
            case 2:  # the change itself
                yield dice.choice(changes_of(dice.choice(years))) + near
            case 3:  # midnight in London on both sides of the day of a change
                change = dice.choice(changes_of(dice.choice(years))).replace(hour=0)
                yield change + dice.choice((0, 1)) * DAY - dice.choice((0, 1)) * HOUR + near
            case 4:  # around bank holidays, Easter and Christmas among them
                day = dice.choice(held) + timedelta(days=dice.randint(-4, 2))
                yield datetime(day.year, day.month, day.day, tzinfo=UTC) + near
            case _:  # around the end of a year
                yield datetime(dice.choice(years) + 1, 1, 1, tzinfo=UTC) + near


@pytest.fixture(scope="module")
def cases() -> list[tuple[datetime, int, bool]]:
    dice = random.Random(28)  # noqa: S311
    found = [(instant, dice.randint(0, LONGEST), dice.random() < 0.5) for instant in instants()]
    assert len(found) == CASES
    return found


def test_every_last_day_is_the_oracle_s(
    cases: list[tuple[datetime, int, bool]], record_property: Callable[[str, object], None]
) -> None:
    wrong = [
        (instant, days, working)
        for instant, days, working in cases
        if last_day(instant, days, working=working)
        != oracle_last_day(instant, days, working=working)
    ]
    record_property("measured", f"clocks: {len(cases) - len(wrong):,} of {len(cases):,} agree")
    assert wrong == []


def test_the_cases_meet_what_makes_clocks_go_wrong(
    cases: list[tuple[datetime, int, bool]],
) -> None:
    """Both changes of the clocks, nights on which London and UTC differ, holidays, ends of years."""
    days = [(instant, day_in_london(instant)) for instant, _, _ in cases]
    assert sum(instant.date() != day for instant, day in days) > 300
    changes = {
        change.date() for year in range(FIRST_YEAR, LAST_YEAR) for change in changes_of(year)
    }
    assert {day for _, day in days} >= changes
    assert sum(day in OFFICIAL for _, day in days) > 200
    assert {day.year for _, day in days} == set(range(FIRST_YEAR, LAST_YEAR + 1))


RULES = [
    MemberRule(),
    MemberRule(working_days=True),
    MemberRule(decide_within=20, appeal_within=7, papers_within=5, hear_within=30),
    MemberRule(
        working_days=True, decide_within=15, appeal_within=1, papers_within=0, hear_within=20
    ),
]


def test_every_clock_of_an_interest_is_the_oracle_s(
    cases: list[tuple[datetime, int, bool]],
) -> None:
    wrong = []
    for number, (instant, _, _) in enumerate(cases):
        rule = RULES[number % len(RULES)]
        working = rule.working_days
        sent = oracle_last_day(instant, rule.papers_within, working=working)
        found = (
            decide_by(rule, instant),
            appeal_by(rule, instant),
            papers_by(rule, instant),
            hear_by(rule, instant),
            hear_by(rule, sent),
        )
        expected = (
            oracle_last_day(instant, rule.decide_within, working=working),
            oracle_last_day(instant, rule.appeal_within, working=working),
            sent,
            oracle_last_day(instant, rule.hear_within, working=working),
            oracle_last_day(sent, rule.hear_within, working=working),
        )
        if found != expected:
            wrong.append((instant, rule.pk, found, expected))
    assert wrong == []


def test_every_month_added_is_the_oracle_s(cases: list[tuple[datetime, int, bool]]) -> None:
    days = [(day_in_london(instant), months) for instant, months, _ in cases]
    assert [add_months(*each) for each in days] == [oracle_months(*each) for each in days]


def test_the_day_of_an_instant_is_its_day_in_london() -> None:
    """One second before midnight in London, in summer, is a minute to eleven in UTC."""
    summer = datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)
    assert last_day(summer, 0) == date(2026, 7, 1)
    assert last_day(summer + timedelta(seconds=1), 0) == date(2026, 7, 2)
    winter = datetime(2026, 1, 1, 23, 59, 59, tzinfo=UTC)
    assert last_day(winter, 0) == date(2026, 1, 1)
    assert last_day(winter + timedelta(seconds=1), 0) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 4), False),  # the Saturday between
        (date(2026, 12, 28), False),  # Boxing Day was a Saturday
        (date(2022, 9, 19), False),  # the funeral of Queen Elizabeth II
        (date(2020, 5, 4), True),  # early May was moved to VE Day
        (date(2020, 5, 8), False),
        (date(2026, 8, 3), True),  # Scotland's summer holiday
        (date(2026, 3, 17), True),  # Northern Ireland's
    ],
)
def test_working_days_are_those_of_england_and_wales(day: date, working: bool) -> None:
    assert is_working_day(day) is working


def test_a_month_that_has_no_such_day_ends_on_its_last() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 12, 31), 6) == date(2027, 6, 30)


def test_refusals_are_followed_up_at_the_policy_s_months() -> None:
    policy = InterestPolicy(follow_up_months=[1, 6, 12])
    assert follow_up_days(policy, date(2026, 8, 31)) == [
        (1, date(2026, 9, 30)),
        (6, date(2027, 2, 28)),
        (12, date(2027, 8, 31)),
    ]


# --- three lists of bank holidays -----------------------------------------------------------------


def weekdays(days: frozenset[date], year: int) -> set[date]:
    return {day for day in days if day.year == year and day.isoweekday() <= 5}


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_the_bank_holidays_of_a_year_are_the_official_ones(year: int) -> None:
    assert weekdays(bank_holidays(year), year) == weekdays(OFFICIAL, year)


def test_wales_has_the_same_holidays_as_england() -> None:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        wales = frozenset(holidays.country_holidays("GB", subdiv="WLS", years=year))
        assert weekdays(wales, year) == weekdays(OFFICIAL, year)


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared data are not beside this checkout")
def test_the_official_list_is_the_one_that_was_published() -> None:
    published = listed_in(SHARED)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        assert weekdays(published, year) == weekdays(OFFICIAL, year)
