"""Numbers under five are kept from other bodies and the public, so that no subtraction recovers them.

Every published figure is a sum of the same pieces. A piece is what a force counted under one key in a
quarter of a year from April; where that is one to four it is carried forward into the next quarters of
that year until five are reached, and what is left at the year's end is published nowhere. Each piece is
therefore nothing or at least five, whatever the filter, and so is every difference of two figures that
are sums of them. Of a piece that is withheld nothing is kept but where it lies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 5
QUARTERS = 4  # of a year


@dataclass(frozen=True, slots=True)
class Piece:
    """Quarters of one series, from the first to the last, and what they hold together.

    Quarters are numbered from that of the first of April with which the series begins. What is
    withheld holds one to four, and ``n`` does not say which.
    """

    first: int
    last: int
    n: int
    withheld: bool = False

    @property
    def empty(self) -> bool:
        return self.n == 0 and not self.withheld


def cut(quarters: Sequence[int], begin: int = 0) -> list[Piece]:
    """The pieces of one year's quarters: what may be published of a series, and what may not."""
    found: list[Piece] = []
    first, carried = 0, 0
    for at, n in enumerate(quarters):
        carried += n
        if carried == 0 or carried >= FEWEST:
            found.append(Piece(begin + first, begin + at, carried))
            first, carried = at + 1, 0
    if first < len(quarters):
        found.append(Piece(begin + first, begin + len(quarters) - 1, 0, withheld=True))
    return found


def cut_years(quarters: Sequence[int]) -> list[Piece]:
    """The pieces of whole years, each cut by itself."""
    years = range(0, len(quarters), QUARTERS)
    return [piece for at in years for piece in cut(quarters[at : at + QUARTERS], at)]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as it may be published: ``n``, or at least ``n`` where something is left out of it."""

    n: int
    whole: bool

    def __add__(self, other: "Published") -> "Published":
        return Published(self.n + other.n, self.whole and other.whole)


NOTHING = Published(0, True)
WITHHELD = Published(0, False)


def published(pieces: Iterable[Piece], first: int, last: int) -> Published:
    """What may be published from one quarter to another: every piece that lies inside, whole."""
    found = NOTHING
    for piece in pieces:
        if piece.last < first or piece.first > last:
            continue
        inside = first <= piece.first and piece.last <= last and not piece.withheld
        found += Published(piece.n, True) if inside else WITHHELD
    return found
