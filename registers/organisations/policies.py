"""When two records may be said to be one organisation, and what follows for others merged before.

Pure: rows in, a sentence or a mapping out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """One record of an organisation, as far as merging asks."""

    pk: int
    name: str
    department_id: int
    root: int
    company_number: str = ""
    charity_number: str = ""


def why_not_merge(
    one: Member, into: Member, whole: Sequence[Member], whole_into: Sequence[Member]
) -> str:
    """Why a record cannot be merged into another; empty where it can.

    ``whole`` and ``whole_into`` are all records that are the same organisation as each.
    """
    if one.pk == into.pk:
        return "A record cannot be merged into itself."
    if one.department_id != into.department_id:
        return f"“{into.name}” belongs to another department’s list of organisations."
    if one.root == into.root:
        return f"“{one.name}” and “{into.name}” are one organisation already."
    if one.root != one.pk:
        return f"“{one.name}” is merged already; un-merge it first."
    return why_numbers_differ([*whole, *whole_into])


def why_numbers_differ(records: Iterable[Member]) -> str:
    """Different numbers of one register are different organisations, whatever they are called."""
    kept = list(records)
    for label, attribute in (
        ("Companies House", "company_number"),
        ("charity", "charity_number"),
    ):
        numbers = sorted({getattr(each, attribute) for each in kept} - {""})
        if len(numbers) > 1:
            return (
                f"They have different {label} numbers, {' and '.join(numbers)}, so they are "
                "different organisations. Correct the number that is wrong first."
            )
    return ""


def roots(merged: Mapping[int, int]) -> dict[int, int]:
    """For each merged record the last of its chain, from who was merged into whom.

    What was merged into a record that is merged itself goes along with it.
    """
    found = {}
    for pk, at in merged.items():
        seen = {pk}
        while at in merged and at not in seen:
            seen.add(at)
            at = merged[at]
        found[pk] = at
    return found


def in_order(one: int, other: int) -> tuple[int, int]:
    """A pair as a suggestion keeps it: the older record first."""
    return (one, other) if one < other else (other, one)


def of_100(score: float) -> int:
    """A probability as analysts read it; rounded down, so that 100 is only ever certain."""
    return int(min(max(score, 0.0), 1.0) * 100 + 1e-9)
