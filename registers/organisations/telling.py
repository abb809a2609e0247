"""What a declarant is told of an organisation when they name it: public facts, and what the policy says.

An organisation that nobody knows and one of which there is nothing to say are answered alike, by
the same queries. Whom somebody nearly surely meant is told only of who supplies the force or bids to
it, by what the force publishes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from integrity.people.models import Force, User
from registers.organisations.enums import Standing
from registers.organisations.models import Organisation
from registers.organisations.names import name_key
from registers.organisations.nearly import Near, nearly
from registers.organisations.registry import advice, standings, strongest, warnings
from registers.organisations.suggestions import NOBODY

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a name means: its records, and who has nearly this name where those are nothing to a force.

    ``standing`` is what is published of either.
    """

    ids: Sequence[int]
    near: Near | None = None
    standing: Standing | None = None

    @property
    def because(self) -> str:
        """What the force's records say, as a sentence; empty where they say nothing."""
        if self.standing is None:
            return ""
        whom = f"{self.near.name}, of nearly this name," if self.near else "it"
        return f"The force’s records name {whom} as {self.standing.label}."


def told(user: User, name: str, *, register: str, today: date, advise: bool = True) -> list[str]:
    """The sentences for one name as somebody wrote it, ending with their register's policy.

    Without ``advise`` the facts alone: whoever has declined needs no advice.
    """
    home = user.force or user.oversight_body
    meant = _meant(home.department_id if home else 0, user.force_id, name, days={today})
    said = [f"This organisation {words}." for words in warnings(user, meant.ids, today)]
    if not said and (near := meant.near):
        asked = f"Did you mean {near.name}? That organisation"
        said = [f"{asked} {words}." for words in warnings(user, near.ids, today)]
    return said + advice(user, register, today, meant.standing) if said and advise else said


def publicly_known(force: Force, name: str, *, days: Collection[date]) -> Meant:
    """Whom a name means, and what they were to a force on one of these days, as anybody may know."""
    return _meant(force.department_id, force.pk, name, days=days)


def asks_facts(register: str) -> dict[str, Any]:
    """Attributes of a box in which an organisation is named: static/ui/told.js tells what is known."""
    return {
        "data-told-url": format_lazy("{}?for={}", reverse_lazy("organisations:facts"), register)
    }


def _meant(department_id: int, force_id: int | None, name: str, *, days: Collection[date]) -> Meant:
    name = " ".join(name.replace("\0", "").split())[:LONGEST]
    key = name_key(name)[:LONGEST]
    ids = _whole(department_id, key)
    if known := standings(force_id, ids, days):
        return Meant(ids, standing=strongest(known.values()))
    near = nearly(name, key, department_id, ids, lambda pks: standings(force_id, pks, days))
    return Meant(ids, near, near.standing if near else None)


def _whole(department_id: int, key: str) -> list[int]:
    """All records that are one with who has this name; one that is nobody where there are none."""
    called = Organisation.objects.filter(Q(key=key) | Q(names__key=key), department=department_id)
    roots = [root or pk for pk, root in called.values_list("pk", "merged_into")] or [NOBODY]
    found = Organisation.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots))
    return list(found.order_by("pk").values_list("pk", flat=True)) or [NOBODY]
