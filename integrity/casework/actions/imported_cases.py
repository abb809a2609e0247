"""Cases of legacy entries, thousands at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from integrity.casework.actions.cases import needs_outside_decider
from integrity.casework.enums import Phase, Source
from integrity.casework.models import Case
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


def open_imported_cases(
    entries: Sequence[ImportedEntry], *, register: str, prefix: str, force: Force, now: datetime
) -> list[Case]:
    """A closed case for each legacy entry, in one go.

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
                with_outside_decider=entry.subject in outside,
                phase=Phase.CLOSED,
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
