"""What oversight counts, kept by the database itself: see sql/facts.sql and sql/keeping.sql.

Nothing here is anybody's record. Each row follows from records that have entries in the ledger, and
``manage.py check_figures`` counts them all anew. The site's own role can only read these tables.
"""

from typing import Any, ClassVar

from django.db import models

from integrity.audit.protection import Protection
from integrity.casework.models import Case
from integrity.people.models import Force, OversightBody, Unit
from registers.oversight.enums import EVERY_BAND, WAITING, Grain, Measure
from registers.oversight.rules import NamingRule

__all__ = ["Change", "Counted", "Fact", "NamingRule", "Tally", "Touched"]

DERIVED = "Counted from records that have entries of their own."


def of(home: type[models.Model], *, db_index: bool = False) -> Any:
    """Whose a row is. No key of its own ties it: the rows that it is counted from are tied."""
    return models.ForeignKey(
        home,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=db_index,
    )


class Counted(models.Model):
    """How often something of a force, or of a body itself, counts under a measure and its key."""

    force = of(Force, db_index=True)
    oversight_body = of(OversightBody, db_index=True)
    band = models.CharField(max_length=16, help_text="The group of ranks; empty: not known.")
    confidential = models.BooleanField()
    counted_on = models.DateField(help_text="The day, in London, on which it counts.")
    measure = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    n = models.BigIntegerField()
    pounds = models.DecimalField(max_digits=16, decimal_places=2)

    protection: ClassVar = Protection(
        unrecorded_because=DERIVED, confidential="confidential", derived=True
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.measure} {self.key}: {self.n}"


class Fact(models.Model):
    """What one case counts as: one row for each measure, key and day."""

    case = models.ForeignKey(
        Case, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    force = of(Force)
    oversight_body = of(OversightBody)
    unit = of(Unit)
    band = models.CharField(max_length=16)
    confidential = models.BooleanField()
    counted_on = models.DateField()
    measure = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    n = models.BigIntegerField()
    pounds = models.DecimalField(max_digits=16, decimal_places=2)

    protection: ClassVar = Counted.protection

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "measure", "key", "counted_on"], name="fact_is_counted_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "measure", "counted_on"], name="fact_behind_a_figure"),
            models.Index(fields=["unit", "measure", "counted_on"], name="fact_of_a_unit"),
            # with all that row-level security and units.sql read of it
            models.Index(
                fields=["force", "counted_on"],
                include=["unit", "key", "band", "n", "confidential", "oversight_body"],
                condition=models.Q(measure="entries"),
                name="fact_of_an_entry",
            ),
            # the same for providers.sql, and for what waits
            models.Index(
                fields=["force", "counted_on"],
                include=["key", "band", "n", "pounds", "confidential", "oversight_body"],
                condition=models.Q(measure=Measure.PROVIDERS),
                name="fact_of_a_provider",
            ),
            models.Index(
                fields=["force", "measure", "counted_on"],
                include=["key", "band", "n", "case", "unit", "confidential", "oversight_body"],
                condition=models.Q(measure__in=WAITING),
                name="fact_that_waits",
            ),
            models.Index(
                fields=["oversight_body", "measure", "counted_on"],
                condition=models.Q(oversight_body__isnull=False),
                name="fact_of_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.measure} {self.key}"


class Change(Counted):
    """What a transaction changed of the figures, until the worker has folded it into the tally."""


class Tally(models.Model):
    """A force's or body's figures of a month, or of a year from April; ``*`` is every group of ranks."""

    force = of(Force)
    oversight_body = of(OversightBody)
    grain = models.CharField(max_length=5, choices=Grain)
    starts_on = models.DateField()
    band = models.CharField(max_length=16, default=EVERY_BAND)
    confidential = models.BooleanField()
    measure = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    n = models.BigIntegerField()
    pounds = models.DecimalField(max_digits=16, decimal_places=2)

    protection: ClassVar = Counted.protection

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                # in the order in which figures are read, and with all that they read
                fields=[
                    "grain", "band", "starts_on", "force", "oversight_body", "confidential",
                    "measure", "key",
                ],
                include=["n", "pounds"],
                nulls_distinct=False,
                name="tally_is_kept_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.measure} {self.key}: {self.n}"


class Touched(models.Model):
    """A case that a transaction changed and has not counted anew yet; empty between transactions."""

    transaction = models.BigIntegerField()
    case_id = models.BigIntegerField()

    protection: ClassVar = Protection(
        open_because="It is empty whenever anybody looks.",
        unrecorded_because=DERIVED,
        derived=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["transaction", "case_id"], name="case_is_touched_once_a_transaction"
            )
        ]

    def __str__(self) -> str:
        return str(self.case_id)
