"""A force's policies held against national guidance, clause by clause (HMIC 2012, p. 28).

Oversight bodies may wish to assess how far forces have put the national guidance into effect, and
how it serves local anti-corruption strategies.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.casework.models.conversation import pair
from integrity.people.models import Force, User
from registers.governance.enums import Finding, Guidance
from registers.governance.models.plan import PlanItem


class GuidanceClauseQuerySet(models.QuerySet["GuidanceClause"]):
    def in_force(self, on: date) -> "GuidanceClauseQuerySet":
        """What policies are held against on a day."""
        ended = Q(effective_to__isnull=False, effective_to__lt=on)
        return self.filter(effective_from__lte=on).exclude(ended)


class GuidanceClause(models.Model):
    """One thing that a national document asks of a force, in our own words and under our own number."""

    document = models.CharField(max_length=12, choices=Guidance)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    source = models.CharField(max_length=120, help_text="Where we read what the document asks.")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True, help_text="The last day it is asked.")

    objects = GuidanceClauseQuerySet.as_manager()

    protection: ClassVar = Protection(
        open_because="The guidance is national.",
        unrecorded_because="It comes with a release, and nobody changes it here.",
    )

    class Meta:
        ordering: ClassVar = ["document", "number", "effective_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "number", "effective_from"], name="clause_has_one_place"
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="clause_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(source=""), name="clause_says_its_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"

    @property
    def label(self) -> str:
        return f"{Guidance(self.document).letter}{self.number}"


class PolicyAssessment(models.Model):
    """One assessment of a force's policies as they stood on a day."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="policy_assessments")
    assessed_on = models.DateField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force"],
                condition=Q(finished_at__isnull=True),
                name="force_has_one_open_policy_assessment",
            ),
            models.CheckConstraint(
                condition=pair("finished_at", "finished_by"),
                name="policy_assessment_finished_at_with_finished_by",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="policy_assessment_finishes_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"Policies of {self.force}, {self.assessed_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    @property
    def clauses(self) -> GuidanceClauseQuerySet:
        return GuidanceClause.objects.in_force(self.assessed_on)


class ClauseFinding(models.Model):
    """Whether the force's policy does what a clause asks, where it says so, and on what evidence."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(
        PolicyAssessment, on_delete=models.PROTECT, related_name="findings"
    )
    clause = models.ForeignKey(GuidanceClause, on_delete=models.PROTECT, related_name="findings")
    result = models.CharField(max_length=8, choices=Finding)
    where = models.CharField(max_length=200, blank=True)
    evidence = models.TextField(blank=True)
    plan_item = models.ForeignKey(
        PlanItem, on_delete=models.PROTECT, null=True, related_name="clause_findings"
    )
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["clause__document", "clause__number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "clause"], name="clause_is_found_once"),
            models.CheckConstraint(
                condition=Q(result__in=Finding.values), name="clause_result_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(result__in=(Finding.MET, Finding.PARTLY)) | ~Q(where=""),
                name="clause_met_says_where",
            ),
            models.CheckConstraint(
                condition=Q(result=Finding.NOT_MET) | ~Q(evidence=""),
                name="clause_finding_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause.label}: {self.get_result_display()}"

    @property
    def falls_short(self) -> bool:
        return self.result in (Finding.PARTLY, Finding.NOT_MET)
