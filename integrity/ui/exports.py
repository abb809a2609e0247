"""Tables as files: CSV, a workbook, and what a paper draws. They hold a table's columns and nothing else.

A file holds values (numbers, pounds, days, the words of a mark); a page and a paper show words. Nothing
that somebody typed becomes a formula or a link in any of them.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from integrity.ui.charts import svg
from integrity.ui.tables import Cell, Table
from integrity.ui.templatetags.ui import day, in_london

Key = Sequence[tuple[Cell, str]]
"""Each mark as it is shown, and what it means."""

AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\'")
LONGEST_HEADER = 200
LONGEST_CELL = 32_767
LONGEST_NARROW, SENTENCE = 24, 100  # letters
WIDE, NARROW = 60, 18


def as_csv(table: Table) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; days as 2026-03-01, pounds as 1234.50."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(neutral(column.label) for column in table.columns)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    match cell.value:
        case None:
            return ""
        case str(words):
            return neutral(words)
        case Decimal() as amount:
            return f"{amount:.2f}"
        case dt.datetime() as instant:
            return in_london(instant).date().isoformat()
    return str(cell.value)


def neutral(words: str) -> str:
    """Words that a spreadsheet would run as a formula, as plain text."""
    return f"'{words}" if words.lstrip(" ").startswith(FORMULA) else words


# --- a workbook -----------------------------------------------------------------------------------


def workbook(
    tables: Sequence[Table],
    *,
    title: str,
    made_at: dt.datetime,
    about: Sequence[tuple[str, str]] = (),
    key: Key = (),
) -> bytes:
    """What it is of and what its marks mean, then a sheet for each table."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **AS_TEXT})
    day_made = made_at.replace(hour=0, minute=0, second=0, microsecond=0)
    book.set_properties({"title": title, "created": day_made})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": "£#,##0.00", "valign": "top"}),
        "day": book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"}),
    }
    names = [_sheet_name(at, table) for at, table in enumerate(tables, start=1)]
    said = about or [("Title", title), ("Made on", day(made_at))]
    _about(book.add_worksheet("About"), said, list(zip(names, tables, strict=True)), key, formats)
    for name, table in zip(names, tables, strict=True):
        sheet = book.add_worksheet(name)
        sheet.set_header("&L" + f"{table.title}. {title}".replace("&", "&&")[:LONGEST_HEADER])
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, WIDE)
        sheet.set_column(1, max(1, len(table.columns) - 1), NARROW)
        sheet.write_row(0, 0, [column.label for column in table.columns], formats["head"])
        for at, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, at, column, cell, formats)
    book.close()
    return content.getvalue()


def _sheet_name(number: int, table: Table) -> str:
    words = table.slug.replace("-", " ").capitalize().translate(NOT_IN_SHEET_NAMES)
    return f"{number} {words}"[:LONGEST_SHEET_NAME]


def _about(
    sheet: Any,
    about: Sequence[tuple[str, str]],
    tables: Sequence[tuple[str, Table]],
    key: Key,
    formats: dict[str, Any],
) -> None:
    """Whose it is and of when, what each sheet holds, also where it holds nothing, and the key."""
    sheet.set_column(0, 0, NARROW * 2)
    sheet.set_column(1, 1, WIDE * 1.5)
    rows = [
        *((words, told, "head") for words, told in about),
        ("", "", "text"),
        *((name, _told(table), "text") for name, table in tables),
        *((("", "", "text"), ("Key", "", "head")) if key else ()),
        *((str(cell.value or cell.shown), meaning, "text") for cell, meaning in key),
    ]
    for at, (words, told, look) in enumerate(rows):
        sheet.write_string(at, 0, words, formats[look])
        sheet.write_string(at, 1, told[:LONGEST_CELL], formats["text"])


def _told(table: Table) -> str:
    said = table.note if table.rows else table.nothing
    return " ".join(filter(None, (f"{table.title}.", said, table.definition)))


def _write(sheet: Any, at: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    match cell.value:
        case Decimal():
            sheet.write_number(at, column, cell.value, formats["money"])
        case int():
            sheet.write_number(at, column, cell.value)
        case dt.datetime():
            sheet.write_datetime(at, column, in_london(cell.value).date(), formats["day"])
        case dt.date():
            sheet.write_datetime(at, column, cell.value, formats["day"])
        case None | "":
            sheet.write_blank(at, column, None, formats["text"])
        case words:
            sheet.write_string(at, column, words[:LONGEST_CELL], formats["text"])


# --- a paper --------------------------------------------------------------------------------------


def for_paper(table: Table) -> dict[str, Any]:
    """What templates/typst/figures.typ draws of a table: words, their marks, and its chart."""
    longest = [
        max(map(len, words))
        for words in zip(
            [column.label for column in table.columns],
            *([cell.spoken or cell.shown for cell in row] for row in table.rows),
            strict=True,
        )
    ]
    chart = table.chart
    return {
        "title": table.title,
        "note": table.note,
        "nothing": table.nothing,
        "definition": table.definition,
        "columns": [
            {"name": column.label, "parts": parts, "number": column.numeric}
            for column, parts in zip(table.columns, widths(longest), strict=True)
        ],
        "rows": [[_on_paper(cell) for cell in row] for row in table.rows],
        "chart": {"svg": svg(chart), "alt": f"{chart.caption}. {chart.in_words}"}
        if chart
        else None,
        "caption": chart.caption if chart and chart.title != table.title else "",
    }


def key_for_paper(key: Key) -> list[dict[str, str]]:
    """The key that templates/typst/figures.typ draws."""
    return [{**_on_paper(cell), "meaning": meaning} for cell, meaning in key]


def _on_paper(cell: Cell) -> dict[str, str]:
    """A figure; of a symbol its words, since a reader of PDF has no others to say."""
    return {"shown": cell.spoken or cell.shown, "mark": cell.mark}


def widths(longest: Sequence[int]) -> list[int]:
    """Which parts of the page columns get, by the letters of their longest cell: 0 is what it needs.

    Sentences share what the others leave; without any, the first column gets it.
    """
    parts = [min(letters, SENTENCE) if letters > LONGEST_NARROW else 0 for letters in longest]
    return parts if any(parts) else [1, *parts[1:]]
