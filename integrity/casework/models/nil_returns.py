"""Nil returns: who said that there was nothing, who was reminded to, and how a force asks."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.people.models import Force, Unit, User


class NilReturnQuerySet(models.QuerySet["NilReturn"]):
    def standing(self) -> "NilReturnQuerySet":
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)


class NilReturn(models.Model):
    """A person or unit said that there was nothing, which is not the same as silence (DESIGN §3).

    One that a legacy register held may name no days; one that was withdrawn counts no more.
    """

    register = models.CharField(max_length=30)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="nil_returns")
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="nil_returns"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="nil_returns"
    )
    stated_for = models.CharField(max_length=200)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True, db_default="")

    objects = NilReturnQuerySet.as_manager()

    protection: ClassVar = Protection(same_force=("person",))

    class Meta:
        ordering: ClassVar = ["-stated_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="nil_return_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(stated_for=""), name="nil_return_says_for_whom"),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason=""
                )
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="nil_return_withdrawn_when_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("stated_at")),
                name="nil_return_withdrawn_after_it_was_stated",
            ),
            models.UniqueConstraint(
                fields=["register", "unit", "starts_on", "ends_on"],
                condition=Q(withdrawn_at__isnull=True, person__isnull=True),
                name="nil_return_of_a_unit_stands_once",
            ),
        ]
        indexes: ClassVar = [
            # the latest quarters of a nation's units, without ten years of the others
            models.Index(
                fields=["force", "ends_on"],
                include=["starts_on", "unit", "register"],
                condition=Q(withdrawn_at__isnull=True, person__isnull=True),
                name="nil_return_of_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return f"Nil return of {self.stated_for}"

    def covers(self, first: date, last: date) -> bool:
        """Whether it speaks of all of these days; one that names none speaks of none."""
        if self.starts_on is None or self.ends_on is None:
            return False
        return self.starts_on <= first and last <= self.ends_on


class NilReturnRuleQuerySet(models.QuerySet["NilReturnRule"]):
    def in_force(self, force: Force, on: date) -> "NilReturnRule":
        """A force's row in force on a day; where it has none, one as the model has it."""
        rows = self.filter(force=force, effective_from__lte=on).order_by("-effective_from")
        return rows.first() or NilReturnRule(force=force, effective_from=on)


class NilReturnRule(models.Model):
    """How far back a force asks heads of units for nil returns, and when it reminds them, from a day on."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="nil_return_rules")
    effective_from = models.DateField()
    quarters = models.PositiveSmallIntegerField(
        "quarters asked about",
        default=4,
        validators=[MinValueValidator(1)],
        help_text="How many of the last quarters that are over a head finds on their page.",
    )
    registers = ArrayField(
        models.CharField(max_length=30),
        default=list,
        blank=True,
        verbose_name="registers of which heads are reminded",
        help_text="None chosen: of every register that has a policy.",
    )
    first_reminder_days = models.PositiveSmallIntegerField(
        "days after the quarter until the first reminder", default=7
    )
    repeat_days = models.PositiveSmallIntegerField(
        "days between reminders", default=7, validators=[MinValueValidator(1)]
    )
    reminders = models.PositiveSmallIntegerField(
        "reminders at most", default=4, help_text="For each unit and quarter; 0 sends none."
    )

    objects = NilReturnRuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-effective_from", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "effective_from"], name="nil_return_rule_takes_effect_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(quarters__gte=1, repeat_days__gte=1),
                name="nil_return_rule_counts_from_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Nil returns of {self.force}, from {self.effective_from:%d %B %Y}"


class NilReturnReminder(models.Model):
    """A unit's head was written to, on a day, because of a quarter of which nothing was said."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="nil_return_reminders")
    starts_on = models.DateField(help_text="The first day of the quarter.")
    registers = ArrayField(models.CharField(max_length=30))
    reminded_on = models.DateField()

    protection: ClassVar = Protection(same_force=("person",))

    class Meta:
        ordering: ClassVar = ["-reminded_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "starts_on", "reminded_on"],
                name="nil_return_reminder_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(registers=[]), name="nil_return_reminder_names_a_register"
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder of {self.unit}, {self.reminded_on:%d %B %Y}"
