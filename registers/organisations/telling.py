"""What a declarant is told of an organisation when they name it: public facts, and what the policy says.

An organisation that nobody knows and one of which there is nothing to say are answered alike, by
the same queries.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from integrity.people.models import User
from registers.organisations.models import Organisation
from registers.organisations.names import name_key
from registers.organisations.registry import advice, warnings
from registers.organisations.suggestions import sure

LONGEST = 200
NOBODY = 0  # no record has this number, so that a name nobody knows costs what any other does


def told(user: User, name: str, *, register: str, today: date) -> list[str]:
    """The sentences for one name as somebody wrote it, ending with their register's policy."""
    name = " ".join(name.replace("\0", "").split())[:LONGEST]
    ids = _whole(_named(user, name))
    near = _whole(sure(ids))
    said = [f"This organisation {words}." for words in warnings(user, ids, today)]
    said += [
        f"An organisation of nearly this name {words}." for words in warnings(user, near, today)
    ]
    return said + advice(user, register, today) if said else []


def asks_facts(register: str) -> dict[str, Any]:
    """Attributes of a box in which an organisation is named: static/ui/told.js tells what is known."""
    return {
        "data-told-url": format_lazy("{}?for={}", reverse_lazy("organisations:facts"), register)
    }


def _named(user: User, name: str) -> list[int]:
    key = name_key(name)[:LONGEST]
    called = Q(key=key) | Q(names__key=key)
    known = Organisation.objects.shared_with(user).filter(called)
    return [root or pk for pk, root in known.values_list("pk", "merged_into")]


def _whole(roots: Collection[int]) -> list[int]:
    """All records that are one with these; one that is nobody where there are none."""
    asked = list(roots) or [NOBODY]
    found = Organisation.objects.filter(Q(pk__in=asked) | Q(merged_into__in=asked))
    return list(found.order_by("pk").values_list("pk", flat=True)) or [NOBODY]
