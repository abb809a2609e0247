"""Boards that oversee integrity, and who sits on them."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import Force, OversightBody, User
from registers.governance.enums import Capacity

# Who reads what a force's boards do, besides those who sit on them and those who oversee it.
READERS = (*PSD_ROLES, Role.INTEGRITY_LEAD, Role.INSPECTOR)


def forces_read_by(user: User, force: str = "force") -> Q:
    """As a condition on a row's force: those whose boards and plan this person reads by a role."""
    overseen = Force.objects.filter(oversight_bodies__in=user.scope(Role.GOVERNANCE_MEMBER).bodies)
    by_role = Q(**{f"{force}__in": user.scope(*READERS).forces})
    return by_role | Q(**{f"{force}__in": overseen.values("pk")})


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, user: User, today: date) -> "BoardQuerySet":
        """Those on which this person sits, and those of the forces and bodies that they read by a role.

        A body's boards are its governance members' and inspectors'; a force's also those of the bodies
        that oversee it. A member of one body finds none of another's.
        """
        bodies = user.scope(Role.GOVERNANCE_MEMBER, Role.INSPECTOR).bodies
        seats = BoardMember.objects.sitting(today).filter(person=user)
        return self.filter(
            forces_read_by(user) | Q(oversight_body__in=bodies) | Q(pk__in=seats.values("board"))
        )


class Board(models.Model):
    """A board of a force, or of a body that oversees forces (HMIC 2012, British Transport Police).

    A force's integrity board and its subgroup, a commissioner's board, an authority's committee.
    """

    force = models.ForeignKey(
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="boards"
    )
    oversight_body = models.ForeignKey(
        OversightBody, on_delete=models.PROTECT, null=True, blank=True, related_name="boards"
    )
    name = models.CharField(max_length=120)
    purpose = models.TextField("what it is for")
    version = models.PositiveIntegerField(default=1)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(force__isnull=False) ^ Q(oversight_body__isnull=False),
                name="board_belongs_to_force_or_oversight_body",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="board_has_a_name"),
            models.UniqueConstraint(fields=["force", "name"], name="board_name_once_in_a_force"),
            models.UniqueConstraint(
                fields=["oversight_body", "name"], name="board_name_once_in_a_body"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def home(self) -> Force | OversightBody | None:
        """The force or body whose board it is; the constraint says that it is one of the two."""
        return self.force or self.oversight_body


class BoardMemberQuerySet(models.QuerySet["BoardMember"]):
    def sitting(self, today: date) -> "BoardMemberQuerySet":
        """Those who sit on this day."""
        return self.filter(starts_on__lte=today).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        )


class BoardMember(models.Model):
    """Somebody's seat on a board, in one capacity, from a day to their last."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="board_seats")
    capacity = models.CharField(max_length=20, choices=Capacity, default=Capacity.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="Their last day on the board.")

    objects = BoardMemberQuerySet.as_manager()

    protection: ClassVar = Protection(within="board")

    class Meta:
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="board_member_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["board", "person"],
                condition=Q(ends_on__isnull=True),
                name="board_member_has_one_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_capacity_display().lower()}"
