"""What boards, meetings and the plan may be, by rule alone: each says why not, or nothing."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime


def why_not_held(held_on: date, today: date) -> str:
    """A meeting is held, and decides, once its day has come."""
    return "" if held_on <= today else "The day of this meeting has not come yet."


def why_not_due(due_on: date, today: date) -> str:
    """Whoever is given something to do has at least today for it."""
    return "" if due_on >= today else "The day by which it is due must be today or later."


def why_not_note(*, chief_officer: bool, confidential: bool, overseen: bool) -> str:
    """A board asks about a chief officer's entry of a force that its body oversees, and no other's."""
    if confidential or not overseen:
        return "Your body does not oversee the force of this entry."
    if not chief_officer:
        return "A board reads the entries of chief officers alone."
    return ""


# --- health checks, assessments and threats ------------------------------------------------------


def why_not_change(finished_at: datetime | None, what: str) -> str:
    """Why something of a check or an assessment cannot be written any more; empty where it can."""
    return (
        "" if finished_at is None else f"This {what} is finished; the next one says what changed."
    )


def why_not_finish(missing: int, what: str) -> str:
    """Every question and every clause has its answer first; empty where each has."""
    if not missing:
        return ""
    return f"{missing} {what}{'' if missing == 1 else 's'} still {'has' if missing == 1 else 'have'} no answer."


def why_no_plan_item(*, falls_short: bool, has_one: bool) -> str:
    """An action follows from what is not, or only partly, in place, and once."""
    if has_one:
        return "The action plan has an item for this already."
    return "" if falls_short else "This is in place, so nothing is to be done about it."


WORD = re.compile(r"[\w'’-]+")


def person_named(text: str, people: Iterable[Sequence[str]]) -> str:
    """The first of some people whom a text names; empty where it names none.

    Each is first name, last name, number and how they are written. Somebody is named by both their
    names together, or by their surname and their number. A courtesy to whoever writes, not a lock.
    """
    words = [
        word.replace("’", "'").strip("'-").removesuffix("'s")
        for word in WORD.findall(text.casefold())
    ]
    said, run = set(words), f" {' '.join(words)} "
    for first, last, number, display in people:
        surname = _plain(last)
        if surname and f" {_plain(first)} {surname} " in run:
            return display
        if number and number.casefold() in said and f" {surname} " in run:
            return display
    return ""


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())
