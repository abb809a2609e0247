"""Signing a register off: who looked, when, over what period, against which checklist."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.casework.enums import SignOffCapacity
from integrity.people.models import Force, OversightBody, User


class ChecklistItem(models.Model):
    """One thing a force asks whoever signs a register off to have checked, between dates."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="checklist_items")
    register = models.CharField(max_length=30)
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=1)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="checklist_item_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.text


class SignOff(models.Model):
    """A register of a force for a period, signed by its owner or by the body that oversees it.

    HMIC 2012, p. 24: all forces checked and signed registers off; this is the evidence.
    """

    register = models.CharField(max_length=30)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="sign_offs")
    oversight_body = models.ForeignKey(
        OversightBody, on_delete=models.PROTECT, null=True, related_name="sign_offs"
    )
    capacity = models.CharField(max_length=16, choices=SignOffCapacity)
    starts_on = models.DateField()
    ends_on = models.DateField()
    checklist = models.JSONField()
    note = models.TextField(blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-ends_on", "-signed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="sign_off_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(capacity="register_owner", oversight_body__isnull=True)
                | Q(capacity="oversight_body", oversight_body__isnull=False),
                name="sign_off_by_oversight_body_names_it",
            ),
            models.UniqueConstraint(
                fields=["register", "force", "capacity", "oversight_body", "starts_on", "ends_on"],
                nulls_distinct=False,
                name="sign_off_once_for_each_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} of {self.force}, {self.starts_on} to {self.ends_on}"
