"""What a policy says of a contact: pure rules, asked with values of every kind."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.policies import risk_score
from registers.media_contacts.enums import Basis, Factor, OffRecord, PressCard, Scope
from registers.media_contacts.facts import ContactFacts, Speaker
from registers.media_contacts.models import MediaPolicy
from registers.media_contacts.policies import (
    days_late,
    draw,
    embargo_stands,
    end_of_quarter,
    factors,
    flags,
    mondays,
    must_log,
    problems,
    quarter_of,
    scope_said,
    words_of,
)
from tests.builders import NOW, TODAY
from tests.contacts import CALL, LATER, WEIGHTS, agreement

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
DAY = timedelta(days=1)


def policy(**details: Any) -> MediaPolicy:
    return MediaPolicy(**details)


def found(facts: ContactFacts, received_on: date = TODAY, **details: Any) -> list[tuple[str, str]]:
    said = problems(policy(**details), facts, received_on=received_on, now=NOW, today=TODAY)
    return [(each.field, each.sentence) for each in said]


def fields(facts: ContactFacts, received_on: date = TODAY, **details: Any) -> list[str]:
    return [field for field, _ in found(facts, received_on, **details)]


# What must be logged


def test_the_scope_is_said_in_a_sentence() -> None:
    said = [scope_said(policy(scope=scope)) for scope in Scope]
    assert len(set(said)) == len(Scope)
    assert all(each.endswith(".") for each in said)
    assert "whether or not it led to coverage" in scope_said(policy())


@pytest.mark.parametrize(
    ("scope", "covered", "must"),
    [
        (Scope.EVERYTHING, True, True),
        (Scope.EVERYTHING, False, True),
        (Scope.WITHOUT_COVERAGE, True, False),
        (Scope.WITHOUT_COVERAGE, False, True),
    ],
)
def test_what_the_scope_asks_for(scope: Scope, covered: bool, must: bool) -> None:
    assert must_log(policy(scope=scope), led_to_coverage=covered) is must


@given(DAYS, st.integers(-30, 400), st.integers(0, 60))
def test_a_contact_is_late_by_the_days_past_the_last_one(
    contacted_on: date, later: int, within: int
) -> None:
    row = policy(log_within_days=within)
    late = days_late(row, contacted_on=contacted_on, received_on=contacted_on + later * DAY)
    assert late == max(0, later - within)
    last = contacted_on + within * DAY
    assert days_late(row, contacted_on=contacted_on, received_on=last) == 0
    assert days_late(row, contacted_on=contacted_on, received_on=last + DAY) == 1


# What a contact lacks


def test_a_whole_contact_lacks_nothing() -> None:
    assert found(CALL) == []
    embargo = {"basis": Basis.EMBARGOED, "embargo_until": LATER, "agreement": agreement()}
    assert found(replace(CALL, **embargo)) == []


@pytest.mark.parametrize(
    ("lacks", "field"),
    [
        ({"speakers": ()}, "journalist"),
        ({"speakers": (Speaker(),)}, "journalist"),
        ({"contacted_on": TODAY + DAY}, "contacted_on"),
        ({"about": ""}, "about"),
        ({"embargo_until": LATER}, "embargo_until"),
        ({"responsible": False}, "explanation"),
        ({"policing_purpose": False}, "explanation"),
        ({"press_card": PressCard.OTHER}, "press_card_reason"),
    ],
)
def test_what_is_lacking_is_said_at_its_field(lacks: dict[str, Any], field: str) -> None:
    assert fields(replace(CALL, **lacks)) == [field]


def test_an_embargo_has_its_time_and_its_agreement() -> None:
    assert fields(replace(CALL, basis=Basis.EMBARGOED)) == ["embargo_until", "agreement"]
    timed = replace(CALL, basis=Basis.EMBARGOED, embargo_until=LATER)
    assert fields(timed) == ["agreement"]


@pytest.mark.parametrize("speaker", [Speaker("Priya Nair"), Speaker(outlet="Northmoor Gazette")])
def test_a_journalist_or_an_outlet_is_enough(speaker: Speaker) -> None:
    assert found(replace(CALL, speakers=(speaker,))) == []


def test_a_late_contact_says_why() -> None:
    late = TODAY + 3 * DAY
    assert found(CALL, late) == [
        ("late_reason", "Your force asks you to log contacts within 2 days; say why it is late.")
    ]
    assert "within 1 day;" in found(CALL, late, log_within_days=1)[0][1]
    assert found(replace(CALL, late_reason="I was on leave."), late) == []


# Flags and the score


def test_an_ordinary_contact_has_no_flag() -> None:
    assert flags(CALL) == ()
    assert factors(CALL, late=False, chief_officer=False) == ()


@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ({"off_record": OffRecord.HAPPENED}, Factor.OFF_RECORD),
        ({"off_record": OffRecord.ASKED}, Factor.OFF_RECORD_ASKED),
        ({"responsible": False}, Factor.NOT_RESPONSIBLE),
        ({"policing_purpose": False}, Factor.NO_PURPOSE),
        ({"press_card": PressCard.OTHER}, Factor.NO_CARD),
        ({"press_office_told": False}, Factor.NOT_TOLD),
        ({"basis": Basis.NON_REPORTABLE}, Factor.NON_REPORTABLE),
        ({"hospitality": True}, Factor.HOSPITALITY),
    ],
)
def test_each_flag_has_its_cause_alone(said: dict[str, Any], flag: Factor) -> None:
    assert flags(replace(CALL, **said)) == (flag,)


def test_what_nobody_asked_is_no_answer_of_no() -> None:
    unasked: dict[str, Any] = dict.fromkeys(("responsible", "policing_purpose"))
    assert flags(replace(CALL, press_office_told=None, **unasked)) == ()


@given(
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", *OffRecord]),
    st.sampled_from(PressCard),
    st.sampled_from(Basis),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_the_score_is_the_sum_of_what_is_shown(
    late: bool, chief: bool, off_record: str, card: str, basis: str, answers: list[bool]
) -> None:
    responsible, purpose, told, hospitality = answers
    facts = replace(
        CALL,
        off_record=off_record,
        press_card=card,
        basis=basis,
        responsible=responsible,
        policing_purpose=purpose,
        press_office_told=told,
        hospitality=hospitality,
    )
    shown = factors(facts, late=late, chief_officer=chief)
    assert len(set(shown)) == len(shown)
    assert set(flags(facts)) == set(shown) - {Factor.LATE, Factor.CHIEF_OFFICER}
    assert risk_score(shown, WEIGHTS) == sum(WEIGHTS[factor] for factor in shown)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - a zone is added
def test_an_embargo_stands_until_its_moment(at: datetime) -> None:
    until = at.replace(tzinfo=NOW.tzinfo)
    second = timedelta(seconds=1)
    assert embargo_stands(Basis.EMBARGOED, until, now=until - second)
    assert not embargo_stands(Basis.EMBARGOED, until, now=until)
    assert not embargo_stands(Basis.REPORTABLE, until, now=until - second)
    assert not embargo_stands(Basis.EMBARGOED, None, now=until)


# Compliance


@given(DAYS, st.integers(0, 200))
def test_weeks_are_whole_and_none_is_left_out(starts_on: date, length: int) -> None:
    ends_on = starts_on + length * DAY
    weeks = mondays(starts_on, ends_on)
    whole = [
        day
        for day in (starts_on + n * DAY for n in range(length + 1))
        if day.weekday() == 0 and day + 6 * DAY <= ends_on
    ]
    assert weeks == whole


@given(
    st.lists(st.integers(1, 10_000), max_size=20, unique=True),
    st.lists(DAYS, max_size=10, unique=True),
    st.integers(0, 300),
    st.integers(0, 2**48),
)
def test_a_draw_is_the_same_again_and_takes_nothing_twice(
    people: list[int], weeks: list[date], size: int, seed: int
) -> None:
    drawn = draw(people, weeks, size=size, seed=seed)
    assert drawn == draw(people[::-1], weeks[::-1], size=size, seed=seed)
    assert len(set(drawn)) == len(drawn) == min(size, len(people) * len(weeks))
    assert {person for person, _ in drawn} <= set(people)
    assert {week for _, week in drawn} <= set(weeks)


def test_seeds_draw_differently() -> None:
    people, weeks = range(1, 50), mondays(date(2026, 1, 1), date(2026, 6, 30))
    assert len({tuple(draw(people, weeks, size=5, seed=seed)) for seed in range(20)}) == 20


@given(DAYS)
def test_a_day_lies_in_its_quarter(day: date) -> None:
    first = quarter_of(day)
    last = end_of_quarter(first)
    assert first <= day <= last
    assert (first.day, first.month % 3) == (1, 1)
    assert quarter_of(first) == quarter_of(last) == first
    assert quarter_of(last + DAY) == last + DAY


def test_words_of_a_text_are_found_whatever_their_signs() -> None:
    assert words_of("“It’s Sgt O’Neill-Brown,” said PC 4417.") == [
        "it’s",
        "sgt",
        "o’neill-brown",
        "said",
        "pc",
        "4417",
    ]


def test_no_contact_lies_in_the_future() -> None:
    now = NOW.replace(hour=8)  # nine in London
    said = {"policy": MediaPolicy(), "received_on": TODAY, "now": now, "today": TODAY}
    found = {
        hour: [p.field for p in problems(facts=replace(CALL, contacted_at=time(hour)), **said)]
        for hour in (8, 9, 10)
    }
    assert found == {8: [], 9: [], 10: ["contacted_at"]}
