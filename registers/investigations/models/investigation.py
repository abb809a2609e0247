"""An integrity investigation: what it is about, how it ended, and who may know of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.casework.enums import ReferralSource
from integrity.casework.models import Case
from integrity.people.enums import CONFIDENTIAL_ROLES, PSD_ROLES
from integrity.people.models import User
from registers.investigations.enums import (
    LEFT,
    SUBCATEGORIES,
    Category,
    Outcome,
    Standing,
    Status,
    SubCategory,
)
from registers.investigations.models.policy import InvestigationPolicy


def concerns_somebody_of(user: User, case: str = "case") -> Q:
    """Cases about this person or about somebody they manage, now or when the case was opened."""
    return (
        Q(**{f"{case}__subject": user})
        | Q(**{f"{case}__subject_manager": user})
        | Q(**{f"{case}__subject__line_manager": user})
    )


class InvestigationQuerySet(models.QuerySet["Investigation"]):
    def visible_to(self, user: User) -> "InvestigationQuerySet":
        """PSD of the force or body, inspectors by grant, and the outside decider it went to.

        Never its subject nor the subject’s line manager, even where they are in PSD.
        """
        scope = user.scope(*CONFIDENTIAL_ROLES)
        inside = Q(case__force__in=scope.forces) | Q(case__oversight_body__in=scope.bodies)
        outside = Q(case__with_outside_decider=True) & (
            Q(case__force__outside_department__in=user.departments(*PSD_ROLES))
            | Q(case__force__outside_body__in=user.scope(*PSD_ROLES).bodies)
        )
        return self.filter(inside | outside).exclude(concerns_somebody_of(user))

    def for_lists(self) -> "InvestigationQuerySet":
        """What a list shows, in one query."""
        return self.select_related(
            "case__force",
            "case__oversight_body",
            "case__subject__grade",
            "case__subject_unit",
            "case__owner__grade",
            "policy",
        )

    def with_all(self) -> "InvestigationQuerySet":
        """All that a page shows, in a fixed number of queries."""
        return (
            self.for_lists()
            .select_related(
                "case__subject__line_manager", "case__subject_manager__grade", "opened_by__grade"
            )
            .prefetch_related(
                "restrictions__set_by__grade",
                "restrictions__ended_by__grade",
                "external_referrals__made_by__grade",
                "posts__checks__checked_by__grade",
                "posts__made_by__grade",
                "leads__referral__made_by__grade",
                "leads__referral__case",
                "leads__dealt_by__grade",
            )
        )


class Investigation(models.Model):
    """PSD looks into somebody’s integrity, or into a leak of which nobody knows the source yet.

    Only what the register needs: no intelligence.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="investigation")
    policy = models.ForeignKey(
        InvestigationPolicy, on_delete=models.PROTECT, related_name="investigations"
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.CONTINUING)
    title = models.CharField(max_length=200, help_text="What it is about, in a line.")
    category = models.CharField(max_length=24, choices=Category, blank=True)
    sub_category = models.CharField("kind", max_length=16, choices=SubCategory, blank=True)
    source = models.CharField(max_length=20, choices=ReferralSource)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(null=True)
    still_has_access = models.BooleanField("they still have access", default=False)
    harm = models.BooleanField("somebody may come to harm", default=False)
    evidence = models.BooleanField("evidence may be lost", default=False)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_on = models.DateField(null=True)
    lessons = models.TextField("lessons to publish", blank=True)

    objects = InvestigationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["opened_at"], name="investigation_opened")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="investigation_says_what_about"),
            models.CheckConstraint(
                condition=Q(sub_category="")
                | Q(
                    category=Category.MEDIA_RELATIONSHIP,
                    sub_category__in=SUBCATEGORIES[Category.MEDIA_RELATIONSHIP],
                )
                | Q(
                    category=Category.DISCLOSURE,
                    sub_category__in=SUBCATEGORIES[Category.DISCLOSURE],
                ),
                name="investigation_kind_is_one_of_its_category",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.CLOSED, outcome_on__isnull=False) & ~Q(outcome=""))
                | (~Q(status=Status.CLOSED) & Q(outcome_on__isnull=True, outcome="")),
                name="investigation_closed_says_how_and_when",
            ),
            models.CheckConstraint(
                condition=Q(lessons="") | Q(status=Status.CLOSED),
                name="investigation_lessons_are_of_a_closed_one",
            ),
            models.UniqueConstraint(
                fields=["opened_by", "idempotency_key"], name="investigation_opened_once"
            ),
        ]

    def __str__(self) -> str:
        return self.case.reference

    @property
    def standing(self) -> Standing:
        """In which of the five published groups it counts."""
        return standing_of(self.status, self.outcome)

    @property
    def kind_label(self) -> str:
        """Category and kind in words; empty where it is not categorised."""
        return ": ".join(
            filter(None, (self.get_category_display(), self.get_sub_category_display()))
        )


def standing_of(status: str, outcome: str) -> Standing:
    if status != Status.CLOSED:
        return Standing(status)
    return Standing.LEFT if outcome in LEFT else Standing(outcome)
