"""The child process of `sheets.py`: turns one untrusted spreadsheet into JSON lines.

Run as a script, `python -I reader.py text|workbook < FILE > ROWS`, and never imported by the
web process to parse a file: a four-kilobyte workbook can ask for terabytes, and the answer to
that must be a dead child. It knows the standard library and calamine, nothing of Django.

It writes {"sheet": name, "hidden": bool}, then one [row number, cells] a row, and last
{"end": true} or {"problem": sentence}. A cell is a string, null, {"n": "12.50"},
{"d": "2026-05-13"} or {"t": "2026-05-13T14:30:00"}.
"""

import contextlib
import csv
import datetime as dt
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

MEMORY_BYTES: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 25
OUTPUT_BYTES: Final = 32 * 1024 * 1024
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 200
DELIMITERS: Final = ",;\t"
SNIFFED_ROWS: Final = 30
DAMAGED: Final = (
    "The workbook is damaged or not a workbook. Open it in a spreadsheet program and save it "
    "again as XLSX, ODS or CSV."
)


class Problem(Exception):
    """The file cannot be read; the message is a sentence for the person who sent it."""


def limit_this_process() -> None:
    """Cap memory, processor time and output, so that a hostile file ends this process alone."""
    import resource

    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS refuses an address-space limit; the parent's clock still ends the child there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def decode(content: bytes) -> str:
    """The text of a CSV in UTF-8, UTF-16 with its mark, or Windows' Western code page."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    else:
        raise Problem("The file is not text in an encoding we know. Save it as CSV UTF-8.")
    if any(mark in text for mark in "\x00\x01\x02\x03\x04\x05\x06"):
        raise Problem(
            "The file holds characters that no CSV has, so it is another kind of file "
            "or damaged. Save it again as CSV UTF-8."
        )
    return text


def sniff_delimiter(text: str) -> str:
    """The separator under which most of the first rows have the same number of columns."""

    def score(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths: Counter[int] = Counter()
        with contextlib.suppress(csv.Error):
            for row, _ in zip(rows, range(SNIFFED_ROWS), strict=False):
                widths[len(row)] += len(row) > 1
        width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return agreeing, width

    return max(DELIMITERS, key=score)


def text_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV with their numbers, as a spreadsheet program would show them."""
    text = decode(content)
    # Strict, because a quotation mark left open would swallow the rest of the file in silence.
    records = csv.reader(
        io.StringIO(text, newline=""), delimiter=sniff_delimiter(text), strict=True
    )
    number = 0
    try:
        for number, record in enumerate(records, 1):
            yield number, record
    except csv.Error as error:
        raise Problem(
            f"Row {number + 1} cannot be read: it may hold a quotation mark that is not closed, "
            f"or a cell longer than {csv.field_size_limit():,} characters ({error})."
        ) from error


def write_sheet(name: str, hidden: bool, rows: Iterable[tuple[int, list[Any]]]) -> None:
    """Write one sheet's rows as JSON lines, without the empty rows after its last cell."""
    print(json.dumps({"sheet": name, "hidden": hidden}))
    title = f" of the sheet '{name}'" if name else ""
    last = 0
    for number, values in rows:
        cells = trimmed(values)
        if not cells:
            continue
        if number > MAX_ROWS:
            raise Problem(
                f"Row {number:,}{title} has a filled cell; we read at most {MAX_ROWS:,} rows. "
                "Delete what is below the table, or split the file."
            )
        if len(cells) > MAX_COLUMNS:
            raise Problem(
                f"Row {number:,}{title} has {len(cells):,} columns; we read at most "
                f"{MAX_COLUMNS}. Delete what is to the right of the table."
            )
        for empty in range(last + 1, number):
            print(json.dumps([empty, []]))
        print(json.dumps([number, [encode(cell) for cell in cells]]))
        last = number


def trimmed(values: list[Any]) -> list[Any]:
    """The cells up to the last that is not empty; a CSV row of commas alone keeps one cell."""
    width = len(values)
    while width and values[width - 1] in ("", None):
        width -= 1
    if not width and len(values) > 1 and isinstance(values, CsvRecord):
        return [""]
    return values[:width]


class CsvRecord(list[str]):
    """A CSV row: one of separators alone was typed by somebody, so it is blank but there."""


def encode(cell: Any) -> Any:
    """A cell as JSON. Numbers go as text: no amount of money passes through a float again."""
    match cell:
        case "" | None:
            return None
        case bool():
            return str(cell).upper()
        case int() | float():
            # Fifteen figures are what Excel keeps and shows; the rest is binary noise.
            return {"n": format(cell, ".15g")}
        case dt.datetime():
            return {"t": cell.isoformat()}
        case dt.date():
            return {"d": cell.isoformat()}
        case dt.time():
            return cell.isoformat("minutes")
        case _:
            return str(cell)


def write_workbook(content: bytes) -> None:
    """Write every worksheet of an XLSX or ODS.

    Raises Problem when it is protected or damaged.
    """
    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
                table = workbook.get_sheet_by_name(sheet.name)
                write_sheet(sheet.name, hidden, numbered(table))
    except calamine.PasswordError as error:
        raise Problem("The workbook is protected with a password. Remove it and save.") from error
    except calamine.CalamineError as error:
        raise Problem(DAMAGED) from error


def numbered(table: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows of a worksheet numbered from 1, with the empty columns before its first cell."""
    if table.start is None:
        return
    margin = [None] * table.start[1]
    for number, row in enumerate(table.iter_rows(), 1):
        yield number, margin + row


def write(kind: str, content: bytes) -> None:
    """Write the rows of a 'text' or a 'workbook'. Raises Problem."""
    if kind == "text":
        records = ((number, CsvRecord(record)) for number, record in text_rows(content))
        write_sheet("", False, records)
    else:
        write_workbook(content)


def main(kind: str) -> None:
    """Read standard input, write rows and one closing line; without that line, we died."""
    limit_this_process()
    try:
        write(kind, sys.stdin.buffer.read())
        closing: dict[str, Any] = {"end": True}
    except Problem as problem:
        closing = {"problem": str(problem)}
    except (MemoryError, OSError):
        raise
    except BaseException:  # a panic in calamine's Rust is not an Exception
        closing = {"problem": DAMAGED}
    print(json.dumps(closing), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
