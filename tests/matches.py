"""Makes the matches that tests speak of: the records that each check compares, by the real actions.

The world, its people and the clock are those of tests.builders; what files bring is made by
tests.procurement. An offer of YESTERDAY comes before what is dated TODAY.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from integrity.audit.scope import everywhere
from integrity.people.models import Force, StandardsDepartment, User
from registers.business_interests.models import Condition, Interest
from registers.crosschecks import actions
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.ground import Changed
from registers.crosschecks.models import CheckSetting, Match
from registers.gifts.models import Offer
from registers.organisations.models import MergeSuggestion, Organisation
from tests import builders, procurement
from tests.builders import NOW, START, TODAY, World
from tests.interests import apply

HALCYON = procurement.HALCYON
LUNCH = {"description": "Lunch"}


def run(
    force: Force,
    *,
    now: Any = NOW,
    cases: Iterable[int] = (),
    people: Iterable[int] = (),
    organisations: Iterable[int] = (),
) -> actions.Counts:
    """The checks of a force: whole, or after a change of what is named."""
    named = [frozenset(ids) for ids in (organisations, people, cases)]
    return actions.run_checks(force, now=now, changed=Changed(*named) if any(named) else None)


def matches(check: Check | None = None, **of: Any) -> list[Match]:
    with everywhere():
        found = Match.objects.filter(**({"check_name": check} if check else {}), **of)
        return list(found.with_all())


def the_match(check: Check) -> Match:
    (found,) = matches(check)
    return found


def lunch(
    person: User, *, by: str = HALCYON, on: date = TODAY - timedelta(days=30), worth: int = 45,
    accepted: bool = True, **details: Any,
) -> Offer:  # fmt: skip
    """Lunch that somebody accepted a month ago, or declined."""
    thing = (builders.accepted if accepted else builders.item)(worth, **{**LUNCH, **details})
    late = {"late_reason": "I was away."} if (TODAY - on).days > 28 else {}
    return builders.declare(person, thing, organisation=by, offered_on=on, **late)


def lunch_then_contract(world: World, **details: Any) -> Match:
    """The first story: a lunch from Halcyon Fleet, then a contract; found and open."""
    lunch(world.constable, **details)
    procurement.contract(world.northmoor, awarded_on=TODAY, amount=Decimal("1250000.00"))
    run(world.northmoor)
    return the_match(Check.OFFER_BEFORE_AWARD)


def split(world: World) -> Match:
    """Procurement's: two purchases of one day under the limit, above it together."""
    card = procurement.card(world.colleague)
    for amount in (480, 490):
        procurement.purchase(card, amount, bought_on=date(2026, 6, 10))
    run(world.northmoor)
    return the_match(Check.CARD_SPLIT)


def interest(person: User, name: str = HALCYON, **details: Any) -> Interest:
    """A directorship that somebody applied for."""
    given = {"category": "directorship", "occupation": "Director", "organisation": name}
    return apply(person, **{**given, **details})


def condition(of: Interest, kind: str, text: str, **details: Any) -> Condition:
    """A condition that stands, set a year ago."""
    given = {"check_method": "payslips", "check_months": 6, "next_check_on": TODAY}
    when = NOW - timedelta(days=365)
    return Condition.objects.create(
        interest=of, kind=kind, text=text, set_at=when, **{**given, **details}
    )


def suggestion(
    one: Organisation, other: Organisation, score: int = 85, **details: Any
) -> MergeSuggestion:
    """The matcher takes two records for one organisation."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    return MergeSuggestion.objects.create(
        department=one.department, one=first, other=second, score=score,
        why="the same words but for the legal form", found_at=NOW, **details,
    )  # fmt: skip


def setting(force: Force, check: Check, *, since: date = START, **details: Any) -> CheckSetting:
    return CheckSetting.objects.create(
        force=force, check_name=check, effective_from=since, **{"minimum_score": 45, **details}
    )


def organisation(name: str, department: StandardsDepartment) -> Organisation:
    return procurement.organisation(name, department=department)
