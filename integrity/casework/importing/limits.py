"""Rows whose words are longer than the register holds: refused, never cut short."""

from collections.abc import Mapping
from typing import Final

from integrity.casework.importing.importer import Row
from integrity.casework.importing.rows import NilReturnRow, Refusal, shortened

LONGEST_NAME: Final = 200
LONGEST_WHERE: Final = 80


def too_long(row: Row, longest: Mapping[str, int]) -> Refusal | None:
    """Why an entry cannot be kept whole, or None when it can; `longest` is by attribute."""
    for name, most in longest.items():
        if refusal := text_too_long(row, name, getattr(row, name), most):
            return refusal
    return _where_too_long(row)


def text_too_long(row: Row, name: str, text: str, longest: int) -> Refusal | None:
    """The same of one text of an entry."""
    if len(text) <= longest:
        return None
    reason = (
        f"“{shortened(text)}” is {len(text)} characters long and the register holds {longest}. "
        "Shorten it in the file."
    )
    return Refusal(row.where, heading_of(row, text) or name, reason)


def nil_too_long(row: NilReturnRow) -> Refusal | None:
    """The same of a nil return."""
    return too_long(row, {"person": LONGEST_NAME, "unit": LONGEST_NAME})


def _where_too_long(row: Row) -> Refusal | None:
    if len(row.where) <= LONGEST_WHERE:
        return None
    return Refusal(shortened(row.where), "", "The name of the sheet is too long; shorten it.")


def heading_of(row: Row, text: str) -> str:
    """The heading under which the row has this text, or ''."""
    return next((heading for heading, cell in row.cells.items() if cell == text), "")
