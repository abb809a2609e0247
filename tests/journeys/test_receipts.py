"""A receipt, from the declaration on a phone to the check by somebody who never signed in."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from integrity.audit.sealing import Sealer, seal_all
from integrity.audit.verify_receipt import VerifierKey, check_receipt
from registers.gifts.enums import Status, Verb
from tests import builders
from tests.builders import World, perform
from tests.journeys.conftest import DESKTOP, PHONE, SignIn, Visitor

PICTURES = os.environ.get("PICTURES", "")
EVERYWHERE = (PHONE, DESKTOP)


def seal() -> None:
    seal_all(Sealer.open(), now=timezone.now())


def look_everywhere(visitor: Visitor, name: str) -> None:
    """On a phone and on a desk: nothing for axe, and nothing wider than the page."""
    for viewport in EVERYWHERE:
        visitor.page.set_viewport_size(viewport)
        visitor.look()
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{viewport['width']}.png"
            visitor.page.screenshot(path=path, full_page=True)
    visitor.page.set_viewport_size(PHONE)


@pytest.fixture
def stranger(browser: Browser, live_server: Any) -> Any:
    """Somebody who has not signed in."""
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(10_000)
    yield Visitor(context.new_page(), live_server.url)
    context.close()


def test_a_declarant_keeps_a_receipt_that_anybody_can_check(
    world: World, sign_in: SignIn, stranger: Visitor, ledger_key: VerifierKey, tmp_path: Path
) -> None:
    officer = sign_in(world.constable, viewport=PHONE)
    officer.open("/gifts/quick/")
    officer.fill("What was offered?", "Bottle of wine")
    officer.fill("Who offered it?", "Halcyon Fleet")
    for question, option in (
        ("They are", "An organisation"),
        ("What did you do?", "Declined"),
        ("When?", "Today"),
    ):
        officer.choose(question, option)
    officer.press("Log it")
    look_everywhere(officer, "done")
    officer.press("See and keep your receipt")
    assert officer.reads("This receipt is provisional until the register is next sealed")
    assert officer.reads("Bottle of wine (gift)")
    look_everywhere(officer, "provisional")

    seal()
    officer.page.reload()
    assert officer.reads("Sealed")
    assert not officer.reads("provisional")
    look_everywhere(officer, "sealed")
    with officer.page.expect_download() as coming:
        officer.page.get_by_role("button", name="Download the receipt").click()
    receipt = tmp_path / coming.value.suggested_filename
    coming.value.save_as(receipt)
    assert check_receipt(receipt.read_text("utf-8"), ledger_key).event == "offer declared"

    stranger.open("/ledger/")
    look_everywhere(stranger, "ledger")
    stranger.press("Check a receipt")
    look_everywhere(stranger, "check")
    stranger.page.get_by_label("The receipt’s file").set_input_files(receipt)
    stranger.press("Check the receipt")
    assert stranger.reads("The receipt is valid and sealed")
    assert stranger.reads("The register still holds it as the receipt says.")
    look_everywhere(stranger, "valid")


def test_a_changed_receipt_is_refused_and_an_empty_form_says_what_to_do(
    world: World, stranger: Visitor, ledger_key: VerifierKey
) -> None:
    stranger.open("/ledger/check/")
    stranger.press("Check the receipt")
    assert stranger.reads("There is a problem")
    look_everywhere(stranger, "check-empty")
    stranger.fill("Or paste its text", '{"format": "<script>"}')
    stranger.press("Check the receipt")
    assert stranger.reads("The receipt is not valid")
    look_everywhere(stranger, "invalid")


def test_psd_finds_the_receipt_of_a_decision_on_the_desk(
    world: World, sign_in: SignIn, ledger_key: VerifierKey
) -> None:
    offer = builders.offer_in(Status.WITH_PSD, world)
    perform(Verb.REJECT, offer, by=world.reviewer, in_world=world)
    reviewer = sign_in(world.reviewer)
    reviewer.open(f"/psd/gifts/offer/{offer.pk}/change/")
    look_everywhere(reviewer, "desk")
    reviewer.page.set_viewport_size(DESKTOP)
    reviewer.follow(reviewer.page.get_by_role("link", name="Receipt of").last)
    assert reviewer.reads("Not compliant")
    look_everywhere(reviewer, "decision")
    reviewer.open(f"/gifts/{offer.case.reference}/")
    look_everywhere(reviewer, "site")


def test_a_receipt_prints_without_the_ways_around_the_site(
    world: World, sign_in: SignIn, ledger_key: VerifierKey, tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    offer = builders.declare(world.constable, builders.accepted(50))
    seal()
    officer = sign_in(world.constable)
    officer.open(f"/gifts/{offer.case.reference}/")
    officer.follow(officer.page.get_by_role("link", name="Receipt of"))
    printed = officer.page.pdf(format="A4", print_background=False)
    pages = printed.count(b"/Type /Page\n") or printed.count(b"/Type/Page\n")
    record_property("measured", f"a receipt prints on {pages} pages of A4")
    officer.page.emulate_media(media="print")
    assert not officer.page.get_by_role("button", name="Download the receipt").is_visible()
    assert officer.page.get_by_role("img", name="QR code").is_visible()
    if PICTURES:
        officer.page.screenshot(path=Path(PICTURES) / "print.png", full_page=True)
        (Path(PICTURES) / "print.pdf").write_bytes(printed)


def test_the_head_of_psd_says_who_keeps_the_checkpoints(world: World, sign_in: SignIn) -> None:
    head = sign_in(world.psd_head)
    head.open(f"/psd/people/force/{world.northmoor.pk}/change/")
    look_everywhere(head, "force")
    head.page.set_viewport_size(DESKTOP)
    head.page.get_by_label("Addresses to which checkpoints are mailed").fill("keeper@body.example")
    head.follow(head.page.get_by_role("button", name="Save", exact=True))
    world.northmoor.refresh_from_db()
    assert world.northmoor.checkpoint_addresses == ["keeper@body.example"]
