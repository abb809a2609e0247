"""Writing what is stated on a contact, and what the policy makes of it."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from integrity.casework import actions as casework
from integrity.casework.models import Case
from integrity.casework.policies import risk_score
from integrity.casework.workflow import Denied
from integrity.people.models import StandardsDepartment, User
from registers.media_contacts.facts import ContactFacts, Speaker
from registers.media_contacts.facts_of import STATED, facts_of, stated, stated_on
from registers.media_contacts.models import Contact, ContactSpeaker, MediaPolicy, OtherOfficer
from registers.media_contacts.names import journalist_of, outlet_of
from registers.media_contacts.policies import days_late, factors, problems


def policy_for(subject: User, on: Any) -> MediaPolicy:
    """The row in force on a day. Raises Denied where the force has none."""
    try:
        return MediaPolicy.objects.for_person(subject).in_force(on)
    except MediaPolicy.DoesNotExist:
        raise Denied(
            "Your force had no policy on media contacts on that day; check the date or ask PSD."
        ) from None


def refuse_problems(
    policy: MediaPolicy, facts: ContactFacts, stated_on: date, *, now: datetime
) -> None:
    found = problems(
        policy,
        facts,
        received_on=stated_on,
        now=now,
        today=timezone.localdate(now),
    )
    if found:
        raise Denied(found[0].sentence)


def department_of(case: Case) -> StandardsDepartment:
    home = case.force or case.oversight_body
    if home is None:
        raise ValueError(f"{case} belongs to no force and no body.")
    return home.department


def state(contact: Contact, facts: ContactFacts) -> None:
    """Write what is stated on the contact itself."""
    for name in STATED:
        setattr(contact, name, getattr(facts, name))
    received_on = stated_on(contact, facts.contacted_on)
    contact.days_late = days_late(
        contact.policy, contacted_on=facts.contacted_on, received_on=received_on
    )
    contact.late_reason = facts.late_reason if contact.days_late else ""


def keep_agreement(contact: Contact, facts: ContactFacts, *, by: User, now: datetime) -> None:
    """The signed agreement of an embargo; one kept before stays unless another is sent."""
    if facts.embargo_until is None:
        contact.agreement = None
    elif isinstance(facts.agreement, UploadedFile):
        contact.agreement = casework.attach(
            contact.case, file=facts.agreement, about="Signed embargo agreement", by=by, now=now
        )


def write_people(contact: Contact, facts: ContactFacts) -> None:
    """Who took part on either side; whoever is stated no longer is struck, for nothing is deleted."""
    write_speakers(contact, facts.speakers)
    before = {other.officer_id: other for other in OtherOfficer.with_struck.filter(contact=contact)}
    for officer in _officers(contact.case, facts):
        other = before.pop(officer.pk, None) or OtherOfficer(contact=contact, officer=officer)
        other.struck = False
        other.save()
    OtherOfficer.objects.filter(pk__in=[other.pk for other in before.values()]).update(struck=True)


def write_speakers(contact: Contact, speakers: tuple[Speaker, ...]) -> None:
    department = department_of(contact.case)
    before = {each.position: each for each in ContactSpeaker.with_struck.filter(contact=contact)}
    named = [speaker for speaker in speakers if speaker.journalist or speaker.outlet]
    for position, speaker in enumerate(named, start=1):
        kept = before.pop(position, None) or ContactSpeaker(contact=contact, position=position)
        name, outlet = speaker.journalist, speaker.outlet
        kept.journalist = journalist_of(name, department) if name else None
        kept.outlet = outlet_of(outlet, department) if outlet else None
        kept.struck = False
        kept.save()
    surplus = [each.pk for each in before.values()]
    ContactSpeaker.objects.filter(pk__in=surplus).update(struck=True)


def _officers(case: Case, facts: ContactFacts) -> list[User]:
    """The other people of the force who took part. Raises Denied for somebody of another force."""
    wanted = [pk for pk in facts.officers if pk != case.subject_id]
    found = list(User.objects.filter(pk__in=wanted, force=case.force, force__isnull=False))
    if len(found) != len(set(wanted)):
        raise Denied("Choose people of your own force who took part.")
    return found


def score(contact: Contact) -> None:
    found = factors(
        facts_of(contact),
        late=contact.days_late > 0,
        chief_officer=contact.case.subject_is_chief_officer,
    )
    contact.case.risk = risk_score(
        found, {w.factor: w.points for w in contact.policy.weights.all()}
    )


def submitted(contact: Contact) -> dict[str, Any]:
    """What the ledger keeps of a contact as it was logged: for its receipt."""
    return {"subject": contact.case.subject_name, "stated": stated(contact)}
