"""A table of figures on a page: its marks, its links, its chart and its files."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from integrity.ui.tables import Cell, Table, cell, number, of_day, pounds, table_of, text
from tests.integrity.ui.figures import HOSTILE, KEY, TABLE
from tests.integrity.ui.page import Page

FILES = [("CSV", "/files/by-month.csv"), ("XLSX", "/files/by-month.xlsx")]


def page(table: Table = TABLE, **said: Any) -> Page:
    return Page(render_to_string("components/figures.html", {"table": table, **said}))


def links(found: Page) -> dict[str, str]:
    """What each link is called by a screen reader, which hears no hidden symbol."""
    within = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', found.html, re.DOTALL)
    heard = {
        path: re.sub(r'<span aria-hidden="true">.*?</span>', "", said) for path, said in within
    }
    return {
        html.unescape(path): html.unescape(re.sub(r"<[^>]+>", "", said))
        for path, said in heard.items()
    }


def test_a_figure_is_a_link_to_the_entries_behind_it_and_says_of_what_it_is() -> None:
    assert links(page()) == {
        "/entries/?m=4": "1,234, Entries, April",
        "/entries/?zero": "0, Entries, May",
        "/units/": "not asked, Value, June",
    }


def test_each_mark_has_its_class_and_its_words() -> None:
    said = page().html
    for modifier in ("zero", "nil", "not-recorded", "not-asked", "few"):
        assert said.count(f'class="ir-mark ir-mark--{modifier}"') == 1
    hidden = '<span aria-hidden="true">–</span><span class="govuk-visually-hidden">not recorded'
    assert hidden in said
    assert '<span class="ir-mark ir-mark--nil">nil</span>' in said


def test_the_key_shows_marks_as_the_table_does() -> None:
    key = Page(render_to_string("components/key.html", {"key": KEY}))
    assert len(key.all("dt")) == len(KEY)
    for mark, meaning in KEY:
        assert f"ir-mark--{mark.mark}" in key.html
        assert meaning in key.html


def test_marks_differ_without_colour_in_both_stylesheets() -> None:
    for name in ("govuk.css", "desk-pages.css"):
        sheet = re.sub(r"\s+", "", open(f"static/ui/{name}").read())  # noqa: SIM115
        kinds = ("zero", "nil", "not-recorded", "not-asked", "few", "at-least")
        rules = [re.search(rf"\.ir-mark--{kind}\{{(.*?)\}}", sheet) for kind in kinds]
        assert len({rule[1] for rule in rules if rule}) == len(kinds), name


def test_the_section_has_its_heading_chart_note_definition_and_files() -> None:
    found = page(files=FILES)
    section = found.one("section")
    assert section["aria-labelledby"] == found.one("h2")["id"] == "by-month-title"
    assert found.one("svg")["role"] == "img"
    assert "Entries &amp; offers" in found.html
    assert "Of the force." in found.html
    assert found.all("details")
    assert {path: links(found)[path] for _, path in FILES} == {
        "/files/by-month.csv": "CSV of Entries & offers",
        "/files/by-month.xlsx": "XLSX of Entries & offers",
    }
    assert len(set(found.ids)) == len(found.ids)
    assert page(level=3).all("h3")


def test_a_row_is_named_by_its_first_cell_and_stands_in_lines_where_it_is_long() -> None:
    found = page()
    assert [each["scope"] for each in found.all("th")] == ["col"] * 4 + ["row"] * 3
    assert found.one("table")["class"] == "govuk-table ir-stacks"
    narrow = table_of("two", "Two", ("a", "b"), [("x", 1)])
    assert page(narrow).one("table")["class"] == "govuk-table"


def test_without_rows_it_says_so_and_draws_nothing() -> None:
    found = page(replace(TABLE, rows=[], nothing="None was declared."))
    assert "None was declared." in found.html
    assert not found.all("table")
    assert not found.all("svg")


def test_it_escapes_what_it_is_given() -> None:
    nasty = replace(
        TABLE,
        title=HOSTILE,
        note=HOSTILE,
        definition=HOSTILE,
        rows=[[Cell(HOSTILE, HOSTILE, HOSTILE, "nil", HOSTILE) for _ in TABLE.columns]],
    )
    found = page(nasty, files=[(HOSTILE, HOSTILE)])
    assert not found.all("script")
    assert len(found.all("section")) == 1


def test_a_value_in_plain_words() -> None:
    late = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    assert [cell(each).shown for each in ("a", 1234, Decimal("5"), date(2026, 3, 1), None)] == [
        "a", "1,234", "£5.00", "1 March 2026", "",
    ]  # fmt: skip
    assert of_day(late).shown == "1 April 2026", "the day in London"
    assert text("").value is None
    assert number(3, "/x/").path == "/x/"
    assert pounds(Decimal("-2.5")).shown == "−£2.50"


def test_a_column_of_numbers_alone_is_one() -> None:
    found = table_of("x", "X", ("a", "b", "c"), [("x", 1, Decimal(2)), ("y", None, Decimal(3))])
    assert [column.numeric for column in found.columns] == [False, False, True]
    assert [column.numeric for column in table_of("x", "X", ("a",), []).columns] == [False]
