"""Who stands where in the line of management."""

from collections.abc import Iterator

from integrity.people.models import User


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

    The head of the force manages everyone, so their being above does not count.
    """
    if decider.pk == subject.pk:
        return "You cannot decide about yourself."
    if is_above(subject, decider):
        return "You cannot decide about somebody above you in your line of management."
    heads_force = bool(decider.grade and decider.grade.heads_force)
    if is_above(decider, subject) and not heads_force:
        return "You cannot decide about somebody who reports to you."
    return ""
