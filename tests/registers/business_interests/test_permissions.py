"""Who may do what, beyond the table: conflicts of interest, rounds, second approvers, hearers."""

import pytest

from integrity.casework.workflow import Denied
from integrity.people.enums import MemberType, Role
from integrity.people.models import Grade, User
from registers.business_interests.enums import Status, Verb
from registers.business_interests.models import Interest, InterestPolicy, MemberRule
from registers.business_interests.permissions import (
    CHECKS,
    check,
    check_may_record_discussion,
    check_may_record_pdr,
    may_read_views,
    options,
    reads_refusals,
    sees_everything,
)
from tests import builders
from tests.builders import World
from tests.interests import apply, fresh, interest_in, perform

S = Status
KEEPING = (Verb.CHECK_CONDITION, Verb.OPEN_REVIEW, Verb.VARY, Verb.REVOKE)


def refusal(verb: Verb, user: User, interest: Interest) -> str:
    """The sentence somebody reads, or nothing where they may."""
    try:
        check(verb, user, interest)
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
    reviewer = in_psd(world, getattr(world, who))
    if who != "sergeant":  # who gave the supervisor's view, which is a reason before
        assert "reports to you" in refusal(Verb.APPROVE, reviewer, interest_in(S.WITH_PSD, world))
    second = interest_in(S.SECOND_APPROVAL, world)
    assert "reports to you" in refusal(Verb.SECOND_APPROVE, reviewer, second)
    kept = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    for verb in KEEPING:
        assert "reports to you" in refusal(verb, reviewer, kept)
    refused = interest_in(S.REFUSED, world, opted_out=False)
    for verb in (Verb.FOLLOW_UP, Verb.REOPEN):
        assert "reports to you" in refusal(verb, reviewer, refused)


def test_nobody_in_psd_decides_about_somebody_above_them(world: World) -> None:
    interest = interest_in(S.WITH_PSD, world, subject=world.deputy_chief)
    for below in (world.psd_head, world.reviewer):
        assert "above you" in refusal(Verb.REFUSE, below, interest)
    assert refusal(Verb.REFUSE, world.other_reviewer, interest) == ""


def test_a_reviewer_s_own_interest_is_somebody_else_s_to_decide(world: World) -> None:
    own = fresh(apply(world.other_reviewer))
    assert own.status == S.WITH_PSD, "nobody manages them"
    for verb in (Verb.APPROVE, Verb.REFUSE, Verb.ASK, Verb.ASSIGN, Verb.CHALLENGE):
        assert "of your own" in refusal(verb, world.other_reviewer, own)
    assert not sees_everything(world.other_reviewer, own)
    assert not may_read_views(world.other_reviewer, own)
    assert sees_everything(world.reviewer, own)


def test_whoever_gave_a_view_does_not_decide_in_that_round_and_may_in_the_next(
    world: World,
) -> None:
    InterestPolicy.objects.update(asks_hr=True)
    both = in_psd(world, world.hr_officer)
    waiting = interest_in(S.WITH_PSD, world)
    for verb in (Verb.APPROVE, Verb.REFUSE):
        assert "gave a view" in refusal(verb, both, waiting)
    second = interest_in(S.SECOND_APPROVAL, world)
    for verb in (Verb.SECOND_APPROVE, Verb.SEND_BACK):
        assert "gave a view" in refusal(verb, both, second)
    assert refusal(Verb.ASK, both, waiting) == "", "asking is no decision"
    refused = perform(Verb.REFUSE, waiting, by=world.reviewer, in_world=world)
    again = perform(Verb.REOPEN, refused, by=world.reviewer, in_world=world)
    assert refusal(Verb.APPROVE, both, again) == ""


def test_hr_gives_no_view_on_an_application_of_its_own(world: World) -> None:
    InterestPolicy.objects.update(asks_hr=True)
    own = interest_in(S.WITH_HR, world, subject=world.hr_officer)
    assert "of your own" in refusal(Verb.GIVE_HR_VIEW, world.hr_officer, own)
    assert "of your own" in refusal(Verb.ASK, world.hr_officer, own)


def test_one_person_gives_no_two_views_in_a_round(world: World) -> None:
    InterestPolicy.objects.update(asks_hr=True)
    builders.grant(world.sergeant, Role.HR, force=world.northmoor)
    both = builders.read_anew(world.sergeant)
    assert "gave a view" in refusal(Verb.GIVE_HR_VIEW, both, interest_in(S.WITH_HR, world))


def test_the_second_approver_is_somebody_else_than_the_first(world: World) -> None:
    second = interest_in(S.SECOND_APPROVAL, world)
    for verb in (Verb.SECOND_APPROVE, Verb.SEND_BACK):
        assert "already decided" in refusal(verb, world.reviewer, second)
        assert refusal(verb, world.other_reviewer, second) == ""


def test_where_the_policy_says_so_the_appropriate_officer_decides(world: World) -> None:
    waiting = interest_in(S.WITH_PSD, world)
    kept = interest_in(S.APPROVED, world)
    second = interest_in(S.SECOND_APPROVAL, world)
    reviewing = perform(
        Verb.OPEN_REVIEW, interest_in(S.APPROVED, world), by=world.reviewer, in_world=world
    )
    reviewing = perform(Verb.ANSWER_REVIEW, reviewing, by=world.constable, in_world=world)
    MemberRule.objects.filter(member_type=MemberType.OFFICER).update(decided_by_head=True)
    for verb, interest in (
        (Verb.APPROVE, waiting),
        (Verb.REFUSE, waiting),
        (Verb.VARY, kept),
        (Verb.REVOKE, kept),
        (Verb.RENEW, reviewing),
        (Verb.REVOKE, reviewing),
    ):
        assert "appropriate officer" in refusal(verb, world.reviewer, interest), verb
        assert refusal(verb, world.psd_head, interest) == "", verb
    assert refusal(Verb.SECOND_APPROVE, world.other_reviewer, second) == "", "agreeing is not his"
    staff = interest_in(S.WITH_PSD, world, subject=world.staff_officer)
    assert refusal(Verb.APPROVE, world.reviewer, staff) == "", "his rule binds officers alone"


def test_the_head_of_another_department_is_not_the_appropriate_officer(world: World) -> None:
    """The role that counts is the one over the applicant's force."""
    MemberRule.objects.filter(member_type=MemberType.OFFICER).update(decided_by_head=True)
    builders.grant(world.reviewer, Role.PSD_HEAD, force=world.harbour)
    waiting = interest_in(S.WITH_PSD, world)
    assert "appropriate officer" in refusal(
        Verb.APPROVE, builders.read_anew(world.reviewer), waiting
    )


def test_a_case_of_the_chief_s_is_worked_outside_his_force(world: World) -> None:
    own = interest_in(S.WITH_PSD, world, subject=world.chief)
    assert own.case.with_outside_decider
    assert "outside decider" in refusal(Verb.APPROVE, world.other_reviewer, own)
    world.northmoor.outside_department = world.harbour_psd
    world.northmoor.save()
    assert refusal(Verb.APPROVE, builders.read_anew(world.harbour_reviewer), own)
    builders.grant(world.harbour_reviewer, Role.PSD_HEAD, department=world.harbour_psd)
    outside = builders.read_anew(world.harbour_reviewer)
    assert refusal(Verb.APPROVE, outside, fresh(own)) == ""
    MemberRule.objects.filter(member_type=MemberType.OFFICER).update(decided_by_head=True)
    assert refusal(Verb.APPROVE, outside, fresh(own)) == "", "he heads the PSD outside"


def test_nobody_answers_renews_or_views_a_review_that_is_not_open(world: World) -> None:
    kept = interest_in(S.APPROVED, world)
    assert "No review is open" in refusal(Verb.ANSWER_REVIEW, world.constable, kept)
    assert "No review is open" in refusal(Verb.GIVE_REVIEW_VIEW, world.sergeant, kept)
    assert "No review is open" in refusal(Verb.RENEW, world.reviewer, kept)
    kept = perform(Verb.OPEN_REVIEW, kept, by=world.reviewer, in_world=world)
    assert "open already" in refusal(Verb.OPEN_REVIEW, world.reviewer, kept)
    assert "say in it" in refusal(Verb.REPORT_CHANGE, world.constable, kept)
    kept = perform(Verb.ANSWER_REVIEW, kept, by=world.constable, in_world=world)
    assert "have answered" in refusal(Verb.ANSWER_REVIEW, world.constable, kept)
    kept = perform(Verb.GIVE_REVIEW_VIEW, kept, by=world.sergeant, in_world=world)
    assert "have given" in refusal(Verb.GIVE_REVIEW_VIEW, world.sergeant, kept)


def test_one_notice_is_appealed_against_once(world: World) -> None:
    interest = interest_in(S.APPEALED, world)
    interest = perform(Verb.WITHDRAW_APPEAL, interest, by=world.constable, in_world=world)
    assert "already" in refusal(Verb.APPEAL, world.constable, interest)


def test_an_approval_without_conditions_is_nothing_to_appeal_against(world: World) -> None:
    approved = interest_in(S.APPROVED, world)
    assert "no decision to appeal" in refusal(Verb.APPEAL, world.constable, approved)


@pytest.mark.parametrize("part", ["decision", "second approval", "view", "own"])
def test_nobody_who_took_part_hears_the_appeal(part: str, world: World) -> None:
    acting = world.deputy_chief
    builders.grant(acting, Role.ACTING_CHIEF_OFFICER, force=world.northmoor)
    builders.grant(acting, Role.PSD_REVIEWER, department=world.alliance_psd)
    acting = builders.read_anew(acting)
    subject = world.constable
    match part:
        case "decision":
            interest = interest_in(S.WITH_PSD, world)
            interest = perform(Verb.REFUSE, interest, by=acting, in_world=world)
        case "second approval":
            interest = interest_in(S.SECOND_APPROVAL, world)
            interest = perform(Verb.SEND_BACK, interest, by=acting, in_world=world)
            interest = perform(Verb.REFUSE, interest, by=world.reviewer, in_world=world)
        case "view":
            subject = world.psd_head  # whom the deputy manages
            interest = interest_in(S.WITH_PSD, world, subject=subject)
            interest = perform(Verb.REFUSE, interest, by=world.other_reviewer, in_world=world)
        case _:
            subject = acting
            interest = interest_in(S.WITH_PSD, world, subject=subject)
            interest = perform(Verb.REFUSE, interest, by=world.other_reviewer, in_world=world)
    interest = perform(Verb.APPEAL, interest, by=subject, in_world=world)
    assert refusal(Verb.DECIDE_APPEAL, acting, interest)
    if part == "own":
        assert "of your own" in refusal(Verb.DECIDE_APPEAL, acting, interest)
        gave = "gave a view" in refusal(Verb.DECIDE_APPEAL, world.chief, interest)
        assert gave, "the chief manages the deputy, and gave the supervisor's view"
    else:
        assert refusal(Verb.DECIDE_APPEAL, world.chief, interest) == ""


def test_the_head_of_another_force_hears_no_appeal_here(world: World) -> None:
    world.harbour_sergeant.grade = Grade.objects.create(
        force=world.harbour, name="Chief", short="CC", is_chief_officer=True, heads_force=True
    )
    world.harbour_sergeant.save()
    interest = interest_in(S.APPEALED, world)
    assert "in person" in refusal(
        Verb.DECIDE_APPEAL, builders.read_anew(world.harbour_sergeant), interest
    )


def test_views_are_read_by_psd_the_hearer_and_the_line_manager_never_by_the_applicant(
    world: World,
) -> None:
    interest = interest_in(S.WITH_PSD, world)
    seen = {name for name, user in world.people().items() if may_read_views(user, interest)}
    assert seen == {"psd_head", "reviewer", "other_reviewer", "sergeant", "inspector", "chief"}
    risk = {name for name, user in world.people().items() if sees_everything(user, interest)}
    assert risk == {"psd_head", "reviewer", "other_reviewer"}


def test_a_silent_challenge_is_not_the_applicant_s_to_answer(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    before = [o.transition.verb for o in options(world.constable, interest)]
    interest = perform(
        Verb.CHALLENGE,
        interest,
        by=world.reviewer,
        in_world=world,
        silent=True,
        silent_reason="It would tip them off.",
    )
    assert refusal(Verb.ANSWER_CHALLENGE, world.constable, interest)
    assert [o.transition.verb for o in options(world.constable, interest)] == before


def test_a_body_s_own_interests_are_its_own_psd_s(world: World) -> None:
    interest = fresh(apply(world.body_member))
    assert interest.status == S.WITH_PSD
    assert refusal(Verb.APPROVE, world.psd_head, interest) == ""
    assert refusal(Verb.APPROVE, world.reviewer, interest)


def test_the_line_manager_alone_keeps_somebody_s_pdr(world: World) -> None:
    check_may_record_pdr(world.sergeant, world.constable)
    for other in (world.inspector_of_police, world.constable, world.psd_head):
        with pytest.raises(Denied, match="line manager"):
            check_may_record_pdr(other, world.constable)


def test_who_reads_the_refusals_and_who_records_their_discussion(world: World) -> None:
    readers = {
        name for name, user in world.people().items() if world.northmoor.pk in reads_refusals(user)
    }
    assert readers == {
        "psd_head",
        "reviewer",
        "other_reviewer",
        "register_owner",
        "inspector",
        "governance_member",
    }
    recorders = set()
    for name, user in world.people().items():
        try:
            check_may_record_discussion(user, world.northmoor)
        except Denied:
            continue
        recorders.add(name)
    assert recorders == {"psd_head", "register_owner"}


@pytest.mark.parametrize("status", sorted(S))
def test_a_board_challenges_a_chief_officer_s_interest_unless_it_was_withdrawn(
    status: Status, world: World
) -> None:
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    interest = interest_in(status, world, subject=world.assistant_chief)
    (only,) = options(world.governance_member, interest)
    assert only.transition.verb == Verb.CHALLENGE
    assert (only.refusal == "") == (status != S.WITHDRAWN)
