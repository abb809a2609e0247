"""Week by week: the daily round of the register, and what people then do of what is due.

Some is left undone, as HMIC found (2012, p. 30): every fourth condition is never checked, every
ninth review is never answered. People of planted stories look after themselves.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from registers.business_interests import actions
from registers.business_interests.actions.daily import daily
from registers.business_interests.enums import CheckOutcome
from registers.business_interests.facts import AssessmentFacts, ReviewAnswers
from registers.business_interests.models import Condition, Review
from registers.business_interests.workflow import LIVE
from registers.demo import interest_acts as acts
from registers.demo.data import interests as said
from registers.demo.interests import NAMED
from registers.demo.timeline import Story
from registers.demo.world import DAYS, World

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
UNCLEAR = 0.06


def rounds(world: World) -> list[Story]:
    return [
        _each_week(world, MONDAY, 5, _day),
        _each_week(world, TUESDAY, 10, _checks),
        _each_week(world, WEDNESDAY, 19, _answers),
        _each_week(world, THURSDAY, 11, _views),
        _each_week(world, FRIDAY, 15, _renewals),
        _this_morning(world),
    ]


def _each_week(
    world: World, weekday: int, hour: int, do: Callable[[World, datetime], None]
) -> Story:
    day = world.today - timedelta(days=DAYS)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while True:
        yield (at := world.on(day, hour))
        do(world, at)
        day += timedelta(days=7)


def _day(world: World, at: datetime) -> None:
    daily(now=at)


def _this_morning(world: World) -> Story:
    yield (at := world.ago(0, 0))
    daily(now=at)


def _checks(world: World, at: datetime) -> None:
    """PSD checks the conditions that are due, but for those that nobody ever looks at."""
    due = Condition.objects.filter(
        ended_at=None, next_check_on__lte=timezone.localdate(at), interest__status__in=LIVE
    ).select_related("interest__case__subject", "interest__policy")
    for condition in due.exclude(interest__case__subject__username__in=NAMED):
        by = world.reviewer(condition.interest.case)
        if condition.pk % 4 == 0 or by is None:
            continue
        if world.happens(UNCLEAR):
            acts.check(condition, by, at, CheckOutcome.UNCLEAR, said.UNCLEAR)
        else:
            acts.check(condition, by, at, CheckOutcome.KEPT, said.KEPT[condition.kind])


def _open_reviews(at: datetime, days: int) -> list[Review]:
    """Those that have been open for so many days."""
    found = Review.objects.filter(
        closed_at=None, opened_at__lte=at - timedelta(days=days), interest__status__in=LIVE
    ).exclude(interest__case__subject__username__in=NAMED)
    return list(found.select_related("interest__case__subject", "interest__policy"))


def _answers(world: World, at: datetime) -> None:
    """People answer the reviews of what they do; every ninth never does."""
    for review in _open_reviews(at, 4):
        if review.answered_at is not None or review.pk % 9 == 0:
            continue
        interest = review.interest
        hours = interest.hours_a_week
        longer = hours is not None and review.pk % 6 == 5
        answers = ReviewAnswers(
            circumstances_changed=False,
            hours_changed=longer,
            role_changed=False,
            hours_a_week=hours + Decimal(1) if hours is not None and longer else None,
            answer="They asked for an hour more at weekends." if longer else "",
        )
        by = world.people[interest.case.subject.username]
        actions.answer_review(interest, answers=answers, by=by, now=at, version=None)


def _views(world: World, at: datetime) -> None:
    """Supervisors give their views, most of them."""
    for review in _open_reviews(at, 7):
        interest = review.interest
        given = interest.assessments.filter(round=interest.case.round).exists()
        if given or interest.case.subject.line_manager_id is None or review.pk % 7 == 0:
            continue
        by = acts.manager_of(world, interest)
        facts = AssessmentFacts(note=world.pick(said.SUPPORTS))
        actions.give_review_view(interest, facts=facts, by=by, now=at, version=None)


def _renewals(world: World, at: datetime) -> None:
    """PSD renews what was answered; now and then a condition is added."""
    for review in _open_reviews(at, 14):
        interest = review.interest
        by = acts.decider(world, interest)
        if review.answered_at is None or by is None:
            continue
        keep = [each.pk for each in interest.conditions.filter(ended_at=None)]
        added = acts.conditions(("notify",)) if not keep and review.pk % 5 == 0 else ()
        actions.renew(
            interest,
            keep=keep,
            conditions=added,
            review_on=acts.next_review(interest, at, limited=bool(keep or added)),
            reason=world.pick(said.RENEWALS),
            by=by,
            now=at,
            version=None,
        )
