"""Two records of organisations that are read as one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alike:
    """One belongs to the other, or their names are alike: how sure that is, of 100, and why.

    ``of`` are the people in whose records alone that holds; of everybody’s where there are none.
    """

    one: int
    other: int
    likeness: int
    why: str
    of: frozenset[int] = frozenset()
