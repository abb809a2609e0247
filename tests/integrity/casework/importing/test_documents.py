"""JSON files read within limits: honest ones item by item, hostile ones to a sentence."""

import contextlib
import json
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.importing import documents, json_reader, sheets
from integrity.casework.importing.documents import Item, read_items
from integrity.casework.importing.reader import Problem
from integrity.casework.importing.sheets import MAX_FILE_BYTES, UnreadableFile

TWO = [Item(1, {"a": 1}), Item(2, {"b": [2.5, "£", None, True]})]


def read(content: bytes | str) -> list[Item]:
    given_bytes = content.encode() if isinstance(content, str) else content
    return read_items(given_bytes, "given.json", lists=("releases", "records"))


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1}, {"b": [2.5, "£", null, true]}]',
        '{"uri": "x", "releases": [{"a": 1}, {"b": [2.5, "£", null, true]}]}',
        '{"records": [{"a": 1}, {"b": [2.5, "£", null, true]}]}',
        '{"a": 1}\n{"b": [2.5, "£", null, true]}\n',
        '{"a": 1}\r\n{"b": [2.5, "£", null, true]}',
        '[\n  {"a": 1},\n  {"b": [2.5, "£", null, true]}\n]',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_a_package_and_lines_are_items(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == TWO


def test_a_document_without_a_list_is_one_item() -> None:
    assert read('{"ocid": "x"}') == [Item(1, {"ocid": "x"})]


def test_a_line_that_is_broken_is_a_problem_in_its_place() -> None:
    found = read('nonsense\n{"a": 1}\n\n{"b": [2.5, "£", null, true]}\n{"half": ')
    assert [item.number for item in found] == [1, 2, 4, 5]
    assert [item.value for item in found if not item.problem] == [item.value for item in TWO]
    assert found[0].problem.startswith("It is not JSON")


ITEMS_AT_FAULT = {
    "one of its objects gives the same name twice": '{"a": {"b": 1, "b": 2}}',
    "nested more than 40 levels": "[" * 60 + "]" * 60,
    "more than 100,000 values": "[" + "1," * 100_000 + "1]",
    "a number that is none": "[NaN]",
    "is none, or is too large": '{"a": Infinity}',
    "or is too large to be one": "[-1e999]",
    "too large to be one": "1" + "0" * 5000,
    "a character that no text has": '["\\ud800"]',
    "character that no text has": '{"\\u0000": 1}',
}


@pytest.mark.parametrize("reason", ITEMS_AT_FAULT)
def test_an_item_at_fault_leaves_the_others(reason: str) -> None:
    found = read(f'[{{"a": 1}}, {ITEMS_AT_FAULT[reason]}, {{"c": 3}}]')
    assert [item.value for item in found] == [{"a": 1}, None, {"c": 3}]
    assert reason in found[1].problem.lower()


FILES_AT_FAULT = {
    "is empty": b" \n",
    "larger than 20 MB": b"[" + b" " * MAX_FILE_BYTES,
    "not text in UTF-8": b'\xff{"a": 1}',
    "nested too deeply": b"[" * 200_000,
    "the same name twice": b'{"releases": [], "releases": [1]}',
    "no list of items": b'{"releases": 3}',
    "holds no list": b"null",
    "is not JSON": b"\x00" * 100,
    "It is not JSON": b"Buyer,Title\nA,B\n",
    "more than 200,000 items": b"[" + b"1," * 200_000 + b"1]",
    "more than 2,000,000 values": b"[" + b",".join([b"[" + b"1," * 99_000 + b"1]"] * 21) + b"]",
    "more memory or time": b"[" + b"[]," * (MAX_FILE_BYTES // 3 - 2) + b"[]]",
}


@pytest.mark.parametrize("reason", FILES_AT_FAULT)
def test_a_file_at_fault_is_a_sentence(reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as error:
        read(FILES_AT_FAULT[reason])
    assert reason in str(error.value)
    assert str(error.value).endswith(".")
    assert time.monotonic() - started < sheets.WALL_SECONDS


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "WALL_SECONDS", 0.001)
    with pytest.raises(UnreadableFile, match="took longer than"):
        read("[]")


def test_the_child_knows_nothing_of_django() -> None:
    script = f"{documents.SCRIPT}; sys.exit('django' in sys.modules)"
    command = [sys.executable, "-I", "-c", script, str(documents.ROOT)]
    subprocess.run(command, input=b"[]", stdout=subprocess.DEVNULL, check=True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner),
    max_leaves=20,
)  # fmt: skip


@given(st.lists(JSON))
def test_any_honest_list_is_its_items(values: list[object]) -> None:
    finite = [value for value in values if "Infinity" not in json.dumps(value)]
    found = list(json_reader.items(json.dumps(finite), ("releases",)))
    assert [value for _, value in found] == finite
    assert all(json_reader.counted(value) for _, value in found)


@given(st.binary(max_size=200))
def test_any_bytes_are_items_or_a_problem(content: bytes) -> None:
    with contextlib.suppress(Problem):
        json_reader.write(content, ("releases",))
