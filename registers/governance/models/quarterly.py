"""The quarterly meeting of PSD, procurement and the press office (HMIC 2012, Thames Valley).

Who sits is who holds the role, not who has a seat, and each reads their own part of the pack; so it
is no board's meeting. Its actions are tasks like a board's.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.people.models import Force, User
from registers.governance.models.tasks import Task, closed_with_evidence


class QuarterlyMeeting(models.Model):
    """That a quarter's pack was gone through: when, by which posts, and what they made of it."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="quarterly_meetings")
    quarter = models.DateField(help_text="Its first day.")
    held_on = models.DateField()
    present = models.TextField(help_text="The posts that were there.")
    note = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-quarter"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "quarter"], name="quarterly_meeting_is_held_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__day=1, quarter__month__in=(1, 4, 7, 10)),
                name="meeting_quarter_is_its_first_day",
            ),
            models.CheckConstraint(
                condition=Q(held_on__gte=F("quarter")), name="quarterly_meeting_is_held_after_it"
            ),
            models.CheckConstraint(
                condition=~Q(present="") & ~Q(note=""), name="quarterly_meeting_says_who_and_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force}, quarter from {self.quarter:%-d %B %Y}"


class QuarterlyAction(Task):
    """What a quarterly meeting asked somebody to do; it is carried forward until it is closed."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(QuarterlyMeeting, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField("what is to be done")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="quarterly_actions")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=closed_with_evidence(), name="quarterly_action_closed_with_evidence"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="quarterly_action_says_what"),
        ]

    def __str__(self) -> str:
        return self.what
