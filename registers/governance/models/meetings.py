"""A board's meetings: the agenda, the papers, and what was decided."""

from datetime import date
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.casework.models import Case
from integrity.people.models import User
from registers.governance.enums import MeetingStatus
from registers.governance.models.boards import Board


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User, today: date) -> "MeetingQuerySet":
        """The meetings of the boards that this person reads."""
        return self.filter(board__in=Board.objects.visible_to(user, today).values("pk"))

    def planned(self) -> "MeetingQuerySet":
        return self.filter(status=MeetingStatus.PLANNED).order_by("held_on", "pk")


class Meeting(models.Model):
    """One meeting of a board, planned or held."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField("date")
    place = models.CharField(max_length=200)
    status = models.CharField(max_length=8, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    protection: ClassVar = Protection(within="board")

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["board", "held_on"], name="meeting_once_a_day"),
            models.CheckConstraint(condition=~Q(place=""), name="meeting_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.held_on.day} {self.held_on:%B %Y}"

    @property
    def is_planned(self) -> bool:
        return self.status == MeetingStatus.PLANNED


class AgendaItem(models.Model):
    """One item of a meeting's agenda; with a case it is a note about a chief officer's entry."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="agenda_items")
    asked_at = models.DateTimeField()

    protection: ClassVar = Protection(within="meeting")

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="agenda_item_has_its_own_place"
            ),
            models.UniqueConstraint(fields=["meeting", "case"], name="agenda_item_of_a_case_once"),
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_has_a_title"),
            models.CheckConstraint(
                condition=Q(case__isnull=True) | ~Q(note=""), name="agenda_item_of_a_case_says_why"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1), name="agenda_item_positions_count_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class Paper(models.Model):
    """What a meeting has before it: a file, always served as a download, or a page of this site."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    title = models.CharField(max_length=200)
    path = models.CharField("page of this site", max_length=500, blank=True)
    file = models.FileField(upload_to="governance/%Y/%m/", blank=True)
    name = models.CharField("name of the file", max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="meeting")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(path="") & ~Q(file="") & ~Q(name="") & ~Q(sha256="")
                | ~Q(path="") & Q(file="", name="", sha256=""),
                name="paper_is_a_file_or_a_page",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="paper_has_a_title"),
            # Not //elsewhere, which a browser takes for another site.
            models.CheckConstraint(
                condition=Q(path="") | Q(path__startswith="/") & ~Q(path__startswith="//"),
                name="paper_page_is_of_this_site",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingDecision(models.Model):
    """What a meeting decided, at which item of its agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    what = models.TextField("what was decided")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="meeting")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(what=""), name="meeting_decision_says_what"),
        ]

    def __str__(self) -> str:
        return self.what
