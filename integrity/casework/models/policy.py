"""Rules are rows: what each register's policy row has, whatever the register."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar, Self, cast

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case as SqlCase
from django.db.models import Q, Value, When

from integrity.audit.protection import Protection
from integrity.people.models import Force, OversightBody, StandardsDepartment, User


class PolicyRowQuerySet[P: "PolicyRow"](models.QuerySet[P]):
    def for_person(self, user: User) -> Self:
        """Rows that bind this person: their force's own, their alliance's joint ones, or their body's."""
        if user.force_id is not None:
            return self.for_force(user.force_id)
        return self.filter(oversight_body_id=user.oversight_body_id)

    def for_force(self, force_id: int) -> Self:
        return self.filter(Q(force_id=force_id) | Q(joint_forces=force_id)).distinct()

    def in_force(self, on: date) -> P:
        """The row in force on a day: the latest to take effect, a force's own before a joint one.

        Raises DoesNotExist where there is none yet.
        """
        row = (
            self.filter(effective_from__lte=on)
            .annotate(own=SqlCase(When(force__isnull=False, then=Value(1)), default=Value(0)))
            .order_by("-effective_from", "-own", "-pk")
            .first()
        )
        if row is None:
            raise self.model.DoesNotExist(f"No policy is in force on {on:%d %B %Y}.")
        return cast(P, row)

    def asked_since(self, forces: Collection[int]) -> dict[int, date]:
        """Since when each of these forces has had a policy, by its id; those that never had are left out."""
        found: dict[int, date] = {}
        rows = self.filter(Q(force__in=forces) | Q(joint_forces__in=forces)).order_by()
        for own, joint, since in rows.values_list("force", "joint_forces", "effective_from"):
            pk = own or joint
            found[pk] = min(since, found.get(pk, since))
        return found


class WeightRow(models.Model):
    """How many points one factor adds in a policy row; the score sorts the queue and never decides.

    A register adds the policy, its own factors, and that each is weighed once.
    """

    points = models.PositiveSmallIntegerField()

    protection: ClassVar = Protection(within="policy", near=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["policy", "-points", "factor"]

    def __str__(self) -> str:
        return f"{self.get_factor_display()}: {self.points}"  # type: ignore[attr-defined]


class PolicyRow(models.Model):
    """A dated policy of a force, of a body for its own register, or joint for forces of a department."""

    title = models.CharField(max_length=120)
    force = models.ForeignKey(
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)s_rows"
    )
    department = models.ForeignKey(
        StandardsDepartment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_rows",
        help_text="Only for a joint policy: the department whose forces, named below, it binds.",
    )
    joint_forces = models.ManyToManyField(Force, blank=True, related_name="joint_%(class)s_rows")
    oversight_body = models.ForeignKey(
        OversightBody,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_rows",
    )
    effective_from = models.DateField()
    summary = models.TextField(
        help_text="The policy in a few plain sentences, as declarants see it."
    )
    answer_within_days = models.PositiveSmallIntegerField(default=7)
    draft_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1)], help_text="A draft not sent by then goes."
    )
    challenge_notice = models.TextField(
        default=(
            "Do not ask about anything that may be a criminal offence or misconduct: a person must "
            "be told their rights, and cautioned where that applies, before they are asked. Hold "
            "the challenge silently and speak to counter-corruption first."
        ),
        help_text="What may not be asked without caution; shown where PSD asks or challenges.",
    )

    protection: ClassVar = Protection(near=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-effective_from", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(force__isnull=False, department__isnull=True, oversight_body__isnull=True)
                    | Q(force__isnull=True, department__isnull=False, oversight_body__isnull=True)
                    | Q(force__isnull=True, department__isnull=True, oversight_body__isnull=False)
                ),
                name="%(class)s_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["force", "department", "oversight_body", "effective_from"],
                nulls_distinct=False,
                name="%(class)s_takes_effect_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, from {self.effective_from:%d %B %Y}"
