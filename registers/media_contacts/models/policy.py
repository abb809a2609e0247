"""A force's dated rules on contact with the media (RULES, Media contacts)."""

from typing import ClassVar

from django.db import models

from integrity.casework.models import PolicyRow, PolicyRowQuerySet, WeightRow
from registers.media_contacts.enums import Factor, Scope


class MediaPolicy(PolicyRow):
    """One dated row; the row in force when a contact was made is frozen on it."""

    scope = models.CharField(max_length=20, choices=Scope, default=Scope.EVERYTHING)
    log_within_days = models.PositiveSmallIntegerField(default=2)
    acknowledge_within_days = models.PositiveSmallIntegerField(default=3)
    press_office = models.CharField(
        "how to reach the press office", max_length=200, help_text="As officers read it."
    )
    search_days = models.PositiveSmallIntegerField(
        default=7,
        help_text="Coverage that quotes somebody is held against contacts of so many days before.",
    )

    objects = PolicyRowQuerySet["MediaPolicy"].as_manager()

    class Meta(PolicyRow.Meta):
        verbose_name_plural = "media policies"


class MediaWeight(WeightRow):
    """What one factor adds to a contact's risk score."""

    policy = models.ForeignKey(MediaPolicy, on_delete=models.PROTECT, related_name="weights")
    factor = models.CharField(max_length=20, choices=Factor)

    class Meta(WeightRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "factor"], name="media_factor_is_weighed_once"
            )
        ]
