"""The register's counts (RULES, Business interests 12), each by its definition here.

An application is counted once, by what became of it first: approved with conditions stays so counted
when it is renewed, varied, revoked or ended later.
"""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import F, OuterRef, Q
from django.db.models.functions import TruncDate

from integrity.casework.enums import Source
from registers.business_interests.enums import AppealOutcome, Status
from registers.business_interests.models import (
    Appeal,
    Condition,
    ConditionCheck,
    FollowUp,
    InterestQuerySet,
    Review,
    WrittenNotice,
)
from registers.business_interests.workflow import PENDING

LABELS = {
    "received": "Applications received",
    "approved": "Approved without conditions",
    "with_conditions": "Approved with conditions",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
    "pending": "Not decided yet",
    "against_guidance": "Approved against the guidance",
    "revoked": "Approval revoked",
    "ceased": "Ended",
    "appeals": "Appeals made",
    "appeals_upheld": "Appeals upheld or conditions varied",
    "appeals_dismissed": "Appeals dismissed",
    "reviews_closed": "Reviews done",
    "reviews_on_time": "of which on time",
    "reviews_overdue": "Reviews overdue",
    "checks": "Checks of conditions",
    "checks_broken": "of which found broken",
    "conditions_overdue": "Conditions whose check is overdue",
    "follow_ups_done": "Refusals followed up",
    "follow_ups_overdue": "Follow-ups overdue",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications, and what has been done to keep what was decided."""

    received: int
    approved: int
    with_conditions: int
    refused: int
    withdrawn: int
    pending: int
    against_guidance: int
    revoked: int
    ceased: int
    appeals: int
    appeals_upheld: int
    appeals_dismissed: int
    reviews_closed: int
    reviews_on_time: int
    reviews_overdue: int
    checks: int
    checks_broken: int
    conditions_overdue: int
    follow_ups_done: int
    follow_ups_overdue: int

    def figures(self) -> list[tuple[str, int]]:
        return [(LABELS[field.name], getattr(self, field.name)) for field in fields(self)]


def counts(interests: InterestQuerySet, *, today: date) -> Counts:
    """The counts of some interests on a day. Received = approved + with conditions + refused +
    withdrawn + pending."""
    of = {"interest__in": interests.values("pk")}
    first = WrittenNotice.objects.filter(interest=OuterRef("pk")).order_by("pk")
    decided = interests.annotate(first=first.values("outcome")[:1])
    undecided = decided.filter(first=None)
    imported = Q(case__source=Source.IMPORTED)
    appeals = Appeal.objects.filter(**of)
    reviews = Review.objects.filter(**of)
    closed = reviews.filter(closed_at__isnull=False)
    checks = ConditionCheck.objects.filter(condition__interest__in=interests.values("pk"))
    follow_ups = FollowUp.objects.filter(**of)
    undone = follow_ups.filter(done_at=None, dropped_at=None)

    def became(status: Status) -> int:
        """What was decided first; of a legacy register, what it says."""
        legacy = undecided.filter(imported, status=status)
        return decided.filter(first=status).count() + legacy.count()

    # of a legacy register's approvals, those that ended before the first notice here, or by it
    since_ended = decided.filter(
        Q(first=None, status__in=(Status.CEASED, Status.REVOKED)) | Q(first=Status.REVOKED),
        imported,
    )
    return Counts(
        received=interests.count(),
        approved=became(Status.APPROVED) + since_ended.count(),
        with_conditions=became(Status.APPROVED_WITH_CONDITIONS),
        refused=became(Status.REFUSED),
        withdrawn=undecided.filter(status=Status.WITHDRAWN).count(),
        pending=undecided.filter(status__in=PENDING).count(),
        against_guidance=interests.filter(against_guidance=True).count(),
        revoked=interests.filter(
            Q(status=Status.REVOKED) | Q(status=Status.APPEALED, stood_at=Status.REVOKED)
        ).count(),
        ceased=interests.filter(status=Status.CEASED).count(),
        appeals=appeals.count(),
        appeals_upheld=appeals.filter(
            outcome__in=(AppealOutcome.UPHELD, AppealOutcome.VARIED)
        ).count(),
        appeals_dismissed=appeals.filter(outcome=AppealOutcome.DISMISSED).count(),
        reviews_closed=closed.count(),
        reviews_on_time=closed.annotate(on=TruncDate("closed_at"))
        .filter(on__lte=F("due_on"))
        .count(),
        reviews_overdue=reviews.filter(closed_at=None, due_on__lt=today).count(),
        checks=checks.count(),
        checks_broken=checks.filter(outcome="broken").count(),
        conditions_overdue=Condition.objects.filter(
            ended_at=None, next_check_on__lt=today, **of
        ).count(),
        follow_ups_done=follow_ups.filter(done_at__isnull=False).count(),
        follow_ups_overdue=undone.filter(due_on__lt=today).count(),
    )
