"""Merges that names suggest: found by the matcher, kept once a pair, never asked of what was ruled on.

It loads the matcher, so it is imported where it is used.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from integrity.audit.actions import acting
from integrity.people.models import StandardsDepartment
from registers.organisations.actions.pairs import Likeness, Pair, keep
from registers.organisations.matching.match import Found, Matcher, Target
from registers.organisations.models import Compared, MergeSuggestion, Organisation, OrganisationName
from registers.organisations.names import name_key
from registers.organisations.policies import in_order, of_100
from registers.organisations.suggestions import KEPT, alike_in_database

ONE_BY_ONE = 20  # of more new records than these, all are compared at once
AT_ONCE = 20_000  # new records taken in one go; the next minute takes the next
LIKEST = 6  # the record itself, and five others


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records were compared, how many pairs are new, how many are now scored otherwise."""

    compared: int = 0
    new: int = 0
    changed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.compared + other.compared, self.new + other.new, self.changed + other.changed
        )


@transaction.atomic
def suggest_merges(
    department: StandardsDepartment, *, now: datetime, only: Collection[int] | None = None
) -> Counts:
    """Compare a department's organisations, or only some with all, and keep who is alike.

    A record goes by the names of all that was merged into it, so that a confirmed spelling is known.
    """
    asked = None if only is None else roots_of(only)
    if asked is not None and len(asked) <= ONE_BY_ONE:
        found = _one_by_one(department, asked)
    else:
        known = targets_of(department)
        asked, whole = (list(known), True) if asked is None else (asked, False)
        found = _all_at_once([known[pk] for pk in asked if pk in known], known.values())
        found = _or_nothing(found, department) if whole else found
    with acting("suggest merges", by=None):
        new, changed = keep(found, department.pk, now=now)
    return Counts(len(asked), new, changed)


@transaction.atomic
def suggest_for_new(department: StandardsDepartment, *, now: datetime) -> Counts:
    """Compare the records and other names that were added since the last time."""
    Compared.objects.get_or_create(department=department)
    read = Compared.objects.select_for_update(of=("self",)).get(department=department)
    records = Organisation.objects.filter(department=department, pk__gt=read.organisation)
    names = OrganisationName.objects.filter(department=department, pk__gt=read.name)
    added = list(records.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    named = list(names.order_by("pk").values_list("pk", "organisation_id")[:AT_ONCE])
    if not added and not named:
        return Counts()
    read.organisation = added[-1] if added else read.organisation
    read.name = named[-1][0] if named else read.name
    read.save()
    return suggest_merges(department, now=now, only={*added, *(pk for _, pk in named)})


def roots_of(pks: Collection[int]) -> list[int]:
    """What these records count as, each once."""
    rows = Organisation.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "merged_into")
    return list(dict.fromkeys(root or pk for pk, root in rows))


def targets_of(
    department: StandardsDepartment | int, only: Collection[int] | None = None
) -> dict[int, Target]:
    """Each organisation, or only some by root, with every name it goes by and any number it has."""
    records = Organisation.objects.filter(department=department)
    if only is not None:
        records = records.filter(Q(pk__in=only) | Q(merged_into__in=only))
    spelt = OrganisationName.objects.filter(department=department)
    if only is not None:
        spelt = spelt.filter(organisation__in=records)
    rows = {each.pk: each for each in records}
    parts: dict[int, list[Organisation]] = {}
    for each in rows.values():
        parts.setdefault(each.root_id, []).append(each)
    names: dict[int, list[str]] = {}
    for pk, name in spelt.values_list("organisation_id", "name"):
        names.setdefault(rows[pk].root_id, []).append(name)
    return {
        root: _target(rows[root], members, names.get(root, ()))
        for root, members in parts.items()
        if root in rows
    }


def _target(root: Organisation, members: Iterable[Organisation], names: Iterable[str]) -> Target:
    others = [each for each in members if each.pk != root.pk]
    own = (root, *others)
    return Target(
        id=root.pk,
        name=root.name,
        other_names=tuple(dict.fromkeys([*names, *(each.name for each in others)])),
        company_number=next(filter(None, (each.company_number for each in own)), ""),
        charity_number=next(filter(None, (each.charity_number for each in own)), ""),
        place=next(filter(None, (each.place for each in own)), ""),
    )


def _one_by_one(department: StandardsDepartment, asked: Sequence[int]) -> dict[Pair, Likeness]:
    """Each with the few that the database finds alike, as rare as its words are among those.

    A tenth of a second for one. Scores differ a little from those among all, which the night gives.
    """
    pairs: dict[Pair, Likeness] = {}
    for pk, own in targets_of(department, asked).items():
        keys = dict.fromkeys(name_key(name)[:200] for name in (own.name, *own.other_names))
        near = {at for key in keys for at in alike_in_database(key, department.pk)} - {pk}
        (found,) = Matcher(targets_of(department, near).values()).find(
            [own], at_least=KEPT / 100, limit=LIKEST
        )
        _add(pairs, pk, found)
    return pairs


def _all_at_once(asked: Sequence[Target], known: Iterable[Target]) -> dict[Pair, Likeness]:
    pairs: dict[Pair, Likeness] = {}
    every = Matcher(known).find(asked, at_least=KEPT / 100, limit=LIKEST)
    for each, found in zip(asked, every, strict=True):
        _add(pairs, int(str(each.id)), found)
    return pairs


def _add(pairs: dict[Pair, Likeness], pk: int, found: Iterable[Found]) -> None:
    """Keep who is alike, each pair by the better of its two scores; none is like itself."""
    for each in found:
        other, score = int(str(each.id)), of_100(each.score)
        pair = in_order(pk, other)
        if other != pk and score > pairs.get(pair, (0, ""))[0]:
            pairs[pair] = score, each.reason[:300]


def _or_nothing(
    found: dict[Pair, Likeness], department: StandardsDepartment
) -> dict[Pair, Likeness]:
    """What was suggested once and is not alike any more is kept, at nothing; not what a name says."""
    unruled = MergeSuggestion.objects.filter(department=department, ruling="", named="")
    gone = dict.fromkeys(unruled.values_list("one_id", "other_id"), (0, "No longer alike."))
    return {**gone, **found}
