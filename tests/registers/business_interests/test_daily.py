"""What a day brings by itself: reviews open, leavers' interests end, what was approved until a day ends."""

from datetime import UTC, date, datetime, timedelta

import pytest

from integrity.casework.enums import DeadlineKind
from integrity.casework.models import Deadline
from integrity.casework.registry import named
from registers.business_interests.actions.daily import daily
from registers.business_interests.actions.step import InterestSteps
from registers.business_interests.enums import (
    CeasedBecause,
    ConditionKind,
    ReviewCause,
    ReviewOutcome,
    Status,
    Verb,
)
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.models import Appeal, Interest, InterestPolicy, Review
from tests.builders import NOW, TODAY, World
from tests.constraints import change
from tests.interests import HOURS, fresh, interest_in, perform
from tests.registers.business_interests.test_actions import names, tasks, told

S, K = Status, DeadlineKind
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REVIEW_ON = date(2027, 6, 15)
OPENS_ON = REVIEW_ON - timedelta(days=28)


def on(day: date) -> dict[str, int]:
    """The round of a day, at six in the morning; what it did and no noughts."""
    done = daily(now=datetime(day.year, day.month, day.day, 5, tzinfo=UTC))
    return {name: count for name, count in done.items() if count}


def test_the_register_has_a_daily_round() -> None:
    assert set(named("business_interests").daily(NOW)) == set(daily(now=NOW))


def test_nothing_is_due_on_an_ordinary_day(world: World) -> None:
    for status in Status:
        interest_in(status, world, opted_out=False)
    assert on(TODAY) == {}


def test_a_review_opens_as_many_days_ahead_as_the_policy_says_and_once(world: World) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    assert on(OPENS_ON - DAY) == {}
    assert on(OPENS_ON) == {"reviews opened": 1}
    review = Review.objects.get(interest=interest)
    assert (review.cause, review.due_on, review.opened_by) == (
        ReviewCause.SCHEDULED,
        REVIEW_ON,
        None,
    )
    interest = fresh(interest)
    assert interest.case.round == 2
    assert tasks(interest, K.ANSWER_REVIEW) == [(K.ANSWER_REVIEW, world.constable, REVIEW_ON)]
    assert told(interest) == [
        ("constable", "your approved interest is reviewed"),
        ("sergeant", "an interest in your team is reviewed"),
    ], "PSD is told when it is answered"
    assert on(OPENS_ON + DAY) == {}


def test_a_review_that_a_server_s_rest_delayed_opens_all_the_same(world: World) -> None:
    interest_in(S.APPROVED, world)
    assert on(REVIEW_ON + 100 * DAY) == {"reviews opened": 1}
    assert Review.objects.get().due_on == REVIEW_ON


def test_after_a_renewal_the_next_review_opens_a_year_later(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    on(OPENS_ON)
    now = datetime(2027, 6, 1, 9, tzinfo=UTC)
    for verb, by in ((Verb.ANSWER_REVIEW, world.constable), (Verb.RENEW, world.reviewer)):
        interest = perform(verb, fresh(interest), by=by, in_world=world, now=now)
    assert interest.review_on == date(2028, 6, 1)
    assert on(REVIEW_ON + DAY) == {}
    assert on(date(2028, 5, 4)) == {"reviews opened": 1}


def test_another_review_that_is_open_is_not_opened_again(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    now = datetime(2027, 5, 1, 9, tzinfo=UTC)
    perform(Verb.OPEN_REVIEW, interest, by=world.reviewer, in_world=world, now=now)
    assert on(OPENS_ON) == {}


def test_the_policy_s_days_are_those_of_each_interest(world: World) -> None:
    interest_in(S.APPROVED, world)
    InterestPolicy.objects.update(remind_days=60)
    assert on(REVIEW_ON - 60 * DAY) == {"reviews opened": 1}


def test_what_was_approved_until_a_day_ends_when_it_is_over(world: World) -> None:
    until = date(2026, 12, 31)
    season = ConditionFacts(text="Until New Year.", kind=ConditionKind.END_DATE, until=until)
    interest = interest_in(S.WITH_PSD, world)
    interest = perform(
        Verb.APPROVE, interest, by=world.reviewer, in_world=world, conditions=(HOURS, season)
    )
    assert on(until) == {}, "the last day is a day of it"
    assert on(until + DAY) == {"ended on the day they were approved until": 1}
    interest = fresh(interest)
    assert (interest.status, interest.ceased_on, interest.ceased_because) == (
        S.CEASED,
        until,
        CeasedBecause.ENDED,
    )
    assert interest.standing_conditions == []
    assert tasks(interest) == []
    assert names(interest)[-1] == "interest ceased"
    assert on(until + 2 * DAY) == {}


def test_an_end_date_that_was_varied_away_ends_nothing(world: World) -> None:
    until = date(2026, 12, 31)
    season = ConditionFacts(text="Until New Year.", kind=ConditionKind.END_DATE, until=until)
    interest = interest_in(S.WITH_PSD, world)
    interest = perform(
        Verb.APPROVE, interest, by=world.reviewer, in_world=world, conditions=(season,)
    )
    perform(Verb.VARY, interest, by=world.reviewer, in_world=world, keep=[], conditions=(HOURS,))
    assert on(until + DAY) == {}


def test_the_interests_of_somebody_who_left_end_with_their_last_day(world: World) -> None:
    kept = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    kept = perform(Verb.OPEN_REVIEW, kept, by=world.reviewer, in_world=world)
    pending = interest_in(S.QUERIED, world)
    refused = interest_in(S.REFUSED, world)
    another = interest_in(S.APPROVED, world, subject=world.colleague)
    last = TODAY + 30 * DAY
    change(world.constable, leaves_on=last)
    assert on(last) == {}
    assert on(last + DAY) == {
        "ended with their person’s last day": 1,
        "withdrawn with their person’s last day": 1,
    }
    kept, pending, refused = fresh(kept), fresh(pending), fresh(refused)
    assert (kept.status, kept.ceased_on, kept.ceased_because) == (
        S.CEASED,
        last,
        CeasedBecause.LEFT,
    )
    assert Review.objects.get(interest=kept).outcome == ReviewOutcome.CEASED
    assert (pending.status, pending.stood_at) == (S.WITHDRAWN, "")
    assert tasks(kept) == tasks(pending) == []
    assert refused.status == S.REFUSED
    assert fresh(another).status == S.APPROVED
    assert on(last + 2 * DAY) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [(S.REFUSED, S.REFUSED), (S.APPROVED_WITH_CONDITIONS, S.CEASED)],
)
def test_nobody_hears_the_appeal_of_somebody_who_left(
    before: Status, after: Status, world: World
) -> None:
    interest = interest_in(before, world)
    interest = perform(Verb.APPEAL, interest, by=world.constable, in_world=world)
    change(world.constable, leaves_on=TODAY)
    done = on(TODAY + DAY)
    assert done["appeals ended with their person’s last day"] == 1
    interest = fresh(interest)
    assert (interest.status, interest.stood_at) == (after, "")
    assert Appeal.objects.get().outcome == "withdrawn"
    assert tasks(interest, K.HEAR_APPEAL) == tasks(interest, K.PAPERS) == []
    assert on(TODAY + 2 * DAY) == {}


def test_every_force_s_day_comes(world: World) -> None:
    interest_in(S.APPROVED, world)
    interest_in(S.APPROVED, world, subject=world.harbour_constable)
    interest_in(S.APPROVED, world, subject=world.body_member)
    assert on(OPENS_ON) == {"reviews opened": 3}
    assert {each.case.scope_name for each in Interest.objects.select_related("case")} == {
        "Northmoor Police",
        "Harbour Police",
        "Northmoor Commissioner",
    }
    assert Deadline.objects.open().filter(kind=K.REVIEW).count() == 3


def test_what_fails_for_one_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = interest_in(Status.APPROVED, world)
    second = interest_in(Status.APPROVED, world, subject=world.colleague)
    read = InterestSteps.read

    def fail_for_one(steps: InterestSteps, pk: int) -> Interest:
        if pk == first.pk:
            raise RuntimeError("planted")
        return read(steps, pk)

    monkeypatch.setattr(InterestSteps, "read", fail_for_one)
    done = daily(now=NOW + timedelta(days=350))
    assert done["reviews opened"] == 1
    assert fresh(second).open_review is not None
    assert "could not do its part" in caplog.text
