"""What PSD states of an investigation, and what it does until the investigation ends."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action, record
from integrity.audit.models import Audience, Event
from integrity.casework import actions as casework
from integrity.casework.workflow import Denied
from integrity.people.enums import CONFIDENTIAL_ROLES
from integrity.people.models import User
from registers.investigations.actions.opening import check_subject
from registers.investigations.actions.step import finish, take
from registers.investigations.enums import RestrictionKind, Status, Verb
from registers.investigations.models import ExternalReferral, Investigation, Restriction
from registers.investigations.permissions import check_may_own
from registers.investigations.policies import why_not_classified, why_not_on


@action
def classify(
    investigation: Investigation,
    *,
    category: str,
    sub_category: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Investigation:
    """Say what it is about; the kind may stay open while it is not known."""
    investigation = take(Verb.CLASSIFY, investigation, by=by, version=version)
    problem = why_not_classified(category, sub_category)
    if problem:
        raise Denied(problem)
    investigation.category, investigation.sub_category = category, sub_category
    said = {"category": category, "sub_category": sub_category}
    _stay(Verb.CLASSIFY, investigation, by=by, now=now, reason=investigation.kind_label, facts=said)
    return investigation


@action
def identify(
    investigation: Investigation,
    *,
    subject: User | None,
    by: User,
    now: datetime,
    version: int | None,
) -> Investigation:
    """Say whom it is about, or that nobody is known. An owner who may not know of it any more goes."""
    investigation = take(Verb.IDENTIFY, investigation, by=by, version=version)
    case = investigation.case
    home = case.force or case.oversight_body
    if home is None:
        raise ValueError(f"{case} belongs to no force and no body.")
    check_subject(subject, home, by=by)
    casework.name_subject(case, subject)
    if case.owner is None or not _may_own(case.owner, investigation):  # name_subject may drop them
        case.owner = None
        case.deadlines.open().update(owner=None)
    said = {"subject": case.subject_name}
    _stay(Verb.IDENTIFY, investigation, by=by, now=now, reason=case.subject_name, facts=said)
    return investigation


def _may_own(owner: User, investigation: Investigation) -> bool:
    try:
        check_may_own(owner, investigation)
    except Denied:
        return False
    return True


@action
def assess(
    investigation: Investigation,
    *,
    still_has_access: bool,
    harm: bool,
    evidence: bool,
    by: User,
    now: datetime,
    version: int | None,
) -> Investigation:
    """Tick the risks that no record shows."""
    investigation = take(Verb.ASSESS, investigation, by=by, version=version)
    investigation.still_has_access = still_has_access
    investigation.harm, investigation.evidence = harm, evidence
    said = {"still_has_access": still_has_access, "harm": harm, "evidence": evidence}
    _stay(Verb.ASSESS, investigation, by=by, now=now, facts=said)
    return investigation


@action
def restrict(
    investigation: Investigation,
    *,
    kind: str,
    from_on: date,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Investigation:
    """The subject is suspended, or put on restricted duties."""
    investigation = take(Verb.SUSPEND, investigation, by=by, version=version)
    if investigation.case.subject_id is None:
        raise Denied("Say first whom the investigation is about.")
    _give_reason(reason)
    label = RestrictionKind(kind).label
    if investigation.restrictions.filter(kind=kind, ended_at=None).exists():
        raise Denied(f"“{label}” runs already; end it before another begins.")
    Restriction.objects.create(
        investigation=investigation, kind=kind, from_on=from_on, set_at=now, set_by=by
    )
    said = {"kind": kind, "from_on": from_on.isoformat()}
    _stay(Verb.SUSPEND, investigation, by=by, now=now, reason=reason, facts=said)
    return investigation


@action
def end_restriction(
    investigation: Investigation,
    *,
    restriction: Restriction,
    to_on: date,
    by: User,
    now: datetime,
    version: int | None,
) -> Investigation:
    """Its last day; it may end after the investigation does."""
    investigation = take(Verb.END_RESTRICTION, investigation, by=by, version=version)
    running = investigation.restrictions.filter(pk=restriction.pk, ended_at=None).first()
    if running is None:
        raise Denied("This suspension or restriction has ended already.")
    if to_on < running.from_on:
        raise Denied(f"It began on {running.from_on:%-d %B %Y} and cannot end before that.")
    running.to_on, running.ended_at, running.ended_by = to_on, now, by
    running.save(update_fields=["to_on", "ended_at", "ended_by"])
    said = {"kind": running.kind, "to_on": to_on.isoformat()}
    label = running.get_kind_display()
    _stay(Verb.END_RESTRICTION, investigation, by=by, now=now, reason=label, facts=said)
    return investigation


@action
def refer_out(
    investigation: Investigation,
    *,
    body: str,
    referred_on: date,
    external_reference: str,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Investigation:
    """Hand it to an external body, and say when and under what reference."""
    investigation = take(Verb.REFER_OUT, investigation, by=by, version=version)
    if not body.strip():
        raise Denied("Say to which body it is referred.")
    _give_reason(reason)
    _not_later(referred_on, now, "of the referral")
    ExternalReferral.objects.create(
        investigation=investigation,
        body=body,
        referred_on=referred_on,
        external_reference=external_reference,
        made_at=now,
        made_by=by,
    )
    finish(
        Verb.REFER_OUT,
        investigation,
        Status.REFERRED,
        by=by,
        now=now,
        reason=reason,
        facts={"body": body, "on": referred_on.isoformat(), "their_reference": external_reference},
    )
    return investigation


@action
def return_from_referral(
    investigation: Investigation,
    *,
    returned_on: date,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Investigation:
    """The external body gave it back; it goes on here."""
    investigation = take(Verb.RETURN, investigation, by=by, version=version)
    _give_reason(reason)
    away = investigation.external_referrals.get(returned_at=None)
    _not_later(returned_on, now, "of the return", since=away.referred_on)
    _bring_back(away, on=returned_on, by=by, now=now)
    finish(
        Verb.RETURN,
        investigation,
        Status.CONTINUING,
        by=by,
        now=now,
        reason=reason,
        facts={"body": away.body, "on": returned_on.isoformat()},
    )
    return investigation


def _bring_back(away: ExternalReferral, *, on: date, by: User, now: datetime) -> None:
    away.returned_on, away.returned_at, away.returned_by = on, now, by
    away.save(update_fields=["returned_on", "returned_at", "returned_by"])


def _not_later(day: date, now: datetime, what: str, *, since: date | None = None) -> None:
    problem = why_not_on(day, today=timezone.localdate(now), since=since, what=what)
    if problem:
        raise Denied(problem)


def _give_reason(reason: str) -> None:
    if not reason.strip():
        raise Denied("Give the reason.")


def _stay(
    verb: Verb,
    investigation: Investigation,
    *,
    by: User,
    now: datetime,
    facts: Mapping[str, object],
    reason: str = "",
) -> Event:
    """The status stays as it is."""
    return finish(
        verb, investigation, investigation.status, by=by, now=now, reason=reason, facts=facts
    )


@action
def record_look(*, page: str, by: User, now: datetime) -> None:
    """Somebody looked at a page that tells of several investigations, of each force it tells of."""
    for force_id in sorted(by.scope(*CONFIDENTIAL_ROLES).forces):
        record(
            "investigations looked at",
            by=by,
            now=now,
            force_id=force_id,
            about="investigations",
            facts={"page": page},
            audience=Audience.PSD,
            confidential=True,
        )
