"""A table of figures: what a page, a file and a paper say of it, once.

A cell says two things: what is read (``shown``) and what a file holds (``value``). They differ where a
figure is no plain number: zero, nil returned, not recorded, not asked and fewer than five are five
different marks, and none of them is the number 0 but zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from integrity.ui.charts import Chart
from integrity.ui.templatetags.ui import day, money

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure, or the words that name its row."""

    shown: str
    """What is read on the page and on paper: '12', '£1,234.50', 'nil', 'under 5'."""
    value: Value = None
    """What a file holds: a number, pounds (Decimal), a day, or the words of a mark; None for nothing."""
    path: str = ""
    """Where the entries behind it are; no link where it is empty."""
    mark: str = ""
    """The CSS modifier of a figure that is no plain number: .ir-mark--zero, --nil, --few and so on."""
    spoken: str = ""
    """What a screen reader hears where ``shown`` is a symbol."""


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns: only these columns are ever shown or written to a file.

    The first cell of a row names it. Without rows, ``nothing`` is said. ``slug`` is unique on a page.
    """

    slug: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    nothing: str = ""
    definition: str = ""
    chart: Chart | None = None


def text(words: str, path: str = "") -> Cell:
    return Cell(words, words or None, path)


def number(many: int, path: str = "") -> Cell:
    return Cell(f"{many:,}", many, path)


def pounds(amount: Decimal, path: str = "") -> Cell:
    return Cell(money(amount), amount, path)


def of_day(when: date, path: str = "") -> Cell:
    """A day in words; of an instant, its day in London."""
    return Cell(day(when), when, path)


def cell(value: Value) -> Cell:
    """A value in its plain words: a number, pounds, a day, text, or nothing."""
    match value:
        case Decimal():
            return pounds(value)
        case int():
            return number(value)
        case date():
            return of_day(value)
    return text(value or "")


def table_of(
    slug: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Value]],
    nothing: str = "",
    note: str = "",
) -> Table:
    """A table of plain values; a column that holds numbers alone is a column of numbers."""
    held = list(zip(*rows, strict=True)) or [()] * len(columns)
    numeric = [bool(each) and all(isinstance(v, Decimal | int) for v in each) for each in held]
    made = [Column(label, is_numeric) for label, is_numeric in zip(columns, numeric, strict=True)]
    shown = [[cell(value) for value in row] for row in rows]
    return Table(slug, title, made, shown, note=note, nothing=nothing)
