"""What an officer does with an entry besides logging it."""

from datetime import datetime

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.people.models import User
from registers.media_contacts.actions.step import STEPS, finish, take, tell_officers
from registers.media_contacts.enums import Status, Verb
from registers.media_contacts.models import Contact


@action
def confirm(contact: Contact, *, by: User, now: datetime, version: int | None) -> Contact:
    """The principal confirms an entry typed for them."""
    contact = take(Verb.CONFIRM, contact, by=by, version=version)
    casework.confirm_by_principal(contact.case, by=by, now=now)
    event = finish(Verb.CONFIRM, contact, contact.status, by=by, now=now)
    casework.tell_of_confirmation(contact.case, event, by=by, path=STEPS.path(contact.case))
    return contact


@action
def no_contact(
    contact: Contact, *, reason: str, by: User, now: datetime, version: int | None
) -> Contact:
    """A request came to nothing: the officer says why; whoever routed it is told."""
    contact = take(Verb.NO_CONTACT, contact, by=by, version=version)
    event = finish(Verb.NO_CONTACT, contact, Status.NO_CONTACT, by=by, now=now, reason=reason)
    casework.notify(
        [contact.routed_by],
        case=contact.case,
        event=event,
        subject="no contact took place",
        body="The officer says why on the entry’s page.",
        path=STEPS.path(contact.case),
    )
    return contact


@action
def withdraw(
    contact: Contact, *, reason: str, by: User, now: datetime, version: int | None
) -> Contact:
    """Take an entry back before it is acknowledged; it stays in the register, marked withdrawn."""
    contact = take(Verb.WITHDRAW, contact, by=by, version=version)
    casework.meet_deadlines(contact.case, now=now)
    event = finish(Verb.WITHDRAW, contact, Status.WITHDRAWN, by=by, now=now, reason=reason)
    tell_officers(contact, event, "an entry was withdrawn", "The reason is on its page.")
    return contact
