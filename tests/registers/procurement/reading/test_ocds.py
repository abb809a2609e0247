"""OCDS files made by hand: releases compiled, updates that replace, and what cannot be told."""

import datetime as dt
import json
import socket
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from registers.procurement.facts import FoundContracts
from registers.procurement.reading import ocds, ocds_release
from registers.procurement.reading.contracts import read_contracts
from tests.registers.procurement.reading.files import award, package, release, shared


def read(*releases: Any) -> FoundContracts:
    return read_contracts(package(*releases), "contracts.json")


def lines(*releases: Any) -> bytes:
    return "\n".join(json.dumps(each) for each in releases).encode()


def test_an_award_and_its_tender() -> None:
    tender = {
        "id": "t1",
        "title": "Fleet &amp; vans",
        "description": "Vans\nfor the fleet",
        "status": "complete",
        "classification": {"scheme": "CPV", "id": "34100000", "description": "Motor vehicles"},
        "value": {"amount": 1234.5, "currency": "GBP"},
        "tenderPeriod": {"startDate": "2026-01-01T00:00:00Z", "endDate": "2026-02-01T12:00:00Z"},
    }
    period = {"startDate": "2026-06-30T23:00:00Z", "endDate": "2027-06-30T23:59:59+01:00"}
    found = read(release(award(99.99, contractPeriod=period), tender=tender))
    assert (found.read, found.refused, found.warnings) == (1, (), ())
    (one,) = found.awards
    assert (one.identifier, one.ocid, one.where) == ("ocds-nmr-1/a1", "ocds-nmr-1", "ocds-nmr-1")
    assert (one.title, one.description) == ("Fleet & vans", "Vans for the fleet")
    assert (one.status, one.awarded_on) == ("active", dt.date(2026, 5, 13))
    # Eleven in the evening in Greenwich is the next day where the contract is.
    assert (one.starts_on, one.ends_on) == (dt.date(2026, 7, 1), dt.date(2027, 6, 30))
    assert (one.amount, one.currency) == (Decimal("99.99"), "GBP")
    assert (one.buyer, one.category) == ("Northmoor Police", "Motor vehicles")
    assert one.published_at == dt.datetime(2026, 5, 13, 9, tzinfo=dt.UTC)
    assert [supplier.name for supplier in one.suppliers] == ["Acme Ltd"]
    (tendered,) = found.tenders
    assert (tendered.identifier, tendered.title) == ("ocds-nmr-1", "Fleet & vans")
    assert (tendered.opens_on, tendered.closes_on) == (dt.date(2026, 1, 1), dt.date(2026, 2, 1))
    assert (tendered.amount, tendered.status) == (Decimal("1234.50"), "complete")
    assert found.figures == {
        "awards": 1,
        "total": Decimal("99.99"),
        "suppliers": 1,
        "tenders": 1,
        "standing_awards": 1,
        "standing_total": Decimal("99.99"),
    }


@pytest.mark.parametrize(
    "content",
    [
        package(release()),
        json.dumps([release()]).encode(),
        json.dumps(release()).encode(),
        lines(release(), release()),
        lines({"releases": [release()]}, {"releases": [release()]}),
        json.dumps({"records": [{"ocid": "ocds-nmr-1", "releases": [release()]}]}).encode(),
        json.dumps(
            {
                "records": [
                    {
                        "ocid": "ocds-nmr-1",
                        "releases": [{"url": "https://example.org/r", "date": "2026-05-13"}],
                        "compiledRelease": release(tag=["compiled"]),
                    }
                ]
            }
        ).encode(),
    ],
)
def test_releases_in_every_wrapping(content: bytes) -> None:
    found = read_contracts(content, "contracts.jsonl")
    assert [one.amount for one in found.awards] == [Decimal("100.00")]
    assert (found.figures["awards"], found.refused) == (1, ())


def test_an_update_replaces_and_never_doubles() -> None:
    corrected = award(50, suppliers=[{"id": "S2", "name": "Bolt Ltd"}])
    first = release(award(5000))
    update = release(corrected, id="r2", date="2026-05-14T09:00:00Z", tag=["awardUpdate"])
    for content in (package(first, update), package(update, first), lines(update, first, first)):
        found = read_contracts(content, "contracts.json")
        (one,) = found.awards
        assert one.amount == Decimal("50.00")
        assert [supplier.name for supplier in one.suppliers] == ["Bolt Ltd"]
        assert found.figures["standing_total"] == Decimal("50.00")
        assert found.figures["standing_awards"] == 1
        # What the file itself publishes: the award once in each of its two notices.
        assert (found.figures["awards"], found.figures["total"]) == (2, Decimal("5050.00"))
        again = [one for one in found.warnings if one.where.startswith("item")]
        assert len(again) == found.read - 2
        assert all(one.reason == "The same release as item 2." for one in again)
        assert [one.reason for one in found.warnings if one not in again] == [
            "The award is in 2 releases; what the latest says of it counts."
        ]


def test_a_release_of_nothing_is_told_of() -> None:
    (one,) = read({key: release()[key] for key in ("ocid", "id", "date", "tag")}).warnings[-1:]
    assert (one.where, one.reason) == (
        "ocds-nmr-1",
        "It tells of no award and no tender, so nothing is taken from it.",
    )


def test_the_latest_is_by_the_moment_and_not_by_the_text() -> None:
    early = release(award(1), date="2026-05-13T10:30:00+02:00")
    late = release(award(2), id="r2", date="2026-05-13T09:00:00Z")
    assert read(late, early).awards[0].amount == Decimal("2.00")


def test_an_update_that_is_silent_keeps_what_was_said() -> None:
    update = release({"id": "a1", "status": "cancelled"}, date="2026-06-01T00:00:00Z", id="r2")
    (one,) = read(release(award(7)), update).awards
    assert (one.status, one.amount, one.counts) == ("cancelled", Decimal("7.00"), False)
    assert one.suppliers[0].name == "Acme Ltd"


def test_awards_of_several_processes_may_share_an_id() -> None:
    found = read(release(), release(ocid="ocds-nmr-2"))
    assert [one.identifier for one in found.awards] == ["ocds-nmr-1/a1", "ocds-nmr-2/a1"]


def test_what_is_not_in_the_total() -> None:
    found = read(
        release(
            award(1),
            award(10, id="a2", status="cancelled"),
            award(100, id="a3", status="unsuccessful"),
            award(1000, id="a4", value={"amount": 1000, "currency": "EUR"}),
            {"id": "a5", "suppliers": [{"id": "S1"}]},
            award(0.1, id="a6", status="pending"),
        )
    )
    assert [one.amount for one in found.awards] == [1, 10, 100, 1000, None, Decimal("0.10")]
    assert found.figures["total"] == found.figures["standing_total"] == Decimal("1.10")
    assert [warning.reason for warning in found.warnings] == [
        "The value is in EUR, so it is in no total."
    ]


def test_suppliers_and_their_numbers() -> None:
    parties = [
        {"id": "S1", "identifier": {"scheme": "GB-COH", "id": "123456"}},
        {"id": "S2", "name": "Bolt &amp;amp; Nut Ltd", "address": {"locality": "Eastvale"}},
        {
            "id": "S3",
            "identifier": {"scheme": "GB-SRS", "id": "x"},
            "additionalIdentifiers": [
                {"scheme": "GB-COH", "id": "not a number"},
                {"scheme": "GB-CHC", "id": "1234567"},
            ],
        },
    ]
    suppliers = [
        {"id": "S1", "name": "Acme Ltd t/a Ace"},
        {"id": "S2", "name": None},
        {"id": "S3", "name": "Cog Trust"},
        {"id": "GB-COH-SC123456", "name": "Dial plc"},
        {"id": "S9"},
        {"id": "S8", "name": "REDACTED"},
        "nonsense",
    ]
    found = read(release(award(suppliers=suppliers), parties=parties))
    (one,) = found.awards
    assert [
        (each.name, each.company_number, each.charity_number, each.place) for each in one.suppliers
    ] == [
        ("Acme Ltd", "00123456", "", ""),
        ("Bolt & Nut Ltd", "", "", "Eastvale"),
        ("Cog Trust", "", "1234567", ""),
        ("Dial plc", "SC123456", "", ""),
    ]
    assert one.suppliers[0].other_names == (("Ace", "trading"),)
    assert len(one.suppliers[2].problems) == 1
    said = " ".join(warning.reason for warning in found.warnings)
    for words in ("'S9' has no name", "withholds", "Cog Trust: ", "breaks the OCDS 1.1 schema"):
        assert words in said
    assert {warning.where for warning in found.warnings} == {"ocds-nmr-1"}
    assert found.figures["suppliers"] == 4


TAKEN: dict[str, Callable[[], dict[str, Any]]] = {
    '"id" is a required property': lambda: without(release(), "id"),
    '"tag" is a required property': lambda: without(release(), "tag"),
    '"soon" is not a "date-time"': lambda: release(date="soon"),
    "no date we can read": lambda: release(date=None),
    "An award has no id": lambda: release(without(award(), "id")),
    "The year 9999 cannot be meant": lambda: release(
        award(contractPeriod={"endDate": "9999-12-31T00:00:00Z"})
    ),
    "is no status of OCDS": lambda: release(award(status="won")),
    "'next week' is not a date": lambda: release(award(date="next week")),
    "have the same id": lambda: release(award(100), award(100)),
    "The award names no supplier": lambda: release(award(suppliers=[])),
    "is no currency": lambda: release(award(value={"amount": 1, "currency": "pounds"})),
    "the characters we keep": lambda: release(award(title="x" * 400)),
}


def without(given: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != name}


@pytest.mark.parametrize("reason", TAKEN)
def test_a_release_that_can_be_understood_is_taken_with_a_warning(reason: str) -> None:
    wanted = reason.replace("the characters we keep", "characters we keep")
    found = read(TAKEN[reason](), release(ocid="ocds-nmr-2"))
    assert found.refused == ()
    assert {one.ocid for one in found.awards} == {"ocds-nmr-1", "ocds-nmr-2"}
    said = [warning for warning in found.warnings if wanted in warning.reason]
    assert [warning.where for warning in said] == ["ocds-nmr-1"]


REFUSED: dict[str, Any] = {
    "has no ocid": without(release(), "ocid"),
    "no ocid, so": release(ocid=" "),
    "is not an object": ["release"],
    "not a number but 'lots'": release(award("lots")),
    "not a number but '12.50'": release(award("12.50")),
    "not a number but 'True'": release(award(True)),
    "is below nothing": release(award(-1)),
    "too large to be meant": release(award(10**15)),
    "The awards are not a list": release(awards={"id": 1}),
    "The award is not an object": release(awards=["a1"]),
    "The tender is not an object": release(tender=[]),
    "The value is not an object": release(award(value=12)),
    "The suppliers are not a list": release(award(suppliers="Acme")),
    "the same name twice": None,
    "ocid is longer": release(ocid="x" * 500),
    "with the ocid, is longer": release(award(id="x" * 500)),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_release_that_cannot_is_refused_and_the_others_taken(reason: str) -> None:
    bad = json.dumps(REFUSED[reason]) if REFUSED[reason] else '{"ocid": "a", "ocid": "b"}'
    content = f"[{bad}, {json.dumps(release(ocid='ocds-nmr-2'))}]".encode()
    found = read_contracts(content, "contracts.json")
    assert [one.ocid for one in found.awards] == ["ocds-nmr-2"]
    (refused,) = found.refused
    assert reason in refused.reason
    ocid = REFUSED[reason].get("ocid", "") if isinstance(REFUSED[reason], dict) else ""
    assert refused.where == (ocid.strip()[:120] or "item 1")
    assert found.read == 2


def test_an_empty_package_holds_nothing() -> None:
    found = read()
    assert (found.read, found.awards, found.tenders) == (0, (), ())
    assert found.figures["total"] == Decimal("0.00")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    ocds._merger.cache_clear()
    ocds_release._validator.cache_clear()
    assert read(without(release(), "id")).awards


def test_the_public_file() -> None:
    content = shared("contracts-ocds/contracts_finder_england.jsonl")
    found = read_contracts(content, "contracts_finder_england.jsonl")
    assert (found.read, found.refused) == (120, ())
    assert found.figures["awards"] == 100
    assert found.figures["total"] == Decimal("862045928.51")
    # By hand, from the file alone: the last of each award by its release's date.
    latest: dict[tuple[str, str], tuple[str, float]] = {}
    for line in content.splitlines():
        given = json.loads(line)
        for each in given.get("awards", []):
            said = (given["date"], each["value"]["amount"])
            key = (given["ocid"], each["id"])
            latest[key] = max(latest.get(key, said), said)
    assert len(found.awards) == found.figures["standing_awards"] == len(latest)
    standing = sum(Decimal(str(amount)) for _, amount in latest.values())
    assert found.figures["standing_total"] == standing
