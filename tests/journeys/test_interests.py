"""The life of a business interest as those who keep it live it, in a browser; applying is in
test_interests_apply.py."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from integrity.casework.clocks import add_months
from integrity.people.actions import change_person
from integrity.people.models import User
from registers.business_interests.enums import Status, Verb
from registers.business_interests.models import Interest
from tests import builders, interests
from tests.builders import World
from tests.interests import fresh, interest_in, perform
from tests.journeys.conftest import PHONE, SignIn, Visitor


@pytest.fixture
def now(db: Any) -> datetime:
    return timezone.now()


def open_on_desk(reviewer: Visitor, interest: Interest, queue: str) -> None:
    reviewer.open(f"/psd/business_interests/interest/?queue={queue}")
    reviewer.follow(reviewer.page.get_by_role("link", name=interest.case.reference))


def stands_at(interest: Interest) -> str:
    return fresh(interest).status


def fill_date(visitor: Visitor, question: str, day: date) -> None:
    group = visitor.page.get_by_role("group", name=question)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part, exact=True).fill(str(value))


def say_yes_or_no(visitor: Visitor, answers: dict[str, str]) -> None:
    for question, answer in answers.items():
        visitor.choose(question, answer)


VIEW = {
    "Are you concerned about their performance or attendance?": "No",
    "Are you concerned about their welfare or rest?": "No",
    "Does it conflict with their role?": "No",
}
UNCHANGED = {
    "Have the circumstances changed?": "No",
    "Have the hours changed?": "No",
    "Has your role in the force changed?": "No",
}


def test_supervisor_returns_applicant_answers_psd_approves_and_a_check_finds_it_broken(
    world: World, sign_in: SignIn, now: datetime
) -> None:
    interest = interests.apply(world.constable, now=now)
    sergeant = sign_in(world.sergeant, viewport=PHONE)
    assert sergeant.reads("Give your view of an application by your team")
    sergeant.press("Give your view of an application by your team")
    sergeant.press("Return with a question")
    sergeant.page.get_by_label("What is the question about?").select_option("hours")
    sergeant.fill("Question", "Which evenings are they?")
    sergeant.press("Send the question")
    assert stands_at(interest) == Status.QUERIED

    officer = sign_in(world.constable, viewport=PHONE)
    officer.open(f"/interests/{interest.case.reference}/")
    officer.press("Answer the questions")
    officer.page.get_by_label("Which evenings are they?").fill("Saturdays, six to ten.")
    officer.press("Send my answers")
    assert stands_at(interest) == Status.WITH_SUPERVISOR

    sergeant.open(f"/interests/{interest.case.reference}/")
    assert sergeant.reads("Saturdays, six to ten.")
    sergeant.press("Give your view")
    say_yes_or_no(sergeant, VIEW)
    sergeant.choose("Your view", "No concerns")
    sergeant.press("Give the view")
    assert stands_at(interest) == Status.WITH_PSD

    reviewer = sign_in(world.reviewer)
    open_on_desk(reviewer, interest, "todo")
    reviewer.press("Approve")
    reviewer.page.get_by_label("No more than 10 hours a week.").check()
    reviewer.page.get_by_label("How many hours a week?").first.fill("6")
    reviewer.page.get_by_label("No use of uniform or warrant card.").check()
    reviewer.fill("Reasons", "It does not conflict with response policing.")
    reviewer.press("Approve")
    assert stands_at(interest) == Status.APPROVED_WITH_CONDITIONS
    assert interest.conditions.count() == 2

    officer.open(f"/interests/{interest.case.reference}/")
    assert officer.reads("No more than 6 hours a week.")
    assert officer.reads("The last day to appeal is")
    officer.follow(officer.page.get_by_role("link", name="Approved with conditions,"))
    assert officer.reads("It does not conflict with response policing.")

    reviewer.open(f"/psd/business_interests/interest/{interest.pk}/check-condition/")
    reviewer.page.get_by_label("No more than 6 hours a week.").check()
    reviewer.choose("What did you find?", "Broken: challenge the person")
    reviewer.fill("What are they asked to justify?", "Payslips show twelve hours a week.")
    reviewer.fill("What did you see?", "Payslips of March and April.")
    reviewer.press("Record the check")
    assert fresh(interest).case.challenges.get().text == "Payslips show twelve hours a week."
    officer.open("/")
    assert officer.reads("Answer a challenge")


def test_refusal_appeal_in_time_the_chief_officer_upholds_the_refusal(
    world: World, sign_in: SignIn, now: datetime
) -> None:
    interest = interest_in(
        Status.WITH_PSD, world, now=now, occupation="Door supervisor", organisation="The Lantern"
    )
    reviewer = sign_in(world.reviewer)
    open_on_desk(reviewer, interest, "new")
    assert "Door supervision" in reviewer.page.inner_text("body")
    reviewer.press("Refuse")
    reviewer.choose("On what ground?", "Incompatible occupation")
    reviewer.fill("Reasons", "Door supervision is licensed and policed by this force.")
    reviewer.press("Refuse")
    assert stands_at(interest) == Status.REFUSED

    officer = sign_in(world.constable, viewport=PHONE)
    officer.open(f"/interests/{interest.case.reference}/")
    officer.press("Appeal")
    assert officer.reads("The last day to appeal is")
    officer.fill("Why is the decision wrong?", "It is in another county.")
    officer.page.get_by_label("Police friend").fill("PS 2201 Friend")
    officer.press("Send my appeal")
    assert stands_at(interest) == Status.APPEALED
    officer.press("Send papers for the appeal")
    officer.fill("Your statement", "The venue’s letter says it is over the border.")
    officer.press("Send my papers")

    chief = sign_in(world.chief)
    assert chief.reads("Decide an appeal in person")
    chief.press("Decide an appeal in person")
    assert chief.reads("over the border")
    chief.press("Decide the appeal")
    chief.page.get_by_label("Dismissed: the decision stands").check()
    chief.fill("Reasons", "The list knows no border.")
    chief.press("Decide the appeal")
    assert stands_at(interest) == Status.REFUSED
    officer.open("/")
    officer.open(f"/interests/{interest.case.reference}/")
    assert officer.reads("The list knows no border.")


def test_the_six_month_follow_up_is_due_and_done(
    world: World, sign_in: SignIn, now: datetime
) -> None:
    then = datetime.combine(
        add_months(timezone.localdate(now), -6), now.time(), tzinfo=now.tzinfo
    ) - timedelta(days=1)
    interest = interest_in(Status.REFUSED, world, now=then, occupation="Bookmaker")
    month = then + timedelta(days=31)
    perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world, now=month)
    reviewer = sign_in(world.reviewer)
    open_on_desk(reviewer, interest, "to_follow_up")
    reviewer.press("Follow the refusal up")
    assert "6 months" in reviewer.page.inner_text("body")
    reviewer.choose("What did you find?", "They are not doing it")
    reviewer.fill(
        "What did you look at, and what did you see?", "The shop’s rota does not name him."
    )
    reviewer.press("Record what was found")
    done = interest.follow_ups.get(months=6)
    assert done.done_by == world.reviewer
    officer = sign_in(world.constable)
    officer.open(f"/interests/{interest.case.reference}/")
    assert not officer.reads("rota"), "nobody is told what was looked at"


def test_an_annual_review_from_reminder_to_renewal(
    world: World, sign_in: SignIn, now: datetime
) -> None:
    then = now - timedelta(days=350)
    interest = interest_in(Status.APPROVED_WITH_CONDITIONS, world, now=then)
    call_command("daily_round", "--json")
    assert fresh(interest).open_review is not None

    officer = sign_in(world.constable, viewport=PHONE)
    assert officer.reads("Answer the review of your interest")
    officer.press("Answer the review of your interest")
    officer.press("Answer the review")
    say_yes_or_no(officer, UNCHANGED)
    officer.press("Send my answers")

    sergeant = sign_in(world.sergeant)
    sergeant.open("/team/")
    sergeant.press("Give your view on a review in your team")
    sergeant.press("Give your view for the review")
    say_yes_or_no(sergeant, VIEW)
    sergeant.choose("Your view", "No concerns")
    sergeant.press("Give the view")

    reviewer = sign_in(world.reviewer)
    open_on_desk(reviewer, interest, "reviews_due")
    reviewer.press("Renew after the review")
    reviewer.fill("Reasons", "Nothing has changed, and the conditions are kept.")
    reviewer.press("Renew after the review")
    renewed = fresh(interest)
    assert renewed.open_review is None
    assert renewed.status == Status.APPROVED_WITH_CONDITIONS
    assert renewed.review_on is not None
    assert renewed.review_on > timezone.localdate(now) + timedelta(days=300)


def test_a_transfer_re_opens_an_interest(world: World, sign_in: SignIn, now: datetime) -> None:
    interest = interest_in(Status.APPROVED, world, now=now - timedelta(days=30))
    transfer(world.constable, world, now)
    officer = sign_in(world.constable)
    assert officer.reads("Answer the review of your interest")
    officer.press("Answer the review of your interest")
    assert officer.reads("Unit changed")
    assert officer.reads("From Patrol to Headquarters")
    reviewer = sign_in(world.reviewer)
    open_on_desk(reviewer, interest, "reviews_due")


def transfer(person: User, world: World, now: datetime) -> None:
    change_person(person, changes={"unit": world.headquarters}, by=world.administrator, now=now)


def test_a_supervisor_prints_the_pdr_pack_and_a_board_reads_refusals(
    world: World, sign_in: SignIn, now: datetime
) -> None:
    interest = interest_in(Status.REFUSED, world, now=now)
    sergeant = sign_in(world.sergeant, viewport=PHONE)
    sergeant.open("/team/")
    sergeant.press(f"PDR pack of {world.constable.display}")
    assert sergeant.reads(interest.case.reference)
    fill_date(sergeant, "When was the PDR?", timezone.localdate(now))
    sergeant.press("Record that the PDR covered these")
    assert sergeant.reads("Last covered in the PDR of")
    width = sergeant.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "nothing is cut off at the side"

    member = sign_in(world.governance_member)
    member.press("Refusals since the last meeting")
    assert member.reads("Constable, Patrol")
    assert not member.reads(world.constable.name)
    assert not builders.read_anew(world.governance_member).is_staff
