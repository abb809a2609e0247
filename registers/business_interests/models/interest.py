"""A business interest from application to cessation, and what those say who are asked before."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import Truncator

from integrity.audit.protection import Protection
from integrity.casework.enums import Source, Stage
from integrity.casework.models import Case, Decision
from integrity.people.enums import Role
from integrity.people.models import Force, User
from registers.business_interests.enums import (
    AssessmentKind,
    Category,
    CeasedBecause,
    Ground,
    Holder,
    LegalBasis,
    LicenceKind,
    Status,
    View,
)
from registers.business_interests.models.policy import InterestPolicy, ListedOccupation
from registers.business_interests.workflow import ENDED, LIVE
from registers.organisations.models import Organisation

if TYPE_CHECKING:
    from registers.business_interests.models.keeping import Appeal, Condition, Review

ASKED = {Status.WITH_HR: Role.HR, Status.WITH_VETTING: Role.VETTING}
INTERRUPTED = (Status.QUERIED, Status.APPEALED)


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: User) -> "InterestQuerySet":
        """The platform's readers, the line manager, HR and vetting once asked, the appeal's hearer.

        A governance member reads chief officers' entries in the forces that the body oversees.
        """
        cases = Case.objects.visible_to(user).filter(register="business_interests")
        bodies = user.scope(Role.GOVERNANCE_MEMBER).bodies
        overseen = Force.objects.filter(oversight_bodies__in=bodies)
        return self.filter(
            Q(case__in=cases.values("pk"))
            | Q(case__subject__line_manager=user)
            | Q(case__subject_is_chief_officer=True, case__force__in=overseen.values("pk"))
            | self._asked(user)
            | self._appealed_to(user)
        )

    def of_team(self, user: User) -> "InterestQuerySet":
        """Of this person's team: what stands, what is pending, and refusals (HMIC 2012, p. 45)."""
        return self.filter(case__subject__line_manager=user).exclude(status=Status.WITHDRAWN)

    def live(self) -> "InterestQuerySet":
        """What is approved; an appeal against conditions leaves the approval as it is."""
        return self.filter(Q(status__in=LIVE) | Q(status=Status.APPEALED, stood_at__in=LIVE))

    def refused(self) -> "InterestQuerySet":
        """What may not be done: refused or revoked, also while that is under appeal."""
        return self.filter(Q(status__in=ENDED) | Q(status=Status.APPEALED, stood_at__in=ENDED))

    def _asked(self, user: User) -> Q:
        """What HR or vetting are asked about, and what somebody gave a view on."""
        waiting = Q()
        for status, role in ASKED.items():
            waiting |= Q(status=status, case__force__in=user.scope(role).forces)
            waiting |= Q(
                status=Status.QUERIED,
                stood_at=status,
                case__force__in=user.scope(role).forces,
            )
        given = Assessment.objects.filter(interest=OuterRef("pk"), assessed_by=user)
        return waiting | Q(Exists(given))

    def _appealed_to(self, user: User) -> Q:
        """Appeals that wait for this person, and those they decided."""
        acting = user.scope(Role.ACTING_CHIEF_OFFICER)
        forces = {*acting.forces, *([user.force_id] if user.heads_force else [])}
        home = Q(case__force__in=forces) | Q(case__oversight_body__in=acting.bodies)
        heard = Decision.objects.filter(case=OuterRef("case"), stage=Stage.APPEAL, decided_by=user)
        return (Q(status=Status.APPEALED) & home) | Q(Exists(heard))

    def with_all(self) -> "InterestQuerySet":
        """All that a list or a page shows, in a fixed number of queries."""
        return self.select_related(
            "case__force",
            "case__oversight_body",
            "case__subject__grade",
            "case__subject__line_manager",
            "case__author__grade",
            "case__owner__grade",
            "case__subject_unit",
            "case__subject_manager__grade",
            "organisation",
            "listed",
            "policy",
        ).prefetch_related("conditions", "notices")


class Interest(models.Model):
    """What somebody does, or owns, besides their policing role; one case for its whole life."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="interest")
    policy = models.ForeignKey(InterestPolicy, on_delete=models.PROTECT, related_name="interests")
    status = models.CharField(max_length=24, choices=Status)
    stood_at = models.CharField(
        max_length=24,
        choices=Status,
        blank=True,
        help_text="Where it stood when a question or an appeal came between.",
    )
    legal_basis = models.CharField(max_length=20, choices=LegalBasis)
    category = models.CharField(max_length=20, choices=Category)
    holder = models.CharField(max_length=10, choices=Holder, default=Holder.SELF)
    relative = models.CharField("relative’s name and relationship", max_length=200, blank=True)
    occupation = models.CharField(max_length=200)
    listed = models.ForeignKey(
        ListedOccupation, on_delete=models.PROTECT, null=True, related_name="interests"
    )
    description = models.TextField(blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="interests"
    )
    starts_on = models.DateField(null=True)
    hours_a_week = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    weeks_worked = models.PositiveSmallIntegerField(
        null=True, help_text="Of the weeks over which the average is taken; none: of all."
    )
    hours_as_written = models.CharField(max_length=200, blank=True)
    when_worked = models.CharField(max_length=200, blank=True)
    duty_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    average_hours = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        help_text="Duty, other approved interests and this one, as they were at the application.",
    )
    opted_out = models.BooleanField(null=True)
    property_address = models.CharField(max_length=300, blank=True)
    managing_agent = models.CharField(max_length=200, blank=True)
    licence_kind = models.CharField(max_length=16, choices=LicenceKind, blank=True)
    licensed_premises = models.CharField(max_length=300, blank=True)
    in_force_area = models.BooleanField(null=True)
    uses_police_knowledge = models.BooleanField(null=True)
    supplies_force = models.BooleanField(null=True)
    could_reflect = models.BooleanField(null=True)
    conflict_note = models.TextField(blank=True)
    complete_at = models.DateTimeField(
        help_text="When the application was last complete; the clock runs from there."
    )
    grounds = models.CharField(max_length=20, choices=Ground, blank=True)
    against_guidance = models.BooleanField(
        default=False, help_text="Approved although the force’s list or policy says otherwise."
    )
    guidance_rationale = models.TextField(blank=True)
    proposed = models.JSONField(
        null=True, help_text="The approval that a second approver is asked about."
    )
    approved_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    ceased_on = models.DateField(null=True)
    ceased_because = models.CharField(max_length=10, choices=CeasedBecause, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-case__received_at", "-pk"]
        verbose_name = "business interest"
        indexes: ClassVar = [
            models.Index(fields=["category", "status"], name="interest_similar"),
            models.Index(fields=["review_on"], name="interest_review"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(holder=Holder.SELF) & Q(relative=""))
                | (Q(holder=Holder.RELATIVE) & ~Q(relative="")),
                name="interest_of_relative_says_whose",
            ),
            models.CheckConstraint(condition=~Q(occupation=""), name="interest_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(hours_a_week__isnull=True)
                | Q(hours_a_week__gte=0, hours_a_week__lte=168),
                name="interest_hours_fit_a_week",
            ),
            models.CheckConstraint(
                condition=Q(status__in=INTERRUPTED) ^ Q(stood_at=""),
                name="interest_interrupted_knows_where_it_stood",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=LIVE)
                | Q(approved_on__isnull=False, review_on__isnull=False),
                name="interest_approved_has_a_review_date",
            ),
            models.CheckConstraint(
                condition=(~Q(status__in=ENDED)) | ~Q(grounds=""),
                name="interest_refused_says_on_what_ground",
            ),
            models.CheckConstraint(
                condition=Q(against_guidance=False) | ~Q(guidance_rationale=""),
                name="interest_against_guidance_says_why",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.SECOND_APPROVAL, proposed__isnull=False))
                | (~Q(status=Status.SECOND_APPROVAL) & Q(proposed__isnull=True)),
                name="interest_proposal_waits_for_second_approver",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.CEASED, ceased_on__isnull=False) & ~Q(ceased_because=""))
                | (~Q(status=Status.CEASED) & Q(ceased_on__isnull=True, ceased_because="")),
                name="interest_ceased_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.case.reference

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        what = Truncator(self.occupation).chars(80)
        where = f", {self.organisation.name}" if self.organisation else ""
        whose = f" ({self.relative})" if self.holder == Holder.RELATIVE else ""
        return f"{what}{where}{whose}"

    @property
    def is_imported(self) -> bool:
        return self.case.source == Source.IMPORTED

    @property
    def open_appeal(self) -> "Appeal | None":
        return self.appeals.filter(outcome="").first()

    @property
    def is_live(self) -> bool:
        """Approved now; an appeal against conditions leaves the approval as it is."""
        stands = self.stood_at if self.status == Status.APPEALED else self.status
        return stands in LIVE

    @property
    def open_review(self) -> "Review | None":
        return self.reviews.filter(closed_at=None).first()

    @property
    def standing_conditions(self) -> list["Condition"]:
        """The conditions that hold now, in the order they were set."""
        return [each for each in self.conditions.all() if each.ended_at is None]


class Assessment(models.Model):
    """The view of the supervisor, of HR or of vetting in one round; a view, not a decision.

    HMIC 2012, p. 30: performance at work, welfare and working time are considered.
    """

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="assessments")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=AssessmentKind)
    view = models.CharField(max_length=10, choices=View)
    performance_concern = models.BooleanField(null=True)
    welfare_concern = models.BooleanField(null=True)
    role_conflict = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    subject = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="interest")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["interest", "round", "kind"], name="assessment_once_for_each_round"
            ),
            models.CheckConstraint(
                condition=~Q(subject=F("assessed_by")), name="assessment_is_not_by_its_subject"
            ),
            models.CheckConstraint(
                condition=Q(view=View.SUPPORT) | ~Q(note=""),
                name="assessment_with_concerns_says_which",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_view_display()}"
