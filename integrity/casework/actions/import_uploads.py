"""What somebody does at the desk before a file is imported: upload, look, say which column is which."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from integrity.audit.actions import action, record
from integrity.audit.models import Audience
from integrity.audit.scope import everywhere
from integrity.casework import background
from integrity.casework.actions.feeds import FeedFile, take_feed
from integrity.casework.actions.imports import RegisterFile, Taken, read, take
from integrity.casework.importing.feed import Feed, Tell
from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.sheets import UnreadableFile, read_sheets
from integrity.casework.models import ImportMapping, ImportUpload
from integrity.casework.permissions import check_may_feed, check_may_import
from integrity.casework.registry import Register, importable
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User

KEPT_FOR: Final = timedelta(days=1)
# A feed's file of so many rows is left to the worker; nobody waits for it.
LONG_FILE: Final = 2000
# A worker that said nothing for so long is taken to have died.
PATIENCE: Final = timedelta(minutes=10)
FAILED: Final = (
    "The import failed and changed nothing. Try again; if it fails again, tell whoever runs this "
    "service when that was."
)


def check_may_take(by: User, force: Force, entry: Register | Feed) -> None:
    """Whether somebody imports this register or feed for a force. Raises Denied."""
    if isinstance(entry, Feed):
        check_may_feed(by, force, entry.roles)
    else:
        check_may_import(by, force)


def add_upload(
    *,
    register: Register | Feed,
    force: Force,
    name: str,
    content: bytes,
    mapping: Mapping,
    by: User,
    now: datetime,
) -> ImportUpload:
    """Keep a file for its uploader to look at. Raises UnreadableFile where it cannot be read."""
    check_may_take(by, force, register)
    upload = ImportUpload(
        register=register.slug,
        force=force,
        name=name[-200:],
        content=content,
        mapping=asdict(mapping),
        uploaded_at=now,
        uploaded_by=by,
    )
    _check_readable(upload)
    ImportUpload.objects.filter(imported_at=None, uploaded_at__lt=now - KEPT_FOR).delete()
    upload.save()
    return upload


def _check_readable(upload: ImportUpload) -> None:
    """Which column is which can be said afterwards. Raises UnreadableFile."""
    file = file_of(upload)
    if file.has_columns:
        read_sheets(file.content, upload.name)
    else:
        file.read()


def file_of(upload: ImportUpload) -> RegisterFile | FeedFile:
    """An upload as the import takes it."""
    entry = importable(upload.register)
    content, mapping = bytes(upload.content), Mapping(**upload.mapping)
    if isinstance(entry, Feed):
        return FeedFile(entry, upload.force, upload.name, content, mapping)
    return RegisterFile(entry, upload.force, upload.name, content, mapping)


def read_by(upload: ImportUpload, mapping: Mapping) -> None:
    """Have an upload read by another mapping from now on, unless it is being imported by now."""
    upload.mapping = asdict(mapping)
    waiting = ImportUpload.objects.filter(pk=upload.pk, imported_at=None, queued_at=None)
    waiting.update(mapping=upload.mapping)


@action
def save_mapping(
    *,
    name: str,
    force: Force,
    register: Register | Feed,
    mapping: Mapping,
    by: User,
    now: datetime,
) -> ImportMapping:
    """Keep a mapping under a name for the force's next file; one of that name is replaced."""
    check_may_take(by, force, register)
    saved, _ = ImportMapping.objects.update_or_create(
        force=force,
        register=register.slug,
        name=name,
        defaults={"mapping": asdict(mapping), "saved_at": now, "saved_by": by},
    )
    record(
        "import mapping saved",
        by=by,
        now=now,
        force_id=force.pk,
        about="import mapping",
        about_id=saved.pk,
        facts={"name": name, "mapping": saved.mapping},
        audience=Audience.PSD,
    )
    return saved


def is_under_way(upload: ImportUpload, now: datetime) -> bool:
    """Whether the worker has the upload, or will, and was heard of lately."""
    return bool(upload.queued_at and upload.heard_at and now - upload.heard_at < PATIENCE)


@action
def take_upload(upload: ImportUpload, *, by: User, now: datetime) -> ImportUpload:
    """Import an upload, once: the second of two clicks finds what the first one did.

    A feed's long file is left to the worker.
    """
    locked = ImportUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if locked.imported_at is not None or is_under_way(locked, now):
        return locked
    file = file_of(locked)
    if isinstance(file, RegisterFile):
        return _finish(locked, take(file, read(file), by=by, now=now), now)
    found = file.read()
    if found.read < LONG_FILE:
        return _finish(locked, take_feed(file, found, by=by, now=now), now)
    check_may_feed(by, file.force, file.feed.roles)
    locked.queued_at = locked.heard_at = now
    locked.rows_done, locked.rows_in_all, locked.problem = None, found.read, ""
    locked.save()
    background.import_upload(str(locked.pk))
    return locked


def _finish(locked: ImportUpload, taken: Taken, now: datetime) -> ImportUpload:
    locked.imported_at, locked.batch, locked.result = now, taken.batch, taken.report
    locked.content, locked.problem, locked.queued_at = b"", "", None
    locked.save()
    return locked


def import_queued(pk: UUID, *, now: datetime) -> None:
    """Import an upload that waits for the worker, or say on it why not."""
    try:
        with telling(pk) as tell, everywhere():
            _import_queued(pk, tell, now)
    except (Denied, MappingError, UnreadableFile) as error:
        _give_back(pk, str(error))
    except Exception:
        _give_back(pk, FAILED)
        raise


def _import_queued(pk: UUID, tell: Tell, now: datetime) -> None:
    waiting = ImportUpload.objects.filter(pk=pk, imported_at=None, queued_at__isnull=False)
    upload = waiting.select_related("force__department", "uploaded_by__grade").first()
    file = file_of(upload) if upload else None
    if upload is None or not isinstance(file, FeedFile):
        return
    taken = take_feed(file, file.read(), by=upload.uploaded_by, now=now, tell=tell)
    # Not before: while the row is locked the worker could not say how far it is.
    locked = ImportUpload.objects.select_for_update(of=("self",)).get(pk=pk)
    if locked.imported_at is None:
        _finish(locked, taken, now)


def _give_back(pk: UUID, problem: str) -> None:
    """An upload that could not be imported waits for its uploader again."""
    with everywhere():
        waiting = ImportUpload.objects.filter(pk=pk, imported_at=None)
        waiting.update(queued_at=None, problem=problem)


@contextmanager
def telling(pk: UUID) -> Iterator[Tell]:
    """How far an import is, said from beside its transaction: nobody else sees into that one."""
    with ThreadPoolExecutor(max_workers=1) as aside:

        def tell(done: int, many: int) -> None:
            aside.submit(_say, pk, done, many)

        try:
            yield tell
        finally:
            aside.submit(_let_go)


def _say(pk: UUID, done: int, many: int) -> None:
    with everywhere():
        waiting = ImportUpload.objects.filter(pk=pk, imported_at=None)
        waiting.update(rows_done=done, rows_in_all=many, heard_at=timezone.now())


def _let_go() -> None:
    """The connection is the thread's own, so the thread closes it."""
    connection.close()
