"""Whether conditions and refusals are kept: checks, what a broken one opens, and follow-ups."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from integrity.audit.models import Audience, Event
from integrity.casework.case_page import events_for, referrals_for
from integrity.casework.enums import DeadlineKind, ReferralSource
from integrity.casework.models import Challenge, Notice, Referral
from integrity.casework.workflow import Denied
from registers.business_interests.actions.stating import factors_of
from registers.business_interests.enums import (
    CheckMethod,
    CheckOutcome,
    ConditionKind,
    Factor,
    FollowUpOutcome,
    IfBroken,
    Status,
    Verb,
)
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.models import Condition, ConditionCheck, FollowUp, Interest
from tests.builders import NOW, World
from tests.constraints import change
from tests.interests import HOURS, NO_UNIFORM, apply, fresh, interest_in, perform
from tests.registers.business_interests.test_actions import names, tasks, told

S, K = Status, DeadlineKind
pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)
BROKEN: dict[str, Any] = {
    "outcome": CheckOutcome.BROKEN,
    "method": CheckMethod.PAYSLIPS,
    "evidence": "22 hours in May.",
}
BY_CHALLENGE = {**BROKEN, "if_broken": IfBroken.CHALLENGE, "challenge": "Why 22 hours?"}
BY_REFERRAL = {**BROKEN, "if_broken": IfBroken.REFER}


def checked(interest: Interest, world: World, **details: Any) -> Interest:
    return perform(
        Verb.CHECK_CONDITION, interest, by=world.reviewer, in_world=world, now=LATER, **details
    )


# --- checks ---------------------------------------------------------------------------------------


def test_a_check_keeps_its_evidence_and_sets_the_next(world: World) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    interest = checked(interest, world)
    check = ConditionCheck.objects.get()
    assert (check.outcome, check.method, check.evidence) == (
        CheckOutcome.KEPT,
        CheckMethod.PAYSLIPS,
        "Payslips of May.",
    )
    assert (check.due_on, check.checked_by) == (date(2026, 12, 15), world.reviewer)
    hours, uniform = interest.standing_conditions
    assert hours.next_check_on == date(2027, 2, 14), "six months after the check"
    assert uniform.next_check_on == date(2027, 6, 15), "as it was"
    assert tasks(interest) == [(K.CHECK_CONDITION, None, date(2027, 2, 14))]
    assert told(interest) == []
    assert names(interest)[-1] == "condition checked"


@pytest.mark.usefixtures("media")
def test_a_check_may_have_a_paper(world: World) -> None:
    paper = SimpleUploadedFile("payslip.txt", b"22 hours")
    interest = checked(interest_in(S.APPROVED_WITH_CONDITIONS, world), world, file=paper)
    check = ConditionCheck.objects.get()
    assert check.attachment is not None
    assert check.attachment.case == interest.case


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"evidence": ""}, "without evidence is none"),
        (BROKEN, "Say what follows"),
        ({**BROKEN, "if_broken": IfBroken.CHALLENGE}, "asked to justify"),
    ],
)
def test_a_check_says_what_was_seen_and_what_follows(
    details: dict[str, Any], words: str, world: World
) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    with pytest.raises(Denied, match=words):
        checked(interest, world, **details)
    assert not ConditionCheck.objects.exists()


def test_a_condition_that_ended_or_is_another_s_is_not_checked(world: World) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    other = interest_in(S.APPROVED_WITH_CONDITIONS, world, subject=world.colleague)
    hours, uniform = interest.standing_conditions
    interest = perform(
        Verb.VARY, interest, by=world.reviewer, in_world=world, keep=[uniform.pk], conditions=()
    )
    for condition in (hours, other.standing_conditions[0]):
        with pytest.raises(Denied, match="does not stand"):
            checked(interest, world, condition=condition)


def test_a_broken_condition_opens_a_challenge_to_the_person(world: World) -> None:
    interest = checked(interest_in(S.APPROVED_WITH_CONDITIONS, world), world, **BY_CHALLENGE)
    challenge = Challenge.objects.get(case=interest.case)
    assert (challenge.to, challenge.text, challenge.silent) == (
        world.constable,
        "Why 22 hours?",
        False,
    )
    assert told(interest) == [("constable", "you are asked to justify an entry")]
    assert names(interest)[-2:] == ["condition checked", "challenge made"]
    assert not Referral.objects.exists()
    assert tasks(interest, K.ANSWER_CHALLENGE)[0][1] == world.constable


def test_a_broken_condition_counts_in_the_score_here_and_afterwards(world: World) -> None:
    interest = checked(interest_in(S.APPROVED_WITH_CONDITIONS, world), world, **BY_CHALLENGE)
    assert interest.case.risk == 18
    assert Factor.BROKEN_BEFORE in factors_of(apply(world.constable))


def test_a_broken_condition_is_handed_over_without_a_word_to_the_person(world: World) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    before, version = names(interest), interest.case.version
    interest = checked(interest, world, **BY_REFERRAL)
    referral = Referral.objects.get(case=interest.case)
    assert referral.source == ReferralSource.CONDITION_CHECK
    assert referral.reason == f"A condition was not kept: {HOURS.text} 22 hours in May."
    assert told(interest) == [("psd_head", "something waits for you on the PSD desk")]
    # nothing that the person reads has changed
    assert (names(interest), interest.case.version) == (before, version)
    for reader in (world.constable, world.sergeant):
        assert not referrals_for(reader, interest.case).exists()
        seen = {event.name for event in events_for(reader, interest.case)}
        assert seen == set(before)
        assert not Notice.objects.filter(recipient=reader, made_at=LATER).exists()
    assert referrals_for(world.reviewer, interest.case).exists()
    assert not Challenge.objects.exists()
    assert interest.case.risk == 18, "the score knows, and only PSD reads it"


def test_what_could_not_be_told_opens_nothing(world: World) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    interest = checked(interest, world, outcome=CheckOutcome.UNCLEAR, if_broken=IfBroken.REFER)
    assert ConditionCheck.objects.get().if_broken == ""
    assert not Referral.objects.exists()
    assert interest.case.risk == 0


# --- conditions out of a legacy register ----------------------------------------------------------


def legacy(world: World) -> tuple[Interest, Condition]:
    """One condition was read out of an old register; PSD has not confirmed it."""
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    hours, uniform = interest.standing_conditions
    change(hours, ended_at=NOW)
    change(uniform, to_confirm=True, next_check_on=None)
    return fresh(interest), Condition.objects.get(pk=uniform.pk)


def test_an_imported_condition_is_confirmed_and_then_checked(world: World) -> None:
    interest, read = legacy(world)
    with pytest.raises(Denied, match="No condition stands"):
        checked(interest, world, condition=read)
    interest = perform(
        Verb.CONFIRM_CONDITION,
        interest,
        by=world.reviewer,
        in_world=world,
        condition=read,
        facts=HOURS,
    )
    (held,) = interest.standing_conditions
    assert (held.pk, held.kind, held.to_confirm) == (read.pk, ConditionKind.HOURS, False)
    assert (held.next_check_on, held.set_by) == (date(2026, 12, 15), world.reviewer)
    assert tasks(interest) == [(K.CHECK_CONDITION, None, date(2026, 12, 15))]
    interest = checked(interest, world, condition=held)
    assert interest.status == S.APPROVED_WITH_CONDITIONS


def test_words_that_were_no_condition_leave_a_plain_approval(world: World) -> None:
    interest, read = legacy(world)
    interest = perform(
        Verb.CONFIRM_CONDITION,
        interest,
        by=world.reviewer,
        in_world=world,
        condition=read,
        facts=None,
    )
    assert (interest.status, interest.standing_conditions) == (S.APPROVED, [])
    assert Event.objects.latest("pk").reason == f"No condition: {NO_UNIFORM.text}"


def test_a_confirmed_condition_says_what_its_kind_asks_for(world: World) -> None:
    interest, read = legacy(world)
    with pytest.raises(Denied, match="how many hours"):
        perform(
            Verb.CONFIRM_CONDITION,
            interest,
            by=world.reviewer,
            in_world=world,
            condition=read,
            facts=ConditionFacts("Few hours", kind=ConditionKind.HOURS),
        )


# --- follow-ups -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [S.REFUSED, S.REVOKED, S.APPEALED])
def test_a_refusal_is_followed_up_one_after_another(status: Status, world: World) -> None:
    interest = interest_in(status, world)
    due = [date(2026, 7, 15), date(2026, 12, 15), date(2027, 6, 15)]
    for day in due:
        assert tasks(interest, K.FOLLOW_UP) == [(K.FOLLOW_UP, None, day)]
        interest = perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world, now=LATER)
    assert tasks(interest, K.FOLLOW_UP) == []
    assert {(f.outcome, f.done_by) for f in interest.follow_ups.all()} == {
        (FollowUpOutcome.NOT_DOING_IT, world.reviewer)
    }
    with pytest.raises(Denied, match="Every follow-up"):
        perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world)


def test_a_follow_up_says_what_was_seen_and_is_done_once(world: World) -> None:
    interest = interest_in(S.REFUSED, world)
    first = interest.follow_ups.all()[0]
    with pytest.raises(Denied, match="what was seen"):
        perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world, evidence="")
    interest = perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world)
    with pytest.raises(Denied, match="done already"):
        perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world, follow_up=first)
    assert not Referral.objects.exists()


def test_carrying_on_after_a_refusal_is_handed_over_and_not_told_to_the_person(
    world: World,
) -> None:
    interest = interest_in(S.REFUSED, world)
    before, version = names(interest), interest.case.version
    interest = perform(
        Verb.FOLLOW_UP,
        interest,
        by=world.reviewer,
        in_world=world,
        now=LATER,
        outcome=FollowUpOutcome.DOING_IT,
        evidence="On the door of the Anchor on 12 July.",
    )
    referral = Referral.objects.get(case=interest.case)
    assert referral.source == ReferralSource.FOLLOW_UP
    assert referral.reason == ("Carried on after a refusal. On the door of the Anchor on 12 July.")
    assert (interest.status, interest.case.version, names(interest)) == (
        S.REFUSED,
        version,
        before,
    )
    recipients = set(
        Notice.objects.filter(made_at=LATER).values_list("recipient__username", flat=True)
    )
    assert recipients == {"psd_head"}
    kept = Event.objects.filter(about_id=interest.case_id, at=LATER)
    assert {event.audience for event in kept} == {Audience.PSD}


def test_follow_ups_end_when_the_refusal_no_longer_stands(world: World) -> None:
    for number, verb in enumerate((Verb.REOPEN, Verb.DECIDE_APPEAL)):
        interest = interest_in(S.REFUSED if number == 0 else S.APPEALED, world, opted_out=False)
        interest = perform(Verb.FOLLOW_UP, interest, by=world.reviewer, in_world=world)
        if verb == Verb.REOPEN:
            interest = perform(verb, interest, by=world.reviewer, in_world=world)
        else:
            interest = perform(verb, interest, by=world.chief, in_world=world, outcome="upheld")
        done, *others = FollowUp.objects.filter(interest=interest)
        assert (done.done_at, done.dropped_at) == (NOW, None), "what was done stays"
        assert [each.dropped_at for each in others] == [NOW, NOW]
        assert tasks(interest, K.FOLLOW_UP) == []
