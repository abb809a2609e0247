"""What stands today, counted from the records as they are, all of it in one statement.

Facts say what happened over a period. What waits, runs out or was never answered is true of now alone,
and is read here from open records only.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone

from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.ui.tables import Cell
from registers.investigations.models import Investigation
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.marks import Mark, marked
from registers.oversight.permissions import forces_with_investigations
from registers.oversight.seen import ANY, Audience, Seen

PARTS = ("first_part", "second_part", "third_part")
PILE = "of_pile"


def begins(day: date) -> datetime:
    """A day's first instant in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Here:
    """Of what is asked, by whom, on which day. ``occupations`` are those whose names are wanted."""

    asked: Asked
    audience: Audience
    today: date
    reader: User | None = None
    occupations: Collection[int] = ()

    @property
    def is_shown(self) -> bool:
        """Small numbers are not withheld here, so the public is shown none."""
        return self.audience != Audience.PUBLIC

    @property
    def is_psd(self) -> bool:
        """Whether the reader is of the PSD of every force that is asked about."""
        if self.audience != Audience.PSD or self.reader is None:
            return False
        return set(self.asked.force_ids) <= self.reader.scope(*PSD_ROLES).forces

    @property
    def knows_investigations(self) -> bool:
        if self.audience != Audience.PSD or self.reader is None:
            return False
        return bool(forces_with_investigations(self.reader) & set(self.asked.force_ids))

    def midnight(self, days_ago: int = 0) -> datetime:
        """When a day began in London, so many days ago."""
        return begins(self.today - timedelta(days=days_ago))

    def asked_of(self, way: str) -> Q:
        """Cases of the forces, unit and group of ranks; ``way`` leads to the case from a record."""
        found = Q(**{f"{way}force__in": self.asked.force_ids})
        if self.asked.unit is not None:
            found &= Q(**{f"{way}subject_unit": self.asked.unit})
        if self.asked.band is not None:
            found &= Q(**{f"{way}subject_band": self.asked.band})
        return found

    def entries(self, way: str = "case__") -> Q:
        """What was declared; somebody's own they see on the site and not here, as on the desk."""
        return self.asked_of(way) & self._declared(way)

    def everything(self, way: str = "case__") -> Q:
        """What was declared, and the investigations that this reader may know of."""
        found = self._declared(way)
        if self.knows_investigations:
            found |= Q(**{f"{way}investigation__in": self.investigations().values("pk")})
        return self.asked_of(way) & found

    def investigations(self) -> QuerySet[Investigation]:
        if not self.knows_investigations or self.reader is None:
            return Investigation.objects.none()
        return Investigation.objects.visible_to(self.reader).filter(self.asked_of("case__"))

    def _declared(self, way: str) -> Q:
        found = Q(**{f"{way}confidential": False})
        if self.reader is not None and self.audience == Audience.PSD:
            for part in ("subject", "author"):
                found &= ~Q(**{f"{way}{part}": self.reader})
        return found


@dataclass(frozen=True)
class Pile:
    """Records that stand today, told apart by up to three things, each a text.

    ``case`` leads from a record to its case; where it is empty, ``row`` draws a record by itself.
    ``n`` counts, unless it sums something.
    """

    slug: str
    label: str
    records: Callable[[Here], QuerySet[Any]]
    parts: Callable[[Here], Sequence[Any]] = field(default=lambda here: ())
    case: str = ""
    row: Callable[[Any, User], Sequence[Cell]] | None = None
    n: Aggregate = field(default_factory=lambda: Count("pk"))

    def told_apart(self, here: Here) -> QuerySet[Any]:
        """The records, each with its parts."""
        given = [*self.parts(here), "", "", ""][: len(PARTS)]
        texts: dict[str, Any] = {
            name: Value(part) if isinstance(part, str) else Coalesce(_text(part), Value(""))
            for name, part in zip(PARTS, given, strict=True)
        }
        texts = {name: _text(part) for name, part in texts.items()}
        return self.records(here).order_by().annotate(**texts)

    def counted(self, here: Here) -> QuerySet[Any, Any]:
        """How many there are under each of their parts."""
        rows = self.told_apart(here).annotate(**{PILE: _text(Value(self.slug))})
        return rows.values_list(PILE, *PARTS).annotate(many=self.n)

    def like(self, here: Here, key: str) -> QuerySet[Any]:
        """The records whose parts are among those that a key names."""
        found = self.told_apart(here)
        for name, part in zip(PARTS, key.split("|"), strict=False):
            if part != ANY:
                found = found.filter(**{f"{name}__in": part.split(",")})
        return found


def _text(expression: Any) -> Cast:
    return Cast(expression, TextField())


@dataclass(frozen=True)
class Live:
    """How many of everything stand today."""

    here: Here
    counts: Mapping[str, Sequence[tuple[tuple[str, ...], int]]]

    def n(self, pile: str, *parts: Collection[str] | None) -> int:
        return sum(n for _, n in self._like(pile, parts))

    def by_part(self, pile: str, at: int, *parts: Collection[str] | None) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for key, n in self._like(pile, parts):
            found[key[at]] += n
        return dict(found)

    def keys(self, pile: str) -> list[tuple[str, ...]]:
        return [key for key, _ in self.counts.get(pile, ())]

    def cell(self, pile: str, *parts: Collection[str] | None) -> Cell:
        """A number that opens into its records; a zero is one, since every record is looked at."""
        n = self.n(pile, *parts)
        return Cell(f"{n:,}", n, self.behind(pile, parts)) if n else marked(Mark.ZERO)

    def behind(self, pile: str, parts: Sequence[Collection[str] | None]) -> str:
        """The address of the records behind a number; only PSD and inspectors may open them."""
        if self.here.audience != Audience.PSD:
            return ""
        key = "|".join(ANY if part is None else ",".join(sorted(part)) for part in parts or [None])
        said = {**self.here.asked.parameters, "pile": pile, "key": key}
        return f"{reverse('oversight:now')}?{urlencode(said)}"

    def _like(
        self, pile: str, parts: Sequence[Collection[str] | None]
    ) -> list[tuple[tuple[str, ...], int]]:
        return [
            (key, n)
            for key, n in self.counts.get(pile, ())
            if all(p is None or said in p for p, said in zip(parts, key, strict=False))
        ]


def here_of(seen: Seen) -> Here:
    """The same reader and question, of today."""
    listed = seen.figures.by_part(Measure.AGAINST_GUIDANCE, 0)
    ids = {int(pk) for pk in listed if pk}
    return Here(seen.asked, seen.audience, seen.today, seen.reader, ids)


def live(here: Here, piles: Collection[Pile]) -> Live:
    """Count them all, in one query."""
    if not here.is_shown:
        return Live(here, {})
    first, *others = [pile.counted(here) for pile in piles]
    found: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for pile, *parts, n in first.union(*others, all=True).order_by():
        found[pile].append((tuple(parts), int(n or 0)))
    return Live(here, found)
