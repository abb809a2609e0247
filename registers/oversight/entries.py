"""The entries behind a figure: as many as it says, each with no more than its reader may know."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from integrity.casework.models import Case
from integrity.casework.registry import Summary, registers
from integrity.people.enums import RankBand
from integrity.people.models import User
from integrity.ui.tables import Cell, Column, Table, of_day, text
from integrity.ui.wording import within
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.models import Fact
from registers.oversight.seen import ANY
from registers.oversight.words import of_key

COLUMNS = [
    Column(each) for each in ("Entry", "Day", "Counted as", "Unit", "Group of ranks", "Status")
]
NOT_YOURS = "An entry that is not yours to open"


@dataclass(frozen=True, slots=True)
class Behind:
    """Which entries: those of a measure whose key's parts are among those named."""

    measure: Measure
    key: str

    @property
    def pattern(self) -> str:
        """The parts of the key as a regular expression; an empty part is one that says nothing."""
        parts = [
            "[^|]*" if part == ANY else f"(?:{'|'.join(map(re.escape, part.split(',')))})"
            for part in self.key.split("|")
        ]
        return "" if self.key == ANY else rf"^{r'\|'.join(parts)}(?:\||$)"

    @property
    def words(self) -> str:
        """What is counted, in words."""
        named_parts = "|".join(part for part in self.key.split("|") if part != ANY)
        what = of_key(named_parts.replace(",", "|"))
        return f"{self.measure.label}: {within(what)}" if what else str(self.measure.label)


def facts_behind(asked: Asked, behind: Behind) -> QuerySet[Fact]:
    """The facts that a figure sums, the latest first."""
    of = Q(force__in=asked.force_ids)
    if asked.bodies:
        of |= Q(oversight_body__in=asked.body_ids)
    found = Fact.objects.filter(
        of,
        measure=behind.measure,
        counted_on__range=(asked.period.starts_on, asked.period.ends_on),
    ).exclude(case__in=list(asked.without))
    if behind.pattern:
        found = found.filter(key__regex=behind.pattern)
    if asked.unit is not None:
        found = found.filter(unit=asked.unit)
    if asked.band is not None:
        found = found.filter(band=asked.band)
    return found.select_related("case", "unit").order_by("-counted_on", "-case_id", "key")


def table(facts: Sequence[Fact], reader: User) -> Table:
    """Some of them as rows; names and links only where the reader may open the entry."""
    told = summaries((fact.case for fact in facts), reader)
    rows = [_row(fact, told.get(fact.case_id)) for fact in facts]
    return Table("entries", "Entries", COLUMNS, rows, nothing="No entry is counted here.")


def _row(fact: Fact, summary: Summary | None) -> list[Cell]:
    opened = text(f"{fact.case.reference}: {summary.title}", summary.path) if summary else None
    return [
        opened or text(NOT_YOURS),
        of_day(fact.counted_on),
        text(of_key(fact.key) or str(Measure(fact.measure).label)),
        text(str(fact.unit or "")),
        text(str(RankBand(fact.band).label) if fact.band else ""),
        text(summary.status if summary else str(fact.case.get_phase_display())),
    ]


def summaries(cases: Iterable[Case], reader: User) -> dict[int, Summary]:
    """What their registers tell this reader of cases, by the case; nothing of those not theirs."""
    of: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        of[case.register].append(case)
    return {
        each.case.pk: each
        for register in registers()
        if register.slug in of
        for each in register.summaries(reader, of[register.slug])
    }
