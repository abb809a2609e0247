"""Rows under their headings, and the names by which a row is known again."""

import datetime as dt
from decimal import Decimal

from integrity.casework.importing.mapping import Mapping, find_layout
from integrity.casework.importing.rows import (
    Fingerprints,
    Refusal,
    TableRow,
    as_text,
    shortened,
    table_rows,
)
from integrity.casework.importing.sheets import Cell, Sheet, SheetRow

KNOWN = {"date": ("date",), "value": ("value",)}


def rows(*cells: tuple[Cell, ...], name: str = "", several: bool = False) -> list[TableRow]:
    table = ((), ("Date", "Value", "Note", "Note"), *cells)
    sheet = Sheet(name, tuple(SheetRow(number, row) for number, row in enumerate(table, 1)))
    layout = find_layout(sheet, KNOWN, Mapping())
    return list(table_rows(sheet, layout, several=several))


def test_a_row_is_named_as_the_spreadsheet_shows_it() -> None:
    assert [row.where for row in rows((), ())] == ["3", "4"]
    [row] = rows((), name="April", several=True)
    assert row.where == "April, row 3"


def test_cells_are_asked_for_by_field() -> None:
    [row] = rows(("1/2/26", "n/a"))
    assert row.cell("date") == "1/2/26"
    assert row.text("value") == ""
    assert row.cell("nowhere") is None
    assert row.has_date()


def test_the_original_keeps_every_cell_by_its_heading() -> None:
    [row] = rows((dt.date(2026, 5, 13), Decimal("30"), "a", "b", "c"))
    assert row.original() == {
        "Date": "2026-05-13",
        "Value": "30",
        "Note": "a",
        "Note (4)": "b",
        "E": "c",
    }


def test_a_refusal_prints_as_every_command_prints_it() -> None:
    [row] = rows(("x",))
    refusal = row.refuse("date", "It is no date.")
    assert refusal == Refusal("3", "Date", "It is no date.")
    assert refusal.as_dict() == {"where": "3", "column": "Date", "reason": "It is no date."}


def test_fingerprints_tell_repeated_rows_apart_and_know_them_again() -> None:
    one, same, other = rows(("1/2/26", "£30"), ("1/2/26 ", " £30"), ("1/2/26", "£31"))
    first, second = Fingerprints("gifts"), Fingerprints("gifts")
    names = [first.of(row) for row in (one, same, other)]
    assert len(set(names)) == 3
    assert [second.of(row) for row in (one, same, other)] == names
    assert Fingerprints("media").of(one) != names[0]


def test_spellings_of_one_value_have_one_fingerprint() -> None:
    one, same = rows(("1/2/26", "£30"), (dt.date(2026, 2, 1), Decimal(30)))
    canonical = [("date", "2026-02-01"), ("value", "30.00")]
    assert Fingerprints("g").of(one, canonical) == Fingerprints("g").of(same, canonical)


def test_texts_of_cells() -> None:
    cells: list[Cell] = [None, " a ", Decimal("1E+3"), dt.datetime(2026, 1, 2, 3, 4)]  # noqa: DTZ001
    assert [as_text(cell) for cell in cells] == ["", "a", "1000", "2026-01-02 03:04"]
    assert shortened("a\n b", 3) == "a b"
    assert shortened("abcdef", 4) == "abc…"
