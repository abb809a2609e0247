"""Whether conditions and refusals are kept (HMIC 2012, p. 30: few forces looked)."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from integrity.audit.actions import action
from integrity.audit.models import Audience
from integrity.casework import actions as casework
from integrity.casework.clocks import add_months
from integrity.casework.enums import ReferralSource
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.actions.granting import refuse_conditions, set_standing_tasks
from registers.business_interests.actions.stating import score
from registers.business_interests.actions.step import STEPS, finish, take, tell_psd
from registers.business_interests.enums import CheckOutcome, FollowUpOutcome, IfBroken, Verb
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.facts_of import SET
from registers.business_interests.models import Condition, ConditionCheck, FollowUp, Interest


@action
def check_condition(
    interest: Interest,
    *,
    condition: Condition,
    outcome: CheckOutcome,
    method: str,
    evidence: str,
    file: UploadedFile | None = None,
    if_broken: str = "",
    challenge: str = "",
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Record a check with its evidence; a broken condition opens a challenge or a hand-over.

    What is handed over for investigation is not told to the person.
    """
    interest = take(Verb.CHECK_CONDITION, interest, by=by, version=version)
    held = _standing(interest, condition, to_confirm=False)
    broken = outcome == CheckOutcome.BROKEN
    if not evidence:
        raise Denied("Say what was seen: a check without evidence is none.")
    if broken and if_broken not in IfBroken.values:
        raise Denied("Say what follows: a challenge, or a hand-over for investigation.")
    if broken and if_broken == IfBroken.CHALLENGE and not challenge:
        raise Denied("Write what the person is asked to justify.")
    attachment = None
    if file is not None:
        about = f"Check of “{held.text}”"[:200]
        attachment = casework.attach(
            interest.case, file=file, about=about, by=by, now=now, audience=Audience.PSD
        )
    today = timezone.localdate(now)
    ConditionCheck.objects.create(
        condition=held,
        outcome=outcome,
        method=method,
        evidence=evidence,
        attachment=attachment,
        if_broken=if_broken if broken else "",
        due_on=held.next_check_on,
        checked_at=now,
        checked_by=by,
    )
    held.next_check_on = add_months(today, held.check_months)
    held.save(update_fields=["next_check_on"])
    set_standing_tasks(interest, now=now)
    finish(
        Verb.CHECK_CONDITION,
        interest,
        interest.status,
        by=by,
        now=now,
        reason=f"{CheckOutcome(outcome).label}: {held.text}",
        facts={"outcome": outcome, "evidence": evidence},
        audience=Audience.PSD if broken and if_broken == IfBroken.REFER else Audience.CASE,
        risk=score(interest),
    )
    if broken:
        _open_what_follows(interest, held, if_broken, challenge or evidence, by=by, now=now)
    return interest


def _open_what_follows(
    interest: Interest, held: Condition, how: str, text: str, *, by: User, now: datetime
) -> None:
    subject = interest.case.subject
    if how == IfBroken.CHALLENGE and subject is not None:
        STEPS.challenge(
            interest,
            to=subject,
            text=text,
            silent=False,
            silent_reason="",
            by=by,
            now=now,
            version=None,
        )
        return
    casework.refer(
        interest.case,
        source=ReferralSource.CONDITION_CHECK,
        about=f"{interest.title}: a condition was not kept",
        reason=f"A condition was not kept: {held.text.rstrip('.')}. {text}",
        suggests="secondary_employment",
        by=by,
        now=now,
    )


@action
def confirm_condition(
    interest: Interest,
    *,
    condition: Condition,
    facts: ConditionFacts | None,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Say what an imported 'approved subject to …' asks for; without facts it was no condition."""
    interest = take(Verb.CONFIRM_CONDITION, interest, by=by, version=version)
    held = _standing(interest, condition, to_confirm=True)
    today = timezone.localdate(now)
    words = held.text
    if facts is None:
        held.ended_at = now
    else:
        refuse_conditions([facts], today=today)
        for name in SET:
            setattr(held, name, getattr(facts, name))
        held.set_at, held.set_by = now, by
        held.next_check_on = add_months(today, held.check_months)
        held.to_confirm = False
    held.save()
    set_standing_tasks(interest, now=now)
    standing = interest.conditions.filter(ended_at=None).exists()
    target = "approved_with_conditions" if standing else "approved"
    interest.status = target
    finish(
        Verb.CONFIRM_CONDITION,
        interest,
        target,
        by=by,
        now=now,
        reason=f"{held.get_kind_display() if facts else 'No condition'}: {words}",
    )
    return interest


@action
def follow_up(
    interest: Interest,
    *,
    follow_up: FollowUp,
    outcome: FollowUpOutcome,
    evidence: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """Record that somebody refused was looked at; carrying on is handed over for investigation.

    Police Regulations 2003: carrying on after a refusal is a gross-misconduct case to answer. What
    was found is not told to the person, who is not to be tipped off.
    """
    interest = take(Verb.FOLLOW_UP, interest, by=by, version=version)
    due = FollowUp.objects.filter(
        pk=follow_up.pk, interest=interest, done_at=None, dropped_at=None
    ).first()
    if due is None:
        raise Denied("This follow-up has been done already.")
    if not evidence:
        raise Denied("Say what was seen, and where.")
    due.outcome, due.evidence, due.done_at, due.done_by = outcome, evidence, now, by
    due.save(update_fields=["outcome", "evidence", "done_at", "done_by"])
    set_standing_tasks(interest, now=now)
    event = finish(
        Verb.FOLLOW_UP,
        interest,
        interest.status,
        by=by,
        now=now,
        reason=FollowUpOutcome(outcome).label,
        facts={"outcome": outcome, "months": due.months, "evidence": evidence},
        audience=Audience.PSD,
    )
    if outcome == FollowUpOutcome.DOING_IT:
        casework.refer(
            interest.case,
            source=ReferralSource.FOLLOW_UP,
            about=f"{interest.title}: carried on after a refusal",
            reason=f"Carried on after a refusal. {evidence}",
            suggests="secondary_employment",
            by=by,
            now=now,
        )
        tell_psd(interest, event, "somebody carries on after a refusal")
    return interest


def _standing(interest: Interest, condition: Condition, *, to_confirm: bool) -> Condition:
    """A condition of this interest that stands. Raises Denied where it is gone."""
    held = interest.conditions.filter(pk=condition.pk, ended_at=None, to_confirm=to_confirm).first()
    if held is None:
        raise Denied("This condition does not stand any more.")
    return held
