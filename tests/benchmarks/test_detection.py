"""The detection benchmark runs, small; the judge counts what it is shown, and faults are seen."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from tests.benchmarks.detection import FAULTS, UNTIL, arguments, measure, report
from tests.detection.judge import Found, as_match, judge, label, without
from tests.detection.make import make
from tests.detection.records import Scheme
from tests.detection.schemes import KINDS, shares
from tests.plugins.database import as_superuser

SIZE: dict[str, Any] = {"declarations": 300, "rows": 1500, "schemes": 17, "seed": 1}


@pytest.fixture(scope="module")
def schemes() -> list[Scheme]:
    return make(**SIZE, until=UNTIL)[1]


@pytest.fixture(scope="module")
def perfect(schemes: list[Scheme]) -> list[Found]:
    """What checks would show that found each scheme once and nothing else."""
    return [as_match(scheme, number) for number, scheme in enumerate(schemes, 1)]


def test_every_kind_is_planted(schemes: list[Scheme]) -> None:
    assert [scheme.kind for scheme in schemes] == [kind.name for kind in KINDS]
    assert sum(count for _, count in shares(200)) == 200
    assert min(count for _, count in shares(200)) >= 4


def test_the_world_has_the_sizes_asked_for_and_is_the_same_each_time() -> None:
    (world, planted), (again, too) = make(**SIZE, until=UNTIL), make(**SIZE, until=UNTIL)
    assert (world.declarations, world.rows, len(planted)) == (300, 1500, 17)
    assert (world.offers, world.payments, planted) == (again.offers, again.payments, too)


def test_the_judge_finds_what_is_shown(schemes: list[Scheme], perfect: list[Found]) -> None:
    verdict = judge(perfect, schemes, declarations=300)
    assert (len(verdict.found), verdict.false, verdict.top_true) == (17, [], 17)


def test_a_match_of_another_person_is_a_false_alarm(
    schemes: list[Scheme], perfect: list[Found]
) -> None:
    stranger = replace(perfect[0], id=99, person=10**6)
    verdict = judge([*perfect[1:], stranger], schemes, declarations=300)
    assert len(verdict.found) == 16
    assert verdict.false == [stranger]
    assert verdict.per_100 == pytest.approx(1 / 3)
    record = sorted(stranger.records)[0]
    of = label(verdict, {record: "conference"}, {})
    assert of == {(stranger.check, "conference"): 1}


def test_another_checks_match_belongs_to_the_scheme_but_does_not_find_it(
    schemes: list[Scheme], perfect: list[Found]
) -> None:
    other = replace(perfect[0], check="repeat_provider")
    verdict = judge([other, *perfect[1:]], schemes, declarations=300)
    assert (len(verdict.found), verdict.false) == (16, [])


def test_a_check_that_is_dropped_is_missed(schemes: list[Scheme], perfect: list[Found]) -> None:
    found = judge(without(perfect, "card_split"), schemes, declarations=300).found
    assert {each.kind for each in schemes if each.number not in found} == {"split under the limit"}


@pytest.mark.django_db(transaction=True)
def test_the_checks_find_what_is_planted() -> None:
    asked = arguments().parse_args([])
    for name, value in SIZE.items():
        setattr(asked, name, value)
    with as_superuser(connection.settings_dict["NAME"]) as superuser:
        told = measure(asked, superuser)
    assert (told["declarations"], told["rows"], told["planted"]) == (300, 1500, 17)
    assert told["found"] + len(told["missed"]) == 17
    assert told["found"] >= 14, report(told)
    assert sum(told["false_by_check"].values()) == told["false_alarms"]
    assert "found" in report(told)


def test_the_faults_are_named() -> None:
    for fault in FAULTS:
        assert arguments().parse_args(["--plant-fault", fault]).plant_fault == fault
