"""Tables as files: they hold values, their own columns and nothing else, and nothing runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pypdf
import pytest

from integrity.ui import exports, pdf
from integrity.ui.tables import Cell, Column, Table, number, of_day, text
from tests.integrity.ui.figures import HOSTILE, KEY, TABLE

AT = datetime(2026, 6, 15, 11, 30, tzinfo=UTC)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "=HYPERLINK(1)"]


def of_words(*said: str) -> Table:
    return Table("words", "Words", [Column("What")], [[text(each)] for each in said])


def lines(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(exports.as_csv(table).decode("utf-8-sig"), newline="")))


def book(*tables: Table, **said: Any) -> Any:
    made = exports.workbook(tables, title="Board & pack", made_at=AT, **said)
    return openpyxl.load_workbook(io.BytesIO(made))


# --- CSV ------------------------------------------------------------------------------------------


def test_csv_holds_values_and_the_words_of_marks() -> None:
    assert exports.as_csv(TABLE).startswith(b"\xef\xbb\xbfMonth,Entries,Value,Last\r\n")
    assert lines(TABLE)[1:] == [
        ["April", "1234", "1234.50", "2026-04-09"],
        ["May", "0", "nil returned", ""],
        ["June", "not recorded", "not asked", "under 5"],
    ]


@pytest.mark.parametrize("typed", FORMULAS)
def test_csv_runs_no_formula(typed: str) -> None:
    assert lines(of_words(typed)) == [["What"], [f"'{typed}"]]


def test_csv_keeps_a_loss_a_number_and_an_instant_the_day_in_london() -> None:
    late = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    row = [Cell("−£2.50", Decimal("-2.5")), number(-3), of_day(late)]
    table = Table("x", "X", [Column("a"), Column("b"), Column("c")], [row])
    assert lines(table)[1] == ["-2.50", "-3", "2026-04-01"]


# --- workbooks ------------------------------------------------------------------------------------


def test_a_workbook_says_what_it_is_and_what_its_marks_mean() -> None:
    found = book(TABLE, replace(TABLE, rows=[], nothing="None was declared."), key=KEY)
    about = [[cell.value for cell in row] for row in found["About"].iter_rows()]
    assert about[:2] == [["Title", "Board & pack"], ["Made on", "15 June 2026"]]
    assert [row[0] for row in about if row[0] in found.sheetnames] == found.sheetnames[1:]
    told = [row[1] for row in about]
    assert any("None was declared." in str(each) for each in told)
    assert any("Not what was withdrawn." in str(each) for each in told)
    assert {"nil returned", "not recorded", "not asked", "under 5"} <= {row[0] for row in about}


def test_a_sheet_holds_values_of_their_kinds() -> None:
    rows = list(book(TABLE)["1 By month"].iter_rows(values_only=True))
    assert rows[0] == ("Month", "Entries", "Value", "Last")
    assert rows[1] == ("April", 1234, 1234.5, datetime(2026, 4, 9))  # noqa: DTZ001
    assert rows[2] == ("May", 0, "nil returned", None)
    assert rows[3] == ("June", "not recorded", "not asked", "under 5")


def test_a_workbook_holds_its_columns_and_no_formula_link_or_path() -> None:
    found = book(TABLE, of_words(HOSTILE.replace("\x00", ""), *FORMULAS, "https://example.org"))
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert {*FORMULAS} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if "/entries/" in str(cell.value)]
    assert {sheet.sheet_state for sheet in found} == {"visible"}


def test_sheets_may_have_any_names() -> None:
    tables = [replace(TABLE, slug=slug) for slug in ("a" * 60, "a" * 60, "x[]:*?/\\'y", "history")]
    names = book(*tables).sheetnames
    assert len(set(names)) == 5
    assert max(map(len, names)) <= 31


def test_the_same_workbook_has_the_same_bytes() -> None:
    made = [exports.workbook([TABLE], title="x", made_at=AT, key=KEY) for _ in range(2)]
    assert made[0] == made[1]


# --- papers ---------------------------------------------------------------------------------------


def paper(*tables: Table) -> pypdf.PdfReader:
    sections = [exports.for_paper(each) for each in tables]
    said = {"title": "Pack", "force": "Northmoor", "quarter": "Spring", "made_on": "today"}
    made = pdf.render("pack.typ", {**said, "sections": sections}, made_at=AT)
    return pypdf.PdfReader(io.BytesIO(made))


def tags(reader: pypdf.PdfReader) -> list[Any]:
    """Every structure element, as a screen reader walks them."""
    root: Any = reader.trailer["/Root"]
    found, waiting = [], [root["/StructTreeRoot"]["/K"]]
    while waiting:
        each = waiting.pop(0)
        each = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(each, list):
            waiting = [*each, *waiting]
        elif isinstance(each, dict) and "/S" in each:
            found.append(each)
            waiting = [each["/K"], *waiting] if "/K" in each else waiting
    return found


def test_a_paper_has_a_chart_with_its_figures_in_words_before_its_table() -> None:
    kinds = [str(tag["/S"]) for tag in tags(paper(TABLE))]
    (figure,) = [tag for tag in tags(paper(TABLE)) if tag["/S"] == "/Figure"]
    assert figure["/Alt"].startswith(
        "Entries by month (entries). Bar chart. Entries: April 2026 12,"
    )
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 4
    assert kinds.count("/TR") == 4
    assert kinds.index("/H2") < kinds.index("/Figure") < kinds.index("/Table")


def test_a_paper_says_marks_in_words_and_its_note_and_definition() -> None:
    reader = paper(TABLE, replace(TABLE, rows=[], nothing="None was declared.", chart=None))
    said = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for words in (
        "May 0 nil", "June not recorded not asked under 5", "Of the force.", "N = nil returned",
        "How it is counted: Every entry received.", "None was declared.", "£1,234.50",
    ):  # fmt: skip
        assert words in said, words


def test_the_letters_of_a_chart_are_of_a_font_that_papers_have() -> None:
    pages: list[Any] = list(paper(TABLE).pages)
    used = [font for page in pages for font in page["/Resources"]["/Font"].values()]
    fonts = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in used}
    assert fonts
    assert all(name.startswith("LibertinusSerif") for name in fonts)


def test_no_text_breaks_a_paper() -> None:
    chart = TABLE.chart
    assert chart is not None
    nasty = replace(chart, title=HOSTILE, labels=[HOSTILE] * 6, gaps=[HOSTILE] * 6)
    cells = [[Cell(HOSTILE, HOSTILE, mark="nil", spoken=HOSTILE) for _ in TABLE.columns]]
    assert paper(replace(TABLE, title=HOSTILE, note=HOSTILE, rows=cells, chart=nasty)).pages


def test_the_key_of_a_paper_is_that_of_the_page_in_words() -> None:
    shown = [(each["shown"], each["mark"]) for each in exports.key_for_paper(KEY)]
    assert shown[2] == ("not recorded", "not-recorded")
    assert len(set(shown)) == len(KEY)


def test_columns_of_a_paper_are_as_wide_as_what_they_hold() -> None:
    assert exports.widths([200, 12, 30, 3]) == [100, 0, 30, 0], (
        "sentences share what dates and scores leave"
    )
    assert exports.widths([20, 3]) == [1, 0]
