"""How many concerns came and codes were tried this hour, for as long as it lasts."""

from typing import ClassVar

from django.db import models

from integrity.audit.protection import Protection

PASSING = Protection(
    open_because="A visitor is counted before anybody knows of which force they write.",
    unrecorded_because="A count that is forgotten within the hour is nobody's record.",
    deletable=True,
)


class ConcernHour(models.Model):
    """An hour with the random key under which its senders are counted."""

    begins_at = models.DateTimeField(unique=True)
    key = models.CharField(max_length=64)

    protection: ClassVar = PASSING

    def __str__(self) -> str:
        return f"{self.begins_at:%H:%M}"


class ConcernCount(models.Model):
    """How often something was done in an hour, under a hash that nobody can undo once it ends."""

    hour = models.ForeignKey(ConcernHour, on_delete=models.CASCADE, related_name="counts")
    digest = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField(default=0)

    protection: ClassVar = PASSING

    def __str__(self) -> str:
        return str(self.number)
