"""The inspection return says what the records say, by the report's definitions."""

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from integrity.audit.models import Event
from integrity.people.models import Force, User
from registers.investigations.models import InvestigationPolicy
from tests import builders, interests, investigations
from tests.builders import NOW, World, accepted, declare, item
from tests.oversight import reading, settle

PAGE, FILE = "/oversight/return/", "/oversight/return.xlsx"
YEAR = {"from": f"{NOW.year}-01-01", "to": f"{NOW.year}-12-31"}


@pytest.fixture
def declared(world: World) -> World:
    declare(world.constable, item(5))
    declare(world.constable, item(5, kind="hospitality"))
    declare(world.colleague, accepted(15, kind="hospitality"), item(5))
    withdrawn = declare(world.colleague, item(5))
    builders.perform(builders.Verb.WITHDRAW, withdrawn, by=world.colleague, in_world=world)
    interests.interest_in(interests.Status.APPROVED_WITH_CONDITIONS, world)
    interests.interest_in(interests.Status.REFUSED, world)
    if not InvestigationPolicy.objects.exists():
        investigations.investigation_policies(world)
    investigations.investigation_in(investigations.Status.CLOSED, world)
    settle()
    return world


def returned(**options: object) -> dict[str, Any]:
    out = StringIO()
    days = {"starts_on": YEAR["from"], "ends_on": YEAR["to"]}
    call_command("inspection_return", **days, json=True, stdout=out, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_figures_are_those_of_the_records(declared: World) -> None:
    force = returned(force="NMR")["forces"]["NMR"]
    said = {ref: line.get("number") for ref, line in force.items()}
    gifts = {"G1": 3, "G2": 1, "G3": 2, "G4": 1, "G5": 2, "G6": 1, "G7": 0, "G8": 0}
    assert {ref: said[ref] for ref in gifts} == gifts
    applied = {"S1": 2, "S2": 1, "S3": 1, "S4": 1, "S5": 0, "S6": 0}
    assert {ref: said[ref] for ref in applied} == applied
    assert force["I0"]["all"] == 1


def test_all_forces_add_up_and_each_is_there(declared: World) -> None:
    found = returned(all=True)
    assert set(found["forces"]) == {"NMR", "EVL", "HTP"}
    assert found["all"]["G1"]["number"] == 3
    assert found["forces"]["EVL"]["G1"]["number"] == "not recorded"


def test_each_figure_has_its_definition_and_source(declared: World) -> None:
    for line in returned(force="NMR")["forces"]["NMR"].values():
        assert line["definition"]
        assert str(line["source"]).startswith(("HMIC 2012", "Ours"))


def test_the_workbook_has_a_sheet_for_each_part(declared: World, tmp_path: Path) -> None:
    name = tmp_path / "return.xlsx"
    call_command(
        "inspection_return", all=True, starts_on=YEAR["from"], ends_on=YEAR["to"],
        xlsx=str(name), stdout=StringIO(),
    )  # fmt: skip
    book = openpyxl.load_workbook(name)
    assert len(book.sheetnames) == 12  # what it is of, ten parts, and the bodies
    sheet = book["1 Gratuities and hospitality"]
    codes = {row[0].value for row in sheet.iter_rows(min_row=2)}
    assert {"all", "NMR", "EVL", "HTP"} <= codes
    taken_by(None, name.name, ["EVL", "HTP", "NMR"])


def taken_by(user: User | None, name: str, forces: list[str]) -> None:
    """Each force's own ledger says that the file with its figures was taken."""
    events = Event.objects.filter(name="file downloaded", about="inspection return")
    codes = Force.objects.filter(pk__in=events.values("force_id")).values_list("code", flat=True)
    assert sorted(codes) == forces
    assert len(events) == len(forces)
    for event in events:
        assert event.actor_id == (user and user.pk)
        assert event.facts["file"] == name
        assert sorted(event.facts["forces"]) == forces


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"force": "XXX"}, "There is no force XXX."),
        ({"force": "NMR", "starts_on": "yesterday"}, "“yesterday” is no day"),
        ({"force": "NMR", "ends_on": "2001-01-01"}, "The last day comes before the first."),
        ({"force": "NMR", "xlsx": "/no/such/folder/x.xlsx"}, "cannot be written: No such file"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(
    world: World, options: dict[str, str], sentence: str
) -> None:
    days = {"starts_on": YEAR["from"], "ends_on": YEAR["to"]}
    with pytest.raises(CommandError, match=sentence):
        call_command("inspection_return", **{**days, **options})
    assert not Event.objects.filter(name="file downloaded").exists()


def test_psd_reads_it_as_a_page_and_takes_it_as_a_file(declared: World, client: Client) -> None:
    client.force_login(declared.psd_head)
    body = client.get(PAGE, {**YEAR, "force": "NMR"}).content.decode()
    assert "G4 Hospitality declined" in body
    assert "3,858" in body
    answer = client.get(FILE, YEAR)
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert "5 Investigations" in book.sheetnames
    taken_by(declared.psd_head, f"inspection-return-all-{YEAR['to']}.xlsx", ["EVL", "NMR"])


def test_each_figure_leads_to_a_page_that_its_reader_opens(declared: World, client: Client) -> None:
    for user in (declared.psd_head, declared.reviewer, declared.inspector):
        client.force_login(user)
        for query in (YEAR, {**YEAR, "force": "NMR"}):
            tables = client.get(PAGE, query).context["tables"]
            rows = [row for table in tables for row in table.rows]
            paths = {cell.path for row in rows for cell in row if cell.path}
            for path in sorted(paths):
                assert client.get(path).status_code == 200, f"{user}: {path}"
            led = {row[0].shown.partition(" ")[0] for row in rows if row[1].path}
            assert {"R1", "R4", "R9", "C1", "C4", "P1", "P3", "O1", "O6", "O7", "O8"} <= led
            assert ({"R5", "O5", "N1"} <= led) is (user != declared.inspector)


def test_an_inspector_without_the_grant_learns_of_no_investigation(
    declared: World, client: Client
) -> None:
    client.force_login(declared.inspector)
    body = client.get(PAGE, YEAR).content.decode()
    assert "Not shown to you" in body
    assert "I2.1" not in body


def test_nobody_else_finds_it(declared: World, client: Client) -> None:
    for user in (declared.constable, declared.administrator, declared.register_owner):
        client.force_login(user)
        assert client.get(PAGE).status_code == client.get(FILE).status_code == 404


def test_the_page_takes_few_queries(declared: World, client: Client) -> None:
    client.force_login(declared.psd_head)
    client.get(PAGE, YEAR)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE, YEAR)
    assert len(reading(captured)) <= 20
