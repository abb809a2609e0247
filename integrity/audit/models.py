"""What happened: one append-only event for each change, refusal and look at another person's entry."""

from typing import ClassVar

import pgtrigger
from django.db import models


class Audience(models.TextChoices):
    """Who may read an event on a case's timeline."""

    CASE = "case", "Everyone who may read the case"
    PSD = "psd", "PSD alone"


class Event(models.Model):
    """One thing that happened, written in the transaction that made it happen.

    It holds ids and words, never foreign keys, so that it outlives what it speaks of.
    """

    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    force_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.CASE)
    request_id = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["about", "about_id"], name="event_about")]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="event_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"
