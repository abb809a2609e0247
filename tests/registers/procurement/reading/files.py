"""Files made by hand, and where the public ones are when a machine has them."""

import io
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

REPOSITORY = Path(__file__).parents[4]
SHARED = Path(os.environ.get("INTEGRITY_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))


def shared(name: str) -> bytes:
    """A public file's bytes; the test is skipped on a machine that does not have it."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not on this machine; it is public, but not ours to commit")
    return path.read_bytes()


def workbook(sheets: dict[str, Sequence[Sequence[Any]]], change: Callable[..., Any] = id) -> bytes:
    """An XLSX with these rows by sheet, after `change` has had the workbook."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    change(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def award(amount: object = 100, **changes: Any) -> dict[str, Any]:
    """An award of Acme Ltd's."""
    return {
        "id": "a1",
        "status": "active",
        "date": "2026-05-13T00:00:00Z",
        "value": {"amount": amount, "currency": "GBP"},
        "suppliers": [{"id": "S1", "name": "Acme Ltd"}],
    } | changes


def release(*awards: Any, **changes: Any) -> dict[str, Any]:
    """A release of one contracting process, right in every respect."""
    return {
        "ocid": "ocds-nmr-1",
        "id": "r1",
        "date": "2026-05-13T09:00:00Z",
        "tag": ["award"],
        "initiationType": "tender",
        "tender": {"id": "t1", "title": "Vehicles", "status": "complete"},
        "buyer": {"id": "B1", "name": "Northmoor Police"},
        "parties": [{"id": "S1", "name": "Acme Limited", "roles": ["supplier"]}],
        "awards": list(awards or [award()]),
    } | changes


def package(*releases: Any) -> bytes:
    """A release package."""
    return json.dumps({"uri": "https://example.org/1", "releases": releases}).encode()
