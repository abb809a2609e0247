"""Who may grant roles and keep people's records. Refusals are sentences, in Django's PermissionDenied."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied

from integrity.people.enums import GRANTED_BY_PSD, Role
from integrity.people.models import Force, Scope, User

KEEPERS = (Role.PSD_HEAD, Role.FORCE_ADMINISTRATOR)


def check_may_keep(by: User | None, person: User) -> None:
    """Heads of PSD and administrators keep the records of their own forces and bodies.

    ``by=None`` is an operator at the command line. Raises PermissionDenied.
    """
    if by is not None and not _covers(by.scope(*KEEPERS), person):
        raise PermissionDenied(f"You do not keep the records of {_home(person)}.")


def check_may_name_outside_decider(by: User | None, force: Force) -> None:
    """Heads of PSD and administrators name the outside decider of their force. Raises PermissionDenied."""
    if by is not None and force.pk not in by.scope(*KEEPERS).forces:
        raise PermissionDenied(
            f"The outside decider of {force} is named by its head of PSD or its administrator."
        )


def check_may_set_checkpoint_addresses(by: User | None, force: Force) -> None:
    """Heads of PSD and administrators say who keeps their force's checkpoints. Raises PermissionDenied."""
    if by is not None and force.pk not in by.scope(*KEEPERS).forces:
        raise PermissionDenied(
            f"Who keeps the checkpoints of {force} is said by its head of PSD or its administrator."
        )


def check_stays(person: User, changed: Collection[str]) -> None:
    """A record stays in its force: entries point to people of their own force. Raises PermissionDenied."""
    if person.pk and {"force", "oversight_body"} & set(changed):
        raise PermissionDenied(
            "Somebody who moves is added anew where they go, and their last day is entered here: "
            "what they declared stays in the force where they declared it."
        )


def check_may_grant(by: User | None, *, user: User, role: str, scope: Scope) -> None:
    """Nobody grants to themselves, nor beyond their own scope; roles that read cases come from PSD.

    An administrator who could grant those could read any case through a colleague, or through PSD's
    own account: administrators never see cases. Raises PermissionDenied.
    """
    if by is None:
        return
    if by.pk == user.pk:
        raise PermissionDenied("You cannot grant a role to yourself.")
    granters = granters_of(role)
    own = by.scope(*granters)
    if not (scope and scope.forces <= own.forces and scope.bodies <= own.bodies):
        who = " or ".join(Role(granter).label for granter in granters)
        raise PermissionDenied(
            f"“{Role(role).label}” is granted by the {who} of every force or body that it reaches."
        )


def check_may_set_password(by: User | None, person: User) -> None:
    """Setting a password lets one sign in as the person, so it asks what granting their roles asks."""
    check_may_keep(by, person)
    if by is None:
        return
    if by.pk == person.pk:
        raise PermissionDenied("Change your own password on your account page.")
    for grant in person.grants():
        check_may_grant(by, user=person, role=grant.role, scope=person.scope(grant.role))


def granters_of(role: str) -> tuple[Role, ...]:
    return (Role.PSD_HEAD,) if role in GRANTED_BY_PSD else KEEPERS


def _covers(scope: Scope, person: User) -> bool:
    return scope.covers(force_id=person.force_id, oversight_body_id=person.oversight_body_id)


def _home(person: User) -> str:
    return str(person.force or person.oversight_body or "people without a force or body")
