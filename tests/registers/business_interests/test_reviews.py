"""Reviews, renewal, variation, revocation, and what the person reports or ends."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from integrity.casework.enums import DeadlineKind, Stage
from integrity.casework.models import CaseVersion, Deadline, Decision
from integrity.casework.workflow import Denied
from integrity.people import actions as people
from integrity.people.models import Grade
from registers.business_interests.actions.granting import propose_review
from registers.business_interests.enums import (
    CeasedBecause,
    ConditionKind,
    Ground,
    ReviewCause,
    ReviewOutcome,
    Status,
    Verb,
    View,
)
from registers.business_interests.facts import AssessmentFacts, ConditionFacts
from registers.business_interests.models import Interest, InterestPolicy, Review, ReviewInterval
from tests import builders
from tests.builders import NOW, TODAY, World
from tests.interests import HOURS, NO_UNIFORM, NOTHING_CHANGED, fresh, interest_in, perform
from tests.registers.business_interests.test_actions import names, tasks, told

S, K = Status, DeadlineKind
pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=28)
LATER = NOW + timedelta(days=10)
MORE_HOURS = replace(
    NOTHING_CHANGED, hours_changed=True, hours_a_week=Decimal(6), answer="Saturdays as well."
)


def reviewed(world: World, status: Status = S.APPROVED, *, answers: Any = None) -> Interest:
    """An interest in a review that PSD opened; answered where there are answers."""
    interest = perform(
        Verb.OPEN_REVIEW, interest_in(status, world), by=world.reviewer, in_world=world
    )
    if answers is None:
        return interest
    return perform(
        Verb.ANSWER_REVIEW, interest, by=world.constable, in_world=world, answers=answers
    )


def review_of(interest: Interest) -> Review:
    return Review.objects.get(interest=interest)


def changed(world: World, **changes: Any) -> None:
    people.change_person(world.constable, changes=changes, by=None, now=LATER)


# --- opening and answering ------------------------------------------------------------------------


def test_psd_opens_a_review_in_a_round_of_its_own_and_asks_both_people(world: World) -> None:
    interest = reviewed(world)
    review = review_of(interest)
    assert (review.cause, review.what, review.due_on) == (
        ReviewCause.PSD,
        "Because the policy says so.",
        DUE,
    )
    assert (interest.status, interest.case.round) == (S.APPROVED, 2)
    assert tasks(interest) == [
        (K.ANSWER_REVIEW, world.constable, DUE),
        (K.ASSESS_REVIEW, world.sergeant, DUE),
        (K.REVIEW, None, DUE),
    ]
    assert told(interest) == [
        ("constable", "your approved interest is reviewed"),
        ("sergeant", "an interest in your team is reviewed"),
        ("psd_head", "an approved interest is reviewed"),
    ]


def test_an_answer_says_whether_circumstances_hours_and_role_have_changed(world: World) -> None:
    interest = reviewed(world)
    for answers, words in (
        (replace(NOTHING_CHANGED, role_changed=True), "Say what has changed"),
        (replace(MORE_HOURS, hours_a_week=None), "how many hours"),
    ):
        with pytest.raises(Denied, match=words):
            perform(
                Verb.ANSWER_REVIEW, interest, by=world.constable, in_world=world, answers=answers
            )
    interest = perform(
        Verb.ANSWER_REVIEW, interest, by=world.constable, in_world=world, answers=MORE_HOURS
    )
    review = review_of(interest)
    assert (review.hours_changed, review.hours_a_week) == (True, Decimal(6))
    assert (review.circumstances_changed, review.role_changed) == (False, False)
    assert review.answered_by == world.constable
    assert tasks(interest, K.ANSWER_REVIEW) == []
    assert told(interest) == [("psd_head", "a review was answered")]


def test_the_supervisor_s_view_on_a_review_raises_the_score(world: World) -> None:
    interest = reviewed(world)
    said = AssessmentFacts(View.CONCERNS, role_conflict=True, note="She is in custody now.")
    interest = perform(
        Verb.GIVE_REVIEW_VIEW, interest, by=world.sergeant, in_world=world, facts=said
    )
    assert interest.case.risk == 25
    assert [each.round for each in interest.assessments.all()] == [1, 2]
    assert tasks(interest, K.ASSESS_REVIEW) == []


# --- renewing and varying -------------------------------------------------------------------------


def test_a_renewal_with_nothing_changed(world: World) -> None:
    interest = reviewed(world, S.APPROVED_WITH_CONDITIONS, answers=NOTHING_CHANGED)
    interest = perform(Verb.RENEW, interest, by=world.reviewer, in_world=world, now=LATER)
    assert (interest.status, interest.review_on) == (
        S.APPROVED_WITH_CONDITIONS,
        date(2027, 6, 25),
    )
    review = review_of(interest)
    assert (review.outcome, review.closed_by) == (ReviewOutcome.RENEWED, world.reviewer)
    assert tasks(interest) == [(K.CHECK_CONDITION, None, date(2026, 12, 15))]
    last = interest.notices.order_by("pk").last()
    assert last is not None
    assert last.appeal_by is None, "nothing new to appeal against"
    assert [(d.round, d.stage) for d in interest.case.decisions.all()] == [
        (1, Stage.PSD),
        (2, Stage.PSD),
    ]
    assert ("constable", "your interest was renewed") in told(interest)


def test_a_renewal_with_other_conditions_may_be_appealed_against(world: World) -> None:
    interest = reviewed(world, S.APPROVED_WITH_CONDITIONS, answers=NOTHING_CHANGED)
    interest = perform(
        Verb.RENEW, interest, by=world.reviewer, in_world=world, keep=[], conditions=(NO_UNIFORM,)
    )
    assert review_of(interest).outcome == ReviewOutcome.VARIED
    assert [each.text for each in interest.standing_conditions] == [NO_UNIFORM.text]
    last = interest.notices.order_by("pk").last()
    assert last is not None
    assert last.appeal_by == TODAY + timedelta(days=10)


def test_a_renewal_takes_over_the_hours_and_keeps_what_they_were(world: World) -> None:
    interest = reviewed(world, answers=MORE_HOURS)
    interest = perform(Verb.RENEW, interest, by=world.reviewer, in_world=world)
    assert (interest.hours_a_week, interest.average_hours) == (Decimal(6), Decimal(46))
    kept = CaseVersion.objects.get(case=interest.case)
    assert (kept.facts["hours_a_week"], kept.reason) == ("4.00", "Hours changed")


@pytest.mark.parametrize("day", [TODAY, date(2031, 6, 16)])
def test_a_renewal_s_review_date_lies_ahead_and_within_five_years(day: date, world: World) -> None:
    interest = reviewed(world, answers=NOTHING_CHANGED)
    with pytest.raises(Denied, match="review date"):
        perform(Verb.RENEW, interest, by=world.reviewer, in_world=world, review_on=day)


def test_varying_changes_conditions_in_a_round_of_its_own(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    with pytest.raises(Denied, match="Nothing was changed"):
        perform(Verb.VARY, interest, by=world.reviewer, in_world=world, conditions=())
    was = interest.review_on
    interest = perform(Verb.VARY, interest, by=world.reviewer, in_world=world)
    assert (interest.status, interest.case.round) == (S.APPROVED_WITH_CONDITIONS, 2)
    assert interest.review_on == was
    last = interest.notices.order_by("pk").last()
    assert last is not None
    assert (last.conditions, last.appeal_by) == ([HOURS.text], TODAY + timedelta(days=10))
    interest = perform(
        Verb.VARY, interest, by=world.reviewer, in_world=world, keep=[], conditions=()
    )
    assert (interest.status, interest.case.round) == (S.APPROVED, 3)
    assert tasks(interest) == []


def test_varying_during_a_review_ends_it_and_sets_the_next_by_the_interval(world: World) -> None:
    """The old review date would have the daily round open another review tomorrow."""
    interest = reviewed(world)
    Interest.objects.update(review_on=TODAY + timedelta(days=3))
    interest = perform(Verb.VARY, fresh(interest), by=world.reviewer, in_world=world)
    assert review_of(interest).outcome == ReviewOutcome.VARIED
    assert interest.review_on == date(2027, 6, 15)


@pytest.mark.parametrize("verb", [Verb.VARY, Verb.RENEW])
def test_conditions_that_the_guidance_asks_for_are_not_ended_by_the_back_door(
    verb: Verb, world: World
) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world, occupation="Taxi driver")
    if verb == Verb.RENEW:
        interest = perform(Verb.OPEN_REVIEW, interest, by=world.reviewer, in_world=world)
        interest = perform(Verb.ANSWER_REVIEW, interest, by=world.constable, in_world=world)
    none: dict[str, Any] = {"keep": [], "conditions": ()}
    with pytest.raises(Denied, match="with conditions only"):
        perform(verb, interest, by=world.reviewer, in_world=world, **none)
    assert len(fresh(interest).standing_conditions) == 2
    perform(verb, interest, by=world.reviewer, in_world=world, keep=[], conditions=(NO_UNIFORM,))


def test_what_was_approved_against_the_guidance_may_be_renewed_as_it_is(world: World) -> None:
    interest = interest_in(S.SECOND_APPROVAL, world)
    interest = perform(Verb.SECOND_APPROVE, interest, by=world.other_reviewer, in_world=world)
    interest = perform(Verb.OPEN_REVIEW, interest, by=world.reviewer, in_world=world)
    interest = perform(Verb.ANSWER_REVIEW, interest, by=world.constable, in_world=world)
    interest = perform(Verb.RENEW, interest, by=world.reviewer, in_world=world)
    assert interest.against_guidance


@pytest.mark.parametrize("in_review", [False, True])
def test_a_revocation_has_its_ground_its_appeal_and_its_follow_ups(
    in_review: bool, world: World
) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    if in_review:
        interest = perform(Verb.OPEN_REVIEW, interest, by=world.reviewer, in_world=world)
    interest = perform(Verb.REVOKE, interest, by=world.other_reviewer, in_world=world)
    assert (interest.status, interest.grounds) == (S.REVOKED, Ground.REPUTATION)
    assert (interest.review_on, interest.case.round) == (None, 2)
    assert interest.standing_conditions == []
    assert tasks(interest) == [(K.FOLLOW_UP, None, date(2026, 7, 15))]
    last = interest.notices.order_by("pk").last()
    assert last is not None
    assert last.appeal_by == TODAY + timedelta(days=10)
    if in_review:
        assert review_of(interest).outcome == ReviewOutcome.REVOKED
    decided = Decision.objects.filter(case=interest.case).latest("pk")
    assert (decided.outcome, decided.conditions) == (
        S.REVOKED,
        f"{HOURS.text}\n{NO_UNIFORM.text}",
    )


# --- what the person says -------------------------------------------------------------------------


def test_a_reported_change_opens_a_review_that_it_answers(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    with pytest.raises(Denied, match="Say what has changed"):
        perform(
            Verb.REPORT_CHANGE,
            interest,
            by=world.constable,
            in_world=world,
            answers=NOTHING_CHANGED,
        )
    interest = perform(
        Verb.REPORT_CHANGE, interest, by=world.constable, in_world=world, answers=MORE_HOURS
    )
    review = review_of(interest)
    assert (review.cause, review.answered_by) == (ReviewCause.CIRCUMSTANCES, world.constable)
    assert (review.hours_a_week, review.answer) == (Decimal(6), "Saturdays as well.")
    assert tasks(interest) == [
        (K.ASSESS_REVIEW, world.sergeant, DUE),
        (K.REVIEW, None, DUE),
    ], "the answer is given already"
    assert names(interest)[-2:] == ["change of circumstances reported", "review opened"]
    interest = perform(Verb.RENEW, interest, by=world.reviewer, in_world=world)
    assert interest.hours_a_week == Decimal(6)


def test_a_second_change_adds_to_the_first(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    moved = replace(NOTHING_CHANGED, circumstances_changed=True, answer="A new branch.")
    for answers in (MORE_HOURS, moved):
        interest = perform(
            Verb.REPORT_CHANGE, interest, by=world.constable, in_world=world, answers=answers
        )
    review = review_of(interest)
    assert (review.hours_changed, review.circumstances_changed) == (True, True)
    assert review.hours_a_week == Decimal(6), "the renewal still takes them over"
    assert review.answer == "Saturdays as well.\nA new branch."


def test_an_ended_interest_asks_nothing_more(world: World) -> None:
    interest = reviewed(world, S.APPROVED_WITH_CONDITIONS)
    with pytest.raises(Denied, match="today or earlier"):
        perform(
            Verb.CEASE,
            interest,
            by=world.constable,
            in_world=world,
            ceased_on=TODAY + timedelta(days=1),
        )
    interest = perform(Verb.CEASE, interest, by=world.constable, in_world=world)
    assert (interest.status, interest.ceased_on, interest.ceased_because) == (
        S.CEASED,
        TODAY,
        CeasedBecause.STOPPED,
    )
    assert interest.review_on is None
    assert interest.standing_conditions == []
    assert review_of(interest).outcome == ReviewOutcome.CEASED
    assert tasks(interest) == []
    assert told(interest) == [
        ("psd_head", "an approved interest has ended"),
        ("sergeant", "an interest in your team has ended"),
    ]


# --- a change of post -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "cause", "words"),
    [
        ("grade", ReviewCause.RANK, "From Constable to Sergeant"),
        ("unit", ReviewCause.UNIT, "From Patrol to Headquarters"),
        ("post", ReviewCause.ROLE, "From nothing to Buyer"),
        ("weekly_hours", ReviewCause.HOURS, "From nothing to 37.5"),
    ],
)
def test_promotion_transfer_a_new_role_and_other_hours_reopen_what_is_approved(
    what: str, cause: ReviewCause, words: str, world: World
) -> None:
    kept = interest_in(S.APPROVED, world)
    refused = interest_in(S.REFUSED, world)
    new = {
        "grade": Grade.objects.get(name="Sergeant"),
        "unit": world.headquarters,
        "post": "Buyer",
        "weekly_hours": Decimal("37.5"),
    }[what]
    changed(world, **{what: new})
    review = Review.objects.get()
    assert (review.interest, review.cause, review.what) == (kept, cause, words)
    assert review.due_on == LATER.date() + timedelta(days=28)
    assert fresh(kept).case.round == 2
    assert fresh(refused).case.round == 1
    assert ("sergeant", "an interest in your team is reviewed") in told(fresh(kept))


def test_several_changes_at_once_are_one_review_that_names_them(world: World) -> None:
    interest_in(S.APPROVED, world)
    changed(world, grade=Grade.objects.get(name="Sergeant"), unit=world.headquarters)
    assert Review.objects.get().what == (
        "From Constable to Sergeant; Unit changed: from Patrol to Headquarters"
    )


def test_a_second_cause_joins_the_review_that_is_open(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    changed(world, unit=world.headquarters)
    changed(world, post="Buyer")
    review = review_of(interest)
    assert review.cause == ReviewCause.UNIT
    assert review.what == ("From Patrol to Headquarters\nRole changed. From nothing to Buyer")
    assert fresh(interest).case.round == 2
    assert names(interest).count("review opened") == 2


@pytest.mark.parametrize(
    "changes", [{"first_name": "Ann"}, {"email": "a@force.example"}, {"post": ""}]
)
def test_a_change_of_anything_else_reopens_nothing(changes: dict[str, Any], world: World) -> None:
    interest_in(S.APPROVED, world)
    changed(world, **changes)
    assert not Review.objects.exists()


@pytest.mark.parametrize("status", [S.WITH_SUPERVISOR, S.APPROVED])
def test_a_new_line_manager_inherits_what_waited_for_the_old_one(
    status: Status, world: World
) -> None:
    interest = interest_in(status, world)
    kind = K.ASSESS
    if status == S.APPROVED:
        interest = perform(Verb.OPEN_REVIEW, interest, by=world.reviewer, in_world=world)
        kind = K.ASSESS_REVIEW
    assert tasks(interest, kind)[0][1] == world.sergeant
    changed(world, line_manager=world.inspector_of_police)
    assert tasks(interest, kind)[0][1] == world.inspector_of_police
    verb = Verb.GIVE_VIEW if status == S.WITH_SUPERVISOR else Verb.GIVE_REVIEW_VIEW
    with pytest.raises(Denied, match="line manager"):
        perform(verb, fresh(interest), by=world.sergeant, in_world=world)
    perform(verb, fresh(interest), by=world.inspector_of_police, in_world=world)


# --- the interval ---------------------------------------------------------------------------------


def test_the_next_review_is_proposed_by_post_conditions_and_risk(world: World) -> None:
    policy = InterestPolicy.objects.get(department=world.alliance_psd)
    interest = interest_in(S.WITH_PSD, world)
    assert propose_review(interest, with_conditions=False, today=TODAY) == date(2027, 6, 15)
    for post, months in (("patrol", 9), ("Constable", 11), ("Buyer", 2)):
        ReviewInterval.objects.create(policy=policy, post=post, months=months)
    ReviewInterval.objects.create(policy=policy, with_conditions=True, months=8)
    interest = fresh(interest)
    assert propose_review(interest, with_conditions=False, today=TODAY) == date(2027, 3, 15)
    assert propose_review(interest, with_conditions=True, today=TODAY) == date(2027, 2, 15)
    interest.case.risk = 40
    assert propose_review(interest, with_conditions=True, today=TODAY) == date(2026, 12, 15)
    world.constable.post = "buyer"
    world.constable.save()
    assert propose_review(fresh(interest), with_conditions=False, today=TODAY) == date(2026, 8, 15)


def test_a_condition_until_a_day_is_kept_with_its_day(world: World) -> None:
    until = ConditionFacts(text="Until May.", kind=ConditionKind.END_DATE, until=date(2027, 4, 30))
    interest = interest_in(S.APPROVED, world)
    interest = perform(Verb.VARY, interest, by=world.reviewer, in_world=world, conditions=(until,))
    assert interest.standing_conditions[0].until == date(2027, 4, 30)
    assert builders.read_anew(world.constable).is_active


def test_another_cause_after_the_answer_asks_again_and_keeps_what_was_said(world: World) -> None:
    interest = interest_in(Status.APPROVED, world)
    interest = perform(Verb.REPORT_CHANGE, interest, by=world.constable, in_world=world)
    people.change_person(world.constable, changes={"unit": world.headquarters}, by=None, now=NOW)
    review = fresh(interest).open_review
    assert review is not None
    assert review.answered_at is None
    assert "Answered before that: A new branch." in review.what
    mine = Deadline.objects.open().filter(case=interest.case, owner=world.constable)
    assert [task.kind for task in mine] == [DeadlineKind.ANSWER_REVIEW]


def test_a_transfer_while_conditions_are_under_appeal_opens_a_review_too(world: World) -> None:
    interest = interest_in(Status.APPROVED_WITH_CONDITIONS, world)
    interest = perform(Verb.APPEAL, interest, by=world.constable, in_world=world)
    people.change_person(world.constable, changes={"unit": world.headquarters}, by=None, now=NOW)
    interest = fresh(interest)
    assert interest.status == Status.APPEALED
    assert interest.open_review is not None
    interest = perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world)
    assert interest.status == Status.APPROVED_WITH_CONDITIONS
    perform(Verb.ANSWER_REVIEW, interest, by=world.constable, in_world=world)


def test_a_line_manager_who_comes_later_finds_the_task(world: World) -> None:
    interest = interest_in(Status.WITH_SUPERVISOR, world)
    for manager in (None, world.inspector_of_police):
        people.change_person(world.constable, changes={"line_manager": manager}, by=None, now=NOW)
    task = Deadline.objects.open().get(case=interest.case, kind=DeadlineKind.ASSESS)
    assert task.owner == world.inspector_of_police


def test_psd_renews_without_an_answer_only_once_the_review_is_overdue(world: World) -> None:
    interest = perform(
        Verb.OPEN_REVIEW, interest_in(Status.APPROVED, world), by=world.reviewer, in_world=world
    )
    review = interest.open_review
    assert review is not None
    with pytest.raises(Denied, match="has until 13 July 2026"):
        perform(Verb.RENEW, interest, by=world.reviewer, in_world=world)
    after = NOW + timedelta(days=29)
    renewed = perform(Verb.RENEW, interest, by=world.reviewer, in_world=world, now=after)
    assert renewed.open_review is None


def test_a_view_may_not_contradict_its_answers(world: World) -> None:
    interest = interest_in(Status.WITH_SUPERVISOR, world)
    with pytest.raises(Denied, match="choose a view that says so"):
        perform(
            Verb.GIVE_VIEW,
            interest,
            by=world.sergeant,
            in_world=world,
            facts=AssessmentFacts(performance_concern=True),
        )
