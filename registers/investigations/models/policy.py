"""A force's dated rules on integrity investigations and on concerns sent to PSD."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from integrity.casework.models import PolicyRow, PolicyRowQuerySet, WeightRow
from registers.investigations.enums import Factor


class InvestigationPolicy(PolicyRow):
    """One dated row; the row in force when an investigation was opened is frozen on it."""

    reporting_line_name = models.CharField(
        "the force’s own reporting line",
        max_length=120,
        blank=True,
        help_text="The page for concerns sends people there: it is no whistleblowing line itself.",
    )
    reporting_line_phone = models.CharField("its telephone number", max_length=40, blank=True)
    reporting_line_url = models.URLField("its address on the web", blank=True)
    recheck_days = models.PositiveSmallIntegerField(
        default=14,
        validators=[MinValueValidator(1)],
        help_text="A post on social media is looked at again after so many days until it is gone.",
    )
    repeat_months = models.PositiveSmallIntegerField(
        default=24, help_text="An earlier investigation counts as a risk for so many months."
    )
    concerns_per_hour = models.PositiveSmallIntegerField(
        default=5,
        validators=[MinValueValidator(1)],
        help_text="So many concerns are taken in an hour, from whomever they come.",
    )

    objects = PolicyRowQuerySet["InvestigationPolicy"].as_manager()

    class Meta(PolicyRow.Meta):
        verbose_name_plural = "investigation policies"


class InvestigationWeight(WeightRow):
    """What one factor adds to an investigation’s risk score."""

    policy = models.ForeignKey(
        InvestigationPolicy, on_delete=models.PROTECT, related_name="weights"
    )
    factor = models.CharField(max_length=20, choices=Factor)

    class Meta(WeightRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "factor"], name="investigation_factor_is_weighed_once"
            )
        ]
