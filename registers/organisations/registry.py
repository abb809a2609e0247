"""Where registers tell of an organisation (DESIGN §4): what they hold of it, and what to warn of.

Each gives functions, from AppConfig.ready(), that take the reader and return only what that reader
may see.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from integrity.people.models import User
from registers.organisations.enums import Standing
from registers.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on an organisation's timeline: an offer, a contract, a payment, a match.

    ``day`` is what happens on it, where the day may lie ahead: it begins, or closes.
    """

    on: date
    what: str
    title: str
    detail: str = ""
    amount: Decimal | None = None
    path: str = ""
    day: str = ""


# The reader, and the records that are the organisation (its merged ones with it).
Appears = Callable[[User, Sequence[int]], Iterable[Item]]
# The reader, the records, and today: what is public or already theirs to know, as the words that
# follow the organisation's name: 'has 2 contracts with the force'.
Warns = Callable[[User, Sequence[int], date], Iterable[str]]
# The reader, today, and what the organisation is to their force by what it publishes: what a
# register's policy says of who supplies the force or bids to it.
Advises = Callable[[User, date, Standing | None], Iterable[str]]
# The reader, people, and records: what each of the people declared of them.
Holds = Callable[[User, Collection[int], Sequence[int]], Mapping[int, Iterable[Item]]]
# A force, records, and days: what each of them was to the force on one of the days, by what it
# publishes; nothing of who was nothing to it.
Publishes = Callable[[int, Collection[int], Collection[date]], Mapping[int, Standing]]
# A force, and records: those that it ever published, so that their names are no secret.
Public = Callable[[int, QuerySet[Organisation]], Iterable[int]]
# Records: of each entry that names one of them, which it names, whom it is about and who wrote it.
Declared = Callable[[QuerySet[Organisation]], Iterable[tuple[int, int | None, int | None]]]

_holds: dict[str, Holds] = {}
_appears: dict[str, Appears] = {}
_warns: dict[str, Warns] = {}
_advises: dict[str, Advises] = {}
_publishes: dict[str, tuple[Publishes, Public]] = {}
_declared: dict[str, Declared] = {}


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


def advice(user: User, register: str, today: date, standing: Standing | None) -> list[str]:
    return list(_advises[register](user, today, standing)) if register in _advises else []


def publishes(slug: str, by: Publishes, ever: Public) -> None:
    """Say what a force publishes of organisations: what they are to it, and which it ever named."""
    _publishes[slug] = by, ever


def standings(
    force_id: int | None, ids: Collection[int], days: Collection[date]
) -> dict[int, Standing]:
    """What these records were to a force on one of these days; an oversight body publishes nothing."""
    found: dict[int, Standing] = {}
    if force_id is None:
        return found
    for by, _ in _publishes.values():
        for pk, standing in by(force_id, ids, days).items():
            found[pk] = strongest([standing, *([found[pk]] if pk in found else [])])
    return found


def strongest(standings: Iterable[Standing]) -> Standing:
    return min(standings, key=list(Standing).index)


def published(force_id: int | None, records: QuerySet[Organisation]) -> set[int]:
    """Which of these records a force ever named in what it publishes."""
    if force_id is None:
        return set()
    return {pk for _, ever in _publishes.values() for pk in ever(force_id, records)}


def declares(slug: str, by: Declared) -> None:
    """Say which organisations a register's entries name."""
    _declared[slug] = by


def entries(records: QuerySet[Organisation]) -> Iterator[tuple[int, int | None, int | None]]:
    """Every entry that names one of these records: which, whom it is about, and who wrote it."""
    for by in _declared.values():
        yield from by(records)


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
