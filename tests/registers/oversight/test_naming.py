"""Chief officers who are named in public are counted in no figure; a force's own rule says who is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from integrity.casework.clocks import add_months
from integrity.people.models import User
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.models import NamingRule
from registers.oversight.naming import is_named, rules_of
from registers.oversight.reading import figures
from registers.oversight.seen import Audience, seen_by
from registers.oversight.spans import Period
from tests.builders import TODAY, World, declare, item
from tests.oversight import settle

pytestmark = pytest.mark.django_db

FIRST = date(2024, 4, 1)
QUARTER = Period(FIRST, date(2024, 6, 30))
NEXT = Period(date(2024, 7, 1), date(2024, 9, 30))


def offered(person: User, on: date) -> None:
    declare(person, item(5), offered_on=on, late_reason="It was forgotten.")


def published(world: World, over: Period) -> int:
    seen = seen_by(Audience.PUBLIC, Asked([world.northmoor], over), [Measure.OFFERS], today=TODAY)
    return seen.n(Measure.OFFERS)


def test_chief_officers_who_are_named_are_in_no_number(world: World) -> None:
    """Four of five offers are a named chief officer's: beside a total of five, the fifth would be known."""
    offered(world.constable, FIRST)
    for day in range(2, 6):
        offered(world.assistant_chief, FIRST.replace(day=day))
    settle()
    assert published(world, QUARTER) == 0
    truly = figures(Asked([world.northmoor], QUARTER), [Measure.OFFERS], buckets=())
    assert truly.total(Measure.OFFERS).n == 5
    NamingRule.objects.create(force=world.northmoor, effective_from=FIRST, in_public=False)
    assert published(world, QUARTER) == 5


def test_a_rule_holds_for_entries_about_its_day_and_later_ones(world: World) -> None:
    second = add_months(FIRST, 3)
    NamingRule.objects.create(force=world.northmoor, effective_from=second, in_public=False)
    for first in (FIRST, second):
        for day in range(1, 6):
            offered(world.assistant_chief, first.replace(day=day))
    settle()
    assert published(world, QUARTER) == 0
    assert published(world, NEXT) == 5


def test_only_chief_officers_are_ever_named(world: World) -> None:
    rules = rules_of(Asked([world.northmoor], QUARTER))
    chief = declare(world.assistant_chief, item(5)).case
    constable = declare(world.constable, item(5)).case
    assert is_named(rules, chief, public=True)
    assert not is_named(rules, constable, public=True)
    assert not is_named(rules, constable, public=False)
    chief.confidential = True
    assert not is_named(rules, chief, public=False)


def test_naming_rule_takes_effect_once_a_day(world: World) -> None:
    NamingRule.objects.create(force=world.northmoor, effective_from=FIRST)
    with (
        pytest.raises(IntegrityError, match="naming_rule_takes_effect_once_a_day"),
        transaction.atomic(),
    ):
        NamingRule.objects.create(force=world.northmoor, effective_from=FIRST)


def test_naming_rule_tells_the_board_what_the_public_is_told(world: World) -> None:
    with (
        pytest.raises(IntegrityError, match="naming_rule_tells_the_board_what_the_public_is_told"),
        transaction.atomic(),
    ):
        NamingRule.objects.create(
            force=world.northmoor, effective_from=FIRST, to_the_board=False, in_public=True
        )
