"""Purchasing cards, what was bought with them, and whether it was right."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.casework.models import ImportBatch, Referral
from integrity.people.models import Force, User
from registers.organisations.models import Organisation
from registers.procurement.enums import Verdict


class Card(models.Model):
    """A purchasing card: who holds it and up to how much; of its number only the last four."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="cards")
    identifier = models.CharField(max_length=200)
    ending = models.CharField("last four digits", max_length=4, blank=True)
    holder = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="cards"
    )
    holder_name = models.CharField(max_length=200, blank=True)
    single_limit = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    monthly_limit = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    where = models.CharField(max_length=120, blank=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="+")

    protection: ClassVar = Protection(same_force=("holder",))

    class Meta:
        ordering: ClassVar = ["identifier"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "identifier"], name="card_identifier_is_unique_in_force"
            ),
            models.CheckConstraint(
                condition=Q(holder__isnull=False) | ~Q(holder_name=""), name="card_has_a_holder"
            ),
            models.CheckConstraint(
                condition=Q(single_limit__isnull=True) | Q(single_limit__gt=0),
                name="card_single_limit_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(monthly_limit__isnull=True) | Q(monthly_limit__gt=0),
                name="card_monthly_limit_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="card_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"Card {self.ending or self.identifier}"


class Purchase(models.Model):
    """One purchase by card: the holder justifies it, and somebody beyond their line judges it.

    Many forces left it to line managers to certify card transactions, without any further corporate
    check (HMIC 2012, Procurement and contracting).
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="purchases")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="purchases")
    identifier = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="card_purchases"
    )
    merchant = models.CharField(max_length=300)
    redacted = models.BooleanField(default=False)
    category = models.CharField(max_length=200, blank=True)
    bought_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    description = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    justification = models.TextField(blank=True)
    justified_at = models.DateTimeField(null=True, blank=True)
    justified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    remarks = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    where = models.CharField(max_length=120)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="purchases")

    class Meta:
        ordering: ClassVar = ["-bought_on", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["force", "bought_on"], name="purchase_by_day"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "identifier"], name="purchase_identifier_is_unique_in_force"
            ),
            models.CheckConstraint(
                condition=Q(redacted=True, organisation__isnull=True)
                | Q(redacted=False, organisation__isnull=False),
                name="purchase_is_from_a_merchant_or_redacted",
            ),
            models.CheckConstraint(
                condition=Q(justified_at__isnull=True, justified_by__isnull=True)
                | (Q(justified_at__isnull=False) & ~Q(justification="")),
                name="purchase_justified_says_what_and_when",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_at__isnull=True, reviewed_by__isnull=True)
                | (~Q(verdict="") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
                name="purchase_verdict_says_when_and_who",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=("", "right")) | ~Q(remarks=""),
                name="purchase_not_right_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merchant}, £{self.amount:,.2f}"


class PurchaseReferral(models.Model):
    """Which hand-over to PSD a purchase led to; PSD's alone to know."""

    purchase = models.OneToOneField(Purchase, on_delete=models.PROTECT, related_name="handed_over")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(confidential=True)

    def __str__(self) -> str:
        return str(self.referral)
