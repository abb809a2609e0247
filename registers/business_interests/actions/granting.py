"""What every decision on an interest leaves: its conditions, its notice, and the tasks that follow."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Min
from django.utils import timezone

from integrity.casework import actions as casework
from integrity.casework.clocks import add_months
from integrity.casework.enums import DeadlineKind, Stage
from integrity.casework.models import Decision
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.actions.step import rule_of
from registers.business_interests.enums import ConditionKind, Ground, Status
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.facts_of import SET
from registers.business_interests.models import Condition, FollowUp, Interest, WrittenNotice
from registers.business_interests.policies import appeal_by, follow_up_days, review_months
from registers.business_interests.workflow import APPEALABLE

YEARS_AHEAD = 5


def refuse_conditions(conditions: Sequence[ConditionFacts], *, today: date) -> None:
    """Raises Denied for a condition that does not say what its kind asks for."""
    for each in conditions:
        if not each.text:
            raise Denied("Write what the condition is.")
        if each.kind == ConditionKind.HOURS and each.hours is None:
            raise Denied(f"Say how many hours a week: “{each.text}”.")
        if each.kind == ConditionKind.END_DATE and each.until is None:
            raise Denied(f"Say until when: “{each.text}”.")
        if each.until is not None and each.until <= today:
            raise Denied(f"The day until which it holds must lie ahead: “{each.text}”.")


def refuse_review_date(review_on: date, *, today: date) -> None:
    if review_on <= today:
        raise Denied("The review date must be later than today.")
    if review_on > add_months(today, 12 * YEARS_AHEAD):
        raise Denied(f"The review date must be within {YEARS_AHEAD} years.")


def propose_review(interest: Interest, *, with_conditions: bool, today: date) -> date:
    """The review date that the force's interval for the post, conditions and risk proposes."""
    case = interest.case
    subject = case.subject
    posts = [case.subject_grade, str(case.subject_unit or ""), subject.post if subject else ""]
    months = review_months(
        interest.policy.intervals.all(),
        interest.policy,
        posts=posts,
        with_conditions=with_conditions,
        risk=case.risk,
    )
    return add_months(today, months)


def set_conditions(
    interest: Interest,
    *,
    keep: Collection[int],
    add: Sequence[ConditionFacts],
    by: User | None,
    now: datetime,
) -> list[Condition]:
    """End the standing conditions but those kept, and set new ones; returns what stands."""
    today = timezone.localdate(now)
    standing = Condition.objects.filter(interest=interest, ended_at=None)
    standing.exclude(pk__in=keep).update(ended_at=now)
    for facts in add:
        Condition.objects.create(
            interest=interest,
            next_check_on=add_months(today, facts.check_months),
            set_at=now,
            set_by=by,
            **{name: getattr(facts, name) for name in SET},
        )
    return list(standing)


def give_notice(
    interest: Interest,
    decision: Decision,
    outcome: Status,
    *,
    may_appeal: bool,
    now: datetime,
) -> WrittenNotice:
    """Keep the written notice of a decision, with the last day to appeal where there is a right to."""
    right = may_appeal and outcome in APPEALABLE
    return WrittenNotice.objects.create(
        interest=interest,
        decision=decision,
        outcome=outcome,
        conditions=[each.text for each in interest.conditions.filter(ended_at=None)],
        review_on=interest.review_on,
        given_at=now,
        appeal_by=appeal_by(rule_of(interest), now) if right else None,
    )


def notice_path(notice: WrittenNotice) -> str:
    return f"/interests/{notice.interest.case.reference}/notice/{notice.pk}/"


def notice_words(notice: WrittenNotice) -> str:
    words = "Read the written notice with its reasons."
    if notice.appeal_by is not None:
        words += f" You may appeal until {notice.appeal_by:%-d %B %Y}."
    return words


def add_decision(
    interest: Interest, stage: Stage, outcome: str, reason: str, *, by: User, now: datetime
) -> Decision:
    conditions = "\n".join(each.text for each in interest.conditions.filter(ended_at=None))
    return casework.add_decision(
        interest.case,
        stage=stage,
        outcome=outcome,
        reason=reason,
        conditions=conditions,
        by=by,
        now=now,
    )


def start_round(interest: Interest) -> None:
    """Begin a round of decisions, at once: the database asks of each whether it is of the round."""
    casework.start_round(interest.case)
    interest.case.save(update_fields=["round", "with_outside_decider", "owner"])


def grant(interest: Interest, *, review_on: date, now: datetime) -> None:
    """What an interest is once it is approved: its dates; a refusal's follow-ups are dropped."""
    interest.approved_on = timezone.localdate(now)
    interest.review_on = review_on
    interest.grounds = ""
    drop_follow_ups(interest, now=now)


def end_approval(interest: Interest, ground: Ground, *, now: datetime) -> None:
    """What an interest is once it is refused or revoked; PSD looks that it is not done after all."""
    interest.grounds = ground
    interest.review_on = None
    interest.conditions.filter(ended_at=None).update(ended_at=now)
    FollowUp.objects.bulk_create(
        FollowUp(interest=interest, months=months, due_on=due_on)
        for months, due_on in follow_up_days(interest.policy, timezone.localdate(now))
    )


def drop_follow_ups(interest: Interest, *, now: datetime) -> None:
    interest.follow_ups.filter(done_at=None, dropped_at=None).update(dropped_at=now)


def set_standing_tasks(interest: Interest, *, now: datetime) -> None:
    """PSD's next check, next follow-up and open review as tasks, each once and on its day."""
    checks = interest.conditions.filter(ended_at=None, to_confirm=False)
    follow_ups = interest.follow_ups.filter(done_at=None, dropped_at=None)
    review = interest.open_review
    wanted: dict[DeadlineKind, date | None] = {
        DeadlineKind.CHECK_CONDITION: checks.aggregate(day=Min("next_check_on"))["day"],
        DeadlineKind.FOLLOW_UP: follow_ups.aggregate(day=Min("due_on"))["day"],
        DeadlineKind.REVIEW: review.due_on if review else None,
    }
    for kind, due_on in wanted.items():
        tasks = interest.case.deadlines.open().filter(kind=kind)
        if due_on is not None and tasks.filter(due_on=due_on).exists():
            continue
        tasks.update(met_at=now)
        if due_on is not None:
            casework.set_deadline(
                interest.case,
                kind=kind,
                what=kind.label,
                owner=interest.case.owner,
                due_on=due_on,
                now=now,
            )
