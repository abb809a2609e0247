"""What is published of figures: pieces of whole quarters that are over, and nothing that was counted truly.

Only these measures are, each cut by these parts of its key and no finer. Of every register there is
one, so that no two of them count the same thing: from two tables with a common total, each with other
numbers withheld, what one withholds could be worked out of the other. Chief officers' entries are
named one by one where the force's rule says so; those are in no number, so that none can be taken away
from it. Nothing here depends on who reads, nor on which quarters of a year were asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from integrity.casework.clocks import add_months
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.naming import named_in_public
from registers.oversight.reading import figures
from registers.oversight.spans import Period, year_of
from registers.oversight.suppression import (
    QUARTERS,
    WITHHELD,
    Piece,
    Published,
    cut_years,
    published,
)

QUARTER = 3  # months
NOT_WHOLE_QUARTERS = "What is published is published by whole quarters of the year."

# Each measure and the parts of its key that are told apart.
PUBLISHED: Mapping[str, Sequence[int]] = {
    Measure.OFFERS: (0, 1),  # kind, accepted or declined
    Measure.APPLICATIONS: (0,),  # outcome
    Measure.REVIEWS: (1,),  # in time or late
    Measure.CHECKS: (0,),  # outcome
    Measure.CONTACTS: (1,),  # whether the press office was told
    Measure.CHALLENGES: (0,),  # register
    Measure.CLOSED: (0,),  # category
}

Parts = Sequence[Collection[str] | None]


class Series(NamedTuple):
    """What is cut into pieces by itself: what one force or body counts under one key."""

    measure: str
    force_id: int | None
    body_id: int | None
    key: tuple[str, ...]


@dataclass(frozen=True)
class Publishable:
    """The pieces of every series over whole years from ``origin``, a first of April."""

    origin: date
    pieces: Mapping[Series, Sequence[Piece]]

    def of(self, measure: Measure, parts: Parts, period: Period) -> Published:
        """What may be published of a figure over whole quarters; nothing of what is cut finer."""
        kept = PUBLISHED.get(measure)
        wanted = list(parts)
        if kept is None or any(p is not None and at not in kept for at, p in enumerate(wanted)):
            return WITHHELD
        asked = [wanted[at] if at < len(wanted) else None for at in kept]
        first, last = self._quarters(period)
        like = [
            piece
            for name, pieces in self.pieces.items()
            if name.measure == measure
            and all(p is None or said in p for p, said in zip(asked, name.key, strict=True))
            for piece in pieces
        ]
        return published(like, first, last)

    def has(self, register: str, period: Period) -> bool:
        """Whether any piece of a register that touches a period holds something.

        A truer answer would tell which quarter of a piece its number lies in.
        """
        first, last = self._quarters(period)
        return any(
            not piece.empty and piece.first <= last and piece.last >= first
            for name, pieces in self.pieces.items()
            if register_of(name.measure) == register
            for piece in pieces
        )

    def of_force(self, force_id: int) -> "Publishable":
        mine = {name: pieces for name, pieces in self.pieces.items() if name.force_id == force_id}
        return replace(self, pieces=mine)

    def _quarters(self, period: Period) -> tuple[int, int]:
        """The first and last quarter of a period, from the origin. Raises ValueError for parts of one."""
        whole = quarters(period)
        return quarter_number(self.origin, whole[0].starts_on), quarter_number(
            self.origin, whole[-1].starts_on
        )


def publishable(asked: Asked, *, today: date) -> Publishable:
    """Read and cut what may be published of the years that a period touches: two queries, or three."""
    quarters(asked.period)
    origin, last = year_of(asked.period.starts_on), year_of(asked.period.ends_on)
    years = asked.over(Period(origin, add_months(last, 12) - date.resolution))
    years = replace(years, without=named_in_public(years, list(PUBLISHED)), unit=None, band=None)
    each = quarters(years.period)
    counted = figures(years, [Measure(name) for name in PUBLISHED], by_force=True, buckets=each)
    sums: dict[Series, list[int]] = defaultdict(lambda: [0] * len(each))
    for row in counted.rows:
        at = quarter_number(origin, row.on)
        if each[at].ends_on < today:
            key = tuple(row.key[part] for part in PUBLISHED[row.measure])
            sums[Series(row.measure, row.force_id, row.body_id, key)][at] += row.sum.n
    return Publishable(origin, {name: cut_years(counts) for name, counts in sums.items()})


def quarters(period: Period) -> list[Period]:
    """A period of whole quarters, quarter by quarter. Raises ValueError where it is not."""
    firsts = [month for month in period.months() if month.month % QUARTER == 1]
    found = [Period(first, add_months(first, QUARTER) - date.resolution) for first in firsts]
    if not found or (found[0].starts_on, found[-1].ends_on) != (period.starts_on, period.ends_on):
        raise ValueError(NOT_WHOLE_QUARTERS)
    return found


def last_quarters(today: date, number: int = QUARTERS) -> Period:
    """The last quarters that are over."""
    this = add_months(today.replace(day=1), -((today.month - 1) % QUARTER))
    return Period(add_months(this, -QUARTER * number), this - date.resolution)


def quarter_number(origin: date, day: date) -> int:
    """How many whole quarters lie between a first of April and a day's own quarter."""
    return ((day.year - origin.year) * 12 + day.month - origin.month) // QUARTER


def register_of(measure: str) -> str:
    """The register on whose entries a measure stands, as the platform names it; none: PSD's own."""
    prefix = str(measure).partition(".")[0]
    return {"gifts": "gifts", "interests": "business_interests", "media": "media_contacts"}.get(
        prefix, ""
    )
