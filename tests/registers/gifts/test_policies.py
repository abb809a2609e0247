"""What a policy says of an offer: pure rules, asked with values of every kind."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.policies import risk_score
from registers.gifts.enums import (
    Factor,
    ItemDecision,
    ItemKind,
    ProviderKind,
    Refreshments,
    Route,
    Status,
    ValueKind,
)
from registers.gifts.facts import ItemFacts, OfferFacts, Value
from registers.gifts.models import Band, GiftPolicy
from registers.gifts.policies import (
    CAREFULNESS,
    Cumulative,
    advise,
    against_policy,
    days_late,
    factors,
    first_status,
    may_be_refreshments,
    most_careful,
    problems,
    route_for_value,
    route_item,
    route_offer,
    value_words,
)
from tests.builders import (
    ACCEPTED_BANDS,
    DECLINED_BANDS,
    DOUBTFUL,
    FOREIGN,
    GENUINE,
    TODAY,
    UNKNOWN,
    WEIGHTS,
    YESTERDAY,
    accepted,
    facts,
    item,
    pounds,
    undecided,
)

BANDS = [
    Band(decision=decision, from_value=Decimal(value), route=route)
    for decision, bands in (
        (ItemDecision.ACCEPTED, ACCEPTED_BANDS),
        (ItemDecision.DECLINED, DECLINED_BANDS),
    )
    for value, route in bands
]
MONEY = st.decimals(0, 500, places=2)
PROVIDERS = st.sampled_from(ProviderKind)


def policy(**details: object) -> GiftPolicy:
    return GiftPolicy(**{"light_refreshments_up_to": Decimal(10), **details})


@st.composite
def values(draw: st.DrawFn) -> Value:
    low = draw(MONEY)
    more = draw(st.decimals("0.01", 200, places=2))
    return draw(
        st.sampled_from(
            [
                pounds(str(low)),
                pounds(str(low), str(low + more)),
                Value(ValueKind.ESTIMATED, low, low),
                Value(ValueKind.BOUND, low, None, f"above {low}"),
                Value(ValueKind.BOUND, None, low, f"below {low}"),
                UNKNOWN,
                FOREIGN,
            ]
        )
    )


@st.composite
def offers(draw: st.DrawFn) -> OfferFacts:
    """Offers of any shape that forms can make."""
    items = draw(
        st.lists(
            st.builds(
                ItemFacts,
                description=st.just("Thing"),
                kind=st.sampled_from(ItemKind),
                decision=st.sampled_from([d for d in ItemDecision if d != "undecided"]),
                value=values(),
                light_refreshments=st.booleans(),
                alcohol=st.booleans(),
                reason_text=st.just("Because"),
            ),
            min_size=1,
            max_size=3,
        )
    )
    test = draw(st.sampled_from([None, GENUINE, DOUBTFUL]))
    return facts(*items, provider_kind=draw(PROVIDERS), gift_test=test)


def route(offer: OfferFacts, row: GiftPolicy | None = None, *, authorised: bool = False) -> Route:
    return route_offer(row or policy(), BANDS, offer, authorised=authorised)


def careful(found: Route) -> int:
    return CAREFULNESS.index(found)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ("0", Route.RECORD),
        ("9.99", Route.RECORD),
        ("10", Route.SUPERVISOR),
        ("24.99", Route.SUPERVISOR),
        ("25", Route.PSD),
        ("99.99", Route.PSD),
        ("100", Route.REFUSE),
    ],
)
def test_what_is_accepted_takes_the_route_of_its_band(value: str, where: Route) -> None:
    assert route(facts(accepted(value))) == where


@pytest.mark.parametrize(("value", "where"), [("99.99", Route.RECORD), ("100", Route.PSD)])
def test_what_is_declined_has_bands_of_its_own(value: str, where: Route) -> None:
    assert route(facts(item(value))) == where


@given(st.sampled_from(ItemDecision), MONEY, MONEY, PROVIDERS, st.booleans(), st.booleans())
def test_more_value_never_takes_a_less_careful_route(
    decision: ItemDecision,
    one: Decimal,
    other: Decimal,
    provider: ProviderKind,
    cup_of_tea: bool,
    authorise: bool,
) -> None:
    less, more = sorted((one, other))
    row = policy(requires_authorisation=authorise)
    routes = [
        route(
            facts(
                item(str(value), decision=decision, light_refreshments=cup_of_tea),
                provider_kind=provider,
            ),
            row,
        )
        for value in (less, more)
    ]
    assert careful(routes[0]) <= careful(routes[1])


@given(MONEY, st.decimals("0.01", 200, places=2))
def test_a_range_is_judged_by_its_upper_end(low: Decimal, more: Decimal) -> None:
    assert route(facts(accepted(pounds(str(low), str(low + more))))) == route(
        facts(accepted(str(low + more)))
    )


@given(offers(), offers())
def test_an_offer_takes_the_most_careful_route_of_its_items(
    one: OfferFacts, other: OfferFacts
) -> None:
    row = policy()
    both = facts(*one.items, *other.items, provider_kind=one.provider_kind, gift_test=one.gift_test)
    routes = [route_item(row, BANDS, both, each) for each in both.items]
    assert route(both, row) == most_careful(routes)
    assert careful(route(both, row)) >= careful(route(one, row))


@given(offers())
def test_a_failed_gift_test_is_never_decided_by_less_than_psd(offer: OfferFacts) -> None:
    failed = facts(*offer.items, provider_kind=offer.provider_kind, gift_test=DOUBTFUL)
    if failed.accepted_items:
        assert careful(route(failed)) >= careful(Route.PSD)


def test_a_failed_gift_test_of_what_was_declined_changes_nothing() -> None:
    assert route(facts(item(5), gift_test=DOUBTFUL)) == Route.RECORD


@pytest.mark.parametrize("value", [UNKNOWN, FOREIGN])
@pytest.mark.parametrize("chosen", Route)
def test_a_value_nobody_can_put_in_pounds_takes_the_policy_s_route(
    value: Value, chosen: Route
) -> None:
    row = policy(unknown_value_route=chosen)
    assert route(facts(accepted(value)), row) == chosen
    assert route(facts(item(value)), row) == Route.RECORD, "declined, nothing is at stake"


@given(MONEY)
def test_above_an_amount_is_at_least_as_careful_as_that_amount_and_as_not_known(
    low: Decimal,
) -> None:
    above = route(facts(accepted(Value(ValueKind.BOUND, low, None, "above"))))
    assert careful(above) >= careful(route(facts(accepted(str(low)))))
    assert careful(above) >= careful(Route.SUPERVISOR)


def test_pounds_are_never_assumed_from_another_currency() -> None:
    assert FOREIGN.ceiling is None
    found = factors(
        policy(),
        BANDS,
        facts(accepted(FOREIGN)),
        authorised=False,
        late=False,
        chief_officer=False,
        repeated=False,
    )
    assert Factor.UNKNOWN_VALUE in found


@pytest.mark.parametrize("kind", ItemKind)
def test_what_the_policy_never_accepts_is_refused_whatever_it_is_worth(kind: ItemKind) -> None:
    row = policy(never_accepted=[kind])
    assert route(facts(accepted(0, kind=kind)), row) == Route.REFUSE
    assert route(facts(item(0, kind=kind)), row) == Route.RECORD
    assert against_policy(row, BANDS, facts(accepted(0, kind=kind)), authorised=True)


def test_cash_is_never_accepted_by_default() -> None:
    assert route(facts(accepted(1, kind=ItemKind.CASH))) == Route.REFUSE


@pytest.mark.parametrize("provider", ProviderKind)
def test_what_is_accepted_from_suppliers_bidders_and_media_goes_to_psd(
    provider: ProviderKind,
) -> None:
    to_psd = {ProviderKind.CONTRACTOR, ProviderKind.PROSPECTIVE_SUPPLIER, ProviderKind.MEDIA}
    expected = Route.PSD if provider in to_psd else Route.RECORD
    assert route(facts(accepted(1), provider_kind=provider)) == expected
    assert route(facts(item(1), provider_kind=provider)) == Route.RECORD
    tea = accepted(1, light_refreshments=True)
    assert route(facts(tea, provider_kind=provider)) == Route.RECORD


def test_accepting_unasked_where_authorisation_is_required_goes_to_psd() -> None:
    row = policy(requires_authorisation=True)
    taken = facts(accepted(1))
    assert route(taken, row) == Route.PSD
    assert route(taken, row, authorised=True) == Route.RECORD
    assert against_policy(row, BANDS, taken, authorised=False)
    assert not against_policy(row, BANDS, taken, authorised=True)
    tea = facts(accepted(1, light_refreshments=True))
    assert route(tea, row) == Route.RECORD
    assert not against_policy(row, BANDS, tea, authorised=False)
    assert route(facts(item(1)), row) == Route.RECORD


def test_what_is_asked_for_beforehand_is_psd_s() -> None:
    assert route(facts(undecided(1))) == Route.PSD


@pytest.mark.parametrize(
    ("value", "light"), [("0", True), ("10", True), ("10.01", False), ("500", False)]
)
def test_light_refreshments_end_at_the_policy_s_amount(value: str, light: bool) -> None:
    tea = accepted(value, light_refreshments=True)
    assert may_be_refreshments(policy(), tea) is light
    assert not may_be_refreshments(policy(), accepted(value))


def test_light_refreshments_of_no_known_value_are_recorded() -> None:
    tea = accepted(UNKNOWN, light_refreshments=True)
    assert route(facts(tea), policy(unknown_value_route=Route.PSD)) == Route.RECORD


@given(st.integers(0, 400), st.integers(0, 60))
def test_lateness_counts_the_days_after_the_last_one_allowed(after: int, within: int) -> None:
    row = policy(report_within_days=within)
    late = days_late(row, offered_on=TODAY - timedelta(days=after), received_on=TODAY)
    assert late == max(0, after - within)


def test_the_last_day_is_in_time() -> None:
    offered = date(2026, 3, 1)
    assert days_late(policy(), offered_on=offered, received_on=date(2026, 3, 29)) == 0
    assert days_late(policy(), offered_on=offered, received_on=date(2026, 3, 30)) == 1


@pytest.mark.parametrize(
    ("found", "peers", "supervisor", "authorisation", "status"),
    [
        (Route.RECORD, False, True, False, Status.RECORDED),
        (Route.SUPERVISOR, False, True, False, Status.WITH_SUPERVISOR),
        (Route.SUPERVISOR, False, False, False, Status.WITH_PSD),
        (Route.PSD, False, True, False, Status.WITH_PSD),
        (Route.REFUSE, False, True, False, Status.WITH_PSD),
        (Route.RECORD, True, True, False, Status.PEER_REVIEW),
        (Route.PSD, True, True, True, Status.PEER_REVIEW),
        (Route.PSD, False, True, True, Status.AUTHORISATION_SOUGHT),
    ],
)
def test_where_an_offer_begins(
    found: Route, peers: bool, supervisor: bool, authorisation: bool, status: Status
) -> None:
    begins = first_status(found, peers=peers, supervisor=supervisor, authorisation=authorisation)
    assert begins == status


@pytest.mark.parametrize(
    ("offer", "field"),
    [
        (facts(), None),
        (facts(item(5), organisation="", person="A grateful widow"), None),
        (facts(item(5), organisation="", provider_kind="unknown"), None),
        (facts(item(5), organisation=""), "provider"),
        (facts(item(5), offered_on=TODAY + timedelta(days=1)), "offered_on"),
        (facts(item(5), offered_on=TODAY), None),
        (facts(item(5), offered_on=TODAY - timedelta(days=28)), None),
        (facts(item(5), offered_on=TODAY - timedelta(days=29)), "late_reason"),
        (facts(item(5), offered_on=TODAY - timedelta(days=29), late_reason="Ill"), None),
        (facts(accepted(5), gift_test=None), "genuine"),
        (facts(accepted(5, light_refreshments=True), gift_test=None), None),
        (facts(accepted(11, light_refreshments=True)), "light_refreshments"),
        (facts(accepted(5), gift_test=DOUBTFUL), None),
        (facts(accepted(5, reason_text="")), "reason"),
        (facts(accepted(5, reason_text="", reason_id=1)), None),
        (facts(undecided(5)), "decision"),
        (facts(item(5, kind=ItemKind.CASH, light_refreshments=True)), "kind"),
    ],
)
def test_what_an_offer_lacks(offer: OfferFacts, field: str | None) -> None:
    found = problems(policy(), offer, received_on=TODAY)
    assert [problem.field for problem in found] == ([field] if field else [])
    assert all(problem.sentence.endswith(".") for problem in found)


def test_an_offer_of_nothing_is_refused() -> None:
    nothing = OfferFacts(YESTERDAY, ProviderKind.PUBLIC, (), person="A Roe")
    assert [p.step for p in problems(policy(), nothing, received_on=TODAY)] == ["items"]


def test_a_request_may_be_about_a_day_to_come_and_leave_the_decision_open() -> None:
    asked = facts(undecided(5), offered_on=TODAY + timedelta(days=9))
    assert problems(policy(), asked, received_on=TODAY, authorisation=True) == []


def test_saying_why_the_gift_test_fails_is_required() -> None:
    mute = facts(accepted(5), gift_test=DOUBTFUL.__class__(True, False, True, True))
    assert [p.field for p in problems(policy(), mute, received_on=TODAY)] == ["note"]


def test_the_risk_is_the_sum_of_the_weights_of_the_factors_shown() -> None:
    found = factors(
        policy(),
        BANDS,
        facts(accepted(150, alcohol=True), provider_kind="media", gift_test=DOUBTFUL),
        authorised=False,
        late=True,
        chief_officer=True,
        repeated=True,
    )
    assert set(found) == set(Factor) - {Factor.UNKNOWN_VALUE}
    assert risk_score(found, WEIGHTS) == sum(WEIGHTS.values()) - WEIGHTS[Factor.UNKNOWN_VALUE]
    assert risk_score(found, {}) == 0, "a factor without a weight adds nothing"


def test_a_declined_gift_from_the_public_shows_no_risk_at_all() -> None:
    assert (
        factors(
            policy(),
            BANDS,
            facts(item(500, alcohol=True), provider_kind="public"),
            authorised=False,
            late=False,
            chief_officer=False,
            repeated=False,
        )
        == ()
    )


@given(offers(), st.booleans(), st.booleans())
def test_a_factor_more_never_lowers_the_score(offer: OfferFacts, late: bool, chief: bool) -> None:
    def score(*, late: bool, chief: bool) -> int:
        found = factors(
            policy(), BANDS, offer, authorised=False, late=late, chief_officer=chief, repeated=False
        )
        return risk_score(found, WEIGHTS)

    assert score(late=late, chief=chief) <= score(late=True, chief=True)


@pytest.mark.parametrize(
    ("count", "value", "flagged"),
    [(3, "100", False), (4, "0", True), (2, "100.01", True), (1, "100.01", False), (0, "0", False)],
)
def test_repetition_is_flagged_past_the_policy_s_settings(
    count: int, value: str, flagged: bool
) -> None:
    row = policy(cumulative_value=Decimal(100))
    assert Cumulative(count, Decimal(value), 99, Decimal(999)).flagged(row) is flagged


@given(st.sampled_from(ItemKind), values(), PROVIDERS, st.booleans())
def test_the_guide_says_no_exactly_where_the_route_refuses(
    kind: ItemKind, value: Value, provider: ProviderKind, authorise: bool
) -> None:
    row = policy(requires_authorisation=authorise)
    advice = advise(row, BANDS, kind=kind, value=value, provider_kind=provider)
    taken = facts(accepted(value, kind=kind), provider_kind=provider)
    assert (advice.tone == "red") == (route(taken, row) == Route.REFUSE)
    if authorise and advice.tone != "red":
        assert "authorise" in advice.headline
    assert all(point.endswith((".", "?")) for point in advice.points)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (Refreshments.EACH, "Record each time"),
        (Refreshments.COUNT, "monthly count"),
        (Refreshments.NOT_REQUIRED, "need not be recorded"),
    ],
)
def test_the_guide_says_what_the_force_wants_of_light_refreshments(
    setting: Refreshments, words: str
) -> None:
    row = policy(light_refreshments=setting)
    advice = advise(row, BANDS, kind="refreshments", value=UNKNOWN, provider_kind="public")
    assert advice.headline == "Yes: light refreshments, up to £10.00 a person."
    assert words in advice.points[0]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (pounds("1234.5"), "£1,234.50"),
        (Value(ValueKind.ESTIMATED, Decimal(12), Decimal(12)), "about £12.00"),
        (pounds(10, 15), "£10.00 to £15.00"),
        (UNKNOWN, "not known"),
        (FOREIGN, "$40"),
    ],
)
def test_a_value_in_words(value: Value, words: str) -> None:
    assert value_words(value) == words


def test_a_policy_that_says_nothing_of_a_value_lets_nothing_through_unseen() -> None:
    for decision in (ItemDecision.ACCEPTED, ItemDecision.DECLINED):
        value = Value(ValueKind.EXACT, Decimal(5), Decimal(5))
        assert route_for_value(policy(), [], decision=decision, value=value) == Route.PSD
