"""The corruption threat assessment: which posts and units are exposed to what, and what that steers.

Every force had made one, or had a plan, but few used it to find who needs support or checks
(HMIC 2012, p. 19). It stays at posts and units: nothing here is a person's, least of all their money.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.casework.models.conversation import pair
from integrity.people.models import Force, Unit, User
from registers.governance.enums import ThreatKind
from registers.governance.models.plan import PlanItem


class ThreatAssessment(models.Model):
    """One assessment of a force, dated, and by when it is to be made again."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="threat_assessments")
    assessed_on = models.DateField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    next_due = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force"],
                condition=Q(finished_at__isnull=True),
                name="force_has_one_open_threat_assessment",
            ),
            models.CheckConstraint(
                condition=pair("finished_at", "finished_by"),
                name="threat_assessment_finished_at_with_finished_by",
            ),
            models.CheckConstraint(
                condition=pair("finished_at", "next_due"),
                name="threat_assessment_finished_says_when_next",
            ),
            models.CheckConstraint(
                condition=Q(next_due__isnull=True) | Q(next_due__gt=F("assessed_on")),
                name="threat_assessment_is_next_due_after_it",
            ),
        ]

    def __str__(self) -> str:
        return f"Threats to {self.force}, {self.assessed_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    def is_overdue(self, today: date) -> bool:
        return self.next_due is not None and self.next_due < today


class Threat(models.Model):
    """One kind of corruption to which a unit or a post is exposed; likelihood and impact are 1 to 5."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(
        ThreatAssessment, on_delete=models.PROTECT, related_name="threats"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="threats")
    post = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=ThreatKind)
    description = models.TextField()
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    controls = models.TextField(blank=True)
    sample = models.TextField(blank=True, help_text="What is to be sampled because of it.")
    sample_by = models.DateField(null=True)
    plan_item = models.ForeignKey(
        PlanItem, on_delete=models.PROTECT, null=True, related_name="threats"
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(post=""), name="threat_names_a_unit_or_a_post"
            ),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="threat_likelihood_and_impact_are_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(sample="", sample_by__isnull=True)
                | (~Q(sample="") & Q(sample_by__isnull=False)),
                name="threat_sample_has_a_day",
            ),
            models.CheckConstraint(condition=~Q(description=""), name="threat_is_described"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place}"

    @property
    def place(self) -> str:
        """The post, the unit, or the post in the unit."""
        unit = self.unit.name if self.unit else ""
        return ", ".join(part for part in (self.post, unit) if part)

    @property
    def score(self) -> int:
        """Likelihood times impact: 1 to 25."""
        return self.likelihood * self.impact

    @property
    def steers(self) -> bool:
        """Whether something follows from it, or is said to hold it."""
        return bool(self.sample or self.plan_item_id or self.controls)
