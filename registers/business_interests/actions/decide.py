"""PSD decides an application: approve, with conditions or not, against guidance or not; refuse."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from integrity.audit.actions import action
from integrity.audit.models import Audience
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind, Stage
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.actions.granting import (
    add_decision,
    drop_follow_ups,
    end_approval,
    give_notice,
    grant,
    notice_path,
    notice_words,
    refuse_conditions,
    refuse_review_date,
    set_conditions,
    set_standing_tasks,
    start_round,
)
from registers.business_interests.actions.step import (
    finish,
    set_decision_task,
    take,
    tell_applicant,
    tell_psd,
    tell_supervisor,
)
from registers.business_interests.enums import SENT_BACK, Ground, Status, Verb
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.facts_of import facts_of
from registers.business_interests.models import Interest
from registers.business_interests.policies import against_guidance, approved_status


@action
def approve(
    interest: Interest,
    *,
    reason: str,
    conditions: Sequence[ConditionFacts] = (),
    review_on: date,
    rationale: str = "",
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Approve; against the force's guidance with a rationale, and once a second approver agrees.

    HMIC 2012, p. 30: 121 approvals were 'in breach of the existing guidance'.
    """
    interest = take(Verb.APPROVE, interest, by=by, version=version)
    today = timezone.localdate(now)
    refuse_conditions(conditions, today=today)
    refuse_review_date(review_on, today=today)
    against = against_guidance(interest.policy, interest.listed, facts_of(interest), conditions)
    if against and not rationale:
        raise Denied(f"{against} Write why it is approved all the same; a second approver agrees.")
    if against:
        interest.proposed = _proposal(conditions, review_on, reason, rationale)
        return _ask_second(interest, reason, rationale, by=by, now=now)
    return _grant(Verb.APPROVE, Stage.PSD, interest, conditions, review_on, reason, by=by, now=now)


def _ask_second(
    interest: Interest, reason: str, rationale: str, *, by: User, now: datetime
) -> Interest:
    """Put the approval before a second approver; the applicant is told once it is decided."""
    add_decision(interest, Stage.PSD, Status.SECOND_APPROVAL, reason, by=by, now=now)
    event = finish(
        Verb.APPROVE,
        interest,
        Status.SECOND_APPROVAL,
        by=by,
        now=now,
        reason=reason,
        facts={"outcome": Status.SECOND_APPROVAL, "stage": Stage.PSD, "rationale": rationale},
        audience=Audience.PSD,
    )
    interest.case.deadlines.open().filter(kind=DeadlineKind.DECIDE).update(owner=None)
    tell_psd(
        interest,
        event,
        "an approval against the guidance waits for a second approver",
        "Somebody else in PSD agrees to it, or sends it back.",
    )
    return interest


@action
def second_approve(
    interest: Interest, *, reason: str, by: User, now: datetime, version: int | None
) -> Interest:
    """A second person agrees to an approval against the guidance, which is counted as such."""
    interest = take(Verb.SECOND_APPROVE, interest, by=by, version=version)
    conditions, review_on, rationale = read_proposal(interest)
    if review_on <= timezone.localdate(now):
        raise Denied("The review date that was proposed is past: send it back.")
    interest.proposed = None
    interest.against_guidance, interest.guidance_rationale = True, rationale
    return _grant(
        Verb.SECOND_APPROVE,
        Stage.SECOND_APPROVAL,
        interest,
        conditions,
        review_on,
        reason,
        by=by,
        now=now,
    )


@action
def send_back(
    interest: Interest, *, reason: str, by: User, now: datetime, version: int | None
) -> Interest:
    """The second approver does not agree; PSD decides again, in a new round."""
    interest = take(Verb.SEND_BACK, interest, by=by, version=version)
    interest.proposed = None
    add_decision(interest, Stage.SECOND_APPROVAL, SENT_BACK, reason, by=by, now=now)
    start_round(interest)
    event = finish(
        Verb.SEND_BACK,
        interest,
        Status.WITH_PSD,
        by=by,
        now=now,
        reason=reason,
        audience=Audience.PSD,
    )
    tell_psd(interest, event, "the second approver sent an approval back")
    return interest


@action
def refuse(
    interest: Interest,
    *,
    ground: Ground,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Refuse, with reasons; PSD will look at 1, 6 and 12 months that it is kept (RULES, 9)."""
    interest = take(Verb.REFUSE, interest, by=by, version=version)
    end_approval(interest, ground, now=now)
    decision = add_decision(interest, Stage.PSD, Status.REFUSED, reason, by=by, now=now)
    event = finish(
        Verb.REFUSE,
        interest,
        Status.REFUSED,
        by=by,
        now=now,
        reason=reason,
        facts={"outcome": Status.REFUSED, "stage": Stage.PSD, "ground": ground},
    )
    notice = give_notice(interest, decision, Status.REFUSED, may_appeal=True, now=now)
    set_standing_tasks(interest, now=now)
    tell_applicant(
        interest, event, "your application was refused", notice_words(notice), notice_path(notice)
    )
    tell_supervisor(
        interest,
        event,
        "an application by your team was refused",
        "It is for you to know of: carrying on after a refusal is a matter of conduct.",
    )
    return interest


@action
def reopen(
    interest: Interest, *, reason: str, by: User, now: datetime, version: int | None
) -> Interest:
    """Decide a refused application anew, in another round."""
    interest = take(Verb.REOPEN, interest, by=by, version=version)
    casework.start_round(interest.case)
    interest.grounds, interest.complete_at = "", now
    drop_follow_ups(interest, now=now)
    event = finish(Verb.REOPEN, interest, Status.WITH_PSD, by=by, now=now, reason=reason)
    set_decision_task(interest, now=now)
    set_standing_tasks(interest, now=now)
    tell_applicant(
        interest, event, "PSD has reopened your application", "The reason is on its page."
    )
    return interest


def _grant(
    verb: Verb,
    stage: Stage,
    interest: Interest,
    conditions: Sequence[ConditionFacts],
    review_on: date,
    reason: str,
    *,
    by: User,
    now: datetime,
) -> Interest:
    standing = set_conditions(interest, keep=(), add=conditions, by=by, now=now)
    target = approved_status(standing)
    grant(interest, review_on=review_on, now=now)
    decision = add_decision(interest, stage, target, reason, by=by, now=now)
    event = finish(
        verb,
        interest,
        target,
        by=by,
        now=now,
        reason=reason,
        facts={
            "outcome": target,
            "stage": stage,
            "conditions": [each.text for each in standing],
            "review_on": str(review_on),
            "against_guidance": interest.against_guidance,
        },
    )
    notice = give_notice(interest, decision, target, may_appeal=True, now=now)
    set_standing_tasks(interest, now=now)
    said = "approved with conditions" if standing else "approved"
    tell_applicant(
        interest, event, f"your application was {said}", notice_words(notice), notice_path(notice)
    )
    tell_supervisor(
        interest,
        event,
        f"an application by your team was {said}",
        "The conditions and the review date are on its page.",
    )
    return interest


def _proposal(
    conditions: Sequence[ConditionFacts], review_on: date, reason: str, rationale: str
) -> dict[str, Any]:
    plain = [
        {
            name: value if isinstance(value, str | int | None) else str(value)
            for name, value in asdict(each).items()
        }
        for each in conditions
    ]
    return {
        "conditions": plain,
        "review_on": str(review_on),
        "reason": reason,
        "rationale": rationale,
    }


def read_proposal(interest: Interest) -> tuple[list[ConditionFacts], date, str]:
    """The conditions, review date and rationale that a second approver is asked about."""
    proposed = interest.proposed or {}
    conditions = [
        ConditionFacts(
            **{
                **each,
                "hours": Decimal(each["hours"]) if each["hours"] is not None else None,
                "until": date.fromisoformat(each["until"]) if each["until"] else None,
            }
        )
        for each in proposed["conditions"]
    ]
    return conditions, date.fromisoformat(proposed["review_on"]), proposed["rationale"]
