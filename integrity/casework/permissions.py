"""What the platform asks before anybody acts on a case, whatever its register."""

from integrity.casework.models import Case
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import Force, User
from integrity.people.policies import conflict_of_interest


def is_declarant(user: User, case: Case) -> bool:
    """The person an entry is about, or the one who typed it for them."""
    return user.pk in (case.subject_id, case.author_id)


def is_psd(user: User, case: Case) -> bool:
    """Whether somebody reviews this case's force or body."""
    scope = user.scope(*PSD_ROLES)
    return scope.covers(force_id=case.force_id, oversight_body_id=case.oversight_body_id)


def check_declarant(user: User, case: Case) -> None:
    if not is_declarant(user, case):
        raise Denied("Only the person who made this entry can do this.", for_them=False)


def check_psd(user: User, case: Case) -> None:
    """PSD works a case only where it is not about, or by, the reviewer."""
    if not is_psd(user, case):
        raise Denied("Only the professional standards department can do this.", for_them=False)
    if is_declarant(user, case):
        raise Denied("You cannot work on an entry of your own.")


def check_no_conflict(user: User, case: Case) -> None:
    """PSD, and neither the subject nor in the subject's line (ASSURANCE, decision 4). Raises Denied."""
    check_psd(user, case)
    if case.subject is not None:
        reason = conflict_of_interest(user, case.subject)
        if reason:
            raise Denied(reason)


def check_may_decide(user: User, case: Case) -> None:
    """Separation of duty for every decision by PSD: no conflict, and one stage a round."""
    check_no_conflict(user, case)
    check_first_decision_of_round(user, case)


def check_first_decision_of_round(user: User, case: Case) -> None:
    if case.decisions.filter(round=case.round, decided_by=user).exists():
        raise Denied("You have already decided at another stage of this case.")


def check_may_own(owner: User, case: Case) -> None:
    """Whether a case may be assigned to somebody. Raises Denied."""
    if not is_psd(owner, case):
        raise Denied(f"{owner.display} does not review for {case.scope_name}.")
    if is_declarant(owner, case):
        raise Denied(f"{owner.display} cannot work on an entry of their own.")


def check_may_sign_off(user: User, *, force_id: int, body_id: int | None) -> None:
    """The register's owner signs for the force, a governance member for the body. Raises Denied."""
    if body_id is None and force_id not in user.scope(Role.REGISTER_OWNER).forces:
        raise Denied(
            "Only the owner of the register can sign it off for the force.", for_them=False
        )
    if body_id is not None and body_id not in user.scope(Role.GOVERNANCE_MEMBER).bodies:
        raise Denied("Only a member of the oversight body can sign for it.", for_them=False)


def check_may_import(user: User | None, force: Force) -> None:
    """The head of PSD and the register's owner import; nobody, an operator's command. Raises Denied."""
    if user is not None and force.pk not in user.scope(Role.PSD_HEAD, Role.REGISTER_OWNER).forces:
        raise Denied(f"{user.display} cannot import registers of {force}.")
