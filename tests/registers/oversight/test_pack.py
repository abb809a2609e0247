"""The board pack: nothing private in any byte of the public one, readable, and its figures are true."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from integrity.audit.models import Event
from integrity.audit.sealing import Sealer, seal_all
from integrity.audit.verify_receipt import VerifierKey, open_note
from integrity.people.models import Force
from integrity.ui.exports import as_csv
from integrity.ui.tables import Cell, Column, Table, number, text
from registers.oversight.marks import Mark, marked
from registers.oversight.pack import checkpoints, files
from registers.oversight.pack import pack as making
from registers.oversight.pack.changes import changes
from registers.oversight.pack.pack import Pack
from registers.oversight.sections.section import Section
from registers.oversight.seen import Audience
from tests.boards import other_body
from tests.builders import NOW, World, declare, item, read_anew
from tests.oversight import reading, settle
from tests.plugins.kept_world import KeptWorld
from tests.registers.oversight import packing
from tests.registers.oversight.packing import YEAR, Planted, made, squeezed

DAYS = {"from": YEAR.starts_on.isoformat(), "to": YEAR.ends_on.isoformat()}
PDF = "/oversight/boards/NEC/pack.pdf"


@dataclass(frozen=True)
class Once:
    """What every test of this file reads, made once."""

    planted: Planted
    packs: dict[Audience, Pack]
    pdfs: dict[Audience, bytes]


@pytest.fixture(scope="module")
def once(kept_world: KeptWorld, django_db_blocker: DjangoDbBlocker) -> Once:
    with django_db_blocker.unblock():
        world = kept_world.copy()
        planted = packing.plant(world)
        settle()
        packs = {each: made(world, each) for each in (Audience.BOARD, Audience.PUBLIC)}
    return Once(planted, packs, {each: files.pdf(pack) for each, pack in packs.items()})


@pytest.fixture
def planted(once: Once) -> Planted:
    return once.planted


@pytest.fixture
def full(once: Once, world: World) -> World:
    """A copy of it for a test to change."""
    return world


@pytest.fixture
def board(once: Once) -> Pack:
    return once.packs[Audience.BOARD]


@pytest.fixture
def public(once: Once) -> Pack:
    return once.packs[Audience.PUBLIC]


def tables_of(pack: Pack) -> dict[str, Table]:
    return {table.slug: table for table in pack.tables}


def bytes_of(pack: Pack) -> dict[str, str]:
    """Everything in each of its files, by what the file is."""
    found = {table.slug: squeezed(as_csv(table).decode()) for table in pack.tables}
    found["xlsx"] = packing.everything_in_xlsx(files.workbook(pack))
    found["pdf"] = packing.everything_in_pdf(files.pdf(pack))
    return found


def leaks(pack: Pack, planted: Planted) -> dict[str, list[str]]:
    """The private strings in each file."""
    found = {
        name: [word for word in planted.private if word in content]
        for name, content in bytes_of(pack).items()
    }
    return {name: words for name, words in found.items() if words}


# --- what is private ------------------------------------------------------------------------------


def test_no_byte_of_a_public_file_holds_any_of_a_thousand_private_strings(
    public: Pack, planted: Planted
) -> None:
    assert len(set(planted.private)) == len(planted.private) >= 1000
    assert leaks(public, planted) == {}


def test_a_public_pack_made_of_what_the_board_reads_is_found(
    full: World, planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = making.board_dashboard
    reader = read_anew(full.governance_member)

    def faulty(asked: Any, *, audience: Audience, **said: Any) -> Any:
        return told(asked, audience=Audience.BOARD, **{**said, "reader": reader})

    monkeypatch.setattr(making, "board_dashboard", faulty)
    found = leaks(made(full, Audience.PUBLIC), planted)
    assert {"pdf", "xlsx", "chiefs-offers"} <= set(found)


def test_the_private_pack_holds_what_the_board_reads_and_nothing_of_others(
    board: Pack, planted: Planted, full: World
) -> None:
    """Nobody's name, no unit's, no circumstances; organisations that offered most are the board's."""
    found = bytes_of(board)
    for name in ("pdf", "xlsx"):
        assert [word for word in planted.for_the_board if word not in found[name]] == []
    assert squeezed(full.assistant_chief.last_name) in found["chiefs-offers"]
    others = set(planted.private) - set(planted.for_the_board)
    told = {word for content in found.values() for word in others if word in content}
    assert told == {word for word in others if word in found["providers"]}


def test_the_public_are_told_of_chief_officers_where_the_rule_says_so(
    public: Pack, full: World
) -> None:
    named = {row[0].shown for row in tables_of(public)["chiefs-offers"].rows}
    assert named == {full.assistant_chief.display}


def test_no_cell_of_the_public_pack_is_a_number_under_five(public: Pack) -> None:
    """Entries of chief officers, health and the ledger are no counts of what people declared."""
    counted = [
        table for table in public.tables
        if not table.slug.startswith(("chiefs-", "health-", "plan-", "checkpoints"))
    ]  # fmt: skip
    assert len(counted) > 8
    small = [
        (table.slug, cell.value)
        for table in counted
        for row in table.rows
        for cell in row[1:]
        if isinstance(cell.value, int) and 0 < cell.value < 5
    ]
    assert small == []
    marks = {cell.mark for table in counted for row in table.rows for cell in row}
    assert Mark.FEW in marks


def test_a_public_pack_wants_whole_quarters(full: World) -> None:
    part = replace(YEAR, starts_on=YEAR.starts_on.replace(day=2))
    with pytest.raises(ValueError, match="whole quarters"):
        made(full, Audience.PUBLIC, period=part)


# --- what is told ---------------------------------------------------------------------------------

RECOUNT = """
  SELECT f.code, count(DISTINCT o.id) FROM gifts_offer o
  JOIN casework_case c ON c.id = o.case_id JOIN people_force f ON f.id = c.force_id
  WHERE c.claimed_on BETWEEN %s AND %s AND c.phase <> 'withdrawn'
    AND f.code IN ('NMR', 'EVL') GROUP BY f.code
"""


def test_figures_of_the_private_pack_are_those_of_the_records(board: Pack, full: World) -> None:
    tables = tables_of(board)
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, [YEAR.starts_on, YEAR.ends_on])
        offers = dict(cursor.fetchall())
    compared = {row[0].shown: row[1].value for row in tables["compared"].rows}
    assert compared["Gifts and hospitality offered"] == sum(offers.values()) > 20
    row = tables["side-by-side"].rows[0]
    heads = [column.label for column in tables["side-by-side"].columns]
    beside = {head: cell.value for head, cell in zip(heads, row, strict=True)}
    assert beside["Northmoor Police"] == offers["NMR"]
    assert beside["Eastvale Police"] == offers["EVL"]


def test_figures_in_the_pdf_are_those_of_its_tables(once: Once, board: Pack) -> None:
    """Row by row, as a screen reader hears them; cells of several lines may be printed in turns."""
    printed = squeezed("".join(lines(once.pdfs[Audience.BOARD])))
    figures = [table for table in board.tables if len(table.columns) <= 4 and table.rows]
    assert len(figures) > 15
    for table in figures:
        for row in table.rows:
            assert squeezed("".join(cell.spoken or cell.shown for cell in row)) in printed


def test_changes_are_of_what_the_table_prints() -> None:
    def row(label: str, now: Cell, before: Cell) -> list[Cell]:
        return [text(label), now, before]

    few, zero, not_asked = marked(Mark.FEW), marked(Mark.ZERO), marked(Mark.NOT_ASKED)
    at_least = Cell("12+", "at least 12", "", str(Mark.AT_LEAST), "at least 12")
    rows = [
        row("Offers", number(1043), number(38)),
        row("Declined", zero, number(7)),
        row("Contacts", number(5), not_asked),
        row("Checks", zero, not_asked),
        row("Reviews", number(6), number(6)),
        row("Refused", few, number(9)),
        row("Approved", number(9), at_least),
    ]
    columns = [Column("Figure"), Column("This period"), Column("The period before")]
    assert changes(Table("compared", "", columns, rows)) == [
        "Offers: 1,043, which is 1,005 more than before (38).",
        "Declined: 0, which is 7 fewer than before (7).",
        "Contacts: 5; before, not asked.",
        "Unchanged: reviews (6).",
        "No change can be told, because figures are withheld: refused and approved.",
        "None in this period, and not asked in the one before: checks.",
    ]


def test_the_plan_says_what_is_overdue_open_and_closed(board: Pack, public: Pack) -> None:
    tables = tables_of(board)
    assert len(tables["plan-open"].rows) == 4
    assert (
        tables["plan-overdue"].rows == tables["plan-closed"].rows == []
    )  # closed after the period
    stands = [row[-1].shown for row in tables_of(public)["plan-recommendations"].rows]
    assert stands == ["Under way"] * 3


def test_the_newest_checkpoint_is_in_every_footer_and_whole_in_the_definitions(
    once: Once, full: World, ledger_key: VerifierKey
) -> None:
    assert checkpoints.NONE in lines(once.pdfs[Audience.PUBLIC])[0]
    connection.check_constraints()
    seal_all(Sealer.open(), now=NOW)
    pack = made(full, Audience.PUBLIC)
    assert [each.code for each in pack.sealed] == ["EVL", "NMR"]
    for each in pack.sealed:
        log = Force.objects.get(code=each.code).pk
        signed = open_note(checkpoints.Checkpoint.objects.get(log=log).note, ledger_key)
        assert (each.size, each.root, each.number) == (signed.size, signed.root.hex(), 1)
    pages = lines(files.pdf(pack))
    for page in pages:
        assert all(each.short.split(", ")[-1] in page for each in pack.sealed)
    assert all(each.root in squeezed(pages[-1]) for each in pack.sealed)


def lines(content: bytes) -> list[str]:
    """The text of each page."""
    return [" ".join(page.extract_text().split()) for page in read(content).pages]


def test_the_footer_of_many_ledgers_says_one_hash_over_them() -> None:
    sealed = [checkpoints.Sealed(f"F{n}", 1, 9, f"{n:064x}", NOW) for n in range(4)]
    assert checkpoints.footer(sealed).startswith("Checkpoints of 4 ledgers, together ")


# --- how it is read -------------------------------------------------------------------------------


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
def test_a_screen_reader_can_read_it(once: Once, audience: Audience) -> None:
    pack, reader = once.packs[audience], read(once.pdfs[audience])
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == pack.title
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    found = list(packing.tags(reader))
    levels = [int(tag["/S"][2:]) for tag in found if re.fullmatch(r"/H\d", tag["/S"])]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    figures = [tag for tag in found if tag["/S"] == "/Figure"]
    assert figures
    assert all(tag["/Alt"] for tag in figures)
    tables = [tag for tag in found if tag["/S"] == "/Table"]
    assert len(tables) == sum(1 for table in pack.tables if table.rows)
    for table in tables:
        (head,) = packing.child(table, "/THead")
        cells = [cell for row in packing.child(head, "/TR") for cell in packing.child(row, "/TH")]
        assert cells
        assert all("/Column" in str(cell["/A"]) for cell in cells)
    assert any(tag["/S"] == "/TOC" for tag in found)


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
def test_it_is_read_in_the_order_in_which_it_is_printed(once: Once, audience: Audience) -> None:
    pack, reader = once.packs[audience], read(once.pdfs[audience])
    printed = "".join(squeezed(page.extract_text()) for page in reader.pages[1:])
    titles = ["What changed"]
    for section in pack.sections:
        titles += [section.title, *(table.title for table in section.tables)]
    titles += ["Definitions", "What the marks say", pack.checkpoints.title]
    outline = [entry.title for entry in flat(reader.outline)]
    assert outline == titles
    place = printed.index("definitions")  # past the contents
    for title in titles:
        assert (place := printed.find(squeezed(title), place)) >= 0, title
    first = reader.pages[0].extract_text()
    for words in (str(pack.body), "Board pack", "15 June 2026", "Integrity Register"):
        assert words in first
    for at, page in enumerate(reader.pages, start=1):
        assert f"Page {at} of {len(reader.pages)}" in " ".join(page.extract_text().split())


@pytest.mark.parametrize("letters", [90, 500, 9000])
def test_what_is_long_stays_on_its_pages(board: Pack, letters: int) -> None:
    """Nothing runs out of a page, however long an answer is or however many there are."""
    columns = [Column(label) for label in ("Entry", "Challenge", "Answer", "How it stands")]
    words = ("It was a wake. " * letters)[:letters]
    rows = [[text(f"GH-{n}"), text(words), text(words), text("Open")] for n in range(12)]
    sections = [Section("chiefs", "Chief officers", [Table("long", "Long", columns, rows)])]
    for page in read(files.pdf(replace(board, sections=sections))).pages:
        places: list[float] = []

        def placed(said: str, by: Any, at: Any, *_: Any, places: list[float] = places) -> None:
            if said.strip():
                places.append(at[4] * by[1] + at[5] * by[3] + by[5])

        page.extract_text(visitor_text=placed)
        assert all(20 < place < float(page.mediabox.height) for place in places)


def flat(outline: Any) -> Iterator[Any]:
    for each in outline:
        if isinstance(each, list):
            yield from flat(each)
        else:
            yield each


def test_the_same_pack_is_the_same_bytes(once: Once, full: World) -> None:
    assert files.pdf(made(full, Audience.PUBLIC)) == once.pdfs[Audience.PUBLIC]


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
def test_files_hold_the_columns_of_their_tables_and_nothing_else(
    once: Once, audience: Audience
) -> None:
    pack = once.packs[audience]
    book = openpyxl.load_workbook(io.BytesIO(files.workbook(pack)))
    assert (
        len({table.slug for table in pack.tables}) == len(pack.tables) == len(book.sheetnames) - 1
    )
    for name, table in zip(book.sheetnames[1:], pack.tables, strict=True):
        labels = [column.label for column in table.columns]
        rows = list(book[name].iter_rows(values_only=True))
        assert list(rows[0]) == labels
        assert len(rows) == len(table.rows) + 1
        written = list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline="")))
        assert written[0] == labels
        assert len(written) == len(table.rows) + 1
        assert "Agenda" not in labels


# --- who takes it ---------------------------------------------------------------------------------


def test_a_member_takes_it_and_the_ledger_says_so(full: World, client: Client) -> None:
    client.force_login(full.governance_member)
    for path, said, kind in (
        (PDF, {}, "application/pdf"),
        (PDF, {"as": "public"}, "application/pdf"),
        (PDF.replace("pdf", "xlsx"), {}, "application/vnd"),
        ("/oversight/boards/NEC/pack/compared.csv", {"as": "public"}, "text/csv"),
    ):
        answer = client.get(path, {**DAYS, **said})
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(kind)
        name = re.search(r'filename="(.+)"', answer["Content-Disposition"])
        assert name is not None
        taken = Event.objects.filter(name="file downloaded", about="board pack").order_by("pk")
        (last, other) = list(taken)[-2:]
        assert {last.force_id, other.force_id} == {full.northmoor.pk, full.eastvale.pk}
        public = bool(said)
        assert last.facts == {"file": name[1], "body": "NEC", "public": public}
        assert last.actor_id == full.governance_member.pk


def test_nobody_else_finds_it(full: World, client: Client) -> None:
    _, stranger = other_body(full)
    for user in (stranger, full.constable, full.reviewer, full.harbour_reviewer, full.chief):
        client.force_login(user)
        for path in (PDF, PDF.replace("pdf", "xlsx"), "/oversight/boards/NEC/pack/compared.csv"):
            assert client.get(path, DAYS).status_code == 404
            assert client.get(path, {**DAYS, "as": "public"}).status_code == 404
    client.force_login(full.governance_member)
    for path, said in (
        ("/oversight/boards/OTH/pack.pdf", DAYS),
        ("/oversight/boards/NEC/pack/nothing.csv", DAYS),
        (PDF, {**DAYS, "to": "2001-01-01"}),
        (PDF, {**DAYS, "from": "2025-04-02", "as": "public"}),
    ):
        assert client.get(path, said).status_code == 404


def test_it_takes_few_queries(full: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        made(full, Audience.BOARD)
    assert len(reading(captured)) <= 45


def test_later_entries_are_in_the_next_pack(full: World) -> None:
    def offered() -> Any:
        return tables_of(made(full, Audience.BOARD))["compared"].rows[0][1].value

    before = offered()
    declare(full.constable, item(5), offered_on=YEAR.ends_on, late_reason="Forgotten.")
    settle()
    assert offered() == before + 1
