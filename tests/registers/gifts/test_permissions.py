"""Who may do what, beyond the table: conflicts of interest, rounds, peers, and entries on behalf."""

import pytest

from integrity.casework.permissions import check_may_enter
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from registers.gifts.permissions import CHECKS, check, options, sees_everything
from tests import builders
from tests.builders import World, accepted, declare, fresh, offer_in, perform


def refusal(verb: Verb, user: User, offer: Offer) -> str:
    """The sentence somebody reads, or nothing where they may."""
    try:
        check(verb, user, offer)
    except Denied as denied:
        sentence = str(denied)
        assert sentence.strip().endswith(".")
        return sentence
    return ""


def in_psd(world: World, user: User) -> User:
    builders.grant(user, Role.PSD_REVIEWER, department=world.alliance_psd)
    return builders.read_anew(user)


def test_every_verb_has_its_check() -> None:
    assert set(CHECKS) == set(Verb)


@pytest.mark.parametrize("who", ["sergeant", "inspector_of_police", "assistant_chief"])
def test_nobody_in_psd_decides_about_their_direct_or_indirect_report(
    who: str, world: World
) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    assert "reports to you" in refusal(Verb.ACCEPT, in_psd(world, getattr(world, who)), offer)


def test_the_chief_though_above_everybody_may_decide_about_a_constable(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    assert refusal(Verb.ACCEPT, in_psd(world, world.chief), offer) == ""


@pytest.mark.parametrize("verb", [Verb.ACCEPT, Verb.REJECT])
def test_nobody_in_psd_decides_about_somebody_above_them(verb: Verb, world: World) -> None:
    offer = declare(world.deputy_chief, accepted(50))
    offer = perform(Verb.PEER_REVIEW, offer, by=world.assistant_chief, in_world=world)
    for below in (world.psd_head, world.reviewer):
        assert "above you" in refusal(verb, below, offer)
    assert refusal(verb, world.other_reviewer, offer) == ""


def test_nobody_in_the_line_reopens_a_case_either(world: World) -> None:
    offer = offer_in(Status.COMPLIANT, world)
    assert "reports to you" in refusal(Verb.REOPEN, in_psd(world, world.sergeant), offer)


def test_a_reviewer_does_not_decide_an_entry_they_typed_or_that_is_theirs(world: World) -> None:
    typed = declare(world.constable, accepted(50), by=world.reviewer)
    own = declare(world.reviewer, accepted(50))
    for offer in (typed, own):
        for verb in (Verb.ACCEPT, Verb.ASK, Verb.ASSIGN, Verb.CHALLENGE):
            assert "of your own" in refusal(verb, world.reviewer, offer)
        assert not sees_everything(world.reviewer, offer)
        assert sees_everything(world.other_reviewer, offer)


def test_a_peer_who_reviewed_may_not_decide_even_in_a_later_round(world: World) -> None:
    deputy = in_psd(world, world.deputy_chief)
    offer = offer_in(Status.PEER_REVIEW, world)
    offer = perform(Verb.PEER_REVIEW, offer, by=deputy, in_world=world)
    assert "peer review" in refusal(Verb.ACCEPT, deputy, offer)
    offer = perform(Verb.ACCEPT, offer, by=world.reviewer, in_world=world)
    offer = perform(Verb.REOPEN, offer, by=world.reviewer, in_world=world)
    assert "peer review" in refusal(Verb.REJECT, deputy, offer)


def test_nobody_decides_at_two_stages_of_one_round(world: World) -> None:
    offer = builders.seek(world.constable)
    offer = perform(Verb.AUTHORISE, offer, by=world.reviewer, in_world=world)
    offer = perform(Verb.RECORD_OUTCOME, offer, by=world.constable, in_world=world)
    assert offer.status == Status.WITH_PSD
    assert "another stage" in refusal(Verb.ACCEPT, world.reviewer, offer)
    assert refusal(Verb.ACCEPT, world.other_reviewer, offer) == ""


def test_reopening_starts_a_round_in_which_each_may_decide_again(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    offer = perform(Verb.REJECT, offer, by=world.reviewer, in_world=world)
    offer = perform(Verb.REOPEN, offer, by=world.reviewer, in_world=world)
    assert offer.case.round == 2
    offer = perform(Verb.ACCEPT, offer, by=world.reviewer, in_world=world)
    assert [(d.round, d.outcome) for d in offer.case.decisions.all()] == [
        (1, "non_compliant"),
        (2, "compliant"),
    ]


def test_a_supervisor_who_typed_the_entry_leaves_it_to_psd(world: World) -> None:
    offer = declare(world.constable, accepted(15), by=world.sergeant)
    assert offer.status == Status.WITH_PSD


def test_a_supervisor_who_became_so_later_but_typed_it_is_refused(world: World) -> None:
    offer = declare(world.constable, accepted(15), by=world.colleague)
    world.constable.line_manager = world.colleague
    world.constable.save()
    assert "typed this entry" in refusal(Verb.APPROVE, world.colleague, fresh(offer))


def test_a_peer_gives_one_view_a_round(world: World) -> None:
    world.policy.peer_reviews_needed = 2
    world.policy.save()
    offer = offer_in(Status.PEER_REVIEW, world)
    offer = perform(Verb.PEER_REVIEW, offer, by=world.deputy_chief, in_world=world)
    assert offer.status == Status.PEER_REVIEW
    assert "already given" in refusal(Verb.PEER_REVIEW, world.deputy_chief, offer)
    offer = perform(Verb.PEER_REVIEW, offer, by=world.chief, in_world=world)
    assert offer.status == Status.WITH_PSD


def test_a_staff_officer_who_typed_a_chief_s_offer_gives_no_peer_review(world: World) -> None:
    offer = declare(world.assistant_chief, accepted(50), by=world.deputy_chief)
    assert refusal(Verb.PEER_REVIEW, world.deputy_chief, offer)
    assert refusal(Verb.PEER_REVIEW, world.chief, offer) == ""


def test_a_constable_s_offer_needs_no_peer(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    assert not offer.needs_peer_review
    assert refusal(Verb.PEER_REVIEW, world.chief, offer)


def test_anybody_declares_for_a_colleague_of_the_same_force_who_serves(world: World) -> None:
    check_may_enter(world.constable, world.constable)
    check_may_enter(world.staff_officer, world.assistant_chief)
    check_may_enter(world.governance_member, world.body_member)
    for subject in (world.eastvale_constable, world.body_member):
        with pytest.raises(Denied, match="is not in your force"):
            check_may_enter(world.constable, subject)
    world.constable.leaves_on = builders.START
    with pytest.raises(Denied, match="has left the force"):
        check_may_enter(world.staff_officer, world.constable)


def test_only_an_entry_made_on_behalf_is_confirmed_and_once(world: World) -> None:
    own = declare(world.constable)
    assert refusal(Verb.CONFIRM, world.constable, own)
    typed = declare(world.constable, by=world.staff_officer)
    assert refusal(Verb.CONFIRM, world.staff_officer, typed)
    typed = perform(Verb.CONFIRM, typed, by=world.constable, in_world=world)
    assert typed.case.confirmed_by == world.constable
    assert refusal(Verb.CONFIRM, world.constable, typed)


def test_a_silent_challenge_is_not_the_subject_s_to_answer(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    before = [o.transition.verb for o in options(world.constable, offer)]
    offer = perform(
        Verb.CHALLENGE,
        offer,
        by=world.reviewer,
        in_world=world,
        silent=True,
        silent_reason="It would tip them off.",
    )
    assert refusal(Verb.ANSWER_CHALLENGE, world.constable, offer)
    assert [o.transition.verb for o in options(world.constable, offer)] == before
    assert refusal(Verb.DISPOSE_CHALLENGE, world.reviewer, offer) == ""


def test_the_oversight_body_s_own_offers_are_psd_s_of_the_body_alone(world: World) -> None:
    offer = declare(world.body_member, accepted(50))
    assert offer.status == Status.WITH_PSD
    assert refusal(Verb.ACCEPT, world.psd_head, offer) == ""
    assert refusal(Verb.ACCEPT, world.reviewer, offer)


def test_a_case_is_assigned_to_those_who_review_there_and_not_to_its_subject(
    world: World,
) -> None:
    offer = declare(world.reviewer, accepted(50))
    for owner, sentence in (
        (world.reviewer, "of their own"),
        (world.harbour_reviewer, "does not review for Northmoor"),
        (world.colleague, "does not review for Northmoor"),
    ):
        with pytest.raises(Denied, match=sentence):
            perform(Verb.ASSIGN, offer, by=world.psd_head, in_world=world, owner=owner)
    offer = perform(Verb.ASSIGN, offer, by=world.psd_head, in_world=world)
    with pytest.raises(Denied, match="already has this case"):
        perform(Verb.ASSIGN, offer, by=world.psd_head, in_world=world)


def chiefs_offer(status: Status, world: World) -> Offer:
    """An offer to a chief officer as colleagues and PSD take it to a status."""
    offer = declare(world.assistant_chief, accepted(50))
    if status == Status.PEER_REVIEW:
        return fresh(offer)
    if status == Status.WITHDRAWN:
        return perform(Verb.WITHDRAW, offer, by=world.assistant_chief, in_world=world)
    offer = perform(Verb.PEER_REVIEW, offer, by=world.deputy_chief, in_world=world)
    verbs = {
        Status.QUERIED: Verb.ASK,
        Status.COMPLIANT: Verb.ACCEPT,
        Status.NON_COMPLIANT: Verb.REJECT,
    }
    if status in verbs:
        offer = perform(verbs[status], offer, by=world.other_reviewer, in_world=world)
    assert offer.status == status
    return offer


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (Status.PEER_REVIEW, True),
        (Status.WITH_PSD, True),
        (Status.QUERIED, True),
        (Status.COMPLIANT, True),
        (Status.NON_COMPLIANT, True),
        (Status.WITHDRAWN, False),
    ],
)
def test_a_board_challenges_a_chief_officer_s_offer_unless_it_was_withdrawn(
    status: Status, allowed: bool, world: World
) -> None:
    offer = chiefs_offer(status, world)
    (only,) = options(world.governance_member, offer)
    assert only.transition.verb == Verb.CHALLENGE
    assert (only.refusal == "") == allowed
