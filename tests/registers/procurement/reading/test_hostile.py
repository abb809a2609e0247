"""Hostile files: whatever is sent, the answer is facts or a sentence, in time and in memory."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrity.casework.importing.mapping import MappingError
from integrity.casework.importing.sheets import MAX_FILE_BYTES, WALL_SECONDS, UnreadableFile
from registers.procurement.facts import Found
from registers.procurement.reading.cards import read_cards
from registers.procurement.reading.contracts import read_contracts
from registers.procurement.reading.spend import read_spend
from tests.registers.procurement.reading.files import award, package, release, workbook

HEADINGS = ["Date", "Supplier", "Amount", "Card", "Title"]
GOOD = ["1/4/2026", "Acme Ltd", 5, "1234", "Vans"]
TABLE = workbook({"Sheet": [HEADINGS, GOOD]})
READERS: dict[str, Callable[..., Found]] = {
    "contracts": read_contracts,
    "spend": read_spend,
    "cards": read_cards,
}


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook whose sheet says something that no library would write."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given_file,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for name in given_file.namelist():
            text = given_file.read(name)
            assert "sheet1" not in name or old in text
            result.writestr(name, text.replace(old, new) if "sheet1" in name else text)
    return changed.getvalue()


def far_cell(made: Any) -> None:
    made.worksheets[0]["XFD1048576"] = "x"


WIDE = "x" * 40_000
MANY = "\n".join(f"1/4/2026,Acme {number},5,1234,Vans" for number in range(3000))
TABLES: dict[str, tuple[str, bytes]] = {
    "a cell at XFD1048576": ("a.xlsx", workbook({"Sheet": [HEADINGS, GOOD]}, far_cell)),
    "nothing": ("a.xlsx", b""),
    "no archive": ("a.xlsx", b"PK\x03\x04" + b"\x00" * 200),
    "half an archive": ("a.xlsx", TABLE[: len(TABLE) // 2]),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600),
    "a picture": ("a.png", b"\x89PNG"),
    "too large": ("a.csv", b"x" * (MAX_FILE_BYTES + 1)),
    "an open quotation mark": ("a.csv", b'Date,Supplier,Amount,Card,Title\n"1/4/2026,Acme,5'),
    "characters that no CSV has": ("a.csv", b"Date,Supplier\x00,Amount\n1,2,3\n"),
    "other text": ("a.csv", b"Lorem ipsum, dolor\nsit amet\n"),
    "headings alone": ("a.csv", b"Date,Supplier,Amount,Card,Title\n"),
    "long cells": ("a.csv", f"Date,Supplier,Amount,Card,Title\n{WIDE},{WIDE},{WIDE},,\n".encode()),
    "long headings": ("a.csv", f"{WIDE},{WIDE}\n1,2\n".encode()),
    "headings twice": ("a.csv", b"Date,Date,Supplier,Supplier,Amount,Amount,Title\n1,2,3,4,5,6,7"),
    "formulas": (
        "a.csv",
        b'Date,Supplier,Amount,Card,Title\n1/4/2026,"=cmd|calc",=1+1,@SUM(A1),+1\n',
    ),
    "brackets": (
        "a.csv",
        f"Date,Supplier,Amount,Card,Title\n1/4/2026,{'(T/A ' * 30},5,,Vans\n".encode(),
    ),
    "entities": (
        "a.csv",
        f'Date,Supplier,Amount,Card,Title\n1/4/2026,"{"&amp;" * 30}",5,,"&{"amp;" * 5000}"\n'.encode(),
    ),
    "figures of every script": (
        "a.csv",
        "Date,Supplier,Amount,Card,Title\n١/٤/٢٠٢٦,Acme,٥,١٢٣٤,Vans\n".encode(),
    ),
    "numbers that are none": (
        "a.csv",
        b"Date,Supplier,Amount,Card,Title\n1/4/2026,Acme,NaN,inf,1\n1/4/2026,Acme,1e999,,\n",
    ),
    "three thousand rows": ("a.csv", f"Date,Supplier,Amount,Card,Title\n{MANY}".encode()),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("what", TABLES)
def test_a_hostile_table_is_rows_or_a_sentence(reader: str, what: str) -> None:
    name, content = TABLES[what]
    started = time.monotonic()
    try:
        found = READERS[reader](content, name)
    except (UnreadableFile, MappingError) as error:
        assert str(error).endswith((".", ".)", "}}."))  # noqa: PT017
    else:
        assert all(one.reason for one in (*found.refused, *found.warnings))
        assert all(len(one.reason) < 1000 for one in (*found.refused, *found.warnings))
    assert time.monotonic() - started < WALL_SECONDS


@pytest.mark.parametrize("reader", READERS)
def test_a_dimension_that_lies_hides_no_row(reader: str) -> None:
    lying = rewritten(TABLE, b'ref="A1:E2"', b'ref="A1:A1"')
    assert READERS[reader](lying, "a.xlsx").read == 1
    wide = rewritten(TABLE, b'ref="A1:E2"', b'ref="A1:XFD1048576"')
    assert READERS[reader](wide, "a.xlsx").read == 1


DEEP: Any = {"id": 1}
for _ in range(30):
    DEEP = {"items": [DEEP], "id": {"id": []}}
ODD: list[Any] = [None, True, 0, -1, 1.5, "", "x", [], {}, [None], [[]], {"id": []}, DEEP]
DOCUMENTS: dict[str, bytes] = {
    "nothing": b"",
    "deep": b"[" * 100_000,
    "deep within": b'[{"ocid": "a", "awards": ' + b"[" * 500 + b"]" * 500 + b"}]",
    "not UTF-8": b'{"ocid": "\xff"}',
    "a mark and no more": b"\xef\xbb\xbf",
    "a number": b"3",
    "a name twice": b'{"releases": [], "releases": []}',
    "a name twice within": b'[{"ocid": "a", "ocid": "b"}]',
    "numbers that are none": b'[{"ocid": "a", "awards": [{"id": "1", "value": {"amount": NaN}}]}]',
    "a huge integer": b'[{"ocid": "a", "awards": [{"id": ' + b"9" * 5000 + b"}]}]",
    "surrogates": b'[{"ocid": "\\ud800"}]',
    "a whole page": b"<!doctype html><title>Not found</title>",
    "many brackets": b"[" + b"[]," * 3_000_000 + b"[]]",
    "a release of brackets": b'{"ocid": "a", "awards": [' + b"{}," * 300_000 + b"{}]}",
    "too many awards": b"\n".join(
        b'{"ocid": "%d", "awards": [%b{}]}' % (number, b"{}," * 40_000) for number in range(3)
    ),
    "cut off": package(release())[:-40],
    "a long ocid": package(release(ocid="o" * 100_000)),
    "long words": package(release(award(title=WIDE, suppliers=[{"id": WIDE, "name": WIDE}]))),
    "a reference to elsewhere": package(release() | {"$ref": "http://127.0.0.1:9/x"}),
    "extensions": package(release(extensions=["http://127.0.0.1:9/x"])),
    "far days": package(release(date="0001-01-01T00:00:00+23:59"), release(date="9999-12-31")),
}


@pytest.mark.parametrize("what", DOCUMENTS)
def test_a_hostile_document_is_releases_or_a_sentence(what: str) -> None:
    started = time.monotonic()
    try:
        found = read_contracts(DOCUMENTS[what], "a.json")
    except UnreadableFile as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert all(0 < len(one.reason) < 1000 for one in (*found.refused, *found.warnings))
        assert all(len(one.where) <= 120 for one in (*found.refused, *found.warnings))
    assert time.monotonic() - started < WALL_SECONDS


def test_any_value_of_any_type_anywhere_leaves_the_other_releases() -> None:
    """Every field of a release, and of what is in it, replaced by every odd value in turn."""
    parties = [
        {
            "id": "S1",
            "identifier": {"scheme": "GB-COH", "id": "123456"},
            "additionalIdentifiers": [{"scheme": "GB-CHC", "id": "1234567"}],
            "address": {"locality": "Eastvale"},
        }
    ]
    period = {"startDate": "2026-01-01T00:00:00Z", "endDate": "2026-02-01T00:00:00Z"}
    tender = {"title": "Vans", "value": {"amount": 1, "currency": "GBP"}, "tenderPeriod": period}
    whole = release(award(contractPeriod=period), parties=parties, tender=tender)
    changed = [
        changed | {"ocid": f"{changed['ocid']}"}
        if isinstance(changed.get("ocid"), str)
        else changed
        for changed in _changed(whole)
    ]
    good = release(award(7), ocid="ocds-nmr-good")
    found = read_contracts(json.dumps([*changed, good]).encode(), "a.json")
    assert len(changed) > 400
    assert found.read == len(changed) + 1
    (last,) = (one for one in found.awards if one.ocid == "ocds-nmr-good")
    assert last.amount == Decimal("7.00")
    # One at a time too: what is odd must not be hidden by the release that was merged after it.
    for number, each in enumerate(changed):
        if number % 40 == 0:
            read_contracts(package(each, good), "a.json")


def _changed(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value | {name: odd} for name in value for odd in [*ODD, *_changed(value[name])]]
    if isinstance(value, list):
        return [[*value[:place], odd, *value[place + 1 :]]
                for place in range(len(value)) for odd in [*ODD, *_changed(value[place])]]  # fmt: skip
    return []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(TABLE) - 1), st.integers(0, 255)), min_size=1))
def test_a_damaged_workbook_is_rows_or_a_sentence(changes: list[tuple[int, int]]) -> None:
    content = bytearray(TABLE)
    for place, byte in changes:
        content[place] = byte
    try:
        read_spend(bytes(content), "a.xlsx")
    except (UnreadableFile, MappingError) as error:
        assert str(error)  # noqa: PT017


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(b'{}[]",:0a\\')), min_size=1))
def test_a_damaged_document_is_releases_or_a_sentence(changes: list[tuple[int, int]]) -> None:
    content = bytearray(package(release()))
    for place, byte in changes:
        content[place % len(content)] = byte
    try:
        read_contracts(bytes(content), "a.json")
    except UnreadableFile as error:
        assert str(error)  # noqa: PT017
