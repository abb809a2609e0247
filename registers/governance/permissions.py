"""Who may keep a board, its meetings and the plan. Each check raises Denied with the sentence."""

from datetime import date

from django.db.models import Q, QuerySet

from integrity.casework.models import Case
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import Force, OversightBody, RoleGrant, User
from registers.crosschecks.pack import MEETING_ROLES
from registers.governance.enums import Verb
from registers.governance.models import Board, BoardAction, BoardMember, Meeting, PlanItem
from registers.governance.people import people_at
from registers.governance.policies import (
    person_named,
    why_not_due,
    why_not_held,
    why_not_note,
)
from registers.governance.workflow import TRANSITIONS

# PSD and the senior lead for integrity keep a force's boards and its plan.
KEEPERS = (*PSD_ROLES, Role.INTEGRITY_LEAD)
NOT_KEEPER = (
    "PSD or the integrity lead keeps a force’s boards; governance members keep their body’s."
)
NOT_PLANNERS = "PSD or the integrity lead keeps the force’s action plan."


def keeps(user: User, home: Force | OversightBody | None) -> bool:
    """Whether somebody keeps the boards of this force or body."""
    if isinstance(home, Force):
        return keeps_plan(user, home)
    return home is not None and home.pk in user.scope(Role.GOVERNANCE_MEMBER).bodies


def keeps_plan(user: User, force: Force) -> bool:
    """Whether somebody keeps this force's action plan."""
    return force.pk in user.scope(*KEEPERS).forces


def keeps_task(user: User, task: BoardAction | PlanItem) -> bool:
    if isinstance(task, PlanItem):
        return keeps_plan(user, task.force)
    return keeps(user, task.board.home)


def check_may_keep(user: User, home: Force | OversightBody | None) -> None:
    """Open a board, change it, seat its members, plan its meetings. Raises Denied."""
    if not keeps(user, home):
        raise Denied(NOT_KEEPER, for_them=False)


def check_may_plan(user: User, force: Force) -> None:
    """Add an item to a force's plan. Raises Denied."""
    if not keeps_plan(user, force):
        raise Denied(NOT_PLANNERS, for_them=False)


def check_may_prepare(user: User, meeting: Meeting) -> None:
    """Change a meeting's day and agenda, which stand once it was held. Raises Denied."""
    check_may_keep(user, meeting.board.home)
    if not meeting.is_planned:
        raise Denied("This meeting was held, so its day and its agenda stay as they were.")


def check_may_hold(user: User, meeting: Meeting, today: date) -> None:
    """Record that a meeting was held. Raises Denied."""
    check_may_keep(user, meeting.board.home)
    TRANSITIONS.check(Verb.HOLD, meeting.status, meeting.get_status_display())
    _say(why_not_held(meeting.held_on, today))


def check_may_record(user: User, meeting: Meeting, today: date) -> None:
    """Record a decision or an action of a meeting, from its day on. Raises Denied."""
    check_may_keep(user, meeting.board.home)
    _say(why_not_held(meeting.held_on, today))


def check_may_note(user: User, case: Case) -> None:
    """Put a chief officer's entry on the agenda of one's own body (issue 7). Raises Denied."""
    if not bodies_over(user, case):
        why = why_not_note(chief_officer=True, confidential=case.confidential, overseen=False)
        raise Denied(why, for_them=False)
    chief_officer = case.subject_is_chief_officer
    _say(
        why_not_note(chief_officer=chief_officer, confidential=case.confidential, overseen=True),
        for_them=False,
    )


def check_may_note_at(user: User, case: Case, meeting: Meeting) -> None:
    """The same, at one meeting: planned, of a board of a body that oversees the force. Raises Denied."""
    check_may_note(user, case)
    if meeting.board.oversight_body_id not in bodies_over(user, case):
        raise Denied("Choose a meeting of a board of your own body.", for_them=False)
    if not meeting.is_planned:
        raise Denied("This meeting was held. Choose one that is planned.")


def bodies_over(user: User, case: Case) -> frozenset[int]:
    """The bodies whose governance member somebody is and which oversee the force of an entry."""
    bodies = user.scope(Role.GOVERNANCE_MEMBER).bodies
    overseeing = OversightBody.objects.filter(pk__in=bodies, forces=case.force_id)
    return frozenset(overseeing.values_list("pk", flat=True))


def check_may_progress(user: User, task: BoardAction | PlanItem) -> None:
    """Say how it stands and record evidence: its owner, and who keeps it, while open. Raises Denied."""
    if task.owner_id != user.pk and not keeps_task(user, task):
        raise Denied("Only its owner, or who keeps the board or plan, can do this.", for_them=False)
    if not task.is_open:
        raise Denied("This is closed. Reopen it first.")


def check_may_change(user: User, task: BoardAction | PlanItem) -> None:
    """Say anew what is to be done, by whom and by when, while it is open. Raises Denied."""
    _check_keeps(user, task)
    if not task.is_open:
        raise Denied("This is closed. Reopen it first.")


def check_may_close(user: User, task: BoardAction | PlanItem) -> None:
    """Raises Denied."""
    _check_keeps(user, task)
    verb = Verb.CLOSE_ITEM if isinstance(task, PlanItem) else Verb.CLOSE_ACTION
    TRANSITIONS.check(verb, task.status, task.get_status_display())


def check_may_reopen(user: User, task: BoardAction | PlanItem) -> None:
    """Raises Denied."""
    _check_keeps(user, task)
    verb = Verb.REOPEN_ITEM if isinstance(task, PlanItem) else Verb.REOPEN_ACTION
    TRANSITIONS.check(verb, task.status, task.get_status_display())


def check_may_belong(person: User, home: Force | OversightBody | None, today: date) -> None:
    """Whoever sits on a board or owns what it asked for is of its force or body. Raises Denied."""
    if not people_at(home, today).filter(pk=person.pk).exists():
        raise Denied(f"{person.display} is not of {home} and holds no role there.")


def check_due(due_on: date, today: date) -> None:
    """Raises Denied for a day that is over."""
    _say(why_not_due(due_on, today))


def reads_boards(user: User) -> bool:
    """Whether somebody's roles alone let them read any board, for the menu; asks nothing of the database."""
    return user.holds(*KEEPERS, Role.GOVERNANCE_MEMBER, Role.INSPECTOR)


def may_keep_board(user: User, board: Board) -> bool:
    return keeps(user, board.home)


def _check_keeps(user: User, task: BoardAction | PlanItem) -> None:
    if not keeps_task(user, task):
        sentence = NOT_PLANNERS if isinstance(task, PlanItem) else NOT_KEEPER
        raise Denied(sentence, for_them=False)


def _say(why_not: str, *, for_them: bool = True) -> None:
    if why_not:
        raise Denied(why_not, for_them=for_them)


# --- health checks, assessments, threats, quarterly meetings and statements ----------------------

OVERSEERS = (Role.GOVERNANCE_MEMBER, Role.INSPECTOR)


def forces_kept(user: User) -> QuerySet[Force]:
    """The forces whose checks, assessments and plan somebody keeps."""
    return Force.objects.filter(pk__in=user.scope(*KEEPERS).forces)


def forces_overseen(user: User) -> QuerySet[Force]:
    """The forces whose threats and statements somebody reads: its keepers, its body's members, inspectors."""
    over = user.scope(*OVERSEERS)
    mine = user.scope(*KEEPERS).forces | over.forces
    return Force.objects.filter(Q(pk__in=mine) | Q(oversight_bodies__in=over.bodies)).distinct()


def forces_assessed(user: User, today: date) -> QuerySet[Force]:
    """Those, and the forces on whose boards somebody sits: their health checks and assessments."""
    seats = BoardMember.objects.sitting(today).filter(person=user, board__force__isnull=False)
    return Force.objects.filter(
        Q(pk__in=forces_overseen(user)) | Q(pk__in=seats.values("board__force"))
    )


def forces_met_for(user: User) -> QuerySet[Force]:
    """The forces whose quarterly meetings somebody reads: those who meet, and inspectors."""
    inspected = user.scope(Role.INSPECTOR)
    mine = user.scope(*MEETING_ROLES).forces | inspected.forces
    return Force.objects.filter(
        Q(pk__in=mine) | Q(oversight_bodies__in=inspected.bodies)
    ).distinct()


def check_assesses(user: User, force: Force) -> None:
    """Raises Denied for anybody but PSD and the senior lead for integrity."""
    if not keeps_plan(user, force):
        raise Denied(
            f"Only PSD and the senior lead for integrity of {force} can do this.", for_them=False
        )


def states(user: User, force: Force) -> bool:
    return force.pk in user.scope(Role.PSD_HEAD).forces


def check_states(user: User, force: Force) -> None:
    """The head of PSD states the force's own figures. Raises Denied."""
    if not states(user, force):
        raise Denied(f"Only the head of PSD of {force} states its figures.", for_them=False)


def meets(user: User, force: Force) -> bool:
    """Whether somebody is one of PSD, procurement and the press office of the force."""
    return force.pk in user.scope(*MEETING_ROLES).forces


def check_meets(user: User, force: Force) -> None:
    """Raises Denied for anybody who has no part in the quarterly meeting."""
    if not meets(user, force):
        raise Denied(
            f"Only PSD, procurement and the press office of {force} can do this.", for_them=False
        )


def those_who_meet(force: Force) -> list[User]:
    """Who may be asked to do something by the quarterly meeting: whoever can read what was asked."""
    found = RoleGrant.objects.holding(*MEETING_ROLES).of_force(force).people()
    return sorted(found, key=lambda person: (person.last_name, person.first_name, person.pk))


def check_names_nobody(force: Force, *texts: str) -> None:
    """The threat assessment is about posts and units. Raises Denied where a text names a person."""
    people = list(force.people.select_related("grade"))
    known = [(each.first_name, each.last_name, each.number, each.display) for each in people]
    for text in texts:
        if named := person_named(text, known):
            raise Denied(
                f"This names {named}. A threat assessment is about posts and units: name the post."
            )
