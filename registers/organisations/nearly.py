"""Whom somebody nearly surely meant by a name, before anybody has ruled on it, or it is a record at all."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from registers.organisations.enums import Standing
from registers.organisations.models import MergeSuggestion, Organisation
from registers.organisations.registry import strongest
from registers.organisations.suggestions import NOBODY, SURE_ENOUGH, alike_in_database, sure


@dataclass(frozen=True, slots=True)
class Near:
    """An organisation of nearly a name: all its records, and what it is to the force that was asked."""

    name: str
    ids: Sequence[int]
    standing: Standing


def nearly(
    name: str,
    key: str,
    department_id: int,
    ids: Collection[int],
    standings: Callable[[Collection[int]], Mapping[int, Standing]],
) -> Near | None:
    """The likeliest of those that are something to the force; ``ids`` are the records of the name itself.

    Where a pair of records was compared already, or ruled on, that stands. The matcher, which takes
    a twentieth of a second, is asked only where there is somebody to tell of.
    """
    certain = sure(ids)
    alike = set(alike_in_database(key, department_id, ids)) - _compared(ids)
    whole = _whole({*certain, *alike})
    known = standings([NOBODY, *(pk for pks in whole.values() for pk in pks)])
    told = {root: pks for root, pks in whole.items() if not known.keys().isdisjoint(pks)}
    found = [root for root, pks in told.items() if not certain.keys().isdisjoint(pks)]
    if not found and not alike.isdisjoint(told):
        found = [root for root in _by_the_matcher(name, department_id, ids, alike) if root in told]
    if not found:
        return None
    root = Organisation.objects.get(pk=found[0])
    pks = told[root.pk]
    return Near(root.name, pks, strongest(known[pk] for pk in pks if pk in known))


def _compared(ids: Collection[int]) -> set[int]:
    """What the records of a name were compared with, by what it counts as."""
    pairs = MergeSuggestion.objects.filter(Q(one__in=ids) | Q(other__in=ids))
    rows = pairs.values_list("one", "one__merged_into", "other", "other__merged_into")
    return {root for a, b, c, d in rows for root in (b or a, d or c)}


def _whole(records: Collection[int]) -> dict[int, list[int]]:
    """Everything that is one with each of these, by what it counts as."""
    named = Organisation.objects.filter(pk__in=[NOBODY, *records])
    roots = {root or pk for pk, root in named.values_list("pk", "merged_into")}
    found: dict[int, list[int]] = {root: [] for root in roots}
    asked = [NOBODY, *roots]
    rows = Organisation.objects.filter(Q(pk__in=asked) | Q(merged_into__in=asked))
    for pk, root in rows.order_by("pk").values_list("pk", "merged_into"):
        found[root or pk].append(pk)
    return found


def _by_the_matcher(
    name: str, department_id: int, ids: Collection[int], alike: Collection[int]
) -> list[int]:
    """Those that the matcher calls nearly surely the same, the likeliest first."""
    from registers.organisations.actions.suggesting import targets_of
    from registers.organisations.matching.match import Matcher, Query

    own = targets_of(department_id, _whole(ids))
    asked = next(iter(own.values()), None) or Query(name)
    matcher = Matcher(targets_of(department_id, alike).values())
    (found,) = matcher.find([asked], at_least=SURE_ENOUGH / 100)
    return [int(str(each.id)) for each in found]
