"""A declaration as it is worked: whose, when, where it stands, and each version of it."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.casework.enums import Phase, Source
from integrity.people.enums import PSD_ROLES, READING_ROLES, MemberType, RankBand
from integrity.people.models import Force, OversightBody, Unit, User


def outside_of(user: User, prefix: str = "") -> Q:
    """Entries that left their force and went to this person's department or body (ASSURANCE, decision 4)."""
    named = Q(**{f"{prefix}force__outside_department__in": user.departments(*PSD_ROLES)}) | Q(
        **{f"{prefix}force__outside_body__in": user.scope(*PSD_ROLES).bodies}
    )
    entries = {f"{prefix}with_outside_decider": True, f"{prefix}confidential": False}
    return Q(**entries) & named


class CaseQuerySet(models.QuerySet["Case"]):
    """What people declared. A confidential case is found through its own register alone."""

    def own(self, user: User) -> "CaseQuerySet":
        """Cases about this person or typed by them."""
        return self.filter(Q(subject=user) | Q(author=user), confidential=False)

    def in_scope(self, user: User, *roles: str) -> "CaseQuerySet":
        """Cases of the forces and bodies in which the person holds one of the roles."""
        scope = user.scope(*roles)
        reached = Q(force_id__in=scope.forces) | Q(oversight_body_id__in=scope.bodies)
        return self.filter(reached, confidential=False)

    def visible_to(self, user: User) -> "CaseQuerySet":
        """What anybody may read by the platform's rules; a register adds its own readers."""
        scope = user.scope(*READING_ROLES)
        return self.filter(
            Q(subject=user)
            | Q(author=user)
            | Q(force_id__in=scope.forces)
            | Q(oversight_body_id__in=scope.bodies)
            | outside_of(user),
            confidential=False,
        )


class Case(models.Model):
    """What every declaration has, with the subject's rank, unit and manager as they were then."""

    reference = models.CharField(max_length=20, unique=True)
    register = models.CharField(max_length=30)
    source = models.CharField(max_length=10, choices=Source, default=Source.DECLARED)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="cases")
    oversight_body = models.ForeignKey(
        OversightBody, on_delete=models.PROTECT, null=True, related_name="cases"
    )
    subject = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="cases_about"
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="cases_authored"
    )
    subject_name = models.CharField(max_length=200)
    subject_grade = models.CharField(max_length=80, blank=True)
    subject_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    subject_manager = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="cases_of_team"
    )
    subject_member_type = models.CharField(max_length=12, choices=MemberType, blank=True)
    subject_is_chief_officer = models.BooleanField(default=False)
    subject_band = models.CharField(
        max_length=16, choices=RankBand, blank=True, default="", db_default=""
    )
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.OPEN)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_owned"
    )
    with_outside_decider = models.BooleanField(
        default=False,
        help_text="Nobody inside may decide it; judged when it was opened and at each new round.",
    )
    confidential = models.BooleanField(
        default=False, help_text="Only PSD may know that it exists: an investigation."
    )
    risk = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    claimed_on = models.DateField(null=True, help_text="When the declarant says it happened.")
    received_at = models.DateTimeField(help_text="When the server received it.")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="cases_confirmed"
    )
    idempotency_key = models.UUIDField(null=True)

    objects = CaseQuerySet.as_manager()

    protection: ClassVar = Protection(same_force=("subject", "author"), confidential="confidential")

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["register", "force", "phase"], name="case_queue"),
            models.Index(
                fields=["force", "register"],
                condition=Q(subject_is_chief_officer=True),
                name="case_of_a_chief_officer",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(force__isnull=False) ^ Q(oversight_body__isnull=False),
                name="case_belongs_to_force_or_oversight_body",
            ),
            models.CheckConstraint(
                condition=Q(source="imported")
                | Q(confidential=True)
                | Q(subject__isnull=False, author__isnull=False),
                name="case_declared_has_subject_and_author",
            ),
            models.CheckConstraint(
                condition=Q(confidential=False) | Q(author__isnull=True),
                name="case_confidential_is_nobodys_entry",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="case_confirmed_at_with_confirmed_by",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_by=F("subject")),
                name="case_confirmed_by_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(subject__isnull=True) | ~Q(owner=F("subject")),
                name="case_owner_is_not_its_subject",
            ),
            models.UniqueConstraint(
                fields=["author", "idempotency_key"], name="case_submitted_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def scope_name(self) -> str:
        return str(self.force or self.oversight_body)

    @property
    def awaits_confirmation(self) -> bool:
        """Typed by somebody for a principal who has not confirmed it yet (RULES, Gifts 10)."""
        return (
            self.source == Source.DECLARED
            and self.author_id != self.subject_id
            and self.confirmed_at is None
        )


class CaseVersion(models.Model):
    """The facts of a case before a correction; every version is kept (DESIGN §5)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    reason = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="case_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.case} version {self.number}"


class CaseLink(models.Model):
    """Two cases that belong together; what opened what."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="linked_from")
    note = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "other"], name="case_link_made_once"),
            models.CheckConstraint(
                condition=~Q(case=F("other")), name="case_link_is_to_another_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} and {self.other}"


class Decision(models.Model):
    """What was decided at one stage of one round of a case, by whom and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20)
    outcome = models.CharField(max_length=40)
    action_taken = models.CharField(max_length=40, blank=True)
    reason = models.TextField()
    conditions = models.TextField(blank=True)
    subject = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "round", "stage"], name="decision_once_for_each_stage_of_a_round"
            ),
            models.UniqueConstraint(
                fields=["case", "round", "decided_by"],
                name="decision_at_one_stage_of_a_round_by_one_person",
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=True) | ~Q(subject=F("decided_by")),
                name="decision_is_not_by_its_subject",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome}"
