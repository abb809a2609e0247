"""What the force paid, line by line, as it is published every month."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.casework.models import ImportBatch
from integrity.people.models import Force
from registers.organisations.models import Organisation


class Payment(models.Model):
    """One line of published spend; negative where money came back.

    A payee whose name the force withheld is nobody: such lines never add up to one supplier.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="payments")
    identifier = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="payments"
    )
    as_written = models.CharField(max_length=300)
    redacted = models.BooleanField(default=False)
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reference = models.CharField(max_length=80, blank=True)
    description = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=200, blank=True)
    where = models.CharField(max_length=120)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="payments")

    class Meta:
        ordering: ClassVar = ["-paid_on", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["force", "paid_on"], name="payment_by_day"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "identifier"], name="payment_identifier_is_unique_in_force"
            ),
            models.CheckConstraint(
                condition=Q(redacted=True, organisation__isnull=True)
                | Q(redacted=False, organisation__isnull=False),
                name="payment_is_to_an_organisation_or_redacted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_written}, £{self.amount:,.2f}"
