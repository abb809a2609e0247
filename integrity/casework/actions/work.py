"""Deadlines and notices."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from integrity.audit.actions import record
from integrity.audit.models import Audience, Event
from integrity.audit.scope import confiding, everywhere
from integrity.casework import background
from integrity.casework.actions.cases import record_on_case
from integrity.casework.enums import DeadlineKind, ReferralSource
from integrity.casework.models import Case, Deadline, Notice, Referral
from integrity.people.enums import Role
from integrity.people.models import Force, RoleGrant, User


def set_deadline(
    case: Case, *, kind: DeadlineKind, what: str, owner: User | None, due_on: date, now: datetime
) -> Deadline:
    """A dated task; without an owner it is PSD's."""
    return Deadline.objects.create(
        case=case, kind=kind, what=what, owner=owner, due_on=due_on, set_at=now
    )


def meet_deadlines(
    case: Case, *kinds: DeadlineKind, now: datetime, owner: User | None = None
) -> None:
    """Close the case's open tasks of these kinds (all kinds when none is named)."""
    tasks = case.deadlines.open()
    if kinds:
        tasks = tasks.filter(kind__in=kinds)
    if owner is not None:
        tasks = tasks.filter(owner=owner)
    tasks.update(met_at=now)


def refer(
    case: Case,
    *,
    source: ReferralSource,
    about: str,
    reason: str,
    by: User,
    now: datetime,
    person: User | None = None,
    suggests: str = "",
    not_to: Iterable[User] = (),
) -> Referral:
    """Hand a case over for investigation; PSD alone sees it, and its heads are told.

    What they are told betrays nothing to whoever reads over a shoulder. ``not_to`` are those who
    may not learn of it besides the subject, the author and their line.
    """
    with confiding(force_id=case.force_id, body_id=case.oversight_body_id):
        referral = Referral.objects.create(
            force=case.force,
            oversight_body=case.oversight_body,
            case=case,
            person=person or case.subject,
            source=source,
            about=about[:200],
            reason=reason,
            suggests=suggests,
            made_at=now,
            made_by=by,
        )
        event = record_on_case(
            case,
            "referred for investigation",
            by=by,
            now=now,
            reason=reason,
            facts={"source": str(source)},
            audience=Audience.PSD,
            confidential=True,
        )
    manager = case.subject.line_manager_id if case.subject else None
    apart = {case.subject_id, case.author_id, case.subject_manager_id, manager}
    apart |= {other.pk for other in not_to}
    notify(
        [reviewer for reviewer in psd_of(case) if reviewer.pk not in apart],
        case=case,
        event=event,
        subject="something waits for you on the PSD desk",
        body="Open the desk and look at what was referred.",
    )
    return referral


def refer_without_case(
    force: Force,
    *,
    source: ReferralSource,
    about: str,
    reason: str,
    by: User | None,
    now: datetime,
    person: User | None = None,
    suggests: str = "",
) -> Referral:
    """Hand over what no case holds: a leak whose source is not known, a concern that somebody sent.

    It waits in PSD's queue of referrals. Without ``by`` nobody is on record as having sent it.
    """
    with confiding(force_id=force.pk, body_id=None):
        referral = Referral.objects.create(
            force=force,
            person=person,
            source=source,
            about=about[:200],
            reason=reason,
            suggests=suggests,
            made_at=now,
            made_by=by,
        )
        record(
            "referred for investigation",
            by=by,
            now=now,
            force_id=force.pk,
            about="referral",
            about_id=referral.pk,
            facts={"source": str(source)},
            audience=Audience.PSD,
            confidential=True,
        )
    return referral


def psd_of(case: Case) -> list[User]:
    """Whom PSD's notices go to: the owner of the case, or the heads of PSD where it has none.

    Of a case that left its force, the heads outside or, where there are none, the reviewers; where
    the force has named nobody, its own heads, who can.
    """
    if case.owner is not None:
        return [case.owner]
    heads = RoleGrant.objects.holding(Role.PSD_HEAD)
    if case.force is None:
        return heads.of_body(case.oversight_body_id).people()
    if case.with_outside_decider and case.force.outside_decider is not None:
        reviewers = RoleGrant.objects.holding(Role.PSD_REVIEWER)
        outside = [grants.of_outside_decider(case.force) for grants in (heads, reviewers)]
        return outside[0].people() or outside[1].people()
    return heads.of_force(case.force).people()


def notify(
    recipients: Iterable[User | None],
    *,
    case: Case,
    event: Event,
    subject: str,
    body: str,
    path: str = "",
    tell_actor: bool = False,
) -> list[Notice]:
    """Tell people of an event: on the site at once, by e-mail after the commit, each once.

    Whoever caused the event is told only where they are to keep a confirmation of it.
    """
    silent = None if tell_actor else event.actor_id
    people = {p.pk: p for p in recipients if p is not None and p.pk != silent and p.is_active}
    key = f"event:{event.pk}"
    for told in Notice.objects.filter(key=key).values_list("recipient_id", flat=True):
        people.pop(told, None)  # of this event already, for another of their parts
    notices = [
        Notice(
            recipient=person,
            case=case,
            key=key,
            subject=f"{case.reference}: {subject}",
            body=body,
            path=path,
            made_at=event.at,
        )
        for person in people.values()
    ]
    made = Notice.objects.bulk_create(notices)
    background.send_notices([notice.pk for notice in made if notice.recipient.email])
    return made


def mail(people: Iterable[User], *, subject: str, body: str, path: str) -> None:
    """Write to people of what is no case; the site says the same on their home page by itself.

    The letter says where to sign in. Each is sent after the commit and at most once.
    """
    for person in people:
        if person.is_active and person.email:
            background.send_mail(person.email, subject=subject, body=body, path=path)


def read_notice(notice: Notice, *, now: datetime) -> None:
    """The recipient has opened it; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)


def letter(to: str, *, subject: str, body: str, path: str) -> EmailMessage:
    """An e-mail that says no more than where to sign in and look."""
    text = f"{body}\n\nSign in to see it: {settings.SITE_URL}{path}\n"
    return EmailMessage(subject=subject, body=text, to=[to])


def send_notice(notice_id: int, *, now: datetime) -> bool:
    """Send one notice by e-mail, unless it has been claimed before; says whether it was sent now.

    The claim is committed before the mail server is spoken to, so a notice is never sent twice; a
    failure is kept on the notice for the desk to see.
    """
    with everywhere():
        claimed = Notice.objects.filter(pk=notice_id, claimed_at=None).update(claimed_at=now)
        if not claimed:
            return False
        notice = Notice.objects.select_related("recipient").get(pk=notice_id)
    message = letter(
        notice.recipient.email, subject=notice.subject, body=notice.body, path=notice.path
    )
    try:
        message.send()
        outcome: dict[str, Any] = {"sent_at": now}
    except OSError as failure:
        outcome = {"failure": str(failure) or type(failure).__name__}
    with everywhere():
        Notice.objects.filter(pk=notice_id).update(**outcome)
    return "sent_at" in outcome
