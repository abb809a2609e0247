"""Two records that are one organisation, and two that only look it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.people.models import StandardsDepartment, User
from registers.organisations.enums import Ruling
from registers.organisations.models.organisation import Organisation


class Merge(models.Model):
    """An analyst said that one record is another; undone, both stand as before.

    Nothing is moved: what points to the merged record still does, and is read with the other's.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="taken_in")
    department = models.ForeignKey(StandardsDepartment, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-merged_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(undone_at__isnull=True),
                name="organisation_is_merged_once",
            ),
            models.CheckConstraint(
                condition=~Q(organisation=F("into")), name="merge_is_of_two_records"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_says_why"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason="")),
                name="merge_undone_says_when_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} into {self.into}"


class MergeSuggestion(models.Model):
    """Two records whose names are alike: how much, and why; an analyst rules once.

    ``score`` is how sure the matcher is, of 100. Unruled and sure enough, the cross-checks read the
    two as one and say so; ruled different, never again. ``named`` is the name that one goes by and
    the other has, where a file or a person said so: what a matcher thinks of it changes nothing.
    """

    department = models.ForeignKey(StandardsDepartment, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    why = models.CharField(max_length=300)
    named = models.CharField(max_length=200, blank=True, default="", db_default="")
    found_at = models.DateTimeField()
    ruling = models.CharField(max_length=10, choices=Ruling, blank=True)
    ruled_at = models.DateTimeField(null=True)
    ruled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-score", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="merge_is_suggested_once"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="merge_suggestion_is_of_two_in_order"
            ),
            models.CheckConstraint(
                condition=Q(score__lte=100), name="merge_suggestion_score_is_of_100"
            ),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_at__isnull=True, ruled_by__isnull=True)
                | (~Q(ruling="") & Q(ruled_at__isnull=False, ruled_by__isnull=False)),
                name="merge_ruling_says_when_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class Compared(models.Model):
    """Up to which record, and which other name, a department's organisations have been compared."""

    department = models.OneToOneField(
        StandardsDepartment, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.BigIntegerField(default=0)
    name = models.BigIntegerField(default=0)

    protection: ClassVar = Protection(
        unrecorded_because="How far suggesting has read is no record of anybody."
    )

    def __str__(self) -> str:
        return f"{self.department}: {self.organisation}"
