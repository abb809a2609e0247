"""Writing what is stated on an interest, and what the policy makes of it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from integrity.casework.policies import risk_score
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.enums import CheckOutcome, Factor
from registers.business_interests.facts import InterestFacts
from registers.business_interests.facts_of import KEPT, assessments_of, facts_of
from registers.business_interests.hours import average_week, duty_hours
from registers.business_interests.models import ConditionCheck, Interest, InterestPolicy
from registers.business_interests.policies import factors, listed_in
from registers.organisations.actions import find_or_create


def policy_for(subject: User, now: datetime) -> InterestPolicy:
    """The row in force today. Raises Denied where the force has none."""
    try:
        return InterestPolicy.objects.for_person(subject).in_force(timezone.localdate(now))
    except InterestPolicy.DoesNotExist:
        raise Denied(
            "Your force has no policy on business interests in force yet; ask PSD to enter it."
        ) from None


def state(interest: Interest, facts: InterestFacts) -> None:
    """Write what is stated; its organisation is found or made once, however it is spelt."""
    case = interest.case
    home = case.force or case.oversight_body
    if home is None:
        raise ValueError(f"{case} belongs to no force and no body.")
    for name in KEPT:
        setattr(interest, name, getattr(facts, name))
    interest.organisation = (
        find_or_create(name=facts.organisation, department=home.department)
        if facts.organisation
        else None
    )
    text = f"{facts.occupation} {facts.description}"
    found = listed_in(interest.policy.occupations.all(), text)
    interest.listed = found[0] if found else None
    count_hours(interest)


def count_hours(interest: Interest) -> None:
    """The average week as it is now, with this interest in it; a relative's adds nothing."""
    person, facts = interest.case.subject, facts_of(interest)
    if person is None:
        return
    interest.duty_hours = duty_hours(interest.policy, person)
    interest.average_hours = average_week(
        interest.policy,
        person,
        hours=facts.hours_a_week if facts.counts_hours else None,
        weeks=facts.weeks_worked,
        without=interest,
    )


def factors_of(interest: Interest) -> tuple[Factor, ...]:
    """The factors of the risk score that an interest shows today."""
    case = interest.case
    theirs = Interest.objects.filter(case__subject=case.subject_id).exclude(pk=interest.pk)
    if case.subject_id is None:
        theirs = theirs.none()
    broken = ConditionCheck.objects.filter(
        condition__interest__case__subject=case.subject_id,
        condition__interest__case__subject__isnull=False,
        outcome=CheckOutcome.BROKEN,
    )
    return factors(
        interest.policy,
        facts_of(interest),
        interest.listed,
        assessments_of(interest),
        average=interest.average_hours,
        refused_before=theirs.refused().exists(),
        broke_a_condition=broken.exists(),
        chief_officer=case.subject_is_chief_officer,
    )


def score(interest: Interest) -> int:
    """The risk score by the weights of the interest's policy row."""
    weights = {weight.factor: weight.points for weight in interest.policy.weights.all()}
    return risk_score(factors_of(interest), weights)


def stated(interest: Interest) -> dict[str, Any]:
    """What an interest states, as a version keeps it: field by field, in plain values."""
    organisation = interest.organisation.name if interest.organisation else ""
    return {
        **{name: _plain(getattr(interest, name)) for name in KEPT},
        "organisation": organisation,
        "legal_basis": interest.legal_basis,
    }


def submitted(interest: Interest) -> dict[str, Any]:
    """What the event of an application keeps, so that its receipt says what was stated, about whom."""
    return {"subject": interest.case.subject_name, "stated": stated(interest)}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool | int | None) else str(value)
