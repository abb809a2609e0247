"""Reads what is counted: the tally and the changes not folded yet, in one statement, never a cache.

Row-level security binds what is read here as it does every other table.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from registers.oversight.asking import Asked
from registers.oversight.enums import EVERY_BAND, Grain, Measure
from registers.oversight.spans import Period, Pieces, pieces, years_and_days

# kept by the year alone: there are as many keys as providers
BY_YEAR = frozenset({Measure.PROVIDERS})


class Sum(NamedTuple):
    """How many, and how many pounds."""

    n: int = 0
    pounds: Decimal = Decimal(0)

    def __add__(self, other: object) -> "Sum":
        if not isinstance(other, Sum):
            return NotImplemented
        return Sum(self.n + other.n, self.pounds + other.pounds)


class Counted(NamedTuple):
    """One row that was read. ``on`` is the first day of the bucket it is in.

    Where forces are not told apart, ``force_id`` is none, and ``body_id`` 0 for entries of bodies.
    """

    force_id: int | None
    body_id: int | None
    on: date
    measure: str
    key: tuple[str, ...]
    sum: Sum


MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Figures:
    """Everything that was counted of what was asked, to be summed in any way."""

    asked: Asked
    rows: Sequence[Counted]
    buckets: Sequence[Period]
    by_measure: dict[str, list[Counted]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        kept = defaultdict(list)
        for row in self.rows:
            kept[row.measure].append(row)
        object.__setattr__(self, "by_measure", dict(kept))

    def of(self, measure: str) -> Sequence[Counted]:
        return self.by_measure.get(measure, ())

    def total(self, measure: str, *parts: Collection[str] | None) -> Sum:
        """The sum of a measure whose key's parts are each among those named; None takes any."""
        return _added(self._like(measure, parts))

    def along(self, measure: str, *parts: Collection[str] | None) -> list[Sum]:
        """The same, for each of the buckets."""
        place = {bucket.starts_on: at for at, bucket in enumerate(self.buckets)}
        found = [Sum() for _ in self.buckets]
        for row in self._like(measure, parts):
            found[place[row.on]] += row.sum
        return found

    def by_part(self, measure: str, at: int, *parts: Collection[str] | None) -> dict[str, Sum]:
        """The sums of a measure by one part of its key."""
        found: dict[str, Sum] = defaultdict(Sum)
        for row in self._like(measure, parts):
            found[row.key[at]] += row.sum
        return dict(found)

    def of_force(self, force_id: int) -> "Figures":
        return self._only([row for row in self.rows if row.force_id == force_id])

    def of_bodies(self) -> "Figures":
        """What the oversight bodies' own people entered."""
        return self._only([row for row in self.rows if row.body_id is not None])

    def of_forces(self) -> "Figures":
        return self._only([row for row in self.rows if row.body_id is None])

    def _only(self, rows: Sequence[Counted]) -> "Figures":
        return Figures(self.asked, rows, self.buckets)

    def _like(self, measure: str, parts: Sequence[Collection[str] | None]) -> Iterator[Counted]:
        for row in self.of(measure):
            if all(
                wanted is None or said in wanted
                for wanted, said in zip(parts, row.key, strict=False)
            ):
                yield row


def _added(rows: Iterator[Counted]) -> Sum:
    n, pounds = 0, Decimal(0)
    for row in rows:
        n += row.sum.n
        pounds += row.sum.pounds
    return Sum(n, pounds)


def figures(
    asked: Asked,
    measures: Collection[Measure],
    *,
    by_force: bool = False,
    buckets: Sequence[Period] | None = None,
) -> Figures:
    """What is counted under these measures, in one query.

    ``buckets`` are the parts of the period that are told apart (as a chart goes along, unless told;
    none: the whole); ``by_force`` tells the forces apart, for tables that set them side by side. Counts
    of a unit come from its facts, all others from the tally.
    """
    parts = list(asked.period.buckets() if buckets is None else buckets) or [asked.period]
    months = all(len(list(part.months())) < MONTHS_OF_A_YEAR for part in parts)
    source = counted(asked, measures, by_month=months)
    source.given["edges"] = [part.starts_on for part in parts]
    whose = "force_id, oversight_body_id" if by_force else APART
    statement = f"""
        SELECT {whose}, (%(edges)s::date[])[width_bucket(counted_on, %(edges)s::date[])],
               measure, key, sum(n), sum(pounds)
        FROM ({source.sql}) counted GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0 OR sum(pounds) <> 0
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, source.given)
        rows = [
            Counted(force, body, on, measure, tuple(key.split("|")), Sum(int(n), pounds))
            for force, body, on, measure, key, n, pounds in cursor.fetchall()
        ]
    return Figures(asked, rows, parts)


def figures_over(
    asked: Asked, parts: Sequence[tuple[Period, Collection[Measure]]], *, by_force: bool = False
) -> list[Figures]:
    """What is counted over each of several periods, which may overlap, under measures of its own.

    In one query, and each period as a whole.
    """
    whose = "force_id, oversight_body_id" if by_force else APART
    statements: list[str] = []
    given: dict[str, Any] = {}
    for at, (period, measures) in enumerate(parts):
        source = counted(asked.over(period), measures).renamed(f"over_{at}_")
        given |= source.given
        statements.append(f"""
            SELECT {at}, {whose}, measure, key, sum(n), sum(pounds)
            FROM ({source.sql}) counted GROUP BY 2, 3, 4, 5 HAVING sum(n) <> 0 OR sum(pounds) <> 0
        """)  # noqa: S608
    found: list[list[Counted]] = [[] for _ in parts]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), given)
        for at, force, body, measure, key, n, pounds in cursor.fetchall():
            on, split = parts[at][0].starts_on, tuple(key.split("|"))
            found[at].append(Counted(force, body, on, measure, split, Sum(int(n), pounds)))
    return [
        Figures(asked.over(period), rows, [period])
        for (period, _), rows in zip(parts, found, strict=True)
    ]


APART = "NULL::bigint, CASE WHEN oversight_body_id IS NOT NULL THEN 0 END"
_OF = "(force_id = ANY (%(forces)s) OR oversight_body_id = ANY (%(bodies)s))"

TALLY = """
SELECT force_id, oversight_body_id, starts_on AS counted_on, measure, key, n, pounds FROM oversight_tally
WHERE {of} AND grain = '{grain}' AND band = %(tally_band)s AND measure = ANY (%({kept}_measures)s)
  AND starts_on = ANY (%({kept}_{grain}s)s)
"""
CHANGES = """
SELECT force_id, oversight_body_id, counted_on, measure, key, n, pounds FROM oversight_change
WHERE {of} AND measure = ANY (%({kept}_measures)s) AND (%(band)s IS NULL OR band = %(band)s)
  AND counted_on BETWEEN %({kept}_first)s AND %({kept}_last)s
"""
FACTS = """
SELECT force_id, oversight_body_id, counted_on, measure, key, n, pounds FROM oversight_fact
WHERE {of} AND measure = ANY (%({kept}_measures)s) AND (%(band)s IS NULL OR band = %(band)s)
  AND (%(unit)s IS NULL OR unit_id = %(unit)s)
  AND counted_on BETWEEN %({kept}_from_{n})s AND %({kept}_to_{n})s
"""
UNKNOWN_TO_THEM = """
SELECT force_id, oversight_body_id, counted_on, measure, key, -n, -pounds FROM oversight_fact
WHERE {of} AND measure = ANY (%(measures)s) AND (%(band)s IS NULL OR band = %(band)s)
  AND (%(unit)s IS NULL OR unit_id = %(unit)s)
  AND counted_on BETWEEN %(starts_on)s AND %(ends_on)s AND case_id = ANY (%(without)s)
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A statement that yields what is counted, row by row, and what it is given."""

    sql: str
    given: dict[str, Any]

    def renamed(self, prefix: str) -> "Source":
        """The same with parameters of its own names, to stand beside another."""
        given = {f"{prefix}{name}": value for name, value in self.given.items()}
        return Source(self.sql.replace("%(", f"%({prefix}"), given)


def counted(asked: Asked, measures: Collection[Measure], *, by_month: bool = False) -> Source:
    """Where what is asked is counted, for a statement of one's own: counted_on, measure, key, n, pounds."""
    kept = {
        "yearly": (BY_YEAR.intersection(measures), years_and_days(asked.period)),
        "monthly": (set(measures) - BY_YEAR, pieces(asked.period, by_month=by_month)),
    }
    given, parts = _given(asked, measures), []
    for name, (these, whole) in kept.items():
        if these:
            given[f"{name}_measures"] = sorted(map(str, these))
            parts += _parts(name, Pieces((), (), (asked.period,)) if asked.unit else whole, given)
    if asked.without:
        given |= {"starts_on": asked.period.starts_on, "ends_on": asked.period.ends_on}
        given |= {"without": list(asked.without)}
        parts.append(UNKNOWN_TO_THEM)
    of = _OF if asked.bodies else "force_id = ANY (%(forces)s)"
    return Source(" UNION ALL ".join(part.replace("{of}", of) for part in parts), given)


def _parts(name: str, kept: Pieces, given: dict[str, Any]) -> list[str]:
    """The statements that read what is kept in one way, with what they are given under its name."""
    parts = []
    for grain, begins in ((Grain.MONTH, kept.months), (Grain.YEAR, kept.years)):
        if begins:
            given[f"{name}_{grain}s"] = list(begins)
            parts.append(TALLY.replace("{grain}", grain))
    if parts:
        given |= dict(zip((f"{name}_first", f"{name}_last"), kept.whole, strict=True))
        parts.append(CHANGES)
    for n, days in enumerate(kept.days):
        given |= {f"{name}_from_{n}": days.starts_on, f"{name}_to_{n}": days.ends_on}
        parts.append(FACTS.replace("{n}", str(n)))
    return [part.replace("{kept}", name) for part in parts]


def _given(asked: Asked, measures: Collection[str]) -> dict[str, Any]:
    band = str(asked.band) if asked.band else None
    return {
        "forces": asked.force_ids,
        "bodies": asked.body_ids,
        "measures": [str(measure) for measure in measures],
        "band": band,
        "tally_band": band or EVERY_BAND,
        "unit": asked.unit.pk if asked.unit else None,
    }
