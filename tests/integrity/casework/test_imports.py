"""Importing at the desk, step by step, and two imports at once."""

import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.audit.scope import everywhere
from integrity.casework.actions import import_uploads as uploads
from integrity.casework.actions.imports import RegisterFile, Taken, read, take
from integrity.casework.importing.mapping import Mapping
from integrity.casework.models import (
    Case,
    ImportBatch,
    ImportedRow,
    ImportMapping,
    ImportUpload,
    NilReturn,
)
from integrity.casework.registry import named
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from tests.builders import NOW, World
from tests.builders import world as build_world

LEGACY = """\
Date,Name,Given by,Description,Value,Outcome
13/05/2026,A Roe,Halcyon Fleet Ltd,Pen,£4.50,Declined
14/05/2026,B Poe,Town Hall,Dinner,c. £10,Accepted
May 2026,C Loe,Town Hall,Dinner,£12,Accepted
Nil Return,D Moe,Nil Return,Nil Return,Nil Return,
""".encode()


@pytest.fixture(autouse=True)
def files_of_our_own(settings: Any, tmp_path: Path) -> None:
    stored = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "media")}}
    settings.STORAGES = {**settings.STORAGES, "default": stored}


def file_for(force: Force, content: bytes = LEGACY) -> RegisterFile:
    return RegisterFile(named("gifts"), force, "gifts.csv", content, Mapping())


def import_all(force: Force, by: User | None = None) -> Taken:
    file = file_for(force)
    return take(file, read(file), by=by, now=NOW)


class Desk:
    """Somebody at the desk, and what they do there."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")

    def get(self, name: str, *args: Any) -> Any:
        return self.client.get(reverse(f"admin:{name}", args=args))

    def post(self, name: str, *args: Any, **data: Any) -> Any:
        return self.client.post(reverse(f"admin:{name}", args=args), data)

    def send(
        self, force: Force, content: bytes = LEGACY, name: str = "gifts.csv", **more: Any
    ) -> Any:
        file = SimpleUploadedFile(name, content)
        return self.post("import_gifts", file=file, force=force.pk, **more)

    def upload(self, force: Force, content: bytes = LEGACY, **more: Any) -> ImportUpload:
        answer = self.send(force, content, **more)
        assert answer.status_code == 302, answer.content.decode()
        return ImportUpload.objects.latest("uploaded_at")

    def read_as(self, upload: ImportUpload, **changes: str) -> Any:
        """Post the columns as they are shown, but for some."""
        form = self.get("import_file", upload.pk).context["form"]
        shown = {name: form[name].value() or "" for name in form.fields}
        return self.post("import_file", upload.pk, **(shown | changes))


@pytest.fixture
def at_desk(world: World) -> Desk:
    try:
        reverse("admin:import_gifts")
    except NoReverseMatch:
        pytest.skip("the desk has no import pages; integrity/casework/admin.py adds them")
    return Desk(world.psd_head)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_upload_preview_import(world: World, at_desk: Desk) -> None:
    upload = at_desk.upload(world.northmoor)
    shown = at_desk.get("import_file", upload.pk)
    assert shown.context["told"]["imported"] == 2
    assert ["2", "13 May 2026", "A Roe (by name alone)", "Halcyon Fleet Ltd", "Pen (gift)",
            "Declined", "£4.50", "New"] in shown.context["rows"]  # fmt: skip
    assert "is a month; the day is missing" in text(shown)
    assert not Case.objects.exists()

    answer = at_desk.post("import_take", upload.pk)
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("admin:import_batch", args=[batch.pk])
    assert (Case.objects.count(), NilReturn.objects.count()) == (2, 1)
    assert (batch.imported_by, batch.file.open("rb").read()) == (world.psd_head, LEGACY)
    result = at_desk.get("import_batch", batch.pk)
    assert all(case.reference in text(result) for case in Case.objects.all())
    upload.refresh_from_db()
    assert (bytes(upload.content), upload.batch) == (b"", batch)


def test_whoever_has_two_forces_must_choose_one(world: World, at_desk: Desk) -> None:
    form = at_desk.get("import_gifts").context["form"]
    assert [label for _, label in form.fields["force"].choices] == [
        "Choose a force",
        "Eastvale Police",
        "Northmoor Police",
    ]
    answer = at_desk.post("import_gifts", file=SimpleUploadedFile("gifts.csv", LEGACY))
    assert (answer.status_code, "Select the force" in text(answer)) == (422, True)


def test_a_double_click_imports_once(world: World, at_desk: Desk) -> None:
    upload = at_desk.upload(world.northmoor)
    first, second = (at_desk.post("import_take", upload.pk) for _ in range(2))
    assert first.url == second.url
    assert (Case.objects.count(), ImportBatch.objects.count()) == (2, 1)
    assert at_desk.get("import_file", upload.pk).url == first.url


def test_a_file_that_is_in_the_register_already_says_so(world: World, at_desk: Desk) -> None:
    import_all(world.northmoor)
    upload = at_desk.upload(world.northmoor)
    assert "Everything in this file is in the register already" in text(
        at_desk.get("import_file", upload.pk)
    )
    assert at_desk.post("import_take", upload.pk).url == reverse("admin:import_gifts")
    assert ImportBatch.objects.count() == 1


def test_columns_are_corrected_saved_and_used_again(world: World, at_desk: Desk) -> None:
    upload = at_desk.upload(world.northmoor)
    assert at_desk.get("import_file", upload.pk).context["form"]["provider"].value() == "Given by"
    answer = at_desk.read_as(upload, provider="Name", recipient="Given by", save_as="Old sheet")
    assert answer.status_code == 302
    shown = at_desk.get("import_file", upload.pk)
    assert shown.context["rows"][0][2:4] == ["Halcyon Fleet Ltd (by name alone)", "A Roe"]
    saved = ImportMapping.objects.get()
    assert (saved.name, saved.force) == ("Old sheet", world.northmoor)
    assert saved.mapping["columns"]["provider"] == "Name"
    assert Event.objects.filter(name="import mapping saved", about_id=saved.pk).exists()

    again = at_desk.upload(world.northmoor, saved=saved.pk)
    assert again.mapping == saved.mapping
    assert at_desk.get("import_file", again.pk).context["rows"][0][3] == "A Roe"


def test_a_saved_mapping_is_replaced_under_its_name_and_kept_to_its_force(
    world: World, at_desk: Desk
) -> None:
    for day_first in (True, False):
        saved = uploads.save_mapping(
            name="Old sheet",
            force=world.northmoor,
            register=named("gifts"),
            mapping=Mapping(day_first=day_first),
            by=world.psd_head,
            now=NOW,
        )
    assert ImportMapping.objects.get().mapping["day_first"] is False
    answer = at_desk.send(world.eastvale, saved=saved.pk)
    assert answer.status_code == 422
    assert "is for Northmoor Police" in text(answer)


def test_one_column_for_two_fields_is_a_sentence(world: World, at_desk: Desk) -> None:
    answer = at_desk.read_as(at_desk.upload(world.northmoor), recipient="Given by")
    assert answer.status_code == 422
    assert "The column “Given by” is already used" in text(answer)


def test_a_file_without_known_headings_can_be_given_them(world: World, at_desk: Desk) -> None:
    content = b"p,q,r,s\n13/05/2026,A Roe,Acme Ltd,Declined\n"
    upload = at_desk.upload(world.northmoor, content)
    shown = at_desk.get("import_file", upload.pk)
    assert "has no row of headings that we know" in shown.context["problem"]
    columns = {"date": "p", "recipient": "q", "provider": "r", "decision": "s"}
    at_desk.read_as(upload, **columns)
    assert at_desk.get("import_file", upload.pk).context["told"]["imported"] == 1


def test_what_the_file_does_not_say_is_said_for_all_of_it(world: World, at_desk: Desk) -> None:
    upload = at_desk.upload(world.northmoor, b"Date,Name,Gift,Company\n13/05/2026,A Roe,Pen,Acme\n")
    shown = at_desk.get("import_file", upload.pk)
    assert "No column says whether" in shown.context["problem"]
    at_desk.read_as(upload, default_decision="declined", dates="day")
    shown = at_desk.get("import_file", upload.pk)
    assert shown.context["told"]["imported"] == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gifts.csv", b" ", "gifts.csv is empty"),
        ("gifts.pdf", b"%PDF", "is not a spreadsheet we read"),
        ("gifts.xlsx", b"a,b", "is not a workbook inside"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(
    world: World, at_desk: Desk, name: str, content: bytes, sentence: str
) -> None:
    answer = at_desk.send(world.northmoor, content, name)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not ImportUpload.objects.exists()


def test_a_force_without_a_policy_is_told_before_it_imports(world: World, at_desk: Desk) -> None:
    world.policy.joint_forces.remove(world.northmoor)
    upload = at_desk.upload(world.northmoor)
    problem = at_desk.get("import_file", upload.pk).context["problem"]
    assert problem.startswith("Northmoor Police has no policy on gifts yet")
    assert at_desk.post("import_take", upload.pk).status_code == 403
    assert not Case.objects.exists()


def test_the_original_comes_back_as_a_download(world: World, at_desk: Desk) -> None:
    batch = import_all(world.northmoor).batch
    assert batch is not None
    answer = at_desk.get("import_original", batch.pk)
    assert b"".join(answer.streaming_content) == LEGACY
    assert answer["Content-Disposition"] == 'attachment; filename="gifts.csv"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_other_forces_and_other_people_find_nothing(world: World, at_desk: Desk) -> None:
    harbour = import_all(world.harbour).batch
    assert harbour is not None
    upload = at_desk.upload(world.northmoor)
    for name in ("import_batch", "import_original"):
        assert at_desk.get(name, harbour.pk).status_code == 404
        assert at_desk.get(name, 0).status_code == 404
    assert at_desk.send(world.harbour).status_code == 422
    for user in (world.harbour_reviewer, world.reviewer, world.constable, world.administrator):
        other = Desk(user)
        assert other.get("import_file", upload.pk).status_code == 404
        assert other.post("import_take", upload.pk).status_code == 404
    assert Desk(world.reviewer).get("import_gifts").status_code == 404
    assert at_desk.get("import_file", uuid.uuid4()).status_code == 404
    assert at_desk.client.get(reverse("admin:import_take", args=[upload.pk])).status_code == 405


def test_whoever_imported_an_entry_may_still_work_on_it(world: World, at_desk: Desk) -> None:
    import_all(world.northmoor, by=world.psd_head)
    assert not Case.objects.own(world.psd_head).exists()
    assert at_desk.client.get("/psd/gifts/offer/").status_code == 200


def test_pages_take_as_many_queries_whatever_the_file_holds(
    world: World, at_desk: Desk, django_assert_max_num_queries: Any
) -> None:
    rows = [f"13/05/2026,A Roe,Acme {n} Ltd,Pen,£{n},Declined".encode() for n in range(200)]
    upload = at_desk.upload(world.northmoor, b"\n".join([LEGACY.splitlines()[0], *rows]))
    with django_assert_max_num_queries(20):
        at_desk.get("import_file", upload.pk)
    at_desk.post("import_take", upload.pk)
    with django_assert_max_num_queries(30):
        at_desk.get("import_batch", ImportBatch.objects.get().pk)


def test_uploads_that_nobody_imported_go_after_a_day(world: World) -> None:
    def add(now: Any) -> ImportUpload:
        return uploads.add_upload(
            register=named("gifts"), force=world.northmoor, name="gifts.csv", content=LEGACY,
            mapping=Mapping(), by=world.psd_head, now=now,
        )  # fmt: skip

    old, recent = add(NOW - timedelta(days=2)), add(NOW)
    assert list(ImportUpload.objects.all()) == [recent]
    assert old.pk != recent.pk


def test_only_the_head_of_psd_and_the_owner_import(world: World) -> None:
    for user in (world.psd_head, world.register_owner):
        assert import_all(world.northmoor, by=user).report["rows"] == 4
    for user in (world.constable, world.reviewer, world.harbour_reviewer, world.administrator):
        with pytest.raises(Denied, match="cannot import registers of Northmoor Police"):
            import_all(world.northmoor, by=user)


# Constraints, by name


def refused_by(name: str) -> Any:
    return pytest.raises(IntegrityError, match=name)


def test_imported_row_only_once(world: World) -> None:
    import_all(world.northmoor)
    row = ImportedRow.objects.filter(nil_return=None).earliest("pk")
    other = ImportedRow.objects.exclude(pk=row.pk).filter(nil_return=None).earliest("pk")
    with refused_by("imported_row_only_once"):
        ImportedRow.objects.filter(pk=other.pk).update(fingerprint=row.fingerprint)


def test_imported_row_became_case_or_nil_return(world: World) -> None:
    import_all(world.northmoor)
    with refused_by("imported_row_became_case_or_nil_return"):
        ImportedRow.objects.update(case=None, nil_return=None)


def saved_mapping(world: World, name: str) -> ImportMapping:
    return ImportMapping.objects.create(
        force=world.northmoor, register="gifts", name=name, mapping={}, saved_at=NOW,
        saved_by=world.psd_head,
    )  # fmt: skip


def test_import_mapping_name_once_in_register(world: World) -> None:
    saved_mapping(world, "Old sheet")
    with refused_by("import_mapping_name_once_in_register"):
        saved_mapping(world, "Old sheet")


def test_import_mapping_has_a_name(world: World) -> None:
    with refused_by("import_mapping_has_a_name"):
        saved_mapping(world, "")


def add_upload(world: World, **details: Any) -> ImportUpload:
    usual = {"register": "gifts", "force": world.northmoor, "name": "gifts.csv", "content": b"x"}
    made = {"uploaded_at": NOW, "uploaded_by": world.psd_head}
    return ImportUpload.objects.create(**(usual | made | details))


def test_import_upload_holds_bytes_until_imported(world: World) -> None:
    for details in ({"content": b""}, {"imported_at": NOW}):
        with refused_by("import_upload_holds_bytes_until_imported"), transaction.atomic():
            add_upload(world, **details)


def test_import_upload_with_a_batch_was_imported(world: World) -> None:
    with refused_by("import_upload_with_a_batch_was_imported"):
        add_upload(world, batch=import_all(world.northmoor).batch)


# Two at once


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_of_one_file_the_second_waits_and_finds_it_done() -> None:
    force = build_world().northmoor
    results: list[Taken] = []
    other = threading.Thread(target=import_elsewhere, args=(force, results))
    with transaction.atomic():
        first = import_all(force)
        other.start()
        wait_until_blocked()
    other.join(timeout=30)
    [second] = results
    assert (first.report["imported"], second.report["imported"]) == (2, 0)
    assert (second.report["unchanged"], second.batch) == (3, None)
    assert (Case.objects.count(), ImportBatch.objects.count()) == (2, 1)


def import_elsewhere(force: Force, results: list[Taken]) -> None:
    try:
        with everywhere():
            results.append(import_all(force))
    finally:
        connections.close_all()


def wait_until_blocked() -> None:
    """Until another connection waits for a lock of ours."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            # Not pg_stat_activity, which is the same throughout a transaction.
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("The second import did not wait for the first.")


@pytest.mark.django_db
def test_ten_thousand_rows(world: World, record_property: Any) -> None:
    rows = [
        f"13/05/2026,Person {n % 900},Company {n % 3000} Ltd,Pen {n},£{n % 90}.50,Declined".encode()
        for n in range(10_000)
    ]
    file = file_for(world.northmoor, b"\n".join([LEGACY.splitlines()[0], *rows]))
    started = time.monotonic()
    told = take(file, read(file), by=None, now=timezone.now()).report
    seconds = time.monotonic() - started
    record_property("measured", f"an import of 10,000 rows: {seconds:.1f} s")
    assert (told["imported"], Case.objects.count()) == (10_000, 10_000)
    assert seconds < 60
