"""Makes worlds: a small one into the rows it returns, a nation by COPY into a database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import psycopg

from integrity.casework.models import Case, Challenge, Decision
from registers.business_interests.models import Appeal, Interest, WrittenNotice
from tests.oversight_world.cases import Shape, Writer
from tests.oversight_world.gifts import add_offer
from tests.oversight_world.interests import add_interest
from tests.oversight_world.moments import Moments
from tests.oversight_world.others import (
    add_contact,
    add_investigation,
    add_match,
    add_nil_returns,
)
from tests.oversight_world.places import Country, Place, Size, country
from tests.oversight_world.rows import Rows, copy_in, move_on

UNTIL = date(2026, 6, 14)
IN_SMALL = 10**9  # numbers that no test's own rows have
SMALL_DAYS = 3 * 365
OPEN_FOR = timedelta(days=60)  # what a nation's cases wait at most
AT_ONCE = 20_000
A_WHILE = 500
TAIL_OF_MATCHES = 50  # a nation has one match to so many declarations
type Add = Callable[[Writer, Place], None]
SMALL: tuple[tuple[Add, int], ...] = (
    (add_offer, 40), (add_interest, 30), (add_contact, 15), (add_investigation, 15),
)  # fmt: skip
NATIONAL: tuple[tuple[Add, int], ...] = (
    (add_offer, 620), (add_interest, 190), (add_contact, 170), (add_investigation, 20),
)  # fmt: skip


@dataclass
class Made:
    """A world: its places, the days it is of, and its rows where they are not written yet."""

    country: Country
    first: date
    last: date
    rows: Rows
    writer: Writer

    def add_cases(self, many: int) -> None:
        """So many more of a small world, among its rows to be written."""
        for _ in range(many):
            _add(self.writer, SMALL, self.writer.random.choice(self.country.places))


def small(seed: int, *, at: int = IN_SMALL, mark: str = "Q", until: date = UNTIL) -> Made:
    """Two or three forces, a body and 20 to 60 cases, of every status and with every odd corner."""
    random = Random(seed)  # noqa: S311 - the same again, not a secret
    first = until - timedelta(days=SMALL_DAYS)
    rows = Rows(at)
    size = Size(random.choice((2, 3)), 2, units=2, people=8, organisations=4)
    where = country(rows, random, size, start=first, mark=mark)
    _order(rows)
    moments = Moments(random, first, until, at_edges=0.5)
    writer = Writer(rows, random, moments, Shape(odd=0.4, undecided_since=date.min))
    made = Made(where, first, until, rows, writer)
    made.add_cases(random.randint(20, 60))
    for place in where.places:
        add_nil_returns(writer, place, until - timedelta(days=200), until)
    return made


def national(
    superuser: psycopg.Connection,
    *,
    forces: int = 44,
    years: int = 10,
    declarations: int = 1_000_000,
    seed: int = 1,
    until: date = UNTIL,
) -> Made:
    """A nation's cases into an empty database, counted; in one transaction, then its statistics.

    As the superuser, with triggers off while it loads; every named constraint holds.
    """
    random = Random(seed)  # noqa: S311
    first = until.replace(year=until.year - years)
    rows = Rows()
    people = max(40, min(3000, declarations // forces // 8))
    size = Size(
        forces, min(3, forces), units=max(4, people // 50), people=people, organisations=200
    )
    where = country(rows, random, size, start=first, mark="F")
    _order(rows)
    moments = Moments(random, first, until, at_edges=0.05)
    shape = Shape(odd=0.05, undecided_since=until - OPEN_FOR, busy=0.01, chiefs=0.02)
    writer = Writer(rows, random, moments, shape)
    # a body's own people declare little
    weights = [2 + random.random() * 8 for _ in where.places[:-1]] + [0.3]
    with superuser.transaction():
        superuser.execute("SET LOCAL session_replication_role = replica")
        for number in range(declarations):
            if number % A_WHILE == 0:  # cases come in the order of time
                moments.narrow(*_while(first, until, number, declarations))
            _add(writer, NATIONAL, random.choices(where.places, weights)[0])
            if number % TAIL_OF_MATCHES == 0:
                add_match(writer, random.choice(where.places), number)
            if number % AT_ONCE == 0:
                copy_in(superuser, rows)
        for place in where.places:
            add_nil_returns(writer, place, first, until)
        copy_in(superuser, rows)
        move_on(superuser, rows)
    return Made(where, first, until, rows, writer)


def count_all(superuser: psycopg.Connection) -> None:
    """What the site does once after a load, and autovacuum within a minute."""
    superuser.execute("ANALYZE")
    superuser.execute("SELECT oversight_rebuild()")
    superuser.execute("VACUUM ANALYZE")


def _while(first: date, until: date, number: int, of: int) -> tuple[date, date]:
    """The days in which so many of a nation's declarations fall, from one of them on."""
    days = (until - first).days
    begins = first + timedelta(days=days * number // of)
    return begins, min(until, first + timedelta(days=days * (number + A_WHILE) // of + 1))


def _add(writer: Writer, kinds: tuple[tuple[Add, int], ...], place: Place) -> None:
    writer.pick(*kinds)(writer, place)


def _order(rows: Rows) -> None:
    """What is pointed at is written first, whichever came first."""
    for model in (Case, Decision, Challenge, Interest, WrittenNotice, Appeal):
        rows.models.setdefault(model)
