"""A part of a page of figures: a heading over some tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from integrity.ui.charts import Chart, Kind, Series
from integrity.ui.tables import Cell, Column, Table, text
from registers.oversight.enums import Measure
from registers.oversight.marks import Mark
from registers.oversight.seen import Parts, Seen
from registers.oversight.spans import Period, year_of


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: str
    tables: Sequence[Table]
    note: str = ""


def numeric(*labels: str) -> list[Column]:
    """Columns of figures."""
    return [Column(label, numeric=True) for label in labels]


def named(words: str, *cells: Cell) -> list[Cell]:
    """A row: what it is, and its figures."""
    return [text(words), *cells]


def when(seen: Seen) -> list[str]:
    """The buckets as they stand along a chart: 'Apr 2026', 'Apr–Jun 2026', or '2025–26' for a year."""
    return [_label(bucket) for bucket in seen.buckets]


def _label(bucket: Period) -> str:
    months = len(list(bucket.months()))
    if months == 1:
        return f"{bucket.starts_on:%b %Y}"
    if months <= 3:
        return f"{bucket.starts_on:%b}–{bucket.ends_on:%b %Y}"
    year = year_of(bucket.starts_on).year
    return f"{year}–{(year + 1) % 100:02}"


def plotted(cells: Sequence[Cell]) -> list[int | float | None]:
    """Cells as a chart draws them: numbers, as many as there are at least, and gaps where there is none."""
    return [_height(cell) for cell in cells]


def _height(cell: Cell) -> int | None:
    if cell.mark == Mark.AT_LEAST:
        return int(cell.shown.rstrip("+").replace(",", ""))
    return cell.value if isinstance(cell.value, int) else None


def chart(
    seen: Seen, kind: Kind, title: str, along: Sequence[tuple[str, Sequence[Cell]]], unit: str = ""
) -> Chart:
    """A chart of rows that go along the buckets, with what each gap is."""
    return Chart(
        kind,
        title,
        when(seen),
        [Series(label, plotted(cells), gaps(cells)) for label, cells in along],
        unit,
    )


def gaps(cells: Sequence[Cell]) -> list[str]:
    """What it means that a cell has no number."""
    return [cell.spoken if plotted([cell]) == [None] else "" for cell in cells]


def share(part: int | None, whole: int | None) -> Cell:
    """How much of a whole a part is, rounded to whole percents; nothing of nothing, or what is withheld."""
    if part is None or not whole:
        return text("")
    return text(f"{100 * part / whole:.0f}%")


def rows_of(
    seen: Seen, measure: Measure, labels: Iterable[tuple[str, str]], *columns: Parts
) -> list[list[Cell]]:
    """A row for each value of the first part of a key, with a figure for each of the columns.

    A column is the rest of the key's parts: () counts any.
    """
    return [
        named(label, *(seen.count(measure, {value}, *column) for column in columns))
        for value, label in labels
    ]
