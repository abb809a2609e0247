"""What is asked about a case and what is attached to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.audit.models import Audience
from integrity.casework.enums import ChallengeDisposal
from integrity.casework.models.case import Case, outside_of
from integrity.people.enums import Role
from integrity.people.models import OversightBody, User


def pair(first: str, second: str) -> Q:
    """Both of two nullable columns, or neither: who and when go together."""
    return Q(**{f"{first}__isnull": True, f"{second}__isnull": True}) | Q(
        **{f"{first}__isnull": False, f"{second}__isnull": False}
    )


class Question(models.Model):
    """A question to the declarant, pinned to one field of the entry."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    field = models.CharField(max_length=40)
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=pair("answered_at", "answered_by"),
                name="question_answered_at_with_answered_by",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ ~Q(answer=""),
                name="question_answered_has_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, user: User, *psd_roles: str) -> "ChallengeQuerySet":
        """Held silently, a challenge shows to PSD alone, and never to the person it concerns.

        A board sees its own, which it made without knowing that PSD would hold it.
        """
        scope = user.scope(*psd_roles)
        psd = (
            Q(case__force_id__in=scope.forces)
            | Q(case__oversight_body_id__in=scope.bodies)
            | outside_of(user, "case__")
        )
        own = Q(board__in=user.scope(Role.GOVERNANCE_MEMBER).bodies)
        apart = ~Q(to=user) & ~Q(case__subject=user) & ~Q(case__author=user)
        return self.filter(Q(silent=False) | ((psd | own) & apart))

    def held_silently(self) -> "ChallengeQuerySet":
        """Those that stand although nobody was asked."""
        return self.filter(silent=True, disposed_at=None)

    def keeps_boards_waiting(self) -> "ChallengeQuerySet":
        """Those for which PSD asks nobody: held silently by itself, or handed over for investigation."""
        held = Q(silent=True, board=None, disposed_at=None)
        return self.filter(held | Q(disposal=ChallengeDisposal.REFERRED))


class Challenge(models.Model):
    """A named person is asked to justify an entry; open until answered and disposed of.

    PSD asks, or a member of a board asks a chief officer (HMIC 2012, pp. 24–25, found little
    evidence of either). One held silently is not sent: asking would tip somebody off. PSD alone
    chooses that; a board's waits so where PSD asks nobody on the entry, and the board is not told.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="challenges")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="challenges")
    board = models.ForeignKey(
        OversightBody,
        on_delete=models.PROTECT,
        null=True,
        related_name="challenges",
        help_text="The oversight body in whose name it was made; PSD’s own have none.",
    )
    text = models.TextField()
    silent = models.BooleanField(default=False)
    silent_reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    disposal = models.CharField(max_length=12, choices=ChallengeDisposal, blank=True)
    disposal_note = models.TextField(blank=True)
    disposed_at = models.DateTimeField(null=True)
    disposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=pair("answered_at", "answered_by"),
                name="challenge_answered_at_with_answered_by",
            ),
            models.CheckConstraint(
                condition=pair("disposed_at", "disposed_by"),
                name="challenge_disposed_at_with_disposed_by",
            ),
            models.CheckConstraint(
                condition=Q(disposed_at__isnull=True) ^ ~Q(disposal=""),
                name="challenge_disposed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(silent=False) ^ ~Q(silent_reason=""),
                name="challenge_silent_says_why",
            ),
            models.CheckConstraint(
                condition=Q(silent=False) | Q(answered_at__isnull=True),
                name="challenge_silent_is_never_answered",
            ),
            models.CheckConstraint(
                condition=Q(disposed_at__isnull=True)
                | Q(silent=True)
                | Q(answered_at__isnull=False),
                name="challenge_disposed_after_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(to=F("made_by")), name="challenge_is_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(disposed_by__isnull=True) | ~Q(to=F("disposed_by")),
                name="challenge_is_closed_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"Challenge to {self.to} on {self.case}"

    @property
    def ends_openly(self) -> bool:
        """Whether people outside PSD may read how it ended: a referral would tip somebody off."""
        return not self.silent and self.disposal != ChallengeDisposal.REFERRED


class Attachment(models.Model):
    """A file kept with a case, always served as a download."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m/")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    about = models.CharField(max_length=200, blank=True)
    audience = models.CharField(
        max_length=8, choices=Audience, default=Audience.CASE, help_text="Who may read it."
    )
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
