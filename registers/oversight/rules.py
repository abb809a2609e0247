"""Whether a force's chief officers are named, to its board and in public, from a day on."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar

from django.db import models

from integrity.people.models import Force


class NamingRuleQuerySet(models.QuerySet["NamingRule"]):
    def of_forces(self, forces: Collection[int]) -> "NamingRules":
        """Every row of these forces, in one query."""
        return NamingRules(list(self.filter(force__in=forces).order_by("effective_from", "pk")))


class NamingRule(models.Model):
    """A force's row; where it has none, chief officers are named to both (RULES, Publication)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="naming_rules")
    effective_from = models.DateField(
        help_text="It holds for entries about this day and later ones."
    )
    to_the_board = models.BooleanField("chief officers are named to the board", default=True)
    in_public = models.BooleanField("chief officers are named in public", default=True)

    objects = NamingRuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["force", "-effective_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "effective_from"], name="naming_rule_takes_effect_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(in_public=False) | models.Q(to_the_board=True),
                name="naming_rule_tells_the_board_what_the_public_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"Names of chief officers of {self.force}, from {self.effective_from:%d %B %Y}"


class NamingRules:
    """The rows of some forces, by day."""

    def __init__(self, rows: Collection[NamingRule]) -> None:
        self.rows = rows

    def on(self, force_id: int, day: date) -> NamingRule:
        """The row in force for an entry about a day."""
        found = NamingRule(force_id=force_id, effective_from=day)
        for row in self.rows:
            if row.force_id == force_id and row.effective_from <= day:
                found = row
        return found
