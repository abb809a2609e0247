"""A stored interest as its facts, so that policies can judge it again."""

from dataclasses import fields

from registers.business_interests.facts import AssessmentFacts, ConditionFacts, InterestFacts
from registers.business_interests.models import Condition, Interest

KEPT = [field.name for field in fields(InterestFacts) if field.name != "organisation"]
SAID = [field.name for field in fields(AssessmentFacts)]
SET = [field.name for field in fields(ConditionFacts)]


def facts_of(interest: Interest) -> InterestFacts:
    """What the interest states, as its form would have made it."""
    organisation = interest.organisation.name if interest.organisation else ""
    return InterestFacts(
        organisation=organisation, **{name: getattr(interest, name) for name in KEPT}
    )


def assessments_of(interest: Interest) -> dict[str, AssessmentFacts]:
    """The latest view of each kind."""
    found = {each.kind: each for each in interest.assessments.order_by("pk")}
    return {
        kind: AssessmentFacts(**{name: getattr(each, name) for name in SAID})
        for kind, each in found.items()
    }


def condition_facts(condition: Condition) -> ConditionFacts:
    return ConditionFacts(**{name: getattr(condition, name) for name in SET})
