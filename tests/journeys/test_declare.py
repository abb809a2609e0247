"""What a declarant does, in a browser."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from integrity.casework.models import Case, Draft
from registers.gifts.enums import ItemDecision, Status
from registers.gifts.models import Offer
from registers.organisations.actions import find_or_create
from tests import procurement
from tests.builders import World
from tests.journeys.conftest import PHONE, SignIn, Visitor

SECONDS_A_KEY = 60 / (40 * 5)  # 40 words a minute of five letters, as the issue counts
SECONDS_A_TAP = 1.5


def wait_until_saved(visitor: Visitor) -> None:
    visitor.page.get_by_text("Saved at").wait_for()


def test_a_declined_gift_is_logged_on_a_phone_in_under_a_minute(
    world: World, sign_in: SignIn, record_property: Callable[[str, object], None]
) -> None:
    officer = sign_in(world.constable, viewport=PHONE)
    officer.open("/gifts/quick/")
    bottom = officer.page.evaluate(
        "Math.max(...[...document.querySelectorAll('main form *')].map(e => e.getBoundingClientRect().bottom))"
    )
    assert bottom <= PHONE["height"], f"the form ends {bottom} pixels down"

    keys = taps = 0
    started = time.monotonic()
    for label, words in (
        ("What was offered?", "Bottle of wine"),
        ("Who offered it?", "Halcyon Fleet"),
        ("Worth about (optional)", "12"),
    ):
        field = officer.page.get_by_label(label, exact=True)
        field.click()
        taps += 1
        field.press_sequentially(words)
        keys += len(words)
    for question, option in (
        ("They are", "An organisation"),
        ("What did you do?", "Declined"),
        ("When?", "Today"),
    ):
        officer.choose(question, option)
        taps += 1
    officer.press("Log it")
    taps += 1
    human = keys * SECONDS_A_KEY + taps * SECONDS_A_TAP + (time.monotonic() - started)
    record_property(
        "measured",
        f"quick log: {keys} keystrokes and {taps} taps, {human:.0f} seconds "
        "at 40 words a minute and 1.5 seconds a tap",
    )
    assert human < 60

    offer = Offer.objects.get()
    assert officer.reads(offer.case.reference)
    assert offer.status == Status.RECORDED
    assert offer.items.get().decision == ItemDecision.DECLINED


def declare_dinner(officer: Visitor) -> None:
    """Up to the page where the answers are checked: a dinner accepted with a failed GIFT question."""
    officer.open("/gifts/start/")
    officer.press("Start")
    officer.choose("Who was the offer made to?", "Me")
    officer.choose("Who made the offer?", "An organisation")
    officer.fill("Name of the organisation", "Halcyon Fleet Ltd")
    officer.page.get_by_label("What are they to the force?").select_option("prospective_supplier")
    fill_yesterday(officer.page)
    officer.press("Continue")
    officer.fill("What was it?", "Dinner at a trade fair")
    officer.page.get_by_label("What kind of thing is it?").select_option("hospitality")
    officer.choose("What did you do?", "I accepted it")
    officer.page.get_by_label("Why did you accept?").select_option(index=1)
    officer.choose("For whom did you accept it?", "For myself")
    officer.choose("What is it worth?", "I can estimate it")
    officer.fill("About how much?", "40")
    officer.press("Continue")
    officer.press("Continue")
    for word in ("Genuine", "Free", "Transparent"):
        officer.page.locator(f"input[name={word.lower()}][value=yes]").check()
    officer.page.locator("input[name=independent][value=no]").check()


def fill_yesterday(page: Page) -> None:
    day = timezone.localdate() - timedelta(days=1)
    for part in ("day", "month", "year"):
        page.locator(f"input[name=offered_on_{part}]").fill(str(getattr(day, part)))


def test_hospitality_accepted_with_a_failed_gift_question_goes_to_psd(
    world: World, sign_in: SignIn
) -> None:
    officer = sign_in(world.constable)
    declare_dinner(officer)
    officer.press("Continue")
    assert officer.reads("There is a problem")
    officer.fill(
        "If any answer is no, why was it accepted? (optional)", "It was paid before I knew."
    )
    officer.press("Continue")
    assert officer.reads("At least one answer is no")
    officer.press("Submit")
    assert officer.reads("Waiting for PSD")
    assert Offer.objects.get().status == Status.WITH_PSD
    assert not Draft.objects.exists()


def test_a_draft_survives_the_browser_being_closed(world: World, sign_in: SignIn) -> None:
    first = sign_in(world.constable)
    first.open("/gifts/start/")
    first.press("Start")
    first.page.get_by_label("Where and why was it offered?").press_sequentially("At the front desk")
    wait_until_saved(first)
    first.page.context.close()

    again = sign_in(world.constable)
    again.follow(again.page.get_by_role("link", name="Declaration"))
    circumstances = again.page.get_by_label("Where and why was it offered?")
    assert circumstances.input_value() == "At the front desk"


def test_a_double_click_on_submit_makes_one_entry(world: World, sign_in: SignIn) -> None:
    officer = sign_in(world.constable, script=False)
    officer.page.goto(officer.base + "/gifts/quick/")
    for label, words in (("What was offered?", "Chocolates"), ("Who offered it?", "Ann Example")):
        officer.page.get_by_label(label, exact=True).fill(words)
    for question, option in (
        ("They are", "A person"),
        ("What did you do?", "Declined"),
        ("When?", "Today"),
    ):
        officer.choose(question, option)
    officer.page.get_by_role("button", name="Log it").dblclick()
    officer.page.wait_for_url("**/done/")
    assert Case.objects.count() == 1


def test_everything_works_without_script(world: World, sign_in: SignIn) -> None:
    officer = sign_in(world.constable, script=False)
    officer.look = lambda: None  # type: ignore[method-assign]  # axe is script itself
    declare_dinner(officer)
    officer.fill(
        "If any answer is no, why was it accepted? (optional)", "It was paid before I knew."
    )
    officer.press("Continue")
    officer.press("Submit")
    assert Offer.objects.get().status == Status.WITH_PSD


def test_the_guide_answers_and_carries_its_answers_into_the_form(
    world: World, sign_in: SignIn
) -> None:
    officer = sign_in(world.constable, viewport=PHONE)
    officer.open("/gifts/guide/")
    officer.choose("What are you offered?", "A meal, a ticket or an event")
    officer.page.get_by_label("Who offers it?").select_option("contractor")
    officer.fill("About how much is it worth? (optional)", "30")
    officer.press("Can I accept it?")
    assert officer.reads("The presumption is to decline.")
    assert officer.reads("PSD decides")
    officer.press("Record the offer")
    assert officer.page.get_by_label("What are they to the force?").input_value() == "contractor"


def test_pages_a_declarant_reads(world: World, sign_in: SignIn) -> None:
    officer = sign_in(world.constable, viewport=PHONE)
    paths = "/policies/ /notices/ /account/ /account/password/ /gifts/refreshments/ /accessibility/ /privacy/"
    for path in paths.split():
        officer.open(path)
        assert officer.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_known_organisations_are_suggested_and_chosen_by_keyboard(
    world: World, sign_in: SignIn
) -> None:
    procurement.contract(world.northmoor, "Halcyon Fleet Ltd")
    find_or_create(name="Halcyon Harbour Ltd", department=world.harbour_psd)
    officer = sign_in(world.constable)
    officer.open("/gifts/quick/")
    field = officer.page.get_by_label("Who offered it?", exact=True)
    field.press_sequentially("halc")
    officer.page.get_by_role("option").first.wait_for()
    assert officer.page.get_by_role("option").all_inner_texts() == ["Halcyon Fleet Ltd"]
    officer.look()
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == "Halcyon Fleet Ltd"
