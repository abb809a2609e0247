"""What PSD does with a flag of the press office, in a browser: from the referral to the outcome."""

from datetime import date

import pytest
from django.utils import timezone

from registers.investigations.enums import Outcome, Status
from registers.investigations.models import Investigation
from registers.media_contacts import actions as press
from tests import builders, contacts
from tests.builders import World
from tests.investigations import investigation_policies, open_one
from tests.journeys.conftest import DESKTOP, PHONE, SignIn, Visitor

# Keys pressed and buttons or links clicked, over the pages of a journey.
COUNT = """
for (const event of ["keydown", "click"]) {
  addEventListener(event, () => {
    sessionStorage[event] = Number(sessionStorage[event] || 0) + 1;
  }, true);
}
"""
FLAG = "Possible leak: Raid at dawn"


@pytest.fixture
def world(transactional_db: None) -> World:
    who = builders.world()
    investigation_policies(who)
    return who


def flag_a_leak(world: World) -> None:
    """The press office flags coverage whose source nobody knows."""
    now = timezone.now()
    contacts.outlets(world)
    facts = contacts.CoverageFacts(
        published_on=timezone.localdate(now), headline="Raid at dawn", outlet=contacts.GAZETTE
    )
    by = world.press_officer
    coverage = press.add_coverage(facts=facts, force=world.northmoor, by=by, now=now)
    press.flag_coverage(coverage, why="It named the street before we did.", by=by, now=now)


def fits(visitor: Visitor) -> None:
    """axe finds nothing on a wide page or on a phone, where nothing is cut off at the side."""
    visitor.look()
    visitor.page.set_viewport_size(PHONE)
    visitor.look()
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{visitor.page.url} is {width} wide"
    visitor.page.set_viewport_size(DESKTOP)


def fill_date(visitor: Visitor, question: str, day: date) -> None:
    group = visitor.page.get_by_role("group", name=question)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part, exact=True).fill(str(value))


def test_a_flag_becomes_an_investigation_that_ends_with_advice(
    world: World, sign_in: SignIn
) -> None:
    flag_a_leak(world)
    today = timezone.localdate()
    reviewer = sign_in(world.reviewer)
    reviewer.open("/psd/")
    fits(reviewer)
    reviewer.press("Referrals for investigation")
    fits(reviewer)

    reviewer.page.add_init_script(COUNT)
    reviewer.page.reload()
    reviewer.page.evaluate("sessionStorage.clear()")
    reviewer.press(f"Open an investigation about {FLAG}")
    fits(reviewer)
    reviewer.press("Open the investigation")
    counted = reviewer.page.evaluate("({...sessionStorage})")
    assert counted == {"click": "2"}, "two clicks, and no key"
    investigation = Investigation.objects.get()
    assert investigation.title == FLAG
    assert investigation.kind_label == "Disclosure of information: To or with the local media"
    fits(reviewer)

    reviewer.press("Assign")
    fits(reviewer)
    reviewer.choose("Reviewer", f"{world.reviewer.display} (you)")
    reviewer.press("Assign")

    reviewer.press("Refer to an external body")
    fits(reviewer)
    reviewer.fill("To which body?", "Independent Office for Police Conduct")
    fill_date(reviewer, "When was it referred?", today)
    reviewer.fill("Its reference there (optional)", "2026/118")
    reviewer.fill("Reason", "The leak may have endangered somebody.")
    reviewer.press("Refer it")

    reviewer.press("Record its return")
    fits(reviewer)
    fill_date(reviewer, "When did it come back?", today)
    reviewer.fill(
        "What did they find, or why did it come back?", "It is for the force to deal with."
    )
    reviewer.press("Record its return")

    reviewer.press("Say whom it is about")
    fits(reviewer)
    reviewer.choose("Whom is it about?", "Somebody who is known")
    reviewer.page.get_by_label("Name or number", exact=True).press_sequentially("colleague")
    reviewer.page.get_by_role("option", name=world.colleague.display).click()
    reviewer.press("Save")

    reviewer.press("Close")
    fits(reviewer)
    reviewer.choose("How did it end?", "Management advice or warning")
    fill_date(reviewer, "Date of the outcome", today)
    reviewer.fill("Reason", "He talked to a friend on the paper.")
    reviewer.fill(
        "Lessons to publish (optional)", "Operations are talked of at work, or not at all."
    )
    reviewer.press("Close the investigation")
    fits(reviewer)
    closed = Investigation.objects.get()
    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.ADVICE)
    assert closed.case.subject == world.colleague

    reviewer.open("/psd/investigations/investigation/?queue=closed")
    fits(reviewer)
    assert FLAG in reviewer.page.inner_text("body")
    reviewer.open("/psd/referrals/")
    fits(reviewer)
    assert closed.case.reference in reviewer.page.inner_text("body")


def test_the_other_pages_of_the_register(world: World, sign_in: SignIn) -> None:
    open_one(world, now=timezone.now())
    flag_a_leak(world)
    reviewer = sign_in(world.psd_head)
    reviewer.open("/psd/referrals/")
    reviewer.press(f"Add to one that is open about {FLAG}")
    fits(reviewer)
    reviewer.press("Add the referral")
    fits(reviewer)
    reviewer.open("/psd/referrals/")
    reviewer.press(f"Set aside about {FLAG}")
    fits(reviewer)
    for path in (
        "/psd/investigations/open/",
        "/psd/investigations/figures/",
        "/psd/investigations/investigation/",
        "/psd/investigations/investigationpolicy/",
    ):
        reviewer.open(path)
        fits(reviewer)
    reviewer.open("/psd/investigations/figures/")
    reviewer.choose("Opened when?", "On other days")
    reviewer.press("Show the figures")
    fits(reviewer)
    assert "Enter the first day" in reviewer.page.inner_text("body")
    investigation = Investigation.objects.get()
    reviewer.open(f"/psd/investigations/investigation/{investigation.pk}/change/")
    for verb in ("Say what it is about", "Assess the risk", "Suspend or restrict duties"):
        reviewer.press(verb)
        fits(reviewer)
        reviewer.press("Cancel")
    reviewer.press("Record a post on social media")
    fits(reviewer)


def test_a_category_and_its_kind_are_chosen_without_script(world: World, sign_in: SignIn) -> None:
    flag_a_leak(world)
    page = sign_in(world.reviewer, script=False).page
    page.get_by_role("link", name="PSD desk").first.click()
    page.get_by_role("link", name="Referrals for investigation").click()
    page.get_by_role("link", name="Open an investigation about").click()
    page.get_by_label("Relationship with the media").check()
    group = page.get_by_role("group", name="With which media?")
    group.get_by_label("To or with the national media").check()
    page.get_by_label("Somebody who is known").check()
    page.get_by_label("Name or number").fill(world.colleague.number)
    page.get_by_role("button", name="Open the investigation").click()
    investigation = Investigation.objects.get()
    assert investigation.kind_label == (
        "Relationship with the media: To or with the national media"
    )
    assert investigation.case.subject == world.colleague
