"""What the database holds an interest to, and who may read one."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from integrity.people.enums import Role
from registers.business_interests import actions
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    CeasedBecause,
    CheckOutcome,
    ConditionKind,
    Holder,
    Status,
    Verb,
    View,
)
from registers.business_interests.models import (
    Appeal,
    Assessment,
    Condition,
    ConditionCheck,
    ConditionTemplate,
    FactorWeight,
    FollowUp,
    Interest,
    InterestPolicy,
    ListedOccupation,
    MemberRule,
    PdrRecord,
    RefusalDiscussion,
    Review,
    ReviewInterval,
)
from tests import builders
from tests.builders import NOW, TODAY, World
from tests.constraints import again, change, names_of, refuses
from tests.interests import apply, fresh, interest_in, interest_policy, perform

S = Status


def policy(w: World) -> InterestPolicy:
    return InterestPolicy.objects.get(department=w.alliance_psd)


def applied(w: World) -> Interest:
    return fresh(apply(w.constable))


def view(w: World) -> Assessment:
    return Assessment.objects.get(interest=interest_in(S.WITH_PSD, w))


def appealed(w: World) -> Appeal:
    return Appeal.objects.get(interest=interest_in(S.APPEALED, w))


def dismissed(w: World) -> Appeal:
    interest = interest_in(S.APPEALED, w)
    perform(Verb.DECIDE_APPEAL, interest, by=w.chief, in_world=w)
    return Appeal.objects.get(interest=interest)


def condition(w: World) -> Condition:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, w)
    return Condition.objects.get(interest=interest, kind=ConditionKind.HOURS)


def checked(w: World) -> ConditionCheck:
    held = condition(w)
    perform(Verb.CHECK_CONDITION, fresh(held.interest), by=w.reviewer, in_world=w)
    return ConditionCheck.objects.get(condition=held)


def followed(w: World) -> FollowUp:
    interest = interest_in(S.REFUSED, w)
    perform(Verb.FOLLOW_UP, interest, by=w.reviewer, in_world=w)
    return FollowUp.objects.get(interest=interest, done_at__isnull=False)


def waiting(w: World) -> FollowUp:
    return FollowUp.objects.filter(interest=interest_in(S.REFUSED, w))[0]


def review(w: World) -> Review:
    interest = perform(Verb.OPEN_REVIEW, interest_in(S.APPROVED, w), by=w.reviewer, in_world=w)
    return Review.objects.get(interest=interest)


def answered(w: World) -> Review:
    opened = review(w)
    perform(Verb.ANSWER_REVIEW, fresh(opened.interest), by=w.constable, in_world=w)
    return Review.objects.get(pk=opened.pk)


def pdr(w: World) -> PdrRecord:
    return actions.record_pdr(
        w.constable, held_on=TODAY, covered=[], note="", by=w.sergeant, now=NOW
    )


def discussion(w: World) -> RefusalDiscussion:
    return actions.record_discussion(
        w.northmoor,
        held_on=TODAY,
        references=[],
        present="DCC",
        note="Nothing to discuss.",
        by=w.psd_head,
        now=NOW,
    )


CASES: dict[str, Callable[[World], object]] = {
    "interest_of_relative_says_whose": lambda w: change(applied(w), holder=Holder.RELATIVE),
    "interest_says_what_it_is": lambda w: change(applied(w), occupation=""),
    "interest_hours_fit_a_week": lambda w: change(applied(w), hours_a_week=Decimal("168.01")),
    "interest_interrupted_knows_where_it_stood": lambda w: change(
        interest_in(S.QUERIED, w), stood_at=""
    ),
    "interest_approved_has_a_review_date": lambda w: change(
        interest_in(S.APPROVED, w), review_on=None
    ),
    "interest_refused_says_on_what_ground": lambda w: change(interest_in(S.REFUSED, w), grounds=""),
    "interest_against_guidance_says_why": lambda w: change(applied(w), against_guidance=True),
    "interest_proposal_waits_for_second_approver": lambda w: change(applied(w), proposed={}),
    "interest_ceased_says_when_and_why": lambda w: change(
        interest_in(S.CEASED, w), ceased_because=""
    ),
    "assessment_once_for_each_round": lambda w: again(view(w)),
    "assessment_is_not_by_its_subject": lambda w: change(view(w), assessed_by=w.constable),
    "assessment_with_concerns_says_which": lambda w: change(view(w), view=View.CONCERNS),
    "appeal_is_against_an_adverse_decision": lambda w: change(appealed(w), stood_at=S.APPROVED),
    "appeal_has_grounds": lambda w: change(appealed(w), grounds=""),
    "appeal_ended_at_with_ended_by": lambda w: change(dismissed(w), ended_by=None),
    "appeal_ended_says_how": lambda w: change(appealed(w), outcome=AppealOutcome.UPHELD),
    "appeal_papers_have_their_time": lambda w: change(appealed(w), papers="My letter."),
    "appeal_open_once": lambda w: again(appealed(w), notice=another_notice(w)),
    "condition_says_something": lambda w: change(condition(w), text=""),
    "condition_standing_has_a_next_check": lambda w: change(condition(w), next_check_on=None),
    "condition_of_hours_says_how_many": lambda w: change(condition(w), hours=None),
    "condition_until_says_when": lambda w: change(condition(w), kind=ConditionKind.END_DATE),
    "condition_check_has_evidence": lambda w: change(checked(w), evidence=""),
    "condition_broken_opens_something": lambda w: change(checked(w), outcome=CheckOutcome.BROKEN),
    "follow_up_done_at_with_done_by": lambda w: change(followed(w), done_by=None),
    "follow_up_done_says_what_was_found": lambda w: change(followed(w), evidence=""),
    "follow_up_is_done_or_dropped": lambda w: change(followed(w), dropped_at=NOW),
    "review_open_once": lambda w: again(review(w)),
    "review_answered_at_with_answered_by": lambda w: change(answered(w), answered_by=None),
    "review_answered_says_what_changed": lambda w: change(answered(w), hours_changed=None),
    "review_hours_fit_a_week": lambda w: change(answered(w), hours_a_week=-1),
    "review_closed_says_how": lambda w: change(review(w), closed_at=NOW),
    "pdr_is_not_recorded_by_its_subject": lambda w: change(pdr(w), recorded_by=w.constable),
    "pdr_recorded_once_a_day": lambda w: again(pdr(w)),
    "refusals_discussed_once_a_day": lambda w: again(discussion(w)),
    "refusal_discussion_says_what_was_said": lambda w: change(discussion(w), note=""),
    "interestpolicy_has_one_owner": lambda w: change(policy(w), force=w.northmoor),
    "interestpolicy_takes_effect_once_a_day": lambda w: again(policy(w)),
    "interestpolicy_duty_hours_fit_a_week": lambda w: change(policy(w), duty_hours=169),
    "interestpolicy_hours_limit_fits_a_week": lambda w: change(policy(w), hours_limit=0),
    "member_rule_once_for_each_type": lambda w: again(policy(w).member_rules.all()[0]),
    "occupation_is_listed_once": lambda w: again(policy(w).occupations.all()[0]),
    "occupation_says_something": lambda w: change(policy(w).occupations.all()[0], says=""),
    "condition_template_is_listed_once": lambda w: again(policy(w).library.all()[0]),
    "condition_template_says_something": lambda w: change(policy(w).library.all()[0], text=""),
    "review_interval_is_one_month_to_five_years": lambda w: change(
        policy(w).intervals.get(), months=61
    ),
    "interest_factor_is_weighed_once": lambda w: again(policy(w).weights.all()[0]),
}


def another_notice(w: World) -> object:
    return interest_in(S.REFUSED, w).notices.get()


@pytest.mark.django_db
@pytest.mark.parametrize("name", names_of("business_interests"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


OTHERWISE: list[tuple[str, Callable[[World], object]]] = [
    ("interest_of_relative_says_whose", lambda w: change(applied(w), relative="Ann, my mother")),
    ("interest_hours_fit_a_week", lambda w: change(applied(w), hours_a_week=-1)),
    (
        "interest_interrupted_knows_where_it_stood",
        lambda w: change(applied(w), stood_at=S.WITH_PSD),
    ),
    (
        "interest_interrupted_knows_where_it_stood",
        lambda w: change(interest_in(S.APPEALED, w), stood_at=""),
    ),
    (
        "interest_approved_has_a_review_date",
        lambda w: change(interest_in(S.APPROVED_WITH_CONDITIONS, w), approved_on=None),
    ),
    (
        "interest_refused_says_on_what_ground",
        lambda w: change(interest_in(S.REVOKED, w), grounds=""),
    ),
    (
        "interest_proposal_waits_for_second_approver",
        lambda w: change(interest_in(S.SECOND_APPROVAL, w), proposed=None),
    ),
    ("interest_ceased_says_when_and_why", lambda w: change(applied(w), ceased_on=TODAY)),
    (
        "interest_ceased_says_when_and_why",
        lambda w: change(applied(w), ceased_because=CeasedBecause.LEFT),
    ),
    ("appeal_ended_at_with_ended_by", lambda w: change(dismissed(w), ended_at=None, outcome="")),
    ("appeal_ended_says_how", lambda w: change(dismissed(w), outcome="")),
    ("appeal_papers_have_their_time", lambda w: change(appealed(w), papers_at=NOW)),
    ("condition_of_hours_says_how_many", lambda w: change(condition(w), hours=200)),
    (
        "condition_broken_opens_something",
        lambda w: change(checked(w), if_broken="challenge"),
    ),
    ("follow_up_done_at_with_done_by", lambda w: change(waiting(w), done_by=w.reviewer)),
    (
        "follow_up_done_says_what_was_found",
        lambda w: change(waiting(w), done_at=NOW, done_by=w.reviewer),
    ),
    ("review_closed_says_how", lambda w: change(review(w), outcome="renewed")),
    ("interestpolicy_hours_limit_fits_a_week", lambda w: change(policy(w), hours_limit=169)),
    (
        "review_interval_is_one_month_to_five_years",
        lambda w: change(policy(w).intervals.get(), months=0),
    ),
]


@pytest.mark.parametrize(("name", "case"), OTHERWISE)
def test_the_database_refuses_the_other_way_round_too(
    name: str, case: Callable[[World], object], world: World
) -> None:
    refuses(name, {name: case}, world)


def test_what_is_read_out_of_a_legacy_register_may_lack_what_psd_adds_when_confirming(
    world: World,
) -> None:
    change(condition(world), to_confirm=True, next_check_on=None, hours=None)


# --- who may read an interest ---------------------------------------------------------------------

ALWAYS = {
    "constable",
    "sergeant",
    "psd_head",
    "reviewer",
    "other_reviewer",
    "register_owner",
    "inspector",
}
HR, VETTING, CHIEF = {"hr_officer"}, {"vetting_officer"}, {"chief"}


def readers(interest: Interest, world: World) -> set[str]:
    return {
        name
        for name, user in world.people().items()
        if Interest.objects.visible_to(user).filter(pk=interest.pk).exists()
    }


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (S.WITH_SUPERVISOR, set()),
        (S.WITH_HR, HR),
        (S.WITH_VETTING, HR | VETTING),  # HR gave its view, so goes on seeing it
        (S.WITH_PSD, HR | VETTING),
        (S.REFUSED, HR | VETTING),
        (S.APPEALED, HR | VETTING | CHIEF),
    ],
)
def test_an_interest_shows_to_those_whose_part_it_is(
    status: Status, more: set[str], world: World
) -> None:
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    assert readers(interest_in(status, world), world) == ALWAYS | more


def test_hr_and_vetting_see_nothing_that_is_not_asked_of_them(world: World) -> None:
    waiting = interest_in(S.WITH_PSD, world)
    assert readers(waiting, world) == ALWAYS


def test_hr_goes_on_seeing_what_it_returned_with_a_question(world: World) -> None:
    InterestPolicy.objects.update(asks_hr=True)
    waiting = interest_in(S.WITH_HR, world)
    asked = perform(Verb.ASK, waiting, by=world.hr_officer, in_world=world)
    assert readers(asked, world) == ALWAYS | HR


def test_whoever_acts_for_the_chief_sees_appeals_and_whoever_heard_one_goes_on(
    world: World,
) -> None:
    builders.grant(world.deputy_chief, Role.ACTING_CHIEF_OFFICER, force=world.northmoor)
    interest = interest_in(S.APPEALED, world)
    assert readers(interest, world) == ALWAYS | CHIEF | {"deputy_chief"}
    interest = perform(Verb.DECIDE_APPEAL, interest, by=world.deputy_chief, in_world=world)
    assert readers(interest, world) == ALWAYS | {"deputy_chief"}


def test_a_chief_officer_s_interest_shows_to_the_body_and_a_constable_s_does_not(
    world: World,
) -> None:
    chiefs = apply(world.assistant_chief)
    apply(world.constable)
    assert list(Interest.objects.visible_to(world.governance_member)) == [chiefs]


def test_others_read_no_interest_at_any_status(world: World) -> None:
    for status in Status:
        interest_in(status, world, opted_out=False)
    for reader in (world.colleague, world.administrator, world.harbour_reviewer):
        assert not Interest.objects.visible_to(reader).exists()


def test_a_team_is_shown_refusals_and_what_stands_but_nothing_withdrawn(world: World) -> None:
    made = {status: interest_in(status, world, opted_out=False) for status in Status}
    team = set(Interest.objects.of_team(world.sergeant))
    assert team == {each for status, each in made.items() if status != S.WITHDRAWN}
    assert not Interest.objects.of_team(world.inspector_of_police).exists()


def test_an_interest_is_listed_once_however_many_ways_it_is_visible(world: World) -> None:
    InterestPolicy.objects.update(asks_hr=True)
    both = world.sergeant
    builders.grant(both, Role.PSD_REVIEWER, force=world.northmoor)
    builders.grant(both, Role.HR, force=world.northmoor)
    interest_in(S.WITH_HR, world)
    assert Interest.objects.visible_to(builders.read_anew(both)).count() == 1


def test_what_is_live_and_what_is_refused_while_an_appeal_is_open(world: World) -> None:
    kept = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    kept = perform(Verb.APPEAL, kept, by=world.constable, in_world=world)
    refused = interest_in(S.APPEALED, world, opted_out=False)
    assert kept.is_live
    assert not refused.is_live
    assert list(Interest.objects.live()) == [kept]
    assert list(Interest.objects.refused()) == [refused]


# --- words ----------------------------------------------------------------------------------------


def test_an_interest_says_in_a_few_words_what_it_is(world: World) -> None:
    mine = apply(world.constable)
    assert mine.title == "Gardener, Fallow Hill Garden Centre"
    hers = apply(
        world.constable,
        category=Category.FAMILY_BUSINESS,
        holder=Holder.RELATIVE,
        relative="Ann Roe, mother",
        organisation="",
    )
    assert hers.title == "Gardener (Ann Roe, mother)"
    assert str(mine) == mine.case.reference


def test_rows_are_written_in_words(world: World) -> None:
    held = condition(world)
    rows = {
        str(MemberRule.objects.filter(policy=policy(world), member_type="contractor").get()),
        str(ListedOccupation.objects.filter(policy=policy(world), name="Driver").get()),
        str(ReviewInterval.objects.get(policy=policy(world))),
        str(FactorWeight.objects.get(policy=policy(world), factor="licence")),
        str(ConditionTemplate.objects.filter(policy=policy(world))[0]),
        str(held),
    }
    assert rows == {
        "Contractor’s employee: Contract with the employer and force policy",
        "Driver: allowed with conditions only",
        "Any post: 6 months",
        "Licence in the force area: 10",
        "No more than 10 hours a week.",
    }


def test_the_row_in_force_when_an_application_was_made_is_frozen_on_it(world: World) -> None:
    before = apply(world.constable)
    newer = interest_policy(force=world.northmoor, effective_from=TODAY)
    assert fresh(before).policy == policy(world)
    assert apply(world.constable).policy == newer


def test_a_list_of_interests_takes_as_many_queries_for_five_as_for_one(
    world: World, django_assert_num_queries: Callable[[int], object]
) -> None:
    apply(world.constable)

    def draw() -> list[object]:
        return [
            (i.title, i.case.scope_name, str(i.case.subject), i.standing_conditions, i.listed)
            for i in Interest.objects.visible_to(world.reviewer).with_all()
        ]

    world.reviewer.grants()
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        assert len(draw()) == 1
    for _ in range(4):
        apply(world.constable)
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        assert len(draw()) == 5


def test_a_review_and_a_pdr_are_written_with_their_day(world: World) -> None:
    opened = review(world)
    change(opened, due_on=date(2026, 7, 13))
    assert str(Review.objects.get(pk=opened.pk)) == "PSD asks, due 13 July 2026"
    assert str(pdr(world)) == "PDR of PC N0006 Constable Constable, 15 June 2026"
    assert str(discussion(world)) == "Refusals of Northmoor Police, discussed on 15 June 2026"
