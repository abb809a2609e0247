"""Who stands where in the line of management, and who is therefore free to decide."""

from collections.abc import Iterator

from integrity.people.models import Force, OversightBody, StandardsDepartment, User

ABOVE_YOU = "You cannot decide about somebody above you in your line of management."


def line_above(person: User) -> Iterator[User]:
    """Everyone above somebody, nearest first; a ring in the data ends it."""
    seen = {person.pk}
    manager = person.line_manager
    while manager is not None and manager.pk not in seen:
        seen.add(manager.pk)
        yield manager
        manager = manager.line_manager


def is_above(person: User, other: User) -> bool:
    """Whether one is a direct or indirect manager of the other."""
    return any(manager.pk == person.pk for manager in line_above(other))


def conflict_of_interest(decider: User, subject: User) -> str:
    """Why one may not decide about the other; empty where they may (ASSURANCE, decision 4).

    The head of the force manages everyone, so their being above does not count. The function
    people_conflict() says the same in the database.
    """
    if decider.pk == subject.pk:
        return "You cannot decide about yourself."
    if is_above(subject, decider):
        return ABOVE_YOU
    if is_above(decider, subject) and not decider.heads_force:
        return "You cannot decide about somebody who reports to you."
    return ""


def why_not_supervise(decider: User, subject: User) -> str:
    """Why one does not decide the lowest band about the other: that is their line manager's part."""
    if subject.line_manager_id != decider.pk or subject.pk == decider.pk:
        return "Only the declarant’s line manager can do this."
    return ABOVE_YOU if is_above(subject, decider) else ""


def why_not_outside(
    force: Force, department: StandardsDepartment | None, body: OversightBody | None
) -> str:
    """Why a force may not name this outside decider: another force's PSD, or the body over it."""
    if department is not None and body is not None:
        return "Choose another force’s PSD or the oversight body, not both."
    if department is not None and department.pk == force.department_id:
        return f"{department} is {force}’s own, so it is not outside."
    if body is not None and not body.forces.filter(pk=force.pk).exists():
        return f"{body} does not oversee {force}."
    return ""
