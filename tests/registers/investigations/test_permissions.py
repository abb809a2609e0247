"""Who may open, take, answer and own: PSD, and never about themselves or their own people."""

from collections.abc import Callable

import pytest

from integrity.casework import actions as casework
from integrity.casework.enums import ReferralSource
from integrity.casework.models import Referral
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.investigations.actions.concerns import send_concern
from registers.investigations.enums import Verb
from registers.investigations.models import Concern
from registers.investigations.permissions import (
    check,
    check_apart,
    check_may_open,
    check_may_own,
    check_may_reply,
    check_may_take,
)
from tests import builders
from tests.builders import NOW, World, declare
from tests.constraints import change
from tests.investigations import fresh, open_one, perform, refer

PSD = {"psd_head", "reviewer", "other_reviewer"}


def allowed(world: World, ask: Callable[[User], object]) -> set[str]:
    """Who passes a check, by the name they have in the world."""
    refused = {name: refusal(ask, user) for name, user in world.people().items()}
    assert all(sentence.endswith(".") for sentence in refused.values() if sentence)
    return {name for name, sentence in refused.items() if not sentence}


def refusal(ask: Callable[[User], object], user: User) -> str:
    try:
        ask(builders.read_anew(user))
    except Denied as denied:
        return str(denied)
    return ""


def test_psd_opens_in_its_own_forces_and_bodies(world: World) -> None:
    assert allowed(world, lambda user: check_may_open(user, world.northmoor)) == PSD
    assert allowed(world, lambda user: check_may_open(user, world.harbour)) == {"harbour_reviewer"}
    assert allowed(world, lambda user: check_may_open(user, world.body)) == {"psd_head"}


def test_psd_takes_a_referral_that_is_about_none_of_its_own(world: World) -> None:
    def takers(referral: Referral) -> set[str]:
        return allowed(world, lambda user: check_may_take(user, referral))

    assert takers(refer(world)) == PSD
    assert takers(refer(world, person=world.constable)) == PSD
    assert takers(refer(world, person=world.reviewer)) == {"other_reviewer"}
    typed = casework.refer(
        declare(world.constable, by=world.reviewer).case,
        source=ReferralSource.CHALLENGE,
        about="It",
        reason="Why?",
        by=world.other_reviewer,
        now=NOW,
    )
    assert takers(typed) == {"psd_head", "other_reviewer"}, "not whoever typed the entry"


def test_nobody_opens_or_names_what_they_could_not_read_afterwards(world: World) -> None:
    for subject in (world.reviewer, world.psd_head):
        with pytest.raises(Denied, match="about you or somebody who reports to you"):
            check_apart(world.psd_head, subject)
    check_apart(world.reviewer, world.psd_head)
    check_apart(world.reviewer, None)


def test_psd_answers_a_concern_of_its_force(world: World) -> None:
    send_concern(force=world.northmoor, text="Look at the stores.", now=NOW)
    concern = Concern.objects.get()
    assert allowed(world, lambda user: check_may_reply(user, concern)) == PSD
    made = open_one(world, referrals=[concern.referral], subject=world.reviewer)
    assert allowed(world, lambda user: check_may_reply(user, concern)) == {"other_reviewer"}
    assert made.leads.get().referral == concern.referral


def owners(world: World, subject: User | None) -> set[str]:
    made = open_one(world, subject=subject)
    return allowed(world, lambda user: check_may_own(user, made))


def test_an_owner_stands_apart_from_the_subject(world: World) -> None:
    assert owners(world, world.constable) == PSD
    assert owners(world, None) == PSD
    assert owners(world, world.reviewer) == {"other_reviewer"}
    # their head's is none for those whom the head manages
    assert owners(world, world.psd_head) == {"other_reviewer"}


def test_whoever_managed_the_subject_at_the_opening_does_not_work_on_it(world: World) -> None:
    builders.grant(world.sergeant, Role.PSD_REVIEWER, force=world.northmoor)
    made = open_one(world)
    change(world.constable, line_manager=world.inspector_of_police)
    with pytest.raises(Denied, match="who reported to you"):
        check(Verb.ASSESS, builders.read_anew(world.sergeant), fresh(made))


def test_what_left_the_force_is_worked_by_the_outside_decider_alone(world: World) -> None:
    change(world.northmoor, outside_department=world.harbour_psd)
    made = open_one(world, subject=builders.read_anew(world.chief))

    def workers(verb: Verb) -> set[str]:
        return allowed(world, lambda user: check(verb, user, fresh(made)))

    assert workers(Verb.ASSESS) == workers(Verb.CLOSE) == {"harbour_reviewer"}
    closed = perform(Verb.CLOSE, made, by=world.harbour_reviewer, in_world=world)
    assert closed.outcome == "advice"


def test_one_person_decides_once_a_round(world: World) -> None:
    made = open_one(world)
    for verb in (Verb.CLOSE, Verb.REOPEN, Verb.CLOSE):
        made = perform(verb, made, by=world.reviewer, in_world=world)
    assert [each.round for each in made.case.decisions.all()] == [1, 2]
