"""What leads PSD to an investigation: how each referral was dealt with, and concerns without a name."""

from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery

from integrity.audit.protection import Protection
from integrity.casework.models import Referral
from integrity.people.enums import CONFIDENTIAL_ROLES
from integrity.people.models import Force, OversightBody, User
from registers.investigations.models.investigation import Investigation, concerns_somebody_of


def referrals_about(user: User, prefix: str = "") -> Q:
    """Referrals about this person, about somebody they manage, or about an entry of either."""
    case, person = f"{prefix}case", f"{prefix}person"
    return (
        Q(**{person: user})
        | Q(**{f"{person}__line_manager": user})
        | Q(**{f"{case}__author": user})
        | concerns_somebody_of(user, case)
    )


def referrals_for(user: User) -> QuerySet[Referral]:
    """What was handed over in the reader's forces and bodies, but for what they may not know of."""
    scope = user.scope(*CONFIDENTIAL_ROLES)
    reached = Q(force__in=scope.forces) | Q(oversight_body__in=scope.bodies)
    return Referral.objects.filter(reached).exclude(referrals_about(user))


def waiting_referrals(user: User) -> QuerySet[Referral]:
    """What nobody has dealt with yet, oldest first: PSD's queue of leads."""
    waiting = referrals_for(user).filter(lead=None).order_by("made_at", "pk")
    return waiting.select_related(
        "force", "oversight_body", "case", "person__grade", "made_by__grade", "concern"
    ).prefetch_related("concern__messages")


def words_of(referral: Referral) -> str:
    """Why it was handed over; of a concern, what its sender wrote first."""
    concern: Concern | None = getattr(referral, "concern", None)
    return concern.messages.all()[0].text if concern else referral.reason


class Lead(models.Model):
    """How PSD dealt with a referral: taken into an investigation, or set aside and why."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="lead")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    oversight_body = models.ForeignKey(
        OversightBody, on_delete=models.PROTECT, null=True, related_name="+"
    )
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, null=True, related_name="leads"
    )
    set_aside_because = models.TextField(blank=True)
    dealt_at = models.DateTimeField()
    dealt_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(confidential=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(force__isnull=False) ^ Q(oversight_body__isnull=False),
                name="lead_belongs_to_force_or_oversight_body",
            ),
            models.CheckConstraint(
                condition=Q(investigation__isnull=True) ^ Q(set_aside_because=""),
                name="lead_is_taken_or_set_aside_and_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.referral)


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, user: User) -> "ConcernQuerySet":
        """PSD of the force; not where what it led to is kept from the reader."""
        forces = user.scope(*CONFIDENTIAL_ROLES).forces
        known = Investigation.objects.visible_to(user).values("pk")
        return self.filter(
            Q(referral__lead__investigation=None) | Q(referral__lead__investigation__in=known),
            force__in=forces,
        ).exclude(referrals_about(user, "referral__"))

    def awaiting_reply(self) -> "ConcernQuerySet":
        """Those in which the last word is the sender's."""
        messages = ConcernMessage.objects.filter(concern=OuterRef("pk")).order_by("-pk")
        last = Subquery(messages.values("from_psd")[:1])
        return self.annotate(last_from_psd=last).exclude(last_from_psd=True)

    def with_all(self) -> "ConcernQuerySet":
        return self.select_related("force", "referral__lead__investigation__case").prefetch_related(
            "messages__by__grade"
        )


class Concern(models.Model):
    """What somebody sent PSD without a name. Nothing is kept by which the sender could be found.

    A day and no hour; no address and no session. Whoever has the code reads the replies; the code
    itself is shown once and kept nowhere.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="concerns")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="concern")
    code_hash = models.CharField(max_length=64, unique=True)
    received_on = models.DateField()

    objects = ConcernQuerySet.as_manager()

    protection: ClassVar = Protection(confidential=True)

    class Meta:
        ordering: ClassVar = ["-received_on", "-pk"]

    def __str__(self) -> str:
        return f"Concern of {self.received_on:%-d %B %Y}"

    @property
    def awaits_reply(self) -> bool:
        """Whether the last word is the sender's."""
        messages = list(self.messages.all())
        return not messages or not messages[-1].from_psd


class ConcernMessage(models.Model):
    """One message about a concern, from its sender or from PSD."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="messages")
    from_psd = models.BooleanField()
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    protection: ClassVar = Protection(within="concern")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_psd=True, by__isnull=False) | Q(from_psd=False, by__isnull=True),
                name="concern_message_names_nobody_but_psd",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="concern_message_says_something"),
        ]

    def __str__(self) -> str:
        return f"{'PSD' if self.from_psd else 'Sender'}, {self.on:%-d %B %Y}"
