"""Figures of investigations: by category and kind, by month, by standing and outcome (HMIC 2012)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from integrity.people.models import Force, User
from registers.investigations.enums import (
    KIND_NOT_KNOWN,
    NOT_CATEGORISED,
    SUBCATEGORIES,
    Category,
    Outcome,
    Standing,
    SubCategory,
)
from registers.investigations.models import Investigation, InvestigationQuerySet, standing_of

MEDIA = (SubCategory.LOCAL_MEDIA, SubCategory.NATIONAL_MEDIA)


@dataclass(frozen=True, slots=True)
class Row:
    """How many investigations of one sort stand where, in the five published groups."""

    label: str
    key: str = ""
    by_standing: Mapping[Standing, int] = field(default_factory=dict)

    def __getitem__(self, standing: Standing) -> int:
        return self.by_standing.get(standing, 0)

    @property
    def figures(self) -> list[int]:
        """In the order of the groups."""
        return [self[standing] for standing in Standing]

    @property
    def total(self) -> int:
        return sum(self.by_standing.values())


@dataclass(frozen=True, slots=True)
class CategoryRow(Row):
    """A category, with its kinds where it has any."""

    kinds: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class MonthRow(Row):
    """The investigations opened in a month."""

    month: date = date.min


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of some investigations. What is not categorised has a row of its own."""

    everything: Row
    categories: Sequence[CategoryRow]
    media_disclosure: Row
    months: Sequence[MonthRow]
    outcomes: Sequence[tuple[Outcome, int]]


Cell = tuple[date, str, str, Standing, str]


def opened_between(reader: User, starts_on: date, ends_on: date) -> InvestigationQuerySet:
    """What the reader may know of that was opened in these days, the last included."""
    visible = Investigation.objects.visible_to(reader)
    return visible.filter(opened_at__date__range=(starts_on, ends_on))


def counts(investigations: InvestigationQuerySet) -> Counts:
    """All figures of some investigations, in one query."""
    cells = _cells(investigations)
    ended: Counter[str] = Counter()
    for (_, _, _, _, outcome), count in cells.items():
        ended[outcome] += count
    return Counts(
        everything=Row("All investigations", "", _standings(cells.items())),
        categories=[_category(cells, *each) for each in _CATEGORIES],
        media_disclosure=Row("To or with the media", "", _standings(_to_media(cells))),
        months=[_month(cells, month) for month in sorted({cell[0] for cell in cells})],
        outcomes=[(outcome, ended[outcome]) for outcome in Outcome],
    )


def closed_totals(force: Force, starts_on: date, ends_on: date) -> list[tuple[str, int]]:
    """A force’s totals by category of what was closed in these days: no person, no unit, no case."""
    closed = Investigation.objects.filter(case__force=force, outcome_on__range=(starts_on, ends_on))
    found = dict(
        closed.order_by().values("category").annotate(n=Count("pk")).values_list("category", "n")
    )
    return [(label, found.get(key, 0)) for key, label in _CATEGORIES]


_CATEGORIES = [*((str(key), str(label)) for key, label in Category.choices), ("", NOT_CATEGORISED)]


def _cells(investigations: InvestigationQuerySet) -> Counter[Cell]:
    """How many there are of each month, category, kind, standing and outcome."""
    grouped = (
        investigations.order_by()
        .annotate(month=TruncMonth("opened_at"))
        .values_list("month", "category", "sub_category", "status", "outcome")
        .annotate(n=Count("pk"))
    )
    cells: Counter[Cell] = Counter()
    for month, category, kind, status, outcome, n in grouped:
        cells[_day(month), category, kind, standing_of(status, outcome), outcome] += n
    return cells


def _day(month: datetime) -> date:
    return timezone.localdate(month)


def _standings(cells: Iterable[tuple[Cell, int]]) -> Counter[Standing]:
    found: Counter[Standing] = Counter()
    for cell, count in cells:
        found[cell[3]] += count
    return found


def _category(cells: Counter[Cell], key: str, label: str) -> CategoryRow:
    mine = [(cell, count) for cell, count in cells.items() if cell[1] == key]
    kinds = [(str(kind), str(kind.label)) for kind in SUBCATEGORIES.get(key, ())]
    if kinds:
        kinds.append(("", KIND_NOT_KNOWN))
    rows = [
        Row(name, kind, _standings(each for each in mine if each[0][2] == kind))
        for kind, name in kinds
    ]
    return CategoryRow(label, key, _standings(mine), rows)


def _to_media(cells: Counter[Cell]) -> list[tuple[Cell, int]]:
    """Disclosure to the media, local and national together, as the report counts it."""
    return [
        (cell, count)
        for cell, count in cells.items()
        if cell[1] == Category.DISCLOSURE and cell[2] in MEDIA
    ]


def _month(cells: Counter[Cell], month: date) -> MonthRow:
    mine = [(cell, count) for cell, count in cells.items() if cell[0] == month]
    return MonthRow(f"{month:%B %Y}", month.isoformat(), _standings(mine), month)
