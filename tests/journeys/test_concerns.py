"""A concern without a name: sent by a visitor, answered by PSD, read with its code and answered again."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from registers.investigations.models import Concern, InvestigationPolicy
from tests.builders import World
from tests.investigations import investigation_policies
from tests.journeys.conftest import DESKTOP, PHONE, SignIn, Visitor

LOOKS = [(PHONE, True), (DESKTOP, True), (PHONE, False), (DESKTOP, False)]
NARROW: ViewportSize = {"width": 320, "height": 568}
WORDS = "Computers leave the stores at night.\n\nAsk who has the key."
Stranger = Callable[..., Visitor]


class Quiet(Visitor):
    """axe is script, which this browser does not run."""

    def look(self) -> None:
        return


@pytest.fixture
def stranger(browser: Browser, live_server: Any) -> Iterator[Stranger]:
    """Somebody who has not signed in, each in a browser of their own."""
    contexts: list[BrowserContext] = []

    def come(*, viewport: ViewportSize, script: bool = True) -> Visitor:
        context = browser.new_context(viewport=viewport, java_script_enabled=script)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return (Visitor if script else Quiet)(context.new_page(), live_server.url)

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def forces(world: World) -> World:
    investigation_policies(world)
    InvestigationPolicy.objects.filter(department=world.alliance_psd).update(
        reporting_line_name="Speak up",
        reporting_line_phone="0800 496 0000",
        reporting_line_url="https://speak-up.example/northmoor-and-eastvale/in-confidence",
    )
    return world


def code_shown(visitor: Visitor) -> str:
    found = re.search(r"(?:[2-9A-Z]{5}-){3}[2-9A-Z]{5}", visitor.page.inner_text("main"))
    assert found
    return found[0]


def fits(visitor: Visitor) -> bool:
    wide: int = visitor.page.evaluate("document.documentElement.scrollWidth")
    return wide <= (visitor.page.viewport_size or DESKTOP)["width"]


@pytest.mark.parametrize(("viewport", "script"), LOOKS)
def test_a_concern_is_sent_answered_read_and_answered_again(
    forces: World, stranger: Stranger, sign_in: SignIn, viewport: ViewportSize, script: bool
) -> None:
    visitor = stranger(viewport=viewport, script=script)
    visitor.open("/sign-in/")
    visitor.press("Send a concern without giving your name")
    assert visitor.reads("not a whistleblowing service")
    assert visitor.reads("Speak up")
    assert fits(visitor)
    visitor.press("Send Northmoor Police a concern")
    assert fits(visitor)
    visitor.press("Send")
    assert visitor.reads("There is a problem")
    visitor.fill("What are you concerned about?", WORDS)
    visitor.press("Send")
    code = code_shown(visitor)
    assert code not in visitor.page.url
    assert fits(visitor)

    reviewer = sign_in(forces.reviewer, viewport=viewport, script=script)
    desk = reviewer if script else Quiet(reviewer.page, reviewer.base)
    desk.open("/psd/")
    desk.press("Concerns without a name")
    assert desk.reads("Waits for a reply.")
    assert fits(desk)
    desk.press(str(Concern.objects.get()))
    assert desk.reads("Ask who has the key.")
    assert fits(desk)
    desk.fill("Reply", "Which stores?")
    desk.press("Send the reply")
    assert desk.reads("The sender reads it with their code.")

    later = stranger(viewport=viewport, script=script)
    later.open("/concerns/")
    later.press("Read replies with your code")
    later.fill("Your code", code[:-1])
    later.press("Read")
    assert later.reads("No concern has this code.")
    later.fill("Your code", code.lower())
    later.press("Read")
    assert later.reads("Which stores?")
    assert later.reads("Ask who has the key.")
    assert not later.reads(forces.reviewer.last_name)
    assert fits(later)
    later.fill("Write more", "Those in the yard.")
    later.press("Send")
    assert later.reads("Your message was sent.")
    later.page.reload()
    assert later.page.get_by_text("Those in the yard.").count() == 1
    assert code not in later.page.url

    desk.open("/psd/concerns/")
    assert desk.reads("Waits for a reply.")


def test_a_button_pressed_twice_sends_one_and_a_reload_shows_its_code(
    forces: World, stranger: Stranger
) -> None:
    visitor = stranger(viewport=PHONE, script=False)
    visitor.open("/concerns/send/NMR/")
    visitor.fill("What are you concerned about?", WORDS)
    visitor.page.get_by_role("button", name="Send", exact=True).dblclick(no_wait_after=True)
    visitor.page.get_by_text("Your concern was sent").wait_for()
    code = code_shown(visitor)
    visitor.page.reload()
    assert code_shown(visitor) == code
    assert Concern.objects.count() == 1


def test_the_pages_fit_the_narrowest_screen_and_refuse_politely(
    forces: World, stranger: Stranger
) -> None:
    InvestigationPolicy.objects.update(concerns_per_hour=1)
    visitor = stranger(viewport=NARROW)
    for words in ("One.", "Two."):
        visitor.open("/concerns/")
        assert fits(visitor)
        visitor.press("Send Eastvale Police a concern")
        assert fits(visitor)
        visitor.fill("What are you concerned about?", words)
        visitor.press("Send")
        assert fits(visitor)
    assert visitor.reads("Nothing was sent. Try again after")
    assert visitor.reads("Speak up")


def test_whoever_is_signed_in_is_nobody_here(forces: World, sign_in: SignIn) -> None:
    officer = sign_in(forces.constable, viewport=PHONE)
    officer.press("Send PSD a concern without giving your name")
    assert not officer.page.get_by_text(forces.constable.last_name).count()
    officer.press("Send Northmoor Police a concern")
    officer.fill("What are you concerned about?", WORDS)
    officer.press("Send")
    assert code_shown(officer)
    officer.open("/")
    assert officer.reads("My record")
