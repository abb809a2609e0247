"""Separation of duty (ASSURANCE, decision 4): who is free to decide a case, and what goes outside.

The trigger of casework_decision says the same once more, in the database. And the sum that sorts a
queue, what a unit's silence is called, and when a head is reminded of it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from integrity.casework.enums import Stage, Standing
from integrity.people.models import Force, User
from integrity.people.policies import conflict_of_interest, why_not_supervise


def why_not_decide(stage: Stage, decider: User, subject: User) -> str:
    """Why somebody may not decide about somebody at a stage; empty where they may.

    The chief officer's appeal asks only that they took no part before: everybody is below them.
    """
    match stage:
        case Stage.SUPERVISOR:
            return why_not_supervise(decider, subject)
        case Stage.APPEAL:
            return "You cannot decide about yourself." if decider.pk == subject.pk else ""
        case _:
            return conflict_of_interest(decider, subject)


def goes_outside(subject: User, *, author: User | None, standards: Iterable[User]) -> bool:
    """Whether a case leaves its force: the chief constable's own, or nobody in its PSD is free."""
    return subject.heads_force or not any(
        person != author and not conflict_of_interest(person, subject) for person in standards
    )


def why_not_inside(force: Force) -> str:
    """What the force's own PSD reads about a case that has left it."""
    if force.outside_decider is not None:
        return f"This entry goes to the outside decider of {force}: {force.outside_decider}."
    return (
        f"This entry goes to an outside decider and {force} has named none: its head of PSD or its "
        "administrator names one on the force’s page of the desk."
    )


def risk_score(found: Iterable[str], weights: Mapping[str, int]) -> int:
    """The sum of the factors' weights in the policy row; it sorts the queue, it never decides."""
    return sum(weights.get(factor, 0) for factor in found)


def standing_of(*, entries: int, nil: bool, asked: bool, over: bool) -> Standing:
    """What is known of a unit for a quarter, the strongest first: what was said is never unsaid."""
    if entries:
        return Standing.DECLARED
    if nil:
        return Standing.NIL
    if not asked:
        return Standing.NOT_ASKED
    return Standing.SILENT if over else Standing.NOT_DUE


def why_not_return_nil(
    standing: Standing, *, entries: int, unit: str, register: str, quarter: str
) -> str:
    """Why a nil return is not taken; empty where it is."""
    match standing:
        case Standing.DECLARED:
            return (
                f"{unit} has {entries_said(entries)} in “{register}” for {quarter}, so there was "
                "something."
            )
        case Standing.NOT_ASKED:
            return (
                f"Nobody was asked for “{register}” in {quarter}: no policy was in force, so there is "
                "nothing to confirm."
            )
        case Standing.NOT_DUE:
            return f"{quarter} is not over yet; confirm it once it is."
        case _:
            return ""


def is_reminder_due(
    ended_on: date, today: date, *, first: int, repeat: int, most: int, sent: int, last: date | None
) -> bool:
    """Whether a head is written to: so many days after the quarter, then again, so often at most."""
    if sent >= most or today < ended_on + timedelta(days=first):
        return False
    return last is None or today >= last + timedelta(days=repeat)


def entries_said(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"
