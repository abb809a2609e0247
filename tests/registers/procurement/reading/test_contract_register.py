"""Contract registers as spreadsheets, made by hand to the shapes that forces publish."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from integrity.casework.importing.mapping import Mapping, MappingError
from registers.procurement.facts import FoundContracts
from registers.procurement.reading.contracts import read_contracts
from tests.registers.procurement.reading.files import workbook

REGISTER = """\
Northmoor Police contracts register,,,,,,,
Contract Ref,Contract Title,Supplier Name,Company Number,Start Date,End Date,Contract Value,Status
C1,Vans,ACME LTD T/A ACE,123456,01/04/2026,31/03/2027,"£12,500.50",Live
C2,Drones,Bolt &amp; Nut Ltd,none yet,1 May 2026,,TBC,
C3,Framework,Acme Ltd,,01/05/2026,31/05/2026,1000,
C3,Framework,Cog plc,,01/05/2026,31/05/2026,1000,
C4,Legal,Dial LLP; Eft LLP,,02/05/2026,soon,€500,Terminated
,Towels,Fob Ltd,,02/05/2026,,50,
,,Fob Ltd,,02/05/2026,,50,
C6,Secret,,,02/05/2026,,50,
C7,Secret,REDACTED,,02/05/2026,,50,
,,,,,,,
,Total,,,,,"£15,000.00",
"""


def read(text: str, mapping: Mapping | None = None) -> FoundContracts:
    return read_contracts(text.encode(), "register.csv", mapping)


def test_a_register_row_by_row() -> None:
    found = read(REGISTER)
    assert found.read == 9
    assert [
        (one.title, one.amount, one.currency, one.status, [each.name for each in one.suppliers])
        for one in found.awards
    ] == [
        ("Vans", Decimal("12500.50"), "GBP", "active", ["ACME LTD"]),
        ("Drones", None, "GBP", "active", ["Bolt & Nut Ltd"]),
        ("Framework", Decimal("1000.00"), "GBP", "active", ["Acme Ltd", "Cog plc"]),
        ("Legal", Decimal("500.00"), "EUR", "cancelled", ["Dial LLP", "Eft LLP"]),
        ("Towels", Decimal("50.00"), "GBP", "active", ["Fob Ltd"]),
        ("Secret", Decimal("50.00"), "GBP", "active", []),
    ]
    assert [one.identifier for one in found.awards if len(one.identifier) < 9] == [
        "C1", "C2", "C3", "C4", "C7",
    ]  # fmt: skip
    first = found.awards[0]
    assert (first.starts_on, first.ends_on) == (dt.date(2026, 4, 1), dt.date(2027, 3, 31))
    assert first.suppliers[0].company_number == "00123456"
    assert first.suppliers[0].other_names == (("ACE", "trading"),)
    assert [(refusal.where, refusal.column) for refusal in found.refused] == [
        ("9", "Contract Title"),
        ("10", "Supplier Name"),
    ]
    assert {(warning.where, warning.column) for warning in found.warnings} >= {
        ("4", "Company Number"),
        ("6", ""),
        ("4", "Contract Value"),
        ("7", "End Date"),
        ("7", "Contract Value"),
        ("11", "Supplier Name"),
        ("13", "Contract Title"),
    }
    assert found.figures == {
        "awards": 6,
        "total": Decimal("13600.50"),
        "suppliers": 6,
        "tenders": 0,
    }


def test_read_again_it_is_the_same() -> None:
    assert read(REGISTER) == read(REGISTER)


def test_lots_of_one_reference_are_contracts_of_their_own() -> None:
    text = "Reference,Title,Supplier,Value\nF1,Lot 1,Acme,100\nF1,Lot 2,Acme,200\n"
    found = read(text)
    assert found.figures["total"] == Decimal("300.00")
    assert len({one.identifier for one in found.awards}) == 2
    assert all(len(one.identifier) == 64 for one in found.awards)


def test_a_row_that_is_no_contract_of_its_own_is_named() -> None:
    text = "Reference,Title,Supplier,Value\nF1,Cars,Acme,100\nF1,Cars,Acme,100\nF1,Cars,Cog,100\n"
    found = read(text)
    assert (len(found.awards), found.read) == (1, 3)
    assert [(one.where, one.reason) for one in found.warnings if one.where in "34"] == [
        ("3", "The same contract as row 2."),
        ("4", "The same contract as row 2, with another supplier."),
    ]


def test_a_row_with_neither_title_nor_supplier_says_both() -> None:
    (one,) = read("Title,Supplier,Value,Category\n,,100,Vans\nCars,Acme,1,Vans\n").refused
    assert one.column == "Title, Supplier"
    assert "what the contract is" in one.reason
    assert "whom the contract is with" in one.reason


def test_peoples_own_headings_are_known() -> None:
    heading = "Number,What it is,Supplier,Companies House,Value,Buyer,Fund code"
    found = read(f"{heading}\n1,Cars,Acme,1234567,5,Northmoor Police,F1\n")
    (one,) = found.awards
    assert (one.title, one.suppliers[0].company_number) == ("Cars", "01234567")
    assert found.not_read == ("Number", "Fund code")
    assert found.buyers == {"Northmoor Police": 1}


def test_a_workbook_with_its_own_words() -> None:
    rows: list[list[Any]] = [["What", "Who with", "Worth"], ["Vans", "Acme", 12.345]]
    mapping = Mapping(columns={"title": "What", "supplier": "Who with", "amount": "Worth"})
    found = read_contracts(workbook({"2026": rows}), "register.xlsx", mapping)
    assert [one.amount for one in found.awards] == [Decimal("12.35")]
    with pytest.raises(MappingError, match="no row of headings"):
        read_contracts(workbook({"2026": rows}), "register.xlsx")


def test_a_file_without_suppliers_is_no_register() -> None:
    with pytest.raises(MappingError, match="No column holds the supplier"):
        read("Title,Start date,Value\nVans,1/5/2026,5\n")
