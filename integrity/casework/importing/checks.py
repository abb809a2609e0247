"""The ways in which a row of a register is not an entry: blank, total, note, slipped, nil."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from integrity.casework.importing.mapping import plain
from integrity.casework.importing.money import parse_money
from integrity.casework.importing.rows import Refusal, TableRow, as_text, is_date, shortened
from integrity.casework.importing.sheets import Cell
from integrity.casework.importing.values import (
    is_nil,
    is_placeholder,
    parse_bool,
    parse_decision,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields make a row of a register an entry.

    `content` are those of which an entry has at least one; `person` and `unit` name who made a
    return; `date` and `value` and `decision` are recognisable by what they hold, so they show
    when a row has slipped sideways; `dates` are the other fields that hold dates. A register
    without a value has ''.
    """

    content: tuple[str, ...]
    person: str = "recipient"
    unit: str = "unit"
    date: str = "date"
    value: str = "value"
    decision: str = "decision"
    dates: tuple[str, ...] = ()


SLIPPED: Final = ", so the row has slipped sideways."

type Check = Callable[[TableRow, Shape], Refusal | None]


def broken(row: TableRow, shape: Shape) -> Refusal | None:
    """Why a row that is no nil return is not an entry either, or None when it may be one."""
    return next((refusal for check in CHECKS if (refusal := check(row, shape))), None)


def is_nil_return(row: TableRow, shape: Shape) -> bool:
    """Whether a row says 'nil' and nothing else, whoever and whenever it is about."""
    said = [row.cell(name) for name in shape.content]
    if not all(is_placeholder(cell) or is_nil(cell) for cell in said):
        return False
    value = row.cell(shape.value)
    if not (is_nil(value) or is_placeholder(value) or parse_money(value).amount == 0):
        return False
    told = (*said, value, row.cell(shape.date), row.cell(shape.person), row.cell(shape.decision))
    return any(is_nil(cell) for cell in told)


def _blank(row: TableRow, shape: Shape) -> Refusal | None:
    asked = (shape.person, shape.date, *shape.content, shape.value, shape.decision)
    known = [name for name in asked if name in row.layout.columns]
    aside = row.filled()
    # Registers are numbered in advance, and a department stands in every row of its file.
    aside.pop(row.layout.columns.get(shape.unit, -1), None)
    if any(row.text(name) for name in known) or not all(
        _NUMBERING.fullmatch(as_text(cell)) for cell in aside.values()
    ):
        return None
    return row.refuse(known[0], "The row is blank.")


_NUMBERING: Final = re.compile(r"[^\s0-9]*[0-9][^\s]*")


def repeated_headings(row: TableRow, shape: Shape) -> Refusal | None:
    """Why a row that repeats the headings is not an entry."""
    cells = row.filled()
    if len(cells) > 1 and all(
        column < len(row.layout.headings) and plain(cell) == plain(row.layout.headings[column])
        for column, cell in cells.items()
    ):
        return row.refuse_at(min(cells), "The row repeats the headings.")
    return None


_TOTAL: Final = re.compile(
    r"(?:grand |sub ?|overall |running |quarterly |monthly |annual |year )?totals?"
    r"(?: (?:value|amount|cost|number|gifts|hospitality|for .*|to date|of .*))?"
)


def total(row: TableRow, shape: Shape) -> Refusal | None:
    """Why a row that is a total, or a sum, is not an entry."""
    if row.has_date(shape.date):
        return None
    cells = row.filled()
    for column, cell in cells.items():
        if isinstance(cell, str) and _TOTAL.fullmatch(plain(cell)):
            return row.refuse_at(column, "The row is a total, not an entry.")
    if all(parse_money(cell).kind == "exact" for cell in cells.values()):
        return row.refuse_at(max(cells), "The row holds figures alone, so it is a sum.")
    return None


_MARK: Final = re.compile(r"[*†‡#]+|\(?[0-9a-z]{1,2}[.)]|notes?:?|sources?:?|n\.?b\.?:?", re.I)


def footnote(row: TableRow, shape: Shape) -> Refusal | None:
    """Why a row with nothing but a note is not an entry."""
    cells = row.filled()
    texts = [column for column, cell in cells.items() if not _MARK.fullmatch(as_text(cell))]
    if len(cells) > 2 or len(texts) > 1:
        return None
    column = texts[0] if texts else min(cells)
    words = shortened(as_text(cells[column]))
    return row.refuse_at(
        column, f"Nothing is filled in but '{words}', so this is a note or a heading."
    )


def _beyond_headings(row: TableRow, shape: Shape) -> Refusal | None:
    last = max(column for column, title in enumerate(row.layout.headings) if title)
    beyond = [column for column in row.filled() if column > last]
    if not beyond:
        return None
    words = shortened(as_text(row.at(beyond[0])))
    return row.refuse_at(
        beyond[0],
        f"'{words}' stands in a column without a heading, so the row may have slipped sideways. "
        "Move it back, or give that column a heading.",
    )


def _slipped(row: TableRow, shape: Shape) -> Refusal | None:
    """A row moved by a column or two shows by a date, an answer or an amount out of place."""
    if shape.date in row.layout.columns and not row.has_date(shape.date):
        column = row.layout.columns[shape.date]
        of_dates = {row.layout.columns.get(name) for name in shape.dates}
        for other in (column + step for step in (1, -1, 2, -2) if column + step >= 0):
            title = row.layout.title(other)
            if (
                other not in of_dates
                and _is_written_date(row.at(other), row.day_first)
                and "date" not in plain(title).split()
            ):
                return row.refuse(shape.date, f"The date stands under '{title}'{SLIPPED}")
    value, decision = row.text(shape.value), row.text(shape.decision)
    if re.search("[0-9]", value) is None and (
        parse_bool(value) is not None or parse_decision(value) is not None
    ):
        said = f"'{shortened(value)}' is an answer, not an amount"
        return row.refuse(shape.value, said + SLIPPED)
    if parse_bool(decision) is None and parse_money(decision).kind != "unknown":
        said = f"'{shortened(decision)}' is an amount, not a decision"
        return row.refuse(shape.decision, said + SLIPPED)
    return None


def _is_written_date(cell: Cell, day_first: bool) -> bool:
    """Only what is written as a date counts: a bare number may be anything."""
    return isinstance(cell, str | dt.date) and is_date(cell, day_first)


CHECKS: Final[tuple[Check, ...]] = (
    _blank,
    repeated_headings,
    total,
    footnote,
    _beyond_headings,
    _slipped,
)
