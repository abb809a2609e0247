"""Whom of the force a legacy log names: 'Chief Constable Roe', 'T/DCC A Roe', 'PC 1234 Roe'."""

import re
from dataclasses import dataclass
from typing import Final

# Words that stand before a rank, and ranks; after a rank comes the name.
_BEFORE: Final = frozenset(
    "temporary temp t tmp acting a actg detective det deputy assistant asst chief ch special retired".split()
)
_RANKS: Final = frozenset(
    "constable con officer commissioner commander superintendent supt inspector insp sergeant sgt "
    "cc dcc acc acpo dac pc wpc dc ps ds pi di ci dci dcs csupt cinsp dsupt dsu pcso cso sc".split()
)
_TITLES: Final = frozenset("mr mrs ms miss dr sir dame".split())


@dataclass(frozen=True, slots=True)
class Named:
    """An officer as a cell names them."""

    rank: str
    number: str
    name: str


def named_in_cell(words: str) -> Named:
    """Rank, number and name apart; a cell that is nothing but a rank is a name whole."""
    parts = words.split()
    end = _end_of_rank(parts)
    rank, rest = " ".join(parts[:end]), parts[end:]
    if rest and plain_title(rest[0]) in _TITLES:
        rest = rest[1:]
    number = rest[0].strip("(),") if rest and re.search("[0-9]", rest[0]) else ""
    rest = rest[1:] if number else rest
    return Named(rank, number, " ".join(rest)) if rest else Named("", number, words)


def _end_of_rank(parts: list[str]) -> int:
    """How many words at the start are a rank: all that qualify one, and the rank itself."""
    for end, part in enumerate(parts):
        words = [plain_title(word) for word in re.split("[/-]", part) if word]
        if not words or not set(words) <= _BEFORE | _RANKS or part == "Di":
            return end
        if words[-1] in _RANKS:
            return end + 1
    return 0


def plain_title(word: str) -> str:
    return word.strip(".,").casefold()
