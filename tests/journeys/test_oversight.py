"""PSD, a board member and an inspector read the figures, open them, and take them away.

With PICTURES=docs/pictures the pages are photographed, as docs/demo.md shows them.
"""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from pypdf import PdfReader

from integrity.casework.models import Challenge
from registers.governance.models import AgendaItem
from tests import boards, contacts, interests
from tests.builders import World, accepted, declare, item
from tests.journeys.conftest import SignIn, Visitor
from tests.journeys.widths import shown

BOARD = "/oversight/boards/NEC/"


@pytest.fixture
def declared(world: World) -> World:
    """Offers of each sort, an application decided, a contact, and a chief officer's lunch."""
    for value in (5, 15, 30):
        declare(world.constable, item(value))
        declare(world.colleague, item(value, kind="hospitality"))
    declare(world.constable, accepted(15, kind="hospitality"))
    declare(world.assistant_chief, accepted(50, description="Dinner at the trade fair"))
    interests.interest_in(interests.Status.APPROVED_WITH_CONDITIONS, world)
    contacts.contact_in(contacts.Status.ACKNOWLEDGED, world)
    return world


def taken(visitor: Visitor, link: str) -> bytes:
    """The file that a link, which may look like a button, gives."""
    main = visitor.page.locator("main")
    with visitor.page.expect_download() as download:
        main.get_by_role("link", name=link).or_(main.get_by_role("button", name=link)).first.click()
    return Path(download.value.path()).read_bytes()


def test_psd_reads_a_figure_and_opens_what_is_behind_it(declared: World, sign_in: SignIn) -> None:
    head = sign_in(declared.psd_head)
    head.press("Figures")
    head.open("/oversight/psd/")
    shown(head, "psd")
    head.page.get_by_label("Force", exact=True).select_option(label="Northmoor Police")
    head.press("Show")
    assert "force=NMR" in head.page.url
    figure = head.page.locator("#gifts-by-kind a[href*='entries']").first
    many = int(figure.inner_text().split(",")[0])
    figure.focus()
    with head.page.expect_navigation():
        head.page.keyboard.press("Enter")
    assert head.page.locator("#entries tbody tr").count() == many
    shown(head, "entries")
    head.follow(head.page.locator("#entries tbody a"))
    head.open("/psd/")
    shown(head, "desk")


def test_psd_reads_it_without_script(declared: World, sign_in: SignIn) -> None:
    reviewer = sign_in(declared.reviewer, script=False)
    reviewer.page.goto(f"{reviewer.base}/oversight/psd/")
    assert "Gratuities and hospitality" in reviewer.page.inner_text("main")
    assert reviewer.page.locator("svg[role=img]").count() >= 2


def test_a_board_member_challenges_a_chief_officer_and_takes_the_pack(
    declared: World, sign_in: SignIn
) -> None:
    board = boards.body_board(declared)
    boards.meeting(board, declared, held_on=timezone.localdate() + timedelta(days=14))
    member = sign_in(declared.governance_member)
    member.open(BOARD)
    shown(member, "board")
    assert "Dinner at the trade fair" in member.page.inner_text("main")
    assert declared.constable.display not in member.page.inner_text("main")
    member.follow(member.page.get_by_role("link", name="GH-"))
    shown(member, "chief-officers-entry")
    member.press("Challenge")
    member.page.locator("main input[type=radio]").first.check()
    member.page.locator("textarea").first.fill("Who else was at the table?")
    member.follow(member.page.get_by_role("button", name="Challenge"))
    assert Challenge.objects.get().made_by == declared.governance_member
    reference = Challenge.objects.get().case.reference
    member.open(f"/governance/notes/new/?entry={reference}")
    member.page.get_by_role("radio").first.check()
    for box in member.page.locator("main textarea, main input[type=text]").all():
        box.fill("To be discussed with the chief constable.")
    member.follow(member.page.locator("main button[type=submit]"))
    assert AgendaItem.objects.filter(case__reference=reference).exists()
    member.open(BOARD)
    pack = PdfReader(BytesIO(taken(member, "PDF")))
    assert "Dinner at the trade fair" in "".join(page.extract_text() for page in pack.pages)
    member.open(f"{BOARD}?as=public")
    shown(member, "as-others-would-see-it")


def test_an_inspector_takes_the_return(declared: World, sign_in: SignIn) -> None:
    inspector = sign_in(declared.inspector)
    inspector.open("/oversight/return/")
    shown(inspector, "return")
    assert "3,858" in inspector.page.inner_text("main")
    book = openpyxl.load_workbook(BytesIO(taken(inspector, "workbook")))
    sheet = book["1 Gratuities and hospitality"]
    assert sheet.max_row > 8
