"""Appeals: within their clock, heard in person by somebody who took no part, and what each outcome does."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from integrity.casework.enums import DeadlineKind, Phase, Stage
from integrity.casework.models import Deadline, Decision
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.business_interests.enums import AppealOutcome, ConditionKind, Status, Verb
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.models import Appeal, Interest, MemberRule
from tests import builders
from tests.builders import NOW, TODAY, World
from tests.constraints import change
from tests.interests import HOURS, NO_UNIFORM, interest_in, perform
from tests.registers.business_interests.test_actions import tasks, told

S, K = Status, DeadlineKind
pytestmark = pytest.mark.django_db
FEWER = ConditionFacts(text="No more than 5 hours a week.", kind=ConditionKind.OTHER)


def appealed(world: World, status: Status = S.REFUSED, *, now: datetime = NOW) -> Interest:
    """An appeal against a refusal, a revocation or conditions."""
    return perform(
        Verb.APPEAL, interest_in(status, world), by=world.constable, in_world=world, now=now
    )


def of(interest: Interest) -> Appeal:
    return Appeal.objects.get(interest=interest)


def acting(world: World, user: User) -> User:
    builders.grant(user, Role.ACTING_CHIEF_OFFICER, force=world.northmoor)
    return builders.read_anew(user)


def standing(interest: Interest) -> list[str]:
    return [each.text for each in interest.standing_conditions]


# --- the clocks -----------------------------------------------------------------------------------


def test_an_appeal_sets_its_clocks_and_tells_whoever_hears_it(world: World) -> None:
    interest = appealed(world)
    assert (interest.status, interest.stood_at) == (S.APPEALED, S.REFUSED)
    assert interest.case.phase == Phase.OPEN
    made = of(interest)
    assert (made.police_friend, made.made_by) == ("PS Friend", world.constable)
    assert (made.papers_by, made.decide_by) == (date(2026, 6, 25), date(2026, 7, 23))
    assert tasks(interest) == [
        (K.FOLLOW_UP, None, date(2026, 7, 15)),
        (K.HEAR_APPEAL, world.chief, date(2026, 7, 23)),
        (K.PAPERS, world.constable, date(2026, 6, 25)),
    ]
    assert told(interest) == [
        ("chief", "an appeal is for you to decide in person"),
        ("psd_head", "somebody has appealed"),
    ]


@pytest.mark.parametrize(
    ("instant", "in_time"),
    [
        # the last day is 25 June; midnight in London is 23:00 in UTC
        (datetime(2026, 6, 25, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 25, 23, 0, 0, tzinfo=UTC), False),
    ],
)
def test_an_appeal_is_made_before_midnight_of_its_last_day(
    instant: datetime, in_time: bool, world: World
) -> None:
    interest = interest_in(S.REFUSED, world)
    if in_time:
        perform(Verb.APPEAL, interest, by=world.constable, in_world=world, now=instant)
    else:
        with pytest.raises(Denied, match=r"last day to appeal was 25 June 2026"):
            perform(Verb.APPEAL, interest, by=world.constable, in_world=world, now=instant)
    assert Appeal.objects.exists() is in_time


def test_the_last_day_across_the_end_of_summer_time(world: World) -> None:
    """Refused on 20 October in summer, the last day ends on 30 October at midnight of winter time."""
    refused = interest_in(S.REFUSED, world, now=datetime(2026, 10, 20, 9, tzinfo=UTC))
    assert refused.notices.get().appeal_by == date(2026, 10, 30)
    late = datetime(2026, 10, 31, 0, 0, tzinfo=UTC)
    with pytest.raises(Denied, match="last day"):
        perform(Verb.APPEAL, refused, by=world.constable, in_world=world, now=late)
    perform(
        Verb.APPEAL,
        refused,
        by=world.constable,
        in_world=world,
        now=late - timedelta(seconds=1),
    )


def test_the_hearing_s_clock_starts_with_the_papers(world: World) -> None:
    interest = appealed(world)
    day = NOW + timedelta(days=3)
    interest = perform(
        Verb.SEND_PAPERS, interest, by=world.constable, in_world=world, now=day, papers="My letter."
    )
    made = of(interest)
    assert (made.papers, made.papers_at) == ("My letter.", day)
    assert made.decide_by == day.date() + timedelta(days=28)
    assert tasks(interest, K.PAPERS) == []
    assert tasks(interest, K.HEAR_APPEAL) == [(K.HEAR_APPEAL, world.chief, made.decide_by)]
    assert told(interest) == [("chief", "the papers of an appeal have come")]
    with pytest.raises(Denied, match="sent your papers"):
        perform(Verb.SEND_PAPERS, interest, by=world.constable, in_world=world, now=day)


@pytest.mark.parametrize(
    ("instant", "in_time"),
    [
        (datetime(2026, 6, 25, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 25, 23, 0, 0, tzinfo=UTC), False),
    ],
)
def test_papers_come_before_midnight_of_their_last_day(
    instant: datetime, in_time: bool, world: World
) -> None:
    interest = appealed(world)
    if in_time:
        perform(Verb.SEND_PAPERS, interest, by=world.constable, in_world=world, now=instant)
    else:
        with pytest.raises(Denied, match=r"last day for papers was 25 June 2026"):
            perform(Verb.SEND_PAPERS, interest, by=world.constable, in_world=world, now=instant)
    assert (of(interest).papers_at is not None) is in_time


def test_working_days_run_through_all_four_clocks(world: World) -> None:
    MemberRule.objects.update(working_days=True)
    interest = appealed(world)
    notice, made = interest.notices.get(), of(interest)
    assert (notice.appeal_by, made.papers_by) == (date(2026, 6, 29), date(2026, 6, 29))
    assert made.decide_by == date(2026, 8, 6), "28 working days from the last day for papers"


# --- who hears it ---------------------------------------------------------------------------------


def test_whoever_acts_for_the_chief_hears_it_as_well(world: World) -> None:
    deputy = acting(world, world.deputy_chief)
    interest = appealed(world)
    assert [who for who, _ in told(interest)] == ["chief", "deputy_chief", "psd_head"]
    interest = perform(Verb.DECIDE_APPEAL, interest, by=deputy, in_world=world)
    decision = Decision.objects.get(case=interest.case, stage=Stage.APPEAL)
    assert (decision.decided_by, decision.outcome) == (deputy, AppealOutcome.DISMISSED)


def test_the_task_is_the_acting_one_s_where_the_chief_took_part(world: World) -> None:
    """The chief manages the assistant, and gave the supervisor's view."""
    deputy = acting(world, world.deputy_chief)
    interest = interest_in(S.WITH_PSD, world, subject=world.assistant_chief)
    interest = perform(Verb.REFUSE, interest, by=world.other_reviewer, in_world=world)
    interest = perform(Verb.APPEAL, interest, by=world.assistant_chief, in_world=world)
    assert [owner for _, owner, _ in tasks(interest, K.HEAR_APPEAL)] == [deputy]
    with pytest.raises(Denied, match="gave a view"):
        perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world)


def test_the_chief_s_own_appeal_goes_to_whoever_acts_for_them(world: World) -> None:
    deputy = acting(world, world.deputy_chief)
    world.northmoor.outside_department = world.harbour_psd
    world.northmoor.save()
    builders.grant(world.harbour_reviewer, Role.PSD_HEAD, department=world.harbour_psd)
    outside = builders.read_anew(world.harbour_reviewer)
    interest = interest_in(S.WITH_PSD, world, subject=world.chief)
    interest = perform(Verb.REFUSE, interest, by=outside, in_world=world)
    interest = perform(Verb.APPEAL, interest, by=world.chief, in_world=world)
    assert [owner for _, owner, _ in tasks(interest, K.HEAR_APPEAL)] == [deputy]
    assert ("deputy_chief", "an appeal is for you to decide in person") in told(interest)
    with pytest.raises(Denied, match="of your own"):
        perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world)
    perform(Verb.DECIDE_APPEAL, interest, by=deputy, in_world=world)


def test_where_nobody_is_free_the_hearing_waits_without_an_owner(world: World) -> None:
    interest = interest_in(S.WITH_PSD, world, subject=world.assistant_chief)
    interest = perform(Verb.REFUSE, interest, by=world.other_reviewer, in_world=world)
    interest = perform(Verb.APPEAL, interest, by=world.assistant_chief, in_world=world)
    assert [owner for _, owner, _ in tasks(interest, K.HEAR_APPEAL)] == [None]


# --- outcomes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [S.REFUSED, S.REVOKED, S.APPROVED_WITH_CONDITIONS])
def test_dismissed_the_decision_stands(status: Status, world: World) -> None:
    interest = appealed(world, status)
    before = standing(interest)
    interest = perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world)
    assert (interest.status, interest.stood_at) == (status, "")
    assert standing(interest) == before
    assert interest.follow_ups.filter(dropped_at=None).exists() is (
        status != S.APPROVED_WITH_CONDITIONS
    )
    ended = of(interest)
    assert (ended.outcome, ended.ended_by, ended.ended_at) == (
        AppealOutcome.DISMISSED,
        world.chief,
        NOW,
    )
    assert tasks(interest, K.HEAR_APPEAL) == tasks(interest, K.PAPERS) == []
    assert interest.case.phase == Phase.CLOSED
    last = interest.notices.order_by("pk").last()
    assert last is not None
    assert (last.decision.stage, last.appeal_by) == (Stage.APPEAL, None)
    assert ("constable", "your appeal was dismissed") in told(interest)
    with pytest.raises(Denied, match="no decision to appeal"):
        perform(Verb.APPEAL, interest, by=world.constable, in_world=world)


@pytest.mark.parametrize("status", [S.REFUSED, S.REVOKED])
def test_upheld_against_a_refusal_or_revocation_it_is_approved(
    status: Status, world: World
) -> None:
    interest = appealed(world, status)
    later = NOW + timedelta(days=9)
    interest = perform(
        Verb.DECIDE_APPEAL,
        interest,
        by=world.chief,
        in_world=world,
        outcome=AppealOutcome.UPHELD,
        now=later,
    )
    assert (interest.status, interest.grounds) == (S.APPROVED, "")
    assert interest.approved_on == later.date()
    assert interest.review_on == date(2027, 6, 24), "by the policy's interval"
    assert {each.dropped_at for each in interest.follow_ups.all()} == {later}
    assert tasks(interest) == []
    assert ("sergeant", "an appeal by your team was decided") in told(interest)


def test_upheld_against_conditions_they_go(world: World) -> None:
    interest = appealed(world, S.APPROVED_WITH_CONDITIONS)
    was = interest.review_on
    interest = perform(
        Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world, outcome=AppealOutcome.UPHELD
    )
    assert (interest.status, standing(interest)) == (S.APPROVED, [])
    assert interest.review_on == was
    assert tasks(interest) == [], "nothing is left to check"


@pytest.mark.parametrize(
    ("status", "keep", "conditions", "left"),
    [
        (S.REFUSED, 0, (FEWER,), [FEWER.text]),
        (S.REVOKED, 0, (FEWER,), [FEWER.text]),
        (S.APPROVED_WITH_CONDITIONS, 1, (), [HOURS.text]),
        (S.APPROVED_WITH_CONDITIONS, 1, (FEWER,), [HOURS.text, FEWER.text]),
        (S.APPROVED_WITH_CONDITIONS, 0, (FEWER,), [FEWER.text]),
    ],
)
def test_varied_it_is_approved_with_other_conditions(
    status: Status,
    keep: int,
    conditions: Sequence[ConditionFacts],
    left: list[str],
    world: World,
) -> None:
    interest = appealed(world, status)
    kept = [each.pk for each in interest.standing_conditions][:keep]
    interest = perform(
        Verb.DECIDE_APPEAL,
        interest,
        by=world.chief,
        in_world=world,
        outcome=AppealOutcome.VARIED,
        keep=kept,
        conditions=conditions,
    )
    assert (interest.status, standing(interest)) == (S.APPROVED_WITH_CONDITIONS, left)
    assert tasks(interest, K.CHECK_CONDITION) == [(K.CHECK_CONDITION, None, date(2026, 12, 15))]
    last = interest.notices.order_by("pk").last()
    assert last is not None
    assert (last.conditions, last.appeal_by) == (left, None)


def test_an_outcome_is_one_that_a_chief_officer_can_give(world: World) -> None:
    interest = appealed(world)
    for outcome, words in (
        (AppealOutcome.VARIED, "Set the conditions"),
        (AppealOutcome.WITHDRAWN, "Only the person"),
    ):
        with pytest.raises(Denied, match=words):
            perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world, outcome=outcome)
    assert of(interest).outcome == ""


@pytest.mark.parametrize("status", [S.REFUSED, S.REVOKED, S.APPROVED_WITH_CONDITIONS])
def test_a_withdrawn_appeal_leaves_the_decision_and_no_task(status: Status, world: World) -> None:
    interest = appealed(world, status)
    interest = perform(Verb.WITHDRAW_APPEAL, interest, by=world.constable, in_world=world)
    assert (interest.status, interest.stood_at) == (status, "")
    assert of(interest).outcome == AppealOutcome.WITHDRAWN
    assert tasks(interest, K.HEAR_APPEAL) == tasks(interest, K.PAPERS) == []
    assert told(interest) == [
        ("chief", "an appeal was withdrawn"),
        ("psd_head", "an appeal was withdrawn"),
    ]


def test_conditions_hold_and_are_checked_while_they_are_appealed_against(world: World) -> None:
    interest = appealed(world, S.APPROVED_WITH_CONDITIONS)
    assert standing(interest) == [HOURS.text, NO_UNIFORM.text]
    interest = perform(Verb.CHECK_CONDITION, interest, by=world.reviewer, in_world=world)
    assert interest.status == S.APPEALED


def test_a_later_decision_has_an_appeal_of_its_own(world: World) -> None:
    interest = appealed(world, S.APPROVED_WITH_CONDITIONS)
    interest = perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world)
    interest = perform(Verb.REVOKE, interest, by=world.reviewer, in_world=world)
    interest = perform(Verb.APPEAL, interest, by=world.constable, in_world=world)
    assert Appeal.objects.filter(interest=interest).count() == 2
    with pytest.raises(Denied, match="decided this case before"):
        perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world)
    assert [owner for _, owner, _ in tasks(interest, K.HEAR_APPEAL)] == [None]
    deputy = acting(world, world.deputy_chief)
    interest = perform(
        Verb.DECIDE_APPEAL, interest, by=deputy, in_world=world, outcome=AppealOutcome.UPHELD
    )
    assert interest.status == S.APPROVED


def test_a_hearing_overdue_stays_a_task_and_may_still_be_decided(world: World) -> None:
    interest = appealed(world)
    assert Deadline.objects.open().filter(case=interest.case, kind=K.HEAR_APPEAL).exists()
    late = NOW + timedelta(days=90)
    perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world, now=late)
    assert not Deadline.objects.open().filter(case=interest.case, kind=K.HEAR_APPEAL).exists()


def test_a_chief_who_has_left_hears_nothing(world: World) -> None:
    change(world.chief, leaves_on=TODAY - timedelta(days=400))
    interest = appealed(world)
    assert told(interest) == [("psd_head", "somebody has appealed")]
