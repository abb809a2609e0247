"""The health check under the eight headings of HMIC's report, each question scored with its evidence.

In 2012 every force had held its integrity policies against a checklist, and managed what it found by
an action plan (HMIC 2012, p. 34). Scores are 0 to 3; days are London's.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.casework.models.conversation import pair
from integrity.people.models import Force, User
from registers.governance.enums import LOW_SCORES, Heading, HealthScore
from registers.governance.models.plan import PlanItem


class HealthQuestionQuerySet(models.QuerySet["HealthQuestion"]):
    def in_force(self, on: date) -> "HealthQuestionQuerySet":
        """What is asked in a check that begins on a day."""
        ended = Q(effective_to__isnull=False, effective_to__lt=on)
        return self.filter(effective_from__lte=on).exclude(ended)


class HealthQuestion(models.Model):
    """One question of the health check, the same for every force, and where in the reports it is from."""

    heading = models.CharField(max_length=12, choices=Heading)
    number = models.PositiveSmallIntegerField(help_text="Its place under the heading.")
    text = models.TextField()
    source = models.CharField(max_length=120)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True, help_text="The last day it is asked.")

    objects = HealthQuestionQuerySet.as_manager()

    protection: ClassVar = Protection(
        open_because="Every force is asked the same questions.",
        unrecorded_because="It comes with a release, and nobody changes it here.",
    )

    class Meta:
        ordering: ClassVar = ["heading", "number", "effective_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["heading", "number", "effective_from"],
                name="health_question_has_one_place",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="health_question_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(source=""), name="health_question_says_its_source"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class HealthCheck(models.Model):
    """One check of a force, from the day it began to the day it was finished."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="health_checks")
    started_on = models.DateField()
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
                name="force_has_one_open_health_check",
            ),
            models.CheckConstraint(
                condition=pair("finished_at", "finished_by"),
                name="health_check_finished_at_with_finished_by",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="health_check_finishes_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"Health check of {self.force}, {self.started_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    @property
    def questions(self) -> HealthQuestionQuerySet:
        return HealthQuestion.objects.in_force(self.started_on)


class HealthAnswer(models.Model):
    """What a force scored on one question, on what evidence, and the action that a low score led to."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    health_check = models.ForeignKey(HealthCheck, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(HealthQuestion, on_delete=models.PROTECT, related_name="answers")
    score = models.PositiveSmallIntegerField(choices=HealthScore)
    evidence = models.TextField(blank=True)
    file = models.FileField(upload_to="governance/%Y/%m/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    plan_item = models.ForeignKey(
        PlanItem, on_delete=models.PROTECT, null=True, related_name="health_answers"
    )
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["question__heading", "question__number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["health_check", "question"], name="health_question_is_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(score__in=HealthScore.values), name="health_score_is_0_to_3"
            ),
            models.CheckConstraint(
                condition=Q(score=HealthScore.NOT_IN_PLACE) | ~Q(evidence=""),
                name="health_score_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(file="", file_name="", sha256="")
                | (~Q(file="") & ~Q(file_name="") & ~Q(sha256="")),
                name="health_evidence_file_is_named_and_hashed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_score_display()}"

    @property
    def is_low(self) -> bool:
        return self.score in LOW_SCORES
