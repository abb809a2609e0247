"""What a figure is that is no plain number: zero, nil returned, not recorded and not asked differ.

HMIC 2012 could not tell a register in which there was nothing from one that nobody kept; bodies since
complain of a zero that may mean 'none', 'none recorded' or 'nobody asked' (DESIGN §1.5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from integrity.ui.tables import Cell


class Mark(TextChoices):
    """A figure that is no plain number. The value is its CSS modifier; the label what it says."""

    ZERO = "zero", "None, although others were recorded then: people were asked, and answered."
    NIL = "nil", "Nil returned: everybody asked has said that there was nothing."
    NOT_RECORDED = "not-recorded", "Not recorded: nobody entered anything, and nobody said nil."
    NOT_ASKED = "not-asked", "Not asked: no policy asked for it then."
    FEW = (
        "few",
        "Withheld: a number under five, or one from which such a number could be worked out.",
    )
    AT_LEAST = "at-least", "At least so many: numbers under five are left out of it."


SHOWN = {
    Mark.ZERO: "0",
    Mark.NIL: "nil",
    Mark.NOT_RECORDED: "–",
    Mark.NOT_ASKED: "n/a",
    Mark.FEW: "*",
    Mark.AT_LEAST: "5+",
}
# what files hold and a screen reader hears
WORDS = {
    Mark.ZERO: "0",
    Mark.NIL: "nil returned",
    Mark.NOT_RECORDED: "not recorded",
    Mark.NOT_ASKED: "not asked",
    Mark.FEW: "withheld",
    Mark.AT_LEAST: "at least five",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a figure stands on: whether anybody was asked, how much was entered, whether all said nil."""

    asked: bool
    entries: int
    nil: bool


def mark_of(n: int, ground: Ground) -> Mark | None:
    """Which mark a figure is; none where it is a number. Something counted is never doubted."""
    if n:
        return None
    if ground.entries:
        return Mark.ZERO
    if not ground.asked:
        return Mark.NOT_ASKED
    return Mark.NIL if ground.nil else Mark.NOT_RECORDED


def marked(mark: Mark, path: str = "") -> Cell:
    """A mark as a cell of a table."""
    value = 0 if mark == Mark.ZERO else WORDS[mark]
    return Cell(SHOWN[mark], value, path, str(mark), WORDS[mark])


def key(*, public: bool) -> Sequence[tuple[Cell, str]]:
    """The marks with what they say, as every page of figures prints them."""
    hidden = (Mark.FEW, Mark.AT_LEAST)
    return [(marked(mark), str(mark.label)) for mark in Mark if public or mark not in hidden]
