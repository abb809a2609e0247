"""How often one provider has made offers, against the same question asked in plain SQL."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from registers.gifts.cumulative import cumulative, window_start
from registers.gifts.enums import Factor, Verb
from registers.gifts.models import Offer
from tests.builders import (
    UNKNOWN,
    WEIGHTS,
    YESTERDAY,
    World,
    accepted,
    declare,
    fresh,
    item,
    perform,
    pounds,
)

PEOPLE_OF_A_UNIT = """
SELECT count(DISTINCT o.id), coalesce(sum(coalesce(i.value_to, i.value_from)), 0)
  FROM gifts_offer o
  JOIN casework_case c ON c.id = o.case_id
  LEFT JOIN gifts_item i ON i.offer_id = o.id
 WHERE o.status <> 'withdrawn'
   AND c.force_id = %(force)s
   AND o.provider_organisation_id = %(provider)s
   AND o.offered_on BETWEEN %(since)s AND %(until)s
   AND CASE WHEN %(person)s THEN c.subject_id = %(subject)s ELSE c.subject_unit_id = %(unit)s END
"""


def in_sql(offer: Offer, *, person: bool) -> tuple[int, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(
            PEOPLE_OF_A_UNIT,
            {
                "force": offer.case.force_id,
                "provider": offer.provider_organisation_id,
                "until": offer.offered_on,
                "since": offer.offered_on - timedelta(days=365),
                "person": person,
                "subject": offer.case.subject_id,
                "unit": offer.case.subject_unit_id,
            },
        )
        count, value = cursor.fetchone()
    return count, value


def test_the_counts_are_those_of_plain_sql(world: World) -> None:
    w = world
    for days, subject, thing in (
        (0, w.constable, item(5)),
        (10, w.constable, accepted(pounds(10, 15))),
        (365, w.constable, item(7)),
        (366, w.constable, item(1000)),
        (20, w.colleague, item(11)),
        (30, w.sergeant, item(UNKNOWN)),
        (30, w.inspector_of_police, item(500)),
    ):
        late = {"late_reason": "I was away."} if days else {}
        declare(subject, thing, offered_on=YESTERDAY - timedelta(days=days), **late)
    declare(w.constable, item(90), organisation="Another Ltd")
    declare(w.eastvale_constable, item(90))
    withdrawn = declare(w.constable, item(90))
    perform(Verb.WITHDRAW, withdrawn, by=w.constable, in_world=w)
    last = fresh(declare(w.constable, item(3), item(4), organisation="HALCYON FLEET"))
    found = cumulative(last)
    assert (found.person_count, found.person_value) == in_sql(last, person=True) == (4, Decimal(34))
    assert (found.unit_count, found.unit_value) == in_sql(last, person=False) == (6, Decimal(45))


def test_a_person_who_offers_is_counted_by_name_however_it_is_spelt(world: World) -> None:
    for spelling in ("Mr John Smith", "john SMITH"):
        last = declare(world.constable, organisation="", person=spelling)
    assert cumulative(last).person_count == 2
    other = declare(world.constable, organisation="", person="Jon Smith")
    assert cumulative(other).person_count == 1


def test_offers_whose_provider_is_not_known_are_never_added_up(world: World) -> None:
    for _ in range(2):
        last = declare(world.constable, organisation="", provider_kind="unknown")
    assert cumulative(last).person_count == 0


def test_a_later_offer_does_not_count_for_an_earlier_one(world: World) -> None:
    early = declare(world.constable, offered_on=YESTERDAY - timedelta(days=5))
    declare(world.constable)
    assert cumulative(early).person_count == 1


def test_repeated_offers_raise_the_risk_past_the_policy_s_count(world: World) -> None:
    risks = [declare(world.constable).case.risk for _ in range(world.policy.cumulative_count + 1)]
    assert risks == [0, 0, 0, WEIGHTS[Factor.REPEATED]]


def test_repeated_offers_raise_the_risk_past_the_policy_s_value(world: World) -> None:
    assert declare(world.constable, item(60)).case.risk == 0
    assert declare(world.constable, item(41)).case.risk == WEIGHTS[Factor.REPEATED]


@pytest.mark.parametrize(("months", "days"), [(12, 365), (1, 30), (24, 730), (0, 0)])
def test_the_window_is_the_policy_s_months(months: int, days: int, world: World) -> None:
    world.policy.cumulative_months = months
    until = date(2026, 6, 15)
    assert until - window_start(world.policy, until) == timedelta(days=days)
