"""Who may do what with a media contact. Each check raises Denied with the sentence the person reads."""

from collections.abc import Callable

from integrity.casework.models import Case
from integrity.casework.permissions import (
    Rules,
    check_answer,
    check_challenged,
    check_close_challenge,
    check_declarant,
    check_may_challenge,
    is_declarant,
    is_psd,
)
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import Force, User
from registers.media_contacts.enums import Verb
from registers.media_contacts.models import Contact
from registers.media_contacts.workflow import TRANSITIONS

Check = Callable[[User, Contact], None]


def is_press(user: User, case: Case) -> bool:
    scope = user.scope(Role.PRESS_OFFICE)
    return scope.covers(force_id=case.force_id, oversight_body_id=case.oversight_body_id)


def took_part(user: User, contact: Contact) -> bool:
    """Whoever logged it, or was there (a press officer logs contacts too)."""
    others = {other.officer_id for other in contact.other_officers.all()}
    return is_declarant(user, contact.case) or user.pk in others


def check_press(user: User, contact: Contact) -> None:
    """The press office works a contact only where it is not the press officer's own. Raises Denied."""
    if not is_press(user, contact.case):
        raise Denied("Only the press office can do this.", for_them=False)
    if took_part(user, contact):
        raise Denied("You took part in this contact, so a colleague in the press office does this.")


def check_press_or_psd(user: User, contact: Contact) -> None:
    if is_psd(user, contact.case) and not took_part(user, contact):
        return
    check_press(user, contact)


def check_route(user: User, officer: User) -> None:
    """A request is routed to somebody of the press office's own force. Raises Denied."""
    if officer.force_id is None or officer.force_id not in user.scope(Role.PRESS_OFFICE).forces:
        raise Denied("You can route a request only to somebody in your own force.")
    if officer.pk == user.pk:
        raise Denied("Answer it and log the contact yourself.")
    if not officer.is_active:
        raise Denied(f"{officer.display} has left the force.")


def check_press_office(user: User, force: Force) -> None:
    """Coverage, leaks and samples are the press office's. Raises Denied."""
    if force.pk not in user.scope(Role.PRESS_OFFICE).forces:
        raise Denied("Only the press office can do this.", for_them=False)


def check_shared_list(user: User, force: Force) -> None:
    """The list for the meeting is the press office's and PSD's together. Raises Denied."""
    if force.pk not in user.scope(Role.PRESS_OFFICE, *PSD_ROLES).forces:
        raise Denied("Only the press office and PSD can do this.", for_them=False)


def check_begin_offer(user: User, contact: Contact) -> None:
    """Whoever took part declares what they were offered. Raises Denied."""
    if not took_part(user, contact):
        raise Denied("Only somebody who took part declares what was offered to them.")
    if not contact.hospitality:
        raise Denied("This entry says that nothing was offered; correct it first.")


def check_sample(user: User, officer: User) -> None:
    """Nobody checks themselves. Raises Denied."""
    if user.pk == officer.pk:
        raise Denied("Somebody else checks your own weeks.")


def check_state_quarter(user: User, officer: User) -> Force:
    """Chief officers state their own contacts; the press office may for them. Raises Denied.

    The officer's force, whose statement it is.
    """
    if officer.force is None or not officer.is_chief_officer:
        raise Denied("Only chief officers’ contacts are stated each quarter.", for_them=False)
    if user.pk != officer.pk:
        check_press_office(user, officer.force)
    return officer.force


def _declarant(user: User, contact: Contact) -> None:
    check_declarant(user, contact.case)


def _subject(user: User, contact: Contact) -> None:
    """The officer to whom a request went says what came of it."""
    if user.pk != contact.case.subject_id or contact.routed_at is None:
        raise Denied("Only the officer to whom it was routed can do this.", for_them=False)


def _confirm(user: User, contact: Contact) -> None:
    if user.pk != contact.case.subject_id or not contact.case.awaits_confirmation:
        raise Denied("Only the person this entry is about confirms it, once.", for_them=False)


def _challenge(user: User, contact: Contact) -> None:
    check_may_challenge(user, contact.case)
    if took_part(user, contact):
        raise Denied("You took part in this contact, so a colleague does this.")


def _answer(user: User, contact: Contact) -> None:
    check_answer(user, contact.case)


def _challenged(user: User, contact: Contact) -> None:
    check_challenged(user, contact.case)


def _close_challenge(user: User, contact: Contact) -> None:
    _challenge(user, contact)
    check_close_challenge(user, contact.case)


CHECKS: dict[Verb, Check] = {
    Verb.LOG: _declarant,
    Verb.ROUTE: check_press,
    Verb.COMPLETE: _subject,
    Verb.NO_CONTACT: _subject,
    Verb.CONFIRM: _confirm,
    Verb.ACKNOWLEDGE: check_press,
    Verb.CORRECT_NAMES: check_press,
    Verb.LINK_COVERAGE: check_press,
    Verb.FLAG_LEAK: check_press,
    Verb.LIST: check_press_or_psd,
    Verb.ASK: check_press_or_psd,
    Verb.ANSWER: _answer,
    Verb.CHALLENGE: _challenge,
    Verb.ANSWER_CHALLENGE: _challenged,
    Verb.DISPOSE_CHALLENGE: _close_challenge,
    Verb.CORRECT: _declarant,
    Verb.WITHDRAW: _declarant,
}
RULES = Rules(TRANSITIONS, CHECKS)
check, options = RULES.check, RULES.options
