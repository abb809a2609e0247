"""Applying for a business interest, in a browser."""

import os
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize

from integrity.casework.models import Draft
from integrity.people.enums import MemberType
from integrity.people.models import Grade, User
from registers.business_interests.enums import Category, Status
from registers.business_interests.models import Interest, InterestPolicy
from tests import builders
from tests.builders import World
from tests.interests import interest_in
from tests.journeys.conftest import DESKTOP, PHONE, SignIn, Visitor

SIZES = [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop")]
QUESTIONS = (
    "Would police knowledge or contacts be used?",
    "Does the organisation supply the force, or want to?",
    "Could it reflect on the force?",
)


def see(visitor: Visitor, name: str) -> None:
    """The page is no wider than the window; with SCREENSHOTS set, a picture of it is kept."""
    width = visitor.page.viewport_size or PHONE
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width["width"]
    if folder := os.environ.get("SCREENSHOTS"):
        path = Path(folder) / f"{name}-{width['width']}.png"
        visitor.page.screenshot(path=path, full_page=True)


def detective(world: World) -> User:
    grade = Grade.objects.create(force=world.northmoor, name="Detective constable", short="DC")
    return builders.person(
        "detective_example", grade=grade, force=world.northmoor, line_manager=world.sergeant
    )


def pcso(world: World) -> User:
    """A community support officer of 37 hours, with an approved job of eight."""
    grade = Grade.objects.create(
        force=world.northmoor, name="Community support officer", short="PCSO"
    )
    person = builders.person(
        "pcso_example",
        grade=grade,
        member_type=MemberType.STAFF,
        force=world.northmoor,
        line_manager=world.sergeant,
        weekly_hours=Decimal(37),
    )
    interest_in(Status.APPROVED, world, subject=person, hours_a_week=Decimal(8))
    return person


def begin(visitor: Visitor, kind: str) -> None:
    visitor.open("/interests/start/")
    see(visitor, "start")
    visitor.press("Start")
    visitor.choose("Whose interest is it?", "Mine")
    visitor.choose("What kind of interest is it?", kind)
    see(visitor, "holder")
    visitor.press("Continue")


def no_conflict(visitor: Visitor) -> None:
    for question in QUESTIONS:
        visitor.choose(question, "No")
    see(visitor, "conflict")
    visitor.press("Continue")


@pytest.mark.parametrize("viewport", SIZES)
def test_a_detective_lets_a_flat_and_is_asked_for_the_managing_agent(
    world: World, sign_in: SignIn, viewport: ViewportSize
) -> None:
    InterestPolicy.objects.update(letting_needs_agent=True)
    officer = sign_in(detective(world), viewport=viewport)
    begin(officer, "Property letting")
    officer.fill("What is let?", "A flat with two bedrooms")
    see(officer, "work")
    officer.press("Continue")
    officer.fill("Address of the property", "4 Quay Row, Harbour Town")
    assert officer.reads("Your force lets property only through a managing agent")
    officer.choose("Is it let through a managing agent?", "Yes")
    officer.press("Continue")
    assert officer.reads("Enter the name of the managing agent")
    see(officer, "property")
    officer.fill("Name of the managing agent", "Halcyon Lettings Ltd")
    officer.press("Continue")
    no_conflict(officer)
    assert officer.reads("Halcyon Lettings Ltd")
    assert not officer.reads("Hours a week")
    see(officer, "check")
    officer.press("Send the application")
    see(officer, "done")
    interest = Interest.objects.get()
    assert (interest.category, interest.managing_agent) == (
        Category.LETTING,
        "Halcyon Lettings Ltd",
    )
    assert interest.hours_a_week is None
    assert interest.status == Status.WITH_SUPERVISOR
    assert not Draft.objects.exists()


@pytest.mark.parametrize("viewport", SIZES)
def test_a_second_job_past_48_hours_says_what_that_means(
    world: World, sign_in: SignIn, viewport: ViewportSize
) -> None:
    officer = sign_in(pcso(world), viewport=viewport)
    begin(officer, "Waged employment")
    officer.page.get_by_label("What is the job?").press_sequentially("Door supervis")
    officer.page.get_by_label("What is the job?").press_sequentially("or at a club")
    officer.page.get_by_text("What your force says of ‘Door supervision’").wait_for()
    officer.look()
    see(officer, "work-listed")
    officer.fill("What is the job?", "Barista")
    officer.page.get_by_text("What your force says of").wait_for(state="detached")
    officer.press("Continue")
    officer.fill("Name of the employer", "Harbour Coffee")
    officer.press("Continue")
    officer.fill("Hours a week", "8")
    officer.choose("In which weeks?", "Some weeks only")
    officer.fill("In how many of 17 weeks?", "10")
    see(officer, "hours")
    officer.press("Continue")
    assert officer.reads("49.71 hours in an average week. That is more than 48.")
    assert officer.reads("8 hours in 10 of 17 weeks")
    assert officer.reads("This does not decide anything.")
    see(officer, "working-time")
    officer.choose("Have you opted out of the 48-hour week in writing?", "No")
    officer.press("Continue")
    no_conflict(officer)
    assert officer.reads("49.71")
    see(officer, "check-hours")
    officer.press("Send the application")
    interest = Interest.objects.get(occupation="Barista")
    assert (interest.average_hours, interest.opted_out) == (Decimal("49.71"), False)


def test_an_application_needs_no_script(world: World, sign_in: SignIn) -> None:
    officer = sign_in(detective(world), script=False)
    officer.look = lambda: None  # type: ignore[method-assign]  # axe is script itself
    begin(officer, "Waged employment")
    officer.fill("What is the job?", "Taxi driver")
    officer.press("Continue")
    assert officer.reads("What your force says of ‘Driver’: allowed with conditions only.")
    officer.fill("Name of the employer", "Quay Cabs")
    officer.press("Continue")
    officer.fill("Hours a week", "4")
    officer.choose("In which weeks?", "Every week")
    officer.press("Continue")
    no_conflict(officer)
    assert officer.reads("What your force says of ‘Driver’")
    officer.page.get_by_label("Papers").set_input_files(
        [{"name": "offer.txt", "mimeType": "text/plain", "buffer": b"Dear Sir"}]
    )
    officer.press("Send the application")
    assert Interest.objects.get().case.attachments.get().name == "offer.txt"


def test_a_draft_is_taken_up_where_it_was_left(world: World, sign_in: SignIn) -> None:
    officer = sign_in(detective(world))
    begin(officer, "Paid hobby")
    officer.page.get_by_label("What is the hobby?").press_sequentially("Wedding cakes")
    officer.page.get_by_text("Saved at").wait_for()
    officer.open("/")
    officer.press("Application: Wedding cakes")
    officer.press("Continue")
    assert officer.page.get_by_label("What is the hobby?").input_value() == "Wedding cakes"
