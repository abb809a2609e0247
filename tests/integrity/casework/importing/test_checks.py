"""What is not an entry is refused with the column that shows it; nil is nil."""

import pytest

from integrity.casework.importing.checks import Shape, broken, is_nil_return
from integrity.casework.importing.mapping import Mapping, find_layout
from integrity.casework.importing.rows import TableRow, table_rows
from integrity.casework.importing.sheets import Sheet, SheetRow

HEADINGS = "No|Name|Unit|Date|Provider|Gift|Value|Outcome"
KNOWN = {
    "reference": ("no",),
    "recipient": ("name",),
    "unit": ("unit",),
    "date": ("date",),
    "provider": ("provider",),
    "description": ("gift",),
    "value": ("value",),
    "decision": ("outcome",),
}
SHAPE = Shape(content=("provider", "description"))


def row(line: str) -> TableRow:
    table = [tuple(cell.strip() or None for cell in text.split("|")) for text in (HEADINGS, line)]
    sheet = Sheet("", tuple(SheetRow(number, cells) for number, cells in enumerate(table, 1)))
    [found] = table_rows(sheet, find_layout(sheet, KNOWN, Mapping()), several=False)
    return found


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("", "Name", "blank"),
        ("17||Unit A||||nan|-", "Name", "blank"),
        ("GH/17|||||||", "Name", "blank"),
        (HEADINGS, "No", "repeats the headings"),
        ("|||||Total|£300|", "Gift", "is a total"),
        ("Grand total|||||||", "No", "is a total"),
        ("Sub-total:||||||12|", "No", "is a total"),
        ("||||||£1,300.00|", "Value", "figures alone"),
        ("3||||||40|", "Value", "figures alone"),
        ("* Values are estimates||||||||", "No", "note or a heading"),
        ("*|Values are estimates||||||", "Name", "note or a heading"),
        ("Quarter 2||||||||", "No", "note or a heading"),
        ("1|A Roe|U||2/8/26|Acme|Pen|£3|Declined", "I", "column without a heading"),
        ("1|A Roe|U||2/8/26|Acme|Pen|£3", "Date", "slipped sideways"),
        ("1|A Roe|2/8/26|Acme|Pen|£3|Declined|", "Date", "slipped sideways"),
        ("1|A Roe|U|2/8/26|Acme|Pen|Declined|", "Value", "slipped sideways"),
        ("1|A Roe|U|2/8/26|Acme|Pen|No|", "Value", "slipped sideways"),
        ("1|A Roe|U|2/8/26||Acme|Pen|£3", "Outcome", "slipped sideways"),
    ],
)
def test_a_row_that_is_no_entry_is_refused(line: str, column: str, reason: str) -> None:
    refusal = broken(row(line), SHAPE)
    assert refusal is not None
    assert (refusal.where, refusal.column) == ("2", column)
    assert reason in refusal.reason


@pytest.mark.parametrize(
    "line",
    [
        "1|A Roe|U|2/8/26|Acme|Pen|£3|Declined",
        "|A Roe||2/8/26|Total|Pen|2 x £3|Not accepted",
        "|A Roe||2/8/26|Acme||£30 (returned)|",
        "|A Roe||May 2026|Acme|Pen|£3|Declined",
    ],
)
def test_an_entry_is_left_alone(line: str) -> None:
    assert broken(row(line), SHAPE) is None
    assert not is_nil_return(row(line), SHAPE)


@pytest.mark.parametrize(
    "line",
    [
        "|A Roe|U||Nil Return|Nil Return|Nil Return|Nil Return",
        "|A Roe|U|2/8/26|None|||",
        "|A Roe|U|Quarter 2|nil|n/a|£0|",
        "|A Roe||||||Nil",
        "|Nil return||||||",
    ],
)
def test_nil_returns_in_their_shapes(line: str) -> None:
    assert is_nil_return(row(line), SHAPE)


@pytest.mark.parametrize(
    "line",
    ["", "|A Roe|U|||||", "|A Roe||2/8/26|Acme|nil|£3|", "|A Roe||2/8/26|nil|none|£3|Declined"],
)
def test_what_is_no_nil_return(line: str) -> None:
    assert not is_nil_return(row(line), SHAPE)
