"""Legacy registers: the file as it came, each of its rows, and what became of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.casework.models.case import Case
from integrity.casework.models.nil_returns import NilReturn
from integrity.people.models import Force, User


class ImportBatch(models.Model):
    """One run of an import, with the original file and the mapping it was read by."""

    register = models.CharField(max_length=30)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="imports/%Y/%m/")
    mapping = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-imported_at"]
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return self.name


class ImportMapping(models.Model):
    """Which column of a force's spreadsheets is which field, kept under a name for the next file."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    mapping = models.JSONField(help_text="What a mapping file holds.")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "register", "name"], name="import_mapping_name_once_in_register"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="import_mapping_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportUpload(models.Model):
    """A file that its uploader looks at before it is imported; nobody else can.

    Its bytes go when it is imported, or after a day. A long file waits for the worker, which says
    how many of its rows are done; `problem` is the sentence why it could not import it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(max_length=30)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    mapping = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True, help_text="When the worker last said how far it is.")
    rows_done = models.PositiveIntegerField(null=True)
    rows_in_all = models.PositiveIntegerField(null=True)
    problem = models.TextField(blank=True)
    imported_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    batch = models.OneToOneField(
        ImportBatch, on_delete=models.PROTECT, null=True, related_name="upload"
    )

    protection: ClassVar = Protection(
        unrecorded_because="A file looked at is nobody's record until it is imported.",
        deletable=True,
    )

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(imported_at__isnull=False) | Q(batch__isnull=True),
                name="import_upload_with_a_batch_was_imported",
            ),
            models.CheckConstraint(
                condition=Q(imported_at__isnull=True) ^ Q(content=b""),
                name="import_upload_holds_bytes_until_imported",
            ),
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True) | Q(heard_at__isnull=False),
                name="import_upload_in_the_queue_was_heard_of",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportedRow(models.Model):
    """One row of an imported file, word for word, linked to what it became."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows")
    register = models.CharField(max_length=30)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=80)
    cells = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, related_name="imported_row"
    )
    nil_return = models.OneToOneField(
        NilReturn, on_delete=models.PROTECT, null=True, related_name="imported_row"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "register", "fingerprint"], name="imported_row_only_once"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) ^ Q(nil_return__isnull=False),
                name="imported_row_became_case_or_nil_return",
            ),
        ]

    def __str__(self) -> str:
        return self.where
