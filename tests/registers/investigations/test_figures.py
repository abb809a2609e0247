"""The figures on the desk: those of the report where the data are the report’s, and a recount in SQL elsewhere."""

import csv
import io
import random
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from registers.investigations.enums import (
    SUBCATEGORIES,
    Category,
    RestrictionKind,
    Standing,
    Verb,
)
from registers.investigations.models import Investigation, InvestigationPolicy
from tests.builders import World
from tests.investigations import national, open_one, perform, write_rows
from tests.registers.investigations.test_admin import on, signed_in, words

PAGE = reverse("psd:investigations-figures")
FILE = reverse("psd:investigations-figures-file")
EVER = {"period": "ever", "place": ""}
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


class Tables(HTMLParser):
    """The tables of a page as they are drawn: by caption, the cells of each row."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, dict[str, list[int]]] = {}
        self.heads: dict[str, list[str]] = {}
        self._caption = self._cell = ""
        self._in: str = ""
        self._row: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self._row = []
        if tag in ("caption", "th", "td"):
            self._in, self._cell = tag, ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self._cell += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self._caption = self._cell.strip()
            assert self._caption not in self.found, "each table has a caption of its own"
            self.found[self._caption] = {}
        elif tag in ("th", "td"):
            self._row.append(self._cell.strip())
        elif tag == "tr" and self._caption not in self.heads:
            self.heads[self._caption] = self._row
        elif tag == "tr":
            name, *numbers = self._row
            self.found[self._caption][name] = [int(number) for number in numbers]
        if tag in ("caption", "th", "td"):
            self._in = ""


def tables(client: Any, query: dict[str, str]) -> dict[str, dict[str, list[int]]]:
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return Tables(words(response)).found


@pytest.fixture
def policy(world: World) -> InvestigationPolicy:
    return InvestigationPolicy.objects.get(department=world.alliance_psd)


def between(first: date, last: date) -> dict[str, str]:
    return {"period": "days", "place": "", **on("starts_on", first), **on("ends_on", last)}


# The report’s own figures, typed from it (HMIC 2012: September 2011 to May 2012, 44 forces)


def test_the_page_shows_the_reports_figures(world: World, policy: InvestigationPolicy) -> None:
    national(world.northmoor, policy=policy, by=world.other_reviewer)
    client = signed_in(world.reviewer)
    for query in (EVER, between(date(2011, 9, 1), date(2012, 5, 31))):
        found = tables(client, query)
        assert found["By standing"] == {
            "Continuing": [708],
            "Referred to an external body": [45],
            "No further action": [744],
            "Management advice or warning": [643],
            "Resigned, retired or dismissed": [67],
            "Total": [2207],
        }
        kinds = found["Disclosure of information, by kind"]
        assert kinds["To criminals"] == [364]
        assert kinds["To friends or family"] == [312]
        assert kinds["For personal use"] == [367]
        assert kinds["To others"] == [596]
        assert kinds["Kind not known"] == [0]
        assert kinds["Total"] == [1737]
        media = found["Disclosure to or with the media"]
        assert list(media.values()) == [[48], [50], [98]]
        assert list(media) == [
            "To or with the local media",
            "To or with the national media",
            "Total",
        ]
        categories = found["By category"]
        assert categories["Not categorised"] == [290]
        assert categories["Disclosure of information"] == [1737]
        assert categories["Secondary employment"] == [154]
        assert categories["Total"] == [2207]
        cross = found["By category and standing"]
        assert cross["Total"] == [708, 45, 744, 643, 67, 2207]
        assert cross["Disclosure of information"] == [603, 38, 641, 410, 45, 1737]
        months = found["By month opened"]
        assert next(iter(months)) == "September 2011"
        assert list(months)[-2] == "May 2012"
        assert len(months) == 10
        assert months["Total"] == [2207]


def test_the_last_twelve_months_are_shown_first(world: World, policy: InvestigationPolicy) -> None:
    national(world.northmoor, policy=policy, by=world.other_reviewer)
    open_one(world, now=NOW)
    found = tables(signed_in(world.reviewer), {})
    assert found["By standing"]["Total"] == [1]
    assert 12 <= len(found["By month opened"]) - 1 <= 13


# A recount


def test_the_page_equals_a_recount_in_sql(world: World, policy: InvestigationPolicy) -> None:
    chance = random.Random(20120531)  # noqa: S311
    days = [date(2024, 1, 1) + timedelta(days=chance.randrange(700)) for _ in range(300)]
    for force in (world.northmoor, world.eastvale):
        sorts = [(*sort(chance), chance.choice(list(Standing))) for _ in range(300)]
        write_rows(force, sorts, policy=policy, by=world.other_reviewer, days=days)
        chance.shuffle(days)
    client = signed_in(world.reviewer)
    first, last = date(2024, 3, 31), date(2025, 6, 1)
    for query, of_force, span in (
        (EVER, None, None),
        ({**EVER, "place": f"force-{world.eastvale.pk}"}, world.eastvale.pk, None),
        (between(first, last), None, (first, last)),
    ):
        found = tables(client, query)
        recount = recounted(of_force, span)
        assert sum(recount.values()) == found["By standing"]["Total"][0] > 100
        check(found, recount)
        total = sum(recount.values())
        for caption, rows in found.items():
            if caption.startswith("By "):
                assert rows["Total"][-1] == total
                assert sum(row[-1] for name, row in rows.items() if name != "Total") == total


def sort(chance: random.Random) -> tuple[str, str]:
    category = chance.choice(["", *Category.values])
    kinds = [str(kind) for kind in SUBCATEGORIES.get(category, ())]
    return category, chance.choice(["", *kinds])


Cell = tuple[str, str, str, str]


def recounted(force: int | None, span: tuple[date, date] | None) -> dict[Cell, int]:
    """By month, category, kind and standing, in SQL that knows nothing of the code."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT to_char(i.opened_at AT TIME ZONE 'Europe/London', 'FMMonth YYYY'),
              i.category, i.sub_category,
              CASE WHEN i.status <> 'closed' THEN i.status
                WHEN i.outcome IN ('resigned', 'retired', 'dismissed') THEN 'left'
                ELSE i.outcome END,
              count(*)
            FROM investigations_investigation i JOIN casework_case c ON c.id = i.case_id
            WHERE (%(force)s::bigint IS NULL OR c.force_id = %(force)s)
              AND (%(first)s::date IS NULL
                OR (i.opened_at AT TIME ZONE 'Europe/London')::date BETWEEN %(first)s AND %(last)s)
            GROUP BY 1, 2, 3, 4
            """,
            {"force": force, "first": span and span[0], "last": span and span[1]},
        )
        return {tuple(row[:4]): row[4] for row in cursor.fetchall()}


CATEGORIES = {
    "Relationship with the media": "media_relationship",
    "Disclosure of information": "disclosure",
    "Social media": "social_media",
    "Gratuities and hospitality": "gratuities",
    "Secondary employment": "secondary_employment",
    "Procurement": "procurement",
    "Not categorised": "",
}
KINDS = {
    "To criminals": "criminals",
    "To friends or family": "friends_family",
    "For personal use": "personal_use",
    "To or with the local media": "local_media",
    "To or with the national media": "national_media",
    "To others": "others",
    "Kind not known": "",
}
STANDINGS = ["continuing", "referred", "no_further_action", "advice", "left"]


def check(found: dict[str, dict[str, list[int]]], recount: dict[Cell, int]) -> None:
    """Each number of each table."""

    def many(**where: str) -> int:
        names = ("month", "category", "kind", "standing")
        return sum(
            n
            for cell, n in recount.items()
            if where.items() <= dict(zip(names, cell, strict=True)).items()
        )

    rows = dict(list(found["By category and standing"].items())[:-1])
    assert set(rows) == set(CATEGORIES)
    for label, figures in rows.items():
        category = CATEGORIES[label]
        expected = [many(category=category, standing=standing) for standing in STANDINGS]
        assert figures == [*expected, many(category=category)], label
        assert found["By category"][label] == [many(category=category)]
    assert list(found["By standing"].values())[:-1] == [[many(standing=s)] for s in STANDINGS]
    for label in ("Disclosure of information", "Relationship with the media"):
        for kind, (number,) in list(found[f"{label}, by kind"].items())[:-1]:
            assert number == many(category=CATEGORIES[label], kind=KINDS[kind]), kind
    for month, (number,) in list(found["By month opened"].items())[:-1]:
        assert number == many(month=month), month


# Who is suspended now


def test_who_is_suspended_now(world: World) -> None:
    def restricted(kind: str, *, days: int = 0, to: int | None = None) -> Investigation:
        by, found = world.other_reviewer, open_one(world, now=NOW - timedelta(days=500))
        details: dict[str, Any] = {"by": by, "in_world": world, "now": NOW}
        from_on = TODAY + timedelta(days=days)
        found = perform(Verb.SUSPEND, found, kind=kind, from_on=from_on, **details)
        if to is not None:
            found = perform(
                Verb.END_RESTRICTION, found, to_on=TODAY + timedelta(days=to), **details
            )
        return found

    both = restricted(RestrictionKind.SUSPENDED)
    perform(Verb.SUSPEND, both, by=world.other_reviewer, in_world=world, now=NOW, from_on=TODAY)
    restricted(RestrictionKind.RESTRICTED)
    restricted(RestrictionKind.SUSPENDED, days=-9, to=0)  # today is its last day
    restricted(RestrictionKind.SUSPENDED, days=-9, to=-1)
    restricted(RestrictionKind.SUSPENDED, days=1)
    found = tables(signed_in(world.reviewer), {})["Suspended or restricted now"]
    assert list(found.values()) == [[2], [1], [3]]
    assert list(
        tables(signed_in(world.harbour_reviewer), {})["Suspended or restricted now"].values()
    ) == [
        [0],
        [0],
        [0],
    ]


# The form and the file


def test_the_file_has_every_number_of_the_page(world: World, policy: InvestigationPolicy) -> None:
    national(world.northmoor, policy=policy, by=world.other_reviewer)
    client = signed_in(world.investigation_inspector)
    query = between(date(2011, 9, 1), date(2012, 5, 31))
    response = client.get(FILE, query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(words(response))))
    assert {row["opened from"] for row in rows} == {"2011-09-01"}
    page = Tables(words(client.get(PAGE, query)))
    drawn = {
        (caption, name, column): number
        for caption, lines in page.found.items()
        for name, numbers in lines.items()
        for column, number in zip(page.heads[caption][1:], numbers, strict=True)
    }
    filed = {(row["table"], row["row"], row["column"]): int(row["number"]) for row in rows}
    assert filed == drawn
    assert len(rows) == len(filed)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (between(date(2024, 2, 1), date(2024, 1, 1)), "The last day must be on or after"),
        ({"period": "days"}, "Enter the first day"),
        ({"period": "never"}, "Select a valid choice"),
        ({**EVER, "place": "force-0"}, "Select a valid choice"),
    ],
)
def test_a_form_that_is_wrong_says_so(world: World, query: dict[str, str], sentence: str) -> None:
    client = signed_in(world.reviewer)
    for path in (PAGE, FILE):
        response = client.get(path, query)
        assert response.status_code == 422
        assert sentence in words(response)
        assert "<table" not in words(response)


def test_where_there_is_nothing_the_noughts_are_shown(world: World) -> None:
    found = tables(signed_in(world.reviewer), EVER)
    assert found["By standing"]["Total"] == [0]
    assert set(found["By month opened"]) == {"Total"}
    assert len(found["By category"]) == len(CATEGORIES) + 1


def test_queries_do_not_grow_with_the_rows(
    world: World, policy: InvestigationPolicy, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(world.reviewer)

    def read() -> int:
        with django_assert_max_num_queries(30) as queries:
            assert client.get(PAGE, EVER).status_code == 200
        return len(queries)

    few = read()
    national(world.northmoor, policy=policy, by=world.other_reviewer)
    assert read() == few
