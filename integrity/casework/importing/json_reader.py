"""The child process of `documents.py`: checks one untrusted JSON file and hands it on in items.

Run in a process of its own, under the limits of `reader.py`: a few kilobytes can be nested deeper
than any stack, and twenty megabytes of brackets are half a gigabyte of lists. It knows the
standard library, nothing of Django.

It writes {"item": n, "value": …} or {"item": n, "problem": sentence} for each item, and last
{"end": true} or {"problem": sentence}. What it hands on is shallow, finite and says nothing twice.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from integrity.casework.importing.reader import Problem, limit_this_process

MAX_DEPTH: Final = 40
MAX_ITEMS: Final = 200_000
MAX_VALUES: Final = 2_000_000
MAX_ITEM_VALUES: Final = 100_000
MAX_DIGITS: Final = 18


class Doubled(dict[str, Any]):
    """A JSON object in which a name stands twice, so that nobody can say which is meant."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return found if len(found := dict(pairs)) == len(pairs) else Doubled(found)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits.lstrip("-")) <= MAX_DIGITS else math.inf


def parse(text: str) -> Any:
    """A JSON value, infinite where a number is none or too large to be one. Raises Problem."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_constant=lambda _: math.inf,
        )
    except RecursionError as error:
        raise Problem("It is nested too deeply to be read.") from error
    except ValueError as error:
        raise Problem(f"It is not JSON: {error}.") from error


def counted(value: Any) -> int:
    """How many values a JSON value is made of. Raises Problem where it cannot be taken as it is."""
    count, level = 0, [value]
    for _ in range(MAX_DEPTH):
        count += len(level)
        if count > MAX_ITEM_VALUES:
            raise Problem(f"It holds more than {MAX_ITEM_VALUES:,} values.")
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return count
    raise Problem(f"It is nested more than {MAX_DEPTH} levels deep.")


def _inside(value: Any) -> Iterable[Any]:
    match value:
        case Doubled():
            raise Problem("One of its objects gives the same name twice.")
        case dict():
            return [*value, *value.values()]
        case list():
            return value
        case float() if not math.isfinite(value):
            raise Problem("It holds a number that is none, or is too large to be one.")
        case str() if "\x00" in value or not _is_text(value):
            raise Problem("It holds a character that no text has.")
    return ()


def _is_text(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


def decode(content: bytes) -> str:
    """The text of a JSON file in UTF-8, or UTF-16 with its mark. Raises Problem."""
    try:
        marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("The file is not text in UTF-8. Save it again as UTF-8.") from error


def items(text: str, lists: Sequence[str]) -> Iterator[tuple[int, Any]]:
    """The items of a document by number: what its first list named in `lists` holds, or lines.

    A text that is no document, but has lines that are objects, is JSON Lines; a line of it that
    cannot be parsed is a Problem in its place.
    """
    document = _parsed_or_problem(text)
    if isinstance(document, Problem):
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        read = [(number, _parsed_or_problem(line)) for number, line in lines]
        if not any(isinstance(value, dict) and value for _, value in read):
            raise document
        yield from read
        return
    if isinstance(document, Doubled):
        raise Problem("The file gives the same name twice, so nobody can say which is meant.")
    if isinstance(document, dict):
        document = next((document[name] for name in lists if name in document), [document])
    if not isinstance(document, list):
        raise Problem("The file holds no list of items where one should be.")
    yield from enumerate(document, 1)


def _parsed_or_problem(text: str) -> Any:
    try:
        return parse(text)
    except Problem as problem:
        return problem


def write(content: bytes, lists: Sequence[str]) -> None:
    """Write the items of a document. Raises Problem."""
    left = MAX_VALUES
    for count, (number, value) in enumerate(items(decode(content), lists)):
        if count >= MAX_ITEMS:
            raise Problem(f"The file holds more than {MAX_ITEMS:,} items. Split it.")
        try:
            if isinstance(value, Problem):
                raise value
            left -= counted(value)
        except Problem as problem:
            print(json.dumps({"item": number, "problem": str(problem)}))
        else:
            if left < 0:
                raise Problem(f"The file holds more than {MAX_VALUES:,} values. Split it.")
            print(json.dumps({"item": number, "value": value}))


def main(lists: Sequence[str]) -> None:
    """Read standard input, write items and one closing line; without that line, we died."""
    limit_this_process()
    closing: dict[str, Any] = {"end": True}
    try:
        write(sys.stdin.buffer.read(), lists)
    except Problem as problem:
        closing = {"problem": str(problem)}
    print(json.dumps(closing), flush=True)
