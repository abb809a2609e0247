"""Makes the business interests that tests speak of; states are reached by the real actions.

The world, its people and the clock are those of tests.builders, which has given each force, and the
body, a policy on business interests.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from integrity.casework.clocks import add_months
from integrity.casework.enums import ChallengeDisposal
from integrity.casework.models import Challenge
from integrity.people.enums import MemberType, Role
from integrity.people.models import Force, User
from registers.business_interests import actions
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    CheckMethod,
    CheckOutcome,
    ConditionKind,
    Factor,
    FollowUpOutcome,
    Ground,
    LegalBasis,
    Stance,
    Status,
    Verb,
    View,
)
from registers.business_interests.facts import (
    AssessmentFacts,
    ConditionFacts,
    InterestFacts,
    ReviewAnswers,
)
from registers.business_interests.models import (
    Condition,
    ConditionTemplate,
    FactorWeight,
    FollowUp,
    Interest,
    InterestPolicy,
    ListedOccupation,
    MemberRule,
    ReviewInterval,
)
from tests.builders import NOW, START, World

BASES = {
    MemberType.OFFICER: LegalBasis.POLICE_REGULATIONS,
    MemberType.SPECIAL: LegalBasis.FORCE_POLICY,
    MemberType.STAFF: LegalBasis.FORCE_POLICY,
    MemberType.VOLUNTEER: LegalBasis.FORCE_POLICY,
    MemberType.CONTRACTOR: LegalBasis.CONTRACT,
    MemberType.BODY: LegalBasis.FORCE_POLICY,
}
OCCUPATIONS = (
    ("Door supervision", ["doorman", "door supervisor", "bouncer"], Stance.REFUSE),
    ("Driver", ["driver", "taxi", "chauffeur"], Stance.CONDITIONS),
    ("Driving instructor", ["driving instructor"], Stance.ADVICE),
)
WEIGHTS = {
    Factor.LISTED_REFUSE: 40,
    Factor.LISTED_OTHER: 20,
    Factor.POLICE_KNOWLEDGE: 15,
    Factor.SUPPLIES_FORCE: 15,
    Factor.REPUTATION: 10,
    Factor.ROLE_CONFLICT: 25,
    Factor.PERFORMANCE: 8,
    Factor.WELFARE: 8,
    Factor.VETTING: 20,
    Factor.OVER_HOURS: 6,
    Factor.NO_AGENT: 12,
    Factor.LICENCE: 10,
    Factor.REFUSED_BEFORE: 10,
    Factor.BROKEN_BEFORE: 18,
    Factor.CHIEF_OFFICER: 4,
}
HOURS = ConditionFacts(
    text="No more than 10 hours a week.",
    kind=ConditionKind.HOURS,
    hours=Decimal(10),
    check_method=CheckMethod.PAYSLIPS,
)
NO_UNIFORM = ConditionFacts(
    text="No use of uniform or warrant card.", kind=ConditionKind.NO_UNIFORM, check_months=12
)
NOTHING_CHANGED = ReviewAnswers(
    circumstances_changed=False, hours_changed=False, role_changed=False
)
BEGINS = {Verb.APPLY}


def interest_policy(*, joint: list[Force] | None = None, **details: Any) -> InterestPolicy:
    """A policy row with what binds each kind of member, its list, library, intervals and weights."""
    policy = InterestPolicy.objects.create(
        **{
            "title": "Business interests",
            "summary": "Ask before you begin.",
            "effective_from": START,
            **details,
        }
    )
    policy.joint_forces.set(joint or [])
    MemberRule.objects.bulk_create(
        MemberRule(policy=policy, member_type=kind, legal_basis=basis)
        for kind, basis in BASES.items()
    )
    ListedOccupation.objects.bulk_create(
        ListedOccupation(policy=policy, name=name, words=words, stance=stance, says="See PSD.")
        for name, words, stance in OCCUPATIONS
    )
    ConditionTemplate.objects.bulk_create(
        ConditionTemplate(
            policy=policy,
            kind=each.kind,
            text=each.text,
            check_method=each.check_method,
            check_months=each.check_months,
        )
        for each in (HOURS, NO_UNIFORM)
    )
    ReviewInterval.objects.create(policy=policy, from_risk=40, months=6)
    FactorWeight.objects.bulk_create(
        FactorWeight(policy=policy, factor=factor, points=points)
        for factor, points in WEIGHTS.items()
    )
    return policy


def facts(**details: Any) -> InterestFacts:
    """Four hours a week in a garden centre, with nothing that conflicts, unless told."""
    return InterestFacts(
        **{
            "category": Category.WAGED,
            "occupation": "Gardener",
            "organisation": "Fallow Hill Garden Centre",
            "hours_a_week": Decimal(4),
            "uses_police_knowledge": False,
            "supplies_force": False,
            "could_reflect": False,
            **details,
        }
    )


def apply(subject: User, *, now: datetime = NOW, **details: Any) -> Interest:
    """An application by somebody with a clean record."""
    return actions.apply(facts=facts(**details), by=subject, now=now)


def fresh(interest: Interest) -> Interest:
    """The interest as a request would read it."""
    return Interest.objects.select_related(
        "case__subject__line_manager", "case__force", "policy", "organisation", "listed"
    ).get(pk=interest.pk)


def interest_in(
    status: Status,
    in_world: World,
    *,
    subject: User | None = None,
    now: datetime = NOW,
    **details: Any,
) -> Interest:
    """An interest at a status, reached as its users reach it; the constable's unless told.

    Views are the sergeant's, the first decision is ``reviewer``'s and a second ``other_reviewer``'s;
    appeals are against a refusal. HR and vetting are asked where the world's policy asks them.
    """
    who = in_world
    subject = subject or who.constable

    def then(verb: Verb, interest: Interest, by: User, **more: Any) -> Interest:
        return perform(verb, interest, by=by, in_world=who, now=now, **more)

    if status == Status.SECOND_APPROVAL:
        details = {"occupation": "Door supervisor", **details}
    interest = fresh(apply(subject, now=now, **details))
    if status == Status.WITHDRAWN:
        return then(Verb.WITHDRAW, interest, subject)
    path: Mapping[Status, Verb] = {
        Status.WITH_SUPERVISOR: Verb.GIVE_VIEW,
        Status.WITH_HR: Verb.GIVE_HR_VIEW,
        Status.WITH_VETTING: Verb.GIVE_VETTING_VIEW,
    }
    asked = {
        Status.WITH_SUPERVISOR: subject.line_manager,
        Status.WITH_HR: holder_of(who, Role.HR),
        Status.WITH_VETTING: holder_of(who, Role.VETTING),
    }
    while interest.status in path and interest.status != status:
        at = Status(interest.status)
        by = asked[at]
        assert by is not None, f"nobody is {at}"
        interest = then(path[at], interest, by)
    first, second = deciders(who, subject)
    match status:
        case Status.QUERIED:
            return then(Verb.ASK, interest, first)
        case Status.APPROVED:
            return then(Verb.APPROVE, interest, first)
        case Status.APPROVED_WITH_CONDITIONS:
            return then(Verb.APPROVE, interest, first, conditions=(HOURS, NO_UNIFORM))
        case Status.SECOND_APPROVAL:
            return then(Verb.APPROVE, interest, first, rationale="He has done it for years.")
        case Status.REFUSED:
            return then(Verb.REFUSE, interest, first)
        case Status.REVOKED:
            interest = then(Verb.APPROVE, interest, first)
            return then(Verb.REVOKE, interest, second)
        case Status.APPEALED:
            interest = then(Verb.REFUSE, interest, first)
            return then(Verb.APPEAL, interest, subject)
        case Status.CEASED:
            interest = then(Verb.APPROVE, interest, first)
            return then(Verb.CEASE, interest, subject)
    return interest


def deciders(who: World, subject: User) -> tuple[User, User]:
    """Two of PSD who are free to decide about somebody; where there is one alone, twice that one."""
    if subject.force_id == who.harbour.pk:
        return who.harbour_reviewer, who.harbour_reviewer
    if subject.oversight_body_id:
        return who.psd_head, who.psd_head
    return who.reviewer, who.other_reviewer


def holder_of(who: World, role: Role) -> User | None:
    """Whoever holds HR's or vetting's role in Northmoor."""
    return next((user for user in who.people().values() if user.holds(role)), None)


def perform(
    verb: Verb,
    interest: Interest,
    *,
    by: User,
    in_world: World,
    now: datetime = NOW,
    version: int | None = None,
    **details: Any,
) -> Interest:
    """Carry out a verb with ordinary particulars, as its form would give them."""
    action, particulars = _ordinary(verb, interest, in_world, now)
    action(interest, **{**particulars, **details}, by=by, now=now, version=version)
    return fresh(interest)


def _ordinary(
    verb: Verb, interest: Interest, who: World, now: datetime
) -> tuple[Callable[..., Interest], dict[str, Any]]:
    reason = {"reason": "Because the policy says so."}
    today = day_of(now)
    review_on = {"review_on": add_months(today, 12)}
    standing = [c.pk for c in Condition.objects.filter(interest=interest, ended_at=None)]
    challenges = Challenge.objects.filter(case=interest.case_id, disposed_at=None)
    condition = Condition.objects.filter(interest=interest, ended_at=None).first()
    match verb:
        case Verb.GIVE_VIEW:
            return actions.give_view, {"facts": AssessmentFacts(role_conflict=False)}
        case Verb.GIVE_HR_VIEW:
            return actions.give_hr_view, {"facts": AssessmentFacts()}
        case Verb.GIVE_VETTING_VIEW:
            return actions.give_vetting_view, {"facts": AssessmentFacts(View.SUPPORT)}
        case Verb.GO_ON:
            return actions.go_on, reason
        case Verb.ASK:
            return actions.ask, {"field": "hours", "text": "Which evenings?"}
        case Verb.ANSWER:
            waiting = interest.case.questions.filter(answered_at=None)
            return actions.answer, {"answers": {q.pk: "Saturdays." for q in waiting}}
        case Verb.ASSIGN:
            return actions.assign, {"owner": who.other_reviewer}
        case Verb.APPROVE:
            return actions.approve, {**reason, **review_on, "conditions": (), "rationale": ""}
        case Verb.SECOND_APPROVE:
            return actions.second_approve, reason
        case Verb.SEND_BACK:
            return actions.send_back, reason
        case Verb.REFUSE:
            return actions.refuse, {**reason, "ground": Ground.ROLE_CONFLICT}
        case Verb.APPEAL:
            return actions.appeal, {"grounds": "It is unfair.", "police_friend": "PS Friend"}
        case Verb.SEND_PAPERS:
            return actions.send_papers, {"papers": "My letter."}
        case Verb.WITHDRAW_APPEAL:
            return actions.withdraw_appeal, reason
        case Verb.DECIDE_APPEAL:
            return actions.decide_appeal, {**reason, "outcome": AppealOutcome.DISMISSED}
        case Verb.CHECK_CONDITION:
            seen = {"outcome": CheckOutcome.KEPT, "method": CheckMethod.PAYSLIPS}
            return actions.check_condition, {
                **seen,
                "condition": condition or Condition(pk=0),
                "evidence": "Payslips of May.",
            }
        case Verb.CONFIRM_CONDITION:
            return actions.confirm_condition, {
                "condition": condition or Condition(pk=0),
                "facts": replace(NO_UNIFORM),
            }
        case Verb.FOLLOW_UP:
            due = interest.follow_ups.filter(done_at=None, dropped_at=None).first()
            return actions.follow_up, {
                "follow_up": due or FollowUp(pk=0),
                "outcome": FollowUpOutcome.NOT_DOING_IT,
                "evidence": "The venue does not know him.",
            }
        case Verb.OPEN_REVIEW:
            return actions.open_review, reason
        case Verb.ANSWER_REVIEW:
            return actions.answer_review, {"answers": NOTHING_CHANGED}
        case Verb.GIVE_REVIEW_VIEW:
            return actions.give_review_view, {"facts": AssessmentFacts()}
        case Verb.RENEW:
            return actions.renew, {**reason, **review_on, "keep": standing}
        case Verb.VARY:
            return actions.vary, {**reason, "keep": standing, "conditions": (HOURS,)}
        case Verb.REVOKE:
            return actions.revoke, {**reason, "ground": Ground.REPUTATION}
        case Verb.REPORT_CHANGE:
            moved = replace(NOTHING_CHANGED, circumstances_changed=True, answer="A new branch.")
            return actions.report_change, {"answers": moved}
        case Verb.CEASE:
            return actions.cease, {"ceased_on": today}
        case Verb.WITHDRAW:
            return actions.withdraw, reason
        case Verb.ATTACH:
            paper = SimpleUploadedFile("letter.txt", b"Dear Sir")
            return actions.attach, {"file": paper, "about": "Offer letter"}
        case Verb.REOPEN:
            return actions.reopen, reason
        case Verb.CHALLENGE:
            asked = {"to": interest.case.subject, "text": "Why?"}
            return actions.challenge, {**asked, "silent": False, "silent_reason": ""}
        case Verb.ANSWER_CHALLENGE:
            mine = challenges.filter(answered_at=None, silent=False).last() or Challenge(pk=0)
            return actions.answer_challenge, {"challenge": mine, "answer": "I had leave."}
        case Verb.DISPOSE_CHALLENGE:
            answered = challenges.filter(answered_at__isnull=False).last() or Challenge(pk=0)
            end = {"disposal": ChallengeDisposal.JUSTIFIED, "note": "It was."}
            return actions.dispose_challenge, {"challenge": answered, **end}
    raise LookupError(f"{verb} begins an interest: use apply().")


def day_of(now: datetime) -> date:
    return timezone.localdate(now)
