"""A board's challenge to a chief officer, and what each reader is told of challenges.

The offers are the assistant chief's of Northmoor, which the commissioner's body oversees.
"""

from typing import Any

import pytest

from integrity.audit.models import Audience, Event
from integrity.casework.challenges import HELD, NOT_ANSWERED, TO_CLOSE, WITH_PSD, challenges_of
from integrity.casework.enums import ChallengeDisposal, DeadlineKind
from integrity.casework.models import Challenge, Deadline, Notice
from integrity.casework.permissions import is_psd
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import Grade, OversightBody, User
from registers.gifts.enums import Verb
from registers.gifts.models import Offer
from tests import builders
from tests.builders import World, accepted, declare, perform, read_anew

OUTSIDERS = {"assistant_chief", "inspector", "register_owner", "governance_member"}


@pytest.fixture
def offer(world: World) -> Offer:
    return declare(world.assistant_chief, accepted(50))


def ask(offer: Offer, by: User, world: World, **more: Any) -> Challenge:
    perform(Verb.CHALLENGE, offer, by=by, in_world=world, **more)
    return Challenge.objects.latest("pk")


def hold(offer: Offer, world: World) -> Challenge:
    why = {"silent": True, "silent_reason": "An operation is running."}
    return ask(offer, world.other_reviewer, world, **why, text="Who paid?")


def answer(offer: Offer, world: World) -> None:
    perform(Verb.ANSWER_CHALLENGE, offer, by=world.assistant_chief, in_world=world)


def close(
    challenge: Challenge, by: User, world: World, disposal: str = ChallengeDisposal.JUSTIFIED
) -> None:
    offer = challenge.case.offer
    details = {"challenge": challenge, "disposal": disposal, "note": "So it was."}
    perform(Verb.DISPOSE_CHALLENGE, offer, by=by, in_world=world, **details)


def standings(offer: Offer, world: World, *names: str) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(s.standing for s in challenges_of([offer.case], reader=read_anew(user)))
        for name, user in world.people().items()
        if name in names
    }


def told(user: User) -> list[str]:
    notices = Notice.objects.filter(recipient=user).order_by("pk")
    return [notice.subject.split(": ", 1)[1] for notice in notices]


def board_of(user: User, name: str, code: str, world: World) -> OversightBody:
    """Another body over Northmoor, of which somebody is a member."""
    body = OversightBody.objects.create(code=code, name=name, department=world.alliance_psd)
    body.forces.set([world.northmoor])
    builders.grant(user, Role.GOVERNANCE_MEMBER, oversight_body=body)
    return body


# Making it


def test_a_board_asks_a_chief_officer_who_is_told_as_psd_is(offer: Offer, world: World) -> None:
    made = ask(offer, world.governance_member, world)
    assert (made.board, made.silent, made.to) == (world.body, False, world.assistant_chief)
    assert told(world.assistant_chief)[-1] == "you are asked to justify an entry"
    assert told(world.psd_head)[-1] == "a board challenges an entry"
    (task,) = Deadline.objects.filter(kind=DeadlineKind.ANSWER_CHALLENGE)
    assert task.owner == world.assistant_chief
    event = Event.objects.filter(name="challenge made").latest("pk")
    assert (event.actor_id, event.reason) == (world.governance_member.pk, made.text)
    assert (event.audience, event.facts["board"]) == (Audience.CASE, "NEC")


def test_psd_s_challenge_is_no_board_s(offer: Offer, world: World) -> None:
    builders.grant(world.reviewer, Role.GOVERNANCE_MEMBER, oversight_body=world.body)
    both = read_anew(world.reviewer)
    assert is_psd(both, offer.case)
    assert ask(offer, both, world).board is None


def test_a_board_does_not_choose_to_hold_a_challenge_silently(offer: Offer, world: World) -> None:
    with pytest.raises(Denied, match="Only PSD holds"):
        ask(offer, world.governance_member, world, silent=True, silent_reason="I would rather.")
    assert not Challenge.objects.exists()


def test_a_board_asks_nothing_of_others_than_chief_officers_of_its_forces(world: World) -> None:
    grade = Grade.objects.create(
        force=world.harbour, name="Chief", short="CC", is_chief_officer=True
    )
    elsewhere = builders.person("harbour_chief", force=world.harbour, grade=grade)
    builders.grant(world.assistant_chief, Role.GOVERNANCE_MEMBER, oversight_body=world.body)
    cases = [
        (declare(world.constable), world.governance_member),
        (declare(world.body_member), world.governance_member),
        (declare(elsewhere), world.governance_member),
        (declare(world.assistant_chief), read_anew(world.assistant_chief)),  # their own
        (declare(world.assistant_chief), world.body_member),  # no member of the board
    ]
    for offer, by in cases:
        with pytest.raises(Denied):
            ask(offer, by, world, to=offer.case.subject)


# Closing it


@pytest.mark.parametrize("disposal", ["justified", "advice", "corrected"])
def test_a_board_closes_its_own_once_it_is_answered(
    disposal: str, offer: Offer, world: World
) -> None:
    made = ask(offer, world.governance_member, world)
    with pytest.raises(Denied):
        close(made, world.governance_member, world)
    answer(offer, world)
    assert told(world.governance_member) == ["your challenge was answered"]
    close(made, world.governance_member, world, disposal)
    assert told(world.assistant_chief)[-1] == "a challenge was closed"
    assert not Deadline.objects.open().filter(kind=DeadlineKind.DISPOSE_CHALLENGE).exists()


def test_any_member_of_the_board_closes_it(offer: Offer, world: World) -> None:
    made = ask(offer, world.governance_member, world)
    answer(offer, world)
    builders.grant(world.body_member, Role.GOVERNANCE_MEMBER, oversight_body=world.body)
    close(made, read_anew(world.body_member), world)
    assert told(world.governance_member)[-1] == "a challenge was closed"


def test_a_board_closes_neither_psd_s_nor_another_board_s(offer: Offer, world: World) -> None:
    made = [ask(offer, by, world) for by in (world.reviewer, world.governance_member)]
    for each in made:
        details = {"challenge": each}
        perform(Verb.ANSWER_CHALLENGE, offer, by=world.assistant_chief, in_world=world, **details)
    with pytest.raises(Denied):
        close(made[0], world.governance_member, world)
    board_of(world.body_member, "Joint Committee", "JCM", world)
    for each in made:
        with pytest.raises(Denied):
            close(each, read_anew(world.body_member), world)


def test_a_board_hands_nothing_over_for_investigation(offer: Offer, world: World) -> None:
    made = ask(offer, world.governance_member, world)
    answer(offer, world)
    with pytest.raises(Denied, match="Only PSD hands"):
        close(made, world.governance_member, world, ChallengeDisposal.REFERRED)


def test_nobody_closes_a_challenge_to_themselves(offer: Offer, world: World) -> None:
    made = ask(offer, world.governance_member, world)
    answer(offer, world)
    builders.grant(world.assistant_chief, Role.GOVERNANCE_MEMBER, oversight_body=world.body)
    with pytest.raises(Denied):
        close(made, read_anew(world.assistant_chief), world)


def test_whoever_asked_for_a_board_is_told_how_psd_closed_it(offer: Offer, world: World) -> None:
    made = ask(offer, world.governance_member, world)
    answer(offer, world)
    close(made, world.other_reviewer, world, ChallengeDisposal.ADVICE)
    assert told(world.governance_member)[-1] == "a challenge was closed"
    assert standings(offer, world, *OUTSIDERS) == dict.fromkeys(OUTSIDERS, ("Advice given",))


def test_a_board_is_not_told_that_its_challenge_was_referred(offer: Offer, world: World) -> None:
    made = ask(offer, world.governance_member, world)
    answer(offer, world)
    close(made, world.other_reviewer, world, ChallengeDisposal.REFERRED)
    assert told(world.governance_member) == ["your challenge was answered"]
    assert standings(offer, world, *OUTSIDERS) == dict.fromkeys(OUTSIDERS, (WITH_PSD,))
    (said,) = challenges_of([offer.case], reader=world.reviewer)
    assert (said.standing, said.note) == ("Referred for investigation", "So it was.")


# While PSD asks nobody


def test_a_board_s_challenge_waits_while_psd_holds_one_silently(offer: Offer, world: World) -> None:
    hold(offer, world)
    before = told(world.assistant_chief)
    made = ask(offer, world.governance_member, world)
    assert made.silent
    assert told(world.assistant_chief) == before
    assert challenges_of([offer.case], reader=world.assistant_chief) == []
    assert not Deadline.objects.filter(kind=DeadlineKind.ANSWER_CHALLENGE).exists()
    seen = Event.objects.filter(about_id=offer.case_id, audience=Audience.CASE)
    assert not seen.filter(name="challenge made").exists()
    assert told(world.psd_head)[-1] == "a board challenges an entry"
    assert standings(offer, world, "reviewer", *OUTSIDERS) == {
        "reviewer": (HELD, HELD),
        "governance_member": (NOT_ANSWERED,),
        **dict.fromkeys(OUTSIDERS - {"governance_member"}, ()),
    }


def test_a_board_reads_the_same_of_one_that_waits_as_of_one_that_was_sent(world: World) -> None:
    said = []
    for held in (False, True):
        offer = declare(world.assistant_chief, accepted(50))
        if held:
            hold(offer, world)
        ask(offer, world.governance_member, world)
        (one,) = challenges_of([offer.case], reader=world.governance_member)
        said.append((one.by, one.capacity, one.to, one.text, one.standing, one.note, one.held))
    assert said[0] == said[1]


def test_it_goes_out_when_psd_has_closed_its_own(offer: Offer, world: World) -> None:
    held = hold(offer, world)
    waiting = ask(offer, world.governance_member, world)
    close(held, world.reviewer, world)
    waiting.refresh_from_db()
    assert (waiting.silent, waiting.silent_reason) == (False, "")
    assert told(world.assistant_chief)[-1] == "you are asked to justify an entry"
    answer(offer, world)
    assert told(world.governance_member) == ["your challenge was answered"]


@pytest.mark.parametrize("then", ["hold another", "refer"])
def test_it_stays_where_there_is_still_somebody_not_to_tip_off(
    then: str, offer: Offer, world: World
) -> None:
    held = hold(offer, world)
    waiting = ask(offer, world.governance_member, world)
    if then == "hold another":
        ask(offer, world.reviewer, world, silent=True, silent_reason="Wait.", text="With whom?")
    referred = then == "refer"
    end = ChallengeDisposal.REFERRED if referred else ChallengeDisposal.JUSTIFIED
    close(held, world.reviewer, world, end)
    waiting.refresh_from_db()
    assert waiting.silent
    assert ask(offer, world.governance_member, world, text="And the wine?").silent


def test_psd_closes_what_waits_and_tells_the_board_alone(offer: Offer, world: World) -> None:
    hold(offer, world)
    waiting = ask(offer, world.governance_member, world)
    before = told(world.assistant_chief)
    with pytest.raises(Denied):
        close(waiting, world.governance_member, world)
    close(waiting, world.reviewer, world)
    assert told(world.governance_member) == ["a challenge was closed"]
    assert told(world.assistant_chief) == before
    (said,) = challenges_of([offer.case], reader=world.governance_member)
    assert (said.standing, said.note) == ("The entry was justified", "So it was.")


# What is told


def test_who_is_told_what_of_psd_s_challenge(offer: Offer, world: World) -> None:
    made = ask(offer, world.reviewer, world)
    assert standings(offer, world, "reviewer", *OUTSIDERS) == dict.fromkeys(
        {"reviewer", *OUTSIDERS}, (NOT_ANSWERED,)
    )
    answer(offer, world)
    answered = {"reviewer": (TO_CLOSE,), **dict.fromkeys(OUTSIDERS, (WITH_PSD,))}
    assert standings(offer, world, "reviewer", *OUTSIDERS) == answered
    close(made, world.reviewer, world, ChallengeDisposal.REFERRED)
    after = {**answered, "reviewer": ("Referred for investigation",)}
    assert standings(offer, world, "reviewer", *OUTSIDERS) == after


def test_each_challenge_says_who_asks_and_for_whom(offer: Offer, world: World) -> None:
    ask(offer, world.reviewer, world)
    ask(offer, world.governance_member, world)
    said = challenges_of([offer.case], reader=world.governance_member)
    assert [(each.by, each.capacity) for each in said] == [
        (world.reviewer.display, "PSD"),
        (world.governance_member.display, "Northmoor Commissioner"),
    ]
    assert {each.reference for each in said} == {offer.case.reference}


def test_a_board_reads_of_its_own_challenge_that_it_is_its_to_close(
    offer: Offer, world: World
) -> None:
    ask(offer, world.governance_member, world)
    answer(offer, world)
    assert standings(offer, world, *OUTSIDERS) == {
        **dict.fromkeys(OUTSIDERS, (WITH_PSD,)),
        "governance_member": (TO_CLOSE,),
    }


def test_challenges_of_many_entries_are_one_question_to_the_database(
    world: World, django_assert_num_queries: Any
) -> None:
    offers = [declare(world.assistant_chief, accepted(50)) for _ in range(3)]
    for offer in offers:
        ask(offer, world.governance_member, world)
    reader = read_anew(world.governance_member)
    reader.grants()
    with django_assert_num_queries(1):
        assert len(challenges_of([offer.case for offer in offers], reader=reader)) == 3
