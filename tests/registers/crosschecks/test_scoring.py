"""Scores are of 100 whatever is put in, and rise with what matters."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from registers.crosschecks import scoring
from registers.crosschecks.enums import Check
from registers.crosschecks.finding import FINDERS
from registers.crosschecks.rules import RULES
from registers.crosschecks.scoring import OfferSeen, Paid, total
from registers.crosschecks.words import apart, within
from tests.builders import TODAY, YESTERDAY

POUNDS = st.decimals(min_value=0, max_value=10**9, places=2)
OFFERS = st.builds(
    OfferSeen,
    accepted=st.booleans(),
    value=st.none() | POUNDS,
    light_refreshments=st.booleans(),
    kind=st.sampled_from(["", "police", "local_business"]),
    provider=st.text(max_size=20),
    chief_officer=st.booleans(),
    in_procurement=st.booleans(),
    times=st.integers(0, 1000),
)
PAID = st.builds(
    Paid, payments=st.integers(0, 10**6), months=st.integers(0, 400), of_months=st.integers(0, 400)
)


@given(
    offer=OFFERS, paid=PAID, amount=st.none() | POUNDS, likeness=st.integers(0, 100),
    base=st.integers(-100, 200),
)  # fmt: skip
def test_a_score_is_of_100(
    offer: OfferSeen, paid: Paid, amount: Decimal | None, likeness: int, base: int
) -> None:
    points = [
        ("base", base),
        *scoring.offer_points(offer),
        *scoring.payee_points(paid),
        *scoring.contract_points(amount),
        *scoring.spend_points(amount or Decimal(0)),
        *scoring.likeness_points(likeness),
    ]
    assert 0 <= total(points) <= 100
    assert all(factor and isinstance(each, int) for factor, each in points)


@given(offer=OFFERS)
def test_accepting_never_weighs_less_than_declining(offer: OfferSeen) -> None:
    taken, declined = (replace(offer, accepted=each) for each in (True, False))
    assert sum(p for _, p in scoring.offer_points(taken)) > sum(
        p for _, p in scoring.offer_points(declined)
    )


@given(low=POUNDS, more=POUNDS)
def test_more_money_never_weighs_less(low: Decimal, more: Decimal) -> None:
    for points in (scoring.contract_points, scoring.spend_points):
        assert sum(p for _, p in points(low + more)) >= sum(p for _, p in points(low))


@given(
    days=st.integers(0, 400), largest=POUNDS, limit=st.decimals(1, 10**6, places=2),
    many=st.integers(2, 50),
)  # fmt: skip
def test_a_split_nearer_the_limit_never_weighs_less(
    days: int, largest: Decimal, limit: Decimal, many: int
) -> None:
    def weight(each: Decimal) -> int:
        found = scoring.split_points(days=days, largest=each, limit=limit, purchases=many)
        return sum(points for _, points in found)

    assert weight(max(largest, limit)) >= weight(min(largest, limit))


def test_every_check_is_declared_and_finds() -> None:
    assert set(RULES) == set(FINDERS) == set(Check)
    for rule in RULES.values():
        assert rule.why.endswith(".")
        assert rule.pair
        assert rule.title
        assert 0 < rule.minimum_score <= 100


def test_words_stand_within_a_sentence() -> None:
    assert within("Lunch") == "lunch"
    assert within("VIP tickets") == "VIP tickets"
    assert apart(YESTERDAY, TODAY) == "1 day before"
    assert apart(TODAY, YESTERDAY) == "1 day after"
    assert apart(TODAY, TODAY) == "on the day on which"


def test_likeness_takes_a_quarter_of_what_is_not_sure() -> None:
    assert scoring.likeness_points(100) == []
    assert scoring.likeness_points(60) == [("Names alike, 60 of 100", -10)]
    assert scoring.likeness_points(20) == [("Names alike, 20 of 100", -20)]
