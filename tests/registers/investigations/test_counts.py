# ruff: noqa: S608 - the statements are whole and our own
"""The figures equal a recount in SQL that shares no code with them, and the report’s to the unit."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection

from registers.investigations.counts import Counts, Row, closed_totals, counts, opened_between
from registers.investigations.enums import (
    SUBCATEGORIES,
    Category,
    Outcome,
    Standing,
    SubCategory,
)
from registers.investigations.models import Investigation, InvestigationPolicy
from tests.builders import World
from tests.constraints import change
from tests.investigations import NATIONAL_FROM, NATIONAL_TO, national, open_one, write_rows

pytestmark = pytest.mark.django_db

SEEDS = range(24)
STANDING_SQL = """CASE WHEN status = 'continuing' THEN 'continuing'
  WHEN status = 'referred' THEN 'referred'
  WHEN outcome IN ('resigned', 'retired', 'dismissed') THEN 'left' ELSE outcome END"""


def policy(world: World) -> InvestigationPolicy:
    return InvestigationPolicy.objects.get(department=world.alliance_psd)


def recount(group: str, force_ids: set[int], starts_on: date, ends_on: date) -> dict[str, int]:
    """How many of each of some expression, counted by the database alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {group}, count(*)
                FROM investigations_investigation i JOIN casework_case c ON c.id = i.case_id
                WHERE c.force_id = ANY(%s)
                  AND (opened_at AT TIME ZONE 'Europe/London')::date BETWEEN %s AND %s
                GROUP BY 1""",
            [sorted(force_ids), starts_on, ends_on],
        )
        return dict(cursor.fetchall())


def found_of(figures: Counts) -> dict[str, dict[str, int]]:
    """The figures, flat, as the recount writes them; what counts none is left out."""
    flat = {
        "category": {row.key: row.total for row in figures.categories},
        "kind": {f"{r.key}/{k.key}": k.total for r in figures.categories for k in r.kinds},
        "standing": {str(s): figures.everything[s] for s in Standing},
        "category and standing": {
            f"{row.key}/{standing}": row[standing]
            for row in figures.categories
            for standing in Standing
        },
        "kind and standing": {
            f"{row.key}/{kind.key}/{standing}": kind[standing]
            for row in figures.categories
            for kind in row.kinds
            for standing in Standing
        },
        "month": {f"{row.month:%Y-%m}": row.total for row in figures.months},
        "outcome": {str(outcome): count for outcome, count in figures.outcomes},
    }
    return {
        name: {key: count for key, count in part.items() if count} for name, part in flat.items()
    }


def recounted(force_ids: set[int], starts_on: date, ends_on: date) -> dict[str, dict[str, int]]:
    has_kinds = "category IN ('disclosure', 'media_relationship')"
    groups = {
        "category": "category",
        "kind": f"CASE WHEN {has_kinds} THEN category || '/' || sub_category END",
        "standing": STANDING_SQL,
        "category and standing": f"category || '/' || {STANDING_SQL}",
        "kind and standing": (
            f"CASE WHEN {has_kinds} THEN category || '/' || sub_category || '/' || {STANDING_SQL} END"
        ),
        "month": "to_char(opened_at AT TIME ZONE 'Europe/London', 'YYYY-MM')",
        "outcome": "nullif(outcome, '')",
    }
    found = {name: recount(group, force_ids, starts_on, ends_on) for name, group in groups.items()}
    return {
        name: {key: count for key, count in part.items() if key is not None}
        for name, part in found.items()
    }


def scatter(world: World, chance: random.Random) -> tuple[date, date]:
    """Investigations of three forces by chance, and the days that are asked about."""
    first = date(2025, 1, 1)
    for force in (world.northmoor, world.eastvale, world.harbour):
        sorts = []
        for _ in range(chance.randrange(40)):
            category = chance.choice(["", *Category.values])
            kinds = ["", *map(str, SUBCATEGORIES.get(category, ()))]
            sorts.append((category, chance.choice(kinds), chance.choice(list(Standing))))
        days = [first + timedelta(days=chance.randrange(700)) for _ in sorts]
        write_rows(force, sorts, policy=policy(world), by=world.other_reviewer, days=days)
    starts_on = first + timedelta(days=chance.randrange(200))
    return starts_on, starts_on + timedelta(days=chance.randrange(1, 600))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_figures_equal_a_recount_in_sql(seed: int, world: World) -> None:
    starts_on, ends_on = scatter(world, random.Random(seed))  # noqa: S311 - the same each time
    alliance = {world.northmoor.pk, world.eastvale.pk}
    for reader, forces in (
        (world.reviewer, alliance),
        (world.harbour_reviewer, {world.harbour.pk}),
        (world.investigation_inspector, {world.northmoor.pk}),
        (world.chief, set()),
    ):
        figures = counts(opened_between(reader, starts_on, ends_on))
        assert found_of(figures) == recounted(forces, starts_on, ends_on)
        assert figures.everything.total == sum(row.total for row in figures.categories)
    closed = dict(closed_totals(world.northmoor, starts_on, ends_on))
    assert closed == closed_by_sql(world.northmoor.pk, starts_on, ends_on)


def closed_by_sql(force_id: int, starts_on: date, ends_on: date) -> dict[str, int]:
    labels = {str(value): str(label) for value, label in Category.choices} | {"": "Not categorised"}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT category, count(*) FROM investigations_investigation
               WHERE case_id IN (SELECT id FROM casework_case WHERE force_id = %s)
                 AND status = 'closed' AND outcome_on BETWEEN %s AND %s GROUP BY 1""",
            [force_id, starts_on, ends_on],
        )
        found = dict(cursor.fetchall())
    return {label: found.get(key, 0) for key, label in labels.items()}


def test_rows_of_nothing_are_shown_and_what_is_not_categorised_always(world: World) -> None:
    figures = counts(Investigation.objects.visible_to(world.reviewer))
    assert [row.label for row in figures.categories] == [*Category.labels, "Not categorised"]
    assert figures.everything.figures == [0, 0, 0, 0, 0]
    assert [kind.label for kind in figures.categories[0].kinds] == [
        "To or with the local media",
        "To or with the national media",
        "Kind not known",
    ]
    assert figures.months == []
    assert figures.outcomes == [(outcome, 0) for outcome in Outcome]


def test_all_of_it_takes_one_query(world: World, django_assert_num_queries: object) -> None:
    open_one(world)
    world.reviewer.grants()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert counts(Investigation.objects.visible_to(world.reviewer)).everything.total == 1


def test_what_a_reader_may_not_know_of_is_not_counted_for_them(world: World) -> None:
    open_one(world, subject=world.reviewer)
    for reader, total in ((world.reviewer, 0), (world.psd_head, 0), (world.other_reviewer, 1)):
        assert counts(Investigation.objects.visible_to(reader)).everything.total == total


def test_it_counts_in_the_month_in_which_it_was_opened_in_london(world: World) -> None:
    made = open_one(world)
    change(made, opened_at="2026-06-30T23:30:00Z")
    july = counts(opened_between(world.reviewer, date(2026, 7, 1), date(2026, 7, 31)))
    assert [(row.label, row.total) for row in july.months] == [("July 2026", 1)]
    june = counts(opened_between(world.reviewer, date(2026, 6, 1), date(2026, 6, 30)))
    assert june.everything.total == 0


def test_the_national_figures_to_the_unit(world: World) -> None:
    """HMIC 2012: 2,207 investigations from September 2011 to May 2012."""
    national(world.northmoor, policy=policy(world), by=world.reviewer)
    figures = counts(opened_between(world.reviewer, NATIONAL_FROM, NATIONAL_TO))
    everything = figures.everything
    assert everything.total == 2207
    # continuing, referred, no further action, advice or warning, left
    assert everything.figures == [708, 45, 744, 643, 67]
    of = {row.key: row for row in figures.categories}
    disclosure = of[Category.DISCLOSURE]
    assert disclosure.total == 1737
    assert disclosure.figures == [603, 38, 641, 410, 45]
    kinds = {kind.key: kind.total for kind in disclosure.kinds}
    assert kinds == {
        SubCategory.CRIMINALS: 364,
        SubCategory.FRIENDS_FAMILY: 312,
        SubCategory.PERSONAL_USE: 367,
        SubCategory.LOCAL_MEDIA: 48,
        SubCategory.NATIONAL_MEDIA: 50,
        SubCategory.OTHERS: 596,
        "": 0,
    }
    assert figures.media_disclosure.total == 98
    assert figures.media_disclosure.figures == [39, 8, 41, 10, 0]
    relationship = of[Category.MEDIA_RELATIONSHIP]
    assert relationship.figures == [8, 0, 9, 2, 0]
    assert [kind.total for kind in relationship.kinds] == [10, 9, 0]
    assert of[Category.GRATUITIES].figures == [0, 0, 3, 4, 0]
    assert of[Category.SECONDARY_EMPLOYMENT].figures == [41, 3, 35, 65, 10]
    assert of[Category.SECONDARY_EMPLOYMENT].total == 154
    assert (of[""].label, of[""].total) == ("Not categorised", 290)
    assert (of[Category.SOCIAL_MEDIA].total, of[Category.PROCUREMENT].total) == (0, 0)
    assert len(figures.months) == 9
    assert sum(month.total for month in figures.months) == 2207
    assert isinstance(of[""], Row)
    assert found_of(figures) == recounted({world.northmoor.pk}, NATIONAL_FROM, NATIONAL_TO)
