"""Who may read which figures. Boards read their own forces' and no further; PSD those it serves."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from integrity.casework.workflow import Denied
from integrity.people.enums import CONFIDENTIAL_ROLES, PSD_ROLES, Role
from integrity.people.models import Force, OversightBody, User

DASHBOARD_ROLES = (*PSD_ROLES, Role.INSPECTOR)
# Whoever reads all of a body's forces may see what its board sees.
BESIDE_THE_BOARD = (Role.PSD_HEAD, Role.INSPECTOR, Role.INTEGRITY_LEAD)


def forces_for_psd(user: User) -> QuerySet[Force]:
    """The forces whose dashboard somebody reads: those of their PSD, or that they inspect."""
    return Force.objects.filter(pk__in=user.scope(*DASHBOARD_ROLES).forces)


def is_of_psd(user: User) -> bool:
    """Whether somebody reads a PSD dashboard, of whichever force; no query."""
    return bool(user.scope(*DASHBOARD_ROLES).forces)


def is_psd_of(user: User, forces: Collection[int]) -> bool:
    """Whether somebody is of the PSD of every one of these forces."""
    return user.scope(*PSD_ROLES).forces.issuperset(forces)


def reads_figures(user: User) -> bool:
    """Whether some page of figures may be somebody's; no query, for every page's menu asks."""
    member = user.scope(Role.GOVERNANCE_MEMBER).bodies
    return is_of_psd(user) or bool(member or user.scope(Role.INTEGRITY_LEAD).forces)


def forces_with_investigations(user: User) -> frozenset[int]:
    """The forces of which somebody may know that there are investigations."""
    return user.scope(*CONFIDENTIAL_ROLES).forces


def bodies_inspected(user: User, forces: Sequence[Force]) -> list[OversightBody]:
    """Of the bodies that oversee some forces, those whose own entries somebody reads."""
    reached = user.scope(*DASHBOARD_ROLES).bodies
    return list(OversightBody.objects.filter(pk__in=reached, forces__in=forces).distinct())


def boards_of(user: User) -> QuerySet[OversightBody]:
    """The bodies whose dashboard somebody reads: as a member, or because all its forces are theirs."""
    member = user.scope(Role.GOVERNANCE_MEMBER).bodies
    reached = user.scope(*BESIDE_THE_BOARD).forces
    elsewhere = Force.objects.exclude(pk__in=reached)
    beside = OversightBody.objects.filter(forces__in=reached).exclude(forces__in=elsewhere)
    return OversightBody.objects.filter(pk__in={*member, *beside.values_list("pk", flat=True)})


def is_member(user: User, body: OversightBody) -> bool:
    return body.pk in user.scope(Role.GOVERNANCE_MEMBER).bodies


def check_reads_board(user: User, body: OversightBody) -> None:
    """Whether somebody reads a body's dashboard and packs. Raises Denied."""
    if not boards_of(user).filter(pk=body.pk).exists():
        raise Denied(
            "This dashboard is for members of the body and for whoever reads all its forces."
        )


def check_reads_forces(user: User) -> None:
    """Whether somebody reads a PSD dashboard. Raises Denied."""
    if not forces_for_psd(user).exists():
        raise Denied("This dashboard is for professional standards and inspectors.")
