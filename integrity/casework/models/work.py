"""What waits for whom: deadlines, notices, and declarations not yet made."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.casework.enums import DeadlineKind, ReferralSource
from integrity.casework.models.case import Case
from integrity.casework.models.conversation import pair
from integrity.people.models import Force, OversightBody, User


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> "DeadlineQuerySet":
        return self.filter(met_at__isnull=True)

    def waiting_for(self, user: User) -> "DeadlineQuerySet":
        return self.open().filter(owner=user).select_related("case")


class Deadline(models.Model):
    """A dated task: what, by when, and whose it is; without an owner it is PSD's."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=20, choices=DeadlineKind)
    what = models.CharField(max_length=200)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="deadlines")
    due_on = models.DateField()
    set_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "due_on"], condition=Q(met_at=None), name="deadline_open")
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.due_on}"


class Notice(models.Model):
    """A message about a case, shown on the site and sent by e-mail after commit, once.

    ``claimed_at`` is set before the mail server is spoken to: a worker that dies in between leaves
    a notice unsent and visible on the desk, never one sent twice.
    """

    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    path = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    protection: ClassVar = Protection(
        within="case", unrecorded_because="What it tells of has an entry of its own."
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_made_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(claimed_at__isnull=False),
                name="notice_sent_after_it_was_claimed",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Draft(models.Model):
    """A declaration not made yet: the writer's own, saved as they type, never shown to PSD."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts")
    register = models.CharField(max_length=30)
    purpose = models.CharField(max_length=20)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="drafts")
    case_version = models.PositiveIntegerField(null=True)
    opened_from = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, related_name="drafts_opened"
    )
    data = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_on = models.DateField()

    protection: ClassVar = Protection(
        within="user",
        unrecorded_because="It is its writer's own until it is submitted.",
        deletable=True,
    )

    class Meta:
        ordering: ClassVar = ["-saved_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=pair("case", "case_version"), name="draft_of_case_keeps_its_version"
            )
        ]

    def __str__(self) -> str:
        return f"Draft of {self.saved_at:%d %B %Y}"


class Referral(models.Model):
    """Something is handed over for investigation, and why; only PSD sees it.

    It may be about a case, about a person, about both or neither (a leak whose source is not
    known). What became of it is kept where nobody but PSD can read: in registers/investigations.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="referrals")
    oversight_body = models.ForeignKey(
        OversightBody, on_delete=models.PROTECT, null=True, related_name="referrals"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="referrals")
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=20, choices=ReferralSource)
    about = models.CharField(max_length=200, help_text="What it is about, in a line.")
    reason = models.TextField()
    suggests = models.CharField(
        max_length=40, blank=True, help_text="The sort of breach, as whoever refers it takes it."
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    protection: ClassVar = Protection(same_force=("person",), confidential=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(force__isnull=False) ^ Q(oversight_body__isnull=False),
                name="referral_belongs_to_force_or_oversight_body",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="referral_says_why"),
            models.CheckConstraint(condition=~Q(about=""), name="referral_says_what"),
            models.CheckConstraint(
                condition=Q(made_by__isnull=False) ^ Q(source="anonymous"),
                name="referral_is_by_somebody_or_anonymous",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.about}"
