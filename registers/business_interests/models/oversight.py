"""That a PDR covered somebody's interests, and that a meeting discussed the refusals."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.people.models import Force, User


class PdrRecord(models.Model):
    """A supervisor covered somebody's interests, conditions and refusals in their PDR.

    HMIC 2012, p. 45 recommends it: 'scrutiny of refused applications and any conditions attached'.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="pdr_records")
    held_on = models.DateField()
    covered = ArrayField(
        models.CharField(max_length=20), help_text="The references that the pack listed."
    )
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(same_force=("person",))

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(person=F("recorded_by")), name="pdr_is_not_recorded_by_its_subject"
            ),
            models.UniqueConstraint(fields=["person", "held_on"], name="pdr_recorded_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"PDR of {self.person}, {self.held_on:%d %B %Y}"


class RefusalDiscussion(models.Model):
    """The integrity subgroup discussed the refusals since it last met (HMIC 2012, Thames Valley)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="refusal_discussions")
    held_on = models.DateField()
    references = ArrayField(
        models.CharField(max_length=20), help_text="The refusals that the list held."
    )
    present = models.TextField(help_text="Who was there, by post.")
    note = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "held_on"], name="refusals_discussed_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(note=""), name="refusal_discussion_says_what_was_said"
            ),
        ]

    def __str__(self) -> str:
        return f"Refusals of {self.force}, discussed on {self.held_on:%d %B %Y}"
