"""Rows of a table under its headings, and what an import says of them."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from integrity.casework.importing.mapping import Layout, plain
from integrity.casework.importing.sheets import Cell, Sheet, SheetRow
from integrity.casework.importing.values import UnreadableDate, is_placeholder, parse_date


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was refused, or what was odd about one that was taken.

    `where` is the row's number as the spreadsheet shows it, after its sheet's name where the
    file has several ('April, row 12').
    """

    where: str
    column: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """As commands print it."""
        return {"where": self.where, "column": self.column, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class NilReturnRow:
    """A row by which a person or unit says that there was nothing to declare."""

    where: str
    sheet: str
    number: int
    cells: dict[str, str]
    person: str
    unit: str
    period: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the headings, whose cells are asked for by field."""

    where: str
    sheet: str
    row: SheetRow
    layout: Layout
    day_first: bool = True

    def cell(self, name: str) -> Cell:
        """The cell of a field, None where it is blank or has no column."""
        return self.at(self.layout.columns.get(name, -1))

    def at(self, column: int) -> Cell:
        """The cell of a column counted from 0, None beyond the row's ends."""
        return self.row.cells[column] if 0 <= column < len(self.row.cells) else None

    def text(self, name: str) -> str:
        """The text of a field; '' for a blank or a mark that stands for one."""
        cell = self.cell(name)
        return "" if is_placeholder(cell) else as_text(cell)

    def filled(self) -> dict[int, Cell]:
        """The cells that say something, by column."""
        return {
            column: cell for column, cell in enumerate(self.row.cells) if not is_placeholder(cell)
        }

    def original(self) -> dict[str, str]:
        """Every filled cell by its heading, as it stood; headings that repeat are told apart."""
        cells: dict[str, str] = {}
        for column, cell in enumerate(self.row.cells):
            if as_text(cell):
                title = self.layout.title(column)
                if title in cells:
                    title = f"{title} ({column + 1})"
                cells[title] = as_text(cell)
        return cells

    def refuse(self, name: str, reason: str) -> Refusal:
        """A refusal of this row for what a field's column holds."""
        return Refusal(self.where, self.layout.heading(name), reason)

    def refuse_at(self, column: int, reason: str) -> Refusal:
        """A refusal of this row for what a column counted from 0 holds."""
        return Refusal(self.where, self.layout.title(column), reason)

    def has_date(self, name: str = "date") -> bool:
        """Whether the field's cell is a date."""
        return is_date(self.cell(name), self.day_first)


def as_text(cell: Cell) -> str:
    """A cell as a person reads it: dates as 2026-05-13, numbers without an exponent."""
    match cell:
        case None:
            return ""
        case str():
            return cell.strip()
        case dt.datetime():
            return cell.isoformat(" ", "minutes")
        case dt.date():
            return cell.isoformat()
        case _:
            return f"{cell:f}" if abs(cell.adjusted()) < 30 else str(cell)


def is_date(cell: Cell, day_first: bool = True) -> bool:
    """Whether a cell holds a date."""
    try:
        parse_date(cell, day_first=day_first)
    except UnreadableDate:
        return False
    return True


def table_rows(
    sheet: Sheet, layout: Layout, *, several: bool, day_first: bool = True
) -> Iterator[TableRow]:
    """The rows below a sheet's headings."""
    for row in sheet.rows:
        if row.number > layout.heading_row:
            where = f"{sheet.name}, row {row.number}" if several else str(row.number)
            yield TableRow(where, sheet.name, row, layout, day_first)


def shortened(words: str, length: int = 60) -> str:
    """Words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1] + "…"


@dataclass(slots=True)
class Fingerprints:
    """Names a row by what it says and how many times the file said so before.

    The same file read again gives the same names, so nothing is added twice; two rows of one
    file that say the same are two entries. Neither row numbers nor the mapping's defaults count,
    so a file that grew at either end adds its new rows alone.
    """

    register: str
    seen: Counter[str] = field(default_factory=Counter)

    def of(self, row: TableRow, canonical: Sequence[tuple[str, str]] = ()) -> str:
        """The fingerprint; `canonical` gives fields' values whose spelling must not count."""
        told = dict(canonical)
        titles = {row.layout.heading(name): value for name, value in told.items()}
        cells = row.original() | titles
        said = sorted(
            (plain(title), " ".join(text.casefold().split())) for title, text in cells.items()
        )
        content = hashlib.sha256(repr((self.register, said)).encode()).hexdigest()
        self.seen[content] += 1
        return hashlib.sha256(f"{content}:{self.seen[content]}".encode()).hexdigest()
