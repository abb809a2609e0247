"""The files that the invented forces publish and their banks send, as an import takes them."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from io import StringIO
from typing import Any

from integrity.people.models import User
from registers.demo.data import buying as said
from registers.demo.data.providers import NORTHMOOR
from registers.demo.world import World

MONTHS = 14


def contracts(world: World, code: str) -> bytes:
    """Contract and tender notices in the Open Contracting Data Standard."""
    releases = [
        _award(world, code, nth, title, supplier, number, pounds, days, years)
        for nth, (title, supplier, number, pounds, days, years, forces) in enumerate(said.AWARDS)
        if code in forces
    ]
    releases += [
        _tender(world, code, nth, title, bidders, opened, closes)
        for nth, (title, bidders, opened, closes, forces) in enumerate(said.TENDERS)
        if code in forces
    ]
    if code == NORTHMOOR:
        title, supplier, pounds, days = said.HALCYON_AWARD
        releases.append(_award(world, code, 90, title, supplier, "", pounds, days, 4))
    package = {
        "uri": "https://contracts.example/releases",
        "version": "1.1",
        "publishedDate": _instant(world.today),
        "publisher": {"name": str(world.forces[code])},
        "releases": releases,
    }
    return json.dumps(package, indent=1).encode()


def _release(world: World, code: str, nth: int, tag: str, on: date) -> dict[str, Any]:
    buyer = {"id": f"buyer-{code}", "name": str(world.forces[code])}
    return {
        "ocid": f"ocds-demo01-{code.lower()}-{nth:03}",
        "id": f"{code.lower()}-{nth:03}-{tag}",
        "date": _instant(on),
        "tag": [tag],
        "initiationType": "tender",
        "language": "en",
        "buyer": buyer,
        "parties": [{**buyer, "roles": ["buyer"]}],
    }


def _award(
    world: World,
    code: str,
    nth: int,
    title: str,
    supplier: str,
    number: str,
    pounds: int,
    days: int,
    years: int,
) -> dict[str, Any]:
    on = world.today - timedelta(days=days)
    made = _release(world, code, nth, "award", on)
    party: dict[str, Any] = {"id": f"supplier-{nth}", "name": supplier, "roles": ["supplier"]}
    if number:
        party["identifier"] = {"scheme": "GB-COH", "id": number, "legalName": supplier}
    made["parties"].append(party)
    made["tender"] = {"id": f"t{nth}", "title": title, "status": "complete"}
    until = on + timedelta(days=365 * years)
    made["awards"] = [
        {
            "id": f"{made['ocid']}-1",
            "title": title,
            "status": "active",
            "date": _instant(on),
            "value": {"amount": pounds, "currency": "GBP"},
            "suppliers": [{"id": party["id"], "name": supplier}],
            "contractPeriod": {"startDate": _instant(on), "endDate": _instant(until)},
        }
    ]
    return made


def _tender(
    world: World, code: str, nth: int, title: str, bidders: Sequence[str], opened: int, closes: int
) -> dict[str, Any]:
    on, until = world.today - timedelta(days=opened), world.today + timedelta(days=closes)
    made = _release(world, code, 50 + nth, "tender", on)
    named = [{"id": f"bidder-{nth}-{each}", "name": name} for each, name in enumerate(bidders)]
    made["parties"] += [{**bidder, "roles": ["tenderer"]} for bidder in named]
    made["tender"] = {
        "id": f"t{50 + nth}",
        "title": title,
        "status": "active",
        "tenderPeriod": {"startDate": _instant(on), "endDate": _instant(until)},
        "tenderers": named,
    }
    return made


def spend(world: World, code: str) -> bytes:
    """Payments over £500, as the force publishes them, the oldest first."""
    rows: list[tuple[Any, ...]] = []
    chance = world.chance
    for month in range(MONTHS, 0, -1):
        for payee, low, high, times, what, forces in said.PAYEES:
            if code not in forces or chance.randint(1, 10) > times:
                continue
            on = world.today - timedelta(days=30 * month - chance.randrange(28))
            pounds = f"{chance.randint(low, high)}.{chance.randrange(100):02}"
            rows.append((on, payee, what, pounds))
    rows.sort(key=lambda row: row[0])
    numbered = [
        (code, f"{on:%d/%m/%Y}", f"{code}{nth:06}", payee, what, pounds)
        for nth, (on, payee, what, pounds) in enumerate(rows, 1)
    ]
    heading = ("Body", "Payment date", "Transaction number", "Supplier name", "Expense type", "Amount")  # fmt: skip
    return _csv(heading, numbered)


def cards(world: World, code: str, holders: Sequence[User]) -> bytes:
    """What the purchasing cards of some people bought, and what they said it was for."""
    chance, rows = world.chance, []
    for nth, holder in enumerate(holders):
        for _ in range(14):
            merchant, category, low, high = chance.choice(said.MERCHANTS)
            on = _weekday(world.today - timedelta(days=chance.randint(3, 300)))
            pounds = f"{chance.randint(low, high)}.{chance.randrange(100):02}"
            rows.append((nth, holder, on, merchant, category, pounds, "For the team’s work."))
    rows += list(_stories(world, code, holders))
    rows.sort(key=lambda row: row[2])
    listed = [
        (
            f"{code}-C{number:05}",
            f"**** **** **** {4100 + nth}",
            holder.number,
            holder.name,
            said.SINGLE_LIMIT,
            said.MONTHLY_LIMIT,
            f"{on:%d/%m/%Y}",
            merchant,
            category,
            pounds,
            why,
        )
        for number, (nth, holder, on, merchant, category, pounds, why) in enumerate(rows, 1)
    ]
    heading = (
        "Transaction reference", "Card number", "Cardholder number", "Cardholder name",
        "Single transaction limit", "Monthly limit", "Transaction date", "Merchant",
        "Merchant category", "Amount", "Justification",
    )  # fmt: skip
    return _csv(heading, listed)


def _stories(world: World, code: str, holders: Sequence[User]) -> Iterable[tuple[Any, ...]]:
    """A purchase split in two under the limit, and one card's weekends, in Northmoor."""
    if code != NORTHMOOR:
        return
    # The first is procurement’s to judge; of the second, whom it manages, PSD decides.
    buyer = world[f"procurement.{code.lower()}"]
    (splits, splitter), *_ = ((n, h) for n, h in enumerate(holders) if h.line_manager != buyer)
    (goes, weekender), *_ = ((n, h) for n, h in enumerate(holders) if h.line_manager == buyer)
    on = _weekday(world.today - timedelta(days=19))
    for pounds in ("489.00", "467.50"):
        yield splits, splitter, on, said.SPLIT_AT, "Equipment", pounds, ""
    saturday = world.today - timedelta(days=(world.today.weekday() + 2) % 7)
    for week in range(5):
        day = saturday - timedelta(days=7 * week)
        if day < world.today:
            yield goes, weekender, day, said.SATURDAYS_AT, "Refreshments", f"{62 + week}.40", ""


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _csv(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue().encode()
