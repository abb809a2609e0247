"""Where registers tell of an organisation (DESIGN §4): what they hold of it, and what to warn of.

Each gives functions, from AppConfig.ready(), that take the reader and return only what that reader
may see.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
# The reader, the records, and today: what is public or already theirs to know, as the words that
# follow the organisation's name: 'has 2 contracts with the force'.
Warns = Callable[[User, Sequence[int], date], Iterable[str]]
# The reader, and today: what a register's policy says of who supplies the force or bids to.
Advises = Callable[[User, date], Iterable[str]]
# The reader, people, and records: what each of the people declared of them.
Holds = Callable[[User, Collection[int], Sequence[int]], Mapping[int, Iterable[Item]]]

_holds: dict[str, Holds] = {}
_appears: dict[str, Appears] = {}
_warns: dict[str, Warns] = {}
_advises: dict[str, Advises] = {}


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


def advises(register: str, by: Advises) -> None:
    """Say what a register's policy says once its declarant has been warned."""
    _advises[register] = by


def warnings(user: User, ids: Sequence[int], today: date) -> list[str]:
    return [words for by in _warns.values() for words in by(user, ids, today)]


def advice(user: User, register: str, today: date) -> list[str]:
    return list(_advises[register](user, today)) if register in _advises else []


def holds(slug: str, by: Holds) -> None:
    """Say what people have in an organisation, by person: an interest in a bidder, say."""
    _holds[slug] = by


def held(user: User, people: Collection[int], ids: Sequence[int]) -> dict[int, list[Item]]:
    """What each of these people declared of these records, as far as this reader may see it."""
    found: dict[int, list[Item]] = {}
    for by in _holds.values():
        for person, items in by(user, people, ids).items():
            found.setdefault(person, []).extend(items)
    return found
