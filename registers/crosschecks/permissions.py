"""Who may decide about a match. Each check raises Denied with the sentence the person reads."""

from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import User
from registers.crosschecks.models import Match

READERS = (*PSD_ROLES, Role.PROCUREMENT)
NOT_YOURS = "Only PSD, or procurement where the match is theirs, can do this."


def check_may_read(user: User, match: Match) -> None:
    """PSD of the force, and procurement what is theirs; nobody in conflict. Raises Denied."""
    if not Match.objects.visible_to(user).filter(pk=match.pk).exists():
        raise Denied(NOT_YOURS, for_them=False)


def check_may_dispose(user: User, match: Match) -> None:
    """Whoever reads it decides, while somebody is asked. Raises Denied."""
    check_may_read(user, match)
    if match.gone_at is not None:
        raise Denied("The check no longer finds this, so nothing is to be decided.")
    if not match.is_open:
        by = f" by {match.disposed_by.display}" if match.disposed_by else ""
        raise Denied(
            f"This match has been disposed of{by}; it is asked again if something changes."
        )


def check_may_challenge(user: User, match: Match) -> None:
    """PSD challenges an entry; without one there is nobody to ask. Raises Denied."""
    if not user.holds(*PSD_ROLES):
        raise Denied("PSD challenges an entry: refer the match instead.", for_them=False)
    if match.case is None:
        raise Denied("No entry stands behind this match, so there is none to challenge.")
    if match.case.subject_id is None:
        raise Denied("The entry was imported and its declarant is not known here.")
