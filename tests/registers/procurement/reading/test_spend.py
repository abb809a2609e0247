"""Spend as it is published: made by hand with everything wrong, and the public workbooks whole."""

import datetime as dt
import io
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
import pytest

from integrity.casework.importing.mapping import Mapping, MappingError
from registers.procurement.facts import FoundPayments
from registers.procurement.reading.spend import read_spend
from tests.registers.procurement.reading.files import shared, workbook

APRIL: list[list[Any]] = [
    ["Northmoor Police: payments over £500", None, None, None],
    [None, None, None, None],
    ["Expenditure Category", "Date", "Total Invoice Amount", "SUPPLIER"],
    ["Vehicles", dt.date(2026, 4, 1), 960, "ACME LTD (200398)"],
    ["Vehicles", 46114, 1263.6100000000001, "Bolt Ltd T/A Ace"],
    ["Vehicles", dt.date(2026, 4, 2), "(500.00)", "ACME LTD"],
    ["Forensics", dt.date(2026, 4, 2), 700, "THIRD PARTY FORENSICS"],
    ["Forensics", dt.date(2026, 4, 2), 700, "THIRD PARTY FORENSICS"],
    [None, None, None, None],
    ["Vehicles", dt.date(2026, 4, 3), "lots", "ACME LTD"],
    ["Vehicles", "soon", 600, "ACME LTD"],
    ["Vehicles", dt.date(2026, 4, 3), 600, None],
    ["ACME LTD Total", None, 460, None],
    [None, None, 3123.61, None],
    ["Total", None, 3123.61, None],
    ["* Excludes salaries", None, None, None],
]
MAY: list[list[Any]] = [
    ["* Date", "* SUPPLIER FINAL", "TOTAL", "* Expenditure Category", None],
    [dt.date(2026, 5, 1), "ACME LIMITED", -20.5, "Vehicles", "=COUNTIF(A:A,A2)"],
    ["* Date", "* SUPPLIER FINAL", "TOTAL", "* Expenditure Category", None],
    [46143, "Cog (Formerly Dial)", "£1,000.00 CR", "Vehicles", "workings"],
]


def hide(made: openpyxl.Workbook) -> None:
    made["Hidden"].sheet_state = "hidden"


BOOK = workbook({"Apr": APRIL, "May": MAY, "Hidden": APRIL, "Notes": [["Read me"]]}, hide)


def read(text: str, mapping: Mapping | None = None) -> FoundPayments:
    return read_spend(text.encode(), "spend.csv", mapping)


def test_a_workbook_row_by_row() -> None:
    found = read_spend(BOOK, "spend.xlsx")
    assert found.read == 10
    assert [(one.where, one.amount, one.paid_on.isoformat()) for one in found.payments] == [
        ("Apr, row 4", Decimal("960.00"), "2026-04-01"),
        ("Apr, row 5", Decimal("1263.61"), "2026-04-02"),
        ("Apr, row 6", Decimal("-500.00"), "2026-04-02"),
        ("Apr, row 7", Decimal("700.00"), "2026-04-02"),
        ("Apr, row 8", Decimal("700.00"), "2026-04-02"),
        ("May, row 2", Decimal("-20.50"), "2026-05-01"),
        ("May, row 4", Decimal("-1000.00"), "2026-05-01"),
    ]
    assert [(refusal.where, refusal.column) for refusal in found.refused] == [
        ("Apr, row 10", "Total Invoice Amount"),
        ("Apr, row 11", "Date"),
        ("Apr, row 12", "SUPPLIER"),
    ]
    assert found.figures == {"total": Decimal("2103.11"), "suppliers": 3}
    warned = {warning.where: warning.reason for warning in found.warnings}
    assert {where for where in warned if where.startswith("Apr")} == {
        "Apr, row 7", "Apr, row 13", "Apr, row 14", "Apr, row 15", "Apr, row 16",
    }  # fmt: skip
    assert "hidden" in warned["Hidden"]
    assert "no row of headings" in warned["Notes"]
    assert "repeats the headings" in warned["May, row 3"]


def test_who_was_paid() -> None:
    payments = read_spend(BOOK, "spend.xlsx").payments
    first, second, *_ = payments
    assert first.supplier is not None
    assert (first.supplier.name, first.supplier.supplier_number) == ("ACME LTD", "200398")
    assert first.as_written == "ACME LTD (200398)"
    assert first.category == "Vehicles"
    assert second.supplier is not None
    assert second.supplier.other_names == (("Ace", "trading"),)
    withheld = [one for one in payments if one.redacted]
    assert [one.supplier for one in withheld] == [None, None]
    assert withheld[0].as_written == "THIRD PARTY FORENSICS"
    assert payments[-1].supplier is not None
    assert payments[-1].supplier.other_names == (("Dial", "former"),)


def test_payments_that_say_the_same_are_several_and_known_again() -> None:
    payments = read_spend(BOOK, "spend.xlsx").payments
    assert len({one.identifier for one in payments}) == len(payments)
    assert read_spend(BOOK, "another name.xlsx").payments == payments
    # New workings beside the table, and a title row less, are not new payments.
    moved = [*([*row[:4], "x"] for row in APRIL[2:]), ["Rent", dt.date(2026, 4, 9), 5, "Eft"]]
    again = read_spend(workbook({"Apr": moved}), "spend.xlsx").payments
    assert [one.identifier for one in again[:5]] == [one.identifier for one in payments[:5]]


NUMBERED = "Trans No,Line,Payment date,Supplier,Net amount,Supplier number\n"


def test_a_transaction_number_names_a_payment_whatever_is_corrected() -> None:
    before = read(NUMBERED + "90001,1,1/4/2026,Acme,5,V1\n90001,2,1/4/2026,Acme,6,V1\n")
    after = read(NUMBERED + "90001,1,1/4/2026,Acme,5,V1\n90001,2,2/4/2026,Acme Ltd,7,V1\n")
    assert [one.identifier for one in before.payments] == ["90001/1", "90001/2"]
    assert [one.identifier for one in after.payments] == ["90001/1", "90001/2"]
    assert before.payments[1].fingerprint != after.payments[1].fingerprint
    assert before.payments[0].reference == "90001"
    assert before.payments[0].supplier is not None
    assert before.payments[0].supplier.supplier_number == "V1"


def test_a_number_that_several_payments_share_or_that_counts_rows_names_none() -> None:
    shared_number = read(
        "Ref,Date,Supplier,Amount\nBACS,1/4/2026,Acme,5\nBACS,1/4/2026,Bolt,6\nX9,1/4/2026,Cog,7\n"
    )
    assert [len(one.identifier) for one in shared_number.payments] == [64, 64, 2]
    counted = read("Ref,Date,Supplier,Amount\n1,1/4/2026,Acme,5\n2,1/4/2026,Bolt,6\n")
    assert [len(one.identifier) for one in counted.payments] == [64, 64]


def test_a_text_that_is_too_long_is_refused_with_its_column() -> None:
    text = f"Date,Supplier,Amount,Description\n1/4/2026,{'A' * 201},5,x\n1/4/2026,B,5,{'x' * 301}\n"
    found = read(text)
    assert [(one.where, one.column) for one in found.refused] == [
        ("2", "Supplier"),
        ("3", "Description"),
    ]


def test_a_file_says_which_column_is_which() -> None:
    text = "Wann,Wem,Betrag\n01/04/2026,Acme,5\n"
    mapping = Mapping(columns={"paid_on": "Wann", "supplier": "Wem", "amount": "Betrag"})
    assert read(text, mapping).figures["total"] == Decimal("5.00")
    with pytest.raises(MappingError):
        read(text)
    with pytest.raises(MappingError, match="No column holds the supplier"):
        read("Date,Amount,Category\n1/4/2026,5,Rent\n")
    with pytest.raises(MappingError, match="cannot be a default"):
        read("Supplier,Category,Amount\nAcme,Rent,5\n", Mapping(defaults={"paid_on": "1/4/2026"}))


PUBLIC = {
    "pcc-2018-19.xlsx": (7974, Decimal("62208683.77"), 67, 0),
    "pcc-2023-24.xlsx": (9289, Decimal("104322773.62"), 32, 925),
}


@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_workbooks_to_the_penny(name: str) -> None:
    content = shared(f"police-spend/{name}")
    rows, total, negative, serial = PUBLIC[name]
    found = read_spend(content, name)
    assert (found.read, len(found.payments), found.refused) == (rows, rows, ())
    assert found.figures["total"] == total
    assert sum(one.amount < 0 for one in found.payments) == negative
    assert len({one.identifier for one in found.payments}) == rows
    counted = list(_rows(content))
    assert [(one.paid_on, one.amount) for one in found.payments] == [*map(_recounted, counted)]
    assert sum(one.supplier is None for one in found.payments) == sum(
        one.redacted for one in found.payments
    )
    assert sum(not isinstance(row[1], dt.datetime) for row in counted) == serial


def _rows(content: bytes) -> Iterator[tuple[Any, ...]]:
    """The filled rows by another library; in both workbooks the amount is the third column."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(min_row=2, values_only=True):
            if len(row) > 3 and row[3]:
                yield row


def _recounted(row: tuple[Any, ...]) -> tuple[dt.date, Decimal]:
    day = row[1]
    if not isinstance(day, dt.datetime):
        day = dt.datetime(1899, 12, 30) + dt.timedelta(days=day)  # noqa: DTZ001
    return day.date(), Decimal(str(row[2])).quantize(Decimal("0.01"), ROUND_HALF_UP)
