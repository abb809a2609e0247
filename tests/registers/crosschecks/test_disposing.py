"""Challenges from a match, referrals after them, and what is taken back again."""

from datetime import timedelta
from typing import Any

import pytest

from integrity.audit.models import Event
from integrity.casework.models import Challenge
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.crosschecks import actions
from registers.crosschecks.enums import Check, Disposition, Owner
from registers.crosschecks.models import Match
from registers.gifts.models import Offer
from tests import builders
from tests import matches as making
from tests.builders import NOW, World, fresh, read_anew
from tests.registers.crosschecks.test_actions import again, dispose

LATER = NOW + timedelta(days=1)
SILENT = {"to": None, "text": "Why?", "silent": True, "silent_reason": "It would tip them off."}


def test_a_challenge_is_the_registers_own_and_the_match_keeps_it(world: World) -> None:
    match = making.lunch_then_contract(world)
    offer = fresh(Offer.objects.get(case=match.case))

    def make() -> None:
        builders.perform(
            builders.Verb.CHALLENGE, offer, by=world.other_reviewer, in_world=world,
            text=match.sentence,
        )  # fmt: skip

    done = actions.challenge(
        match, make=make, note="She orders from them.", by=world.other_reviewer, now=NOW, version=1
    )
    assert done.challenge == Challenge.objects.get(case=match.case)
    assert done.disposition == Disposition.CHALLENGED
    assert done.reason == "She orders from them."


def test_without_a_challenge_the_match_stays_open(world: World) -> None:
    match = making.lunch_then_contract(world)
    with pytest.raises(Denied, match="stays open"):
        actions.challenge(
            match, make=lambda: None, note="So.", by=world.other_reviewer, now=NOW,
            version=match.version,
        )  # fmt: skip
    assert again(match).is_open


def silent_one(match: Match, world: World) -> Challenge:
    """The head of PSD holds a challenge on the match's entry silently."""
    offer = fresh(Offer.objects.get(case=match.case))
    builders.perform(
        builders.Verb.CHALLENGE, offer, by=world.psd_head, in_world=world,
        **{**SILENT, "to": world.constable},
    )  # fmt: skip
    return Challenge.objects.get(case=match.case)


def challenge(match: Match, world: World, **details: Any) -> Match:
    offer = fresh(Offer.objects.get(case=match.case))

    def make() -> None:
        builders.perform(
            builders.Verb.CHALLENGE, offer, by=world.other_reviewer, in_world=world,
            **{"text": "Why did you go?", **details},
        )  # fmt: skip

    return actions.challenge(
        match, make=make, note="She orders from them.", by=world.other_reviewer, now=NOW,
        version=match.version,
    )  # fmt: skip


def test_nobody_is_asked_from_a_match_while_a_challenge_is_held_silently(world: World) -> None:
    match = making.lunch_then_contract(world)
    held = silent_one(match, world)
    with pytest.raises(Denied, match="silently, because asking would tip somebody off"):
        challenge(match, world)
    assert again(match).is_open
    assert Challenge.objects.get() == held


def test_what_is_held_silently_is_psds_alone_and_so_is_its_match(world: World) -> None:
    making.setting(world.northmoor, Check.OFFER_BEFORE_AWARD, owner=Owner.PROCUREMENT)
    match = making.lunch_then_contract(world)
    assert not match.for_psd
    challenge(match, world, **{**SILENT, "to": world.constable})
    making.run(world.northmoor, now=LATER)
    assert again(match).for_psd


def test_an_answer_that_does_not_convince_is_referred(world: World) -> None:
    match = challenge(making.lunch_then_contract(world), world)
    with pytest.raises(Denied, match="disposed of"):
        dispose(match, world)
    referral = actions.refer(
        match, reason="She answered nothing.", by=world.other_reviewer, now=NOW,
        version=match.version,
    )  # fmt: skip
    assert again(match).disposition == Disposition.REFERRED
    assert again(match).challenge == match.challenge
    assert f"Match {match.pk}: {match.get_check_name_display()}" in referral.reason
    assert f"Contract: {match.contract}" in referral.reason
    assert f"Organisation: {match.organisation}" in referral.reason


@pytest.mark.parametrize("disposition", [Disposition.COINCIDENCE, Disposition.KNOWN])
def test_a_mistake_is_reopened_with_a_reason_that_stays(
    disposition: Disposition, world: World
) -> None:
    match = dispose(making.lunch_then_contract(world), world, disposition=disposition)
    with pytest.raises(Denied, match="sentence"):
        actions.reopen(match, reason=" ", by=world.psd_head, now=LATER, version=match.version)
    actions.reopen(
        match, reason="The buyer left.", by=world.psd_head, now=LATER, version=match.version
    )
    match = again(match)
    assert match.is_open
    assert match.disposition == match.reason == ""
    event = Event.objects.get(name="match reopened", about="match", about_id=match.pk)
    assert (event.reason, event.facts["disposition"]) == ("The buyer left.", disposition)
    making.run(world.northmoor, now=LATER)
    assert dispose(again(match), world).disposition == Disposition.COINCIDENCE


def test_only_a_coincidence_or_what_is_known_is_reopened_and_by_psd(world: World) -> None:
    def reopen(match: Match, by: User) -> None:
        actions.reopen(match, reason="So.", by=by, now=NOW, version=match.version)

    own = making.split(world)
    with pytest.raises(Denied, match="Only a coincidence"):
        reopen(own, world.other_reviewer)
    own = dispose(own, world, by=read_anew(world.procurement_officer))
    with pytest.raises(Denied, match="PSD reopens"):
        reopen(own, read_anew(world.procurement_officer))
    referred = making.lunch_then_contract(world)
    actions.refer(referred, reason="So.", by=world.other_reviewer, now=NOW, version=None)
    with pytest.raises(Denied, match="Only a coincidence"):
        reopen(again(referred), world.other_reviewer)
