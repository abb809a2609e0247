"""Spreadsheet files read within limits: honest ones whole, hostile ones to a sentence."""

import contextlib
import datetime as dt
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from integrity.casework.importing import reader, sheets
from integrity.casework.importing.reader import Problem
from integrity.casework.importing.sheets import Sheet, SheetRow, UnreadableFile, read_sheets


def xlsx(fill: Callable[[Worksheet], object]) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook.worksheets[0])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook whose sheet says something that no library would write."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given_file,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for name in given_file.namelist():
            text = given_file.read(name)
            result.writestr(name, text.replace(old, new) if "sheet1" in name else text)
    return changed.getvalue()


SMALL = xlsx(lambda sheet: sheet.append(["a", "b"]))


def cells(content: bytes, filename: str = "gifts.csv") -> list[tuple[object, ...]]:
    return [row.cells for row in read_sheets(content, filename)[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_in_any_encoding_with_any_delimiter(encoding: str, delimiter: str) -> None:
    lines = ["Name|Gift|Value", "J Doe|wine, red|£10", "A Roe|“tin”|£5"]
    text = "\r\n".join(
        delimiter.join(f'"{cell}"' if "," in cell else cell for cell in line.split("|"))
        for line in lines
    )
    assert cells(text.encode(encoding)) == [tuple(line.split("|")) for line in lines]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "gifts.csv"
    path.write_text('Name,Gift\nA,"one\ntwo"\n\n,\nB,three\n\n\n', newline="")
    assert read_sheets(path) == [
        Sheet(
            "",
            (
                SheetRow(1, ("Name", "Gift")),
                SheetRow(2, ("A", "one\ntwo")),
                SheetRow(3, ()),
                SheetRow(4, (None,)),
                SheetRow(5, ("B", "three")),
            ),
        )
    ]


def test_an_xlsx_keeps_its_types_numbers_and_margins() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.title = "April"
        sheet["B3"], sheet["C3"], sheet["D3"] = "Gift", 19.99, dt.date(2026, 5, 13)
        sheet["B5"], sheet["C5"], sheet["D5"] = True, 0.1 + 0.2, dt.datetime(2026, 5, 13, 9, 30)  # noqa: DTZ001
        sheet["C6"], sheet["D6"] = 45000, dt.time(9, 5)
        sheet["B7"], sheet["B7"].number_format = 45000, "dd/mm/yyyy"

    [sheet] = read_sheets(xlsx(fill), "gifts.xlsx")
    assert sheet.name == "April"
    assert [(row.number, row.cells) for row in sheet.rows if row.cells] == [
        (3, (None, "Gift", Decimal("19.99"), dt.date(2026, 5, 13))),
        (5, (None, "TRUE", Decimal("0.3"), dt.datetime(2026, 5, 13, 9, 30))),  # noqa: DTZ001
        (6, (None, None, Decimal(45000), "09:05")),
        (7, (None, dt.date(2023, 3, 15))),
    ]
    assert [row.number for row in sheet.rows] == [1, 2, 3, 4, 5, 6, 7]


def test_sheets_that_are_hidden_say_so() -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["x"])
    hidden = workbook.create_sheet("Lists")
    hidden.append(["y"])
    hidden.sheet_state = "hidden"
    workbook.create_chartsheet("Chart")
    content = io.BytesIO()
    workbook.save(content)
    read = read_sheets(content.getvalue(), "gifts.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in read] == [("Sheet", False), ("Lists", True)]


def ods(rows: list[tuple[list[object], int]]) -> bytes:
    """An ODS of rows, each with how often it is repeated."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Register")
    document.spreadsheet.addElement(table)
    for values, times in rows:
        row = TableRow(numberrowsrepeated=times)
        table.addElement(row)
        for value in values:
            kind = {dt.date: "date", float: "float"}.get(type(value), "string")
            values_by_kind: dict[str, dict[str, object]] = {
                "date": {"datevalue": str(value)},
                "float": {"value": value},
            }
            extra = values_by_kind.get(kind, {})
            cell = TableCell(valuetype=kind, **extra)
            if value:
                cell.addElement(P(text=str(value)))
            row.addElement(cell)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_an_ods_is_read_without_its_million_empty_rows() -> None:
    content = ods([([""], 2), (["Gift", 2.5, dt.date(2026, 5, 13)], 1), ([""], 1_048_000)])
    assert read_sheets(content, "gifts.ods") == [
        Sheet(
            "Register",
            (
                SheetRow(1, ()),
                SheetRow(2, ()),
                SheetRow(3, ("Gift", Decimal("2.5"), dt.date(2026, 5, 13))),
            ),
        )
    ]


def far_away(sheet: Worksheet) -> None:
    sheet["A1"] = sheet["XFD1048576"] = "x"


def far_down(sheet: Worksheet) -> None:
    sheet["A1"] = sheet["A1048576"] = "x"


def far_right(sheet: Worksheet) -> None:
    sheet["A1"] = sheet["XFD1"] = "x"


def many_long_texts(sheet: Worksheet) -> None:
    for _ in range(30):
        sheet.append(["Z" * 30_000] * 50)


HOSTILE: dict[str, tuple[bytes, str, str]] = {
    "a cell in the last corner": (xlsx(far_away), "a.xlsx", "far from its table"),
    "a cell in the last row": (xlsx(far_down), "a.xlsx", "at most 200,000 rows"),
    "a cell in the last column": (xlsx(far_right), "a.xlsx", "at most 200"),
    "more text than may come back": (xlsx(many_long_texts), "a.xlsx", "more memory or time"),
    "a cut workbook": (SMALL[: len(SMALL) // 2], "a.xlsx", "damaged"),
    "a cell that no sheet has": (
        rewritten(SMALL, b'r="A1"', b'r="ZZZZZZ99999999999999999"'),
        "a.xlsx",
        "damaged",
    ),
    "cut XML": (rewritten(SMALL, b"</sheetData>", b"<c"), "a.xlsx", "damaged"),
    "a zip of nothing": (b"PK\x03\x04" + b"z" * 99, "a.ods", "damaged"),
    "a workbook named text": (SMALL, "a.txt", "whatever its name says"),
    "a text named workbook": (b"a,b\n1,2\n", "a.xlsx", "whatever its name says"),
    "another kind of file": (b"%PDF-1.7", "a.pdf", "not a spreadsheet we read"),
    "Excel's old format": (b"\xd0\xcf\x11\xe0" + b"x" * 99, "a.xls", "old format"),
    "a password": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "a.xlsx",
        "protected with a password",
    ),
    "nothing": (b" \n", "a.csv", "is empty"),
    "a NUL": (b"a,b\n1,\x00\n", "a.csv", "another kind of file"),
    "UTF-16 without its mark": ("a,b".encode("utf-16-le"), "a.csv", "another kind of file"),
    "no encoding at all": (b"a,b\n\x81\x8d,2", "a.csv", "not text in an encoding"),
    "an open quotation mark": (b'a,b\n"1,2\n3,4\n', "a.csv", "not closed"),
    "a huge cell": (b"a,b\n" + b"x" * 200_000, "a.csv", "longer than 131,072 characters"),
    "too many columns": (b"," * 300 + b"x\n", "a.csv", "has 301 columns"),
    "too many rows": (b"a,b\n" * 200_001, "a.csv", "at most 200,000 rows"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence_within_the_limits(what: str) -> None:
    content, filename, message = HOSTILE[what]
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match=message) as refusal:
        read_sheets(content, filename)
    assert time.monotonic() - started < sheets.WALL_SECONDS
    assert str(refusal.value).startswith(filename)
    assert str(refusal.value).endswith((".", ")"))


def test_a_bomb_of_one_long_text_is_refused() -> None:
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(SMALL)) as small,
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as result,
    ):
        for name in small.namelist():
            before, mark, after = small.read(name).partition(b"<t>a")
            with result.open(name, "w", force_zip64=True) as part:
                part.write(before + mark)
                for _ in range(600 if mark else 0):
                    part.write(b"A" * 1024**2)
                part.write(after)
    assert len(bomb.getvalue()) < 4 * 1024**2
    with pytest.raises(UnreadableFile, match="more memory or time"):
        read_sheets(bomb.getvalue(), "bomb.xlsx")


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    lying = rewritten(SMALL, b'ref="A1:B1"', b'ref="A1:XFD1048576"')
    assert cells(lying, "a.xlsx") == [("a", "b")]


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"gone\.csv cannot be opened"):
        read_sheets(tmp_path / "gone.csv")
    with pytest.raises(UnreadableFile, match="larger than 20 MB"):
        read_sheets(b"x" * (sheets.MAX_FILE_BYTES + 1), "a.csv")


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "WALL_SECONDS", 0.001)
    with pytest.raises(UnreadableFile, match="took longer than"):
        read_sheets(b"a,b\n", "a.csv")


def test_the_child_knows_nothing_of_django() -> None:
    script = (
        "import runpy, sys; sys.argv = ['reader', 'text'];"
        f"runpy.run_path({str(sheets.READER)!r}, run_name='__main__');"
        "sys.exit('django' in sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-I", "-c", script], input=b"a,b\n", stdout=subprocess.DEVNULL, check=True
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_problem(content: bytes) -> None:
    with contextlib.suppress(Problem):
        for number, record in reader.text_rows(content):
            assert number
            assert isinstance(record, list)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1))
def test_a_damaged_workbook_is_sheets_or_a_sentence(changes: list[tuple[int, int]]) -> None:
    content = bytearray(SMALL)
    for place, byte in changes:
        content[place] = byte
    with contextlib.suppress(UnreadableFile):
        assert isinstance(read_sheets(bytes(content), "gifts.xlsx"), list)
