"""What the tables of procurement share: which rows are entries, and what names them again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from integrity.casework.importing.checks import Check, footnote, repeated_headings, total
from integrity.casework.importing.mapping import plain
from integrity.casework.importing.register import Parsed, SheetReading
from integrity.casework.importing.rows import Refusal, TableRow, table_rows
from integrity.casework.importing.sheets import SheetRow
from integrity.casework.importing.values import UnreadableDate, parse_date
from registers.organisations.identifiers import check_charity_number, check_company_number
from registers.organisations.names import name_key
from registers.procurement.facts import AMOUNT_LIMIT, LONGEST_NAME, SupplierFacts
from registers.procurement.reading.amounts import UnreadableAmount, parse_amount
from registers.procurement.reading.names import clean, supplier

NOT_ENTRIES: Final[tuple[Check, ...]] = (repeated_headings, total, footnote)
LONGEST_KEY: Final = 64


@dataclass(slots=True)
class Entries(Parsed):
    """Entries in the file's order; `keys` are the numbers by which the file itself names them."""

    keys: list[str] = field(default_factory=list)

    def add(self, entry: object, key: str) -> None:
        self.rows.append(entry)
        self.keys.append(key)


class EntryReading(SheetReading):
    """One sheet of payments, cards or contracts being read.

    Unlike a register of people's declarations such a table has workings beside it, totals below
    it and blank rows within it: none of them is an entry, and none is refused as one.
    """

    result: Entries

    def read(self) -> None:
        self.warn_of_columns()
        for row in table_rows(
            self.sheet, self.layout, several=self.several, day_first=self.mapping.day_first
        ):
            if not any(row.text(name) for name in self.layout.columns):
                continue
            known = only(row, self.layout.columns.values())
            if reason := self._no_entry(known):
                self.result.warnings.append(reason)
                continue
            self.result.read += 1
            if refusal := self.take(known):
                self.result.refused.append(refusal)
        self.warn_of_many()

    def _no_entry(self, row: TableRow) -> Refusal | None:
        found = (check(row, self.shape) for check in (*NOT_ENTRIES, subtotal))
        return next((refusal for refusal in found if refusal), None)

    def warn_of_columns(self) -> None:
        """Columns that are missing and do not matter go unmentioned."""

    def warn_of_many(self) -> None:
        """Each row’s own warnings say it all."""

    def words(self, row: TableRow, name: str) -> str:
        """What a row, or the mapping's default, says of a field, cleaned."""
        return clean(self.text(row, name))

    def day(self, row: TableRow, name: str) -> dt.date | None:
        """The date of a field that may be blank; a warning where it is none."""
        if not row.text(name):
            return None
        try:
            return parse_date(row.cell(name), day_first=self.mapping.day_first)
        except UnreadableDate as error:
            self.warn(row.where, name, f"{error} The row is taken without it.")
            return None

    def amount(self, row: TableRow, limit: Decimal = AMOUNT_LIMIT) -> Decimal | Refusal:
        """The pounds of an entry, or why its row is refused."""
        try:
            return parse_amount(row.cell("amount"), limit)
        except UnreadableAmount as error:
            return row.refuse("amount", str(error))

    def on(self, row: TableRow, name: str) -> dt.date | Refusal:
        """The day of an entry, which cannot do without, or why its row is refused."""
        try:
            return parse_date(row.cell(name), day_first=self.mapping.day_first)
        except UnreadableDate as error:
            return row.refuse(name, str(error))

    def supplier(self, row: TableRow, written: str) -> SupplierFacts:
        """The facts of a supplier named in a row, with the numbers beside the name."""
        problems: list[str] = []
        found = supplier(
            written,
            company_number=company_number(self.words(row, "company_number"), problems),
            charity_number=charity_number(self.words(row, "charity_number"), problems),
            supplier_number=self.words(row, "supplier_number"),
            place=self.words(row, "place"),
        )
        for problem in problems:
            self.warn(row.where, "company_number", problem)
        return replace(found, problems=tuple(problems))

    def no_name(self, row: TableRow, name: str, sentence: str) -> Refusal | None:
        """Why a row's name cannot be kept, or None when it can."""
        written = self.words(row, name)
        if not written:
            return row.refuse(name, sentence)
        if len(written) > LONGEST_NAME:
            reason = f"The name is {len(written)} characters long and we keep {LONGEST_NAME}."
            return row.refuse(name, f"{reason} Shorten it in the file.")
        return None


def together(*found: object) -> Refusal:
    """All that is wrong with one row, as one refusal; what is no refusal is passed over."""
    refusals = [each for each in found if isinstance(each, Refusal)]
    columns = dict.fromkeys(each.column for each in refusals)
    reasons = " ".join(each.reason for each in refusals)
    return Refusal(refusals[0].where, ", ".join(filter(None, columns)), reasons)


def only(row: TableRow, columns: Iterable[int]) -> TableRow:
    """The row without the cells of other columns: workings change from one edition to the next."""
    kept = set(columns)
    cells = tuple(cell if place in kept else None for place, cell in enumerate(row.row.cells))
    return replace(row, row=SheetRow(row.row.number, cells))


def subtotal(row: TableRow, shape: object) -> Refusal | None:
    """Why a row such as 'ACME LTD Total' without a date is not an entry."""
    if any(row.has_date(name) for name in row.layout.columns if name.endswith("_on")):
        return None
    for column, cell in row.filled().items():
        if isinstance(cell, str) and plain(cell).endswith((" total", " totals", " subtotal")):
            return row.refuse_at(column, "The row is a total, not an entry.")
    return None


def company_number(text: str, problems: list[str]) -> str:
    """A company number checked, or '' with the reason added to `problems`."""
    try:
        return check_company_number(text) if text else ""
    except ValueError as error:
        problems.append(f"{error} The number is left out.")
        return ""


def charity_number(text: str, problems: list[str]) -> str:
    """A charity number checked, or '' with the reason added to `problems`."""
    try:
        return check_charity_number(text) if text else ""
    except ValueError as error:
        problems.append(f"{error} The number is left out.")
        return ""


def identifiers(keys: Sequence[str], fingerprints: Sequence[str]) -> list[str]:
    """What names each entry again: its own number where that is one, else its fingerprint.

    A number counts when no other entry of the file has it, and the file does not simply count its
    rows: next month's file would count from one again.
    """
    counts = Counter(keys)
    counted = _count_rows(keys)
    return [
        key if key and counts[key] == 1 and len(key) <= LONGEST_KEY and not counted else print_
        for key, print_ in zip(keys, fingerprints, strict=True)
    ]


def _count_rows(keys: Sequence[str]) -> bool:
    filled = [key for key in keys if key]
    return all(key.isdecimal() and len(key) < 10 for key in filled) and (
        max(map(int, filled), default=0) <= 2 * len(keys)
    )


def distinct(suppliers: Iterable[SupplierFacts]) -> int:
    """How many suppliers there are, spellings that differ by legal form or case being one."""
    return len({name_key(each.name) for each in suppliers})


def texts_of(row: TableRow) -> dict[str, str]:
    """The cells by heading, as they stood."""
    return {clean(title): text.replace("\x00", "") for title, text in row.original().items()}
