"""Legacy registers of business interests, made by hand to the shapes that forces publish."""

import csv
import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.importing.mapping import Mapping, MappingError, guess_mapping
from integrity.casework.importing.register import Parsed
from integrity.casework.importing.sheets import Cell, Sheet, SheetRow, read_sheets
from registers.business_interests.enums import Category, ConditionKind, Ground
from registers.business_interests.import_hours import parse_hours, period_of
from registers.business_interests.import_outcomes import (
    UNWRITTEN,
    Outcome,
    clauses_of,
    conditions_in,
    parse_outcome,
)
from registers.business_interests.import_rows import InterestRow
from registers.business_interests.import_words import (
    INTEREST_FIELDS,
    category_of,
    condition_kind,
    ground_of,
    reads_like_rank,
    relative_of,
)
from registers.business_interests.importing import parse_interests

REPOSITORY = Path(__file__).parents[3]
SHARED = Path(os.environ.get("INTEGRITY_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
TODAY = dt.date(2026, 6, 15)

LEGACY = """\
Register of business interests,,,,,,,,,,
,,,,,,,,,,
Ref,Rank,Name,Collar No,Type of interest,Nature of business,Employer,Hours per week,Date applied,Decision,Review date
1,PC,A Roe,1234,Waged,Gardener,Fallow Hill,8 hrs per week,03/12/13,Approved,3/12/2014
2,PC,B Poe,1235,Property Rental,Lets a flat,,ad hoc,2.8.16,Approved subject to: agent used; notify PSD,
3,PS,C Loe,1236,Self-Employed,Taxi driver,,10hrs/month,13 May 2026,Refused,
4,PC,D Moe,1237,Paid Hobby,Cake maker,,2-3,13/05/2026,Yes – provided that no uniform is worn,Annual
5,PC,E Noe,1238,Beekeeping,Honey,,5,13/05/2026,Withdrawn,
6,PC,F Soe,1239,Waged,Barista,Cafe,5,13/05/2026,Ceased,
7,PC,G Toe,1240,Nil return,Nil,Nil,Nil,Nil,,
8,PC,H Voe,1241,Waged,Barista,Cafe,5,13/05/2026,Pending,
9,PC,I Woe,1242,Waged,Barista,Cafe,5,May 2026,Approved,
10,PC,J Xoe,1243,Waged,Barista,Cafe,5,13/05/2026,Noted,
11,PC,K Yoe,1244,Waged,,,5,13/07/2026,Approved,
,,,,,,,,,,
* PSD holds the papers,,,,,,,,,,
"""


def parsed(text: str, mapping: Mapping | None = None, name: str = "bi.csv") -> Parsed:
    return parse_interests(read_sheets(text.encode(), name), mapping, today=TODAY)


def entry(text: str, mapping: Mapping | None = None) -> InterestRow:
    result = parsed(text, mapping)
    assert not result.refused, result.refused
    [found] = result.entries
    return found


def test_a_legacy_register_row_by_row() -> None:
    result = parsed(LEGACY)
    assert result.read == 13
    assert [(row.number, row.status, row.category, row.hours.a_week) for row in result.entries] == [
        (4, "approved", "waged", Decimal("8.00")),
        (5, "approved_with_conditions", "letting", None),
        (6, "refused", "self_employed", Decimal("2.31")),
        (7, "approved_with_conditions", "hobby", Decimal("3.00")),
        (8, "withdrawn", "other", Decimal("5.00")),
    ]
    assert [(line.where, line.column) for line in result.refused] == [
        ("9", "Date applied"),
        ("11", "Decision"),
        ("12", "Date applied"),
        ("13", "Decision"),
        ("14", "Date applied"),
        ("15", "Name"),
        ("16", "Ref"),
    ]
    assert "have the person apply" in result.refused[1].reason.lower()
    assert [(line.where, line.column) for line in result.warnings] == [
        ("5", "Hours per week"),
        ("7", "Review date"),
        ("8", "Type of interest"),
    ]
    [nil] = result.nil_returns
    assert (nil.where, nil.person, nil.period) == ("10", "G Toe", "")


def test_an_entry_carries_what_the_row_said() -> None:
    first, second, *_ = parsed(LEGACY).entries
    assert (first.reference, first.person, first.person_number) == ("1", "A Roe", "1234")
    assert (first.rank, first.occupation, first.organisation) == ("PC", "Gardener", "Fallow Hill")
    assert first.applied_on == first.decided_on == first.approved_on == dt.date(2013, 12, 3)
    assert first.review_on == dt.date(2014, 12, 3)
    assert second.conditions == ("agent used", "notify PSD")
    assert (second.hours.words, second.cells["Hours per week"]) == ("ad hoc", "ad hoc")


def test_the_same_file_has_the_same_fingerprints_and_its_twin_rows_two() -> None:
    twins = LEGACY + LEGACY.splitlines()[3] + "\n"
    prints = [row.fingerprint for row in parsed(twins).rows]
    assert prints == [row.fingerprint for row in parsed(twins).rows]
    assert len(set(prints)) == len(prints) == 7
    assert {row.fingerprint for row in parsed(LEGACY).rows} < set(prints)


COLUMNS = {
    "Officer": "person", "Warrant No": "person_number", "Grade": "rank", "Department": "unit",
    "Category": "category", "Secondary employment": "occupation", "Company": "organisation",
    "Further details": "description", "Hrs per week": "hours", "Application date": "applied_on",
    "Date authorised": "approved_on", "Date refused": "refused_on", "Decision date": "decided_on",
    "Next review": "review_on", "Date ceased": "ended_on", "Current status": "status",
    "Approved/Refused": "decision", "Restrictions": "conditions", "Authorised by": "decided_by",
    "Reason for refusal": "reason", "Notes": "comments", "Spouse/partner": "relative",
    "Log no": "reference", "Start date": "starts_on", "Role": "occupation",
    "Nature of business interest": "occupation", "Name of employer": "organisation",
    "Type of business interest": "category", "Outcome": "decision", "Name of applicant": "person",
    "Conditions (if any)": "conditions", "Hours worked": "hours", "Date submitted": "applied_on",
}  # fmt: skip


@pytest.mark.parametrize("heading", COLUMNS)
def test_headings_as_forces_publish_them(heading: str) -> None:
    found = guess_mapping([heading], INTEREST_FIELDS).columns
    assert found == {COLUMNS[heading]: heading}


def test_a_register_that_has_both_a_rank_and_a_role() -> None:
    found = guess_mapping(["Rank", "Role", "Business interest"], INTEREST_FIELDS).columns
    assert (found["rank"], found["occupation"]) == ("Rank", "Business interest")


@pytest.mark.parametrize(
    "words", ["Nil return", "No business interests", "No second jobs declared"]
)
def test_nil_returns_in_their_words(words: str) -> None:
    result = parsed(f"Name,Job,Date,Decision,Unit\nA Roe,{words},1/4/26,,Patrol\n")
    assert [(nil.person, nil.unit) for nil in result.nil_returns] == [("A Roe", "Patrol")]


# --- hours


@pytest.mark.parametrize(
    ("words", "a_week"),
    [
        ("8", "8.00"), ("8 hrs per week", "8.00"), ("approx 4-6 hours", "6.00"),
        ("10hrs/month", "2.31"), ("max 12", "12.00"), ("8 hours pw", "8.00"),
        ("Sat & Sun 0900-1300", "8.00"), ("Mon-Fri 1800-2000", "10.00"),
        ("Saturdays 9am-1pm", "4.00"), ("4 hours every Saturday", "4.00"),
        ("4 to 6 hours a week", "6.00"), ("between 4 and 6 hours per week", "6.00"),
        ("up to approx 12 hrs", "12.00"), ("No more than 16 hours", "16.00"), ("<5", "5.00"),
        ("2½ hours a week", "2.50"), ("½ hour weekly", "0.50"), ("two hours a week", "2.00"),
        ("8 hours a fortnight", "4.00"), ("1,000 hours per year", "19.23"), ("52 hrs pa", "1.00"),
        ("8 (approx)", "8.00"), ("8 hours max per week", "8.00"), ("Average of 8 hours", "8.00"),
        ("0", "0.00"), ("Nil", "0.00"), ("168", "168.00"),
    ],
)  # fmt: skip
def test_hours_that_can_be_only_one_thing(words: str, a_week: str) -> None:
    assert parse_hours(words).a_week == Decimal(a_week)


@pytest.mark.parametrize(
    "words",
    [
        "", "ad hoc", "weekends only", "2 days per month", "1 evening a week", "varies", "None",
        "a few hours", "4+", "min 4", "6-4", "169", "5 hours per day", "8pm", "8 p.m.", "-5",
        "Sat or Sun 0900-1300", "Sat/Sun 0900-1300", "Sat 9-1", "Sat 2200-0200",
        "Sat, Sat 0900-1300", "Fri-Mon 0900-1000", "8 hours, term time only", "8 / 10", "x" * 500,
    ],
)  # fmt: skip
def test_hours_that_stay_open_keep_their_words(words: str) -> None:
    assert parse_hours(words).a_week is None
    assert parse_hours(words).words == words


def test_hours_by_what_their_heading_says() -> None:
    assert period_of("Hours per month") == "month"
    assert parse_hours("10", per="month").a_week == Decimal("2.31")
    assert parse_hours("10 per week", per="month").a_week == Decimal("10.00")
    assert parse_hours(Decimal("8.333")).a_week == Decimal("8.33")
    assert parse_hours(Decimal(10), per=period_of("Hours per day")).a_week is None
    assert parse_hours(dt.date(2026, 6, 4)).a_week is None


PIECES = st.sampled_from(
    "8 12 4-6 0900-1300 ½ 1,000 99999 hrs hours per week month / pa max approx sat & - to ( ) . every".split()
)


@given(
    st.one_of(
        st.text(max_size=140),
        st.lists(PIECES, max_size=8).map(" ".join),
        st.lists(PIECES, max_size=8).map("".join),
        st.decimals(),
        st.dates(),
        st.none(),
    ),
    st.sampled_from(["week", "fortnight", "month", "year", ""]),
)
def test_hours_never_raise_and_fit_a_week(cell: Cell, per: str) -> None:
    hours = parse_hours(cell, per=per).a_week
    assert hours is None or (0 <= hours <= 168 and hours == hours.quantize(Decimal("0.01")))
    assert hours is None or not hours.is_signed()


# --- decisions and conditions


@pytest.mark.parametrize(
    ("words", "status", "conditions"),
    [
        ("Approved", "approved", ()), ("AUTHORISED", "approved", ()), ("Agreed", "approved", ()),
        ("A", "approved", ()), ("Y", "approved", ()), ("Approved by Supt Smith", "approved", ()),
        ("Approved (no conditions)", "approved", ()), ("Approval granted", "approved", ()),
        ("Approved unconditionally", "approved", ()), ("Approved 12/03/2019", "approved", ()),
        ("Declined", "refused", ()), ("Refused", "refused", ()), ("Rejected", "refused", ()),
        ("Not approved", "refused", ()), ("Refused - not compatible", "refused", ()),
        ("No", "refused", ()), ("Unable to approve", "refused", ()),
        ("Withdrawn", "withdrawn", ()), ("Application withdrawn", "withdrawn", ()),
        ("Pending", "pending", ()), ("Approved pending vetting", "pending", ()),
        ("Ceased", "ceased", ()), ("Lapsed", "ceased", ()), ("Approved - now ceased", "ceased", ()),
        ("Revoked", "revoked", ()), ("Approval withdrawn", "revoked", ()),
        ("Approved subject to no uniform; max 10 hours", "approved", ("no uniform", "max 10 hours")),
        ("Approved with conditions: 1. Not in force area 2. Review in 6 months", "approved",
         ("Not in force area", "Review in 6 months")),
        ("Yes – provided that he does not drive", "approved", ("he does not drive",)),
        ("Approved subject to:\n1) agent used\n2) notify PSD", "approved",
         ("agent used", "notify PSD")),
        ("Approved (must not work in uniform)", "approved", ("must not work in uniform",)),
        ("Approved - max 10 hours per week", "approved", ("max 10 hours per week",)),
        ("Approved but only at weekends", "approved", ("only at weekends",)),
        ("Approved with conditions", "approved", ()), ("Conditionally approved", "approved", ()),
    ],
)  # fmt: skip
def test_what_became_of_an_application(
    words: str, status: str, conditions: tuple[str, ...]
) -> None:
    outcome = parse_outcome(words)
    assert outcome is not None
    assert (outcome.status, clauses_of(outcome.conditions)) == (status, conditions)
    assert outcome.conditional or not conditions


@pytest.mark.parametrize(
    "words", ["", "Noted", "Approved/Refused", "Approved?", "Refused, approved on appeal", "12"]
)
def test_words_that_do_not_decide(words: str) -> None:
    assert parse_outcome(words) is None


def test_yes_below_refused_is_refused() -> None:
    assert parse_outcome("Yes", asks="refused") == Outcome("refused")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("None", ()), ("No", ()), ("n/a", ()), ("No conditions", ()), ("Nil", ()),
        ("Yes", (UNWRITTEN,)), ("Subject to: no uniform; agent", ("no uniform", "agent")),
        ("1. No uniform. 2. Max 10 hrs", ("No uniform.", "Max 10 hrs")),
        ("a) no uniform b) agent", ("no uniform", "agent")),
        ("No more than 10. Notify PSD", ("No more than 10. Notify PSD",)),
        ("No more than 8.5 hours; and notify changes", ("No more than 8.5 hours", "notify changes")),
        ("• no uniform\n• agent", ("no uniform", "agent")), ("only weekends", ("only weekends",)),
    ],
)  # fmt: skip
def test_a_column_of_conditions(words: str, found: tuple[str, ...]) -> None:
    assert conditions_in(words) == found


@given(st.text(max_size=80) | st.sampled_from(["Approved", "subject to", ";"]) | st.none())
def test_decisions_and_conditions_never_raise(cell: str | None) -> None:
    parse_outcome(cell)
    parse_outcome(f"Approved subject to {cell}")
    assert all(text.strip() for text in conditions_in(cell))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("no more than 10 hours per week", ConditionKind.HOURS),
        ("not in uniform", ConditionKind.NO_UNIFORM),
        ("no work within the force area", ConditionKind.NOT_IN_FORCE_AREA),
        ("let through a managing agent", ConditionKind.AGENT),
        ("until 1 May 2027", ConditionKind.END_DATE),
        ("notify PSD of any change", ConditionKind.NOTIFY),
        ("no work for Acme", ConditionKind.NOT_FOR),
        ("keep accounts", ConditionKind.OTHER),
    ],
)
def test_the_kind_a_condition_seems_to_be_of(words: str, kind: ConditionKind) -> None:
    assert condition_kind(words) == kind


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("Conflict with the role", Ground.ROLE_CONFLICT), ("Reputational risk", Ground.REPUTATION),
        ("Sickness record", Ground.PERFORMANCE), ("Fatigue", Ground.WELFARE),
        ("Incompatible occupation", Ground.LISTED), ("Failed vetting", Ground.VETTING),
        ("Conflict of interest; reputation", Ground.OTHER), ("", Ground.OTHER),
    ],
)  # fmt: skip
def test_the_ground_that_words_give_alone(words: str, ground: Ground) -> None:
    assert ground_of(words) == ground


# --- kinds of interest

AVON_AND_SOMERSET = {
    "Property Rental": Category.LETTING,
    "Paid Hobby": Category.HOBBY,
    "Self-Employed": Category.SELF_EMPLOYED,
    "Trainer/Teacher": Category.TRAINING,
    "Consultant/Advisor/Surveyor": Category.CONSULTANCY,
    "Waged": Category.WAGED,
    "Business with Others": Category.DIRECTORSHIP,
    "Family Business": Category.FAMILY_BUSINESS,
    "Musical Entertainer": Category.PERFORMANCE,
    "Voluntary Work": Category.VOLUNTARY,
}


@pytest.mark.parametrize("words", AVON_AND_SOMERSET)
def test_the_kinds_of_avon_and_somerset(words: str) -> None:
    assert category_of(words) == AVON_AND_SOMERSET[words]


def test_our_words_are_theirs() -> None:
    path = SHARED / "police-registers" / "avon_somerset_business_interest_categories.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here; the real registers stay outside the repository")
    with path.open(newline="", encoding="utf-8") as file:
        theirs = {line["category"] for line in csv.DictReader(file)}
    assert theirs == set(AVON_AND_SOMERSET)


@pytest.mark.parametrize("category", Category)
def test_our_own_names_of_kinds_are_known(category: Category) -> None:
    assert category_of(category.label) == category


def test_whose_it_is_and_whose_rank() -> None:
    assert [relative_of(said) for said in ("Self", "", "No", "Wife – M Roe")] == [
        "", "", "", "Wife – M Roe",
    ]  # fmt: skip
    assert all(map(reads_like_rank, ("PC", "T/DI", "Chief Superintendent", "Detective Sergeant")))
    others = (
        "Special Constable",
        "PCSO",
        "SO2",
        "Chief Executive",
        "Station sergeant (retired)",
        "",
    )
    assert not any(map(reads_like_rank, others))


# --- shapes

BY_DATES = "Name,Business interest,Applied,Date approved,Date refused,Date ceased\n{}\n"


@pytest.mark.parametrize(
    ("line", "status", "decided"),
    [
        ("A Roe,Gardener,1/4/26,3/4/26,,", "approved", dt.date(2026, 4, 3)),
        ("A Roe,Gardener,1/4/26,,4/4/26,", "refused", dt.date(2026, 4, 4)),
        ("A Roe,Gardener,1/4/26,3/4/26,,5/5/26", "ceased", dt.date(2026, 4, 3)),
        ("A Roe,Gardener,1/4/26,3/4/26,,5/5/27", "approved_with_conditions", dt.date(2026, 4, 3)),
    ],
)
def test_a_register_that_decides_by_its_dates(line: str, status: str, decided: dt.date) -> None:
    row = entry(BY_DATES.format(line))
    assert (row.status, row.decided_on) == (status, decided)


def test_a_date_below_approved_says_both() -> None:
    row = entry("Name,Job,Applied,Approved\nA Roe,Gardener,1/4/26,3/4/26\n")
    assert (row.status, row.approved_on) == ("approved", dt.date(2026, 4, 3))


STATUSES = "Name,Job,Date,Decision,Status,Conditions\nA Roe,Gardener,1/4/26,{}\n"


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ("Approved,Live,", "approved"),
        ("Approved,Closed file,", "approved"),
        ("Approved,Revoked,", "revoked"),
        (",Approved,None", "approved"),
        ("Approved with conditions,,No uniform", "approved_with_conditions"),
        ("Refused,,No uniform", "refused"),
    ],
)
def test_a_decision_and_how_it_stands(cells: str, status: str) -> None:
    assert entry(STATUSES.format(cells)).status == status


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("Refused,Live,", "Status", "'Refused' and 'Live' do not go together"),
        ("Approved,Ceased,", "Date", "Nothing says when it ended"),
        (",Ceased,", "Date", "Nothing says when it ended"),
        (",,", "Decision", "The row does not say"),
        ("Noted,Live,", "Decision", "'Noted' does not say"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(cells: str, column: str, reason: str) -> None:
    [refusal] = parsed(STATUSES.format(cells)).refused
    assert (refusal.where, refusal.column) == ("2", column)
    assert reason in refusal.reason


def test_a_sheet_or_a_mapping_may_decide_for_all() -> None:
    text = "Name,Job,Date\nA Roe,Gardener,1/4/26\n"
    with pytest.raises(MappingError, match=r'"defaults": \{"decision": "approved"\}'):
        parsed(text)
    assert entry(text, Mapping(defaults={"decision": "refused"})).status == "refused"
    rows = (("Name", "Job", "Date"), ("A Roe", "Gardener", "1/4/26"))
    sheet = Sheet("Approved 2026", tuple(SheetRow(n, cells) for n, cells in enumerate(rows, 1)))
    [row] = parse_interests([sheet], today=TODAY).entries
    assert (row.status, row.category) == ("approved", "other")


@pytest.mark.parametrize(
    ("text", "mapping", "message"),
    [
        ("a,b\n1,2\n", {}, "no row of headings"),
        ("Name,Job,Outcome\nA,B,Approved\n", {}, "No column holds the date"),
        ("Name,Date,Outcome\nA,1/1/26,Approved\n", {}, "No column holds the business interest"),
        (LEGACY, {"decision": "perhaps"}, 'must be "approved" or "refused"'),
        (LEGACY, {"category": "thing"}, "must be one such as"),
        (LEGACY, {"review_on": "2026-01-01"}, "cannot be a default"),
    ],
)
def test_a_file_that_cannot_be_understood_says_what_to_do(
    text: str, mapping: dict[str, str], message: str
) -> None:
    with pytest.raises(MappingError, match=message):
        parsed(text, Mapping(defaults=mapping))


CELLS = (
    st.none()
    | st.text(max_size=20)
    | st.decimals()
    | st.dates()
    | st.sampled_from(["Nil", "Total", "8 hrs", "2/8/26", "Refused", "Yes", "-", "Approved if so"])
)


@given(st.lists(st.lists(CELLS, max_size=8), max_size=6))
def test_every_row_is_taken_or_refused_whatever_it_holds(table: list[list[Cell]]) -> None:
    headings = ("Ref", "Date", "Name", "Job", "Hours", "Conditions", "Outcome", "Review date")
    rows = [headings, *map(tuple, table)]
    sheet = Sheet("", tuple(SheetRow(number, cells) for number, cells in enumerate(rows, 1)))
    result = parse_interests([sheet], today=TODAY)
    assert len(result.rows) + len(result.refused) == result.read == len(table)
    assert len({row.fingerprint for row in result.rows}) == len(result.rows)
    assert all(refusal.column and refusal.reason for refusal in result.refused)
