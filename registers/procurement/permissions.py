"""Who may do what in procurement; each check raises Denied with its sentence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from integrity.casework.permissions import Option
from integrity.casework.workflow import Denied, Transition
from integrity.people.enums import PSD_ROLES, MemberType, Role
from integrity.people.models import Force, User
from integrity.people.policies import conflict_of_interest
from registers.procurement.enums import Verb
from registers.procurement.models import Contract, Purchase, Tender
from registers.procurement.policies import VERDICTS, state_besides, state_of
from registers.procurement.reads import standing
from registers.procurement.workflow import PURCHASE_TRANSITIONS

PROCUREMENT = (Role.PROCUREMENT,)
REVIEWERS = (*PROCUREMENT, *PSD_ROLES)
READERS = (*REVIEWERS, Role.INSPECTOR)


def is_of(user: User, force_id: int, *roles: Role) -> bool:
    return force_id in user.scope(*roles).forces


def check_procurement(user: User, force: Force) -> None:
    """Procurement keeps contracts and tenders of its own force."""
    if not is_of(user, force.pk, *PROCUREMENT):
        raise Denied(f"Only the procurement of {force} can do this.", for_them=False)


def check_of_force(person: User, force: Force) -> None:
    """Who has a part in a contract or tender serves in the force whose it is."""
    if person.force_id != force.pk:
        raise Denied(f"{person.display} is not in {force}.")
    if not person.is_active:
        raise Denied(f"{person.display} has left the force.")


def check_contractor(person: User, contract: Contract) -> None:
    """Whom a contractor sends: their account says so, and the contract is for outsourced services."""
    check_of_force(person, contract.force)
    if not contract.outsourced:
        raise Denied("Say first that this contract is for outsourced services.")
    if person.member_type != MemberType.CONTRACTOR:
        raise Denied(f"The account of {person.display} is not a contractor’s employee’s.")


def check_justify(user: User, purchase: Purchase) -> None:
    """Only the holder, once. A referral changes nothing here, so that it betrays nothing."""
    if purchase.card.holder_id != user.pk:
        raise Denied("Only the card’s holder can say what it was for.", for_them=False)
    state = state_besides(purchase)
    PURCHASE_TRANSITIONS.check(Verb.JUSTIFY, state, state.label)


def check_review(user: User, purchase: Purchase, verb: Verb) -> None:
    """Somebody of procurement or PSD with no tie to the holder's line (ASSURANCE, decision 4).

    Their line manager does not, even where that is the head of the force: a purchase is to be
    judged beyond the line (HMIC 2012, Procurement and contracting).
    """
    if not is_of(user, purchase.force_id, *REVIEWERS):
        raise Denied("Only procurement and PSD review purchases.", for_them=False)
    if purchase.card.holder is not None and (why := conflict(user, purchase.card.holder)):
        raise Denied(why)
    if purchase.verdict:
        raise Denied("This purchase has been reviewed already.")
    state = state_of(purchase)
    PURCHASE_TRANSITIONS.check(verb, state, state.label)


def conflict(user: User, holder: User) -> str:
    """Why somebody may not judge a holder's purchases; empty where they may."""
    if holder.line_manager_id == user.pk:
        return "You cannot decide about somebody who reports to you."
    return conflict_of_interest(user, holder)


def transition_for(user: User, purchase: Purchase, verb: Verb) -> Transition:
    """A verb as its reader calls it: PSD refers nothing to itself."""
    transition = PURCHASE_TRANSITIONS[verb]
    if verb == Verb.REFER and is_of(user, purchase.force_id, *PSD_ROLES):
        return replace(transition, label="Refer for investigation")
    return transition


def options(user: User, purchase: Purchase) -> Iterator[Option]:
    """The verdicts that are this person's to give, each free or refused with its sentence."""
    for verb in VERDICTS:
        transition = transition_for(user, purchase, verb)
        try:
            check_review(user, purchase, verb)
        except Denied as denied:
            if denied.for_them:
                yield Option(transition, str(denied))
        else:
            yield Option(transition)


def check_declares(user: User, tender: Tender, today: date) -> None:
    """Somebody declares about bidders while they have a part in the tender."""
    if not tender.involved.filter(standing(today), person=user).exists():
        raise Denied("You have no part in this tender.", for_them=False)
