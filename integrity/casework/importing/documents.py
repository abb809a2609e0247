"""JSON files as items: a document's list or JSON Lines, read in a child process with limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from integrity.casework.importing.sheets import (
    MAX_FILE_BYTES,
    UnreadableFile,
    answer_of_child,
    message,
)

SUFFIXES: Final = {".json", ".jsonl", ".ndjson"}
ROOT: Final = Path(__file__).parents[3]
SCRIPT: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from integrity.casework.importing.json_reader import main; main(sys.argv[2:])"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a document: its number from 1, of the line where the file is JSON Lines.

    `problem` is the sentence that says why it has no value, or ''.
    """

    number: int
    value: Any = None
    problem: str = ""


def read_items(content: bytes, name: str, *, lists: Sequence[str]) -> list[Item]:
    """The items of a JSON file: a bare list's, those under the first of `lists`, or its lines.

    A document without such a list is one item. Raises UnreadableFile for what is not JSON within
    the limits: 20 MB, 200,000 items, two million values, and a spreadsheet's memory and time. An
    item of more than 100,000 values or 40 levels is a problem of its own.
    """
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableFile(f"{name} is larger than {MAX_FILE_BYTES // 1024**2} MB; split it.")
    if not content.strip():
        raise UnreadableFile(f"{name} is empty.")
    found: list[Item] = []
    with answer_of_child(["-c", SCRIPT, str(ROOT), *lists], content, name) as answered:
        for line in answered:
            match message(line):
                case {"item": int() as number, "value": value}:
                    found.append(Item(number, value))
                case {"item": int() as number, "problem": str() as problem}:
                    found.append(Item(number, problem=problem))
                case {"problem": str() as problem}:
                    raise UnreadableFile(f"{name}: {problem}")
                case {"end": True}:
                    return found
    raise UnreadableFile(f"{name} needs more memory or time than one file may have. Split it.")
