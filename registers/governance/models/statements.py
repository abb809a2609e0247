"""What a force states of itself for the inspection return: what no register can count."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.people.models import Force, User


class ForceStatement(models.Model):
    """A force's own figures as of a day. A correction is a new row: the last for a day stands.

    The change in counter-corruption staff, the rank that leads them, a single register or several,
    and whether registers are compared with contractors and suppliers are what HMIC asked every
    force in 2012 (pp. 20, 24 and 25). Staff are full-time equivalents.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="statements")
    as_of = models.DateField()
    counter_corruption_staff = models.DecimalField(max_digits=6, decimal_places=2)
    led_by = models.CharField(max_length=80, help_text="The rank or grade, not the name.")
    headcount = models.PositiveIntegerField(null=True)
    headcount_source = models.CharField(max_length=200, blank=True)
    gift_registers = models.PositiveSmallIntegerField()
    compares_with_contractors = models.BooleanField()
    compares_with_suppliers = models.BooleanField()
    note = models.TextField(blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-as_of", "-stated_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(counter_corruption_staff__gte=0),
                name="counter_corruption_staff_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(headcount__isnull=True, headcount_source="")
                | (Q(headcount__gt=0) & ~Q(headcount_source="")),
                name="headcount_has_a_source",
            ),
            models.CheckConstraint(condition=~Q(led_by=""), name="force_statement_says_who_leads"),
        ]

    def __str__(self) -> str:
        return f"{self.force}, as of {self.as_of:%-d %B %Y}"

    @property
    def single_register(self) -> bool:
        return self.gift_registers == 1
