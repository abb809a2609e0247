"""Similar past decisions, so that like cases are decided alike (RULES, Business interests 11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from registers.business_interests.enums import Status
from registers.business_interests.models import Interest, InterestQuerySet, WrittenNotice
from registers.business_interests.workflow import PENDING


@dataclass(frozen=True, slots=True)
class Precedent:
    """What was decided of another interest, on what conditions or ground, and why."""

    interest: Interest
    outcome: str
    conditions: Sequence[str]
    ground: str
    reason: str


def similar(interests: InterestQuerySet, interest: Interest) -> QuerySet[Any]:
    """Decided interests of the same category: those of the same occupation and rank first, then the latest.

    What was decided is in the latest notice; of a legacy register, the status says it.
    """
    latest = WrittenNotice.objects.filter(interest=OuterRef("pk")).order_by("-pk")
    said = Subquery(latest.values("outcome")[:1])
    listed = interest.listed.name if interest.listed else None
    same = Q(listed__name=listed) & Q(case__subject_grade=interest.case.subject_grade)
    return (
        interests.filter(category=interest.category)
        .exclude(status__in=(*PENDING, Status.WITHDRAWN))
        .annotate(
            outcome=Coalesce(said, "status"),
            same=Case(When(same, then=Value(1)), default=Value(0)),
        )
        .order_by("-same", "-case__received_at", "-pk")
    )


def precedents(found: QuerySet[Any], *, many: int) -> list[Precedent]:
    """The first of them, in a fixed number of queries."""
    return [precedent(each) for each in found.prefetch_related("notices__decision")[:many]]


def precedent(interest: Any) -> Precedent:
    notice = next(reversed(interest.notices.all()), None)
    conditions = [each.text for each in interest.standing_conditions]
    return Precedent(
        interest=interest,
        outcome=str(Status(interest.outcome).label),
        conditions=notice.conditions if notice else conditions,
        ground=interest.get_grounds_display(),
        reason=notice.decision.reason if notice else "",
    )


def outcomes(found: QuerySet[Any]) -> list[tuple[str, int]]:
    """How often each outcome was reached, in the order of the statuses."""
    rows = found.order_by().values("outcome").annotate(count=Count("pk")).values("outcome", "count")
    counts = {row["outcome"]: row["count"] for row in rows}
    return [(str(label), counts[value]) for value, label in Status.choices if value in counts]
