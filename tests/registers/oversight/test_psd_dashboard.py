"""PSD's dashboard: whom it opens for, that every figure opens into as many entries, its filter and files."""

import csv
import re
from datetime import date
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from integrity.audit.models import Event
from integrity.people.enums import Role
from integrity.people.models import Unit
from tests.builders import World, grant
from tests.dashboards import number, row, tables_of
from tests.oversight import reading

PAGE = "/oversight/psd/"
WHEN = {"from": "2026-04-01", "to": "2026-06-30"}
MOST_QUERIES = 20


def tables(answer: Any) -> dict[str, Any]:
    return tables_of([section for section, _ in answer.context["parts"]])


def read(client: Client, **query: str) -> Any:
    return client.get(PAGE, {**WHEN, **query})


# --- who reads it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [PAGE, f"{PAGE}all.xlsx", f"{PAGE}providers.csv", "/oversight/now/?pile=clocks"]
)
def test_nobody_else_finds_it(busy_world: World, client: Client, path: str) -> None:
    for user in (
        busy_world.constable, busy_world.administrator, busy_world.register_owner, busy_world.press_officer,
        busy_world.procurement_officer, busy_world.governance_member, busy_world.investigation_inspector,
    ):  # fmt: skip
        client.force_login(user)
        assert client.get(path).status_code == 404
    client.force_login(busy_world.reviewer)
    assert client.get(path).status_code == 200
    assert client.get(path, {"force": "HTP"}).status_code == 404
    harbour = Unit.objects.get(force=busy_world.harbour)
    assert client.get(path, {"unit": str(harbour.pk)}).status_code == 404


def test_an_inspector_reads_it_without_investigations_and_matches(
    busy_world: World, client: Client
) -> None:
    client.force_login(busy_world.inspector)
    answer = read(client)
    found = tables(answer)
    assert {"gifts-by-kind", "work-queues", "providers"} <= found.keys()
    assert not {"investigations-by-category", "matches-by-check"} & found.keys()
    assert "Integrity investigations" not in answer.content.decode()
    assert answer.context["asked"].forces == [busy_world.northmoor]


def test_only_somebody_with_the_grant_reads_how_investigations_stand(
    busy_world: World, client: Client
) -> None:
    grant(busy_world.inspector, Role.INVESTIGATION_INSPECTOR, force=busy_world.northmoor)
    client.force_login(busy_world.inspector)
    assert "investigations-by-category" in tables(read(client))


# --- what is behind a figure -----------------------------------------------------------------------


def test_an_address_that_asks_for_nothing_known_is_not_found(
    busy_world: World, client: Client
) -> None:
    client.force_login(busy_world.reviewer)
    for path in (
        "/oversight/now/?pile=occupations", "/oversight/now/?pile=nothing",
        "/oversight/entries/?measure=nothing", "/oversight/entries/?measure=entries&key=%00",
        "/oversight/now/?pile=clocks&key=%00", f"{PAGE}nothing.csv", f"{PAGE}nothing.xlsx",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_the_records_behind_a_number_keep_their_question(busy_world: World, client: Client) -> None:
    client.force_login(busy_world.reviewer)
    body = client.get("/oversight/entries/?measure=entries&key=gifts").content.decode()
    assert '<input type="hidden" name="measure" value="entries"' in body
    assert '<input type="hidden" name="key" value="gifts"' in body


# --- the filter -----------------------------------------------------------------------------------


def test_the_address_is_the_filter(busy_world: World, client: Client) -> None:
    client.force_login(busy_world.reviewer)
    table, name = "entries-by-register", "Gifts and hospitality"
    everywhere, northmoor, eastvale = (
        number(tables(read(client, **query))[table], name, "Entries")
        for query in ({}, {"force": "NMR"}, {"force": "EVL"})
    )
    assert (everywhere, eastvale) == (northmoor + 1, 1)
    before = read(client, **{"from": "2020-01-01", "to": "2020-12-31"})
    assert row(tables(before)[table], name)["Entries"].shown == "–"


def test_a_unit_without_its_force_chooses_the_force(busy_world: World, client: Client) -> None:
    client.force_login(busy_world.reviewer)
    asked = read(client, unit=str(busy_world.patrol.pk)).context["asked"]
    assert (asked.unit, asked.forces) == (busy_world.patrol, [busy_world.northmoor])
    other = read(client, unit=str(busy_world.patrol.pk), force="EVL")
    assert (other.status_code, other.context["asked"].unit) == (200, None)


def test_a_filter_that_is_no_period_says_so(busy_world: World, client: Client) -> None:
    client.force_login(busy_world.reviewer)
    answer = client.get(PAGE, {"from": "2026-06-30", "to": "2026-04-01"})
    assert answer.status_code == 422
    assert "The last day comes before the first" in answer.content.decode()
    for odd in (
        {"from": "1900-01-01", "to": "1901-01-01"},
        {"from": "9999-01-01"},
        {"to": "9999-12-31"},
    ):
        assert client.get(PAGE, odd).status_code == 200


def test_presets_keep_the_rest_of_the_filter_and_one_link_clears_it(
    busy_world: World, client: Client
) -> None:
    client.force_login(busy_world.reviewer)
    body = unescape(read(client, force="NMR", band="constables").content.decode())
    links = re.findall(r'<li><a class="govuk-link" href="(\?[^"]*)"', body)
    assert links[-1] == "?"
    assert len(links) == 6
    assert all("force=NMR" in link and "band=constables" in link for link in links[:-1])
    assert "Clear the filter" not in client.get(PAGE).content.decode()


# --- its cost, and its files ----------------------------------------------------------------------


@pytest.mark.parametrize("query", [{}, {"force": "NMR"}, {"unit": "patrol", "band": "constables"}])
@pytest.mark.parametrize("forces", [1, 2, 3])
def test_the_whole_page_takes_few_queries(
    busy_world: World,
    client: Client,
    query: dict[str, str],
    forces: int,
) -> None:
    reader = busy_world.reviewer if forces > 1 else busy_world.inspector
    if forces == 3:
        grant(reader, Role.PSD_REVIEWER, force=busy_world.harbour)
    if "unit" in query:
        query = {**query, "unit": str(busy_world.patrol.pk)}
    client.force_login(reader)
    with CaptureQueriesContext(connection) as captured:
        answer = read(client, **query)
    assert len(reading(captured)) <= MOST_QUERIES
    assert len(answer.context["form"].forces) == forces


def test_each_table_is_a_file_with_the_same_figures(busy_world: World, client: Client) -> None:
    client.force_login(busy_world.reviewer)
    answer = read(client, force="NMR")
    body = answer.content.decode()
    table = tables(answer)["gifts-by-kind"]
    (path,) = {
        unescape(found) for found in re.findall(r'href="(/[^"]*gifts-by-kind.csv[^"]*)"', body)
    }
    sheet = client.get(path)
    rows = list(csv.reader(StringIO(sheet.content.decode("utf-8-sig"))))
    assert rows[0] == [column.label for column in table.columns]
    assert [each[0] for each in rows[1:]] == [each[0].shown for each in table.rows]
    assert rows[1][4] == str(table.rows[0][4].value)
    book = load_workbook(BytesIO(client.get(path.replace(".csv", ".xlsx")).content))
    assert len(book.sheetnames) == 2
    every = load_workbook(BytesIO(client.get(f"{PAGE}all.xlsx", {**WHEN, "force": "NMR"}).content))
    assert len(every.sheetnames) == len(tables(answer)) + 1
    taken = Event.objects.filter(name="file downloaded", about="figures")
    assert {event.facts["file"] for event in taken} == {
        "psd-gifts-by-kind.csv", "psd-gifts-by-kind.xlsx", "psd-all.xlsx",
    }  # fmt: skip


# --- the ways to it -------------------------------------------------------------------------------


def test_the_menu_leads_whoever_reads_figures_to_theirs(busy_world: World, client: Client) -> None:
    client.force_login(busy_world.reviewer)
    assert 'href="/oversight/"' in client.get("/").content.decode()
    body = client.get("/oversight/").content.decode()
    assert "/oversight/psd/" in body
    client.force_login(busy_world.governance_member)
    assert client.get("/oversight/")["Location"] == "/oversight/boards/NEC/"
    for user in (busy_world.constable, busy_world.press_officer, busy_world.administrator):
        client.force_login(user)
        assert 'href="/oversight/"' not in client.get("/").content.decode()
        assert client.get("/oversight/").status_code == 404


def test_the_desk_begins_with_what_waits(busy_world: World, client: Client) -> None:
    client.force_login(busy_world.reviewer)
    body = client.get("/psd/").content.decode()
    assert "work-queues" in body
    assert 'href="/oversight/psd/"' in body
    for user in (
        busy_world.press_officer,
        busy_world.procurement_officer,
        busy_world.administrator,
    ):
        client.force_login(user)
        answer = client.get("/psd/")
        assert answer.status_code == 200
        assert "work-queues" not in answer.content.decode()


def test_periods_over_ten_years_are_drawn(busy_world: World, client: Client) -> None:
    client.force_login(busy_world.reviewer)
    answer = client.get(PAGE, {"from": date(2016, 4, 1).isoformat(), "to": "2026-06-30"})
    assert answer.status_code == 200
    assert "2025–26" in answer.content.decode()
