"""Figures as one reader sees them: each a number or a mark, and each a link to the entries behind it.

The same sections draw PSD's dashboard, a board's, its pack and the public's: what differs is who reads.
What the public and other bodies read is made of published pieces alone (published.py): no true count
is even kept beside them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from integrity.people.models import Force, User
from integrity.ui.tables import Cell
from integrity.ui.templatetags.ui import money
from registers.oversight.asking import Asked
from registers.oversight.enums import CONFIDENTIAL, Measure
from registers.oversight.ground import Grounds, grounds
from registers.oversight.marks import Ground, Mark, mark_of, marked
from registers.oversight.published import Parts, Publishable, publishable, quarters, register_of
from registers.oversight.reading import Figures, Sum, figures, figures_over
from registers.oversight.spans import LONGEST_BY_MONTH, Period

__all__ = ["ANY", "Audience", "Parts", "Seen", "quarters", "register_of", "seen_by"]

ANY = "*"


class Audience(StrEnum):
    """Who reads: PSD with names, a board in private without them, or anybody."""

    PSD = "psd"
    BOARD = "board"
    PUBLIC = "public"


@dataclass(frozen=True)
class Seen:
    """What was asked, what was counted, what it stands on, and who reads it on which day.

    For the public ``figures`` is empty, and ``pieces`` is what may be published.
    """

    asked: Asked
    figures: Figures
    grounds: Grounds
    audience: Audience
    today: date
    reader: User | None = None
    pieces: Publishable | None = None

    @property
    def public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def buckets(self) -> Sequence[Period]:
        return self.figures.buckets

    @cached_property
    def _entries(self) -> Mapping[str, Sequence[Sum]]:
        slugs = {row.key[0] for row in self.figures.of(Measure.ENTRIES)}
        return {slug: self.figures.along(Measure.ENTRIES, {slug}) for slug in slugs}

    def n(self, measure: Measure, *parts: Collection[str] | None) -> int:
        """How many, truly; of the public, how many are published."""
        if self.pieces is not None:
            return self.pieces.of(measure, parts, self.asked.period).n
        return self.figures.total(measure, *parts).n

    def whole(self, measure: Measure, *parts: Collection[str] | None) -> int | None:
        """How many, for a share or a comparison; none where some are withheld."""
        if self.pieces is None:
            return self.figures.total(measure, *parts).n
        found = self.pieces.of(measure, parts, self.asked.period)
        return found.n if found.whole else None

    def count(self, measure: Measure, *parts: Collection[str] | None, of: str = "") -> Cell:
        """How many over the whole period; ``of`` is the register on whose entries it stands."""
        if self.public:
            return self._published(measure, parts, self.asked.period, of)
        path = self.behind(measure, parts, self.asked.period)
        n = self.n(measure, *parts)
        return self.cell(n, of or register_of(measure), self.asked.period, path)

    def along(self, measure: Measure, *parts: Collection[str] | None, of: str = "") -> list[Cell]:
        """The same for each bucket, as a chart and its table go along."""
        if self.public:
            return [self._published(measure, parts, each, of) for each in self.buckets]
        register = of or register_of(measure)
        sums = self.figures.along(measure, *parts)
        return [
            self.cell(found.n, register, bucket, self.behind(measure, parts, bucket))
            for found, bucket in zip(sums, self.buckets, strict=True)
        ]

    def pounds(self, measure: Measure, *parts: Collection[str] | None) -> Cell:
        """How many pounds over the whole period; withheld from the public, whatever they are."""
        if self.public:
            return marked(Mark.FEW)
        found = self.figures.total(measure, *parts)
        if found.pounds:
            path = self.behind(measure, parts, self.asked.period)
            return Cell(money(found.pounds), found.pounds, path)
        return self.cell(0, register_of(measure), self.asked.period, "")

    def cell(self, n: int, register: str, period: Period, path: str = "") -> Cell:
        """What was counted elsewhere, or its mark; withheld from the public, whatever it is.

        What belongs to no register is simply zero.
        """
        return marked(Mark.FEW) if self.public else self._cell(n, register, period, path)

    def _cell(self, n: int, register: str, period: Period, path: str = "") -> Cell:
        mark = mark_of(n, self.ground(register, period))
        return Cell(f"{n:,}", n, path) if mark is None else marked(mark)

    def ground(self, register: str, period: Period) -> Ground:
        if not register:
            return Ground(asked=True, entries=1, nil=False)
        if self.pieces is not None:
            return self.grounds.ground(register, period, int(self.pieces.has(register, period)))
        entries = sum(
            found.n
            for found, bucket in zip(self._entries.get(register, ()), self.buckets, strict=False)
            if period.has(bucket.starts_on)
        )
        return self.grounds.ground(register, period, entries)

    def behind(self, measure: Measure, parts: Parts, period: Period) -> str:
        """The address of the entries behind a figure; none where this reader may open none."""
        hidden = self.audience == Audience.BOARD and measure in (*CONFIDENTIAL, Measure.CLOSED)
        if self.public or hidden:
            return ""
        key = "|".join(ANY if part is None else ",".join(sorted(part)) for part in parts or [None])
        said = {**self.asked.over(period).parameters, "measure": str(measure), "key": key}
        return f"{reverse('oversight:entries')}?{urlencode(said)}"

    def of_force(self, force: Force) -> "Seen":
        """The same of one force alone, marked by its own ground."""
        return replace(
            self,
            asked=self.asked.of(force),
            figures=self.figures.of_force(force.pk),
            grounds=replace(self.grounds, forces=[force.pk]),
            pieces=self.pieces and self.pieces.of_force(force.pk),
        )

    def over(self, *parts: tuple[Period, Collection[Measure]]) -> "list[Seen]":
        """The same over other periods: one query for all of them, and none for the public."""
        if self.public:
            found = [Figures(self.asked.over(period), (), [period]) for period, _ in parts]
        else:
            wanted = [
                (period, list(dict.fromkeys((Measure.ENTRIES, *measures))))
                for period, measures in parts
            ]
            found = figures_over(self.asked, wanted, by_force=len(self.asked.forces) > 1)
        return [replace(self, asked=each.asked, figures=each) for each in found]

    def _published(self, measure: Measure, parts: Parts, period: Period, of: str) -> Cell:
        if self.pieces is None:
            return marked(Mark.FEW)
        found = self.pieces.of(measure, parts, period)
        if found.whole:
            return self._cell(found.n, of or register_of(measure), period)
        if found.n:
            words = f"at least {found.n:,}"
            return Cell(f"{found.n:,}+", words, "", str(Mark.AT_LEAST), words)
        return marked(Mark.FEW)


def seen_by(
    audience: Audience,
    asked: Asked,
    measures: Collection[Measure],
    *,
    today: date,
    reader: User | None = None,
    by_force: bool = False,
    since: date | None = None,
) -> Seen:
    """Read what was asked, as this audience sees it: four queries, or up to six for the public.

    ``by_force`` tells the forces apart. ``since`` is the first day of the periods that it will be set
    beside. Raises ValueError where the public asks for parts of quarters.
    """
    span = Period(
        min(since or asked.period.starts_on, asked.period.starts_on), asked.period.ends_on
    )
    stands_on = grounds(asked.over(span))
    if audience != Audience.PUBLIC:
        counted = figures(
            asked, list(dict.fromkeys((Measure.ENTRIES, *measures))), by_force=by_force
        )
        return Seen(asked, counted, stands_on, audience, today, reader)
    asked = replace(asked, unit=None, band=None)
    pieces = publishable(asked.over(span), today=today)
    counted = Figures(asked, (), _buckets(asked.period))
    return Seen(asked, counted, stands_on, audience, today, None, pieces)


def _buckets(period: Period) -> Sequence[Period]:
    """Quarters, or years from April where there are too many months."""
    if len(list(period.months())) > LONGEST_BY_MONTH:
        return period.buckets()
    return quarters(period)
