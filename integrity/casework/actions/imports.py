"""Importing legacy registers: the file, its rows, and the cases and nil returns they become.

A run reads the file, says what importing it would do, and, if asked, does it in one transaction:

    source = RegisterFile(register, force, "gifts.csv", content, mapping)
    reading = read(source)
    report(source, reading)                            # changes nothing
    take(source, reading, by=user, now=now)
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, Protocol

from django.core.files.base import ContentFile

from integrity.audit.actions import acting, record, record_many
from integrity.casework.importing.importer import Importer, Preview, Reading, Row
from integrity.casework.importing.mapping import Mapping
from integrity.casework.importing.rows import NilReturnRow, Refusal
from integrity.casework.importing.sheets import read_sheets
from integrity.casework.matching import People
from integrity.casework.models import ImportBatch, ImportedRow, NilReturn
from integrity.casework.permissions import check_may_import
from integrity.casework.registry import Register
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User

NOBODY = "Not stated"
IN_ONE_STATEMENT = 1000


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file of one force's register, and how its columns are to be read."""

    register: Register
    force: Force
    name: str
    content: bytes
    mapping: Mapping
    has_columns: bool = True

    @property
    def slug(self) -> str:
        return self.register.slug

    @property
    def importer(self) -> Importer:
        if self.register.importer is None:
            raise Denied(f"The register “{self.register.name}” takes no imports.")
        return self.register.importer

    def read(self) -> Reading:
        return read(self)

    def preview(self, reading: Reading, rows: int) -> Preview:
        """The report and the first rows, each with whether the register holds it already."""
        new, columns = new_rows(self, reading), self.importer.columns
        shown = [
            [row.where, *self._cells(row), "New" if row.fingerprint in new else "Already there"]
            for row in reading.rows[:rows]
        ]
        told = _report(self, reading, new, dry_run=True)
        return Preview(told, ["Row", *columns, "In the register"], shown, len(reading.rows) > rows)

    def _cells(self, row: Any) -> list[str]:
        if not isinstance(row, NilReturnRow):
            return list(self.importer.preview(row))
        cells = [row.period, row.person or row.unit, "", "Nil return"]
        return cells + [""] * (len(self.importer.columns) - len(cells))


class SourceFile(Protocol):
    """A file of a register or a feed, as its batch keeps it."""

    @property
    def slug(self) -> str: ...
    @property
    def force(self) -> Force: ...
    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def mapping(self) -> Mapping: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did; without a batch it found nothing new."""

    report: dict[str, Any]
    batch: ImportBatch | None


class RowsRefused(Denied):
    """Rows were refused in an import that takes all or nothing."""


def check_none_refused(refusals: Sequence[Refusal]) -> None:
    """For an import that takes all or nothing. Raises RowsRefused."""
    if many := len(refusals):
        refused = "1 row was" if many == 1 else f"{many} rows were"
        raise RowsRefused(f"{refused} refused, so nothing was imported.")


def read(source: RegisterFile) -> Reading:
    """What the file holds. Raises UnreadableFile, MappingError or Denied, each with its sentence."""
    importer = source.importer
    sheets = read_sheets(source.content, PurePath(source.name).name)
    return importer.read(sheets, source.mapping, source.force)


def report(source: RegisterFile, reading: Reading) -> dict[str, Any]:
    """What importing the file now would do, as DESIGN §8 prints it. Changes nothing."""
    return _report(source, reading, new_rows(source, reading), dry_run=True)


def new_rows(source: RegisterFile, reading: Reading) -> set[str]:
    """The fingerprints of the file that the register does not hold yet."""
    found = {row.fingerprint for row in reading.rows}
    known = ImportedRow.objects.filter(
        force=source.force, register=source.register.slug, fingerprint__in=found
    )
    return found - set(known.values_list("fingerprint", flat=True))


def take(
    source: RegisterFile,
    reading: Reading,
    *,
    by: User | None,
    now: datetime,
    all_or_nothing: bool = False,
) -> Taken:
    """Put what is new in the file into the register.

    Raises Denied for whoever may not, and RowsRefused, with nothing changed, where a row was
    refused and `all_or_nothing` is asked for.
    """
    check_may_import(by, source.force)
    if all_or_nothing:
        check_none_refused(reading.refused)
    with importing(source.force, by=by) as batches:
        new = new_rows(source, reading)
        result = _report(source, reading, new, dry_run=False)
        if new:
            batches.append(open_batch(source, result, by=by, now=now))
            _fill_batch(batches[0], source, reading, new, by=by, now=now)
    return Taken(result, next(iter(batches), None))


@contextmanager
def importing(force: Force, *, by: User | None) -> Iterator[list[ImportBatch]]:
    """One import's transaction; it adds the batches it opens, whose files go should it fail.

    Two imports of one force take turns; declarations meanwhile need not wait.
    """
    batches: list[ImportBatch] = []
    try:
        with acting("import", by=by):
            Force.objects.select_for_update(no_key=True).get(pk=force.pk)
            yield batches
    except BaseException:
        for name, storage in ((batch.file.name, batch.file.storage) for batch in batches):
            if name:
                with suppress(OSError):
                    storage.delete(name)
        raise


def _report(
    source: RegisterFile, reading: Reading, new: set[str], *, dry_run: bool
) -> dict[str, Any]:
    return {
        "register": source.register.slug,
        "force": source.force.code,
        "file": source.name,
        "rows": reading.read,
        "imported": _count(reading.entries, new),
        "unchanged": len(reading.rows) - len(new),
        "nil_returns": _count(reading.nil_returns, new),
        "warnings": [warning.as_dict() for warning in reading.warnings],
        "refused": [refusal.as_dict() for refusal in reading.refused],
        **reading.figures,
        "dry_run": dry_run,
    }


def _count(rows: Sequence[Row], new: set[str]) -> int:
    return sum(row.fingerprint in new for row in rows)


def open_batch(
    source: SourceFile, result: dict[str, Any], *, by: User | None, now: datetime
) -> ImportBatch:
    """The original file with how it was read and what came of it."""
    digest = hashlib.sha256(source.content).hexdigest()
    suffix = PurePath(source.name).suffix.lower()
    return ImportBatch.objects.create(
        register=source.slug,
        force=source.force,
        name=source.name[-200:],
        sha256=digest,
        file=ContentFile(source.content, name=f"{digest[:16]}{suffix}"),
        mapping=asdict(source.mapping),
        result=result,
        imported_at=now,
        imported_by=by,
    )


def _fill_batch(
    batch: ImportBatch,
    source: RegisterFile,
    reading: Reading,
    new: set[str],
    *,
    by: User | None,
    now: datetime,
) -> None:
    """The cases and nil returns of the new rows, each linked to its row, and their events."""
    entries = [entry for entry in reading.entries if entry.fingerprint in new]
    nils = [nil for nil in reading.nil_returns if nil.fingerprint in new]
    cases = source.importer.take(entries, force=source.force, now=now)
    returns = _add_nil_returns(nils, source, by=by, now=now)
    rows = [_row(batch, row, case=case) for row, case in zip(entries, cases, strict=True)]
    rows += [_row(batch, row, nil_return=nil) for row, nil in zip(nils, returns, strict=True)]
    ImportedRow.objects.bulk_create(rows, batch_size=IN_ONE_STATEMENT)
    told = {key: batch.result[key] for key in ("register", "rows", "imported", "nil_returns")}
    file = {"file": batch.name, "sha256": batch.sha256}
    common: dict[str, Any] = {"by": by, "now": now, "force_id": batch.force_id}
    record("register imported", about="import", about_id=batch.pk, facts=file | told, **common)
    record_many(
        "entry imported",
        about="case",
        facts={row.case_id: file | {"where": row.where} for row in rows if row.case_id},
        **common,
    )


def _row(batch: ImportBatch, row: Row, **became: Any) -> ImportedRow:
    return ImportedRow(
        batch=batch,
        register=batch.register,
        force_id=batch.force_id,
        where=row.where,
        cells=row.cells,
        fingerprint=row.fingerprint,
        **became,
    )


def _add_nil_returns(
    rows: Sequence[NilReturnRow], source: RegisterFile, *, by: User | None, now: datetime
) -> list[NilReturn]:
    people = People(source.force)
    return NilReturn.objects.bulk_create(
        (
            NilReturn(
                register=source.register.slug,
                force=source.force,
                person=people.named(row.person),
                unit=people.unit(row.unit),
                stated_for=row.person or row.unit or NOBODY,
                stated_at=now,
                stated_by=by,
            )
            for row in rows
        ),
        batch_size=IN_ONE_STATEMENT,
    )
