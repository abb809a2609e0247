"""What somebody reads of a match: all of it, or only what is not declared."""

from copy import copy

from django.db.models import Q

from integrity.casework.models import outside_of
from integrity.casework.permissions import is_outside_decider
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from registers.crosschecks.enums import Disposition
from registers.crosschecks.models import Match


def reads_entries(user: User, match: Match) -> bool:
    """Whether what people declared behind a match is this reader’s: PSD’s, or the outside decider’s."""
    cases = [case for case in (match.case, match.other_case) if case is not None]
    at_home = match.force_id in user.scope(*PSD_ROLES).forces
    return at_home or all(is_outside_decider(user, case) for case in cases)


def unveiled(user: User) -> Q:
    """The same as a condition: of these matches this reader knows whom they are about."""
    read = Q(force__in=user.scope(*PSD_ROLES).forces)
    outside = Q()
    for case in ("case", "other_case"):
        outside &= Q(**{case: None}) | outside_of(user, f"{case}__")
    return read | outside


def as_read_by(user: User, match: Match) -> Match:
    """The match as this reader may read it: where an entry is not theirs, without anything that it says.

    What is left are the check, the organisation, and the records that files brought. Not to be saved.
    """
    if reads_entries(user, match):
        return match
    veiled = copy(match)
    also = f", and “{match.organisation}”" if match.organisation else ""
    veiled.sentence = f"{match.get_check_name_display()}: an entry that is not yours to read{also}."
    veiled.person = veiled.unit = veiled.case = veiled.other_case = None
    veiled.facts = {}
    if veiled.disposition == Disposition.CHALLENGED:
        veiled.reason = ""
    return veiled
