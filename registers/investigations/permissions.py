"""Who may do what with an investigation: PSD alone. Each check raises Denied with its sentence."""

from collections.abc import Callable, Mapping

from integrity.casework.models import Referral
from integrity.casework.permissions import (
    Rules,
    check_may_decide,
    check_no_conflict,
    check_psd,
)
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES
from integrity.people.models import Force, OversightBody, User
from registers.investigations.enums import Status, Verb
from registers.investigations.models import Concern, Investigation, referrals_for
from registers.investigations.policies import STILL_TO_BE_SEEN
from registers.investigations.workflow import TRANSITIONS

Check = Callable[[User, Investigation], None]
NOT_YOURS = "Only the professional standards department can do this."


def keeps_apart(user: User, subject: User) -> bool:
    """Whether somebody is the subject or manages them, and so may not know of it."""
    return user.pk in (subject.pk, subject.line_manager_id)


def check_apart(user: User, subject: User | None) -> None:
    """Nobody opens or names what they may not know of afterwards. Raises Denied."""
    if subject is not None and keeps_apart(user, subject):
        raise Denied(
            "It would be about you or somebody who reports to you: ask somebody else in PSD."
        )


def check_may_open(user: User, home: Force | OversightBody) -> None:
    """PSD of a force or body opens investigations there. Raises Denied."""
    scope = user.scope(*PSD_ROLES)
    reached = scope.forces if isinstance(home, Force) else scope.bodies
    if home.pk not in reached:
        raise Denied(NOT_YOURS, for_them=False)


def check_may_take(user: User, referral: Referral) -> None:
    """PSD deals with a referral, but for those about themselves or their team. Raises Denied."""
    covered = user.scope(*PSD_ROLES).covers(
        force_id=referral.force_id, oversight_body_id=referral.oversight_body_id
    )
    if not covered or not referrals_for(user).filter(pk=referral.pk).exists():
        raise Denied(NOT_YOURS, for_them=False)


def check_may_reply(user: User, concern: Concern) -> None:
    """PSD of the force answers what was sent to it. Raises Denied."""
    if concern.force_id not in user.scope(*PSD_ROLES).forces:
        raise Denied(NOT_YOURS, for_them=False)
    if not Concern.objects.visible_to(user).filter(pk=concern.pk).exists():
        raise Denied(NOT_YOURS, for_them=False)


def check_works(user: User, investigation: Investigation) -> None:
    """Its PSD or outside decider, and neither the subject nor in the subject's line. Raises Denied."""
    case = investigation.case
    check_psd(user, case)
    if user.pk == case.subject_manager_id:
        raise Denied("You cannot work on an investigation of somebody who reported to you.")
    check_no_conflict(user, case)


def check_close(user: User, investigation: Investigation) -> None:
    """A decision like any other; not while a post is still to be seen."""
    check_works(user, investigation)
    check_may_decide(user, investigation.case)
    if investigation.posts.filter(gone_on=None).exists():
        raise Denied(STILL_TO_BE_SEEN)


def check_recheck(user: User, investigation: Investigation) -> None:
    check_works(user, investigation)
    if not investigation.posts.filter(gone_on=None).exists():
        raise Denied("No post of this investigation is still to be seen.", for_them=False)


def check_end_restriction(user: User, investigation: Investigation) -> None:
    check_works(user, investigation)
    if not investigation.restrictions.filter(ended_at=None).exists():
        raise Denied("Nobody is suspended or restricted in this investigation.", for_them=False)


def check_return(user: User, investigation: Investigation) -> None:
    """Shown only where it is with an external body."""
    check_works(user, investigation)
    if investigation.status != Status.REFERRED:
        raise Denied("This investigation is with no external body.", for_them=False)


CHECKS: Mapping[Verb, Check] = {
    Verb.OPEN: check_works,
    Verb.ASSIGN: check_works,
    Verb.CLASSIFY: check_works,
    Verb.IDENTIFY: check_works,
    Verb.ASSESS: check_works,
    Verb.ADD_REFERRAL: check_works,
    Verb.SUSPEND: check_works,
    Verb.END_RESTRICTION: check_end_restriction,
    Verb.REFER_OUT: check_works,
    Verb.RETURN: check_return,
    Verb.RECORD_POST: check_works,
    Verb.RECHECK: check_recheck,
    Verb.CLOSE: check_close,
    Verb.REOPEN: check_works,
}
RULES = Rules(TRANSITIONS, CHECKS)
check, options = RULES.check, RULES.options


def check_may_own(owner: User, investigation: Investigation) -> None:
    """Whether an investigation may be assigned to somebody. Raises Denied about them, by name."""
    try:
        check_works(owner, investigation)
    except Denied:
        raise Denied(f"{owner.display} cannot work on this investigation.") from None
