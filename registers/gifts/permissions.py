"""Who may do what with an offer. Each check raises Denied with the sentence the person reads."""

from collections.abc import Callable

from integrity.casework.enums import Stage
from integrity.casework.permissions import (
    Rules,
    check_answer,
    check_challenged,
    check_close_challenge,
    check_decider,
    check_declarant,
    check_first_decision_of_round,
    check_may_challenge,
    check_may_decide,
    check_no_conflict,
    check_psd,
    check_stage,
    is_declarant,
    is_psd,
)
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from registers.gifts.workflow import TRANSITIONS

Check = Callable[[User, Offer], None]


def is_peer(user: User, offer: Offer) -> bool:
    """Another chief officer of the force."""
    case = offer.case
    return (
        user.is_chief_officer
        and case.force_id is not None
        and user.force_id == case.force_id
        and not is_declarant(user, case)
    )


def check_peer(user: User, offer: Offer) -> None:
    if not is_peer(user, offer):
        raise Denied("Only another chief officer of the force gives a peer review.", for_them=False)
    if not offer.needs_peer_review:
        raise Denied("This offer does not go to peer review.", for_them=False)
    if offer.peer_reviews.filter(reviewed_by=user, round=offer.case.round).exists():
        raise Denied("You have already given your view.")


def may_read_peer_reviews(user: User, offer: Offer) -> bool:
    """Colleagues speak freely: not to the person concerned, nor to a peer who is yet to speak."""
    if is_declarant(user, offer.case):
        return False
    spoken = offer.peer_reviews.filter(reviewed_by=user).exists()
    return spoken or offer.status != Status.PEER_REVIEW or not is_peer(user, offer)


def check_supervisor(user: User, offer: Offer) -> None:
    """The declarant's line manager decides the lowest band where the policy says so."""
    subject = offer.case.subject
    if subject is None or subject.line_manager_id != user.pk:
        raise Denied("Only the declarant’s line manager can do this.", for_them=False)
    if offer.status != Status.WITH_SUPERVISOR:
        raise Denied("This offer is not waiting for a supervisor.", for_them=False)
    if offer.case.author_id == user.pk:
        raise Denied("You typed this entry, so PSD decides it.")
    check_stage(Stage.SUPERVISOR, user, offer.case)
    check_first_decision_of_round(user, offer.case)


def check_decide(user: User, offer: Offer) -> None:
    """PSD decides: never about themselves, their line, or an offer they peer-reviewed."""
    check_may_decide(user, offer.case)
    if offer.peer_reviews.filter(reviewed_by=user).exists():
        raise Denied("You gave a peer review of this offer, so you cannot decide it.")


def check_subject(user: User, offer: Offer) -> None:
    if user.pk != offer.case.subject_id or not offer.case.awaits_confirmation:
        raise Denied("Only the person this entry is about confirms it, once.", for_them=False)


def check_disposal(user: User, offer: Offer) -> None:
    check_declarant(user, offer.case)
    if not any(item.accepted for item in offer.items.all()):
        raise Denied("Nothing was accepted, so nothing is to be disposed of.", for_them=False)


def check_outcome(user: User, offer: Offer) -> None:
    check_declarant(user, offer.case)
    if offer.was_authorised is None:
        raise Denied("You did not ask for authorisation of this offer.", for_them=False)


def _declarant(user: User, offer: Offer) -> None:
    check_declarant(user, offer.case)


def _psd(user: User, offer: Offer) -> None:
    check_psd(user, offer.case)


def _challenge(user: User, offer: Offer) -> None:
    check_may_challenge(user, offer.case)


def _decider(user: User, offer: Offer) -> None:
    check_decider(user, offer.case)


def _no_conflict(user: User, offer: Offer) -> None:
    check_no_conflict(user, offer.case)


def _answer(user: User, offer: Offer) -> None:
    check_answer(user, offer.case)


def _challenged(user: User, offer: Offer) -> None:
    check_challenged(user, offer.case)


def _close_challenge(user: User, offer: Offer) -> None:
    check_close_challenge(user, offer.case)


def sees_everything(user: User, offer: Offer) -> bool:
    """Whether this reader sees what only PSD sees: silent challenges, risk, the desk's notes."""
    return is_psd(user, offer.case) and not is_declarant(user, offer.case)


CHECKS: dict[Verb, Check] = {
    Verb.DECLARE: _declarant,
    Verb.SEEK_AUTHORISATION: _declarant,
    Verb.PEER_REVIEW: check_peer,
    Verb.AUTHORISE: check_decide,
    Verb.REFUSE_AUTHORISATION: check_decide,
    Verb.RECORD_OUTCOME: check_outcome,
    Verb.CONFIRM: check_subject,
    Verb.APPROVE: check_supervisor,
    Verb.ESCALATE: check_supervisor,
    Verb.ASSIGN: _decider,
    Verb.ASK: _psd,
    Verb.ANSWER: _answer,
    Verb.ACCEPT: check_decide,
    Verb.REJECT: check_decide,
    Verb.CHALLENGE: _challenge,
    Verb.ANSWER_CHALLENGE: _challenged,
    Verb.DISPOSE_CHALLENGE: _close_challenge,
    Verb.REOPEN: _no_conflict,
    Verb.CORRECT: _declarant,
    Verb.WITHDRAW: _declarant,
    Verb.RECORD_DISPOSAL: check_disposal,
}
RULES = Rules(TRANSITIONS, CHECKS)
check, options = RULES.check, RULES.options
