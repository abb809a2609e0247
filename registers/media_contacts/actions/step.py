"""How an action on a media contact begins and ends."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework import actions as casework
from integrity.casework.actions.challenging import ChallengeSteps
from integrity.casework.enums import DeadlineKind, Phase
from integrity.casework.models import Case
from integrity.people.models import User
from registers.media_contacts.enums import Status
from registers.media_contacts.models import Contact
from registers.media_contacts.permissions import RULES, is_press

REGISTER, PREFIX = "media_contacts", "MC"
PHASES: Mapping[str, Phase] = {
    Status.ROUTED: Phase.WAITING,
    Status.QUERIED: Phase.WAITING,
    Status.ACKNOWLEDGED: Phase.CLOSED,
    Status.NO_CONTACT: Phase.CLOSED,
    Status.WITHDRAWN: Phase.WITHDRAWN,
}


class ContactSteps(ChallengeSteps[Contact]):
    """The register's way of acting on its contacts."""

    rules = RULES
    phases = PHASES
    asked = Status.QUERIED

    def read(self, pk: int) -> Contact:
        return Contact.objects.select_related("policy", "agreement").get(pk=pk)

    def path(self, case: Case) -> str:
        return f"/media/{case.reference}/"

    def after_answers(self, contact: Contact) -> str:
        return Status.LOGGED

    def restart_clock(self, contact: Contact, *, now: datetime) -> None:
        set_press_task(contact, now=now)

    def asker(self, contact: Contact, by: User) -> str:
        return "the press office" if is_press(by, contact.case) else "PSD"


STEPS = ContactSteps()
take, finish = STEPS.take, STEPS.finish
ask, answer = STEPS.ask, STEPS.answer
challenge, answer_challenge = STEPS.challenge, STEPS.answer_challenge
dispose_challenge = STEPS.dispose_challenge


def set_press_task(contact: Contact, *, now: datetime) -> None:
    """The press office acknowledges by a day; the task has no owner, whoever is on duty does it."""
    casework.meet_deadlines(contact.case, DeadlineKind.ACKNOWLEDGE, now=now)
    casework.set_deadline(
        contact.case,
        kind=DeadlineKind.ACKNOWLEDGE,
        what="Acknowledge a media contact",
        owner=None,
        due_on=timezone.localdate(now) + timedelta(days=contact.policy.acknowledge_within_days),
        now=now,
    )


def tell_officers(contact: Contact, event: Event, subject: str, body: str) -> None:
    """Everybody of the force who took part."""
    case = contact.case
    others = [other.officer for other in contact.other_officers.select_related("officer")]
    casework.notify(
        [case.subject, case.author, *others],
        case=case,
        event=event,
        subject=subject,
        body=body,
        path=STEPS.path(case),
    )
