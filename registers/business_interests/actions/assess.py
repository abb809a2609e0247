"""What the supervisor, HR and vetting say before PSD decides."""

from datetime import datetime

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.actions.stating import score
from registers.business_interests.actions.step import (
    finish,
    set_view_task,
    take,
    tell_whose_turn,
    whose_turn,
)
from registers.business_interests.enums import AssessmentKind, Status, Verb, View
from registers.business_interests.facts import AssessmentFacts
from registers.business_interests.facts_of import SAID
from registers.business_interests.models import Assessment, Interest
from registers.business_interests.policies import contradicts


@action
def give_view(
    interest: Interest, *, facts: AssessmentFacts, by: User, now: datetime, version: int | None
) -> Interest:
    """The supervisor on performance, attendance, welfare and the role (HMIC 2012, p. 30)."""
    interest = take(Verb.GIVE_VIEW, interest, by=by, version=version)
    return _pass_on(Verb.GIVE_VIEW, interest, AssessmentKind.SUPERVISOR, facts, by=by, now=now)


@action
def give_hr_view(
    interest: Interest, *, facts: AssessmentFacts, by: User, now: datetime, version: int | None
) -> Interest:
    """HR, where the force asks for it."""
    interest = take(Verb.GIVE_HR_VIEW, interest, by=by, version=version)
    return _pass_on(Verb.GIVE_HR_VIEW, interest, AssessmentKind.HR, facts, by=by, now=now)


@action
def give_vetting_view(
    interest: Interest, *, facts: AssessmentFacts, by: User, now: datetime, version: int | None
) -> Interest:
    """Vetting, where the force asks for it."""
    interest = take(Verb.GIVE_VETTING_VIEW, interest, by=by, version=version)
    return _pass_on(Verb.GIVE_VETTING_VIEW, interest, AssessmentKind.VETTING, facts, by=by, now=now)


def _pass_on(
    verb: Verb,
    interest: Interest,
    kind: AssessmentKind,
    facts: AssessmentFacts,
    *,
    by: User,
    now: datetime,
) -> Interest:
    """Keep the view and hand the application to whoever is asked next."""
    write_assessment(interest, kind, facts, by=by, now=now)
    target = whose_turn(interest, Status(interest.status))
    event = finish(
        verb,
        interest,
        target,
        by=by,
        now=now,
        facts={"view": facts.view},
        risk=score(interest),
    )
    set_view_task(interest, now=now)
    tell_whose_turn(interest, event)
    return interest


def write_assessment(
    interest: Interest, kind: AssessmentKind, facts: AssessmentFacts, *, by: User, now: datetime
) -> Assessment:
    """One view of a kind in a round. Raises Denied for concerns that are not set out."""
    subject = interest.case.subject
    if subject is None:
        raise Denied("This entry was imported and its person is not known here.")
    if contradicts(facts):
        raise Denied("You answered that you have a concern: choose a view that says so.")
    if facts.view != View.SUPPORT and not facts.note:
        raise Denied("Set out what your concerns are.")
    return Assessment.objects.create(
        interest=interest,
        round=interest.case.round,
        kind=kind,
        subject=subject,
        assessed_at=now,
        assessed_by=by,
        **{name: getattr(facts, name) for name in SAID},
    )


@action
def go_on(
    interest: Interest, *, reason: str, by: User, now: datetime, version: int | None
) -> Interest:
    """PSD goes on without a view that does not come, so that nobody's silence stops the clock."""
    interest = take(Verb.GO_ON, interest, by=by, version=version)
    casework.meet_deadlines(interest.case, DeadlineKind.ASSESS, now=now)
    facts = {"without": Status(interest.status).label}
    event = finish(
        Verb.GO_ON, interest, Status.WITH_PSD, by=by, now=now, reason=reason, facts=facts
    )
    tell_whose_turn(interest, event)
    return interest
