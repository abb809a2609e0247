"""An appeal within its clock, its papers, and the chief officer's decision in person.

Police Regulations 2003, regulations 7 to 9: the chief officer hears it; a police friend may help.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind, Stage
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import RoleGrant, User
from registers.business_interests.actions.granting import (
    add_decision,
    give_notice,
    grant,
    notice_path,
    propose_review,
    refuse_conditions,
    set_conditions,
    set_standing_tasks,
)
from registers.business_interests.actions.step import (
    STEPS,
    finish,
    rule_of,
    take,
    tell_applicant,
    tell_psd,
    tell_supervisor,
)
from registers.business_interests.enums import AppealOutcome, Status, Verb
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.models import Appeal, Interest
from registers.business_interests.policies import (
    approved_status,
    hear_by,
    papers_by,
    too_late_to_appeal,
)
from registers.business_interests.workflow import LIVE


@action
def appeal(
    interest: Interest,
    *,
    grounds: str,
    police_friend: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Appeal against the latest notice. Raises Denied once its last day is over."""
    interest = take(Verb.APPEAL, interest, by=by, version=version)
    notice = interest.notices.order_by("-pk").first()
    if notice is None or notice.appeal_by is None:
        raise Denied("There is no decision to appeal against.")
    if late := too_late_to_appeal(notice, timezone.localdate(now)):
        raise Denied(late)
    rule = rule_of(interest)
    papers = papers_by(rule, now)
    made = Appeal.objects.create(
        interest=interest,
        notice=notice,
        stood_at=interest.status,
        grounds=grounds,
        police_friend=police_friend,
        made_at=now,
        made_by=by,
        papers_by=papers,
        decide_by=hear_by(rule, papers),
    )
    interest.stood_at = interest.status
    event = finish(
        Verb.APPEAL,
        interest,
        Status.APPEALED,
        by=by,
        now=now,
        reason=grounds,
        facts={"against": made.stood_at, "police_friend": police_friend},
    )
    casework.set_deadline(
        interest.case,
        kind=DeadlineKind.PAPERS,
        what="Send the papers for your appeal",
        owner=by,
        due_on=papers,
        now=now,
    )
    _set_hearing(interest, made, now=now)
    casework.notify(
        hearers(interest),
        case=interest.case,
        event=event,
        subject="an appeal is for you to decide in person",
        body=f"Its papers come by {papers:%-d %B %Y}. Decide by {made.decide_by:%-d %B %Y}.",
        path=STEPS.path(interest.case),
    )
    tell_psd(interest, event, "somebody has appealed")
    return interest


def hearers(interest: Interest) -> list[User]:
    """Who may hear an appeal: the head of the force and whoever acts for them, if they took no part."""
    case = interest.case
    grants = RoleGrant.objects.holding(Role.ACTING_CHIEF_OFFICER)
    acting = grants.of_force(case.force) if case.force else grants.of_body(case.oversight_body_id)
    heads = User.objects.filter(force=case.force_id, grade__heads_force=True, force__isnull=False)
    found = {person.pk: person for person in (*heads.select_related("grade"), *acting.people())}
    parts: set[int | None] = set(case.decisions.values_list("decided_by", flat=True))
    parts |= set(interest.assessments.values_list("assessed_by", flat=True))
    parts |= {case.subject_id, case.author_id}
    return [person for pk, person in found.items() if pk not in parts and person.is_active]


def _set_hearing(interest: Interest, made: Appeal, *, now: datetime) -> None:
    """The appeal's own clock is the task of the head of the force or, not free, of who acts for them."""
    casework.meet_deadlines(interest.case, DeadlineKind.HEAR_APPEAL, now=now)
    free = hearers(interest)
    casework.set_deadline(
        interest.case,
        kind=DeadlineKind.HEAR_APPEAL,
        what="Decide an appeal in person",
        owner=free[0] if free else None,
        due_on=made.decide_by,
        now=now,
    )


@action
def send_papers(
    interest: Interest,
    *,
    papers: str,
    files: Sequence[UploadedFile] = (),
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """What the person puts before the chief officer, once, within its clock; the hearing's clock starts."""
    interest = take(Verb.SEND_PAPERS, interest, by=by, version=version)
    made = _open_appeal(interest)
    if timezone.localdate(now) > made.papers_by:
        raise Denied(f"The last day for papers was {made.papers_by:%-d %B %Y}.")
    for file in files:
        casework.attach(interest.case, file=file, about="Papers for the appeal", by=by, now=now)
    made.papers, made.papers_at = papers, now
    made.decide_by = hear_by(rule_of(interest), now)
    made.save(update_fields=["papers", "papers_at", "decide_by"])
    casework.meet_deadlines(interest.case, DeadlineKind.PAPERS, now=now)
    _set_hearing(interest, made, now=now)
    event = finish(
        Verb.SEND_PAPERS, interest, interest.status, by=by, now=now, facts={"papers": papers}
    )
    casework.notify(
        hearers(interest),
        case=interest.case,
        event=event,
        subject="the papers of an appeal have come",
        body=f"Decide it by {made.decide_by:%-d %B %Y}.",
        path=STEPS.path(interest.case),
    )
    return interest


@action
def withdraw_appeal(
    interest: Interest, *, reason: str, by: User, now: datetime, version: int | None
) -> Interest:
    """Give the appeal up; the decision stands."""
    interest = take(Verb.WITHDRAW_APPEAL, interest, by=by, version=version)
    made = _open_appeal(interest)
    end_appeal(made, AppealOutcome.WITHDRAWN, by=by, now=now)
    _meet_appeal_tasks(interest, now=now)
    interest.stood_at = ""
    event = finish(Verb.WITHDRAW_APPEAL, interest, made.stood_at, by=by, now=now, reason=reason)
    others = [*hearers(interest), *casework.psd_of(interest.case)]
    casework.notify(
        others,
        case=interest.case,
        event=event,
        subject="an appeal was withdrawn",
        body="The decision stands.",
        path=STEPS.path(interest.case),
    )
    return interest


@action
def decide_appeal(
    interest: Interest,
    *,
    outcome: AppealOutcome,
    reason: str,
    keep: Collection[int] = (),
    conditions: Sequence[ConditionFacts] = (),
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """The chief officer decides in person: upheld, dismissed, or conditions varied.

    Upheld against a refusal or revocation, the interest is approved; against conditions, they go.
    """
    interest = take(Verb.DECIDE_APPEAL, interest, by=by, version=version)
    made = _open_appeal(interest)
    today = timezone.localdate(now)
    if outcome == AppealOutcome.WITHDRAWN:
        raise Denied("Only the person who appealed withdraws an appeal.")
    standing = {each.pk for each in interest.conditions.filter(ended_at=None)}
    keep = standing & set(keep)
    if outcome == AppealOutcome.VARIED and not conditions and not keep:
        raise Denied("Set the conditions: an appeal upheld without any is “upheld”.")
    refuse_conditions(conditions, today=today)
    target = _apply_outcome(interest, made, outcome, keep, conditions, by=by, now=now)
    interest.stood_at = ""
    decision = add_decision(interest, Stage.APPEAL, outcome, reason, by=by, now=now)
    end_appeal(made, outcome, by=by, now=now)
    _meet_appeal_tasks(interest, now=now)
    event = finish(
        Verb.DECIDE_APPEAL,
        interest,
        target,
        by=by,
        now=now,
        reason=reason,
        facts={"outcome": outcome, "stage": Stage.APPEAL, "against": made.stood_at},
    )
    notice = give_notice(interest, decision, target, may_appeal=False, now=now)
    set_standing_tasks(interest, now=now)
    tell_applicant(
        interest,
        event,
        f"your appeal was {'dismissed' if outcome == AppealOutcome.DISMISSED else 'decided'}",
        "Read the chief officer’s decision with its reasons.",
        notice_path(notice),
    )
    tell_psd(interest, event, "an appeal was decided")
    tell_supervisor(interest, event, "an appeal by your team was decided", "It is on its page.")
    return interest


def _apply_outcome(
    interest: Interest,
    made: Appeal,
    outcome: AppealOutcome,
    keep: Collection[int],
    conditions: Sequence[ConditionFacts],
    *,
    by: User,
    now: datetime,
) -> Status:
    """What the outcome leaves of the interest; where it then stands."""
    if outcome == AppealOutcome.DISMISSED:
        return Status(made.stood_at)
    kept = keep if outcome == AppealOutcome.VARIED else ()
    added = conditions if outcome == AppealOutcome.VARIED else ()
    standing = set_conditions(interest, keep=kept, add=added, by=by, now=now)
    today = timezone.localdate(now)
    review_on = interest.review_on
    if made.stood_at not in LIVE or review_on is None:
        review_on = propose_review(interest, with_conditions=bool(standing), today=today)
    grant(interest, review_on=review_on, now=now)
    return approved_status(standing)


def _open_appeal(interest: Interest) -> Appeal:
    made: Appeal | None = interest.open_appeal
    if made is None:
        raise Denied("No appeal is open.")
    return made


def end_appeal(made: Appeal, outcome: AppealOutcome, *, by: User, now: datetime) -> None:
    made.outcome, made.ended_at, made.ended_by = outcome, now, by
    made.save(update_fields=["outcome", "ended_at", "ended_by"])


def _meet_appeal_tasks(interest: Interest, *, now: datetime) -> None:
    casework.meet_deadlines(interest.case, DeadlineKind.PAPERS, DeadlineKind.HEAR_APPEAL, now=now)
