"""Matches between registers, and the settings under which a force compares them."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from integrity.audit.protection import Protection
from integrity.casework.models import Case, Challenge, Referral
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import Force, Unit, User
from registers.crosschecks.enums import Check, Disposition, Owner
from registers.crosschecks.workflow import OPEN
from registers.organisations.models import Organisation
from registers.procurement.models import Contract, Payment, Purchase, Tender


class CheckSetting(models.Model):
    """How a force runs one check from a day on; where it has no row, as the check's rule says."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="check_settings")
    check_name = models.CharField("check", max_length=30, choices=Check)
    effective_from = models.DateField()
    switched_on = models.BooleanField(default=True)
    owner = models.CharField("who owns the result", max_length=12, choices=Owner, default=Owner.PSD)
    minimum_score = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(100)],
        help_text="Of 100; below it nothing is kept.",
    )
    minimum_likeness = models.PositiveSmallIntegerField(
        "how sure two names are one organisation",
        default=80,
        validators=[MaxValueValidator(100)],
        help_text="Of 100, for records that no analyst has ruled on; 100 compares none.",
    )
    window_days = models.PositiveSmallIntegerField(
        default=365, help_text="How many days may lie between the two."
    )
    times = models.PositiveSmallIntegerField(
        default=3, help_text="How many make a pattern, for checks that count."
    )
    amount = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        default=0,
        help_text="Pounds: smaller contracts, payments or purchases are left out.",
    )

    class Meta:
        ordering: ClassVar = ["check_name", "-effective_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "check_name", "effective_from"],
                name="check_setting_takes_effect_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(minimum_score__lte=100) & Q(minimum_likeness__lte=100),
                name="check_setting_scores_are_of_100",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="check_setting_amount_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_check_name_display()}, from {self.effective_from:%d %B %Y}"


KEPT_FROM = """
WITH RECURSIVE above (id) AS (
  SELECT line_manager_id FROM people_user WHERE id = %s AND line_manager_id IS NOT NULL
  UNION
  SELECT u.line_manager_id FROM people_user u JOIN above ON u.id = above.id
  WHERE u.line_manager_id IS NOT NULL
),
below (id) AS (
  SELECT id FROM people_user WHERE line_manager_id = %s AND NOT %s
  UNION
  SELECT u.id FROM people_user u JOIN below ON u.line_manager_id = below.id
)
SELECT %s::bigint UNION SELECT id FROM above UNION SELECT id FROM below
"""


def kept_from(user: User) -> RawSQL:
    """Of whom somebody may read no match: themselves, those above them, and everybody below.

    The head of the force manages everyone, so their being above does not count (ASSURANCE, decision 4).
    """
    return RawSQL(KEPT_FROM, [user.pk, user.pk, user.heads_force, user.pk])  # noqa: S611


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, user: User) -> "MatchQuerySet":
        """PSD of the force; procurement what is not PSD's alone; the outside decider what went there.

        Never whom it is about, who typed or managed one of its entries, nor anybody in their line.
        """
        forces = user.scope(*PSD_ROLES).forces
        buyers = user.scope(Role.PROCUREMENT).forces
        outside = Q(case__with_outside_decider=True) & (
            Q(force__outside_department__in=user.departments(*PSD_ROLES))
            | Q(force__outside_body__in=user.scope(*PSD_ROLES).bodies)
        )
        mine = self.filter(Q(force__in=forces) | Q(force__in=buyers, for_psd=False) | outside)
        return mine.for_nobody_in_conflict(user)

    def for_nobody_in_conflict(self, user: User) -> "MatchQuerySet":
        """All but those about this person or their line, and those of entries that they typed or managed."""
        mine, apart = self, kept_from(user)
        for name in ("person", "case__subject", "other_case__subject"):
            mine = mine.exclude(**{f"{name}__in": apart})
        for case in ("case", "other_case"):
            mine = mine.exclude(**{f"{case}__author": user})
            mine = mine.exclude(**{f"{case}__subject_manager": user})
        return mine

    def waiting(self) -> "MatchQuerySet":
        """Those about which somebody is asked: found, and never disposed of as they are now."""
        return self.filter(gone_at=None).exclude(signature=F("disposed_signature"))

    def with_all(self) -> "MatchQuerySet":
        """All that a list or a page shows, in one query."""
        return self.select_related(
            "force", "person__grade", "unit", "organisation", "other_organisation", "case",
            "other_case", "contract", "tender", "payment", "purchase", "disposed_by__grade",
        )  # fmt: skip


class Match(models.Model):
    """Two records of different registers that an analyst should see beside each other.

    It is one record however often it is found: ``key`` names the pair within its check. ``facts``
    are what was compared, as it stood when it was last found, and ``signature`` the hash of what
    matters of them (``facts["compared"]``, where growing sums count in bands): a match that was
    disposed of is asked again only when that changes. ``happened_on`` is the later of the
    two. ``score`` is of 100.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="matches")
    check_name = models.CharField("check", max_length=30, choices=Check)
    key = models.CharField(max_length=120)
    for_psd = models.BooleanField(default=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="matches")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="matches"
    )
    other_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="other_matches"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="matches")
    other_case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, related_name="other_matches"
    )
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, related_name="matches"
    )
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, null=True, related_name="matches")
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, related_name="matches"
    )
    purchase = models.ForeignKey(
        Purchase, on_delete=models.PROTECT, null=True, related_name="matches"
    )
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    likeness = models.PositiveSmallIntegerField(
        default=100,
        validators=[MaxValueValidator(100)],
        help_text="How sure it is one organisation.",
    )
    sentence = models.TextField()
    facts = models.JSONField(default=dict)
    signature = models.CharField(max_length=64)
    happened_on = models.DateField()
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="When what was compared last changed.")
    gone_at = models.DateTimeField(null=True, help_text="When the check no longer found it.")
    disposition = models.CharField(max_length=12, choices=Disposition, blank=True)
    disposed_at = models.DateTimeField(null=True)
    disposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    disposed_signature = models.CharField(max_length=64, blank=True)
    challenge = models.ForeignKey(
        Challenge, on_delete=models.PROTECT, null=True, related_name="matches"
    )
    version = models.PositiveIntegerField(default=1)

    objects = MatchQuerySet.as_manager()

    protection: ClassVar = Protection(same_force=("person",), confidential="for_psd")

    class Meta:
        ordering: ClassVar = ["-score", "-happened_on", "pk"]
        verbose_name_plural = "matches"
        indexes: ClassVar = [
            models.Index(fields=["force", "disposition", "-score"], name="match_queue"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "check_name", "key"], name="match_is_one_record"
            ),
            models.CheckConstraint(condition=~Q(sentence=""), name="match_explains_itself"),
            models.CheckConstraint(
                condition=Q(score__lte=100) & Q(likeness__lte=100), name="match_scores_are_of_100"
            ),
            models.CheckConstraint(
                condition=Q(
                    disposition="",
                    disposed_at__isnull=True,
                    disposed_by__isnull=True,
                    reason="",
                    disposed_signature="",
                )
                | (
                    ~Q(disposition="")
                    & Q(disposed_at__isnull=False, disposed_by__isnull=False)
                    & ~Q(reason="")
                    & ~Q(disposed_signature="")
                ),
                name="match_disposed_says_when_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(challenge__isnull=True) | ~Q(disposition=""),
                name="match_challenge_is_of_a_disposed_one",
            ),
            models.CheckConstraint(
                condition=Q(changed_at__gte=F("found_at")), name="match_changes_after_it_is_found"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def is_open(self) -> bool:
        """Whether an analyst is asked: it was never disposed of, or has changed since."""
        return self.gone_at is None and self.signature != self.disposed_signature

    @property
    def standing(self) -> str:
        """Where it stands in the table of transitions: open, or what was decided of it."""
        return OPEN if self.is_open else self.disposition

    @property
    def title(self) -> str:
        """Whom and which organisation it is about, in a few words."""
        known = (self.person, self.unit, self.organisation)
        return ", ".join(str(each) for each in known if each) or "Nobody who is named"


class MatchReferral(models.Model):
    """The hand-over for investigation that a match led to; PSD's alone to know."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="referrals")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="match")

    protection: ClassVar = Protection(confidential=True)

    def __str__(self) -> str:
        return str(self.referral)


class Cursor(models.Model):
    """Up to which entry of its ledger a force's changes have been compared."""

    force = models.OneToOneField(Force, on_delete=models.PROTECT, related_name="+")
    entry = models.BigIntegerField(default=0)
    shared_entry = models.BigIntegerField(
        default=0, help_text="The same of the installation's own: organisations and their merges."
    )
    run_at = models.DateTimeField(null=True)
    whole_at = models.DateTimeField(
        null=True, help_text="When every check last ran over everything."
    )

    protection: ClassVar = Protection(
        unrecorded_because="How far the checks have read is no record of anybody."
    )

    def __str__(self) -> str:
        return f"{self.force}: {self.entry}"
