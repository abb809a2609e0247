"""Telling suppliers that gifts are not taken, and counting cups of tea."""

from typing import ClassVar

from django.db import models

from integrity.audit.protection import Protection
from integrity.people.models import Force, User
from registers.organisations.models import Organisation


class SupplierNotice(models.Model):
    """The force's notice to suppliers that it takes no gifts or hospitality (HMIC 2012, BTP)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="supplier_notices")
    title = models.CharField(max_length=120)
    text = models.TextField()
    dated = models.DateField()

    class Meta:
        ordering: ClassVar = ["-dated"]

    def __str__(self) -> str:
        return f"{self.title}, {self.dated:%d %B %Y}"


class SupplierNoticeRecipient(models.Model):
    """One supplier that was sent the notice."""

    notice = models.ForeignKey(SupplierNotice, on_delete=models.PROTECT, related_name="recipients")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="supplier_notices"
    )
    sent_on = models.DateField()

    protection: ClassVar = Protection(within="notice")

    class Meta:
        ordering: ClassVar = ["organisation"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notice", "organisation"], name="supplier_notice_sent_once_to_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.sent_on:%d %B %Y}"


class RefreshmentCount(models.Model):
    """How often somebody took light refreshments in a month, where the force counts them so."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="refreshment_counts")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="The first day of the month.")
    times = models.PositiveSmallIntegerField()
    stated_at = models.DateTimeField()

    protection: ClassVar = Protection(same_force=("user",))

    class Meta:
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "month"], name="refreshments_counted_once_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="refreshments_month_is_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.times} in {self.month:%B %Y}"
