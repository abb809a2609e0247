"""The database refuses what the checks never write."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from integrity.casework.models import Challenge
from registers.crosschecks.enums import Check
from registers.crosschecks.models import CheckSetting, Match
from tests import builders
from tests import matches as making
from tests.builders import NOW, World
from tests.constraints import again, change, names_of, refuses


def a_setting(world: World) -> CheckSetting:
    return making.setting(world.northmoor, Check.CARD_SPLIT)


def match_with(**values: object) -> Callable[[World], object]:
    return lambda world: change(making.lunch_then_contract(world), **values)


def challenged(world: World) -> None:
    match = making.lunch_then_contract(world)
    challenge = Challenge.objects.create(
        case=match.case, to=world.constable, text="Why?", made_at=NOW, made_by=world.reviewer
    )
    change(match, challenge=challenge)


CASES: dict[str, Callable[[World], object]] = {
    "check_setting_takes_effect_once_a_day": lambda world: again(a_setting(world)),
    "check_setting_scores_are_of_100": lambda world: change(a_setting(world), minimum_score=101),
    "check_setting_amount_is_not_negative": lambda world: change(
        a_setting(world), amount=Decimal(-1)
    ),
    "match_is_one_record": lambda world: again(making.lunch_then_contract(world)),
    "match_explains_itself": match_with(sentence=""),
    "match_scores_are_of_100": match_with(score=101),
    "match_disposed_says_when_who_and_why": match_with(disposition="known"),
    "match_challenge_is_of_a_disposed_one": challenged,
    "match_changes_after_it_is_found": match_with(changed_at=NOW - timedelta(days=1)),
}


@pytest.mark.parametrize("name", names_of("crosschecks"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_a_match_says_whom_it_is_about(world: World) -> None:
    match = making.lunch_then_contract(world)
    assert str(match) == match.sentence
    assert match.title == f"{world.constable.display}, Halcyon Fleet Ltd"
    assert Match.objects.waiting().get() == match
    assert str(a_setting(world)) == "Purchases split under the limit, from 01 January 2020"
    assert builders.START.year == 2020
