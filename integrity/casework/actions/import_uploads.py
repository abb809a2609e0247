"""What somebody does at the desk before a file is imported: upload, look, say which column is which."""

from dataclasses import asdict
from datetime import datetime, timedelta

from integrity.audit.actions import action, record
from integrity.audit.models import Audience
from integrity.casework.actions.imports import RegisterFile, read, take
from integrity.casework.importing.mapping import Mapping
from integrity.casework.importing.sheets import read_sheets
from integrity.casework.models import ImportMapping, ImportUpload
from integrity.casework.permissions import check_may_import
from integrity.casework.registry import Register, named
from integrity.people.models import Force, User

KEPT_FOR = timedelta(days=1)


def add_upload(
    *,
    register: Register,
    force: Force,
    name: str,
    content: bytes,
    mapping: Mapping,
    by: User,
    now: datetime,
) -> ImportUpload:
    """Keep a file for its uploader to look at. Raises UnreadableFile where it is no spreadsheet."""
    check_may_import(by, force)
    read_sheets(content, name)
    ImportUpload.objects.filter(imported_at=None, uploaded_at__lt=now - KEPT_FOR).delete()
    return ImportUpload.objects.create(
        register=register.slug,
        force=force,
        name=name[-200:],
        content=content,
        mapping=asdict(mapping),
        uploaded_at=now,
        uploaded_by=by,
    )


def file_of(upload: ImportUpload) -> RegisterFile:
    """An upload as the import takes it."""
    return RegisterFile(
        register=named(upload.register),
        force=upload.force,
        name=upload.name,
        content=bytes(upload.content),
        mapping=Mapping(**upload.mapping),
    )


def read_by(upload: ImportUpload, mapping: Mapping) -> None:
    """Have an upload read by another mapping from now on, unless it is imported by now."""
    upload.mapping = asdict(mapping)
    ImportUpload.objects.filter(pk=upload.pk, imported_at=None).update(mapping=upload.mapping)


@action
def save_mapping(
    *, name: str, force: Force, register: Register, mapping: Mapping, by: User, now: datetime
) -> ImportMapping:
    """Keep a mapping under a name for the force's next file; one of that name is replaced."""
    check_may_import(by, force)
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


@action
def take_upload(upload: ImportUpload, *, by: User, now: datetime) -> ImportUpload:
    """Import an upload, once: the second of two clicks finds what the first one did."""
    locked = ImportUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if locked.imported_at is not None:
        return locked
    file = file_of(locked)
    taken = take(file, read(file), by=by, now=now)
    locked.imported_at, locked.batch, locked.result = now, taken.batch, taken.report
    locked.content = b""
    locked.save(update_fields=["imported_at", "batch", "result", "content"])
    return locked
