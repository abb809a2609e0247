"""The ledger, as the site reads it: events for timelines, entries, logs and checkpoints.

Nothing here is written through Django: sql/ledger.sql writes, and the site's role may only call its
functions. The tables hold ids and words, never foreign keys, so that they outlive what they speak of.
"""

from typing import ClassVar

from django.db import models


class Audience(models.TextChoices):
    """Who may read an event on a case's timeline."""

    CASE = "case", "Everyone who may read the case"
    PSD = "psd", "PSD alone"


class Event(models.Model):
    """One thing that happened, out of the bytes that the ledger's tree commits to."""

    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    force_id = models.BigIntegerField(null=True)
    oversight_body_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    about = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=20)
    reason = models.TextField()
    facts = models.JSONField()
    audience = models.CharField(max_length=8, choices=Audience)
    request_id = models.UUIDField(null=True)

    class Meta:
        managed = False
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"


class Log(models.Model):
    """One force's sequence of entries; number 0 is the installation's own."""

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=20)
    size = models.BigIntegerField()

    class Meta:
        managed = False
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.code


class Payload(models.Model):
    """An entry's content and the salt that keeps it from being guessed; erased, both are gone."""

    salt = models.BinaryField(null=True)
    body = models.TextField(null=True)  # noqa: DJ001 - erased is not the same as empty

    class Meta:
        managed = False

    def __str__(self) -> str:
        return str(self.pk)


class Entry(models.Model):
    """A place in a log: the header that the tree hashes, which commits to the content."""

    pk = models.CompositePrimaryKey("log_id", "seq")
    log = models.ForeignKey(Log, on_delete=models.DO_NOTHING, related_name="entries")
    seq = models.BigIntegerField()
    payload = models.OneToOneField(Payload, on_delete=models.DO_NOTHING, related_name="entry")
    header = models.TextField()

    class Meta:
        managed = False
        ordering: ClassVar = ["log_id", "seq"]

    def __str__(self) -> str:
        return f"{self.log_id}/{self.seq}"


class Node(models.Model):
    """The hash of a complete subtree of a log; height 0 are the leaves (RFC 9162)."""

    pk = models.CompositePrimaryKey("log_id", "height", "place")
    log = models.ForeignKey(Log, on_delete=models.DO_NOTHING, related_name="nodes")
    height = models.SmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        managed = False

    def __str__(self) -> str:
        return f"{self.log_id}/{self.height}/{self.place}"


class Checkpoint(models.Model):
    """A signed statement of a log's size and root, in the C2SP form."""

    pk = models.CompositePrimaryKey("log_id", "size")
    log = models.ForeignKey(Log, on_delete=models.DO_NOTHING, related_name="checkpoints")
    size = models.BigIntegerField()
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        managed = False
        ordering: ClassVar = ["log_id", "size"]

    def __str__(self) -> str:
        return f"{self.log_id}, {self.size} entries"
