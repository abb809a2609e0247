"""manage.py import_register media_contacts: what it adds, what it prints, what it refuses."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
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

from integrity.audit.models import Event
from integrity.casework.actions.imports import RegisterFile, read, take
from integrity.casework.enums import Phase, Source
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
from integrity.people.models import Force
from registers.gifts.models import Offer
from registers.media_contacts.enums import Basis, Channel, Factor, OffRecord, Status
from registers.media_contacts.models import Contact, ContactSpeaker, Journalist, Outlet
from registers.organisations.models import Organisation
from tests.builders import World, person
from tests.contacts import WEIGHTS, media_policy

pytestmark = pytest.mark.django_db

REPOSITORY = Path(__file__).parents[3]
SHARED = Path(os.environ.get("INTEGRITY_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
COLUMNS = {
    "ref": "Ref",
    "date": "Date of contact",
    "time": "Time",
    "officer": "Officer",
    "number": "Collar No",
    "unit": "Department",
    "outlet": "Media outlet",
    "journalist": "Journalist",
    "how": "Type of contact",
    "place": "Venue",
    "about": "Subject matter",
    "basis": "Basis",
    "off": "Off the record?",
    "embargo": "Embargoed until",
    "press": "Press officer present",
    "hospitality": "Hospitality",
    "coverage": "Coverage",
}
HEADINGS = tuple(COLUMNS.values())
USUAL = {
    "date": "13/05/2024",
    "time": "0900",
    "officer": "PC A Roe",
    "outlet": "Fallow Star",
    "journalist": "J Moe",
    "how": "Telephone",
    "about": "Bike marking",
    "basis": "Reportable",
}


def row(**cells: str) -> list[str]:
    """A row of a log of our own: a call from the Fallow Star, unless told."""
    told = dict.fromkeys(COLUMNS, "") | USUAL | cells
    return [told[name] for name in COLUMNS]


def csv_bytes(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


def xlsx_bytes(**sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for line in rows:
            sheet.append(list(line))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


NIL = row(
    date="Q2 2024", officer="ACC Noe", about="No contact", outlet="", journalist="", how="", time="",
    basis="",
)  # fmt: skip
LEGACY = (
    row(ref="1"),
    row(ref="2", outlet="General quote", journalist="", how="Quote via the press office"),
    row(ref="3", basis="Off the record", time=""),
    row(ref="4", basis="Embargoed"),
    row(ref="5", basis="Embargoed until 0001 on 14/05/2024", how="", place="Interview at Mill House"),
    NIL,
    row(ref="6", date=""),
    row(ref="7", date="1/1/2099"),
    row(ref="8", officer=""),
)  # fmt: skip
ANSWER = {
    "register": "media_contacts", "force": "NMR", "rows": 9, "imported": 5, "unchanged": 0,
    "nil_returns": 1, "dry_run": False,
}  # fmt: skip
REFUSED = [
    ("8", "Date of contact", "There is no date."),
    ("9", "Date of contact", "1 January 2099 lies ahead."),
    ("10", "Officer", "Nobody of the force is named."),
]
WARNED = [("3", "Media outlet"), ("4", "Basis"), ("5", "Basis")]


@pytest.fixture(autouse=True)
def files_of_our_own(media: None) -> None:
    """Uploads go to a folder of the test's own."""


def run(file: Path, *options: str, code: str = "NMR") -> dict[str, Any]:
    """What the command prints, which must be one JSON object and nothing else."""
    out, err = io.StringIO(), io.StringIO()
    arguments = ("media_contacts", str(file), "--force", code, "--json", *options)
    call_command("import_register", *arguments, stdout=out, stderr=err)
    assert err.getvalue() == ""
    found = json.loads(out.getvalue())
    assert isinstance(found, dict)
    return found


def written(tmp_path: Path, *rows: Sequence[str], name: str = "log.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(csv_bytes(rows or LEGACY))
    return file


def imported(tmp_path: Path, **cells: str) -> Contact:
    """The contact that one row becomes."""
    told = run(written(tmp_path, row(**cells)))
    assert told["imported"] == 1, told["refused"]
    return Contact.objects.with_all().get()


def tables() -> dict[str, int]:
    """How many rows every table of ours has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def places(lines: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    return [(line["where"], line["column"]) for line in lines]


def test_what_it_says(world: World, tmp_path: Path) -> None:
    file = written(tmp_path)
    told = run(file)
    assert {key: told[key] for key in ANSWER} == ANSWER
    assert told.keys() == {*ANSWER, "file", "warnings", "refused"}
    assert [(line["where"], line["column"], line["reason"]) for line in told["refused"]] == REFUSED
    assert places(told["warnings"]) == WARNED
    batch = ImportBatch.objects.get()
    assert batch.file.open("rb").read() == file.read_bytes()
    assert (batch.name, batch.force, batch.result) == ("log.csv", world.northmoor, told)


def test_a_second_run_adds_nothing_and_a_grown_file_its_new_rows(
    world: World, tmp_path: Path
) -> None:
    first = run(written(tmp_path))
    before = tables()
    assert run(written(tmp_path)) == first | {"imported": 0, "nil_returns": 0, "unchanged": 6}
    assert tables() == before
    told = run(written(tmp_path, row(ref="0"), *LEGACY, row(ref="9")))
    assert (told["imported"], told["unchanged"]) == (2, 6)


def test_what_becomes_of_each_row(world: World, tmp_path: Path) -> None:
    run(written(tmp_path))
    call, quote, aside, embargoed, lifted = Contact.objects.order_by("pk").with_all()
    for contact in (call, quote, aside, embargoed, lifted):
        assert (contact.status, contact.legacy) == (Status.ACKNOWLEDGED, True)
        assert (contact.acknowledged_at, contact.acknowledged_by) == (None, None)
        assert (contact.responsible, contact.policing_purpose) == (None, None)
        assert (contact.press_office_told, contact.press_card, contact.days_late) == (None, "", 0)
        assert contact.policy.department == world.alliance_psd
    assert (call.contacted_on, call.contacted_at) == (date(2024, 5, 13), time(9))
    assert (call.channel, call.basis) == (Channel.PHONE, Basis.REPORTABLE)
    assert call.with_whom == "J Moe, Fallow Star"
    assert (quote.channel, quote.with_whom) == (Channel.QUOTE, "Not known")
    assert "Media outlet, as written: General quote" in quote.about
    assert (aside.basis, aside.off_record, aside.contacted_at) == ("", OffRecord.HAPPENED, None)
    assert (embargoed.basis, embargoed.embargo_until) == ("", None)
    assert (lifted.basis, lifted.place) == (Basis.EMBARGOED, "Mill House")
    assert lifted.embargo_until == datetime(2024, 5, 13, 23, 1, tzinfo=UTC)
    assert lifted.agreement is None


def test_outlets_and_journalists_have_one_record_each(world: World, tmp_path: Path) -> None:
    shapes = ("Fallow Star", "FALLOW STAR", "The Fallow Star Ltd")
    rows = [row(ref=n, outlet=n, journalist=name) for n in shapes for name in ("J Moe", "j  moe")]
    run(written(tmp_path, *rows, row(ref="x", journalist="A Loe; B Noe")))
    assert Organisation.objects.get().name == "Fallow Star"
    assert Outlet.objects.get().department == world.alliance_psd
    assert set(Journalist.objects.values_list("name", flat=True)) == {"J Moe", "A Loe", "B Noe"}
    assert ContactSpeaker.objects.count() == 8
    last = Contact.objects.with_all().latest("pk")
    assert last.with_whom == "A Loe, Fallow Star; B Noe, Fallow Star"


def test_the_case_of_a_legacy_contact(world: World, tmp_path: Path) -> None:
    run(written(tmp_path, row(unit="patrol"), NIL), "--by", "PSD_head")
    case = Contact.objects.get().case
    assert (case.source, case.phase, case.force) == (Source.IMPORTED, Phase.CLOSED, world.northmoor)
    assert (case.subject, case.author, case.subject_name) == (None, None, "PC A Roe")
    assert (case.subject_grade, case.subject_unit) == ("PC", world.patrol)
    assert case.claimed_on == date(2024, 5, 13)
    assert case.reference.startswith("MC-")
    assert case.imported_row.cells["Time"] == "0900"
    assert Counter(Event.objects.values_list("name", flat=True)) == {
        "entry imported": 1, "register imported": 1,
    }  # fmt: skip
    # history: nobody is told, asked to acknowledge it, or to declare what was offered
    assert not Notice.objects.exists()
    assert not Deadline.objects.exists()
    nil = NilReturn.objects.get()
    assert (nil.stated_for, nil.imported_row.where) == ("ACC Noe", "3")


def test_hospitality_is_said_and_opens_no_offer(world: World, tmp_path: Path) -> None:
    file = written(tmp_path, row(hospitality="Lunch", coverage="Star, 14 May", press="J Poe"))
    told = run(file)
    contact = Contact.objects.get()
    assert (contact.hospitality, contact.press_office_told) == (True, True)
    assert contact.about.splitlines()[1:] == [
        "Coverage, as written: Star, 14 May", "Hospitality, as written: Lunch",
        "Press office, as written: J Poe",
    ]  # fmt: skip
    assert places(told["warnings"]) == [("2", "Hospitality")]
    assert not Offer.objects.exists()


def test_the_risk_is_of_what_the_log_says_and_no_more(world: World, tmp_path: Path) -> None:
    person("noe", first_name="Ann", last_name="Noe", force=world.northmoor,
           grade=world.assistant_chief.grade)  # fmt: skip
    plain, aside, chief = (row(ref="1"), row(ref="2", off="Yes"), row(ref="3", officer="ACC Noe"))
    run(written(tmp_path, plain, aside, chief))
    risks = [case.risk for case in Case.objects.order_by("pk")]
    assert risks == [0, WEIGHTS[Factor.OFF_RECORD], WEIGHTS[Factor.CHIEF_OFFICER]]


def test_the_policy_of_the_day(world: World, tmp_path: Path) -> None:
    later = media_policy(force=world.northmoor, effective_from=date(2024, 1, 1))
    run(written(tmp_path, *(row(date=day) for day in ("31/12/2010", "31/12/2023", "1/1/2024"))))
    found = Contact.objects.order_by("pk").select_related("policy")
    assert [contact.policy == later for contact in found] == [False, False, True]


def test_officers_are_matched_only_where_it_can_be_nobody_else(
    world: World, tmp_path: Path
) -> None:
    grade = world.assistant_chief.grade
    ann = person("ann", number="4417", first_name="Ann", last_name="Example", force=world.northmoor,
                 grade=grade)  # fmt: skip
    for name in ("bea", "cy"):
        person(name, last_name="Twice", force=world.northmoor, grade=grade)
    officers = {
        "ACC Example": ann,
        "Assistant Chief Example": ann,
        "ACC Ann Example": ann,
        "Example": None,
        "PC Example": None,
        "ACC Twice": None,
        "ACC Bea Twice": "bea",
        "PC 4417 Example": ann,
        "ACC 9999 Example": None,
    }
    told = run(
        written(tmp_path, *(row(officer=name) for name in officers), row(number="4417", ref="x"))
    )
    cases = list(Case.objects.order_by("pk").select_related("subject"))
    found = [getattr(case.subject, "username", None) for case in cases]
    expected = [getattr(who, "username", who) for who in officers.values()]
    assert found == [*expected, None]
    assert [case.subject_name for case in cases[:-1]] == list(officers)
    assert [case.subject_is_chief_officer for case in cases[:4]] == [True, True, True, False]
    assert places(told["warnings"]) == [("11", "Collar No")]


def test_a_workbook_of_two_sheets_with_other_headings(world: World, tmp_path: Path) -> None:
    file = tmp_path / "log.xlsx"
    first = [
        ["Contacts with the media, 2024"],
        ["When", "Time of call", "Name", "Publication", "Reporter", "How contacted", "Topic"],
        [datetime(2024, 5, 13), time(9, 30), "Sgt Roe", "Fallow Star", "J Moe", "Phone", "Bikes"],  # noqa: DTZ001
        [date(2024, 5, 14), 930, "Sgt Roe", "Fallow Star", "J Moe", "Phone", "Bikes"],
    ]
    second = [
        ["Date and time", "Rank", "Officer", "Organisation", "Method", "Purpose"],
        [datetime(2024, 6, 1, 14, 15), "PC", "B Loe", "Fallow FM", "E-mail", "Appeal"],  # noqa: DTZ001
        [datetime(2024, 6, 2, 10, 0), "PC", "", "Fallow FM", "E-mail", "Appeal"],  # noqa: DTZ001
    ]
    file.write_bytes(xlsx_bytes(North=first, South=second, Notes=[["Kept by the press office"]]))
    told = run(file)
    assert (told["rows"], told["imported"]) == (4, 3)
    assert places(told["refused"]) == [("South, row 3", "Officer")]
    assert [line["where"] for line in told["warnings"]] == ["Notes"]
    found = list(Contact.objects.order_by("pk").select_related("case"))
    assert [contact.contacted_at for contact in found] == [time(9, 30), time(9, 30), time(14, 15)]
    assert [contact.channel for contact in found] == [Channel.PHONE, Channel.PHONE, Channel.WRITING]
    assert [contact.case.subject_grade for contact in found] == ["Sgt", "Sgt", "PC"]
    assert run(file)["unchanged"] == 3


def test_a_mapping_file_says_which_column_is_which(world: World, tmp_path: Path) -> None:
    file, mapping = tmp_path / "log.csv", tmp_path / "mapping.json"
    headings = ("A", "B", "C", "D")
    file.write_bytes(csv_bytes([("05/13/2024", "Fallow Star", "Bikes", "0900")], headings))
    mapping.write_text(
        json.dumps(
            {
                "heading_row": 1,
                "columns": {"contacted_on": "A", "outlet": "B", "about": "C", "contacted_at": "D"},
                "day_first": False,
                "defaults": {"officer": "ACC Noe", "channel": "event"},
            }
        )
    )
    with pytest.raises(CommandError, match="has no row of headings that we know"):
        run(file)
    run(file, "--mapping", str(mapping))
    contact = Contact.objects.with_all().get()
    assert (contact.contacted_on, contact.contacted_at) == (date(2024, 5, 13), time(9))
    assert (contact.case.subject_name, contact.channel) == ("ACC Noe", Channel.EVENT)
    assert contact.with_whom == "Fallow Star"


# --- refusals


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"officer": "x" * 201}, "Officer", "201 characters long"),
        ({"date": "May 2024"}, "Date of contact", "the day is missing"),
        ({"date": "1/1/2099"}, "Date of contact", "lies ahead"),
        ({"date": ""}, "Date of contact", "There is no date"),
        ({"officer": "-"}, "Officer", "Nobody of the force is named"),
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


def test_names_too_long_are_kept_whole(world: World, tmp_path: Path) -> None:
    long = " ".join(["Fallow"] * 40)
    contact = imported(tmp_path, outlet=long, place=f"Interview at {long}")
    assert (contact.place, contact.with_whom) == ("", "J Moe")
    assert contact.about.count(long) == 2


def test_a_dry_run_changes_nothing(world: World, tmp_path: Path) -> None:
    before = tables()
    told = run(written(tmp_path), "--dry-run")
    assert {key: told[key] for key in ANSWER} == ANSWER | {"dry_run": True}
    assert tables() == before


def test_all_or_nothing(world: World, tmp_path: Path) -> None:
    before, out = tables(), io.StringIO()
    with pytest.raises(CommandError, match="3 rows were refused, so nothing was imported"):
        call_command(
            "import_register", "media_contacts", str(written(tmp_path)), "--force", "NMR",
            "--all-or-nothing", "--json", stdout=out,
        )  # fmt: skip
    assert tables() == before
    assert run(written(tmp_path, row()), "--all-or-nothing")["imported"] == 1


def test_a_force_without_a_policy_is_told_so(world: World, tmp_path: Path) -> None:
    Force.objects.create(code="NEW", name="New Police", department=world.harbour_psd)
    with pytest.raises(CommandError, match="New Police has no policy on media contacts yet"):
        run(written(tmp_path), code="NEW")


def test_said_in_words(world: World, tmp_path: Path) -> None:
    out = io.StringIO()
    file = str(written(tmp_path))
    call_command("import_register", "media_contacts", file, "--force", "NMR", stdout=out)
    first, *rest = out.getvalue().splitlines()
    assert first == "log.csv: 9 rows. 5 entries and 1 nil returns imported, 0 unchanged, 3 refused."
    assert "Refused: row 10, Officer: Nobody of the force is named." in rest
    assert any(line.startswith("Warning: row 4, Basis: Something was said off") for line in rest)


# --- the desk


def test_upload_look_and_import_at_the_desk(world: World, tmp_path: Path) -> None:
    desk = Client()
    desk.force_login(world.psd_head, backend="integrity.people.backends.ServingMemberBackend")
    file = SimpleUploadedFile("log.csv", csv_bytes(LEGACY))
    begin = reverse("admin:import_media_contacts")
    assert desk.post(begin, {"file": file, "force": world.northmoor.pk}).status_code == 302
    upload = ImportUpload.objects.get()
    shown = desk.get(reverse("admin:import_file", args=[upload.pk]))
    assert ["2", "13 May 2024", "09:00", "PC A Roe (by name alone)", "J Moe, Fallow Star",
            "Telephone", "Bike marking\nReference in the imported register: 1", "Reportable",
            "New"] in shown.context["rows"]  # fmt: skip
    form = shown.context["form"]
    assert {"default_channel", "default_basis", "off_record", "embargo"} <= form.fields.keys()
    answer: Any = desk.post(reverse("admin:import_take", args=[upload.pk]))
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("admin:import_batch", args=[batch.pk])
    page = desk.get(answer.url).content.decode()
    assert all(contact.case.reference in page for contact in Contact.objects.select_related("case"))


# --- a real log


def test_a_published_log(world: World) -> None:
    """Counted again with csv alone; its words and names stay outside the repository."""
    file = SHARED / "police-registers" / "south_yorkshire_media_contact_dec13_feb14.csv"
    if not file.exists():
        pytest.skip(f"{file} is not here; the real registers stay outside the repository")
    with file.open(newline="", encoding="utf-8-sig") as opened:
        lines = list(csv.DictReader(opened))
    where = next(title for title in lines[0] if title.startswith("Location"))
    outlets = {line["Organisation"] for line in lines} - {"", "General quote"}
    told = run(file)
    assert (told["rows"], told["imported"], told["refused"], told["nil_returns"]) == (11, 11, [], 0)
    assert len(lines) == Contact.objects.count() == 11
    timed = Contact.objects.filter(contacted_at__isnull=False)
    assert timed.count() == sum(bool(line["Time of contact"]) for line in lines) == 10
    assert {f"{at:%H%M}" for at in timed.values_list("contacted_at", flat=True)} == {
        line["Time of contact"] for line in lines
    } - {""}
    assert set(Outlet.objects.values_list("organisation__name", flat=True)) == outlets
    without = [line for line in lines if line["Organisation"] not in outlets]
    assert Contact.objects.filter(speakers=None).count() == len(without) == 2
    ways = {Channel.PHONE: "telephone", Channel.IN_PERSON: "interview at"}
    for channel, words in ways.items():
        many = sum(words in line[where].lower() for line in lines)
        assert Contact.objects.filter(channel=channel).count() == many > 0
    assert Contact.objects.filter(channel=Channel.QUOTE).count() == len(without)
    blank = str(2 + next(n for n, line in enumerate(lines) if not line["Organisation"]))
    assert (blank, "Organisation") in places(told["warnings"])
    assert set(Contact.objects.values_list("basis", flat=True)) == {""}
    assert not Contact.objects.exclude(responsible=None, policing_purpose=None).exists()
    before = tables()
    again = run(file)
    assert (again["imported"], again["unchanged"]) == (0, 11)
    assert tables() == before


def test_ten_thousand_rows_are_a_matter_of_seconds(
    world: World, record_property: Any, django_assert_max_num_queries: Any
) -> None:
    rows = [
        row(ref=str(n), outlet=f"Outlet {n % 50}", journalist=f"J Moe {n % 500}", off="Yes" * (n % 2))
        for n in range(10_000)
    ]  # fmt: skip
    source = RegisterFile(
        named("media_contacts"), world.northmoor, "log.csv", csv_bytes(rows), Mapping()
    )
    before = perf_counter()
    with django_assert_max_num_queries(150):
        taken = take(source, read(source), by=None, now=timezone.now())
    seconds = perf_counter() - before
    record_property("measured", f"an import of 10,000 media contacts: {seconds:.1f} s")
    assert taken.report["imported"] == Contact.objects.count() == 10_000
    assert (Journalist.objects.count(), Outlet.objects.count()) == (500, 50)
    assert Contact.objects.filter(off_record=OffRecord.HAPPENED).count() == 5_000
    assert ImportedRow.objects.count() == 10_000
    assert seconds < 60
