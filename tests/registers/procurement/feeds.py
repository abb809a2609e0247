"""Files of feeds, made by the tests that import them, and what importing them gives."""

import json
from datetime import datetime
from typing import Any

from integrity.casework.actions.feeds import FeedFile, take_feed
from integrity.casework.actions.imports import Taken
from integrity.casework.importing.mapping import Mapping
from integrity.casework.registry import importable
from integrity.people.models import Force, User
from tests.builders import NOW

SPEND = """\
Date,Supplier,Amount,Description,Transaction No
03/03/2026,Halcyon Fleet Ltd,"1,200.50",Servicing,PY-1001
04/03/2026,Brook Stationers T/A The Paper Shop,80.00,Paper,PY-1002
05/03/2026,HALCYON FLEET LIMITED,-200.50,Credit,PY-1003
06/03/2026,THIRD PARTY SUPPLIER,50.00,Withheld,PY-1004
"""
CARDS = """\
Card number,Employee number,Cardholder,Single transaction limit,Monthly limit,Date issued
4417,{number},{name},500,2000,01/04/2025
5520,,R Unknown,250,1000,01/04/2025
"""
PURCHASES = """\
Date,Card number,Employee number,Cardholder,Merchant,Amount,Reason for purchase,Transaction No
02/03/2026,4417,{number},{name},Brook Stationers,40.00,Paper for custody,TX-1
03/03/2026,4417,{number},{name},Halcyon Fleet Ltd,120.00,,TX-2
04/03/2026,,,S Nobody,Redacted,15.00,,TX-3
"""


def file_of(slug: str, force: Force, content: str | bytes, name: str) -> FeedFile:
    """A file as the import takes it."""
    feed: Any = importable(slug)
    data = content.encode() if isinstance(content, str) else content
    return FeedFile(feed, force, name, data, Mapping())


def bring(
    slug: str,
    force: Force,
    content: str | bytes,
    name: str = "",
    by: User | None = None,
    now: datetime = NOW,
) -> Taken:
    """Import a file whole."""
    file = file_of(slug, force, content, name or f"{slug}.csv")
    return take_feed(file, file.read(), by=by, now=now)


def release(
    ocid: str = "ocds-abc123-1",
    *suppliers: str | dict[str, Any],
    amount: float = 1200.5,
    published: str = "2026-03-01T09:00:00Z",
    **award: Any,
) -> dict[str, Any]:
    """A release of one award to these suppliers, of its tender too."""
    organisations = [
        each if isinstance(each, dict) else {"id": f"s{number}", "name": each}
        for number, each in enumerate(suppliers or ("Halcyon Fleet Ltd",), 1)
    ]
    return {
        "ocid": ocid,
        "id": f"{ocid}-{published}",
        "date": published,
        "tag": ["award"],
        "initiationType": "tender",
        "parties": organisations,
        "tender": {"id": "t1", "title": "New patrol cars", "status": "complete"},
        "awards": [
            {
                "id": "a1",
                "title": "Patrol cars",
                "status": "active",
                "date": "2026-03-01T00:00:00Z",
                "value": {"amount": amount, "currency": "GBP"},
                "suppliers": [{"id": each["id"], "name": each["name"]} for each in organisations],
                **award,
            }
        ],
    }


def package(*releases: Any) -> bytes:
    """Releases as a body publishes them."""
    return json.dumps({"version": "1.1", "releases": list(releases)}).encode()
