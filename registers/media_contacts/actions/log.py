"""Logging a contact, and requests that the press office routed to an officer."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from integrity.audit.actions import action
from integrity.audit.models import Event
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind, Phase
from integrity.casework.permissions import check_may_enter
from integrity.casework.registry import Opening, opener
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.media_contacts.actions.stating import (
    keep_agreement,
    policy_for,
    refuse_problems,
    score,
    state,
    submitted,
    write_people,
    write_speakers,
)
from registers.media_contacts.actions.step import (
    PREFIX,
    REGISTER,
    STEPS,
    finish,
    set_press_task,
    take,
    tell_officers,
)
from registers.media_contacts.enums import Status, Verb
from registers.media_contacts.facts import ContactFacts, RequestFacts
from registers.media_contacts.facts_of import facts_of, stated, stated_on
from registers.media_contacts.models import Contact
from registers.media_contacts.permissions import check_begin_offer, check_route
from registers.media_contacts.workflow import TRANSITIONS


@action
def log(
    *,
    facts: ContactFacts,
    subject: User,
    by: User,
    now: datetime,
    idempotency_key: UUID | None = None,
) -> Contact:
    """Log a contact, once for everybody who took part. The same key again returns the first."""
    check_may_enter(by, subject)
    first = casework.submitted_before(by, idempotency_key)
    if first is not None:
        return Contact.objects.get(case=first)
    policy = policy_for(subject, facts.contacted_on)
    refuse_problems(policy, facts, timezone.localdate(now), now=now)
    case = casework.open_case(
        register=REGISTER,
        prefix=PREFIX,
        subject=subject,
        by=by,
        now=now,
        claimed_on=facts.contacted_on,
        idempotency_key=idempotency_key,
    )
    contact = Contact(case=case, policy=policy, status=Status.LOGGED, stated_at=now)
    _write(contact, facts, by=by, now=now)
    contact.save()
    case.save(update_fields=["risk"])
    said = {"status": contact.status, **submitted(contact)}
    event = casework.record_on_case(case, TRANSITIONS[Verb.LOG].event, by=by, now=now, facts=said)
    casework.confirm_receipt(case, event, by=by, path=STEPS.path(case))
    _after(contact, event, by=by, now=now, offered_before=False)
    return contact


def _write(contact: Contact, facts: ContactFacts, *, by: User, now: datetime) -> None:
    state(contact, facts)
    keep_agreement(contact, facts, by=by, now=now)
    if contact._state.adding:
        contact.save()
    write_people(contact, facts)
    score(contact)


def _after(
    contact: Contact, event: Event, *, by: User, now: datetime, offered_before: bool
) -> None:
    """What follows once a contact is stated: who acknowledges, confirms, knows, and declares."""
    case, policy = contact.case, contact.policy
    set_press_task(contact, now=now)
    due_on = timezone.localdate(now) + timedelta(days=policy.answer_within_days)
    casework.ask_principal(case, event, by=by, now=now, due_on=due_on, path=STEPS.path(case))
    offered = contact.hospitality and not offered_before
    more = " Something was offered: declare what you were offered." if offered else ""
    tell_officers(
        contact, event, "a contact you took part in was logged", f"Check what it says.{more}"
    )
    if offered:
        open_offer(contact, whose=case.subject, now=now)


@action
def begin_offer(contact: Contact, *, by: User, now: datetime) -> Opening | None:
    """Declare what was offered to oneself: for each who took part, and again where a draft expired."""
    check_begin_offer(by, contact)
    return open_offer(contact, whose=by, now=now)


def open_offer(contact: Contact, *, whose: User | None, now: datetime) -> Opening | None:
    """Hospitality in a contact opens an offer, which is linked once it is declared (RULES 8)."""
    case, opens = contact.case, opener("offer")
    if opens is None or whose is None:
        return None
    first = next(iter(facts_of(contact).speakers))
    opening = opens(
        whose,
        case,
        offered_on=contact.contacted_on,
        organisation=first.outlet,
        person=first.journalist,
        circumstances=f"Offered during a media contact, {case.reference}: {contact.about}",
        now=now,
    )
    casework.meet_deadlines(case, DeadlineKind.DECLARE_OFFER, now=now, owner=whose)
    casework.set_deadline(
        case,
        kind=DeadlineKind.DECLARE_OFFER,
        what="Declare what was offered during a media contact",
        owner=whose,
        due_on=timezone.localdate(now) + timedelta(days=contact.policy.answer_within_days),
        now=now,
    )
    return opening


@action
def route(
    *,
    facts: RequestFacts,
    officer: User,
    by: User,
    now: datetime,
    idempotency_key: UUID | None = None,
) -> Contact:
    """Pass a request that came to the press office to the officer who is to answer it.

    The entry is the officer's from the beginning. The same key again returns the first.
    """
    check_route(by, officer)
    first = casework.submitted_before(officer, idempotency_key)
    if first is not None:
        return Contact.objects.get(case=first)
    policy = policy_for(officer, facts.received_on)
    if not facts.speaker.journalist and not facts.speaker.outlet:
        raise Denied("Say which journalist or outlet asked.")
    case = casework.open_case(
        register=REGISTER,
        prefix=PREFIX,
        subject=officer,
        by=officer,
        now=now,
        claimed_on=facts.received_on,
        idempotency_key=idempotency_key,
    )
    case.phase = Phase.WAITING
    case.save(update_fields=["phase"])
    contact = Contact.objects.create(
        case=case,
        policy=policy,
        status=Status.ROUTED,
        contacted_on=facts.received_on,
        about=facts.about,
        routed_at=now,
        routed_by=by,
    )
    write_speakers(contact, (facts.speaker,))
    due_on = timezone.localdate(now) + timedelta(days=policy.log_within_days)
    casework.set_deadline(
        case,
        kind=DeadlineKind.RECORD_OUTCOME,
        what="Say what came of a request from the media",
        owner=officer,
        due_on=due_on,
        now=now,
    )
    event = casework.record_on_case(
        case,
        TRANSITIONS[Verb.ROUTE].event,
        by=by,
        now=now,
        facts={"status": contact.status, **submitted(contact)},
    )
    casework.notify(
        [officer],
        case=case,
        event=event,
        subject="the press office passes a journalist’s request to you",
        body=f"Say by {due_on:%-d %B %Y} what came of it; most of it is filled in.",
        path=STEPS.path(case),
    )
    return contact


@action
def complete(
    contact: Contact, *, facts: ContactFacts, by: User, now: datetime, version: int | None
) -> Contact:
    """The officer says what came of a request; the entry is theirs from now on."""
    contact = take(Verb.COMPLETE, contact, by=by, version=version)
    contact.stated_at = now
    refuse_problems(contact.policy, facts, timezone.localdate(now), now=now)
    return _restate(Verb.COMPLETE, contact, facts, Status.LOGGED, "", by=by, now=now)


@action
def correct(
    contact: Contact,
    *,
    facts: ContactFacts,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Contact:
    """Replace what was stated; both versions are kept, and the press office looks again."""
    contact = take(Verb.CORRECT, contact, by=by, version=version)
    if facts == facts_of(contact) and not isinstance(facts.agreement, UploadedFile):
        raise Denied("Nothing was changed, so there is nothing to correct.")
    since = stated_on(contact, facts.contacted_on)
    refuse_problems(contact.policy, facts, since, now=now)
    target = Status.QUERIED if contact.status == Status.QUERIED else Status.LOGGED
    return _restate(Verb.CORRECT, contact, facts, target, reason, by=by, now=now)


def _restate(
    verb: Verb,
    contact: Contact,
    facts: ContactFacts,
    target: Status,
    reason: str,
    *,
    by: User,
    now: datetime,
) -> Contact:
    case, offered_before = contact.case, contact.hospitality
    event_name = TRANSITIONS[verb].event
    casework.keep_version(case, facts=stated(contact), reason=reason or event_name, by=by, now=now)
    contact.acknowledged_at = contact.acknowledged_by = None
    if contact.legacy:  # from now on it says all that others say; its log was kept on the day
        contact.legacy, noon = False, datetime.combine(facts.contacted_on, time(12))
        contact.stated_at = timezone.make_aware(noon)
    _write(contact, facts, by=by, now=now)
    case.claimed_on = facts.contacted_on
    if by.pk != case.subject_id:
        casework.unconfirm(case)
    casework.meet_deadlines(case, DeadlineKind.RECORD_OUTCOME, DeadlineKind.CONFIRM, now=now)
    event = finish(
        verb,
        contact,
        target,
        by=by,
        now=now,
        reason=reason,
        facts=submitted(contact),
        risk=case.risk,
    )
    _after(contact, event, by=by, now=now, offered_before=offered_before)
    return contact
