"""What people do with business interests in the stories, each through the register's own action."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from integrity.people.actions import change_person
from integrity.people.models import User
from registers.business_interests import actions
from registers.business_interests.actions.granting import propose_review
from registers.business_interests.enums import CheckOutcome, Ground, View
from registers.business_interests.facts import (
    AssessmentFacts,
    ConditionFacts,
    InterestFacts,
    ReviewAnswers,
)
from registers.business_interests.models import Condition, Interest
from registers.business_interests.permissions import member_rule
from registers.demo.data.interest_policy import LIBRARY
from registers.demo.world import World


def apply(
    subject: User,
    at: datetime,
    *,
    category: str,
    occupation: str,
    hours: int | None = None,
    **details: Any,
) -> Interest:
    """An application in which nothing conflicts, unless told; whoever works long has opted out."""
    facts = InterestFacts(
        **{
            "category": category,
            "occupation": occupation,
            "hours_a_week": None if hours is None else Decimal(hours),
            "opted_out": True if hours is not None and hours >= 8 else None,
            "uses_police_knowledge": False,
            "supplies_force": False,
            "could_reflect": False,
            **details,
        }
    )
    return actions.apply(facts=facts, by=subject, now=at)


def view(
    world: World, interest: Interest, at: datetime, note: str = "", **concerns: Any
) -> Interest:
    """The line manager's view: no concerns, unless some are named."""
    by = manager_of(world, interest)
    said = View.CONCERNS if any(concerns.values()) else View.SUPPORT
    facts = AssessmentFacts(**{"view": said, "note": note, **concerns})
    return actions.give_view(interest, facts=facts, by=by, now=at, version=None)


def manager_of(world: World, interest: Interest) -> User:
    subject = world.people[interest.case.subject.username]
    return world.people[subject.line_manager.username]


def decider(world: World, interest: Interest) -> User | None:
    """One of PSD who is free to decide this round: its head alone, where the policy says so."""
    case = interest.case
    taken = set(case.decisions.filter(round=case.round).values_list("decided_by", flat=True))
    rule = member_rule(interest)
    if rule is not None and rule.decided_by_head:
        taken |= {user.pk for user in world.standards if not user.username.startswith("head.")}
    return world.reviewer(case, without=taken)


def conditions(names: Sequence[str], *, hours: int = 10, until: date | None = None) -> Any:
    """Conditions of the library by their names, with the hours or day that a reviewer fills in."""
    filled: dict[str, dict[str, Any]] = {
        "hours": {
            "hours": Decimal(hours),
            "text": LIBRARY["hours"].text.replace(
                "the hours set in a week", f"{hours} hours a week"
            ),
        },
        "until": {
            "until": until,
            "text": f"Approved until {until:%-d %B %Y}." if until else "",
        },
    }
    return tuple(replace(LIBRARY[name], **filled.get(name, {})) for name in names)


def approve(
    interest: Interest,
    by: User,
    at: datetime,
    reason: str,
    *,
    conditions: Sequence[ConditionFacts] = (),
    rationale: str = "",
) -> Interest:
    """Approve until the review date that the policy proposes."""
    return actions.approve(
        interest,
        reason=reason,
        conditions=conditions,
        rationale=rationale,
        review_on=next_review(interest, at, limited=bool(conditions)),
        by=by,
        now=at,
        version=None,
    )


def next_review(interest: Interest, at: datetime, *, limited: bool) -> date:
    return propose_review(interest, with_conditions=limited, today=timezone.localdate(at))


def refuse(interest: Interest, by: User, at: datetime, ground: Ground, reason: str) -> Interest:
    return actions.refuse(interest, ground=ground, reason=reason, by=by, now=at, version=None)


def ask(interest: Interest, by: User, at: datetime, field: str, text: str) -> Interest:
    return actions.ask(interest, field=field, text=text, by=by, now=at, version=None)


def answer(interest: Interest, by: User, at: datetime, text: str) -> Interest:
    waiting = interest.case.questions.filter(answered_at=None)
    said = {question.pk: text for question in waiting}
    return actions.answer(interest, answers=said, by=by, now=at, version=None)


def answer_unchanged(interest: Interest, at: datetime) -> Interest:
    """Nothing has changed, says the person whose review is open."""
    subject = interest.case.subject
    return actions.answer_review(
        interest,
        answers=ReviewAnswers(False, False, False),
        by=subject,
        now=at,
        version=None,
    )


def check(
    condition: Condition,
    by: User,
    at: datetime,
    outcome: CheckOutcome,
    evidence: str,
    **broken: Any,
) -> Interest:
    """A check by the condition's own method."""
    return actions.check_condition(
        condition.interest,
        condition=condition,
        outcome=outcome,
        method=condition.check_method,
        evidence=evidence,
        by=by,
        now=at,
        version=None,
        **broken,
    )


def follow_up(interest: Interest, by: User, at: datetime, outcome: str, evidence: str) -> Interest:
    """The next follow-up that is due."""
    due = interest.follow_ups.filter(done_at=None, dropped_at=None).first()
    return actions.follow_up(
        interest, follow_up=due, outcome=outcome, evidence=evidence, by=by, now=at, version=None
    )


def change(world: World, person: User, at: datetime, by: User, **changes: Any) -> None:
    """Somebody's record changes; the stories go on with whom they then are."""
    change_person(person, changes=changes, by=by, now=at)
    for name, value in changes.items():
        setattr(world.people[person.username], name, value)
