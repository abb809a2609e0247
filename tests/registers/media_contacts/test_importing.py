"""Legacy logs of media contacts, made by hand to the shapes that forces publish."""

import csv
import datetime as dt
import os
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.importing.mapping import Mapping, MappingError, guess_mapping
from integrity.casework.importing.register import Parsed
from integrity.casework.importing.sheets import Cell, Sheet, SheetRow, read_sheets
from registers.media_contacts.enums import Basis, Channel, OffRecord
from registers.media_contacts.facts import Speaker
from registers.media_contacts.import_contacts import facts_of_row
from registers.media_contacts.import_officers import Named, named_in_cell
from registers.media_contacts.import_rows import ContactRow
from registers.media_contacts.import_times import (
    UnreadableTime,
    parse_moment,
    parse_time,
    time_beside_date,
)
from registers.media_contacts.import_words import (
    CONTACT_FIELDS,
    Footing,
    Way,
    asked_by,
    footing_of,
    is_no_outlet,
    speakers_of,
    told_of,
    way_of,
)
from registers.media_contacts.importing import parse_contacts

REPOSITORY = Path(__file__).parents[3]
SHARED = Path(os.environ.get("INTEGRITY_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
TODAY = dt.date(2026, 6, 15)
PLACE = "Location of meeting /where the call took place"

LEGACY = f"""\
Chief officers' contact with the media,,,,,
,,,,,
Date of contact,ACPO Chief Officer,Time of contact,Organisation,{PLACE},Topics discussed
03/12/13,DCC Poe,1400,,Quote to the College press office,Pursuits
20/01/14,DCC Poe,,General quote,Qutoe via Media and Marketing,Operation Kettle
21/01/14,Chief Constable Roe,0900,Fallow Star,Interview at Mill House,A year in post
23/01/14,DCC Poe,1015,Fallow FM,Telephone conversation,Crime figures
24/01/14,DCC Poe,half past,Fallow FM,Fallow FM interview,Crime figures
Q1 2014,ACC Loe,,,,No contact this quarter
25/01/14,,1000,Fallow Star,Telephone conversation,Crime figures
26/01/2099,DCC Poe,1000,Fallow Star,Telephone conversation,Crime figures
Jan 2014,DCC Poe,1000,Fallow Star,Telephone conversation,Crime figures
27/01/14,DCC Poe,1000,,,
"""


def at(*parts: int) -> dt.datetime:
    """A moment as a spreadsheet has it, of no zone."""
    return dt.datetime(*parts)  # noqa: DTZ001


def parsed(text: str, mapping: Mapping | None = None) -> Parsed:
    return parse_contacts(read_sheets(text.encode(), "log.csv"), mapping, today=TODAY)


def table(*rows: list[Cell], name: str = "") -> Sheet:
    return Sheet(name, tuple(SheetRow(n, tuple(cells)) for n, cells in enumerate(rows, 1)))


def entry(mapping: Mapping | None = None, **cells: Cell) -> tuple[ContactRow, list[str]]:
    """One entry of a log with these columns besides its date and officer, and what was warned of."""
    told: dict[str, Cell] = {"Date": "13/05/2024", "Officer": "PC Roe", "Subject": "Bikes"}
    told |= {title.replace("_", " "): cell for title, cell in cells.items()}
    result = parse_contacts([table(list(told), list(told.values()))], mapping, today=TODAY)
    assert not result.refused, result.refused
    [found] = result.entries
    return found, [warning.column for warning in result.warnings]


def test_a_legacy_log_row_by_row() -> None:
    result = parsed(LEGACY)
    assert result.read == 10
    assert [(row.where, row.contacted_at, row.channel, row.place) for row in result.entries] == [
        ("4", dt.time(14), Channel.QUOTE, ""),
        ("5", None, Channel.QUOTE, ""),
        ("6", dt.time(9), Channel.IN_PERSON, "Mill House"),
        ("7", dt.time(10, 15), Channel.PHONE, ""),
        ("8", None, "", "Fallow FM interview"),
    ]
    assert [row.speakers for row in result.entries] == [
        (), (), (Speaker("", "Fallow Star"),), (Speaker("", "Fallow FM"),), (Speaker("", "Fallow FM"),),
    ]  # fmt: skip
    assert [(line.where, line.column) for line in result.warnings] == [
        ("4", "Organisation"),
        ("5", "Organisation"),
        ("8", "Time of contact"),
        ("8", PLACE),
    ]
    assert "may say with whom" in result.warnings[0].reason
    assert "'General quote' is no outlet" in result.warnings[1].reason
    assert [(line.where, line.column) for line in result.refused] == [
        ("10", "ACPO Chief Officer"),
        ("11", "Date of contact"),
        ("12", "Date of contact"),
        ("13", "Organisation"),
    ]
    assert [line.reason for line in result.refused] == [
        "Nobody of the force is named.",
        "26 January 2099 lies ahead.",
        "'Jan 2014' is a month; the day is missing.",
        "Nothing says with whom or about what.",
    ]
    [nil] = result.nil_returns
    assert (nil.where, nil.person, nil.period) == ("9", "ACC Loe", "Q1 2014")


def test_what_a_log_does_not_say_is_left_unsaid() -> None:
    row = parsed(LEGACY).entries[3]
    facts = facts_of_row(row)
    unsaid: list[object] = [facts.responsible, facts.policing_purpose, facts.press_office_told]
    assert unsaid == [None, None, None]
    assert (facts.basis, facts.press_card, facts.off_record, facts.explanation) == ("",) * 4
    assert facts.hospitality is False
    assert facts.about == "Crime figures"


def test_what_no_field_holds_is_kept_with_what_it_was_about() -> None:
    second, odd = parsed(LEGACY).entries[1], parsed(LEGACY).entries[4]
    assert facts_of_row(second).about.splitlines() == [
        "Operation Kettle",
        "Organisation, as written: General quote",
        f"{PLACE}, as written: Qutoe via Media and Marketing",
    ]
    assert "Time of contact, as written: half past" in facts_of_row(odd).about


def test_the_same_log_has_the_same_fingerprints_and_its_twin_rows_two() -> None:
    twins = LEGACY + LEGACY.splitlines()[5] + "\n"
    prints = [row.fingerprint for row in parsed(twins).rows]
    assert prints == [row.fingerprint for row in parsed(twins).rows]
    assert len(set(prints)) == len(prints) == 7
    assert {row.fingerprint for row in parsed(LEGACY).rows} < set(prints)


def test_how_a_time_or_date_is_spelt_makes_no_other_row() -> None:
    first, _ = entry(Time="0900")
    other, _ = entry(Time=Decimal(900), Date=dt.date(2024, 5, 13))
    assert first.fingerprint == other.fingerprint


COLUMNS = {
    "Date of contact": "contacted_on", "When": "contacted_on", "Date": "contacted_on",
    "Time of call": "contacted_at", "Time": "contacted_at", "ACPO Chief Officer": "officer",
    "Name": "officer", "Officer": "officer", "Member of staff": "officer", "Rank": "rank",
    "Collar No": "officer_number", "Media outlet": "outlet", "Publication": "outlet",
    "Organisation": "outlet", "Journalist": "journalist", "Name of reporter": "journalist",
    "Location of meeting /where the call took place": "place", "Venue": "place",
    "Type of contact": "channel", "Method": "channel", "Topics discussed": "about",
    "Subject matter": "about", "Subject": "about", "Purpose": "purpose",
    "Purpose of contact": "purpose", "Basis": "basis", "On/off the record": "basis",
    "Reportable / Non-reportable": "basis", "Off the record?": "off_record",
    "Embargoed until": "embargo", "Press officer present": "press_office",
    "Press Office informed (Y/N)": "press_office", "Hospitality": "hospitality",
    "Resulting coverage": "coverage", "Department": "unit", "Log no": "reference",
    "Remarks": "comments", "Quarter": "period",
}  # fmt: skip


@pytest.mark.parametrize("heading", COLUMNS)
def test_headings_as_forces_publish_them(heading: str) -> None:
    assert guess_mapping([heading], CONTACT_FIELDS).columns == {COLUMNS[heading]: heading}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("DCC Holloway", Named("DCC", "", "Holloway")),
        ("Chief Constable Roe", Named("Chief Constable", "", "Roe")),
        ("T/ACC Ann Roe", Named("T/ACC", "", "Ann Roe")),
        ("Det. Ch. Supt. A Roe", Named("Det. Ch. Supt.", "", "A Roe")),
        ("PC 1234 Roe", Named("PC", "1234", "Roe")),
        ("DC Di Cook", Named("DC", "", "Di Cook")),
        ("Di Cook", Named("", "", "Di Cook")),
        ("Ann Roe", Named("", "", "Ann Roe")),
        ("Mrs A Roe", Named("", "", "A Roe")),
        ("Chief Constable", Named("", "", "Chief Constable")),
        ("Deputy", Named("", "", "Deputy")),
        ("", Named("", "", "")),
    ],
)
def test_rank_number_and_name(words: str, named: Named) -> None:
    assert named_in_cell(words) == named


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("0900", "09:00"), ("900", "09:00"), ("9.30am", "09:30"), ("14:00", "14:00"),
        ("1400hrs", "14:00"), ("1400 Hours", "14:00"), ("9 am", "09:00"), ("12pm", "12:00"),
        ("12.15 a.m.", "00:15"), ("c. 1400", "14:00"), ("approx 10:30", "10:30"),
        ("0900-0930", "09:00"), ("09:00 to 09:30", "09:00"), ("noon", "12:00"),
        ("midnight", "00:00"), ("09:00:00", "09:00"), ("0000", "00:00"), (Decimal(900), "09:00"),
        (Decimal("0.375"), "09:00"), (at(1899, 12, 31, 9, 0), "09:00"),
    ],
)  # fmt: skip
def test_times_as_people_write_them(cell: Cell, time: str) -> None:
    assert parse_time(cell) == dt.time.fromisoformat(time)


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_a_blank_is_no_time(cell: Cell) -> None:
    assert parse_time(cell) is None


@pytest.mark.parametrize(
    "cell", ["am", "25:00", "2460", "9", "half past nine", "TBC", Decimal(9), Decimal(2400),
             Decimal("9.3"), Decimal("NaN"), Decimal("Infinity"), dt.date(2024, 5, 13)],
)  # fmt: skip
def test_what_is_no_time_is_not_guessed(cell: Cell) -> None:
    with pytest.raises(UnreadableTime):
        parse_time(cell)


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("13/05/2024 09:30", dt.time(9, 30)),
        (at(2024, 5, 13, 9, 30), dt.time(9, 30)),
        (at(2024, 5, 13), None),
        ("13/05/2024", None),
        (dt.date(2024, 5, 13), None),
    ],
)
def test_a_time_beside_the_date(cell: Cell, time: dt.time | None) -> None:
    assert time_beside_date(cell) == time


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("Embargoed until 0001 on 24/01/2014", at(2014, 1, 24, 0, 1)),
        ("24/01/2014 14:00", at(2014, 1, 24, 14)),
        ("6am on Friday 24 January 2014", at(2014, 1, 24, 6)),
        ("until 14.30 24.01.14", at(2014, 1, 24, 14, 30)),
        ("2014-01-24T00:01", at(2014, 1, 24, 0, 1)),
        (at(2014, 1, 24, 0, 1), at(2014, 1, 24, 0, 1)),
        ("24/01/2014", None), ("Monday 6am", None), ("Yes", None), ("31/02/2014 0900", None),
        (dt.date(2014, 1, 24), None), (Decimal(1), None), (None, None),
    ],
)  # fmt: skip
def test_when_an_embargo_lifts(cell: Cell, moment: dt.datetime | None) -> None:
    assert parse_moment(cell) == moment


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("Telephone conversation", Way(Channel.PHONE)),
        ("Phone call", Way(Channel.PHONE)),
        ("tel.", Way(Channel.PHONE)),
        ("By e-mail", Way(Channel.WRITING)),
        ("Interview at Mill House", Way(Channel.IN_PERSON, "Mill House")),
        ("TV interview at HQ", Way(Channel.IN_PERSON, "HQ")),
        ("Face to face", Way(Channel.IN_PERSON)),
        ("Meeting in Mill House", Way(Channel.IN_PERSON, "Mill House")),
        ("Press conference at HQ", Way(Channel.EVENT, "HQ")),
        ("Media briefing", Way(Channel.EVENT)),
        ("Quote via Media and Marketing", Way(Channel.QUOTE)),
        ("General quote", Way(Channel.QUOTE)),
        ("Telephone and e-mail", Way()),
        ("Fallow FM interview", Way("", "Fallow FM interview")),
        ("Mill House", Way("", "Mill House")),
        ("", Way()),
        *[(str(value), Way(value)) for value in Channel],
    ],
)
def test_how_and_where(words: str, way: Way) -> None:
    assert way_of(words) == way


@pytest.mark.parametrize("words", ["General quote", "Various", "Local media", "All press", "n/a",
                                   "None", "Not known", "Press conference", "The media", "Freelance"])  # fmt: skip
def test_what_is_no_outlet(words: str) -> None:
    assert is_no_outlet(words)


@pytest.mark.parametrize("words", ["Fallow Star", "Local Press Agency", "The Press", "The Quote",
                                   "Fallow Media", "Press Association", "General Practitioner"])  # fmt: skip
def test_what_may_be_an_outlet(words: str) -> None:
    assert not is_no_outlet(words)


def test_several_journalists_and_outlets() -> None:
    star = "Fallow Star"
    assert speakers_of("A Moe; B Noe", star) == (Speaker("A Moe", star), Speaker("B Noe", star))
    assert speakers_of("A Moe\nB Noe", f"{star}\nFallow FM") == (
        Speaker("A Moe", star), Speaker("B Noe", "Fallow FM"),
    )  # fmt: skip
    assert speakers_of("A Moe", "Radio & Television News") == (
        Speaker("A Moe", "Radio & Television News"),
    )
    assert speakers_of("", "") == ()


HAPPENED, ASKED = OffRecord.HAPPENED, OffRecord.ASKED


@pytest.mark.parametrize(
    ("words", "asks", "footing"),
    [
        ("Reportable", "", Footing(Basis.REPORTABLE)),
        ("On the record", "", Footing(Basis.REPORTABLE)),
        ("Non-reportable", "", Footing(Basis.NON_REPORTABLE)),
        ("Not for publication", "", Footing(Basis.NON_REPORTABLE)),
        ("Unreportable", "", Footing(Basis.NON_REPORTABLE)),
        ("Off the record", "", Footing("", HAPPENED)),
        ("off record", "", Footing("", HAPPENED)),
        ("Asked to go off the record", "", Footing("", ASKED)),
        ("On the record, nothing off the record", "", Footing(Basis.REPORTABLE)),
        ("Not off the record", "", Footing()),
        ("Embargoed", "", Footing(embargoed=True)),
        ("No embargo", "", Footing()),
        ("Background", "", Footing()),
        ("Yes", Basis.REPORTABLE, Footing(Basis.REPORTABLE)),
        ("No", Basis.REPORTABLE, Footing(Basis.NON_REPORTABLE)),
        ("Yes", "on the record", Footing(Basis.REPORTABLE)),
        ("No", "on the record", Footing()),
        ("Yes", "", Footing()),
        ("", "", Footing()),
        *[(str(value), "", Footing(value)) for value in (Basis.REPORTABLE, Basis.NON_REPORTABLE)],
    ],
)
def test_on_what_footing(words: str, asks: str, footing: Footing) -> None:
    assert footing_of(words, asks=asks) == footing


def test_what_yes_and_no_answer() -> None:
    headings = ("Reportable?", "On the record?", "On/off the record", "Basis")
    assert [asked_by(each) for each in headings] == [Basis.REPORTABLE, "on the record", "", ""]


@pytest.mark.parametrize(
    ("words", "heading", "told"),
    [
        ("Yes", "Press officer present", True),
        ("J Poe", "Press officer present", True),
        ("No", "Press officer present", None),
        ("Not present", "Press officer present", None),
        ("No", "Press office informed", False),
        ("Y", "Press office informed", True),
        ("No", "Press office", None),
    ],
)
def test_whether_the_press_office_was_told(words: str, heading: str, told: bool | None) -> None:
    assert told_of(words, heading) is told


# --- one row


@pytest.mark.parametrize("heading", ["Basis", "Off_the_record?"])
def test_off_the_record_is_recorded_and_flagged_and_is_no_basis(heading: str) -> None:
    said, warned = entry(**{heading: "Off the record"})
    assert (said.basis, said.off_record) == ("", OffRecord.HAPPENED)
    assert warned == ["outlet", "outlet", heading.replace("_", " ")]


def test_off_the_record_beside_a_basis() -> None:
    said, _ = entry(Basis="Reportable", Off_the_record="Yes")
    assert (said.basis, said.off_record) == (Basis.REPORTABLE, OffRecord.HAPPENED)
    said, _ = entry(Basis="Reportable", Off_the_record="They asked; refused")
    assert (said.basis, said.off_record) == (Basis.REPORTABLE, OffRecord.ASKED)
    said, warned = entry(Basis="Reportable", Outlet="Star", Off_the_record="No")
    assert (said.basis, said.off_record, warned) == (Basis.REPORTABLE, "", [])


def test_an_embargo_needs_its_end() -> None:
    lift = at(2024, 5, 14, 0, 1)
    said, warned = entry(Outlet="Star", Basis="Embargoed until 0001 on 14/05/2024")
    assert (said.basis, said.embargo_until, warned) == (Basis.EMBARGOED, lift, [])
    said, warned = entry(Outlet="Star", Basis="Embargoed")
    assert (said.basis, said.embargo_until, warned) == ("", None, ["Basis"])
    assert said.also == ("Basis, as written: Embargoed",)
    said, warned = entry(Outlet="Star", Basis="Reportable", Embargo="Yes")
    assert (said.basis, warned, said.also) == ("", ["Embargo"], ("Embargo, as written: Yes",))
    said, warned = entry(Outlet="Star", Basis="Reportable", Embargo="No")
    assert (said.basis, warned) == (Basis.REPORTABLE, [])
    said, _ = entry(Outlet="Star", Embargo=lift)
    assert (said.basis, said.embargo_until) == (Basis.EMBARGOED, lift)


def test_hospitality_coverage_and_comments() -> None:
    said, warned = entry(
        Outlet="Star", Hospitality="Coffee", Coverage="Star, 14 May", Comments="Went well",
        Purpose="To recruit", Press_officer_present="J Poe",
    )  # fmt: skip
    assert said.hospitality
    assert said.told is True
    assert warned == ["Hospitality"]
    assert said.also == (
        "Purpose: To recruit", "Coverage, as written: Star, 14 May",
        "Hospitality, as written: Coffee", "Press office, as written: J Poe", "Comments: Went well",
    )  # fmt: skip
    for none in ("No", "None", "Nil", "None offered", "n/a"):
        assert not entry(Outlet="Star", Hospitality=none)[0].hospitality


def test_a_row_with_a_purpose_alone_or_no_subject_at_all() -> None:
    said, _ = entry(Outlet="Star", Subject=None, Purpose="To recruit")
    assert said.about == "To recruit"
    said, warned = entry(Outlet="Star", Subject=None)
    assert (said.about, warned) == ("", ["Subject"])
    assert facts_of_row(said).about == "Not described in the imported log"


def test_an_outlet_that_is_unknown_beside_a_journalist() -> None:
    said, warned = entry(Journalist="A Moe", Outlet="")
    assert (said.speakers, warned) == ((Speaker("A Moe", ""),), [])


def test_names_too_long_for_a_name_are_kept_whole() -> None:
    long = "Everybody " * 30
    facts = facts_of_row(entry(Outlet=long.strip(), Place=f"Interview at {long}".strip())[0])
    assert (facts.speakers, facts.place) == ((Speaker(),), "")
    assert facts.about.count(long.strip()) == 2


# --- the mapping


def test_defaults_hold_for_a_whole_file() -> None:
    text = "Date,Outlet,Subject,How\n13/05/2024,Fallow Star,Bikes,\n14/05/2024,Fallow FM,Bikes,E-mail\n"
    told = {"officer": "ACC Roe", "channel": "phone", "basis": "reportable"}
    first, second = parsed(text, Mapping(defaults=told)).entries
    assert (first.officer, first.channel, first.basis) == ("ACC Roe", "phone", "reportable")
    assert second.channel == Channel.WRITING


@pytest.mark.parametrize(
    ("text", "told", "sentence"),
    [
        ("Date,Outlet\n1/1/24,Star\n", {}, "If the whole file is one officer’s"),
        ("Officer,Outlet\nA Roe,Star\n", {}, "date of the contact"),
        ("Officer,Date\nA Roe,1/1/24\n", {}, "subject of the contact"),
        ("a,b\n1,2\n", {}, "no row of headings that we know"),
        (LEGACY, {"basis": "off the record"}, 'default "basis"'),
        (LEGACY, {"basis": "embargoed"}, 'default "basis"'),
        (LEGACY, {"channel": "somehow"}, 'default "channel"'),
        (LEGACY, {"contacted_on": "1/1/24"}, "cannot be a default"),
    ],
)
def test_a_log_that_cannot_be_read_says_what_to_change(
    text: str, told: dict[str, str], sentence: str
) -> None:
    with pytest.raises(MappingError, match=sentence):
        parsed(text, Mapping(defaults=told))


@given(st.text())
def test_no_words_break_the_readers(words: str) -> None:
    way_of(words)
    footing_of(words)
    is_no_outlet(words)
    named_in_cell(words)
    parse_moment(words)
    time_beside_date(words)
    with suppress(UnreadableTime):
        parse_time(words)


# --- a real log


def test_a_published_log_agrees_with_a_recount() -> None:
    path = SHARED / "police-registers" / "south_yorkshire_media_contact_dec13_feb14.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here; the real registers stay outside the repository")
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    result = parse_contacts(read_sheets(path), today=TODAY)
    assert (len(rows), len(result.entries), result.refused, result.nil_returns) == (11, 11, [], [])
    for row, found in zip(rows, result.entries, strict=True):
        time = row["Time of contact"]
        shown = f"{found.contacted_at:%H%M}" if found.contacted_at else ""
        assert shown == time
        day = dt.datetime.strptime(row["Date of contact"], "%d/%m/%y").date()  # noqa: DTZ007
        assert found.contacted_on == day
        assert f"{found.named.rank} {found.named.name}" == row["ACPO Chief Officer"]
        assert found.about == row["Topics discussed"]
        outlet = "" if "quote" in row["Organisation"].lower() else row["Organisation"]
        assert [speaker.outlet for speaker in found.speakers] == [outlet][: bool(outlet)]
    hows = [row[PLACE] for row in rows]
    expected = {
        Channel.PHONE: sum("telephone" in how.lower() for how in hows),
        Channel.IN_PERSON: sum(how.startswith("Interview at") for how in hows),
        Channel.QUOTE: sum("via" in how or "quote" in how.lower() for how in hows),
    }
    found = [row.channel for row in result.entries]
    assert {channel: found.count(channel) for channel in expected} == expected
    assert found.count("") == len(rows) - sum(expected.values())
