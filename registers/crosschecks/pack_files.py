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
LONGEST_HEADER = 200
LONGEST_NARROW, SENTENCE = 24, 100  # letters
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


def is_number(cell: Any) -> bool:
    return isinstance(cell, Decimal | int)


def _section(section: Section) -> dict[str, Any]:
    rows = [[as_text(cell) for cell in row] for row in section.rows]
    longest = [max(map(len, column)) for column in zip(section.columns, *rows, strict=True)]
    return {
        "title": section.title,
        "note": section.note,
        "nothing": section.nothing,
        "columns": [
            {
                "name": name,
                "parts": parts,
                "number": all(is_number(row[at]) for row in section.rows),
            }
            for at, (name, parts) in enumerate(zip(section.columns, widths(longest), strict=True))
        ],
        "rows": rows,
    }


def widths(longest: Sequence[int]) -> list[int]:
    """Which parts of the page columns get, by the letters of their longest cell: 0 is what it needs.

    Sentences share what the others leave; without any, the first column gets it.
    """
    parts = [min(letters, SENTENCE) if letters > LONGEST_NARROW else 0 for letters in longest]
    return parts if any(parts) else [1, *parts[1:]]


def workbook(pack: Pack, *, made_at: dt.datetime) -> bytes:
    """What it is of, then a sheet for each section that holds its columns and nothing else."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **AS_TEXT})
    day_made = made_at.replace(hour=0, minute=0, second=0, microsecond=0)
    of = f"Meeting pack: {pack.force}, {pack.quarter.words}"
    book.set_properties({"title": of, "created": day_made})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": "£#,##0.00", "valign": "top"}),
        "day": book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"}),
    }
    names = [
        f"{number} {section.slug.replace('-', ' ').capitalize()}"[:LONGEST_SHEET_NAME]
        for number, section in enumerate(pack.sections, start=1)
    ]
    _contents(book.add_worksheet("Contents"), pack, names, formats, made_at=made_at)
    for name, section in zip(names, pack.sections, strict=True):
        sheet = book.add_worksheet(name)
        sheet.set_header("&L" + f"{section.title}. {of}".replace("&", "&&")[:LONGEST_HEADER])
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, WIDE)
        sheet.set_column(1, max(1, len(section.columns) - 1), NARROW)
        sheet.write_row(0, 0, section.columns, formats["head"])
        for at, row in enumerate(section.rows, start=1):
            _write(sheet, at, row, formats)
    book.close()
    return content.getvalue()


def _contents(
    sheet: Any, pack: Pack, names: Sequence[str], formats: dict[str, Any], *, made_at: dt.datetime
) -> None:
    """Whose pack it is and of when, and what each sheet holds, also where it holds nothing."""
    about = [
        ("Meeting pack", str(pack.force)),
        ("Quarter", pack.quarter.words),
        ("Made on", day(made_at)),
        ("In confidence", "For the quarterly meeting"),
    ]
    sheet.set_column(0, 1, WIDE)
    for at, row in enumerate(about):
        sheet.write_string(at, 0, row[0], formats["head"])
        sheet.write_string(at, 1, row[1], formats["text"])
    for at, (name, section) in enumerate(zip(names, pack.sections, strict=True), len(about) + 1):
        said = section.note if section.rows else section.nothing
        _write(sheet, at, (name, " ".join(filter(None, (f"{section.title}.", said)))), formats)


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
