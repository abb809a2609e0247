"""A board's page as others would see it, and its tables as files."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO

from django.test import Client
from openpyxl import load_workbook

from integrity.audit.models import Event
from integrity.people.enums import MemberType
from tests.builders import World, person
from tests.registers.oversight.board_pages import (
    PAGE,
    PUBLIC,
    WHEN,
    declared,
    read,
    shown,
    tables,
)

__all__ = ["declared"]


def test_others_are_shown_whole_quarters_that_are_over_and_whole_forces(
    declared: World, client: Client
) -> None:
    reader = declared.governance_member
    for query, sentence in (
        ({"from": "2026-04-02", "to": "2026-06-30"}, "whole quarters"),
        ({"from": "2026-05-01", "to": "2026-07-31"}, "whole quarters"),
        ({"from": "2026-10-01", "to": "2099-12-31"}, "quarters that are over"),
        ({**WHEN, "force": "NMR", "unit": str(declared.patrol.pk)}, "of whole forces"),
        ({**WHEN, "band": "constables"}, "of whole forces"),
    ):
        answer = read(client, reader, {**query, "as": "public"})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert client.get(f"{PAGE}offers.csv", {**query, "as": "public"}).status_code == 404
    assert read(client, reader, {"as": "public"}).status_code == 200


def test_others_are_shown_no_small_number_and_no_link(declared: World, client: Client) -> None:
    answer = read(client, declared.governance_member, PUBLIC)
    figures = tables(answer)
    assert "work-clocks" not in figures
    assert "providers" not in figures
    assert "units-standing" not in figures
    assert shown(figures["compared"])["Gifts and hospitality declined"][0] == "*"
    assert shown(figures["rates"])["Hospitality declined"][0] == "*"
    for slug, table in figures.items():
        for row in table.rows:
            assert not any(cell.path for cell in row)
            if not slug.startswith("chiefs"):
                assert not {cell.value for cell in row} & {1, 2, 3, 4}
    for path, columns in (("offers.csv", "Kind"), ("compared.csv", "Figure")):
        answer = client.get(PAGE + path, PUBLIC)
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0][0] == columns
        assert not {cell for row in rows for cell in row} & {"1", "2", "3", "4"}


# --- files ----------------------------------------------------------------------------------------


def test_every_table_is_a_file_of_its_own_columns(declared: World, client: Client) -> None:
    for query, tried in (
        (WHEN, ("chiefs-offers", "compared")),
        (PUBLIC, ("chiefs-offers", "rates")),
    ):
        answer = read(client, declared.governance_member, query)
        words = answer.content.decode()
        for slug, table in tables(answer).items():
            links = re.findall(rf'href="({PAGE}{slug}\.(?:csv|xlsx)[^"]*)"', words)
            assert len(links) == (2 if table.rows else 0)
            for link in links if slug in tried else ():
                file = client.get(unescape(link))
                assert file.status_code == 200
                rows = rows_in(file.content, is_csv=".csv" in link)
                assert rows[0] == [column.label for column in table.columns]
                assert len(rows) == 1 + len(table.rows)
    assert client.get(f"{PAGE}nothing.csv").status_code == 404


def test_that_a_table_was_taken_is_in_the_ledger_of_each_of_its_forces(
    declared: World, client: Client
) -> None:
    client.force_login(declared.governance_member)
    for query, public in ((WHEN, False), (PUBLIC, True)):
        for kind in ("csv", "xlsx"):
            assert client.get(f"{PAGE}compared.{kind}", query).status_code == 200
            events = list(Event.objects.filter(about="figures").order_by("-pk")[:2])
            assert {event.force_id for event in events} == {
                declared.northmoor.pk, declared.eastvale.pk,
            }  # fmt: skip
            for event in events:
                assert event.actor_id == declared.governance_member.pk
                assert event.facts["file"].endswith(f".{kind}")
                assert (event.facts["body"], event.facts["public"]) == ("NEC", public)
    assert client.get(f"{PAGE}nothing.csv").status_code == 404
    assert Event.objects.filter(name="file downloaded").count() == 8


def rows_in(content: bytes, *, is_csv: bool) -> list[list[object]]:
    if is_csv:
        return [list(row) for row in csv.reader(StringIO(content.decode("utf-8-sig")))]
    sheet = load_workbook(BytesIO(content)).worksheets[-1]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_member_of_the_body_is_no_chief_officer_by_sitting_there(
    declared: World, client: Client
) -> None:
    clerk = person("clerk", oversight_body=declared.body, member_type=MemberType.BODY)
    assert read(client, clerk).status_code == 404
