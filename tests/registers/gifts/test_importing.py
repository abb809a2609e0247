"""Legacy registers of gifts and hospitality, made by hand to the shapes found in the wild."""

import csv
import datetime as dt
import io
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.sheets import Cell, Sheet, SheetRow, read_sheets
from registers.gifts.import_rows import RegisterParse
from registers.gifts.importing import parse_register

REPOSITORY = Path(__file__).parents[3]
SHARED = Path(os.environ.get("INTEGRITY_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))

LEGACY = """\
Gifts and hospitality register,,,,,,,
,,,,,,,
Ref,Name,Collar No,Date,Offered by,Gift or hospitality,Est. value,Accepted/Declined
1,A Roe,1234,03/12/13,Acme Ltd,Box of chocolates,£15-£20,Declined
2,B Poe,1235,2.8.16,Town Hall,Dinner,c. £10,Accepted
3,B Poe,1235,13 May 2026,Town Hall,Dinner,Above limit,Accepted - donated to charity
4,C Loe,1236,2026-05-13,Acme Ltd,Pen,2 x £15,Returned to sender
5,C Loe,1236,14/05/2026,Acme Ltd,Pen,$40,not accepted
6,C Loe,1236,14/05/2026,Acme Ltd,Pen,£4.50,D
6,C Loe,1236,14/05/2026,Acme Ltd,Pen,£4.50,D
7,D Moe,1237,Nil Return,Nil Return,Nil Return,Nil Return,
8,,E Noe,1238,14/05/2026,Acme Ltd,Pen,£3
9,E Noe,1238,May 2026,Acme Ltd,Pen,£3,Declined
10,E Noe,1238,14/05/2026,Acme Ltd,Pen,£3,pending
11,E Noe,1238,14/05/2026,,,£3,Declined
,,,,,,,
* Values are as the recipient gave them,,,,,,,
,,,,,Total,£152.50,
"""


def parsed(text: str, mapping: Mapping | None = None) -> RegisterParse:
    return parse_register(read_sheets(text.encode(), "gifts.csv"), mapping)


def test_a_legacy_register_row_by_row() -> None:
    result = parsed(LEGACY)
    assert result.read == 15
    assert [
        (offer.number, offer.kind, offer.decision, offer.disposal) for offer in result.offers
    ] == [
        (4, "gift", "declined", ""),
        (5, "hospitality", "accepted", ""),
        (6, "hospitality", "accepted", "donated"),
        (7, "gift", "declined", "returned"),
        (8, "gift", "declined", ""),
        (9, "gift", "declined", ""),
        (10, "gift", "declined", ""),
    ]
    assert [(refusal.where, refusal.column) for refusal in result.refused] == [
        ("12", "Date"),
        ("13", "Date"),
        ("14", "Accepted/Declined"),
        ("15", "Offered by"),
        ("16", "Name"),
        ("17", "Ref"),
        ("18", "Gift or hospitality"),
    ]
    assert result.totals.values == {
        "exact": 2,
        "range": 1,
        "bound": 2,
        "unknown": 1,
        "other_currency": 1,
    }
    assert result.totals.total_exact == "9.00"


def test_an_offer_carries_what_the_row_said() -> None:
    offer = parsed(LEGACY).offers[0]
    assert (offer.reference, offer.recipient, offer.recipient_number) == ("1", "A Roe", "1234")
    assert (offer.date, offer.provider) == (dt.date(2013, 12, 3), "Acme Ltd")
    assert (offer.description, offer.value.words) == ("Box of chocolates", "£15-£20")
    assert offer.cells["Est. value"] == "£15-£20"


def test_a_nil_return_names_its_person() -> None:
    [nil] = parsed(LEGACY).nil_returns
    assert (nil.where, nil.person, nil.period) == ("11", "D Moe", "")


def test_warnings_say_what_was_taken_with_a_doubt() -> None:
    warnings = {
        (warning.where, warning.column): warning.reason for warning in parsed(LEGACY).warnings
    }
    assert "'2 x £15' was kept, with the value unknown." in warnings["7", "Est. value"]
    assert "taken as gifts" in warnings["4", "kind"]


def test_the_same_file_has_the_same_fingerprints_and_its_twin_rows_two() -> None:
    first = [row.fingerprint for row in parsed(LEGACY).rows]
    assert first == [row.fingerprint for row in parsed(LEGACY).rows]
    assert len(set(first)) == len(first) == 8
    grown = LEGACY.replace("1,A Roe", "0,Z Zoe,9,1/1/13,X,Pen,£1,D\n1,A Roe")
    assert set(first) < {row.fingerprint for row in parsed(grown).rows}


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


HEADINGS: list[object] = ["Date", "Officer", "Organisation", "Hospitality", "Cost", "Accepted?"]


def test_a_workbook_of_months_names_the_sheet_of_each_row() -> None:
    content = workbook(
        April=[HEADINGS, [dt.date(2026, 4, 1), "A Roe", "Acme", "Lunch", 12.1, "Y"]],
        Notes=[["How to fill this in"]],
        May=[
            HEADINGS,
            [46143, "A Roe", "Acme", "Lunch", "£3", "No"],
            ["soon", "B", "C", "D", 1, "Y"],
        ],
    )
    result = parse_register(read_sheets(content, "gifts.xlsx"))
    assert [(offer.where, offer.date, offer.decision) for offer in result.offers] == [
        ("April, row 2", dt.date(2026, 4, 1), "accepted"),
        ("May, row 2", dt.date(2026, 5, 1), "declined"),
    ]
    assert result.totals.total_exact == "15.10"
    assert [refusal.where for refusal in result.refused] == ["May, row 3"]
    assert [warning.where for warning in result.warnings] == ["Notes"]
    only = parse_register(read_sheets(content, "gifts.xlsx"), Mapping(sheet="May"))
    assert [offer.where for offer in only.offers] == ["2"]
    with pytest.raises(MappingError, match="no sheet 'June'; the file has 'April'"):
        parse_register(read_sheets(content, "gifts.xlsx"), Mapping(sheet="June"))


def test_a_workbook_and_a_csv_of_the_same_rows_have_the_same_fingerprints() -> None:
    book = workbook(Register=[HEADINGS, [dt.date(2026, 4, 1), "A Roe", "Acme", "Lunch", 12.1, "Y"]])
    text = (
        "Date,Officer,Organisation,Hospitality,Cost,Accepted?\n1/4/26,A Roe,Acme,Lunch,£12.10,Y\n"
    )
    [one] = parse_register(read_sheets(book, "gifts.xlsx")).offers
    [other] = parsed(text).offers
    assert one.fingerprint == other.fingerprint


NO_DECISION = "Date,Officer,From,{heading},Value\n1/4/26,A Roe,Acme,Lunch,£3\n"


def test_a_heading_may_say_that_all_was_received() -> None:
    result = parsed(NO_DECISION.format(heading="Type of hospitality received"))
    assert [(offer.decision, offer.kind) for offer in result.offers] == [
        ("accepted", "hospitality")
    ]
    assert [warning.column for warning in result.warnings] == ["decision"]


def test_a_register_that_never_says_accepted_or_declined_is_refused_until_told() -> None:
    text = NO_DECISION.format(heading="Hospitality")
    with pytest.raises(MappingError, match=r'"defaults": \{"decision": "accepted"\}'):
        parsed(text)
    [offer] = parsed(text, Mapping(defaults={"decision": "declined", "unit": "PSD"})).offers
    assert (offer.decision, offer.unit) == ("declined", "PSD")


@pytest.mark.parametrize(
    ("text", "mapping", "message"),
    [
        ("a,b\n1,2\n", {}, "no row of headings"),
        ("Name,Gift,Outcome\nA,Pen,D\n", {}, "No column holds the date"),
        ("Name,Date,Outcome\nA,1/1/26,D\n", {}, "No column holds the gift"),
        (LEGACY, {"decision": "perhaps"}, 'must be "accepted" or "declined"'),
        (LEGACY, {"kind": "thing"}, "must be one such as"),
        (LEGACY, {"date": "2026-01-01"}, "cannot be a default"),
    ],
)
def test_a_file_that_cannot_be_understood_says_what_to_do(
    text: str, mapping: dict[str, str], message: str
) -> None:
    with pytest.raises(MappingError, match=message):
        parsed(text, Mapping(defaults=mapping))


def test_yes_below_declined_is_declined() -> None:
    [offer] = parsed("Date,Name,Gift,Declined?\n1/4/26,A Roe,Pen,Yes\n").offers
    assert offer.decision == "declined"


CELLS = (
    st.none()
    | st.text(max_size=20)
    | st.decimals()
    | st.dates()
    | st.sampled_from(["Nil", "Total", "£3", "2/8/26", "Declined", "Yes", "-", "c. £10"])
)


@given(st.lists(st.lists(CELLS, max_size=8), max_size=6))
def test_every_row_is_taken_or_refused_whatever_it_holds(table: list[list[Cell]]) -> None:
    rows = [("Ref", "Date", "Name", "From", "Gift", "Value", "Outcome"), *map(tuple, table)]
    sheet = Sheet("", tuple(SheetRow(number, cells) for number, cells in enumerate(rows, 1)))
    result = parse_register([sheet])
    assert len(result.rows) + len(result.refused) == result.read == len(table)
    assert len({row.fingerprint for row in result.rows}) == len(result.rows)
    assert all(refusal.column and refusal.reason for refusal in result.refused)


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here; the real registers stay outside the repository")
    return path


def test_the_ministers_register_agrees_with_its_labels_row_by_row() -> None:
    result = parse_register(read_sheets(shared("ministers-hospitality/hospitality.csv")))
    with shared("ministers-hospitality/labels.csv").open(newline="") as file:
        labels = {int(label["line"]): label for label in csv.DictReader(file)}
    offers = {offer.number: offer for offer in result.offers}
    classes = dict.fromkeys((int(refusal.where) for refusal in result.refused), "refused")
    classes |= {nil.number: "nil_return" for nil in result.nil_returns}
    classes |= dict.fromkeys(offers, "record")
    refused = {"blank_row": "refused", "columns_shifted_right_by_one": "refused"}
    expected = {
        line: refused.get(label["row_class"], label["row_class"]) for line, label in labels.items()
    }
    assert classes == expected
    assert Counter(expected.values()) == {"nil_return": 1240, "record": 778, "refused": 10}
    kinds = {
        "number_gbp": "exact",
        "unknown": "unknown",
        "pending": "unknown",
        "foreign_currency": "other_currency",
        "approx_or_bound": "bound",
    }
    for line, offer in offers.items():
        assert offer.value.kind == kinds[labels[line]["value_class"]]
        if offer.value.amount is not None:
            assert offer.value.amount == Decimal(labels[line]["value_gbp"])
    assert result.totals.values == {
        "exact": 723,
        "range": 0,
        "bound": 1,
        "unknown": 49,
        "other_currency": 5,
    }
    assert result.totals.total_exact == "103059.24"
    assert len({row.fingerprint for row in result.rows}) == 2018


def test_a_commissioners_log_of_one_row() -> None:
    name = "police-registers/cleveland_opcc_gifts_log_2016-17.csv"
    [offer] = parse_register(read_sheets(shared(name))).offers
    assert (offer.date, offer.decision) == (dt.date(2016, 8, 2), "declined")
    assert (offer.recipient, offer.provider, offer.value.kind) == ("", "", "unknown")
