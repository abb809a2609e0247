"""Reviews of what is approved: by date, by a change of circumstances or post; renewal, variation, revocation."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind, Stage
from integrity.casework.models import Deadline
from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.ui.wording import with_capital
from registers.business_interests.actions.assess import write_assessment
from registers.business_interests.actions.granting import (
    add_decision,
    end_approval,
    give_notice,
    notice_path,
    notice_words,
    refuse_conditions,
    refuse_review_date,
    set_conditions,
    set_standing_tasks,
)
from registers.business_interests.actions.stating import count_hours, score, stated
from registers.business_interests.actions.step import (
    STEPS,
    finish,
    take,
    tell_applicant,
    tell_psd,
    tell_supervisor,
)
from registers.business_interests.enums import (
    AssessmentKind,
    Ground,
    ReviewCause,
    ReviewOutcome,
    Status,
    Verb,
)
from registers.business_interests.facts import AssessmentFacts, ConditionFacts, ReviewAnswers
from registers.business_interests.models import Interest, Review
from registers.business_interests.policies import approved_status
from registers.business_interests.workflow import LIVE

CAUSES = {
    "grade": ReviewCause.RANK,
    "unit": ReviewCause.UNIT,
    "post": ReviewCause.ROLE,
    "weekly_hours": ReviewCause.HOURS,
}


@action
def open_review(
    interest: Interest,
    *,
    cause: ReviewCause = ReviewCause.PSD,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """PSD asks for a review before its date."""
    interest = take(Verb.OPEN_REVIEW, interest, by=by, version=version)
    due_on = timezone.localdate(now) + timedelta(days=interest.policy.remind_days)
    begin_review(interest, cause, reason, due_on=due_on, by=by, now=now)
    return interest


def begin_review(
    interest: Interest,
    cause: ReviewCause,
    what: str,
    *,
    due_on: date,
    by: User | None,
    now: datetime,
) -> Review:
    """Open a review in a round of its own, and remind its people; one that is open learns the cause."""
    review = interest.open_review
    if review is not None:
        review.what = f"{review.what}\n{cause.label}. {what}".strip()
        review.save(update_fields=["what"])
    else:
        casework.start_round(interest.case)
        review = Review.objects.create(
            interest=interest,
            cause=cause,
            what=what,
            due_on=due_on,
            opened_at=now,
            opened_by=by,
        )
        _set_review_tasks(interest, review, now=now)
    event = finish(
        Verb.OPEN_REVIEW,
        interest,
        interest.status,
        by=by,
        now=now,
        reason=f"{cause.label}. {what}".strip(),
        facts={"cause": cause, "due_on": str(review.due_on)},
    )
    tell_applicant(
        interest,
        event,
        "your approved interest is reviewed",
        f"{cause.label}. Please answer its questions by {review.due_on:%-d %B %Y}.",
    )
    tell_supervisor(
        interest,
        event,
        "an interest in your team is reviewed",
        f"{cause.label}. Please give your view by {review.due_on:%-d %B %Y}.",
    )
    if cause != ReviewCause.SCHEDULED:
        tell_psd(interest, event, "an approved interest is reviewed", f"{cause.label}. {what}")
    return review


def _set_review_tasks(interest: Interest, review: Review, *, now: datetime) -> None:
    subject = interest.case.subject
    common: dict[str, Any] = {"due_on": review.due_on, "now": now}
    if subject is not None:
        casework.set_deadline(
            interest.case,
            kind=DeadlineKind.ANSWER_REVIEW,
            what="Answer the review of your interest",
            owner=subject,
            **common,
        )
        if subject.line_manager is not None and subject.line_manager.is_active:
            casework.set_deadline(
                interest.case,
                kind=DeadlineKind.ASSESS_REVIEW,
                what="Give your view on a review in your team",
                owner=subject.line_manager,
                **common,
            )
    set_standing_tasks(interest, now=now)


@action
def answer_review(
    interest: Interest, *, answers: ReviewAnswers, by: User, now: datetime, version: int | None
) -> Interest:
    """Whether circumstances, hours and role have changed (RULES, Business interests 8)."""
    interest = take(Verb.ANSWER_REVIEW, interest, by=by, version=version)
    review = _open(interest)
    changed = answers.circumstances_changed or answers.hours_changed or answers.role_changed
    if changed and not answers.answer:
        raise Denied("Say what has changed.")
    if answers.hours_changed and answers.hours_a_week is None:
        raise Denied("Say how many hours a week it takes now.")
    _write_answers(review, answers, by=by, now=now)
    casework.meet_deadlines(interest.case, DeadlineKind.ANSWER_REVIEW, now=now)
    event = finish(
        Verb.ANSWER_REVIEW,
        interest,
        interest.status,
        by=by,
        now=now,
        reason=answers.answer or "Nothing has changed.",
    )
    tell_psd(interest, event, "a review was answered")
    return interest


def _write_answers(review: Review, answers: ReviewAnswers, *, by: User, now: datetime) -> None:
    review.circumstances_changed = answers.circumstances_changed
    review.hours_changed = answers.hours_changed
    review.role_changed = answers.role_changed
    review.hours_a_week = answers.hours_a_week if answers.hours_changed else None
    review.answer, review.answered_at, review.answered_by = answers.answer, now, by
    review.save()


@action
def give_review_view(
    interest: Interest, *, facts: AssessmentFacts, by: User, now: datetime, version: int | None
) -> Interest:
    """The supervisor on an interest that is reviewed, and on its conditions."""
    interest = take(Verb.GIVE_REVIEW_VIEW, interest, by=by, version=version)
    write_assessment(interest, AssessmentKind.SUPERVISOR, facts, by=by, now=now)
    casework.meet_deadlines(interest.case, DeadlineKind.ASSESS_REVIEW, now=now)
    event = finish(
        Verb.GIVE_REVIEW_VIEW,
        interest,
        interest.status,
        by=by,
        now=now,
        facts={"view": facts.view},
        risk=score(interest),
    )
    tell_psd(interest, event, "a supervisor gave a view on a review")
    return interest


@action
def report_change(
    interest: Interest, *, answers: ReviewAnswers, by: User, now: datetime, version: int | None
) -> Interest:
    """The person says that something has changed, which is the answer to a review it opens."""
    interest = take(Verb.REPORT_CHANGE, interest, by=by, version=version)
    if not answers.answer:
        raise Denied("Say what has changed.")
    if answers.hours_changed and answers.hours_a_week is None:
        raise Denied("Say how many hours a week it takes now.")
    finish(Verb.REPORT_CHANGE, interest, interest.status, by=by, now=now, reason=answers.answer)
    due_on = timezone.localdate(now) + timedelta(days=interest.policy.remind_days)
    review = begin_review(
        interest, ReviewCause.CIRCUMSTANCES, answers.answer, due_on=due_on, by=by, now=now
    )
    _write_answers(review, answers, by=by, now=now)
    casework.meet_deadlines(interest.case, DeadlineKind.ANSWER_REVIEW, now=now)
    return interest


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
    review = _open(interest)
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
    _decide_in_a_round(interest)
    return _change_conditions(
        Verb.VARY, interest, keep, conditions, interest.review_on, reason, by=by, now=now
    )


def _change_conditions(
    verb: Verb,
    interest: Interest,
    keep: Collection[int],
    conditions: Sequence[ConditionFacts],
    review_on: date,
    reason: str,
    *,
    by: User,
    now: datetime,
) -> Interest:
    today = timezone.localdate(now)
    refuse_conditions(conditions, today=today)
    if verb == Verb.RENEW:
        refuse_review_date(review_on, today=today)
    before = {each.pk for each in interest.conditions.filter(ended_at=None)}
    standing = set_conditions(interest, keep=keep, add=conditions, by=by, now=now)
    changed = {each.pk for each in standing} != before
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
        casework.start_round(interest.case)
        interest.case.save(update_fields=["round", "with_outside_decider", "owner"])


def close_review(
    interest: Interest, outcome: ReviewOutcome, *, by: User | None, now: datetime
) -> None:
    """End the open review, if there is one, and its tasks."""
    interest.reviews.filter(closed_at=None).update(outcome=outcome, closed_at=now, closed_by=by)
    casework.meet_deadlines(
        interest.case,
        DeadlineKind.REVIEW,
        DeadlineKind.ANSWER_REVIEW,
        DeadlineKind.ASSESS_REVIEW,
        now=now,
    )


def person_changed(
    person: User, changed: Mapping[str, Any], by: User | None, now: datetime
) -> None:
    """A change of rank, unit, role or hours re-opens what was approved (RULES, Business interests 10)."""
    if "line_manager" in changed:
        _hand_over_tasks(person)
    causes = [
        cause for field, cause in CAUSES.items() if field in changed and _differs(changed, field)
    ]
    if not causes:
        return
    said = {
        cause: f"from {_said(changed, field, 0)} to {_said(changed, field, 1)}"
        for field, cause in CAUSES.items()
        if cause in causes
    }
    more = [f"{cause.label}: {said[cause]}" for cause in causes[1:]]
    what = "; ".join([with_capital(said[causes[0]]), *more])
    mine = Interest.objects.filter(case__subject=person, status__in=LIVE)
    for pk, case_id in mine.values_list("pk", "case_id"):
        case = casework.lock_case(case_id, version=None)
        interest = STEPS.read(pk)
        interest.case = case
        if interest.status in LIVE:
            due_on = timezone.localdate(now) + timedelta(days=interest.policy.remind_days)
            begin_review(interest, causes[0], what, due_on=due_on, by=by, now=now)


def _differs(changed: Mapping[str, Any], field: str) -> bool:
    before, after = changed[field]
    return bool(before != after)


def _said(changed: Mapping[str, Any], field: str, which: int) -> str:
    value = changed[field][which]
    return "nothing" if value in (None, "", "None") else str(value)


def _hand_over_tasks(person: User) -> None:
    """What waited for the old line manager waits for the new one."""
    tasks = Deadline.objects.open().filter(
        case__register="business_interests",
        case__subject=person,
        kind__in=(DeadlineKind.ASSESS, DeadlineKind.ASSESS_REVIEW),
        owner__isnull=False,
    )
    tasks.update(owner=person.line_manager)


def _open(interest: Interest) -> Review:
    review: Review | None = interest.open_review
    if review is None:
        raise Denied("No review is open.")
    return review
