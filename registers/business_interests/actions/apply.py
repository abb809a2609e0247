"""Applying for a business interest, withdrawing, adding papers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.actions.stating import (
    policy_for,
    score,
    state,
    submitted,
)
from registers.business_interests.actions.step import (
    STEPS,
    finish,
    rule_of,
    set_decision_task,
    set_view_task,
    take,
    tell_psd,
    tell_supervisor,
    tell_whose_turn,
    whose_turn,
)
from registers.business_interests.enums import Verb
from registers.business_interests.facts import InterestFacts
from registers.business_interests.hours import average_week
from registers.business_interests.models import Interest, InterestPolicy
from registers.business_interests.policies import problems
from registers.business_interests.workflow import TRANSITIONS

REGISTER, PREFIX = "business_interests", "BI"


@action
def apply(
    *,
    facts: InterestFacts,
    by: User,
    now: datetime,
    papers: Sequence[UploadedFile] = (),
    idempotency_key: UUID | None = None,
) -> Interest:
    """Apply for an interest of one's own or a relative's. The same key again returns the first."""
    first = casework.submitted_before(by, idempotency_key)
    if first is not None:
        return Interest.objects.get(case=first)
    policy = policy_for(by, now)
    refuse_problems(policy, facts, by)
    case = casework.open_case(
        register=REGISTER,
        prefix=PREFIX,
        subject=by,
        by=by,
        now=now,
        claimed_on=timezone.localdate(now),
        idempotency_key=idempotency_key,
    )
    interest = Interest(case=case, policy=policy, complete_at=now)
    interest.legal_basis = rule_of(interest).legal_basis
    state(interest, facts)
    interest.status = whose_turn(interest, None)
    interest.save()
    case.risk = score(interest)
    case.save(update_fields=["risk"])
    for paper in papers:
        casework.attach(case, file=paper, about="Sent with the application", by=by, now=now)
    event = casework.record_on_case(
        case,
        TRANSITIONS[Verb.APPLY].event,
        by=by,
        now=now,
        facts={"status": interest.status, **submitted(interest)},
    )
    set_decision_task(interest, now=now)
    set_view_task(interest, now=now)
    received = timezone.localtime(now)
    casework.notify(
        [by],
        case=case,
        event=event,
        subject="we have your application",
        body=f"It was received on {received:%-d %B %Y at %H:%M}. Do not begin before it is approved.",
        path=STEPS.path(case),
        tell_actor=True,
    )
    tell_whose_turn(interest, event)
    return interest


def refuse_problems(policy: InterestPolicy, facts: InterestFacts, person: User) -> None:
    """Raises Denied with the first thing that an application lacks."""
    average = average_week(
        policy,
        person,
        hours=facts.hours_a_week if facts.counts_hours else None,
        weeks=facts.weeks_worked,
    )
    found = problems(policy, facts, average=average)
    if found:
        raise Denied(found[0].sentence)


@action
def withdraw(
    interest: Interest, *, reason: str, by: User, now: datetime, version: int | None
) -> Interest:
    """Take an undecided application back; it stays in the register, marked withdrawn."""
    interest = take(Verb.WITHDRAW, interest, by=by, version=version)
    interest.stood_at, interest.proposed = "", None
    casework.meet_deadlines(interest.case, now=now)
    event = finish(Verb.WITHDRAW, interest, "withdrawn", by=by, now=now, reason=reason)
    tell_psd(interest, event, "an application was withdrawn", "The reason is on its page.")
    tell_supervisor(
        interest, event, "an application was withdrawn", "Nothing more is asked of you."
    )
    return interest


@action
def attach(
    interest: Interest,
    *,
    file: UploadedFile,
    about: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Add a paper: an offer letter, an agent's agreement, a payslip."""
    interest = take(Verb.ATTACH, interest, by=by, version=version)
    if not about:
        raise Denied("Say what the paper is.")
    casework.attach(interest.case, file=file, about=about, by=by, now=now)
    event = finish(Verb.ATTACH, interest, interest.status, by=by, now=now, facts={"about": about})
    tell_psd(interest, event, "a paper was added", f"It is: {about}.")
    return interest
