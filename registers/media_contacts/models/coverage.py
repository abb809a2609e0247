"""What was published, whom it quotes, what was flagged, and what the press office and PSD talk over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.casework.models.conversation import pair
from integrity.people.models import Force, User
from registers.media_contacts.models.contact import Contact
from registers.organisations.models import Organisation


class Coverage(models.Model):
    """Something published or broadcast about the force; ``text`` is what the press office pasted."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="coverage")
    outlet = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="coverage"
    )
    headline = models.CharField(max_length=300)
    address = models.URLField(max_length=500, blank=True)
    published_on = models.DateField()
    text = models.TextField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-published_on", "-pk"]
        verbose_name_plural = "coverage"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "address"],
                condition=~Q(address=""),
                name="coverage_is_kept_once",
            ),
            models.CheckConstraint(condition=~Q(headline=""), name="coverage_has_a_headline"),
        ]

    def __str__(self) -> str:
        outlet = f", {self.outlet}" if self.outlet else ""
        return f"{self.headline}{outlet}, {self.published_on:%-d %B %Y}"


class CoverageLink(models.Model):
    """That a contact led to coverage, as far as the press office can tell."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="coverage_links")
    coverage = models.ForeignKey(Coverage, on_delete=models.PROTECT, related_name="contact_links")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="contact")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contact", "coverage"], name="coverage_is_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.coverage}"


class Quotation(models.Model):
    """Coverage quotes somebody of the force; the contact that explains it, where one was logged.

    'Few forces had any mechanism in place to check compliance' (HMIC 2012, p. 21).
    """

    coverage = models.ForeignKey(Coverage, on_delete=models.PROTECT, related_name="quotations")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="quotations")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="quotations"
    )
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="coverage")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["coverage", "officer"], name="quotation_of_somebody_once_in_coverage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} in {self.coverage}"


class LeakFlag(models.Model):
    """The press office thinks that something leaked: from a contact, or from coverage alone."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="leak_flags")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="leak_flags"
    )
    coverage = models.ForeignKey(
        Coverage, on_delete=models.PROTECT, null=True, related_name="leak_flags"
    )
    why = models.TextField()
    flagged_at = models.DateTimeField()
    flagged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-flagged_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | Q(coverage__isnull=False),
                name="leak_flag_is_of_a_contact_or_coverage",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="leak_flag_says_why"),
        ]

    def __str__(self) -> str:
        return f"Possible leak: {self.coverage or self.contact}"


class MeetingItem(models.Model):
    """A line of the list that the press office and PSD share for their regular meeting.

    38 of 44 forces had such a meeting (HMIC 2012, p. 21).
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="media_meeting_items")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="meeting_items"
    )
    coverage = models.ForeignKey(
        Coverage, on_delete=models.PROTECT, null=True, related_name="meeting_items"
    )
    text = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    result = models.TextField(blank=True)
    discussed_at = models.DateTimeField(null=True)
    discussed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="meeting_item_says_something"),
            models.CheckConstraint(
                condition=pair("discussed_at", "discussed_by"),
                name="meeting_item_discussed_at_with_discussed_by",
            ),
            models.CheckConstraint(
                condition=Q(discussed_at__isnull=True) ^ ~Q(result=""),
                name="meeting_item_discussed_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.text
