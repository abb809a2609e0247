"""Which entries of chief officers a page lists, and how much its reader is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from integrity.casework.enums import Phase
from integrity.casework.models import Case, Challenge
from integrity.people.enums import READING_ROLES
from integrity.ui.tables import Cell, of_day, text
from registers.oversight.asking import Asked
from registers.oversight.naming import day_of, is_named, rules_of
from registers.oversight.permissions import is_member
from registers.oversight.rules import NamingRules
from registers.oversight.seen import Seen

NOT_NAMED = "A chief officer"


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries of a period, and how much this reader is told of them."""

    cases: Sequence[Case]
    named: frozenset[int]
    opens: bool
    notes: bool
    public: bool

    def who(self, case: Case) -> str:
        return case.subject_name if case.pk in self.named else NOT_NAMED

    def first(self, case: Case) -> list[Cell]:
        """Whose it is, and of which day."""
        return [text(self.who(case)), of_day(day_of(case))]

    def entry(self, case: Case, app: str) -> Cell:
        opens = self.opens and case.pk in self.named
        path = reverse(f"{app}:case", args=[case.reference]) if opens else ""
        return text(case.reference, path)

    def note(self, case: Case) -> Cell:
        path = f"{reverse('governance:note-new')}?{urlencode({'entry': case.reference})}"
        return text("Add to an agenda", path) if self.notes else text("")


def reading(seen: Seen, cases: Sequence[Case]) -> Reading:
    rules = rules_of(seen.asked) if cases else NamingRules(())
    named = frozenset(case.pk for case in cases if is_named(rules, case, public=seen.public))
    return Reading(cases, named, _opens(seen), _notes(seen), seen.public)


def is_listed(found: Reading, seen: Seen, case: Case) -> bool:
    """Whether an entry is of the period; in public, also whether it may be named."""
    named = not found.public or case.pk in found.named
    return named and seen.asked.period.has(day_of(case))


def records_of(cases: QuerySet[Case], records: QuerySet[Any]) -> QuerySet[Any]:
    """The records of these cases, the latest first."""
    newest = Coalesce("case__claimed_on", TruncDate("case__received_at"))
    return records.filter(case__in=cases.values("pk")).order_by(newest.desc(), "-case_id")


def about(asked: Asked, *, public: bool) -> QuerySet[Case]:
    """Chief officers' entries about the period, and for a board those challenged in it."""
    first, last = asked.period.starts_on, asked.period.ends_on
    begins = timezone.make_aware(datetime.combine(first, time.min))
    stops = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    of_period = Q(claimed_on__range=(first, last)) | Q(
        claimed_on=None, received_at__gte=begins, received_at__lt=stops
    )
    if public:
        of_period &= ~Q(phase=Phase.WITHDRAWN)
    else:
        sent = Challenge.objects.filter(
            case=OuterRef("pk"), silent=False, made_at__gte=begins, made_at__lt=stops
        )
        of_period |= Q(Exists(sent))
    found = Case.objects.filter(
        of_period, force__in=asked.force_ids, subject_is_chief_officer=True, confidential=False
    )
    if asked.unit is not None:
        found = found.filter(subject_unit=asked.unit)
    if asked.band is not None:
        found = found.filter(subject_band=asked.band)
    return found


def _opens(seen: Seen) -> bool:
    """Whether the reader may open these entries: members of the body, and who reads its forces."""
    if seen.public or seen.reader is None:
        return False
    if seen.asked.board is not None and is_member(seen.reader, seen.asked.board):
        return True
    return set(seen.asked.force_ids) <= seen.reader.scope(*READING_ROLES).forces


def _notes(seen: Seen) -> bool:
    """A member of the body may put an entry on an agenda."""
    board, reader = seen.asked.board, seen.reader
    return not seen.public and bool(board and reader and is_member(reader, board))
