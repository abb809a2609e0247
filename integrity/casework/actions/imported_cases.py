"""Cases of legacy entries, thousands at a time."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from integrity.casework.actions.cases import needs_outside_decider
from integrity.casework.enums import Phase, Source
from integrity.casework.importing.importer import Row
from integrity.casework.importing.limits import heading_of
from integrity.casework.importing.rows import Refusal
from integrity.casework.matching import People
from integrity.casework.models import Case, PolicyRow, PolicyRowQuerySet
from integrity.people.models import Force, Unit, User

IN_ONE_STATEMENT = 1000


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """Whom a legacy entry is about, as far as the register knows them, and when it happened."""

    name: str
    claimed_on: date
    subject: User | None = None
    grade: str = ""
    unit: Unit | None = None
    phase: Phase = Phase.CLOSED
    risk: int = 0


@dataclass(frozen=True, slots=True)
class LegacyEntry[R: Row]:
    """A row of a legacy register with whom of the force it is about; a register adds its facts."""

    row: R
    subject: User | None
    unit: Unit | None

    @property
    def where(self) -> str:
        return self.row.where

    @property
    def cells(self) -> dict[str, str]:
        return self.row.cells

    @property
    def fingerprint(self) -> str:
        return self.row.fingerprint


def find_subject(people: People, row: Row, *, number: str, name: str) -> User | Refusal | None:
    """Whom a row is about, where it can be only one; or the warning that its number is another's."""
    subject = people.find(number=number, name=name)
    if subject is None and number and (other := people.numbered(number)):
        reason = (
            f"The number {number} is {other.display}’s, so the entry was kept under the name alone."
        )
        return Refusal(row.where, heading_of(row, number) or "number", reason)
    return subject


def policies_by_day[P: PolicyRow](rows: PolicyRowQuerySet[P]) -> Callable[[date], P]:
    """The row in force on a day, read once for each time the policy changed.

    Before its first row, the first.
    """
    changes = sorted(set(rows.values_list("effective_from", flat=True)))
    in_force = [rows.in_force(day) for day in changes]
    return lambda day: in_force[max(0, bisect_right(changes, day) - 1)]


def open_imported_cases(
    entries: Sequence[ImportedEntry], *, register: str, prefix: str, force: Force, now: datetime
) -> list[Case]:
    """A case for each legacy entry, in one go; closed, unless it says otherwise.

    Nobody is their author: whoever ran the import declared nothing, and may work on them.
    """
    references = next_references(prefix, now, len(entries))
    subjects = {entry.subject for entry in entries if entry.subject is not None}
    outside = {who for who in subjects if needs_outside_decider(who, author=None, force=force)}
    return Case.objects.bulk_create(
        (
            Case(
                reference=reference,
                register=register,
                source=Source.IMPORTED,
                force=force,
                subject=entry.subject,
                subject_name=entry.name,
                subject_grade=entry.grade,
                subject_unit=entry.unit,
                subject_member_type=entry.subject.member_type if entry.subject else "",
                subject_is_chief_officer=bool(entry.subject and entry.subject.is_chief_officer),
                subject_band=entry.subject.band if entry.subject else "",
                with_outside_decider=entry.subject in outside,
                phase=entry.phase,
                risk=entry.risk,
                claimed_on=entry.claimed_on,
                received_at=now,
            )
            for reference, entry in zip(references, entries, strict=True)
        ),
        batch_size=IN_ONE_STATEMENT,
    )


def next_references(prefix: str, now: datetime, many: int) -> list[str]:
    """As many references as asked for, as next_reference makes them one by one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('casework_case_reference') FROM generate_series(1, %s)", [many]
        )
        return [
            f"{prefix}-{timezone.localtime(now).year}-{number:06d}"
            for (number,) in cursor.fetchall()
        ]
