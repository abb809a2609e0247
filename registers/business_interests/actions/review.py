"""Reviews of what is approved: opened by date, by a change or by PSD; answered, and viewed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.actions.assess import write_assessment
from registers.business_interests.actions.granting import (
    set_standing_tasks,
)
from registers.business_interests.actions.stating import score
from registers.business_interests.actions.step import (
    finish,
    take,
    tell_applicant,
    tell_psd,
    tell_supervisor,
)
from registers.business_interests.enums import (
    AssessmentKind,
    ReviewCause,
    ReviewOutcome,
    Verb,
)
from registers.business_interests.facts import AssessmentFacts, ReviewAnswers
from registers.business_interests.models import Interest, Review

ANSWER_IT = "Answer the review of your interest"


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
        if review.answered_at is not None and cause != ReviewCause.CIRCUMSTANCES:
            _ask_again(interest, review, now=now)
        review.save()
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


def _ask_again(interest: Interest, review: Review, *, now: datetime) -> None:
    """What was answered before another cause came was of less; it stays to be read."""
    before = review.answer or "nothing had changed"
    review.what = f"{review.what}\nAnswered before that: {before}"
    review.answer, review.answered_at, review.answered_by = "", None, None
    review.circumstances_changed = review.hours_changed = review.role_changed = None
    casework.set_deadline(
        interest.case,
        kind=DeadlineKind.ANSWER_REVIEW,
        what=ANSWER_IT,
        owner=interest.case.subject,
        due_on=review.due_on,
        now=now,
    )


def _set_review_tasks(interest: Interest, review: Review, *, now: datetime) -> None:
    subject = interest.case.subject
    common: dict[str, Any] = {"due_on": review.due_on, "now": now}
    if subject is not None:
        casework.set_deadline(
            interest.case,
            kind=DeadlineKind.ANSWER_REVIEW,
            what=ANSWER_IT,
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
    review = the_open_review(interest)
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
    if review.answered_at is not None:
        answers = _with_earlier(review, answers)
    review.circumstances_changed = answers.circumstances_changed
    review.hours_changed = answers.hours_changed
    review.role_changed = answers.role_changed
    review.hours_a_week = answers.hours_a_week if answers.hours_changed else None
    review.answer, review.answered_at, review.answered_by = answers.answer, now, by
    review.save()


def _with_earlier(review: Review, answers: ReviewAnswers) -> ReviewAnswers:
    """Another change while a review waits for PSD adds to what was said of it before."""
    return replace(
        answers,
        circumstances_changed=answers.circumstances_changed or bool(review.circumstances_changed),
        hours_changed=answers.hours_changed or bool(review.hours_changed),
        role_changed=answers.role_changed or bool(review.role_changed),
        hours_a_week=answers.hours_a_week if answers.hours_changed else review.hours_a_week,
        answer=f"{review.answer}\n{answers.answer}".strip(),
    )


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


def the_open_review(interest: Interest) -> Review:
    review: Review | None = interest.open_review
    if review is None:
        raise Denied("No review is open.")
    return review
