"""A force's dated rules on gifts and hospitality (RULES, Gifts)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.casework.models import PolicyRow, PolicyRowQuerySet, WeightRow
from registers.gifts.enums import (
    Factor,
    ItemDecision,
    ItemKind,
    ProviderKind,
    Refreshments,
    Route,
    TeamView,
)


def never_accepted() -> list[str]:
    return [ItemKind.CASH]


def psd_provider_kinds() -> list[str]:
    return [ProviderKind.CONTRACTOR, ProviderKind.PROSPECTIVE_SUPPLIER, ProviderKind.MEDIA]


class GiftPolicy(PolicyRow):
    """One dated row; the row in force when an offer was made is frozen on it."""

    requires_authorisation = models.BooleanField(
        default=False, help_text="Nothing is accepted without asking before (HMIC 2012, BTP)."
    )
    report_within_days = models.PositiveSmallIntegerField(default=28)
    decide_within_days = models.PositiveSmallIntegerField(default=28)
    peer_review_within_days = models.PositiveSmallIntegerField(default=7)
    peer_reviews_needed = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)]
    )
    light_refreshments = models.CharField(
        max_length=12, choices=Refreshments, default=Refreshments.EACH
    )
    light_refreshments_up_to = models.DecimalField(
        max_digits=10, decimal_places=2, default=10, help_text="Pounds a person."
    )
    unknown_value_route = models.CharField(max_length=10, choices=Route, default=Route.SUPERVISOR)
    never_accepted = ArrayField(
        models.CharField(max_length=20, choices=ItemKind), default=never_accepted, blank=True
    )
    psd_provider_kinds = ArrayField(
        models.CharField(max_length=20, choices=ProviderKind),
        default=psd_provider_kinds,
        blank=True,
        help_text="Whatever the value, PSD decides what is accepted from these.",
    )
    cumulative_months = models.PositiveSmallIntegerField(default=12)
    cumulative_count = models.PositiveSmallIntegerField(default=3)
    cumulative_value = models.DecimalField(max_digits=10, decimal_places=2, default=100)
    supervisor_sees = models.CharField(max_length=10, choices=TeamView, default=TeamView.ACCEPTED)
    objects = PolicyRowQuerySet["GiftPolicy"].as_manager()

    class Meta(PolicyRow.Meta):
        verbose_name_plural = "gift policies"


class Band(models.Model):
    """From this value, an item accepted or declined takes this route."""

    policy = models.ForeignKey(GiftPolicy, on_delete=models.PROTECT, related_name="bands")
    decision = models.CharField(
        max_length=20,
        choices=[
            (ItemDecision.ACCEPTED, "Accepted"),
            (ItemDecision.DECLINED, "Declined"),
        ],
    )
    from_value = models.DecimalField("from £", max_digits=10, decimal_places=2)
    route = models.CharField(max_length=10, choices=Route)

    protection: ClassVar = Protection(within="policy", near=True)

    class Meta:
        ordering: ClassVar = ["policy", "decision", "from_value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "decision", "from_value"], name="band_starts_at_a_value_once"
            ),
            models.CheckConstraint(
                condition=Q(from_value__gte=0), name="band_value_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} from £{self.from_value}: {self.get_route_display()}"


class Reason(models.Model):
    """A reason for accepting or declining that the force offers in its list."""

    policy = models.ForeignKey(GiftPolicy, on_delete=models.PROTECT, related_name="reasons")
    decision = models.CharField(
        max_length=20,
        choices=[
            (ItemDecision.ACCEPTED, "Accepted"),
            (ItemDecision.DECLINED, "Declined"),
        ],
    )
    text = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=1)

    protection: ClassVar = Protection(within="policy", near=True)

    class Meta:
        ordering: ClassVar = ["policy", "decision", "position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "decision", "text"], name="reason_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class RiskWeight(WeightRow):
    """What one factor adds to an offer's risk score."""

    policy = models.ForeignKey(GiftPolicy, on_delete=models.PROTECT, related_name="weights")
    factor = models.CharField(max_length=20, choices=Factor)

    class Meta(WeightRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "factor"], name="factor_is_weighed_once")
        ]
