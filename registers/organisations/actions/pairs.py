"""Suggested merges as they are kept: once a pair, never anew of what an analyst ruled on.

Also those that a name says by itself, because a file or a person gave one record the name of another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

from registers.organisations.enums import NameKind, Ruling
from registers.organisations.models import MergeSuggestion, Organisation
from registers.organisations.policies import Member, in_order, why_numbers_differ
from registers.organisations.suggestions import SURE_ENOUGH

IN_ONE_STATEMENT = 1000

Pair = tuple[int, int]
Likeness = tuple[int, str]  # of 100, and why


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name that one record is said to go by, and that another record has."""

    organisation: Organisation
    other: Organisation
    name: str
    kind: str

    @property
    def pair(self) -> Pair:
        return in_order(self.organisation.root_id, self.other.root_id)

    @property
    def why(self) -> str:
        """As an analyst reads it: 'goes by the trading name “Halcyon Vehicle Leasing”'."""
        kind = NameKind(self.kind).label.lower()
        return f"“{self.organisation.name[:80]}” goes by the {kind} “{self.name[:150]}”"


def keep(found: Mapping[Pair, Likeness], department_id: int, *, now: datetime) -> tuple[int, int]:
    """Write what is new, and the score of what nobody has ruled on; how many of each.

    Nothing where neither changed, nor where a name says it by itself.
    """
    held = MergeSuggestion.objects.filter(department=department_id)
    near = held.filter(one__in={one for one, _ in found}) if len(found) < IN_ONE_STATEMENT else held
    kept = {(each.one_id, each.other_id): each for each in near}
    apart = ruled_different(department_id)
    new, changed = [], []
    for pair, (score, why) in found.items():
        if (old := kept.get(pair)) is None:
            if pair not in apart:
                new.append(_suggestion(pair, score, why, department_id, now=now))
        elif not (old.ruling or old.named) and (old.score, old.why) != (score, why):
            old.score, old.why = score, why
            changed.append(old)
    _write(new, changed)
    return len(new), len(changed)


def suggest_named(
    shared: Iterable[SharedName], department_id: int, *, now: datetime
) -> dict[Pair, MergeSuggestion]:
    """Suggest to merge records of which one is said to go by the other's name; those that wait.

    Not of two that an analyst told apart, nor of two whose numbers differ.
    """
    asked = {each.pair: each for each in shared if len(set(each.pair)) == 2}
    if not asked:
        return {}
    apart, differ = ruled_different(department_id), _of_other_numbers(asked)
    held = MergeSuggestion.objects.filter(
        department=department_id, one__in=[one for one, _ in asked]
    )
    kept = {(each.one_id, each.other_id): each for each in held}
    new: list[MergeSuggestion] = []
    changed: list[MergeSuggestion] = []
    waits: dict[Pair, MergeSuggestion] = {}
    for pair, each in asked.items():
        old = kept.get(pair)
        if pair in apart | differ or (old is not None and old.ruling):
            continue
        waits[pair] = old or _suggestion(pair, 0, "", department_id, now=now)
        if not waits[pair].named:
            waits[pair].score = max(waits[pair].score, SURE_ENOUGH)
            waits[pair].why, waits[pair].named = each.why, each.name[:200]
            (changed if old else new).append(waits[pair])
    _write(new, changed)
    return waits


def ruled_different(department_id: int) -> set[Pair]:
    """Pairs that an analyst told apart, as what their records count as today."""
    ruled = MergeSuggestion.objects.filter(department=department_id, ruling=Ruling.DIFFERENT)
    roots = ruled.annotate(
        root_of_one=Coalesce("one__merged_into", "one"),
        root_of_other=Coalesce("other__merged_into", "other"),
    )
    return {in_order(*pair) for pair in roots.values_list("root_of_one", "root_of_other")}


def _of_other_numbers(pairs: Iterable[Pair]) -> set[Pair]:
    """Those whose records have different numbers of one register, so that they are never one."""
    asked = list(pairs)
    roots = {root for pair in asked for root in pair}
    parts: dict[int, list[Member]] = {root: [] for root in roots}
    for each in Organisation.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots)):
        parts[each.root_id].append(
            Member(each.pk, each.name, 0, 0, each.company_number, each.charity_number)
        )
    return {pair for pair in asked if why_numbers_differ([*parts[pair[0]], *parts[pair[1]]])}


def _write(new: list[MergeSuggestion], changed: list[MergeSuggestion]) -> None:
    MergeSuggestion.objects.bulk_create(new, batch_size=IN_ONE_STATEMENT, ignore_conflicts=True)
    fields = ["score", "why", "named"]
    MergeSuggestion.objects.bulk_update(changed, fields, batch_size=IN_ONE_STATEMENT)


def _suggestion(
    pair: Pair, score: int, why: str, department_id: int, *, now: datetime
) -> MergeSuggestion:
    one, other = pair
    return MergeSuggestion(
        department_id=department_id, one_id=one, other_id=other, score=score, why=why, found_at=now
    )
