"""Spreadsheet files as rows: CSV, XLSX and ODS, read in a child process with limits."""

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePath
from typing import IO, Any, Final

type Cell = str | Decimal | dt.date | dt.datetime | None

MAX_FILE_BYTES: Final = 20 * 1024 * 1024
WALL_SECONDS: Final = 30
TEXT_SUFFIXES: Final = {".csv", ".tsv", ".txt"}
WORKBOOK_SUFFIXES: Final = {".xlsx", ".xlsm", ".ods"}
READER: Final = Path(__file__).with_name("reader.py")


class UnreadableFile(Exception):
    """The file cannot be read; the message is a sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as the spreadsheet shows it: its number from 1 and its cells, blank ones None."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet; a CSV is one sheet without a name."""

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False


def read_sheets(source: bytes | str | PurePath, filename: str = "") -> list[Sheet]:
    """Read the worksheets of a file given as a path or as bytes with the name it came under.

    Raises UnreadableFile for anything that is not a spreadsheet within the limits: 20 MB,
    200,000 rows, 200 columns; 512 MB of memory, 25 seconds of processor, 30 by the clock.
    """
    name = filename or ("the file" if isinstance(source, bytes) else PurePath(source).name)
    content = source if isinstance(source, bytes) else _content(Path(source), name)
    return _read_in_child(content, _kind(content, name), name)


def _content(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte past the limit, so that a file too large is known without reading it all.
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(f"{name} cannot be opened: {error.strerror}.") from error


def _kind(content: bytes, name: str) -> str:
    """'text' or 'workbook', when the name and the content agree on it."""
    suffix = PurePath(name).suffix.lower()
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableFile(f"{name} is larger than {MAX_FILE_BYTES // 1024**2} MB; split it.")
    if not content.strip():
        raise UnreadableFile(f"{name} is empty.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableFile(f"{name} is protected with a password. Remove it and save.")
        raise UnreadableFile(f"{name} is in Excel's old format. Save it as XLSX or CSV.")
    if suffix not in TEXT_SUFFIXES | WORKBOOK_SUFFIXES:
        raise UnreadableFile(f"{name} is not a spreadsheet we read. Save it as CSV, XLSX or ODS.")
    zipped = content.startswith(b"PK")
    if zipped != (suffix in WORKBOOK_SUFFIXES):
        inside = "a workbook or other archive" if zipped else "not a workbook"
        raise UnreadableFile(
            f"{name} is {inside} inside, whatever its name says. Save it as CSV, XLSX or ODS."
        )
    return "workbook" if zipped else "text"


def _read_in_child(content: bytes, kind: str, name: str) -> list[Sheet]:
    with answer_of_child([str(READER), kind], content, name) as answered:
        return _sheets(answered, name)


@contextmanager
def answer_of_child(script: Sequence[str], content: bytes, name: str) -> Iterator[IO[bytes]]:
    """What a child process says of a file: `script` is what Python runs, with its arguments.

    Raises UnreadableFile when it takes too long; an answer that breaks off is for the caller.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answered:
        given.write(content)
        given.seek(0)
        try:
            # A file and not a pipe: the system then enforces the limit on what comes back.
            subprocess.run(
                [sys.executable, "-I", *script],
                stdin=given,
                stdout=answered,
                stderr=subprocess.DEVNULL,
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(
                f"{name} took longer than {WALL_SECONDS} seconds to read. Split it, or save the "
                "sheet as CSV."
            ) from error
        answered.seek(0)
        yield answered


def _sheets(answered: IO[bytes], name: str) -> list[Sheet]:
    """The sheets in a child's answer, which breaks off where the child died."""
    sheets: list[Sheet] = []
    rows: list[SheetRow] = []
    for line in answered:
        match message(line):
            case [int() as number, list() as cells]:
                rows.append(SheetRow(number, _cells(cells)))
            case {"sheet": str() as title, "hidden": bool() as hidden}:
                _close(sheets, rows)
                sheets.append(Sheet(title, (), hidden))
            case {"problem": str() as problem}:
                raise UnreadableFile(f"{name}: {problem}")
            case {"end": True}:
                _close(sheets, rows)
                return sheets
    raise UnreadableFile(
        f"{name} needs more memory or time than one file may have. It may hold a cell far from "
        "its table: delete the unused rows and columns, save the sheet as CSV, or split it."
    )


def message(line: bytes) -> Any:
    """One line of a child's answer, or None where the child died within it."""
    try:
        return json.loads(line)
    except ValueError:
        return None


def _close(sheets: list[Sheet], rows: list[SheetRow]) -> None:
    if sheets:
        sheets[-1] = Sheet(sheets[-1].name, tuple(rows), sheets[-1].hidden)
    rows.clear()


def _cells(values: Iterable[Any]) -> tuple[Cell, ...]:
    return tuple(_cell(value) for value in values)


def _cell(value: Any) -> Cell:
    match value:
        case {"n": str() as number}:
            return Decimal(number)
        case {"d": str() as day}:
            return dt.date.fromisoformat(day)
        case {"t": str() as moment}:
            return dt.datetime.fromisoformat(moment)
        case _:
            return value if isinstance(value, str) else None
