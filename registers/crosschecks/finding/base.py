"""What every check stands on: where it looks, what it gives back, and when two records are one organisation."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from integrity.people.models import Force
from registers.crosschecks.enums import Check
from registers.crosschecks.pairs import Alike
from registers.crosschecks.scoring import Paid, Points, likeness_points, total
from registers.crosschecks.settings import Setting

type Row = Mapping[str, Any]
type Lines = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Only:
    """What a run after a change looks at, already widened to all it touches: ids of each.

    ``registers`` are those of the cases.
    """

    cases: list[int]
    people: list[int]
    roots: list[int]
    cards: list[int]
    registers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ground:
    """One force on one day, and everything that its checks share. ``only`` is None for everything."""

    force: Force
    today: date
    alike: Mapping[tuple[int, int], Alike]
    months_of_spend: int
    only: Only | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a check found. ``compared`` is what it rests on: while that stays, nothing has changed.

    ``one`` and ``two`` are the records as the page lays them side by side; ``gap`` the days between
    them, where each has a day.
    """

    check: Check
    key: str
    sentence: str
    points: Points
    compared: Mapping[str, Any]
    happened_on: date
    one: Lines = field(default_factory=list)
    two: Lines = field(default_factory=list)
    likeness: int = 100
    links: Mapping[str, int | None] = field(default_factory=dict)
    gap: int | None = None

    @property
    def score(self) -> int:
        return total(self.points)

    @property
    def signature(self) -> str:
        said = json.dumps(self.compared, sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def facts(self) -> dict[str, Any]:
        kept = {
            "compared": self.compared,
            "points": self.points,
            "one": self.one,
            "two": self.two,
            **({} if self.gap is None else {"gap": self.gap}),
        }
        said: dict[str, Any] = json.loads(json.dumps(kept, default=str))
        return said


def rows(sql: str, **given: Any) -> Iterator[Row]:
    """The rows of a query by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        for found in cursor.fetchall():
            yield dict(zip(names, found, strict=True))


def happened(ground: Ground, *days: date) -> date:
    """The last of these days that has come; today where none has."""
    return max((each for each in days if each <= ground.today), default=ground.today)


def best(found: Iterator[Candidate]) -> list[Candidate]:
    """One candidate for each key: the one that weighs most, then the one that happened last."""
    kept: dict[str, Candidate] = {}
    for each in found:
        held = kept.get(each.key)
        if held is None or (each.score, each.happened_on) > (held.score, held.happened_on):
            kept[each.key] = each
    return list(kept.values())


def holds_for(ground: Ground, found: Candidate) -> bool:
    """Whether the two records are read as one for the person of this candidate."""
    links = found.links
    pair = ground.alike.get(
        (links.get("organisation_id") or 0, links.get("other_organisation_id") or 0)
    )
    return pair is None or not pair.of or links.get("person_id") in pair.of


def alike_arrays(ground: Ground, minimum: int, *, for_all: bool = False) -> dict[str, list[int]]:
    """The pairs that are sure enough, as arrays for a query; ``for_all`` those of everybody’s records."""
    sure = [
        each
        for each in ground.alike.values()
        if each.likeness >= minimum and not (for_all and each.of)
    ]
    return {
        "alike_one": [each.one for each in sure],
        "alike_other": [each.other for each in sure],
        "alike_likeness": [each.likeness for each in sure],
    }


def pair_points(row: Row) -> Points:
    return likeness_points(row["likeness"])


def paid(row: Row, ground: Ground) -> Paid:
    """How often the organisation of a row is paid."""
    return Paid(
        payments=row["payments"] or 0, months=row["months"] or 0, of_months=ground.months_of_spend
    )


def band(amount: Any) -> int:
    """The size of an amount or a count: it changes when there is ten times as much."""
    return len(str(int(abs(amount or 0))))


# Which records are the organisations of `l` (of which each row has a root): themselves, those merged
# into the same one, and those alike. `l` comes before, the check's own query after.
MEMBERS = """
linked AS (
  SELECT DISTINCT root, root AS other, 100 AS likeness FROM l WHERE root IS NOT NULL
  UNION
  SELECT l.root, a.other, a.likeness
  FROM unnest(%(alike_one)s::bigint[], %(alike_other)s::bigint[], %(alike_likeness)s::int[])
       AS a (root, other, likeness)
  JOIN l ON l.root = a.root
),
member AS (
  SELECT k.root, k.other, k.likeness, m.id AS org, m.name AS org_name
  FROM linked k JOIN organisations_organisation m ON m.id = k.other
  UNION ALL
  SELECT k.root, k.other, k.likeness, m.id, r.name
  FROM linked k JOIN organisations_organisation m ON m.merged_into_id = k.other
  JOIN organisations_organisation r ON r.id = k.other
)"""

# How often each of those is paid.
PAYEES = """
payee AS (
  SELECT x.other, count(*) AS payments, count(DISTINCT date_trunc('month', p.paid_on)) AS months
  FROM (SELECT DISTINCT other, org FROM member) x
  JOIN procurement_payment p ON p.organisation_id = x.org AND p.force_id = %(force)s
  GROUP BY 1
)"""

WORKS_IN_PROCUREMENT = """EXISTS (
  SELECT FROM people_rolegrant g
  WHERE g.user_id = l.person_id AND g.role = 'procurement' AND g.starts_on <= l.day
    AND (g.ends_on IS NULL OR g.ends_on >= l.day))"""


def given(ground: Ground, setting: Setting, **more: Any) -> dict[str, Any]:
    """What every query is given."""
    only = ground.only
    return {
        "force": ground.force.pk,
        "today": ground.today,
        "window": setting.window_days,
        "amount": setting.amount,
        "times": setting.times,
        "cases": only.cases if only else [],
        "people": only.people if only else [],
        "roots": only.roots if only else [],
        "cards": only.cards if only else [],
        **alike_arrays(ground, setting.minimum_likeness),
        **more,
    }


def narrowed(ground: Ground, condition: str) -> str:
    """A condition that holds only for a run after a change."""
    return f"AND {condition}" if ground.only else ""
