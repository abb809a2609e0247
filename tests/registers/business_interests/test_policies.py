"""What a policy says of an interest: pure rules, asked with values of every kind."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.policies import risk_score
from integrity.people.enums import MemberType
from registers.business_interests.enums import (
    AssessmentKind,
    Category,
    ConditionKind,
    Factor,
    Holder,
    Stance,
    Status,
    View,
)
from registers.business_interests.facts import AssessmentFacts, ConditionFacts, InterestFacts
from registers.business_interests.models import (
    InterestPolicy,
    ListedOccupation,
    MemberRule,
    ReviewInterval,
)
from registers.business_interests.policies import (
    against_guidance,
    approved_status,
    average_hours,
    factors,
    listed_in,
    next_status,
    over_hours,
    problems,
    review_months,
    rule_for,
    steps_for,
)
from tests.interests import HOURS, NO_UNIFORM, OCCUPATIONS, WEIGHTS, facts

S = Status
LIST = [ListedOccupation(name=name, words=words, stance=how) for name, words, how in OCCUPATIONS]
DOOR, DRIVER, INSTRUCTOR = LIST
AGENT = ConditionFacts(text="Through Keyes and Co.", kind=ConditionKind.AGENT)
POLICY = InterestPolicy()
STRICT = InterestPolicy(letting_needs_agent=True)


def letting(**details: Any) -> InterestFacts:
    flat = {"category": Category.LETTING, "organisation": "", "hours_a_week": None}
    return facts(**{**flat, "property_address": "1 Quay Street", **details})


# --- the steps of an application ------------------------------------------------------------------


@pytest.mark.parametrize("category", Category)
def test_every_category_asks_what_it_is_and_about_conflicts(category: Category) -> None:
    for holder in Holder:
        steps = steps_for(category, holder)
        assert (steps[0], steps[-1]) == ("work", "conflict")
        assert ("hours" in steps) == (
            holder == Holder.SELF
            and category not in {Category.LETTING, Category.LICENCE, Category.RELATIVES_LICENCE}
        )
        assert ("property" in steps) == (category == Category.LETTING)
        assert ("licence" in steps) == (category.endswith("licence"))


def test_a_letting_is_asked_about_the_property_and_not_about_an_employer() -> None:
    assert steps_for(Category.LETTING) == ("work", "property", "conflict")
    assert steps_for(Category.WAGED) == ("work", "organisation", "hours", "conflict")


# --- the list of occupations ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gardener", []),
        ("Door supervisor", [DOOR]),
        ("door-supervisor at weekends", [DOOR]),
        ("One of the DOOR SUPERVISORS", [DOOR]),
        ("Bouncers, taxis", [DOOR, DRIVER]),
        ("taxidermist", []),  # not a taxi
        ("screwdriver salesman", []),
        ("a door of a supervisor", []),
        ("driving instructor", [INSTRUCTOR]),
        ("Driving instructor and lorry driver", [DRIVER, INSTRUCTOR]),
        ("driver; in the evening, bouncer.", [DOOR, DRIVER]),
        ("", []),
    ],
)
def test_the_list_is_found_by_whole_words_and_plurals_strictest_first(
    text: str, found: list[ListedOccupation]
) -> None:
    assert listed_in(reversed(LIST), text) == found


def test_an_occupation_without_words_is_never_found() -> None:
    assert (
        listed_in([ListedOccupation(name="Any", words=["", "–"], stance=Stance.REFUSE)], "") == []
    )


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_against_any_list(text: str, words: list[str]) -> None:
    row = ListedOccupation(name="Any", words=words, stance=Stance.ADVICE)
    found = listed_in([row], text)
    assert found in ([], [row])
    for word in words:
        if any(c.isalnum() for c in word.casefold()):
            assert listed_in([row], f"x {word} x") == [row]


@pytest.mark.parametrize(
    ("listed", "conditions", "words"),
    [
        (None, (), ""),
        (DOOR, (), "normally refused"),
        (DOOR, (HOURS,), "normally refused"),
        (DRIVER, (), "with conditions only"),
        (DRIVER, (HOURS,), ""),
        (INSTRUCTOR, (), ""),  # advice is asked for, nothing is refused
    ],
)
def test_what_goes_against_the_list(
    listed: ListedOccupation | None, conditions: tuple[ConditionFacts, ...], words: str
) -> None:
    said = against_guidance(POLICY, listed, facts(), conditions)
    assert words in said
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("policy", "stated", "conditions", "against"),
    [
        (STRICT, letting(), (), True),
        (STRICT, letting(), (NO_UNIFORM,), True),
        (STRICT, letting(), (AGENT,), False),
        (STRICT, letting(managing_agent="Keyes and Co"), (), False),
        (POLICY, letting(), (), False),
        (STRICT, facts(), (), False),
    ],
)
def test_property_is_let_through_an_agent_where_the_force_says_so(
    policy: InterestPolicy,
    stated: InterestFacts,
    conditions: tuple[ConditionFacts, ...],
    against: bool,
) -> None:
    assert bool(against_guidance(policy, None, stated, conditions)) is against


# --- working time ---------------------------------------------------------------------------------

WORKED = st.lists(
    st.tuples(
        st.decimals(0, 60, places=2), st.one_of(st.none(), st.integers(min_value=0, max_value=30))
    ),
    max_size=5,
)


@given(st.decimals(0, 60, places=1), WORKED, st.integers(min_value=1, max_value=26))
def test_the_average_week_is_every_hour_worked_over_the_weeks(
    duty: Decimal, worked: list[tuple[Decimal, int | None]], over_weeks: int
) -> None:
    """Against weeks filled one by one."""
    weeks = [duty] * over_weeks
    for hours, of in worked:
        for week in range(over_weeks if of is None else min(of, over_weeks)):
            weeks[week] += hours
    found = average_hours(duty, worked, over_weeks=over_weeks)
    assert abs(found - sum(weeks, Decimal(0)) / over_weeks) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("worked", "average"),
    [
        ([], "40.00"),
        ([(Decimal(8), None)], "48.00"),
        ([(Decimal(34), 4)], "48.00"),  # four weekends of harvest in seventeen weeks
        ([(Decimal(34), 0)], "40.00"),
        ([(Decimal(34), 52)], "74.00"),  # of the seventeen weeks, seventeen
        ([(Decimal("4.25"), None), (Decimal(17), 1)], "45.25"),
    ],
)
def test_seventeen_weeks_of_forty_hours_and_more(
    worked: list[tuple[Decimal, int | None]], average: str
) -> None:
    assert average_hours(Decimal(40), worked, over_weeks=17) == Decimal(average)


def test_forty_eight_hours_are_not_past_forty_eight() -> None:
    assert not over_hours(POLICY, Decimal("48.00"))
    assert over_hours(POLICY, Decimal("48.01"))
    assert not over_hours(POLICY, None)


# --- what an application lacks --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "average", "fields"),
    [
        (facts(), 44, []),
        (facts(occupation=""), 44, ["occupation"]),
        (facts(organisation=""), 44, ["organisation"]),
        (facts(category=Category.SELF_EMPLOYED, organisation=""), 44, []),
        (facts(hours_a_week=None), 40, ["hours_a_week"]),
        (facts(holder=Holder.RELATIVE), 40, ["relative"]),
        (facts(holder=Holder.RELATIVE, relative="Ann", hours_a_week=None), 40, []),
        (letting(property_address=""), 40, ["property_address"]),
        (letting(), 40, []),
        (
            facts(category=Category.RELATIVES_LICENCE, licence_kind="alcohol"),
            40,
            ["holder", "licence_kind"],
        ),
        (
            facts(
                category=Category.RELATIVES_LICENCE,
                holder=Holder.RELATIVE,
                relative="Ann",
                licence_kind="alcohol",
                licensed_premises="The Anchor",
            ),
            40,
            [],
        ),
        (facts(), 49, ["opted_out"]),
        (facts(opted_out=False), 49, []),  # a prompt, never a verdict
        (facts(holder=Holder.RELATIVE, relative="Ann"), 49, []),  # the hours are not theirs
        (facts(supplies_force=None), 44, ["uses_police_knowledge"]),
        (facts(supplies_force=True), 44, ["conflict_note"]),
        (facts(supplies_force=True, conflict_note="They sell us paper."), 44, []),
    ],
)
def test_what_an_application_lacks(stated: InterestFacts, average: int, fields: list[str]) -> None:
    found = problems(POLICY, stated, average=Decimal(average))
    assert [problem.field for problem in found] == fields
    assert all(problem.sentence.endswith(".") for problem in found)


def test_the_limit_is_written_as_people_write_it() -> None:
    for limit, words in ((Decimal("48.0"), "48-hour"), (Decimal("37.5"), "37.5-hour")):
        (found,) = problems(InterestPolicy(hours_limit=limit), facts(), average=Decimal(60))
        assert f"opted out of the {words} week" in found.sentence


# --- the way to a decision ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asks", "supervisor", "way"),
    [
        ((False, False), True, [S.WITH_SUPERVISOR, S.WITH_PSD]),
        ((False, False), False, [S.WITH_PSD]),
        ((True, False), True, [S.WITH_SUPERVISOR, S.WITH_HR, S.WITH_PSD]),
        ((False, True), False, [S.WITH_VETTING, S.WITH_PSD]),
        ((True, True), True, [S.WITH_SUPERVISOR, S.WITH_HR, S.WITH_VETTING, S.WITH_PSD]),
    ],
)
def test_who_is_asked_before_psd(
    asks: tuple[bool, bool], supervisor: bool, way: list[Status]
) -> None:
    policy = InterestPolicy(asks_hr=asks[0], asks_vetting=asks[1])
    at, found = None, []
    while at != S.WITH_PSD:
        at = next_status(policy, after=at, supervisor=supervisor)
        found.append(at)
    assert found == way


def test_conditions_make_an_approval_conditional() -> None:
    assert approved_status([]) == S.APPROVED
    assert approved_status([HOURS]) == S.APPROVED_WITH_CONDITIONS


def test_the_rule_of_a_kind_of_member() -> None:
    officer, staff = MemberRule(member_type="officer"), MemberRule(member_type="staff")
    assert rule_for([officer, staff], MemberType.STAFF) is staff
    assert rule_for([officer], MemberType.VOLUNTEER) is None


# --- how often it is reviewed ---------------------------------------------------------------------

ROWS = [
    ReviewInterval(from_risk=40, months=6),
    ReviewInterval(post="Sergeant", months=24),
    ReviewInterval(post="Armed response", months=9),
    ReviewInterval(with_conditions=True, months=10),
    ReviewInterval(with_conditions=False, from_risk=10, months=11),
]


@pytest.mark.parametrize(
    ("posts", "with_conditions", "risk", "months"),
    [
        ([], False, 0, 12),  # no row fits: the policy's own
        (["SERGEANT", ""], False, 0, 24),  # a row that fits counts, though it is longer
        (["Sergeant", "armed response"], False, 0, 9),
        (["Sergeant"], True, 0, 10),
        (["Constable"], True, 39, 10),
        (["Constable"], True, 40, 6),
        (["Armed response"], True, 90, 6),
        ([], False, 9, 12),
        ([], False, 10, 11),
    ],
)
def test_of_the_rows_that_fit_the_shortest_counts(
    posts: list[str], with_conditions: bool, risk: int, months: int
) -> None:
    found = review_months(ROWS, POLICY, posts=posts, with_conditions=with_conditions, risk=risk)
    assert found == months


# --- risk -----------------------------------------------------------------------------------------


def shown(
    stated: InterestFacts,
    *,
    policy: InterestPolicy = POLICY,
    listed: ListedOccupation | None = None,
    said: dict[str, AssessmentFacts] | None = None,
    **more: Any,
) -> set[Factor]:
    plain: dict[str, Any] = {
        "average": Decimal(40),
        "refused_before": False,
        "broke_a_condition": False,
        "chief_officer": False,
    }
    return set(factors(policy, stated, listed, said or {}, **{**plain, **more}))


SUPERVISOR, OF_HR, OF_VETTING = AssessmentKind.SUPERVISOR, AssessmentKind.HR, AssessmentKind.VETTING


@pytest.mark.parametrize(
    ("factor", "present"),
    [
        (Factor.LISTED_REFUSE, shown(facts(), listed=DOOR)),
        (Factor.LISTED_OTHER, shown(facts(), listed=INSTRUCTOR)),
        (Factor.POLICE_KNOWLEDGE, shown(facts(uses_police_knowledge=True))),
        (Factor.SUPPLIES_FORCE, shown(facts(supplies_force=True))),
        (Factor.REPUTATION, shown(facts(could_reflect=True))),
        (
            Factor.ROLE_CONFLICT,
            shown(facts(), said={SUPERVISOR: AssessmentFacts(role_conflict=True)}),
        ),
        (
            Factor.PERFORMANCE,
            shown(facts(), said={OF_HR: AssessmentFacts(performance_concern=True)}),
        ),
        (
            Factor.WELFARE,
            shown(facts(), said={SUPERVISOR: AssessmentFacts(welfare_concern=True)}),
        ),
        (
            Factor.VETTING,
            shown(facts(), said={OF_VETTING: AssessmentFacts(View.CONCERNS, note="A caution.")}),
        ),
        (Factor.OVER_HOURS, shown(facts(), average=Decimal(49))),
        (Factor.NO_AGENT, shown(letting(), policy=STRICT)),
        (Factor.LICENCE, shown(facts(category=Category.LICENCE, in_force_area=True))),
        (Factor.REFUSED_BEFORE, shown(facts(), refused_before=True)),
        (Factor.BROKEN_BEFORE, shown(facts(), broke_a_condition=True)),
        (Factor.CHIEF_OFFICER, shown(facts(), chief_officer=True)),
    ],
)
def test_each_factor_shows_by_itself(factor: Factor, present: set[Factor]) -> None:
    assert present == {factor}


def test_what_shows_no_factor() -> None:
    assert shown(facts()) == set()
    assert shown(letting()) == set(), "the force does not ask for an agent"
    assert shown(facts(category=Category.LICENCE, in_force_area=False)) == set()
    assert shown(facts(), said={SUPERVISOR: AssessmentFacts(View.OBJECT, note="No.")}) == set()


@given(st.sets(st.sampled_from(Factor)))
def test_the_score_is_the_sum_of_the_force_s_weights(found: set[Factor]) -> None:
    weights = {str(factor): points for factor, points in WEIGHTS.items()}
    assert risk_score(found, weights) == sum(points for f, points in WEIGHTS.items() if f in found)
    assert risk_score(found, {}) == 0
