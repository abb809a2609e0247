"""Whether people log what they should, and what chief officers state each quarter."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.casework.models.conversation import pair
from integrity.people.models import Force, User
from registers.media_contacts.enums import Evidence


class ComplianceSample(models.Model):
    """Officers and weeks drawn at random outside the press office (RULES, Media contacts 7).

    The seed draws the same sample again, so that nobody need take the draw on trust.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="media_samples")
    starts_on = models.DateField()
    ends_on = models.DateField()
    seed = models.BigIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-drawn_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="sample_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.force}, {self.starts_on:%-d %B %Y} to {self.ends_on:%-d %B %Y}"


class SampledWeek(models.Model):
    """One person's week: what the evidence showed against what was logged."""

    sample = models.ForeignKey(ComplianceSample, on_delete=models.PROTECT, related_name="weeks")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sampled_weeks")
    starts_on = models.DateField(help_text="Its Monday.")
    evidence = models.CharField(max_length=12, choices=Evidence, blank=True)
    shown = models.PositiveSmallIntegerField(
        null=True, help_text="Contacts with the media that the evidence showed."
    )
    logged = models.PositiveSmallIntegerField(
        null=True, help_text="Contacts that were logged for the week, counted at the check."
    )
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    protection: ClassVar = Protection(within="sample")

    class Meta:
        ordering: ClassVar = ["starts_on", "officer__last_name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sample", "officer", "starts_on"], name="week_is_sampled_once"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__iso_week_day=1), name="sampled_week_starts_on_a_monday"
            ),
            models.CheckConstraint(
                condition=pair("checked_at", "checked_by"),
                name="sampled_week_checked_at_with_checked_by",
            ),
            models.CheckConstraint(
                condition=(
                    Q(checked_at__isnull=True, shown__isnull=True, logged__isnull=True)
                    & Q(evidence="")
                )
                | (
                    Q(checked_at__isnull=False, shown__isnull=False, logged__isnull=False)
                    & ~Q(evidence="")
                ),
                name="sampled_week_is_checked_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer}, week of {self.starts_on:%-d %B %Y}"

    @property
    def missing(self) -> int:
        """How many contacts the evidence showed that nobody had logged."""
        return max((self.shown or 0) - (self.logged or 0), 0)


class ChiefStatement(models.Model):
    """A chief officer's contacts of one quarter, stated on a day; none is stated too.

    Published quarterly, with a dated nil statement where there were none (RULES, Media contacts 6).
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="media_statements")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="media_statements")
    quarter = models.DateField(help_text="Its first day.")
    contacts = models.PositiveSmallIntegerField()
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(same_force=("officer",))

    class Meta:
        ordering: ClassVar = ["-quarter", "officer__last_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "quarter"], name="chief_officer_states_a_quarter_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__day=1, quarter__month__in=(1, 4, 7, 10)),
                name="statement_quarter_is_its_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer}, quarter from {self.quarter:%-d %B %Y}: {self.contacts}"

    @property
    def nil(self) -> bool:
        return self.contacts == 0
