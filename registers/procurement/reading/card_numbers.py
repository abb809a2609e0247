"""Card numbers in files: cut to their last four figures before anything else reads the cells."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from integrity.casework.importing.sheets import Cell, Sheet, SheetRow

# Thirteen to nineteen figures, in groups or not, are what a payment card has (ISO/IEC 7812).
_CARD: Final = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])")
LOST: Final = "…"
MOST_EXACT: Final = 15


def masked(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with every card number cut, wherever it stands: '4929 … 1234' is '…1234'.

    A card number is known by its sixteen figures and the first of them, or by its check figure
    (Luhn's), so that other long numbers stay.
    """
    return [
        replace(sheet, rows=tuple(SheetRow(row.number, _cells(row.cells)) for row in sheet.rows))
        for sheet in sheets
    ]


def _cells(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(_masked(cell) for cell in cells)


def _masked(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return _CARD.sub(_cut, cell)
    if isinstance(cell, Decimal) and cell.is_finite() and 12 <= cell.adjusted() <= 18:
        figures = f"{cell:f}".partition(".")[0].lstrip("-")
        # A spreadsheet keeps fifteen figures of a number: of sixteen, the last is lost.
        if len(figures) > MOST_EXACT:
            return LOST
        return f"{LOST}{figures[-4:]}" if _is_card(figures) else cell
    return cell


def _cut(found: re.Match[str]) -> str:
    figures = re.sub("[^0-9]", "", found[0])
    return f"{LOST}{figures[-4:]}" if _is_card(figures) else found[0]


def _is_card(figures: str) -> bool:
    """Whether it may be a card: its last figure checks the others, or it is as long as most."""
    if len(figures) == 16 and figures[0] in "23456":
        return True
    doubled = (str(int(figure) * (1 + place % 2)) for place, figure in enumerate(figures[::-1]))
    return sum(int(figure) for figure in "".join(doubled)) % 10 == 0


def last_four(cell: Cell) -> str:
    """The last four figures in a cell of a card column ('XXXX-1234', '…1234', 34), or ''."""
    if isinstance(cell, Decimal):
        whole = cell.is_finite() and cell == cell.to_integral_value() and 0 <= cell.adjusted() < 12
        return f"{cell:f}".partition(".")[0].zfill(4)[-4:] if whole and cell >= 0 else ""
    figures = re.sub("[^0-9]", "", cell) if isinstance(cell, str) else ""
    return figures[-4:] if len(figures) >= 4 else ""


def only_last_four(sheet_cells: Sequence[Cell], column: int) -> tuple[Cell, ...]:
    """The cells of a row with the card column cut to four figures, however short it was."""
    return tuple(
        (last_four(cell) or None) if place == column else cell
        for place, cell in enumerate(sheet_cells)
    )
