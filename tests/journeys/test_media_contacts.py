"""What an officer does after speaking to a journalist, in a browser."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import ViewportSize

from integrity.casework.models import Case
from registers.media_contacts.enums import Basis, Channel, Status, Verb
from registers.media_contacts.models import ChiefStatement, Contact
from tests import contacts
from tests.builders import World
from tests.contacts import GAZETTE
from tests.journeys.conftest import DESKTOP, PHONE, SignIn, Visitor
from tests.journeys.test_declare import SECONDS_A_KEY, SECONDS_A_TAP

LARGER_PHONE: ViewportSize = {"width": 375, "height": 812}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
LOG = "/media/log/"
END_OF_FORM = "document.querySelector('main form .govuk-button').getBoundingClientRect().bottom"
WIDTH = "document.querySelector('main').scrollWidth"
ANSWERS = (
    ("When?", "Today"),
    ("On what basis?", "Reportable"),
    ("Am I the person responsible for communicating about this?", "Yes"),
    ("Is there a policing purpose?", "Yes"),
    ("Press office told?", "Yes"),
)
CHOSEN = (("How?", Channel.PHONE), ("Press card seen?", "remote"))


def answer(officer: Visitor) -> None:
    """All but the names and what it was about."""
    for question, option in ANSWERS:
        officer.choose(question, option)
    for label, value in CHOSEN:
        officer.page.get_by_label(label).select_option(value)


def names(officer: Visitor, journalist: str = "Priya Nair", outlet: str = GAZETTE) -> None:
    officer.fill("Journalist", journalist)
    officer.fill("Outlet", outlet)
    officer.fill("About what?", "Bike marking on Saturday")


def fits(officer: Visitor, width: int) -> bool:
    return officer.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_sergeant_logs_a_call_from_the_local_paper_in_under_45_seconds(
    world: World, sign_in: SignIn, record_property: Callable[[str, object], None]
) -> None:
    contacts.outlets(world)
    contacts.log(world.constable)  # the paper has rung before
    officer = sign_in(world.sergeant, viewport=LARGER_PHONE)
    officer.open(LOG)
    bottom = officer.page.evaluate(END_OF_FORM)
    assert bottom <= LARGER_PHONE["height"], f"the form ends {bottom} pixels down"

    page, keys, taps = officer.page, 0, 0
    started = time.monotonic()
    journalist = page.get_by_label("Journalist", exact=True)
    journalist.click()
    journalist.press_sequentially("pri")
    page.get_by_role("option", name="Priya Nair").click()
    about = page.get_by_label("About what?", exact=True)
    about.click()
    about.press_sequentially("Bike marking on Saturday")
    keys += len("pri") + len("Bike marking on Saturday")
    taps += 3
    answer(officer)
    taps += len(ANSWERS) + 2 * len(CHOSEN)  # a list is opened, and one of it chosen
    assert page.get_by_label("Outlet", exact=True).input_value() == GAZETTE
    officer.press("Log it")
    taps += 1
    human = keys * SECONDS_A_KEY + taps * SECONDS_A_TAP + (time.monotonic() - started)
    record_property(
        "measured",
        f"log of a media contact: {keys} keystrokes and {taps} taps, {human:.0f} seconds at 40 words "
        f"a minute and 1.5 seconds a tap; the form ends {bottom:.0f} pixels down of 812",
    )
    assert human < 45

    contact = Contact.objects.get(case__subject=world.sergeant)
    assert officer.reads(contact.case.reference)
    assert contact.with_whom == f"Priya Nair, {GAZETTE}"
    assert (contact.channel, contact.basis) == (Channel.PHONE, Basis.REPORTABLE)


@pytest.mark.parametrize("viewport", [SMALLEST, PHONE, DESKTOP])
def test_the_log_reflows_on_small_screens_and_with_large_text(
    world: World, sign_in: SignIn, viewport: ViewportSize
) -> None:
    officer = sign_in(world.staff_officer, viewport=viewport)
    officer.open(LOG)
    officer.page.locator("summary").last.click()
    officer.choose("When?", "Earlier")
    officer.choose("On what basis?", "Embargoed")
    for name in ("responsible", "policing_purpose"):
        officer.page.locator(f"input[name={name}][value=no]").check()
    officer.look()
    assert fits(officer, viewport["width"])
    officer.press("Log it")
    assert fits(officer, viewport["width"])
    officer.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert officer.page.evaluate(WIDTH) <= viewport["width"]


def test_an_event_of_several_people_is_logged_once_and_its_dinner_declared(
    world: World, sign_in: SignIn
) -> None:
    officer = sign_in(world.constable)
    officer.open(LOG)
    names(officer)
    answer(officer)
    officer.page.locator("summary").last.click()
    others = officer.page.get_by_label("Others of the force who took part (optional)")
    for typed in ("ps serg", "colle"):
        others.press_sequentially(typed)
        officer.page.locator(".ir-suggest__option").first.wait_for()
        officer.look()
        others.press("ArrowDown")
        others.press("Enter")
    assert others.input_value() == f"{world.sergeant.display}, {world.colleague.display}, "
    officer.fill("Other journalists (optional)", "Tom Hale, Daily Courier")
    officer.choose("Was anything offered?", "Something to eat, drink or take")
    officer.press("Log it")
    contact = Contact.objects.get()
    assert {each.officer for each in contact.other_officers.all()} == {
        world.sergeant,
        world.colleague,
    }
    officer.press("Declare what was offered")
    assert officer.page.get_by_label("Name of the organisation").input_value() == GAZETTE

    colleague = sign_in(world.colleague, viewport=PHONE)
    colleague.open("/notices/")
    colleague.open(f"/media/{contact.case.reference}/")
    assert colleague.reads("Daily Courier")
    assert not colleague.page.locator(".ir-verb").count()
    assert fits(colleague, PHONE["width"])


def test_an_outlet_that_was_typed_is_not_replaced_by_a_suggestion(
    world: World, sign_in: SignIn
) -> None:
    contacts.log(world.constable)
    officer = sign_in(world.sergeant)
    officer.open(LOG)
    officer.fill("Outlet", "Radio North")
    officer.page.get_by_label("Journalist", exact=True).press_sequentially("pri")
    officer.page.get_by_role("option", name="Priya Nair").click()
    assert officer.page.get_by_label("Outlet", exact=True).input_value() == "Radio North"


def test_an_embargo_without_script(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    agreement = tmp_path / "agreement.pdf"
    agreement.write_bytes(b"%PDF-1.7 signed")
    lifts = timezone.localdate() + timedelta(days=2)
    officer = sign_in(world.constable, script=False)
    officer.look = lambda: None  # type: ignore[method-assign]  # axe is script itself
    officer.open(LOG)
    names(officer)
    answer(officer)
    officer.choose("On what basis?", "Embargoed")
    officer.press("Log it")
    for sentence in ("Enter the day it lifts", "Attach the signed embargo agreement."):
        assert officer.reads(sentence)
    for part in ("day", "month", "year"):
        officer.page.locator(f"input[name=embargo_day_{part}]").fill(str(getattr(lifts, part)))
    officer.page.get_by_label("At what time?").fill("18:30")
    officer.page.locator("input[type=file]").set_input_files(agreement)
    officer.press("Log it")
    contact = Contact.objects.get()
    assert contact.agreement is not None
    officer.press("See the entry")
    assert officer.reads("Nothing may be published before then.")


def test_a_double_click_makes_one_contact(world: World, sign_in: SignIn) -> None:
    officer = sign_in(world.constable, script=False)
    officer.page.goto(officer.base + LOG)
    names(officer)
    answer(officer)
    officer.page.get_by_role("button", name="Log it").dblclick()
    officer.page.wait_for_url("**/done/")
    assert Case.objects.count() == 1


def test_a_request_is_answered_corrected_and_withdrawn(world: World, sign_in: SignIn) -> None:
    contact = contacts.route(world.constable, by=world.press_officer)
    officer = sign_in(world.constable, viewport=PHONE)
    officer.press("Say what came of a request from the media")
    officer.press("Say what happened")
    assert officer.page.get_by_label("Journalist", exact=True).input_value() == "Priya Nair"
    answer(officer)
    officer.press("Log it")
    assert officer.reads("Waiting for the press office to acknowledge it")
    officer.press("Correct this entry")
    officer.fill("About what?", "Another burglary")
    officer.fill("What was wrong?", "It was in another lane.")
    officer.press("Save the correction")
    assert officer.reads("Another burglary")
    officer.press("Withdraw this entry")
    officer.page.get_by_label("Reason").fill("Logged twice.")
    officer.press("Withdraw this entry")
    contact.refresh_from_db()
    assert contact.status == Status.WITHDRAWN


def test_the_guide_and_a_question_from_the_press_office(world: World, sign_in: SignIn) -> None:
    contact = contacts.log(world.constable)
    contacts.perform(Verb.ASK, contact, by=world.press_officer)
    officer = sign_in(world.constable, viewport=PHONE)
    officer.press("Must I log this?")
    assert officer.reads("Yes. Log it.")
    officer.open(f"/media/{contact.case.reference}/")
    officer.press("Answer the questions")
    officer.page.locator("textarea").fill("It was not.")
    officer.press("Send my answers")
    assert officer.reads("Waiting for the press office to acknowledge it")
    assert fits(officer, PHONE["width"])


def test_a_chief_officer_states_that_there_were_none(world: World, sign_in: SignIn) -> None:
    chief = sign_in(world.chief, viewport=PHONE)
    chief.press("State your media contacts")
    chief.follow(chief.page.get_by_role("button", name="State that there were none"))
    assert chief.reads("Every quarter that is over has been stated.")
    statement = ChiefStatement.objects.get()
    assert statement.nil
    assert statement.quarter < date.today()  # noqa: DTZ011 - any clock will do
