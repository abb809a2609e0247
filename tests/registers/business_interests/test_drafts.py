"""A draft asks what its category needs, forgets what it does not, and whole it makes the facts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from integrity.casework.actions import save_draft, start_draft
from integrity.casework.models import Draft
from integrity.people.models import User
from registers.business_interests import actions
from registers.business_interests.counts import counts
from registers.business_interests.drafts import InterestDraft
from registers.business_interests.enums import Category, Holder, Purpose, Status
from registers.business_interests.facts import InterestFacts
from registers.business_interests.models import Interest, InterestPolicy
from registers.business_interests.policies import steps_for
from registers.business_interests.similar import FEWEST, similar
from tests.builders import NOW, World
from tests.interests import apply, interest_in

Answers = dict[str, Mapping[str, list[str]]]

NO_CONFLICT = {
    "uses_police_knowledge": ["no"],
    "supplies_force": ["no"],
    "could_reflect": ["no"],
}
STEPS: Answers = {
    "work": {"occupation": ["Gardener"], "description": ["Hedges"]},
    "organisation": {"organisation": ["Fallow Hill"], "starts_on": ["2026-07-01"]},
    "property": {
        "property_address": ["1 Quay Row"],
        "managed": ["yes"],
        "managing_agent": ["Lettings Ltd"],
    },
    "licence": {
        "licence_kind": ["alcohol"],
        "licensed_premises": ["The Anchor"],
        "in_force_area": ["yes"],
    },
    "hours": {"hours_a_week": ["4"], "weeks": ["every"], "when_worked": ["Sundays"]},
    "working-time": {"opted_out": ["no"]},
    "conflict": NO_CONFLICT,
}


def holder(category: str, whose: str = Holder.SELF) -> Mapping[str, list[str]]:
    return {"category": [category], "holder": [whose], "relative": ["Ann Example, my sister"]}


def policy_of(user: User) -> InterestPolicy:
    return InterestPolicy.objects.for_person(user).in_force(date(2026, 6, 15))


def draft_of(user: User, data: Mapping[str, Any]) -> InterestDraft:
    row = start_draft(
        by=user,
        register="business_interests",
        purpose=Purpose.APPLY,
        keep_days=30,
        now=timezone.now(),
        data=data,
    )
    return InterestDraft(row, policy_of(user), by=user, today=date(2026, 6, 15))


def unsaved(user: User, policy: InterestPolicy, data: Mapping[str, Any]) -> InterestDraft:
    row = Draft(user=user, register="business_interests", purpose=Purpose.APPLY, data=dict(data))
    return InterestDraft(row, policy, by=user, today=date(2026, 6, 15))


@pytest.mark.parametrize("whose", Holder)
@pytest.mark.parametrize("category", Category)
def test_exactly_the_steps_of_the_category_are_asked(
    world: World, category: Category, whose: Holder
) -> None:
    if category == Category.RELATIVES_LICENCE and whose == Holder.SELF:
        return
    draft = draft_of(world.constable, {"holder": holder(category, whose)})
    asked, at = ["holder"], "holder"
    while at := draft.next_step(at):
        asked.append(at)
        save_draft(draft.draft, step=at, values=STEPS[at], now=timezone.now())
    assert tuple(asked) == draft.steps == ("holder", *steps_for(category, whose))
    assert draft.facts() is not None
    assert draft.problems() == []


def test_nothing_but_the_kind_is_asked_before_the_kind_is_known(world: World) -> None:
    draft = draft_of(world.constable, STEPS)
    assert draft.steps == ("holder",)
    assert draft.facts() is None
    assert [problem.step for problem in draft.problems()] == ["holder"]


def test_a_relatives_licence_is_a_relatives(world: World) -> None:
    draft = draft_of(world.constable, {"holder": holder(Category.RELATIVES_LICENCE)})
    (problem,) = draft.problems()
    assert "say whose it is" in problem.sentence


def test_a_letting_is_asked_for_its_agent_and_never_for_hours(world: World) -> None:
    draft = draft_of(world.constable, {**STEPS, "holder": holder(Category.LETTING)})
    assert draft.steps == ("holder", "work", "property", "conflict")
    assert draft.average() is None
    stated = draft.facts()
    assert stated is not None
    assert (stated.hours_a_week, stated.organisation) == (None, "")
    assert stated.managing_agent == "Lettings Ltd"


def test_an_agent_must_be_named_or_be_none(world: World) -> None:
    nameless = {**STEPS["property"], "managing_agent": [""]}
    data = {**STEPS, "holder": holder(Category.LETTING), "property": nameless}
    assert [problem.step for problem in draft_of(world.constable, data).problems()] == ["property"]
    data["property"] = {**STEPS["property"], "managed": ["no"]}
    stated = draft_of(world.constable, data).facts()
    assert stated is not None
    assert stated.managing_agent == ""
    assert stated.lets_without_agent


def test_another_category_drops_what_only_the_first_was_asked(world: World) -> None:
    draft = draft_of(world.constable, {**STEPS, "holder": holder(Category.WAGED)})
    first = draft.facts()
    assert first is not None
    assert (first.organisation, first.hours_a_week) == ("Fallow Hill", Decimal(4))
    values = holder(Category.LICENCE)
    save_draft(draft.draft, step="holder", values=values, now=timezone.now())
    second = draft.facts()
    assert second == InterestFacts(
        category=Category.LICENCE,
        occupation="Gardener",
        description="Hedges",
        licence_kind="alcohol",
        licensed_premises="The Anchor",
        in_force_area=True,
        uses_police_knowledge=False,
        supplies_force=False,
        could_reflect=False,
    )


def test_whole_answers_make_the_facts_and_the_application(world: World) -> None:
    hours = {"hours_a_week": ["7.5"], "weeks": ["some"], "weeks_worked": ["8"]}
    conflict = {**NO_CONFLICT, "could_reflect": ["yes"], "conflict_note": ["It is near the nick."]}
    data = {**STEPS, "holder": holder(Category.WAGED), "hours": hours, "conflict": conflict}
    stated = draft_of(world.constable, data).facts()
    assert stated == InterestFacts(
        category=Category.WAGED,
        occupation="Gardener",
        description="Hedges",
        organisation="Fallow Hill",
        starts_on=date(2026, 7, 1),
        hours_a_week=Decimal("7.5"),
        weeks_worked=8,
        uses_police_knowledge=False,
        supplies_force=False,
        could_reflect=True,
        conflict_note="It is near the nick.",
    )
    interest = actions.apply(facts=stated, by=world.constable, now=NOW)
    assert interest.average_hours == Decimal("43.53")


def test_a_yes_without_more_is_not_whole(world: World) -> None:
    conflict = {**NO_CONFLICT, "supplies_force": ["yes"]}
    data = {**STEPS, "holder": holder(Category.LETTING), "conflict": conflict}
    draft = draft_of(world.constable, data)
    assert draft.facts() is None
    assert [problem.step for problem in draft.problems()] == ["conflict"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    duty=st.decimals(min_value=30, max_value=48, places=1),
    hours=st.decimals(min_value=0, max_value=30, places=2),
    weeks=st.none() | st.integers(min_value=1, max_value=17),
)
@example(duty=Decimal(40), hours=Decimal(8), weeks=None)
@example(duty=Decimal(40), hours=Decimal("8.01"), weeks=17)
@example(duty=Decimal(40), hours=Decimal(17), weeks=8)
@example(duty=Decimal(40), hours=Decimal(17), weeks=9)
def test_the_average_week_is_asked_about_exactly_above_the_limit(
    world: World, duty: Decimal, hours: Decimal, weeks: int | None
) -> None:
    """Against the sum written out here; nothing else of this person's is approved."""
    world.constable.weekly_hours = duty
    answers = {
        "hours_a_week": [str(hours)],
        "weeks": ["every" if weeks is None else "some"],
        "weeks_worked": [str(weeks or "")],
    }
    data = {"holder": holder(Category.WAGED), "hours": answers}
    draft = unsaved(world.constable, policy_of(world.constable), data)
    total = duty * 17 + hours * (weeks or 17)
    assert ("working-time" in draft.steps) is (round(total / 17, 2) > 48)
    if "working-time" in draft.steps:
        assert draft.steps.index("working-time") == draft.steps.index("hours") + 1


def test_what_is_approved_counts_and_a_relatives_work_does_not(world: World) -> None:
    interest_in(Status.APPROVED, world, hours_a_week=Decimal(6))
    interest_in(Status.REFUSED, world, hours_a_week=Decimal(1))
    four = {**STEPS, "holder": holder(Category.HOBBY)}
    draft = draft_of(world.constable, four)
    assert draft.average() == Decimal("50.00")
    assert [(line.what, line.hours) for line in draft.week()] == [
        ("Duty", Decimal(40)),
        ("Gardener, Fallow Hill Garden Centre", Decimal(6)),
        ("This one", Decimal(4)),
    ]
    assert "working-time" in draft.steps
    theirs = {**STEPS, "holder": holder(Category.HOBBY, Holder.RELATIVE)}
    assert "hours" not in draft_of(world.constable, theirs).steps


def test_past_the_limit_the_opt_out_must_be_answered(world: World) -> None:
    data = {**STEPS, "holder": holder(Category.WAGED)}
    data["hours"] = {"hours_a_week": ["10"], "weeks": ["every"]}
    answered = draft_of(world.constable, data).facts()
    assert answered is not None
    assert answered.opted_out is False
    del data["working-time"]
    (problem,) = draft_of(world.constable, data).problems()
    assert problem.step == "working-time"
    assert problem.sentence.endswith("opted out of the 48-hour week")


def test_an_opt_out_that_is_no_longer_asked_about_is_not_stated(world: World) -> None:
    stated = draft_of(world.constable, {**STEPS, "holder": holder(Category.WAGED)}).facts()
    assert stated is not None
    assert stated.opted_out is None


def test_the_list_reads_both_boxes_of_what_was_typed(world: World) -> None:
    work = {"occupation": ["Weekend work"], "description": ["Doormen and bouncers"]}
    draft = draft_of(world.constable, {"holder": holder(Category.WAGED), "work": work})
    assert [row.name for row in draft.listed()] == ["Door supervision"]


def apply_often(world: World, status: Status, times: int, **details: Any) -> None:
    for _ in range(times):
        interest_in(status, world, hours_a_week=Decimal(0), **details)


def test_similar_applications_are_counted_by_their_first_decision(world: World) -> None:
    apply_often(world, Status.APPROVED, 2)
    apply_often(world, Status.APPROVED_WITH_CONDITIONS, 1)
    apply_often(world, Status.REFUSED, 1)
    apply_often(world, Status.REVOKED, 1)  # was approved first
    apply_often(world, Status.WITH_PSD, 3)  # is not decided
    apply_often(world, Status.APPROVED, 1, category=Category.HOBBY)  # is another kind
    found = similar(world.colleague, Category.WAGED, today=date(2026, 6, 15))
    assert (found.approved, found.with_conditions, found.refused) == (3, 1, 1)
    same = counts(Interest.objects.filter(category=Category.WAGED), today=date(2026, 6, 15))
    assert (same.approved, same.with_conditions, same.refused) == (3, 1, 1)
    assert found.is_shown


def test_fewer_than_five_are_not_shown(world: World) -> None:
    apply_often(world, Status.APPROVED, FEWEST - 1)
    apply(world.constable, hours_a_week=Decimal(0))
    assert not similar(world.colleague, Category.WAGED, today=date(2026, 6, 15)).is_shown


def test_neither_old_decisions_nor_those_of_another_force_count(world: World) -> None:
    apply_often(world, Status.REFUSED, FEWEST)
    assert similar(world.colleague, Category.WAGED, today=date(2028, 6, 15)).total == FEWEST
    assert similar(world.colleague, Category.WAGED, today=date(2028, 7, 15)).total == 0
    assert similar(world.harbour_constable, Category.WAGED, today=date(2026, 6, 15)).total == 0
