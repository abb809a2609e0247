"""Decisions on an approval that stands: renewal after a review, variation, revocation."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import Stage
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.actions.granting import (
    add_decision,
    end_approval,
    give_notice,
    notice_path,
    notice_words,
    propose_review,
    refuse_conditions,
    refuse_review_date,
    set_conditions,
    set_standing_tasks,
    start_round,
)
from registers.business_interests.actions.review import close_review, the_open_review
from registers.business_interests.actions.stating import count_hours, score, stated
from registers.business_interests.actions.step import finish, take, tell_applicant, tell_supervisor
from registers.business_interests.enums import Ground, ReviewOutcome, Status, Verb
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.facts_of import condition_facts, facts_of
from registers.business_interests.models import Condition, Interest
from registers.business_interests.policies import against_guidance, approved_status


@action
def renew(
    interest: Interest,
    *,
    keep: Collection[int] = (),
    conditions: Sequence[ConditionFacts] = (),
    review_on: date,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Renew after a review, with the conditions kept and any new ones, until the next review."""
    interest = take(Verb.RENEW, interest, by=by, version=version)
    review = the_open_review(interest)
    if review.answered_at is None and timezone.localdate(now) <= review.due_on:
        raise Denied(
            f"The person has until {review.due_on:%-d %B %Y} to answer the review; after that day "
            "PSD may renew without the answer, or revoke the approval."
        )
    if review.hours_a_week is not None and review.hours_a_week != interest.hours_a_week:
        casework.keep_version(
            interest.case, facts=stated(interest), reason="Hours changed", by=by, now=now
        )
        interest.hours_a_week = review.hours_a_week
        count_hours(interest)
    return _change_conditions(
        Verb.RENEW, interest, keep, conditions, review_on, reason, by=by, now=now
    )


@action
def vary(
    interest: Interest,
    *,
    keep: Collection[int] = (),
    conditions: Sequence[ConditionFacts] = (),
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Change the conditions of an approval that stands."""
    interest = take(Verb.VARY, interest, by=by, version=version)
    standing = {each.pk for each in interest.conditions.filter(ended_at=None)}
    if not conditions and standing <= set(keep):
        raise Denied("Nothing was changed: end a condition or add one.")
    if interest.review_on is None:
        raise Denied("This approval has no review date.")
    review_on = interest.review_on if interest.open_review is None else None
    _decide_in_a_round(interest)
    return _change_conditions(
        Verb.VARY, interest, keep, conditions, review_on, reason, by=by, now=now
    )


def _change_conditions(
    verb: Verb,
    interest: Interest,
    keep: Collection[int],
    conditions: Sequence[ConditionFacts],
    review_on: date | None,
    reason: str,
    *,
    by: User,
    now: datetime,
) -> Interest:
    """What renewing and varying share; without a review date the force's interval proposes it."""
    today = timezone.localdate(now)
    refuse_conditions(conditions, today=today)
    if review_on is not None and verb == Verb.RENEW:
        refuse_review_date(review_on, today=today)
    before = list(interest.conditions.filter(ended_at=None))
    standing = set_conditions(interest, keep=keep, add=conditions, by=by, now=now)
    _keep_to_guidance(interest, before, standing)
    changed = {each.pk for each in standing} != {each.pk for each in before}
    if review_on is None:
        review_on = propose_review(interest, with_conditions=bool(standing), today=today)
    interest.review_on = review_on
    target = approved_status(standing)
    decision = add_decision(interest, Stage.PSD, target, reason, by=by, now=now)
    outcome = ReviewOutcome.VARIED if changed else ReviewOutcome.RENEWED
    close_review(interest, outcome, by=by, now=now)
    event = finish(
        verb,
        interest,
        target,
        by=by,
        now=now,
        reason=reason,
        facts={
            "outcome": target,
            "stage": Stage.PSD,
            "conditions": [each.text for each in standing],
            "review_on": str(review_on),
        },
        risk=score(interest),
    )
    notice = give_notice(interest, decision, target, may_appeal=changed, now=now)
    set_standing_tasks(interest, now=now)
    said = "your interest was renewed" if verb == Verb.RENEW else "your conditions were changed"
    tell_applicant(interest, event, said, notice_words(notice), notice_path(notice))
    tell_supervisor(
        interest, event, "an interest in your team was decided anew", "It is on its page."
    )
    return interest


def _keep_to_guidance(
    interest: Interest, before: Sequence[Condition], after: Sequence[Condition]
) -> None:
    """What the guidance asks for is not ended here, without a second approver (RULES, 5 and 6)."""

    def against(conditions: Sequence[Condition]) -> str:
        held = [condition_facts(each) for each in conditions]
        return against_guidance(interest.policy, interest.listed, facts_of(interest), held)

    said = against(after)
    if said and not against(before):
        raise Denied(f"{said} Keep or add such a condition.")


@action
def revoke(
    interest: Interest,
    *,
    ground: Ground,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Take the approval back, with a right of appeal of its own."""
    interest = take(Verb.REVOKE, interest, by=by, version=version)
    _decide_in_a_round(interest)
    decision = add_decision(interest, Stage.PSD, Status.REVOKED, reason, by=by, now=now)
    close_review(interest, ReviewOutcome.REVOKED, by=by, now=now)
    end_approval(interest, ground, now=now)
    event = finish(
        Verb.REVOKE,
        interest,
        Status.REVOKED,
        by=by,
        now=now,
        reason=reason,
        facts={"outcome": Status.REVOKED, "stage": Stage.PSD, "ground": ground},
    )
    notice = give_notice(interest, decision, Status.REVOKED, may_appeal=True, now=now)
    set_standing_tasks(interest, now=now)
    tell_applicant(
        interest, event, "your approval was revoked", notice_words(notice), notice_path(notice)
    )
    tell_supervisor(interest, event, "an approval in your team was revoked", "It is on its page.")
    return interest


def _decide_in_a_round(interest: Interest) -> None:
    """A review has opened a round; a decision without one opens its own."""
    if interest.open_review is None:
        start_round(interest)
