"""The sheets of a legacy register, read row by row; a register says what a row becomes."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from integrity.casework.importing.checks import Shape, broken, is_nil_return
from integrity.casework.importing.mapping import (
    Known,
    Layout,
    Mapping,
    MappingError,
    NoHeadings,
    find_layout,
)
from integrity.casework.importing.rows import (
    Fingerprints,
    NilReturnRow,
    Refusal,
    TableRow,
    table_rows,
)
from integrity.casework.importing.sheets import Sheet


@dataclass(slots=True)
class Parsed:
    """What a file holds, row by row, in the file's order; `rows` are entries and nil returns.

    `not_read` are the headings of columns that no field is read from.
    """

    rows: list[Any] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)
    read: int = 0

    @property
    def entries(self) -> list[Any]:
        """The entries that are not nil returns."""
        return [row for row in self.rows if not isinstance(row, NilReturnRow)]

    @property
    def nil_returns(self) -> list[NilReturnRow]:
        """The nil returns."""
        return [row for row in self.rows if isinstance(row, NilReturnRow)]


class SheetReading(ABC):
    """One sheet being read into the result, by a register's fields and the shape of its entries."""

    fields: ClassVar[Known]
    shape: Shape

    def __init__(
        self,
        sheet: Sheet,
        mapping: Mapping,
        several: bool,
        fingerprints: Fingerprints,
        result: Parsed,
    ) -> None:
        self.sheet, self.mapping, self.result = sheet, mapping, result
        self.several, self.fingerprints = several, fingerprints
        self.layout = find_layout(sheet, self.fields, mapping)
        self.understand()

    @abstractmethod
    def understand(self) -> None:
        """What the headings say of every row. Raises MappingError where they do not suffice."""

    @abstractmethod
    def take(self, row: TableRow) -> Refusal | None:
        """Add the row's entry to the result, or say why not."""

    @abstractmethod
    def warn_of_columns(self) -> None:
        """Say which columns are missing."""

    @abstractmethod
    def warn_of_many(self) -> None:
        """Say once, at the end, what held for many rows."""

    def read(self) -> None:
        """Read every row."""
        self.warn_of_columns()
        for row in table_rows(
            self.sheet, self.layout, several=self.several, day_first=self.mapping.day_first
        ):
            self.result.read += 1
            if is_nil_return(row, self.shape):
                self.result.rows.append(self._nil_return(row))
            elif refusal := broken(row, self.shape) or self.take(row):
                self.result.refused.append(refusal)
        self.warn_of_many()

    @property
    def where(self) -> str:
        """The row of the headings, as a warning names it."""
        here = f"{self.sheet.name}, row" if self.several else ""
        return f"{here} {self.layout.heading_row}".strip()

    def warn(self, where: str, name: str, reason: str) -> None:
        self.result.warnings.append(Refusal(where, self.layout.heading(name), reason))

    def text(self, row: TableRow, name: str) -> str:
        """What a row says of a field, or the mapping says for the whole file."""
        return row.text(name) or self.mapping.defaults.get(name, "")

    def _nil_return(self, row: TableRow) -> NilReturnRow:
        nil = {"nil", "none", "nil return"}
        person = self.text(row, self.shape.person)
        period = row.text("period") or row.text(self.shape.date)
        return NilReturnRow(
            where=row.where,
            sheet=row.sheet,
            number=row.row.number,
            cells=row.original(),
            person="" if person.lower() in nil else person,
            unit=self.text(row, self.shape.unit),
            period="" if period.lower() in nil else period,
            fingerprint=self.fingerprints.of(row),
        )


type Begin = Callable[[Sheet, Mapping, bool, Fingerprints, Parsed], SheetReading]


def read_into(
    result: Parsed, sheets: Sequence[Sheet], mapping: Mapping, *, register: str, begin: Begin
) -> None:
    """Read the sheets of a register; good rows are taken, the others refused one by one.

    Raises MappingError when no sheet has headings that we know and that suffice.
    """
    chosen = _chosen(sheets, mapping, result)
    fingerprints = Fingerprints(register)
    errors: list[MappingError] = []
    for sheet in chosen:
        try:
            reading = begin(sheet, mapping, len(chosen) > 1, fingerprints, result)
        except MappingError as error:
            errors.append(error)
            kept = result.warnings if isinstance(error, NoHeadings) else result.refused
            kept.append(Refusal(sheet.name, "", str(error)))
        else:
            unread = [each for each in reading.layout.unread() if each not in result.not_read]
            result.not_read += unread
            reading.read()
    if len(errors) == len(chosen):
        raise errors[0] if errors else MappingError("The file has no sheet with anything in it.")


def _chosen(sheets: Sequence[Sheet], mapping: Mapping, result: Parsed) -> list[Sheet]:
    """The sheet that the mapping names, or all that people can see and that hold something."""
    if mapping.sheet is not None:
        named = [sheet for sheet in sheets if sheet.name == mapping.sheet]
        if not named:
            names = ", ".join(f"'{sheet.name}'" for sheet in sheets)
            raise MappingError(f"There is no sheet '{mapping.sheet}'; the file has {names}.")
        return named
    result.warnings += [
        Refusal(sheet.name, "", "The sheet is hidden and was not read; unhide it if it counts.")
        for sheet in sheets
        if sheet.hidden and sheet.rows
    ]
    return [sheet for sheet in sheets if sheet.rows and not sheet.hidden]


def no_column(what: str, name: str, layout: Layout) -> MappingError:
    """That a column is missing without which no row is an entry."""
    headings = ", ".join(filter(None, layout.headings))
    return MappingError(
        f"No column holds the {what}. Row {layout.heading_row} has: {headings}. Say in a mapping "
        f'file which it is: {{"columns": {{"{name}": "Your heading"}}}}.'
    )
