"""What stands today: what waits, from the facts of open cases, and the rest from its records.

What waits, runs out or was never answered is true of now alone, so it is never summed over a period:
one statement reads all of it as it stood at the last commit.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, Func, Q, QuerySet, Sum, TextField, Value, When
from django.db.models import Case as SqlCase
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone

from integrity.casework.models import Case
from integrity.people.models import User
from integrity.ui.tables import Cell
from registers.investigations.models import Investigation
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.marks import Mark, marked
from registers.oversight.models import Fact
from registers.oversight.permissions import forces_with_investigations, is_psd_of
from registers.oversight.seen import ANY, Audience, Seen

PARTS = ("first_part", "second_part", "third_part")
PILE = "of_pile"
OWNERS = "owners"


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
        return is_psd_of(self.reader, self.asked.force_ids)

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

    def facts(self) -> Q:
        """The facts of what was declared, and of the investigations that this reader may know of."""
        asked = self.asked
        found = Q(confidential=False)
        if self.reader is not None and self.audience == Audience.PSD:
            own = Case.objects.filter(Q(subject=self.reader) | Q(author=self.reader))
            found &= ~Q(case__in=own.values("pk"))
        if self.knows_investigations:
            found |= Q(confidential=True) & ~Q(case__in=list(asked.without))
        found &= Q(force__in=asked.force_ids)
        if asked.unit is not None:
            found &= Q(unit=asked.unit)
        if asked.band is not None:
            found &= Q(band=asked.band)
        return found

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
class Waits:
    """Where facts keep what a pile counts: their measure, and how many ``parts`` their key has.

    Those are the pile's first parts. ``groups`` tell facts apart by their day, which is the pile's next
    part: each name with the days from today before which it ends, the last with none. Those are counted
    whose day is before so many ``days`` from today; any, where it is none. ``unless`` are words in a key
    that this reader is not told.
    """

    measure: str
    parts: int = 1
    days: int | None = None
    groups: Mapping[str, int | None] = field(default_factory=dict)
    unless: Callable[[Here], Collection[str]] = lambda here: ()

    def told_apart(self, here: Here) -> QuerySet[Fact]:
        """The facts, each with its parts."""
        found = Fact.objects.filter(here.facts(), measure=self.measure).order_by()
        if self.days is not None:
            found = found.filter(counted_on__lt=here.today + timedelta(days=self.days))
        told: list[Any] = [_part(at) for at in range(1, self.parts + 1)]
        if self.groups:
            ends = {name: days for name, days in self.groups.items() if days is not None}
            (last,) = self.groups.keys() - ends.keys()
            whens = [
                When(counted_on__lt=here.today + timedelta(days=days), then=Value(name))
                for name, days in ends.items()
            ]
            told.append(SqlCase(*whens, default=Value(last)))
        told += [Value("")] * (len(PARTS) - len(told))
        found = found.annotate(
            **{name: _text(part) for name, part in zip(PARTS, told, strict=True)}
        )
        for name in PARTS if self.unless(here) else ():
            found = found.exclude(**{f"{name}__in": list(self.unless(here))})
        return found


def _part(at: int) -> Func:
    return Func("key", Value("|"), Value(at), function="split_part", output_field=TextField())


@dataclass(frozen=True)
class Pile:
    """Records that stand today, told apart by up to three things, each a text.

    ``case`` leads from a record to its case; where it is empty, ``row`` draws a record by itself.
    ``n`` counts, unless it sums something. Where it ``waits``, its facts are counted, and its records
    open behind the number.
    """

    slug: str
    label: str
    records: Callable[[Here], QuerySet[Any]]
    parts: Callable[[Here], Sequence[Any]] = field(default=lambda here: ())
    case: str = ""
    row: Callable[[Any, User], Sequence[Cell]] | None = None
    n: Aggregate = field(default_factory=lambda: Count("pk"))
    waits: Waits | None = None

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
        """How many there are under each of their parts, by the facts where those keep them."""
        if self.waits is None:
            return self._many(self.told_apart(here), self.n)
        return self._many(self.waits.told_apart(here), Sum("n"))

    def recounted(self, here: Here) -> QuerySet[Any, Any]:
        """The same by the records that open behind the number."""
        return self._many(self.told_apart(here), self.n)

    def _many(self, rows: QuerySet[Any], n: Aggregate) -> QuerySet[Any, Any]:
        rows = rows.annotate(**{PILE: _text(Value(self.slug))})
        return rows.values_list(PILE, *PARTS).annotate(many=n)

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
    """How many of everything stand today, and the names of those who have some of it."""

    here: Here
    counts: Mapping[str, Sequence[tuple[tuple[str, ...], int]]]
    people: Mapping[str, str] = field(default_factory=dict)

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
    """Count them all, in one query; and for PSD one of whose they are."""
    if not here.is_shown:
        return Live(here, {})
    first, *others = [pile.counted(here) for pile in piles]
    found: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for pile, *parts, n in first.union(*others, all=True).order_by():
        found[pile].append((tuple(parts), int(n or 0)))
    if here.audience != Audience.PSD:
        return Live(here, found)
    owners = {int(parts[0]) for parts, _ in found.get(OWNERS, ()) if parts[0]}
    people = User.objects.filter(pk__in=owners).select_related("grade")
    return Live(here, found, {str(each.pk): " ".join(each.display.split()) for each in people})
