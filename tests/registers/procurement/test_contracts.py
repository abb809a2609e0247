"""Contracts and tenders as published become records: once, with all who won, and as corrected."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from integrity.casework.models import ImportBatch
from registers.organisations.models import Organisation
from registers.procurement import actions as procurement
from registers.procurement.enums import Declared, Part
from registers.procurement.models import Bidder, Contract, ContractSupplier, Tender
from tests.builders import NOW, TODAY, World
from tests.procurement import tender as made_tender
from tests.registers.procurement.feeds import bring, package, release

pytestmark = pytest.mark.usefixtures("media")

REGISTER = """\
Contract reference,Title,Supplier,Start date,End date,Value
C-1,Cleaning,Brook Cleaning Ltd; Roe & Sons,01/04/2025,31/03/2027,"£90,000"
C-2,Towing,Halcyon Fleet Ltd,01/04/2025,01/03/2025,"£10,000"
"""


def bring_ocds(world: World, *releases: object, days: int = 0) -> dict[str, object]:
    taken = bring(
        "contracts", world.northmoor, package(*releases), "c.json", now=NOW + timedelta(days=days)
    )
    return taken.report


def test_an_award_is_a_contract_with_its_suppliers_and_its_tender(world: World) -> None:
    told = bring_ocds(world, release("ocds-abc123-1", "Halcyon Fleet Ltd", "Roe &amp; Sons"))
    assert (told["awards"], told["total"], told["suppliers"]) == (1, "1200.50", 2)
    assert (told["tenders"], told["imported"], told["tenders_imported"]) == (1, 1, 1)
    contract = Contract.objects.get()
    assert (contract.title, contract.amount) == ("Patrol cars", Decimal("1200.50"))
    assert contract.tender == Tender.objects.get(identifier="ocds-abc123-1")
    assert {each.organisation.name for each in contract.suppliers.all()} == {
        "Halcyon Fleet Ltd",
        "Roe & Sons",
    }


def test_two_spellings_on_one_award_are_one_supplier(world: World) -> None:
    twice = release("ocds-abc123-1", "Halcyon Fleet Ltd", "HALCYON FLEET LIMITED")
    for _ in range(2):
        told = bring_ocds(world, twice)
    assert ContractSupplier.objects.count() == 1
    assert (told["imported"], told["updated"], told["unchanged"]) == (0, 0, 1)


def test_again_adds_nothing_and_an_update_never_doubles(world: World) -> None:
    bring_ocds(world, release(), release("ocds-abc123-2", "Brook Ltd"))
    told = bring_ocds(world, release(), release("ocds-abc123-2", "Brook Ltd"))
    assert (told["imported"], told["unchanged"], ImportBatch.objects.count()) == (0, 2, 1)
    told = bring_ocds(
        world, release(amount=2000, published="2026-03-05T09:00:00Z", title="Patrol vehicles")
    )
    assert (told["imported"], told["updated"], Contract.objects.count()) == (0, 1, 2)
    assert [(each["field"], each["from"], each["to"]) for each in told["changes"]] == [  # type: ignore[attr-defined]
        ("Title", "Patrol cars", "Patrol vehicles"),
        ("Amount", "£1,200.50", "£2,000.00"),
    ]
    contract = Contract.objects.get(title="Patrol vehicles")
    assert contract.batch == ImportBatch.objects.latest("pk")


def test_a_supplier_no_longer_named_has_left_and_may_come_back(world: World) -> None:
    bring_ocds(world, release("ocds-abc123-1", "Halcyon Fleet Ltd", "Brook Ltd"))
    told = bring_ocds(world, release("ocds-abc123-1", "Halcyon Fleet Ltd", "Roe & Sons"), days=1)
    assert {(each["from"], each["to"]) for each in told["changes"]} == {  # type: ignore[attr-defined]
        ("", "Roe & Sons"),
        ("Brook Ltd", ""),
    }
    left = ContractSupplier.objects.exclude(left_on=None).get()
    assert (left.as_written, left.left_on) == ("Brook Ltd", TODAY + timedelta(days=1))
    bring_ocds(world, release("ocds-abc123-1", "Halcyon Fleet Ltd", "Brook Ltd"), days=2)
    assert ContractSupplier.objects.get(as_written="Brook Ltd").left_on is None
    assert ContractSupplier.objects.count() == 3


def test_what_people_said_of_a_contract_stays_when_the_file_is_corrected(world: World) -> None:
    bring_ocds(world, release())
    Contract.objects.update(outsourced=True, staff_vetted="yes", framework=True)
    bring_ocds(world, release(amount=5))
    contract = Contract.objects.get()
    assert (contract.outsourced, contract.staff_vetted, contract.framework) == (True, "yes", True)
    assert contract.amount == 5


def test_a_tender_that_comes_afterwards_is_linked(world: World) -> None:
    award = release()
    tender = award.pop("tender")
    assert bring_ocds(world, award)["tenders_imported"] == 0
    told = bring_ocds(world, {**award, "tender": tender, "id": "later"})
    assert (told["tenders_imported"], told["updated"]) == (1, 1)
    assert Contract.objects.get().tender == Tender.objects.get()


def test_suppliers_are_told_by_company_number(world: World) -> None:
    def named(name: str) -> dict[str, object]:
        return {
            "id": "GB-COH-01234567",
            "name": name,
            "identifier": {"scheme": "GB-COH", "id": "1234567", "legalName": name},
        }

    bring_ocds(world, release("ocds-abc123-1", named("Halcyon Fleet Ltd")))
    bring_ocds(world, release("ocds-abc123-2", named("Northern Vehicle Care")))
    assert Organisation.objects.get().company_number == "01234567"


def test_a_register_in_a_spreadsheet_and_days_that_contradict_each_other(world: World) -> None:
    told = bring("contracts", world.northmoor, REGISTER).report
    assert (told["imported"], told["total"]) == (2, "100000.00")
    assert Contract.objects.get(title="Cleaning").suppliers.count() == 2
    assert Contract.objects.get(title="Towing").ends_on is None
    assert any("before it starts" in each["reason"] for each in told["warnings"])
    assert bring("contracts", world.northmoor, REGISTER).batch is None


def test_a_row_that_repeats_a_contract_is_named_in_a_warning(world: World) -> None:
    file = REGISTER + 'C-1,Cleaning,Brook Cleaning Ltd,01/04/2025,31/03/2027,"£90,000"\n'
    told = bring("contracts", world.northmoor, file).report
    assert (told["rows"], told["imported"], told["refused"]) == (3, 2, [])
    assert [each["reason"] for each in told["warnings"] if each["where"] == "4"] == [
        "The same contract as row 2."
    ]


def test_other_buyers_are_told_of_before_anything_else(world: World) -> None:
    def bought_by(number: int, name: str) -> dict[str, Any]:
        return release(f"ocds-abc123-{number}") | {"buyer": {"id": "b", "name": name}}

    own = "Police and Crime Commissioner for Northmoor"
    others = ["Merton", *"ABCDE", "Northmoor City Council", "Merton"]
    releases = [bought_by(number, name) for number, name in enumerate([own, *others])]
    warning = bring_ocds(world, *releases, release("ocds-abc123-99"))["warnings"][0]  # type: ignore[index]
    assert warning == {
        "where": "",
        "column": "Buyer",
        "reason": "8 of 10 releases name another buyer: Merton, A, B, C, D and 2 others.",
    }
    told = bring_ocds(world, bought_by(0, own))
    assert "another buyer" not in str(told["warnings"])


def test_what_cannot_be_understood_is_refused_one_by_one(world: World) -> None:
    without = release()
    del without["ocid"]
    told = bring_ocds(world, without, "nonsense", release("ocds-abc123-9"))
    assert (told["rows"], told["imported"], len(told["refused"])) == (3, 1, 2)


def test_whoever_tendered_is_a_bidder_once_and_who_is_involved_is_asked_anew(world: World) -> None:
    first = release("ocds-test-bids")
    first["tender"] |= {"tenderers": [{"id": "a", "name": "Halcyon Fleet Ltd"}]}
    told = bring_ocds(world, first)
    assert told["bids_imported"] == 1
    tender = Tender.objects.get()
    assert [str(each) for each in tender.bidders.all()] == ["Halcyon Fleet Ltd"]
    involved = procurement.involve(
        world.constable,
        of=tender,
        part=Part.EVALUATES,
        starts_on=TODAY,
        by=world.procurement_officer,
        now=NOW,
    )
    procurement.declare_interests(
        tender, declared=Declared.NONE, declaration="", by=world.constable, now=NOW
    )
    first["tender"]["tenderers"].append({"id": "b", "name": "Corriemuir Telematics"})
    first |= {"id": "two", "date": "2026-04-02T00:00:00Z"}
    assert bring_ocds(world, first)["bids_imported"] == 1
    assert tender.bidders.count() == 2
    involved.refresh_from_db()
    assert involved.declared == "", "asked anew"
    assert bring_ocds(world, first)["bids_imported"] == 0


def tendered(*names: str) -> dict[str, Any]:
    made = release("ocds-test-bids")
    made["tender"] |= {"tenderers": [{"id": name, "name": name} for name in names]}
    return made


def published(tender: Tender) -> dict[str, bool]:
    return dict(tender.bidders.values_list("as_written", "published"))


def test_a_bidder_typed_at_the_desk_is_published_once_a_notice_names_them(world: World) -> None:
    """Nobody is asked anew about somebody whom they declared about already."""
    bring_ocds(world, tendered("Halcyon Fleet Ltd"))
    tender, by = Tender.objects.get(), world.procurement_officer
    procurement.add_bidder(tender, name="Brook Vans", by=by, now=NOW)
    assert published(tender) == {"Halcyon Fleet Ltd": True, "Brook Vans": False}
    procurement.involve(
        world.constable, of=tender, part=Part.EVALUATES, starts_on=TODAY, by=by, now=NOW
    )
    procurement.declare_interests(
        tender, declared=Declared.NONE, declaration="", by=world.constable, now=NOW
    )
    both = tendered("Halcyon Fleet Ltd", "BROOK VANS LTD")
    assert bring_ocds(world, both)["bids_imported"] == 1
    assert published(tender) == {"Halcyon Fleet Ltd": True, "Brook Vans": True}
    assert tender.involved.get().declared == Declared.NONE
    assert bring_ocds(world, both)["bids_imported"] == 0


def test_of_bidders_there_were_before_those_typed_in_are_not_published(world: World) -> None:
    """What the migration says of rows that are older than the question."""
    bring_ocds(world, tendered("Halcyon Fleet Ltd"))
    tender, by = Tender.objects.get(), world.procurement_officer
    procurement.add_bidder(tender, name="Brook Vans", by=by, now=NOW)
    typed = made_tender(world.northmoor, batch=None)
    procurement.add_bidder(typed, name="Brook Vans", by=by, now=NOW)
    Bidder.objects.update(published=False)
    migration = import_module("registers.procurement.migrations.0002_bidder_published")
    with connection.cursor() as cursor:
        cursor.execute(migration.NAMED_BY_A_NOTICE)
    assert published(tender) == {"Halcyon Fleet Ltd": True, "Brook Vans": False}
    assert published(typed) == {"Brook Vans": False}
