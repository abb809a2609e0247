"""The integrity action plan of a force, and the published recommendations that it answers."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.people.models import Force, User
from registers.governance.enums import Addressee, Report, TaskStatus
from registers.governance.models.boards import BoardMember, forces_read_by
from registers.governance.models.tasks import Task, closed_with_evidence


class Recommendation(models.Model):
    """What a published report recommends, or a practice of one force that it commends to others.

    In this project's own words, with where the report says it; the same for every force.
    """

    report = models.CharField(max_length=20, choices=Report)
    number = models.PositiveSmallIntegerField(help_text="Our number, in the report's order.")
    where = models.CharField("page", max_length=60)
    text = models.TextField()
    addressee = models.CharField("to whom it speaks", max_length=20, choices=Addressee)
    is_practice = models.BooleanField(
        "a practice, not a recommendation",
        default=False,
        help_text="Something that one force did and that the report commends.",
    )

    protection: ClassVar = Protection(
        open_because="What a published report recommends is known to everybody.",
        unrecorded_because="It comes with a release, and nobody changes it here.",
    )

    class Meta:
        ordering: ClassVar = ["report", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="recommendation_number_once"),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(where=""), name="recommendation_says_what_and_where"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_report_display()}, {self.number}"


def plans_read_by(user: User, today: date, force: str = "force") -> Q:
    """As a condition on a row's force: those whose plan is read, by a role or a seat on its board."""
    seats = BoardMember.objects.sitting(today).filter(person=user, board__force__isnull=False)
    return forces_read_by(user, force) | Q(**{f"{force}__in": seats.values("board__force")})


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def visible_to(self, user: User, today: date) -> "PlanItemQuerySet":
        """Those of the plans that this person reads, and their own."""
        return self.filter(plans_read_by(user, today) | Q(owner=user))

    def open(self) -> "PlanItemQuerySet":
        return self.filter(status=TaskStatus.OPEN)

    def overdue(self, today: date) -> "PlanItemQuerySet":
        return self.open().filter(due_on__lt=today)

    def closed(self) -> "PlanItemQuerySet":
        return self.filter(status=TaskStatus.CLOSED)


class PlanItem(Task):
    """One line of a force's integrity action plan: recommendation, action, owner, due, evidence."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="plan_items")
    recommendation = models.ForeignKey(
        Recommendation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_items",
    )
    action = models.TextField("what is to be done")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="plan_items")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=closed_with_evidence(), name="plan_item_closed_with_evidence"
            ),
            models.CheckConstraint(condition=~Q(action=""), name="plan_item_says_what"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "status", "due_on"], name="plan_of_a_force"),
        ]

    def __str__(self) -> str:
        return self.action


class PlanNote(models.Model):
    """How an item of the plan stood on a day, in the words of its owner or of whoever keeps it."""

    plan_item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="plan_item")

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="plan_note_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
