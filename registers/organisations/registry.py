"""Where registers tell of an organisation (DESIGN §4): what they hold of it, and what to warn of.

Each gives functions, from AppConfig.ready(), that take the reader and return only what that reader
may see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from integrity.people.models import User


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on an organisation's timeline: an offer, a contract, a payment, a match."""

    on: date
    what: str
    title: str
    detail: str = ""
    amount: Decimal | None = None
    path: str = ""


# The reader, and the records that are the organisation (its merged ones with it).
Appears = Callable[[User, Sequence[int]], Iterable[Item]]
# The reader, the records, and today: sentences that are public or already theirs to know.
Warns = Callable[[User, Sequence[int], date], Iterable[str]]

_appears: dict[str, Appears] = {}
_warns: dict[str, Warns] = {}


def appears(label: str, by: Appears) -> None:
    """Say what a register holds of an organisation; ``label`` heads it on the page ('Offers')."""
    _appears[label] = by


def warns(slug: str, by: Warns) -> None:
    """Say what a declarant should know of an organisation at the moment of choosing it."""
    _warns[slug] = by


def appearances(user: User, ids: Sequence[int]) -> dict[str, list[Item]]:
    """Everything of these records that this person may see, by what it is, the latest first."""
    found = {
        label: sorted(by(user, ids), key=lambda item: item.on, reverse=True)
        for label, by in _appears.items()
    }
    return {label: items for label, items in found.items() if items}


def warnings(user: User, ids: Sequence[int], today: date) -> list[str]:
    return [sentence for by in _warns.values() for sentence in by(user, ids, today)]
