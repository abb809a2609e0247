"""A board's page: who reads it, and that it counts what there is."""

import re
from datetime import date
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from integrity.casework.clocks import add_months
from integrity.casework.enums import DeadlineKind
from integrity.casework.models import Case, Deadline
from integrity.people.enums import Role
from integrity.people.models import Unit, User
from integrity.people.scope import of_person
from registers.crosschecks.models import Match
from registers.investigations.enums import Status
from registers.oversight.asking import Asked
from registers.oversight.marks import Mark
from registers.oversight.permissions import boards_of
from registers.oversight.sections.totals import match_totals
from registers.oversight.spans import Period
from tests import boards, investigations, matches
from tests.builders import START, World, accepted, declare, grant, item
from tests.oversight import settle
from tests.registers.oversight.board_pages import (
    PAGE,
    PUBLIC,
    WHEN,
    declared,
    name_of,
    read,
    shown,
    tables,
)

__all__ = ["declared"]

FRAMEWORK = re.compile(
    "SAVEPOINT|set_config|people_reach|django_session|casework_notice|line_manager_id|people_rolegrant"
    '|FROM "people_user" WHERE "people_user"."id"'
)


def test_the_page_begins_with_ways_to_its_sections_and_to_the_pack(
    declared: World, client: Client
) -> None:
    for query in (WHEN, PUBLIC):
        answer = read(client, declared.governance_member, query)
        body = answer.content.decode()
        nav = body[body.index('aria-label="On this page"') :].split("</nav>")[0]
        led = re.findall(r'href="#([^"]+)"', nav)
        sections = [f"{section.slug}-heading" for section in answer.context["page"].sections]
        assert led == [*sections, "pack-title"]
        assert all(f'id="{place}"' in body for place in led)


def test_members_read_their_bodys_forces_and_no_further(declared: World, client: Client) -> None:
    assert read(client, declared.governance_member).status_code == 200
    _, other = boards.other_body(declared, declared.harbour)
    assert read(client, other).status_code == 404
    for nobody in (
        declared.constable,
        declared.reviewer,
        declared.body_member,
        declared.harbour_reviewer,
    ):
        assert read(client, nobody).status_code == 404
    quay = Unit.objects.get(force=declared.harbour)
    for query in (
        {"force": "HTP"},
        {"unit": str(quay.pk)},
        {"unit": "x"},
        {"force": "HTP", "as": "public"},
    ):
        assert read(client, declared.governance_member, query).status_code == 404
        entries = {**query, "board": "NEC", "measure": "entries"}
        assert client.get("/oversight/entries/", entries).status_code == 404
    client.force_login(other)
    for path in ("offers.csv?as=public", "compared.csv", "compared.xlsx"):
        assert client.get(PAGE + path).status_code == 404
    assert (
        client.get("/oversight/entries/", {"board": "NEC", "measure": "entries"}).status_code == 404
    )


def test_who_reads_every_force_of_a_body_sees_what_its_board_sees(
    declared: World, client: Client
) -> None:
    answer = read(client, declared.psd_head)
    assert answer.status_code == 200
    assert "You are not a member of this body" in answer.content.decode()
    assert set(boards_of(declared.psd_head)) == {declared.body}
    # an inspector of one of the two forces does not
    assert read(client, declared.inspector).status_code == 404
    grant(declared.inspector, Role.INSPECTOR, force=declared.eastvale)
    assert read(client, User.objects.get(pk=declared.inspector.pk)).status_code == 200
    member = shown(tables(read(client, declared.governance_member))["entries-by-register"])
    assert shown(tables(answer)["entries-by-register"]) == member


def test_a_page_of_three_forces_asks_few_questions(declared: World, client: Client) -> None:
    declared.body.forces.add(declared.harbour)
    declare(declared.harbour_constable, item(5))
    settle()
    declare(declared.chief, accepted(50))
    for query in (WHEN, PUBLIC, {}, {"as": "public"}):
        read(client, declared.governance_member, query)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE, query).status_code == 200
        assert len(reading(captured)) <= 20


def reading(captured: CaptureQueriesContext) -> list[str]:
    """What the page itself asked the database: not who is signed in, nor how far they reach."""
    ours = [each["sql"] for each in captured.captured_queries]
    return [sql for sql in ours if not FRAMEWORK.search(sql)]


# --- figures --------------------------------------------------------------------------------------


def test_the_board_in_private_reads_true_counts_without_names(
    declared: World, client: Client
) -> None:
    answer = read(client, declared.governance_member)
    figures = tables(answer)
    cases = Case.objects.filter(register="gifts")
    assert (
        shown(figures["entries-by-register"])["Gifts and hospitality"][0]
        == str(cases.count())
        == "3"
    )
    assert shown(figures["compared"])["Gifts and hospitality declined"][0] == "2"
    words = answer.content.decode()
    for somebody in (declared.constable, declared.colleague):
        assert name_of(somebody) not in words
        assert somebody.number not in words


def test_every_figure_opens_into_as_many_entries(declared: World, client: Client) -> None:
    body = read(client, declared.governance_member).content.decode()
    found = re.findall(r'href="(/oversight/entries/[^"]+)">([\d,]+)<', body)
    assert len(found) > 5
    for path, n in found:
        answer = client.get(unescape(path))
        assert answer.status_code == 200, path
        assert sum(fact.n for fact in answer.context["page"].object_list) == int(n)
        words = answer.content.decode()
        assert name_of(declared.constable) not in words
        assert declared.constable.number not in words


def test_zero_nil_not_recorded_and_not_asked_are_told_apart_for_each_force(
    declared: World, client: Client
) -> None:
    figures = tables(read(client, declared.governance_member))["side-by-side"]
    assert [column.label for column in figures.columns[1:]] == [
        "Eastvale Police",
        "Northmoor Police",
    ]
    cells = {row[0].shown: row[1:] for row in figures.rows}
    eastvale, northmoor = cells["Gifts and hospitality offered"]
    assert (eastvale.mark, northmoor.shown) == (Mark.NOT_RECORDED, "3")
    assert cells["Hospitality declined"][1].shown == "1"
    assert cells["Applications"][0].mark == Mark.NOT_RECORDED
    before = tables(
        read(client, declared.governance_member, {"from": "2019-01-01", "to": "2019-03-31"})
    )
    marks = {row[0].shown: [cell.mark for cell in row[1:]] for row in before["side-by-side"].rows}
    assert marks["Gifts and hospitality offered"] == [Mark.NOT_ASKED] * 2


def test_a_period_is_compared_with_earlier_ones_in_words(declared: World, client: Client) -> None:
    declare(declared.constable, item(5), offered_on=date(2026, 2, 3), late_reason="Forgotten.")
    settle()
    figures = tables(read(client, declared.governance_member))
    table = figures["compared"]
    assert [c.label for c in table.columns] == [
        "Figure",
        "This period",
        "The period before",
        "A year ago",
        "Change",
    ]
    row = shown(table)["Gifts and hospitality declined"]
    assert (row[0], row[1], row[3]) == ("2", "1", "1 more")
    assert shown(table)["Applications"] == ["–", "–", "–", "Not compared"]
    assert shown(table)["Challenges sent"] == ["0", "0", "0", "The same"]
    national = shown(figures["rates"])
    assert national["Hospitality declined"][0] == "100%"
    assert national["Hospitality declined"][-1] == "29%"
    assert "33 forces" in figures["rates"].note
    assert "per-head" not in figures


def test_investigations_are_totals_of_months_that_are_over(declared: World, client: Client) -> None:
    closed = investigations.investigation_in(Status.CLOSED, declared)
    investigations.investigation_in(Status.CONTINUING, declared)
    settle()
    assert closed.outcome_on is not None
    kind = closed.get_category_display() or "Not categorised"
    month = closed.outcome_on.replace(day=1)
    last = add_months(month, 1) - date.resolution
    for query in (
        {"from": f"{month}", "to": f"{last}"},
        {"from": f"{add_months(month, -1)}", "to": f"{add_months(month, 2)}"},
        {"from": f"{add_months(month, -48)}", "to": f"{last}"},
    ):
        for reader in (declared.governance_member, declared.psd_head):
            table = tables(read(client, reader, query))["investigations-closed"]
            assert shown(table)[kind] == shown(table)["All"] == ["0", "1", "1"]
            assert not any(cell.path for row in table.rows for cell in row)
    # a month of which a part is asked is not told, nor one that goes on
    part = {"from": f"{month}", "to": f"{last - date.resolution}"}
    for query in (part, {"from": f"{timezone.localdate():%Y-%m}-01", "to": "2099-12-31"}):
        table = tables(read(client, declared.governance_member, query))["investigations-closed"]
        assert table.nothing == "No whole month of this period is over yet."
        assert table.rows == []
    one = read(client, declared.governance_member, force="NMR", unit=str(declared.patrol.pk))
    assert "whole forces alone" in tables(one)["investigations-closed"].nothing
    for measure in ("investigations", "investigations.closed"):
        behind = {"board": "NEC", "measure": measure, "from": f"{month}", "to": f"{last}"}
        client.force_login(declared.governance_member)
        assert list(client.get("/oversight/entries/", behind).context["page"]) == []


def test_matches_are_totals_that_a_boards_connection_cannot_read(
    world: World, client: Client
) -> None:
    world.body.forces.add(world.eastvale)
    match = matches.lunch_then_contract(world)
    year = {"from": "2026-01-01", "to": "2026-12-31"}
    with of_person(world.governance_member.pk, today=timezone.localdate()):
        assert not Match.objects.filter(for_psd=True).exists()
        totals = match_totals(
            Asked([world.northmoor, world.harbour], Period(START, date(2027, 1, 1)))
        )
    assert list(totals) == [world.northmoor.pk]
    answer = read(client, world.governance_member, year)
    table = tables(answer)["matches"]
    found = Match.objects.filter(force=world.northmoor)
    disposed = [
        each for each in found if each.disposition and each.signature == each.disposed_signature
    ]
    opened = [each for each in found if each.gone_at is None and each not in disposed]
    truly = [str(len(each)) for each in (found, opened, disposed)]
    assert truly[:2] != ["0", "0"]
    assert shown(table) == {"Eastvale Police": ["0", "0", "0"], "Northmoor Police": truly}
    assert not any(cell.path for row in table.rows for cell in row)
    assert match.sentence not in answer.content.decode()


def test_work_is_told_in_totals(declared: World, client: Client) -> None:
    table = tables(read(client, declared.governance_member))["work-clocks"]
    late = Deadline.objects.filter(
        met_at=None, due_on__lt=timezone.localdate(), case__force=declared.northmoor
    ).exclude(kind=DeadlineKind.DISPOSE_CHALLENGE)
    assert shown(table)["All"][0] == str(late.count())
    assert late.exists()
    assert not any(cell.path for row in table.rows for cell in row)
