"""manage.py import_register gifts: what it adds, what it prints, what it refuses."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from integrity.audit.models import Event
from integrity.casework.enums import Phase, Source
from integrity.casework.models import Case, ImportBatch, ImportedRow, NilReturn, Notice
from integrity.people.models import Force, Unit
from registers.gifts.enums import ItemDecision, Status, ValueKind
from registers.gifts.models import Item, Offer
from registers.organisations.models import Organisation
from tests.builders import World, gift_policy, person

pytestmark = pytest.mark.django_db

REPOSITORY = Path(__file__).parents[3]
SHARED = Path(os.environ.get("INTEGRITY_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
COLUMNS = {
    "ref": "Ref",
    "rank": "Rank",
    "name": "Name",
    "number": "Collar No",
    "unit": "Unit",
    "date": "Date",
    "by": "Offered by",
    "what": "Gift or hospitality",
    "value": "Est. value",
    "decision": "Accepted/Declined",
    "reason": "Reason",
    "comments": "Comments",
}
HEADINGS = tuple(COLUMNS.values())
USUAL = {
    "name": "A Roe",
    "date": "13/05/2026",
    "by": "Halcyon Fleet Ltd",
    "what": "Pen",
    "value": "£4.50",
    "decision": "Declined",
}


def row(**cells: str) -> list[str]:
    """A row of a register of our own: a pen declined, unless told."""
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
    row(ref="1", rank="Constable", number="1234", unit="patrol", value="£15-£20"),
    row(ref="2", by="Mr Ned Poe", value="c. £10", decision="Accepted", reason="It was a wake"),
    row(ref="3", what="Dinner", value="Above limit", decision="Accepted - donated to charity"),
    row(ref="4", by="member of the public", value="2 x £15", decision="Returned to sender"),
    row(ref="5", by="", value="$40", comments="Arrived by post"),
    row(ref="6", value=""),
    row(name="D Moe", date="Nil Return", by="Nil Return", what="Nil Return", value="Nil Return",
        decision=""),
    row(ref="7", date="May 2026"),
    row(ref="8", decision="pending"),
)  # fmt: skip
ANSWER = {
    "register": "gifts", "force": "NMR", "rows": 9, "imported": 6, "unchanged": 0,
    "nil_returns": 1, "total_exact": "0.00", "dry_run": False,
    "values": {"exact": 0, "range": 1, "bound": 2, "unknown": 2, "other_currency": 1},
}  # fmt: skip


@pytest.fixture(autouse=True)
def files_of_our_own(settings: Any, tmp_path: Path) -> None:
    stored = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "media")}}
    settings.STORAGES = {**settings.STORAGES, "default": stored}


def run(file: Path, *options: str, code: str = "NMR") -> dict[str, Any]:
    """What the command prints, which must be one JSON object and nothing else."""
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "import_register",
        "gifts",
        str(file),
        "--force",
        code,
        "--json",
        *options,
        stdout=out,
        stderr=err,
    )
    assert err.getvalue() == ""
    found = json.loads(out.getvalue())
    assert isinstance(found, dict)
    return found


def written(tmp_path: Path, *rows: Sequence[str], name: str = "gifts.csv") -> Path:
    file = tmp_path / name
    make = {".csv": csv_bytes, ".xlsx": xlsx_bytes, ".ods": ods_bytes}[file.suffix]
    file.write_bytes(make(rows or LEGACY))
    return file


def counts() -> dict[str, int]:
    """How many rows every table of ours has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("name", ["gifts.csv", "gifts.xlsx", "gifts.ods"])
def test_the_same_register_in_each_format_says_the_same(
    world: World, tmp_path: Path, name: str
) -> None:
    file = written(tmp_path, name=name)
    told = run(file)
    assert {key: told[key] for key in ANSWER} == ANSWER
    assert [(line["where"], line["column"]) for line in told["refused"]] == [
        ("9", "Date"), ("10", "Accepted/Declined"),
    ]  # fmt: skip
    assert {(line["where"], line["column"]) for line in told["warnings"]} == {
        ("2", "kind"), ("5", "Est. value"), ("6", "Offered by"),
    }  # fmt: skip
    assert all(line.keys() == {"where", "column", "reason"} for line in told["warnings"])
    batch = ImportBatch.objects.get()
    assert batch.file.open("rb").read() == file.read_bytes()
    assert (batch.name, batch.force, batch.result) == (name, world.northmoor, told)


def test_a_second_run_adds_nothing(world: World, tmp_path: Path) -> None:
    file = written(tmp_path)
    first = run(file)
    before = counts()
    assert run(file) == first | {"imported": 0, "nil_returns": 0, "unchanged": 7}
    assert counts() == before


def test_a_file_that_grew_adds_its_new_rows_alone(world: World, tmp_path: Path) -> None:
    run(written(tmp_path))
    grown = written(tmp_path, row(ref="0", value="£1"), *LEGACY, row(ref="9"))
    told = run(grown)
    assert (told["imported"], told["nil_returns"], told["unchanged"]) == (2, 0, 7)
    assert ImportBatch.objects.count() == 2
    assert ImportBatch.objects.first().rows.count() == 2


def test_the_same_file_for_another_force_is_another_register(world: World, tmp_path: Path) -> None:
    file = written(tmp_path)
    run(file)
    assert run(file, code="HTP")["imported"] == 6


def test_what_becomes_of_each_row(world: World, tmp_path: Path) -> None:
    run(written(tmp_path))
    ranged, estimate, above, quantity, dollars, nothing = Offer.objects.with_all().order_by("pk")
    assert [o.provider for o in (ranged, estimate, quantity, dollars)] == [
        "Halcyon Fleet Ltd", "Mr Ned Poe", "Member of the public", "Not known",
    ]  # fmt: skip
    assert (estimate.provider_person, estimate.provider_person_key) == ("Mr Ned Poe", "ned poe")
    assert Organisation.objects.count() == 1
    assert [value_of(o) for o in (ranged, estimate, above, quantity, dollars, nothing)] == [
        (ValueKind.RANGE, Decimal(15), Decimal(20), "£15-£20"),
        (ValueKind.BOUND, None, None, "c. £10"),
        (ValueKind.BOUND, None, None, "Above limit"),
        (ValueKind.UNKNOWN, None, None, "2 x £15"),
        (ValueKind.OTHER_CURRENCY, None, None, "$40"),
        (ValueKind.UNKNOWN, None, None, "Not given"),
    ]
    [ate] = estimate.items.all()
    assert ate.decision == ItemDecision.ACCEPTED
    assert ate.reason_text == "As written in the imported register: It was a wake"
    [donated] = above.items.all()
    assert (donated.disposal, donated.disposal_to) == ("", "")
    assert donated.reason_text.endswith("What became of it: Accepted - donated to charity")
    assert quantity.items.get().disposal == "returned"
    assert dollars.circumstances == "Arrived by post\nReference in the imported register: 5"


def value_of(offer: Offer) -> tuple[Any, ...]:
    item = offer.items.get()
    return item.value_kind, item.value_from, item.value_to, item.value_words


def test_the_case_of_a_legacy_entry(world: World, tmp_path: Path) -> None:
    run(written(tmp_path), "--by", "PSD_head")
    offer = Offer.objects.order_by("pk")[0]
    case = offer.case
    assert (case.source, case.phase, case.force) == (Source.IMPORTED, Phase.CLOSED, world.northmoor)
    assert (case.subject, case.author, case.subject_name) == (None, None, "A Roe")
    assert (case.subject_grade, case.subject_unit) == ("Constable", world.patrol)
    assert case.claimed_on == offer.offered_on == date(2026, 5, 13)
    assert (offer.status, offer.days_late, offer.policy) == (Status.RECORDED, 0, world.policy)
    assert case.imported_row.cells["Collar No"] == "1234"
    assert case.imported_row.where == "2"
    [event] = Event.objects.filter(about="case", about_id=case.pk)
    assert (event.name, event.actor_id) == ("entry imported", world.psd_head.pk)
    assert Counter(Event.objects.values_list("name", flat=True)) == {
        "entry imported": 6, "register imported": 1,
    }  # fmt: skip
    assert not Notice.objects.exists()
    assert ImportBatch.objects.get().imported_by == world.psd_head
    nil = NilReturn.objects.get()
    assert (nil.stated_for, nil.imported_row.where) == ("D Moe", "8")


def test_references_differ_and_rise(world: World, tmp_path: Path) -> None:
    run(written(tmp_path))
    references = list(Case.objects.order_by("pk").values_list("reference", flat=True))
    assert references == sorted(set(references))
    assert len(references) == 6


def test_people_are_matched_only_where_it_can_be_nobody_else(world: World, tmp_path: Path) -> None:
    ann = person("ann", number="4417", first_name="Ann", last_name="Example", force=world.northmoor)
    for number in ("1", "2"):
        person(
            f"twin{number}", number=number, first_name="Jo", last_name="Twin", force=world.northmoor
        )
    person("away", number="5000", first_name="Ed", last_name="Away", force=world.harbour)
    rows = (
        row(ref="1", number="4417", name="PC Example"),
        row(ref="2", number="4417", name="B Poe"),
        row(ref="3", name="ann  example"),
        row(ref="4", name="Jo Twin"),
        row(ref="5", name="Ed Away"),
        row(ref="6", name="Ann Example", number="9999"),
        row(ref="7", name="", number="4417"),
    )
    told = run(written(tmp_path, *rows))
    cases = Case.objects.order_by("pk")
    assert [case.subject for case in cases] == [ann, None, ann, None, None, None, ann]
    assert [case.subject_name for case in cases][-2:] == ["Ann Example", "4417"]
    assert ("3", "Collar No") in {(line["where"], line["column"]) for line in told["warnings"]}


def test_a_policy_of_its_day_or_else_the_first(world: World, tmp_path: Path) -> None:
    later = gift_policy(force=world.northmoor, effective_from=date(2024, 1, 1))
    dates = ("31/12/2018", "1/6/2021", "31/12/2023", "1/1/2024")
    run(written(tmp_path, *(row(ref=when, date=when) for when in dates)))
    found = {offer.offered_on.year: offer.policy for offer in Offer.objects.all()}
    assert found == {2018: world.policy, 2021: world.policy, 2023: world.policy, 2024: later}


def test_a_force_without_a_policy_is_told_so(world: World, tmp_path: Path) -> None:
    Force.objects.create(code="NEW", name="New Police", department=world.harbour_psd)
    with pytest.raises(CommandError, match="New Police has no policy on gifts yet"):
        run(written(tmp_path), code="NEW")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"what": "x" * 501}, "Gift or hospitality"),
        ({"name": "x" * 201}, "Name"),
        ({"rank": "x" * 81}, "Rank"),
        ({"value": "x" * 201}, "Est. value"),
    ],
)
def test_what_is_too_long_is_refused_and_not_cut(
    world: World, tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    told = run(written(tmp_path, row(**cells), row(ref="2")))
    assert (told["imported"], told["values"]["exact"]) == (1, 1)
    [refusal] = told["refused"]
    assert (refusal["where"], refusal["column"]) == ("2", column)
    assert "characters long" in refusal["reason"]


def test_spellings_of_a_provider_are_one_organisation(world: World, tmp_path: Path) -> None:
    names = ("Halcyon Fleet Ltd", "HALCYON FLEET LIMITED", "Halcyon  Fleet", "Mr Ltd", "The Dr Pub")
    run(written(tmp_path, *(row(by=name) for name in names)))
    assert set(Organisation.objects.values_list("name", flat=True)) == {
        "Halcyon Fleet Ltd", "Mr Ltd", "The Dr Pub",
    }  # fmt: skip


def test_a_dry_run_changes_nothing(world: World, tmp_path: Path) -> None:
    before = counts()
    told = run(written(tmp_path), "--dry-run")
    assert {key: told[key] for key in ANSWER} == ANSWER | {"dry_run": True}
    assert counts() == before
    assert not (tmp_path / "media").exists()


def test_all_or_nothing(world: World, tmp_path: Path) -> None:
    before, out = counts(), io.StringIO()
    arguments = ("gifts", str(written(tmp_path)), "--force", "NMR", "--all-or-nothing", "--json")
    with pytest.raises(CommandError, match="2 rows were refused, so nothing was imported"):
        call_command("import_register", *arguments, stdout=out)
    told = json.loads(out.getvalue())
    assert (told["imported"], len(told["refused"])) == (0, 2)
    assert counts() == before
    assert run(written(tmp_path, row()), "--all-or-nothing")["imported"] == 1


def test_a_failure_in_the_middle_leaves_neither_rows_nor_file(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("integrity.casework.actions.imports.record_many", fail)
    before = counts()
    with pytest.raises(RuntimeError, match="the power went"):
        run(written(tmp_path))
    assert counts() == before
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["gifts", "FILE", "--force", "XXX"], "There is no force “XXX”"),
        (["gifts", "missing.csv", "--force", "NMR"], "missing.csv cannot be opened"),
        (["boats", "FILE", "--force", "NMR"], "There is no register “boats”"),
        (["gifts", "FILE", "--force", "NMR", "--by", "nemo"], "nobody with the sign-in name"),
        (["gifts", "FILE", "--force", "NMR", "--by", "constable"], "cannot import registers"),
        (["gifts", "FILE", "--force", "NMR", "--mapping", "missing.json"], "cannot be opened"),
        (["gifts", "FILE", "--force", "NMR", "--mapping", "FILE"], "mapping file is not JSON"),
        (["gifts", "EMPTY", "--force", "NMR"], "empty.csv is empty"),
        (["gifts", "BINARY", "--force", "NMR"], "not a spreadsheet we read"),
        (["gifts", "NOTES", "--force", "NMR"], "has no row of headings that we know"),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(
    world: World, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    files = {
        "EMPTY": ("empty.csv", b""),
        "BINARY": ("gifts.exe", b"MZ\0"),
        "NOTES": ("n.csv", b"a\nb"),
    }
    for name, content in files.values():
        (tmp_path / name).write_bytes(content)
    paths = {word: str(tmp_path / name) for word, (name, _) in files.items()}
    paths["FILE"] = str(written(tmp_path))
    before, out = counts(), io.StringIO()
    with pytest.raises(CommandError, match=sentence):
        call_command("import_register", *(paths.get(a, a) for a in arguments), stdout=out)
    assert out.getvalue() == ""
    assert counts() == before


def test_a_mapping_file_says_which_column_is_which(world: World, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"columns": {"recipient": "Comments", "rank": None}}))
    run(written(tmp_path, row(comments="C Loe", rank="PC")), "--mapping", str(mapping))
    case = Case.objects.get()
    assert (case.subject_name, case.subject_grade) == ("C Loe", "")
    assert ImportBatch.objects.get().mapping["columns"] == {"recipient": "Comments", "rank": None}


def test_said_in_words(world: World, tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("import_register", "gifts", str(written(tmp_path)), "--force", "NMR", stdout=out)
    first, *rest = out.getvalue().splitlines()
    assert first == (
        "gifts.csv: 9 rows. 6 entries and 1 nil returns imported, 0 unchanged, 2 refused."
    )
    assert "Refused: row 9, Date: 'May 2026' is a month; the day is missing." in rest


def test_a_unit_is_matched_by_its_name_alone(world: World, tmp_path: Path) -> None:
    Unit.objects.create(force=world.northmoor, name="PATROL")
    run(written(tmp_path, row(unit="patrol"), row(ref="2", unit="Headquarters")))
    units = [case.subject_unit for case in Case.objects.order_by("pk")]
    assert units == [None, world.headquarters]


def test_a_provider_too_long_for_a_name_is_kept_whole(world: World, tmp_path: Path) -> None:
    many = "The editors of " + ", ".join(f"the {number}th newspaper" for number in range(20))
    told = run(written(tmp_path, row(by=many)))
    offer = Offer.objects.get()
    assert (offer.provider, offer.circumstances) == ("Not known", f"Offered by: {many}")
    assert ("2", "Offered by") in {(line["where"], line["column"]) for line in told["warnings"]}


def test_the_ministers_register(world: World) -> None:
    file = SHARED / "ministers-hospitality" / "hospitality.csv"
    if not file.exists():
        pytest.skip(f"{file} is not here; the real registers stay outside the repository")
    first = run(file)
    assert (first["imported"], first["nil_returns"], len(first["refused"])) == (778, 1240, 10)
    assert first["values"] == {
        "exact": 723, "range": 0, "bound": 1, "unknown": 49, "other_currency": 5,
    }  # fmt: skip
    assert first["total_exact"] == "103059.24"
    kept = Item.objects.filter(value_kind="exact").values_list("value_from", flat=True)
    assert len(kept) == 723
    assert sum(kept) == Decimal("103059.24")
    second = run(file)
    assert (second["imported"], second["nil_returns"], second["unchanged"]) == (0, 0, 2018)
    assert ImportedRow.objects.count() == 2018
