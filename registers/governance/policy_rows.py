"""The register’s own policy rows that an assessment against guidance is about."""

from collections.abc import Mapping

from integrity.casework.models import PolicyRow
from registers.business_interests.models import InterestPolicy
from registers.gifts.models import GiftPolicy
from registers.governance.enums import Guidance
from registers.governance.models import PolicyAssessment
from registers.media_contacts.models import MediaPolicy


def policies_assessed(assessment: PolicyAssessment) -> Mapping[str, PolicyRow | None]:
    """By document, the force’s policy that was in force on the day assessed; None where it had none."""
    found: dict[str, PolicyRow | None] = {}
    rows: dict[Guidance, type[PolicyRow]] = {
        Guidance.GIFTS: GiftPolicy,
        Guidance.INTERESTS: InterestPolicy,
        Guidance.MEDIA: MediaPolicy,
    }
    for document, model in rows.items():
        try:
            of_force = model.objects.for_force(assessment.force_id)  # type: ignore[attr-defined]
            found[document] = of_force.in_force(assessment.assessed_on)
        except model.DoesNotExist:
            found[document] = None
    return found
