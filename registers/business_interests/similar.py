"""What became of similar applications, as counts only, so that applicants learn what is likely.

Reviewers see the decisions themselves (RULES, Business interests 11); an applicant sees nobody's.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from integrity.casework.clocks import add_months
from integrity.casework.enums import Source
from integrity.people.models import User
from registers.business_interests.enums import Status
from registers.business_interests.models import Interest, WrittenNotice

MONTHS = 24
FEWEST = 5  # fewer, and somebody could be recognised


@dataclass(frozen=True, slots=True)
class Similar:
    """Applications of one kind, each by what was decided of it first (as counts.py counts)."""

    approved: int
    with_conditions: int
    refused: int

    @property
    def total(self) -> int:
        return self.approved + self.with_conditions + self.refused

    @property
    def is_shown(self) -> bool:
        return self.total >= FEWEST


def similar(person: User, category: str, *, today: date) -> Similar:
    """What this person's force, or body, decided of a category in the last two years."""
    first = WrittenNotice.objects.filter(interest=OuterRef("pk")).order_by("pk")
    legacy = Q(case__source=Source.IMPORTED)
    found = (
        Interest.objects.filter(
            category=category,
            case__force=person.force_id,
            case__oversight_body=person.oversight_body_id,
            case__claimed_on__gte=add_months(today, -MONTHS),
        )
        .annotate(first=Subquery(first.values("outcome")[:1], output_field=CharField()))
        .filter(Q(first__isnull=False) | legacy)
        .values(became=Coalesce("first", F("status")))
        .annotate(many=Count("pk"))
        .order_by()
    )
    many = {row["became"]: row["many"] for row in found}
    return Similar(
        approved=many.get(Status.APPROVED, 0) + many.get(Status.CEASED, 0),
        with_conditions=many.get(Status.APPROVED_WITH_CONDITIONS, 0),
        refused=many.get(Status.REFUSED, 0),
    )
