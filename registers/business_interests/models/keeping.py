"""What an interest is kept by once it is decided: notices, appeals, conditions, reviews, follow-ups."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.casework.models import Attachment, Decision
from integrity.casework.models.conversation import pair
from integrity.people.models import User
from registers.business_interests.enums import (
    AppealOutcome,
    CheckMethod,
    CheckOutcome,
    ConditionKind,
    FollowUpOutcome,
    IfBroken,
    ReviewCause,
    ReviewOutcome,
    Status,
)
from registers.business_interests.models.interest import Interest
from registers.business_interests.workflow import APPEALABLE


class WrittenNotice(models.Model):
    """The written notice of one decision, with the right of appeal as it was told, word for word."""

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="notices")
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="written_notice"
    )
    outcome = models.CharField(max_length=24, choices=Status)
    conditions = models.JSONField(help_text="The conditions that the decision left standing.")
    review_on = models.DateField(null=True)
    given_at = models.DateTimeField()
    appeal_by = models.DateField(null=True, help_text="The last day to appeal.")

    protection: ClassVar = Protection(within="interest")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"Notice of {self.get_outcome_display().lower()}"


class Appeal(models.Model):
    """An appeal, which a chief officer hears in person (RULES, Business interests 1, 2)."""

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="appeals")
    notice = models.OneToOneField(WrittenNotice, on_delete=models.PROTECT, related_name="appeal")
    stood_at = models.CharField(max_length=24, choices=Status)
    grounds = models.TextField()
    police_friend = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    papers_by = models.DateField()
    papers = models.TextField(blank=True)
    papers_at = models.DateTimeField(null=True)
    decide_by = models.DateField()
    outcome = models.CharField(max_length=10, choices=AppealOutcome, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    protection: ClassVar = Protection(within="interest")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stood_at__in=APPEALABLE), name="appeal_is_against_an_adverse_decision"
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="appeal_has_grounds"),
            models.CheckConstraint(
                condition=pair("ended_at", "ended_by"), name="appeal_ended_at_with_ended_by"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) ^ ~Q(outcome=""), name="appeal_ended_says_how"
            ),
            models.CheckConstraint(
                condition=Q(papers_at__isnull=True) ^ ~Q(papers=""),
                name="appeal_papers_have_their_time",
            ),
            models.UniqueConstraint(
                fields=["interest"], condition=Q(outcome=""), name="appeal_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Appeal on {self.interest}"


class Condition(models.Model):
    """One condition of an approval, with how and when it is checked (RULES, Business interests 7)."""

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="conditions")
    kind = models.CharField(max_length=20, choices=ConditionKind)
    text = models.TextField()
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    until = models.DateField(null=True)
    check_method = models.CharField(max_length=20, choices=CheckMethod)
    check_months = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    next_check_on = models.DateField(null=True)
    to_confirm = models.BooleanField(
        default=False, help_text="Read out of a legacy register; PSD has not confirmed it yet."
    )
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(within="interest")

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["next_check_on"], condition=Q(ended_at=None), name="condition_due")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="condition_says_something"),
            models.CheckConstraint(
                condition=Q(next_check_on__isnull=False)
                | Q(to_confirm=True)
                | Q(ended_at__isnull=False),
                name="condition_standing_has_a_next_check",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConditionKind.HOURS)
                | Q(hours__isnull=False, hours__gte=0, hours__lte=168)
                | Q(to_confirm=True),
                name="condition_of_hours_says_how_many",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConditionKind.END_DATE)
                | Q(until__isnull=False)
                | Q(to_confirm=True),
                name="condition_until_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ConditionCheck(models.Model):
    """Somebody looked whether a condition is kept (HMIC 2012, p. 30: few forces did)."""

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="checks")
    outcome = models.CharField(max_length=10, choices=CheckOutcome)
    method = models.CharField(max_length=20, choices=CheckMethod)
    evidence = models.TextField()
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    if_broken = models.CharField(max_length=10, choices=IfBroken, blank=True)
    due_on = models.DateField(null=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="condition")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(evidence=""), name="condition_check_has_evidence"),
            models.CheckConstraint(
                condition=(Q(outcome=CheckOutcome.BROKEN) & ~Q(if_broken=""))
                | (~Q(outcome=CheckOutcome.BROKEN) & Q(if_broken="")),
                name="condition_broken_opens_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition}: {self.get_outcome_display().lower()}"


class FollowUp(models.Model):
    """Whether somebody refused is not doing it after all (RULES, Business interests 9)."""

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=16, choices=FollowUpOutcome, blank=True)
    evidence = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(
        null=True, help_text="The refusal no longer stood, so there was nothing to follow up."
    )

    protection: ClassVar = Protection(within="interest")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=pair("done_at", "done_by"), name="follow_up_done_at_with_done_by"
            ),
            models.CheckConstraint(
                condition=(Q(done_at__isnull=True, outcome="", evidence=""))
                | (Q(done_at__isnull=False) & ~Q(outcome="") & ~Q(evidence="")),
                name="follow_up_done_says_what_was_found",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(done_at__isnull=True),
                name="follow_up_is_done_or_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"Follow-up after {self.months} months"


class Review(models.Model):
    """An approved interest is looked at again (RULES, Business interests 8, 10)."""

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="reviews")
    cause = models.CharField(max_length=16, choices=ReviewCause)
    what = models.TextField(blank=True, help_text="What changed, or why it is reviewed.")
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    circumstances_changed = models.BooleanField(null=True)
    hours_changed = models.BooleanField(null=True)
    role_changed = models.BooleanField(null=True)
    hours_a_week = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    protection: ClassVar = Protection(within="interest")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["interest"], condition=Q(closed_at=None), name="review_open_once"
            ),
            models.CheckConstraint(
                condition=pair("answered_at", "answered_by"),
                name="review_answered_at_with_answered_by",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | Q(
                    circumstances_changed__isnull=False,
                    hours_changed__isnull=False,
                    role_changed__isnull=False,
                ),
                name="review_answered_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(hours_a_week__isnull=True)
                | Q(hours_a_week__gte=0, hours_a_week__lte=168),
                name="review_hours_fit_a_week",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) ^ ~Q(outcome=""),
                name="review_closed_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}, due {self.due_on:%d %B %Y}"
