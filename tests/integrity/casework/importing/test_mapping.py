"""Columns found by their headings, or told by a file that is checked first."""

import pytest

from integrity.casework.importing.mapping import (
    Mapping,
    MappingError,
    NoHeadings,
    column_letters,
    dump_mapping,
    find_layout,
    guess_mapping,
    load_mapping,
)
from integrity.casework.importing.sheets import Sheet, SheetRow

KNOWN = {
    "date": ("date",),
    "value": ("value", "cost"),
    "provider": ("provider", "organisation"),
    "decision": ("accepted or declined", "accepted"),
    "description": ("gift", "hospitality"),
}


def sheet(*rows: tuple[str | None, ...], name: str = "") -> Sheet:
    return Sheet(name, tuple(SheetRow(number, cells) for number, cells in enumerate(rows, 1)))


def test_headings_are_guessed_by_their_words() -> None:
    mapping = guess_mapping(
        ["Date of offer", "Hospitality accepted or declined", "Hospitality", "Value (£)", None],
        KNOWN,
    )
    assert mapping.columns == {
        "date": "Date of offer",
        "decision": "Hospitality accepted or declined",
        "description": "Hospitality",
        "value": "Value (£)",
    }


def test_title_rows_before_the_headings_are_passed_over() -> None:
    layout = find_layout(
        sheet(("Register of gifts",), (), ("Date", "Gift", "Value")), KNOWN, Mapping()
    )
    assert layout.heading_row == 3
    assert layout.columns == {"date": 0, "description": 1, "value": 2}
    assert layout.title(1) == "Gift"
    assert layout.title(7) == "H"


def test_a_mapping_overrules_the_guess_and_can_forbid_one() -> None:
    told = Mapping(columns={"value": "What it cost us", "provider": None})
    layout = find_layout(sheet(("Date", "Value", "What it cost us", "Provider")), KNOWN, told)
    assert layout.columns == {"value": 2, "date": 0}


def test_a_heading_row_can_be_told() -> None:
    told = Mapping(columns={"date": "Wann"}, heading_row=2)
    layout = find_layout(sheet(("Date", "Value"), ("Wann", "x")), KNOWN, told)
    assert layout.columns == {"date": 0}


def test_a_sheet_without_headings_says_how_to_tell_them() -> None:
    with pytest.raises(NoHeadings, match="sheet 'Notes' has no row of headings"):
        find_layout(sheet(("hello", "world"), name="Notes"), KNOWN, Mapping())


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (("Date", "Value"), "no column headed 'Price'"),
        (("Date", "Price", "Price "), "2 columns headed 'Price'"),
    ],
)
def test_a_told_heading_must_be_there_once(headings: tuple[str, ...], message: str) -> None:
    told = Mapping(columns={"value": "Price"}, heading_row=1)
    with pytest.raises(MappingError, match=message):
        find_layout(sheet(headings), KNOWN, told)


def test_a_mapping_file_comes_back_as_it_was_saved() -> None:
    mapping = Mapping(
        columns={"value": "Value of Hospitality (£)", "provider": None},
        sheet="April",
        heading_row=3,
        day_first=False,
        defaults={"decision": "accepted"},
    )
    assert load_mapping(dump_mapping(mapping), KNOWN) == mapping
    assert load_mapping("{}", KNOWN) == Mapping()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[]", "one JSON object"),
        ('{"colums": {}}', "has no 'colums'; it has columns, sheet"),
        ('{"columns": {"price": "Cost"}}', "no field 'price'; the fields are date"),
        ('{"defaults": {"price": "1"}}', "no field 'price'"),
        ('{"columns": {"value": 3}}', "'columns' is not of the right kind"),
        ('{"defaults": {"value": null}}', "'defaults' is not of the right kind"),
        ('{"heading_row": 0}', "'heading_row' is not of the right kind"),
        ('{"heading_row": true}', "'heading_row' is not of the right kind"),
        ('{"day_first": "no"}', "'day_first' is not of the right kind"),
    ],
)
def test_a_wrong_mapping_file_is_refused_in_a_sentence(text: str, message: str) -> None:
    with pytest.raises(MappingError, match=message):
        load_mapping(text, KNOWN)


def test_columns_have_the_letters_a_spreadsheet_shows() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 16383)] == ["A", "Z", "AA", "XFD"]
