"""manage.py import_register business_interests: what it adds, what it prints, what it refuses."""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from integrity.audit.models import Event
from integrity.casework.actions.imports import RegisterFile, read, take
from integrity.casework.clocks import add_months
from integrity.casework.enums import DeadlineKind, Phase, Source
from integrity.casework.importing.mapping import Mapping
from integrity.casework.models import (
    Case,
    Deadline,
    ImportBatch,
    ImportedRow,
    ImportUpload,
    NilReturn,
    Notice,
)
from integrity.casework.registry import named
from integrity.people.enums import MemberType
from integrity.people.models import Force
from registers.business_interests.actions.daily import daily
from registers.business_interests.counts import counts as count
from registers.business_interests.enums import (
    Category,
    CeasedBecause,
    ConditionKind,
    Ground,
    Holder,
    LegalBasis,
    Status,
    Verb,
)
from registers.business_interests.models import Condition, FollowUp, Interest
from registers.organisations.models import Organisation
from tests.builders import World, person
from tests.interests import HOURS, fresh, interest_policy, perform

pytestmark = pytest.mark.django_db

COLUMNS = {
    "ref": "Ref",
    "rank": "Rank",
    "name": "Name",
    "number": "Collar No",
    "unit": "Unit",
    "kind": "Type of interest",
    "what": "Nature of business",
    "employer": "Employer",
    "hours": "Hours",
    "applied": "Date applied",
    "decision": "Decision",
    "decided": "Decision date",
    "conditions": "Conditions",
    "by": "Approved by",
    "reason": "Reason",
    "review": "Review date",
    "ended": "End date",
    "relative": "Spouse/relative",
}
HEADINGS = tuple(COLUMNS.values())
USUAL = {
    "rank": "PC",
    "name": "A Roe",
    "kind": "Waged",
    "what": "Gardener",
    "employer": "Fallow Hill Ltd",
    "hours": "8 hrs per week",
    "applied": "13/05/2024",
    "decided": "20/05/2024",
    "decision": "Approved",
}


def row(**cells: str) -> list[str]:
    """A row of a register of our own: a gardener approved, unless told."""
    told = dict.fromkeys(COLUMNS, "") | USUAL | cells
    return [told[name] for name in COLUMNS]


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *rows])
    return text.getvalue().encode()


def xlsx_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    for line in (HEADINGS, *rows):
        book.active.append(list(line))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def ods_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Register")
    for line in (HEADINGS, *rows):
        drawn = TableRow()
        for cell in line:
            drawn_cell = TableCell(valuetype="string")
            drawn_cell.addElement(P(text=cell))
            drawn.addElement(drawn_cell)
        table.addElement(drawn)
    book.spreadsheet.addElement(table)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


LEGACY = (
    row(ref="1", unit="patrol"),
    row(ref="2", decision="Approved subject to no uniform; max 10 hours a week", hours="ad hoc"),
    row(ref="3", what="Doorman", decision="Refused", reason="Conflict with the role"),
    row(ref="4", decision="Ceased", decided="1/2/2025", conditions="No uniform"),
    row(ref="5", decision="Withdrawn"),
    row(ref="6", kind="Property Rental", what="Lets a flat", hours="", conditions="Managing agent"),
    row(name="D Moe", kind="", what="Nil return", employer="", hours="", applied="", decided="",
        decision="", rank=""),
    row(ref="7", applied="May 2024"),
    row(ref="8", decision="Pending", decided=""),
)  # fmt: skip
ANSWER = {
    "register": "business_interests", "force": "NMR", "rows": 9, "imported": 6, "unchanged": 0,
    "nil_returns": 1, "approved": 1, "approved_with_conditions": 2, "refused_applications": 1,
    "revoked": 0, "ceased": 1, "withdrawn": 1, "conditions": 3, "dry_run": False,
}  # fmt: skip


@pytest.fixture(autouse=True)
def files_of_our_own(settings: Any, tmp_path: Path) -> None:
    stored = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "media")}}
    settings.STORAGES = {**settings.STORAGES, "default": stored}


def run(file: Path, *options: str, code: str = "NMR") -> dict[str, Any]:
    """What the command prints, which must be one JSON object and nothing else."""
    out, err = io.StringIO(), io.StringIO()
    arguments = ("business_interests", str(file), "--force", code, "--json", *options)
    call_command("import_register", *arguments, stdout=out, stderr=err)
    assert err.getvalue() == ""
    found = json.loads(out.getvalue())
    assert isinstance(found, dict)
    return found


def written(tmp_path: Path, *rows: Sequence[str], name: str = "bi.csv") -> Path:
    file = tmp_path / name
    make = {".csv": csv_bytes, ".xlsx": xlsx_bytes, ".ods": ods_bytes}[file.suffix]
    file.write_bytes(make(rows or LEGACY))
    return file


def imported(tmp_path: Path, **cells: str) -> Interest:
    """The interest that one row becomes."""
    told = run(written(tmp_path, row(**cells)))
    assert told["imported"] == 1, told["refused"]
    return fresh(Interest.objects.get())


def tables() -> dict[str, int]:
    """How many rows every table of ours has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("name", ["bi.csv", "bi.xlsx", "bi.ods"])
def test_the_same_register_in_each_format_says_the_same(
    world: World, tmp_path: Path, name: str
) -> None:
    file = written(tmp_path, name=name)
    told = run(file)
    assert {key: told[key] for key in ANSWER} == ANSWER
    assert [(line["where"], line["column"]) for line in told["refused"]] == [
        ("9", "Date applied"), ("10", "Decision"),
    ]  # fmt: skip
    assert [(line["where"], line["column"]) for line in told["warnings"]] == [("3", "Hours")]
    assert all(line.keys() == {"where", "column", "reason"} for line in told["refused"])
    batch = ImportBatch.objects.get()
    assert batch.file.open("rb").read() == file.read_bytes()
    assert (batch.name, batch.force, batch.result) == (name, world.northmoor, told)


def test_a_second_run_adds_nothing_and_a_grown_file_its_new_rows(
    world: World, tmp_path: Path
) -> None:
    first = run(written(tmp_path))
    before = tables()
    again = run(written(tmp_path, name="bi.xlsx"))
    assert again == first | {"file": "bi.xlsx", "imported": 0, "nil_returns": 0, "unchanged": 7}
    assert tables() == before
    told = run(written(tmp_path, row(ref="0"), *LEGACY, row(ref="9")))
    assert (told["imported"], told["unchanged"]) == (2, 7)


def test_what_becomes_of_each_row(world: World, tmp_path: Path) -> None:
    run(written(tmp_path))
    approved, subject_to, refused, ceased, withdrawn, let = Interest.objects.order_by("pk")
    assert [interest.status for interest in Interest.objects.order_by("pk")] == [
        Status.APPROVED, Status.APPROVED_WITH_CONDITIONS, Status.REFUSED, Status.CEASED,
        Status.WITHDRAWN, Status.APPROVED_WITH_CONDITIONS,
    ]  # fmt: skip
    assert (approved.category, approved.occupation) == (Category.WAGED, "Gardener")
    assert (approved.hours_a_week, approved.hours_as_written) == (Decimal(8), "8 hrs per week")
    assert (subject_to.hours_a_week, subject_to.hours_as_written) == (None, "ad hoc")
    assert (approved.approved_on, approved.review_on) == (date(2024, 5, 20), date(2025, 5, 20))
    assert approved.description == "Reference in the imported register: 1"
    assert approved.policy.title == "Business interests"
    assert Organisation.objects.get() == approved.organisation
    assert (refused.grounds, refused.approved_on, refused.review_on) == (
        Ground.ROLE_CONFLICT, None, None,
    )  # fmt: skip
    assert (ceased.ceased_on, ceased.ceased_because) == (date(2025, 2, 1), CeasedBecause.STOPPED)
    assert "Conditions, as written: No uniform" in ceased.description
    assert (withdrawn.approved_on, withdrawn.grounds) == (None, "")
    assert [each.kind for each in let.conditions.all()] == [ConditionKind.AGENT]
    assert not FollowUp.objects.exists()


def test_the_case_of_a_legacy_entry(world: World, tmp_path: Path) -> None:
    run(written(tmp_path), "--by", "PSD_head")
    interest = Interest.objects.order_by("pk")[0]
    case = interest.case
    assert (case.source, case.phase, case.force) == (Source.IMPORTED, Phase.CLOSED, world.northmoor)
    assert (case.subject, case.author, case.subject_name) == (None, None, "A Roe")
    assert (case.subject_grade, case.subject_unit) == ("PC", world.patrol)
    assert case.claimed_on == date(2024, 5, 13)
    assert case.reference.startswith("BI-")
    assert case.imported_row.cells["Hours"] == "8 hrs per week"
    assert Counter(Case.objects.values_list("phase", flat=True)) == {"closed": 5, "withdrawn": 1}
    assert Counter(Event.objects.values_list("name", flat=True)) == {
        "entry imported": 6, "register imported": 1,
    }  # fmt: skip
    assert not Notice.objects.exists()
    nil = NilReturn.objects.get()
    assert (nil.stated_for, nil.imported_row.where) == ("D Moe", "8")


def test_what_the_policy_makes_of_an_entry(world: World, tmp_path: Path) -> None:
    later = interest_policy(
        force=world.northmoor, effective_from=date(2024, 1, 1), review_months=24
    )
    dates = ("31/12/2018", "31/12/2023", "1/1/2024")
    rows = [row(ref=when, applied=when, decided="", what="Doorman") for when in dates]
    run(written(tmp_path, *rows, row(applied="1/2/2024", decided="3/2/2024", hours="")))
    found = list(Interest.objects.order_by("pk").select_related("policy", "listed", "case"))
    assert [interest.policy == later for interest in found] == [False, False, True, True]
    assert [interest.listed.name for interest in found[:3]] == ["Door supervision"] * 3
    # a doorman's risk of 40 brings the interval of six months
    assert [interest.case.risk for interest in found] == [40, 40, 40, 0]
    assert found[0].review_on == date(2019, 6, 30)
    assert found[3].review_on == date(2026, 2, 3)


def test_a_review_date_of_the_file_is_kept(world: World, tmp_path: Path) -> None:
    assert imported(tmp_path, review="1/9/2029").review_on == date(2029, 9, 1)


@pytest.mark.parametrize(
    ("cells", "basis"),
    [
        ({"rank": "Sergeant"}, LegalBasis.POLICE_REGULATIONS),
        ({"rank": "PCSO"}, LegalBasis.FORCE_POLICY),
        ({"rank": ""}, LegalBasis.FORCE_POLICY),
        ({"rank": "PC", "number": "7001"}, LegalBasis.CONTRACT),
    ],
)
def test_the_legal_basis(
    world: World, tmp_path: Path, cells: dict[str, str], basis: LegalBasis
) -> None:
    person(
        "agency", number="7001", last_name="Roe", force=world.northmoor,
        member_type=MemberType.CONTRACTOR,
    )  # fmt: skip
    assert imported(tmp_path, **cells).legal_basis == basis


def test_people_are_matched_only_where_it_can_be_nobody_else(world: World, tmp_path: Path) -> None:
    ann = person("ann", number="4417", first_name="Ann", last_name="Example", force=world.northmoor)
    rows = (
        row(ref="1", number="4417", name="PC Example"),
        row(ref="2", number="4417", name="B Poe"),
        row(ref="3", name="ann  example"),
        row(ref="4", name="", number="4417"),
    )
    told = run(written(tmp_path, *rows))
    cases = Case.objects.order_by("pk")
    assert [case.subject for case in cases] == [ann, None, ann, ann]
    assert [case.subject_name for case in cases][-1] == "4417"
    assert {("3", "Collar No"), ("5", "Name")} <= {
        (line["where"], line["column"]) for line in told["warnings"]
    }


def test_a_relatives_interest(world: World, tmp_path: Path) -> None:
    interest = imported(tmp_path, relative="Wife – M Roe", kind="Licence")
    assert (interest.holder, interest.relative) == (Holder.RELATIVE, "Wife – M Roe")


def test_refusals_are_followed_up_while_that_lies_ahead(world: World, tmp_path: Path) -> None:
    today = timezone.localdate()
    recent = today - timedelta(days=60)
    long_ago = add_months(today, -13)
    rows = [
        row(ref=day.isoformat(), decision="Refused", applied=day.isoformat(), decided="")
        for day in (recent, long_ago)
    ]
    run(written(tmp_path, *rows))
    followed = FollowUp.objects.all()
    assert {each.months: each.due_on for each in followed} == {
        6: add_months(recent, 6), 12: add_months(recent, 12),
    }  # fmt: skip
    task = Deadline.objects.get()
    assert (task.kind, task.due_on) == (DeadlineKind.FOLLOW_UP, add_months(recent, 6))
    interest = fresh(followed[0].interest)
    perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world, now=timezone.now())
    assert Deadline.objects.open().get().due_on == add_months(recent, 12)


# --- conditions


def test_an_imported_condition_waits_and_is_confirmed(world: World, tmp_path: Path) -> None:
    interest = imported(tmp_path, decision="Approved subject to no uniform; max 10 hours a week")
    uniform, hours = Condition.objects.all()
    for condition in (uniform, hours):
        assert condition.to_confirm
        assert (condition.next_check_on, condition.set_by) == (None, None)
    assert (uniform.text, uniform.kind) == ("no uniform", ConditionKind.NO_UNIFORM)
    assert (hours.text, hours.kind, hours.hours) == (
        "max 10 hours a week",
        ConditionKind.HOURS,
        None,
    )
    assert not Deadline.objects.exists()
    now = timezone.now()
    facts = replace(HOURS, text=hours.text)
    interest = perform(
        Verb.CONFIRM_CONDITION, interest, by=world.reviewer, in_world=world, now=now,
        condition=hours, facts=facts,
    )  # fmt: skip
    hours.refresh_from_db()
    assert (hours.to_confirm, hours.hours, hours.set_by) == (False, Decimal(10), world.reviewer)
    assert hours.next_check_on == add_months(timezone.localdate(now), 6)
    interest = perform(
        Verb.CONFIRM_CONDITION, interest, by=world.reviewer, in_world=world, now=now,
        condition=uniform, facts=None,
    )  # fmt: skip
    assert interest.status == Status.APPROVED_WITH_CONDITIONS
    assert interest.standing_conditions == [hours]


def test_an_imported_approval_that_is_revoked_here_is_still_an_approval(
    world: World, tmp_path: Path
) -> None:
    interest = imported(tmp_path)
    perform(Verb.REVOKE, interest, by=world.reviewer, in_world=world, now=timezone.now())
    told = count(Interest.objects.all(), today=timezone.localdate())
    assert (told.received, told.approved, told.revoked) == (1, 1, 1)


def test_a_column_of_conditions_and_the_decision_are_one_list(world: World, tmp_path: Path) -> None:
    imported(
        tmp_path,
        decision="Approved with conditions: no uniform",
        conditions="1. No uniform 2. Notify PSD of changes",
        ended="1/1/2099",
    )
    assert [each.text for each in Condition.objects.all()] == [
        "no uniform", "Notify PSD of changes", "Approved until 1 January 2099.",
    ]  # fmt: skip


def test_the_daily_round_opens_what_is_overdue(world: World, tmp_path: Path) -> None:
    interest = imported(tmp_path)
    daily(now=timezone.now())
    review = fresh(interest).open_review
    assert review is not None
    assert review.due_on == date(2025, 5, 20)


# --- counting


def test_the_counts_add_up_with_imported_rows(world: World, tmp_path: Path) -> None:
    run(written(tmp_path, *LEGACY, row(ref="10", decision="Revoked", reason="Vetting")))
    told = count(Interest.objects.all(), today=timezone.localdate())
    assert (told.received, told.with_conditions, told.refused, told.withdrawn) == (7, 2, 1, 1)
    assert (told.ceased, told.revoked, told.pending) == (1, 1, 0)
    assert told.received == (
        told.approved + told.with_conditions + told.refused + told.withdrawn + told.pending
    )


# --- refusals


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"name": "x" * 201}, "Name", "201 characters long"),
        ({"rank": "x" * 81}, "Rank", "81 characters long"),
        ({"hours": "x" * 201}, "Hours", "201 characters long"),
        ({"decision": "Pending"}, "Decision", "Have the person apply"),
        ({"applied": "1/1/2099"}, "Date applied", "lies ahead"),
        ({"decided": "32/1/2024"}, "Decision date", "not a day of the calendar"),
        ({"decision": "Ceased", "decided": ""}, "End date", "Nothing says when it ended"),
        ({"decision": "Ceased", "ended": "1/1/2099"}, "End date", "lies ahead"),
        ({"decision": "", "decided": ""}, "Decision", "does not say"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_row_and_column(
    world: World, tmp_path: Path, cells: dict[str, str], column: str, reason: str
) -> None:
    told = run(written(tmp_path, row(**cells), row(ref="2")))
    assert told["imported"] == 1
    [refusal] = told["refused"]
    assert (refusal["where"], refusal["column"]) == ("2", column)
    assert reason in refusal["reason"]


def test_titles_too_long_are_kept_whole_in_the_description(world: World, tmp_path: Path) -> None:
    what, employer = "Gardening and " * 20, "The owners of " * 20
    told = run(written(tmp_path, row(what=what.strip(), employer=employer.strip())))
    interest = Interest.objects.get()
    assert interest.occupation.endswith("…")
    assert interest.organisation is None
    assert what.strip() in interest.description
    assert employer.strip() in interest.description
    assert {line["column"] for line in told["warnings"]} == {"Nature of business", "Employer"}


def test_a_dry_run_changes_nothing(world: World, tmp_path: Path) -> None:
    before = tables()
    told = run(written(tmp_path), "--dry-run")
    assert {key: told[key] for key in ANSWER} == ANSWER | {"dry_run": True}
    assert tables() == before
    assert not (tmp_path / "media").exists()


def test_all_or_nothing(world: World, tmp_path: Path) -> None:
    before, out = tables(), io.StringIO()
    file = str(written(tmp_path))
    with pytest.raises(CommandError, match="2 rows were refused, so nothing was imported"):
        call_command(
            "import_register", "business_interests", file, "--force", "NMR", "--all-or-nothing",
            "--json", stdout=out,
        )  # fmt: skip
    told = json.loads(out.getvalue())
    assert (told["imported"], len(told["refused"])) == (0, 2)
    assert tables() == before
    assert run(written(tmp_path, row()), "--all-or-nothing")["imported"] == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "bi.csv is empty"),
        (b"a\nb", "has no row of headings that we know"),
        (b"Name,Job,Date\nA Roe,Gardener,1/4/26\n", "No column says whether"),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(
    world: World, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "bi.csv"
    file.write_bytes(content)
    before = tables()
    with pytest.raises(CommandError, match=sentence):
        run(file)
    assert tables() == before


def test_a_force_without_a_policy_is_told_so(world: World, tmp_path: Path) -> None:
    Force.objects.create(code="NEW", name="New Police", department=world.harbour_psd)
    with pytest.raises(CommandError, match="New Police has no policy on business interests yet"):
        run(written(tmp_path), code="NEW")


def test_a_mapping_file_says_which_column_is_which(world: World, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"columns": {"occupation": "Employer", "organisation": None}}))
    run(written(tmp_path, row()), "--mapping", str(mapping))
    interest = Interest.objects.get()
    assert (interest.occupation, interest.organisation) == ("Fallow Hill Ltd", None)


def test_said_in_words(world: World, tmp_path: Path) -> None:
    out = io.StringIO()
    file = str(written(tmp_path))
    call_command("import_register", "business_interests", file, "--force", "NMR", stdout=out)
    first, *rest = out.getvalue().splitlines()
    assert first == "bi.csv: 9 rows. 6 entries and 1 nil returns imported, 0 unchanged, 2 refused."
    assert "Refused: row 9, Date applied: 'May 2024' is a month; the day is missing." in rest
    assert "Warning: row 3, Hours: 'ad hoc' was kept, with the hours a week unknown." in rest


# --- the desk


def test_upload_look_and_import_at_the_desk(world: World, tmp_path: Path) -> None:
    desk = Client()
    desk.force_login(world.psd_head, backend="integrity.people.backends.ServingMemberBackend")
    file = SimpleUploadedFile("bi.csv", csv_bytes(LEGACY))
    begin = reverse("admin:import_business_interests")
    assert desk.post(begin, {"file": file, "force": world.northmoor.pk}).status_code == 302
    upload = ImportUpload.objects.get()
    shown = desk.get(reverse("admin:import_file", args=[upload.pk]))
    assert ["3", "13 May 2024", "A Roe (by name alone)", "Gardener, Fallow Hill Ltd",
            "Waged employment", "Approved with conditions", "no uniform; max 10 hours a week",
            "Not known: ad hoc", "New"] in shown.context["rows"]  # fmt: skip
    form = shown.context["form"]
    assert {"default_decision", "default_category", "hours", "conditions"} <= form.fields.keys()
    assert form["hours"].value() == "Hours"
    answer: Any = desk.post(reverse("admin:import_take", args=[upload.pk]))
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("admin:import_batch", args=[batch.pk])
    page = desk.get(answer.url).content.decode()
    assert all(interest.case.reference in page for interest in Interest.objects.all())


def test_ten_thousand_rows_are_a_matter_of_seconds(
    world: World, record_property: Any, django_assert_max_num_queries: Any
) -> None:
    decisions = ("Approved", "Approved subject to no uniform; max 10 hours", "Refused", "Ceased")
    rows = [
        row(
            ref=str(n), name=f"A Roe {n}", employer=f"Employer {n % 500}", decision=decisions[n % 4]
        )
        for n in range(10_000)
    ]
    source = RegisterFile(
        named("business_interests"), world.northmoor, "bi.csv", csv_bytes(rows), Mapping()
    )
    before = perf_counter()
    with django_assert_max_num_queries(150):
        taken = take(source, read(source), by=None, now=timezone.now())
    seconds = perf_counter() - before
    record_property("measured", f"an import of 10,000 interests: {seconds:.1f} s")
    assert (taken.report["imported"], taken.report["conditions"]) == (10_000, 5_000)
    assert Condition.objects.filter(to_confirm=True).count() == 5_000
    assert ImportedRow.objects.count() == 10_000
    assert seconds < 60
