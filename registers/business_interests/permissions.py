"""Who may do what with an interest. Each check raises Denied with the sentence the person reads."""

from collections.abc import Callable

from integrity.casework.enums import Stage
from integrity.casework.models import Case
from integrity.casework.permissions import (
    Rules,
    check_answer,
    check_challenged,
    check_close_challenge,
    check_decider,
    check_declarant,
    check_may_challenge,
    check_may_decide,
    check_may_hear_appeal,
    check_no_conflict,
    check_psd,
    check_stage,
    hears_appeals,
    is_declarant,
    is_outside_decider,
    is_psd,
)
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import Force, User
from registers.business_interests.enums import Status, Verb
from registers.business_interests.models import Interest, MemberRule
from registers.business_interests.workflow import TRANSITIONS

Check = Callable[[User, Interest], None]

NAMES = {Role.HR: "HR", Role.VETTING: "Vetting"}
WAITS_FOR = {Status.WITH_HR: Role.HR, Status.WITH_VETTING: Role.VETTING}


def is_line_manager(user: User, case: Case) -> bool:
    return case.subject is not None and case.subject.line_manager_id == user.pk


def check_supervisor(user: User, interest: Interest) -> None:
    """The applicant's line manager gives the supervisor's view."""
    if not is_line_manager(user, interest.case):
        raise Denied("Only the applicant’s line manager can do this.", for_them=False)
    check_stage(Stage.SUPERVISOR, user, interest.case)


def check_give_view(user: User, interest: Interest) -> None:
    check_supervisor(user, interest)
    if interest.status != Status.WITH_SUPERVISOR:
        raise Denied("This application is not waiting for a supervisor.", for_them=False)


def check_asked(role: Role) -> Check:
    """Whether somebody holds the role that is asked for its view, and is free to give it."""

    def check(user: User, interest: Interest) -> None:
        case = interest.case
        scope = user.scope(role)
        if not scope.covers(force_id=case.force_id, oversight_body_id=case.oversight_body_id):
            raise Denied(f"Only {NAMES[role]} can do this.", for_them=False)
        if WAITS_FOR.get(Status(interest.status)) != role:
            raise Denied(f"This application is not waiting for {NAMES[role]}.", for_them=False)
        if is_declarant(user, case):
            raise Denied("You cannot give a view on an application of your own.")
        check_gave_no_view(user, interest)

    return check


def check_gave_no_view(user: User, interest: Interest) -> None:
    """A view is not a decision, and whoever gave one in this round does not decide in it."""
    if interest.assessments.filter(assessed_by=user, round=interest.case.round).exists():
        raise Denied("You gave a view on this in this round, so somebody else goes on with it.")


def check_ask(user: User, interest: Interest) -> None:
    """PSD, and whoever's view is waited for, may return an application with a question."""
    case, status = interest.case, Status(interest.status)
    if status == Status.WITH_SUPERVISOR and is_line_manager(user, case):
        check_stage(Stage.SUPERVISOR, user, case)
        return
    role = WAITS_FOR.get(status)
    if role is not None and user.scope(role).covers(
        force_id=case.force_id, oversight_body_id=case.oversight_body_id
    ):
        check_asked(role)(user, interest)
        return
    check_psd(user, case)


def member_rule(interest: Interest) -> MemberRule | None:
    """The row of the policy that binds the person's kind of member.

    Of an imported entry about nobody we know, the row of its legal basis.
    """
    kind = interest.case.subject_member_type
    bound = {"member_type": kind} if kind else {"legal_basis": interest.legal_basis}
    return interest.policy.member_rules.filter(**bound).first()


def check_appropriate_officer(user: User, interest: Interest) -> None:
    """Where the force says so, the head of the PSD whose case it is decides (regulation 8)."""
    case, rule = interest.case, member_rule(interest)
    if rule is None or not rule.decided_by_head:
        return
    heads = user.scope(Role.PSD_HEAD)
    outside = is_outside_decider(user, case) and bool(heads)
    if not outside and not heads.covers(
        force_id=case.force_id, oversight_body_id=case.oversight_body_id
    ):
        raise Denied("The head of PSD, who is the appropriate officer, decides this.")


def check_decide(user: User, interest: Interest) -> None:
    """PSD decides: never about themselves, their line, or what they gave a view on."""
    check_may_decide(user, interest.case)
    check_gave_no_view(user, interest)
    check_appropriate_officer(user, interest)


def check_second(user: User, interest: Interest) -> None:
    """A second approver is anybody in PSD without conflict who did not decide first."""
    check_may_decide(user, interest.case)
    check_gave_no_view(user, interest)


def check_keep(user: User, interest: Interest) -> None:
    """What PSD does to keep an approval in order decides nothing, so one may do it twice."""
    check_no_conflict(user, interest.case)


def check_decide_anew(user: User, interest: Interest) -> None:
    """A decision on an approval that stands is of a round of its own, unless a review is open."""
    if interest.open_review is not None:
        check_decide(user, interest)
        return
    check_no_conflict(user, interest.case)
    check_appropriate_officer(user, interest)


def check_renew(user: User, interest: Interest) -> None:
    check_psd(user, interest.case)
    if interest.open_review is None:
        raise Denied("No review is open.", for_them=False)
    check_decide(user, interest)


def check_open_review(user: User, interest: Interest) -> None:
    check_keep(user, interest)
    if interest.open_review is not None:
        raise Denied("A review is open already.")


def check_answer_review(user: User, interest: Interest) -> None:
    check_declarant(user, interest.case)
    review = interest.open_review
    if review is None:
        raise Denied("No review is open.", for_them=False)
    if review.answered_at is not None:
        raise Denied("You have answered this review.", for_them=False)


def check_review_view(user: User, interest: Interest) -> None:
    check_supervisor(user, interest)
    if interest.open_review is None:
        raise Denied("No review is open.", for_them=False)
    if interest.assessments.filter(round=interest.case.round).exists():
        raise Denied("You have given your view on this review.", for_them=False)


def check_report_change(user: User, interest: Interest) -> None:
    check_declarant(user, interest.case)
    review = interest.open_review
    if review is not None and review.answered_at is None:
        raise Denied("A review is open: say in it what has changed.")


def check_appeal(user: User, interest: Interest) -> None:
    """The person themselves appeals, once against each notice; the clock is the action's to check."""
    check_declarant(user, interest.case)
    notice = interest.notices.order_by("-pk").first()
    if notice is None or notice.appeal_by is None:
        raise Denied("There is no decision to appeal against.", for_them=False)
    if interest.appeals.filter(notice=notice).exists():
        raise Denied("You have appealed against this decision already.")


def check_decide_appeal(user: User, interest: Interest) -> None:
    """The chief officer in person, or whoever acts for them; never anybody who took part before."""
    if not hears_appeals(user, interest.case):
        raise Denied("Only the head of the force hears an appeal, in person.", for_them=False)
    check_may_hear_appeal(user, interest.case)
    if interest.assessments.filter(assessed_by=user).exists():
        raise Denied("You gave a view on this before, so somebody else hears the appeal.")


def check_papers(user: User, interest: Interest) -> None:
    check_declarant(user, interest.case)
    appeal = interest.open_appeal
    if appeal is not None and appeal.papers_at is not None:
        raise Denied("You have sent your papers.")


def check_follow_up(user: User, interest: Interest) -> None:
    check_keep(user, interest)
    if not interest.follow_ups.filter(done_at=None, dropped_at=None).exists():
        raise Denied("Every follow-up has been done.", for_them=False)


def check_condition(user: User, interest: Interest) -> None:
    check_keep(user, interest)
    if not interest.conditions.filter(ended_at=None, to_confirm=False).exists():
        raise Denied("No condition stands.", for_them=False)


def check_unconfirmed(user: User, interest: Interest) -> None:
    check_keep(user, interest)
    if not interest.conditions.filter(ended_at=None, to_confirm=True).exists():
        raise Denied("No imported condition waits to be confirmed.", for_them=False)


def on_case(check: Callable[[User, Case], None]) -> Check:
    """A check of the platform's, which asks the case alone."""

    def of_interest(user: User, interest: Interest) -> None:
        check(user, interest.case)

    return of_interest


def sees_everything(user: User, interest: Interest) -> bool:
    """Whether this reader sees what only PSD sees: risk, factors, the desk's notes."""
    return is_psd(user, interest.case) and not is_declarant(user, interest.case)


def may_read_views(user: User, interest: Interest) -> bool:
    """What a supervisor, HR or vetting wrote is for PSD and whoever hears the appeal, and its writer."""
    case = interest.case
    if is_declarant(user, case):
        return False
    return (
        is_psd(user, case)
        or hears_appeals(user, case)
        or is_line_manager(user, case)
        or user.scope(Role.INSPECTOR).covers(
            force_id=case.force_id, oversight_body_id=case.oversight_body_id
        )
    )


CHECKS: dict[Verb, Check] = {
    Verb.APPLY: on_case(check_declarant),
    Verb.GIVE_VIEW: check_give_view,
    Verb.GIVE_HR_VIEW: check_asked(Role.HR),
    Verb.GIVE_VETTING_VIEW: check_asked(Role.VETTING),
    Verb.GO_ON: on_case(check_decider),
    Verb.ASK: check_ask,
    Verb.ANSWER: on_case(check_answer),
    Verb.ASSIGN: on_case(check_decider),
    Verb.APPROVE: check_decide,
    Verb.SECOND_APPROVE: check_second,
    Verb.SEND_BACK: check_second,
    Verb.REFUSE: check_decide,
    Verb.APPEAL: check_appeal,
    Verb.SEND_PAPERS: check_papers,
    Verb.WITHDRAW_APPEAL: on_case(check_declarant),
    Verb.DECIDE_APPEAL: check_decide_appeal,
    Verb.CHECK_CONDITION: check_condition,
    Verb.CONFIRM_CONDITION: check_unconfirmed,
    Verb.FOLLOW_UP: check_follow_up,
    Verb.OPEN_REVIEW: check_open_review,
    Verb.ANSWER_REVIEW: check_answer_review,
    Verb.GIVE_REVIEW_VIEW: check_review_view,
    Verb.RENEW: check_renew,
    Verb.VARY: check_decide_anew,
    Verb.REVOKE: check_decide_anew,
    Verb.REPORT_CHANGE: check_report_change,
    Verb.CEASE: on_case(check_declarant),
    Verb.WITHDRAW: on_case(check_declarant),
    Verb.ATTACH: on_case(check_declarant),
    Verb.REOPEN: on_case(check_no_conflict),
    Verb.CHALLENGE: on_case(check_may_challenge),
    Verb.ANSWER_CHALLENGE: on_case(check_challenged),
    Verb.DISPOSE_CHALLENGE: on_case(check_close_challenge),
}
RULES = Rules(TRANSITIONS, CHECKS)
check, options = RULES.check, RULES.options


def check_may_record_pdr(user: User, person: User) -> None:
    """A supervisor keeps the PDR of whoever reports to them directly. Raises Denied."""
    if person.line_manager_id != user.pk:
        raise Denied("Only the line manager keeps this person’s PDR.", for_them=False)


def reads_refusals(user: User) -> frozenset[int]:
    """The forces whose list of refusals somebody reads: PSD, its owner, and who oversees it."""
    scope = user.scope(
        Role.PSD_HEAD, Role.PSD_REVIEWER, Role.REGISTER_OWNER, Role.INTEGRITY_LEAD, Role.INSPECTOR
    )
    bodies = user.scope(Role.GOVERNANCE_MEMBER).bodies
    overseen = Force.objects.filter(oversight_bodies__in=bodies).values_list("pk", flat=True)
    return scope.forces | frozenset(overseen)


def may_record_discussion(user: User, force: Force) -> bool:
    """PSD's head, the register's owner or the integrity lead keeps the subgroup's record."""
    scope = user.scope(Role.PSD_HEAD, Role.REGISTER_OWNER, Role.INTEGRITY_LEAD)
    return force.pk in scope.forces


def check_may_record_discussion(user: User, force: Force) -> None:
    if not may_record_discussion(user, force):
        raise Denied("Only PSD’s head or the register’s owner records this.", for_them=False)
