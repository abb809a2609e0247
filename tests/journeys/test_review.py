"""What PSD, supervisors, colleagues and boards do, in a browser."""

import pytest

from integrity.casework.models import SignOff
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from tests import builders
from tests.builders import World
from tests.journeys.conftest import PHONE, SignIn, Visitor


def now_at(offer: Offer) -> str:
    return Offer.objects.get(pk=offer.pk).status


def open_on_desk(reviewer: Visitor, offer: Offer) -> None:
    reviewer.open("/psd/gifts/offer/?queue=open")
    reviewer.follow(reviewer.page.get_by_role("link", name=offer.case.reference))


def test_psd_asks_the_officer_answers_psd_closes(world: World, sign_in: SignIn) -> None:
    offer = builders.offer_in(Status.WITH_PSD, world)
    reviewer = sign_in(world.reviewer)
    open_on_desk(reviewer, offer)
    reviewer.press("Ask the declarant")
    reviewer.page.get_by_label("What is the question about?").select_option("value")
    reviewer.page.get_by_label("Question", exact=True).fill("How do you know what it is worth?")
    reviewer.press("Send the question")
    assert now_at(offer) == Status.QUERIED

    officer = sign_in(world.constable, viewport=PHONE)
    assert officer.reads("Answer PSD’s question")
    officer.press("Answer PSD’s question")
    officer.press("Answer the questions")
    officer.page.get_by_label("How do you know what it is worth?").fill("It was on the receipt.")
    officer.press("Send my answers")
    assert now_at(offer) == Status.WITH_PSD

    open_on_desk(reviewer, offer)
    assert "It was on the receipt." in reviewer.page.inner_text("body")
    reviewer.press("Accept as compliant")
    reviewer.page.get_by_label("Reason", exact=True).fill("Within the policy.")
    reviewer.press("Accept as compliant")
    assert now_at(offer) == Status.COMPLIANT

    officer.open("/")
    assert officer.reads("Found to comply with the policy")


def test_two_reviewers_decide_at_once_and_one_is_told(world: World, sign_in: SignIn) -> None:
    offer = builders.offer_in(Status.WITH_PSD, world)
    first, second = sign_in(world.reviewer), sign_in(world.other_reviewer)
    for reviewer in (first, second):
        reviewer.open(f"/psd/gifts/offer/{offer.pk}/accept-as-compliant/")
        reviewer.page.get_by_label("Reason", exact=True).fill("It complies, because I say so.")
    first.press("Accept as compliant")
    second.follow(second.page.get_by_role("button", name="Accept as compliant"))
    said = second.page.inner_text("body")
    assert "changed" in said
    assert world.reviewer.display in said
    kept = second.page.get_by_label("Reason", exact=True)
    assert kept.input_value() == "It complies, because I say so.", "what was typed is kept"
    second.look()
    assert Offer.objects.get().case.decisions.count() == 1


def test_a_form_that_came_too_late_is_sent_again_on_a_phone(world: World, sign_in: SignIn) -> None:
    offer = builders.offer_in(Status.WITH_PSD, world)
    officer = sign_in(world.constable, viewport=PHONE)
    officer.open(f"/gifts/{offer.case.reference}/withdraw/")
    officer.fill("Reason", "I typed it twice.")
    builders.perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    officer.press("Withdraw this entry")
    assert officer.reads("Somebody changed this entry while you were working")
    assert officer.page.get_by_label("Reason", exact=True).input_value() == "I typed it twice."
    width = officer.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "nothing is cut off at the side"
    officer.press("Withdraw this entry")
    assert now_at(offer) == Status.WITHDRAWN


def test_a_silent_challenge_is_seen_by_psd_alone(world: World, sign_in: SignIn) -> None:
    offer = builders.offer_in(Status.RECORDED, world)
    reviewer = sign_in(world.reviewer)
    reviewer.open(f"/psd/gifts/offer/{offer.pk}/challenge/")
    reviewer.page.get_by_label(world.constable.display).check()
    reviewer.page.get_by_label("What do you ask them to justify?").fill(
        "Why were you at the depot?"
    )
    reviewer.choose("Send it?", "Hold it silently: do not contact them")
    reviewer.page.get_by_label("Why must nobody be contacted?").fill("An operation is running.")
    reviewer.press("Challenge")
    assert "Why were you at the depot?" in reviewer.page.inner_text("body")

    officer = sign_in(world.constable)
    officer.open(f"/gifts/{offer.case.reference}/")
    assert not officer.reads("depot")
    officer.open("/notices/")
    assert not officer.reads("justify")


def test_a_supervisor_decides_the_lowest_band(world: World, sign_in: SignIn) -> None:
    offer = builders.offer_in(Status.WITH_SUPERVISOR, world)
    sergeant = sign_in(world.sergeant, viewport=PHONE)
    sergeant.press("Decide an offer declared by your team")
    sergeant.press("Approve as supervisor")
    sergeant.fill("Reason", "A courtesy after a talk at a school.")
    sergeant.press("Approve as supervisor")
    assert now_at(offer) == Status.COMPLIANT
    sergeant.open("/team/")


def test_a_colleague_gives_a_view_before_psd_decides(world: World, sign_in: SignIn) -> None:
    offer = builders.offer_in(Status.PEER_REVIEW, world)
    peer = sign_in(world.deputy_chief)
    peer.press("Give your view of a colleague’s offer")
    peer.press("Give a peer review")
    peer.choose("Your view", "It should be declined")
    peer.fill("Why: is it proper to accept it?", "They are bidding for the fleet.")
    peer.fill("How would acceptance look to officers and staff?", "As if we were for sale.")
    peer.fill("How would acceptance look to the public?", "The same.")
    peer.press("Give my view")
    assert now_at(offer) == Status.WITH_PSD


@pytest.mark.parametrize("who", ["register_owner", "governance_member"])
def test_a_register_is_signed_off(world: World, sign_in: SignIn, who: str) -> None:
    builders.offer_in(Status.COMPLIANT, world)
    signer = sign_in(getattr(world, who))
    signer.open("/sign-offs/NMR/gifts/")
    assert not signer.reads(world.constable.last_name), "only chief officers are named"
    signer.fill("Note (optional)", "Nothing stood out.")
    signer.press("Sign off")
    assert SignOff.objects.get().signed_by == getattr(world, who)


def test_pages_of_the_desk(world: World, sign_in: SignIn) -> None:
    builders.offer_in(Status.WITH_PSD, world)
    head = sign_in(world.psd_head)
    for path in ("/psd/", "/psd/gifts/offer/", "/psd/gifts/giftpolicy/", "/psd/people/user/"):
        head.open(path)
