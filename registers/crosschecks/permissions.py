"""Who may decide about a match. Each check raises Denied with the sentence the person reads."""

from integrity.casework.enums import Actor
from integrity.casework.permissions import is_outside_decider
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import User
from registers.crosschecks.enums import Verb
from registers.crosschecks.models import Match
from registers.crosschecks.workflow import OPEN, TRANSITIONS

READERS = (*PSD_ROLES, Role.PROCUREMENT)
NOT_YOURS = "Only PSD, or procurement where the match is theirs, can do this."
PSD_ALONE = {
    Verb.CHALLENGE: "PSD challenges an entry: refer the match instead.",
    Verb.REOPEN: "PSD reopens a match.",
}


def check_may_read(user: User, match: Match) -> None:
    """PSD of the force, and procurement what is theirs; nobody in conflict. Raises Denied."""
    if not Match.objects.visible_to(user).filter(pk=match.pk).exists():
        raise Denied(NOT_YOURS, for_them=False)


def is_psd_of(user: User, match: Match) -> bool:
    """PSD of the match’s force, or who decides outside it about the entry."""
    at_home = match.force_id in user.scope(*PSD_ROLES).forces
    return at_home or (match.case is not None and is_outside_decider(user, match.case))


def check_may(verb: Verb, user: User, match: Match) -> None:
    """Whether somebody may do this with a match as it stands. Raises Denied."""
    transition = TRANSITIONS[verb]
    check_may_read(user, match)
    if Actor.PROCUREMENT not in transition.who and not is_psd_of(user, match):
        raise Denied(PSD_ALONE[verb], for_them=False)
    if match.gone_at is not None:
        raise Denied("The check no longer finds this, so nothing is to be decided.")
    if match.standing not in transition.sources:
        # Of a match that is open, nobody need read that it cannot be opened again.
        raise Denied(_why_not(verb, match), for_them=match.standing != OPEN)
    if verb == Verb.CHALLENGE:
        _check_somebody_to_ask(match)


def _why_not(verb: Verb, match: Match) -> str:
    if verb == Verb.REOPEN:
        return "Only a coincidence, or what is known and managed, can be reopened."
    by = f" by {match.disposed_by.display}" if match.disposed_by else ""
    return f"This match has been disposed of{by}; it is asked again if something changes."


def _check_somebody_to_ask(match: Match) -> None:
    if match.case is None:
        raise Denied("No entry stands behind this match, so there is none to challenge.")
    if match.case.subject_id is None:
        raise Denied("The entry was imported and its declarant is not known here.")
