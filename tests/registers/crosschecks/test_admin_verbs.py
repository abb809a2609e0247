"""What a match's page says before it is decided, and what comes of its verbs."""

from integrity.casework.models import Challenge, Referral
from integrity.people.models import RoleGrant
from registers.crosschecks.enums import Check
from registers.crosschecks.models import Match
from registers.gifts.models import Offer
from tests import matches as making
from tests.builders import START, Verb, World, fresh, perform
from tests.investigations import open_one
from tests.registers.crosschecks.test_admin import at_desk, page

__all__ = ["at_desk"]


def test_a_challenge_tells_whom_it_asks_of_their_own_entry_alone(world: World, at_desk) -> None:
    match, psd = making.lunch_then_contract(world), at_desk(world.other_reviewer)
    form = psd.get(page(match, "challenge"))
    asked, note = (form.context["form"][name].value() for name in ("text", "note"))
    assert note == match.sentence
    assert match.case is not None
    assert match.case.reference in asked
    assert "Vehicle maintenance" in match.sentence
    assert "Vehicle maintenance" not in asked
    sent = psd.post(
        page(match, "challenge"),
        {
            "to": world.constable.pk, "text": "Why did you go?", "how": "ask", "note": "It is hers.",
            "version": match.case.version, "match_version": match.version,
        },
    )  # fmt: skip
    assert sent.status_code == 302
    match = Match.objects.get(pk=match.pk)
    assert match.challenge == Challenge.objects.get(text="Why did you go?")
    assert match.reason == "It is hers."


def hold_silently(match: Match, world: World) -> None:
    offer = fresh(Offer.objects.get(case=match.case))
    perform(
        Verb.CHALLENGE, offer, by=world.psd_head, in_world=world, to=world.constable,
        text="Who else was there?", silent=True, silent_reason="It would tip them off.",
    )  # fmt: skip


def test_a_challenge_held_silently_is_on_the_matchs_page_and_nobody_is_asked(
    world: World, at_desk
) -> None:
    match, psd = making.lunch_then_contract(world), at_desk(world.other_reviewer)
    hold_silently(match, world)
    said = psd.get(page(match)).content.decode()
    for words in ("held silently", "Do not contact", world.psd_head.display, "Who else was there?",
                  "It would tip them off."):  # fmt: skip
        assert words in said
    assert match.case is not None
    match.case.refresh_from_db()
    form = psd.get(page(match, "challenge")).content.decode()
    assert "holds a challenge on this entry silently" in form
    given = {
        "to": world.constable.pk, "text": "Why did you go?", "note": "It is hers.",
        "version": match.case.version, "match_version": match.version,
    }  # fmt: skip
    sent = psd.post(page(match, "challenge"), {**given, "how": "ask"})
    assert sent.status_code == 422
    assert "holds a challenge on this entry silently" in sent.content.decode()
    assert Challenge.objects.count() == 1
    too = {"how": "silent", "silent_reason": "The same."}
    assert psd.post(page(match, "challenge"), {**given, **too}).status_code == 302
    assert Challenge.objects.filter(silent=True).count() == 2


def test_whoever_does_not_read_the_entry_is_told_of_no_challenge(world: World, at_desk) -> None:
    making.setting(world.northmoor, Check.OFFER_BEFORE_AWARD, owner="procurement")
    match = making.lunch_then_contract(world)
    hold_silently(match, world)
    said = at_desk(world.procurement_officer).get(page(match))
    assert said.status_code == 200
    assert "silently" not in said.content.decode()
    assert "Who else was there?" not in said.content.decode()


def test_what_was_taken_back_stays_in_the_trail(world: World, at_desk) -> None:
    match, psd = making.lunch_then_contract(world), at_desk(world.other_reviewer)
    psd.post(page(match, "known"), {"reason": "They are neighbours.", "version": match.version})
    assert page(match, "reopen") in psd.get(page(match)).content.decode()
    psd.post(page(match, "reopen"), {"reason": "They moved.", "version": match.version + 1})
    said = psd.get(page(match)).content.decode()
    for words in ("To decide", "Known and managed", "They are neighbours.", "They moved."):
        assert words in said
    assert page(match, "reopen") not in said


def test_the_page_says_who_decides(world: World, at_desk) -> None:
    psds, own = making.lunch_then_contract(world), making.split(world)
    psd = at_desk(world.other_reviewer)
    assert "PSD decides." in psd.get(page(psds)).content.decode()
    assert "Procurement decides." in psd.get(page(own)).content.decode()
    RoleGrant.objects.filter(role="procurement").update(ends_on=START)
    making.run(world.northmoor)
    said = psd.get(page(own)).content.decode()
    assert "PSD decides: in procurement there is nobody" in said
    sent = psd.post(page(own, "known"), {"reason": "So.", "version": own.version + 1})
    assert sent.status_code == 302


def test_an_investigation_says_from_which_match_it_came(world: World, at_desk) -> None:
    match, psd = making.split(world), at_desk(world.other_reviewer)
    psd.post(page(match, "refer"), {"reason": "Twice before.", "version": match.version})
    opened = open_one(world, referrals=[Referral.objects.get()], subject=None)
    said = psd.get(f"/psd/investigations/investigation/{opened.pk}/change/").content.decode()
    assert page(match) in said
    assert match.sentence in said
    assert f"Match {match.pk}: {match.get_check_name_display()}" in said
