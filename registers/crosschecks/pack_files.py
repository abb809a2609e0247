"""The meeting pack as a PDF to print and as a workbook; both say what the page says."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from integrity.ui.pdf import render
from integrity.ui.templatetags.ui import day, money
from registers.crosschecks.pack import Pack
from registers.crosschecks.quarters import Section

# Nothing that somebody typed becomes a formula or a link.
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767
WIDE, NARROW = 60, 18


def as_text(cell: Any) -> str:
    """A cell in words, as the page and the PDF have it."""
    match cell:
        case Decimal():
            return money(cell)
        case dt.date():
            return day(cell)
        case None:
            return ""
    return str(cell)


def pdf(pack: Pack, *, made_at: dt.datetime) -> bytes:
    data = {
        "title": f"Meeting pack: {pack.force}, {pack.quarter.words}",
        "force": str(pack.force),
        "quarter": pack.quarter.words,
        "made_on": day(made_at),
        "sections": [_section(each) for each in pack.sections],
    }
    return render("pack.typ", data, made_at=made_at)


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "note": section.note,
        "nothing": section.nothing,
        "columns": list(section.columns),
        "rows": [[as_text(cell) for cell in row] for row in section.rows],
    }


def workbook(pack: Pack, *, made_at: dt.datetime) -> bytes:
    """A sheet for each section, holding its columns and nothing else."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **AS_TEXT})
    day_made = made_at.replace(hour=0, minute=0, second=0, microsecond=0)
    book.set_properties({"title": f"Meeting pack, {pack.quarter.words}", "created": day_made})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": "£#,##0.00", "valign": "top"}),
        "day": book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"}),
    }
    for number, section in enumerate(pack.sections, start=1):
        name = f"{number} {section.title}"[:LONGEST_SHEET_NAME].strip()
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 0, WIDE)
        sheet.set_column(1, max(1, len(section.columns) - 1), NARROW)
        sheet.write_row(0, 0, section.columns, formats["head"])
        for at, row in enumerate(section.rows, start=1):
            _write(sheet, at, row, formats)
    book.close()
    return content.getvalue()


def _write(sheet: Any, at: int, row: Sequence[Any], formats: dict[str, Any]) -> None:
    for column, cell in enumerate(row):
        match cell:
            case Decimal():
                sheet.write_number(at, column, cell, formats["money"])
            case int():
                sheet.write_number(at, column, cell)
            case dt.date():
                sheet.write_datetime(at, column, cell, formats["day"])
            case None | "":
                sheet.write_blank(at, column, None, formats["text"])
            case _:
                sheet.write_string(at, column, str(cell)[:LONGEST_CELL], formats["text"])
