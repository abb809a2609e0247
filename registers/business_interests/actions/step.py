"""How every action on an interest begins and ends, and whose turn it is."""

from datetime import datetime, timedelta

from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework import actions as casework
from integrity.casework.actions.challenging import ChallengeSteps
from integrity.casework.enums import DeadlineKind, Phase
from integrity.casework.models import Case
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import RoleGrant, User
from registers.business_interests.enums import Status
from registers.business_interests.models import Interest, MemberRule
from registers.business_interests.permissions import RULES, is_line_manager, member_rule
from registers.business_interests.policies import decide_by, next_status
from registers.business_interests.workflow import ASSESSING

PHASES: dict[str, Phase] = {
    Status.QUERIED: Phase.WAITING,
    Status.APPROVED: Phase.CLOSED,
    Status.APPROVED_WITH_CONDITIONS: Phase.CLOSED,
    Status.REFUSED: Phase.CLOSED,
    Status.REVOKED: Phase.CLOSED,
    Status.CEASED: Phase.CLOSED,
    Status.WITHDRAWN: Phase.WITHDRAWN,
}
# Tasks that are the case owner's, before the decision and after it.
OF_PSD = (
    DeadlineKind.DECIDE,
    DeadlineKind.CHECK_CONDITION,
    DeadlineKind.FOLLOW_UP,
    DeadlineKind.REVIEW,
)
WHAT_VIEW = {
    Status.WITH_SUPERVISOR: "Give your view of an application by your team",
    Status.WITH_HR: "HR gives its view",
    Status.WITH_VETTING: "Vetting gives its view",
}


class InterestSteps(ChallengeSteps[Interest]):
    """The platform's steps on an interest."""

    rules = RULES
    phases = PHASES
    asked = Status.QUERIED

    def read(self, pk: int) -> Interest:
        return Interest.objects.select_related("policy", "organisation", "listed").get(pk=pk)

    def path(self, case: Case) -> str:
        return f"/interests/{case.reference}/"

    def asking(self, record: Interest, *, by: User, now: datetime) -> None:
        """The clock stops: an application that lacks something is not complete."""
        if record.status != Status.QUERIED:
            record.stood_at = record.status
        casework.meet_deadlines(record.case, DeadlineKind.DECIDE, DeadlineKind.ASSESS, now=now)

    def asker(self, record: Interest, by: User) -> str:
        if is_line_manager(by, record.case):
            return "your supervisor"
        return {Status.WITH_HR: "HR", Status.WITH_VETTING: "vetting"}.get(
            Status(record.stood_at or record.status), "PSD"
        )

    def assigned(self, record: Interest, *, owner: User) -> None:
        record.case.deadlines.open().filter(kind__in=OF_PSD).update(owner=owner)

    def after_answers(self, record: Interest) -> str:
        target, record.stood_at = record.stood_at, ""
        return target

    def restart_clock(self, record: Interest, *, now: datetime) -> None:
        record.complete_at = now
        record.save(update_fields=["complete_at"])
        set_decision_task(record, now=now)
        set_view_task(record, now=now)


STEPS = InterestSteps()
take, finish = STEPS.take, STEPS.finish


def rule_of(interest: Interest) -> MemberRule:
    """The legal basis and clocks that bind the applicant. Raises Denied where the policy has none."""
    rule = member_rule(interest)
    if rule is None:
        kind = interest.case.get_subject_member_type_display() or "people of this kind"
        raise Denied(f"The force’s policy says nothing of {kind.lower()}: PSD adds a row for them.")
    return rule


def whose_turn(interest: Interest, after: Status | None) -> Status:
    """Who is asked next; a manager who left, or has none to answer for them, is passed over."""
    subject = interest.case.subject
    manager = subject.line_manager if subject else None
    return next_status(interest.policy, after=after, supervisor=bool(manager and manager.is_active))


def set_decision_task(interest: Interest, *, now: datetime) -> None:
    """PSD's clock, which runs from the complete application whoever is asked before."""
    casework.meet_deadlines(interest.case, DeadlineKind.DECIDE, now=now)
    casework.set_deadline(
        interest.case,
        kind=DeadlineKind.DECIDE,
        what="Decide",
        owner=interest.case.owner,
        due_on=decide_by(rule_of(interest), interest.complete_at),
        now=now,
    )


def set_view_task(interest: Interest, *, now: datetime) -> None:
    """Whose view is waited for, and by when."""
    casework.meet_deadlines(interest.case, DeadlineKind.ASSESS, now=now)
    status = Status(interest.status)
    if status not in ASSESSING:
        return
    subject = interest.case.subject
    supervisor = subject.line_manager if subject else None
    casework.set_deadline(
        interest.case,
        kind=DeadlineKind.ASSESS,
        what=WHAT_VIEW[status],
        owner=supervisor if status == Status.WITH_SUPERVISOR else None,
        due_on=timezone.localdate(now) + timedelta(days=interest.policy.assess_within_days),
        now=now,
    )


def tell_whose_turn(interest: Interest, event: Event) -> None:
    """Whoever the application waits for is told."""
    case, status = interest.case, Status(interest.status)
    subject, body = {
        Status.WITH_SUPERVISOR: (
            "an application by your team waits for your view",
            "Say what you think of performance, attendance, welfare and the role, or ask.",
        ),
        Status.WITH_HR: ("an application waits for HR’s view", "Give HR’s view of it, or ask."),
        Status.WITH_VETTING: (
            "an application waits for vetting’s view",
            "Give vetting’s view of it, or ask.",
        ),
    }.get(status, ("an application waits for PSD", "It is in the queue of the PSD desk."))
    casework.notify(
        _who(case, status),
        case=case,
        event=event,
        subject=subject,
        body=body,
        path=STEPS.path(case),
    )


def _who(case: Case, status: Status) -> list[User | None]:
    if status == Status.WITH_SUPERVISOR:
        return [case.subject.line_manager if case.subject else None]
    role = {Status.WITH_HR: Role.HR, Status.WITH_VETTING: Role.VETTING}.get(status)
    if role is None:
        return [*casework.psd_of(case)]
    grants = RoleGrant.objects.holding(role)
    found = grants.of_force(case.force) if case.force else grants.of_body(case.oversight_body_id)
    return [*found.people()]


def tell_applicant(
    interest: Interest, event: Event, subject: str, body: str, path: str = ""
) -> None:
    case = interest.case
    casework.notify(
        [case.subject, case.author],
        case=case,
        event=event,
        subject=subject,
        body=body,
        path=path or STEPS.path(case),
    )


def tell_psd(interest: Interest, event: Event, subject: str, body: str = "") -> None:
    case = interest.case
    casework.notify(
        casework.psd_of(case),
        case=case,
        event=event,
        subject=subject,
        body=body or "It is on the PSD desk.",
        path=STEPS.path(case),
    )


def tell_supervisor(interest: Interest, event: Event, subject: str, body: str) -> None:
    case = interest.case
    casework.notify(
        [case.subject.line_manager if case.subject else None],
        case=case,
        event=event,
        subject=subject,
        body=body,
        path=STEPS.path(case),
    )
