"""What somebody is asked to do by a day: the common part, and the actions of a meeting."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.people.models import User
from registers.governance.enums import TaskStatus
from registers.governance.models.boards import Board
from registers.governance.models.meetings import AgendaItem, Meeting


class Task(models.Model):
    """Something that its owner does by a day; closed only with evidence, reopened with a reason.

    Whoever reopens it leaves the evidence: what it took to close it the last time is in the notes.
    """

    due_on = models.DateField("due")
    evidence = models.TextField(blank=True, help_text="What shows that it was done.")
    status = models.CharField(max_length=6, choices=TaskStatus, default=TaskStatus.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.status == TaskStatus.OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether the day by which it was due is over, and it is still open."""
        return self.is_open and self.due_on < today


def closed_with_evidence() -> Q:
    """As SQL: closed with when, by whom and on what evidence, or open with neither when nor who."""
    return Q(status=TaskStatus.OPEN, closed_at__isnull=True, closed_by__isnull=True) | Q(
        status=TaskStatus.CLOSED, closed_at__isnull=False, closed_by__isnull=False
    ) & ~Q(evidence="")


class BoardActionQuerySet(models.QuerySet["BoardAction"]):
    def visible_to(self, user: User, today: date) -> "BoardActionQuerySet":
        """Those of the boards that this person reads, and their own."""
        boards = Board.objects.visible_to(user, today)
        return self.filter(Q(meeting__board__in=boards.values("pk")) | Q(owner=user))

    def open(self) -> "BoardActionQuerySet":
        return self.filter(status=TaskStatus.OPEN)


class BoardAction(Task):
    """What a meeting asked somebody to do; it is carried to later meetings until it is closed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    what = models.TextField("what is to be done")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="board_actions")

    objects = BoardActionQuerySet.as_manager()

    protection: ClassVar = Protection(within="meeting")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=closed_with_evidence(), name="board_action_closed_with_evidence"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="board_action_says_what"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def board(self) -> Board:
        return self.meeting.board


class ActionNote(models.Model):
    """How an action of a meeting stood on a day, in the words of its owner or the board."""

    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="action")

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="action_note_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
