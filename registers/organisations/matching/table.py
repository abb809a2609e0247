"""Names as columns of numbers, so that what is done to one name is done to a million at once."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from registers.organisations.matching.normalise import FORMS, Kind, Name
from registers.organisations.matching.vocabulary import KIND_CODE, KIND_OF, look_up

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

MOST_WORDS = 12  # of one name; what comes after is an address or a sentence
FORM_CODE = {"": 0} | {form: at for at, form in enumerate(dict.fromkeys(FORMS.values()), start=1)}
EVIDENCE = 50_000  # how many names of a list outweigh what is known of words before it is seen


class Lexicon:
    """Every word by its number, with what is known of it; a child adds words and leaves its base alone.

    A child makes one search safe beside another: nothing that is asked changes what is searched.
    """

    def __init__(self, base: "Lexicon | None" = None) -> None:
        self.base = base
        self.offset = len(base) if base else 0
        self.ids: dict[str, int] = {}
        self.own: list[str] = []

    def __len__(self) -> int:
        return self.offset + len(self.own)

    def find(self, word: str) -> int:
        """The word's number, or -1."""
        found = self.ids.get(word, -1)
        return self.base.find(word) if found < 0 and self.base else found

    def add(self, word: str) -> int:
        found = self.find(word)
        if found < 0:
            found = self.ids[word] = len(self)
            self.own.append(word)
        return found

    def words(self) -> list[str]:
        return (self.base.words() + self.own) if self.base else self.own


def sign(text: str) -> int:
    """A number which is nobody else's, near enough."""
    return crc32(text.encode()) + 1


class Knowledge(NamedTuple):
    """What is known of each word of a lexicon, by its number."""

    share: Floats  # of names, before any list is seen
    sort: NDArray[np.int8]  # vocabulary.Sort
    kind: NDArray[np.int8]  # vocabulary.KIND_CODE, or -1
    letters: NDArray[np.int16]
    sign: NDArray[np.int64]
    code: NDArray[
        np.int64
    ]  # its first six letters, each a digit to the base 40, the first the least


def know(words: Sequence[str]) -> Knowledge:
    found = [look_up(word) for word in words]
    return Knowledge(
        share=np.array([share for share, _ in found], np.float32),
        sort=np.array([sort for _, sort in found], np.int8),
        kind=np.array([KIND_CODE.get(KIND_OF.get(word, ""), -1) for word in words], np.int8),
        letters=np.array([len(word) for word in words], np.int16),
        sign=np.array([sign(word) for word in words], np.int64),
        code=np.array([_code(word) for word in words], np.int64),
    )


def _code(word: str) -> int:
    return sum((ord(letter) % 39 + 1) * 40**at for at, letter in enumerate(word[:6]))


def joined(first: Knowledge, second: Knowledge) -> Knowledge:
    return Knowledge(*(np.concatenate([first[at], second[at]]) for at in range(len(first))))


def rarity(share: Floats, names_with: Ints, names: int) -> Floats:
    """How much a word tells, in nats: what is known of it beforehand, and how many names here hold it."""
    expected = (names_with + EVIDENCE * share) / (names + EVIDENCE)
    return -np.log(np.clip(expected, 1e-6, 0.5)).astype(np.float32)


class Ragged(NamedTuple):
    """Lists of unequal length: row r is values[starts[r]:starts[r + 1]]."""

    starts: NDArray[np.int64]
    values: NDArray[np.int64]

    @classmethod
    def of(cls, lengths: Sequence[int], values: Sequence[int]) -> "Ragged":
        starts = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=starts[1:])
        return cls(starts, np.array(values, np.int64))

    def lengths(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    def take(self, rows: Ints) -> "Ragged":
        lengths = self.lengths()[rows]
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(lengths, out=starts[1:])
        at = np.arange(starts[-1]) - np.repeat(starts[:-1] - self.starts[:-1][rows], lengths)
        return Ragged(starts, self.values[at])


class Table(NamedTuple):
    """Each name and each other name inside it, a row."""

    owner: Ints  # which of the given names a row belongs to
    first_row: NDArray[np.int64]  # of each given name, and one past the last
    kind: NDArray[np.int8]  # normalise.Kind
    form: NDArray[np.int8]
    words: Ragged
    couples: Ragged  # the sign of neighbouring words written as one, 0 after the last
    acronyms: Ragged
    compact: list[str]  # the words without spaces
    spaced: list[str]
    lexicon: Lexicon

    def __len__(self) -> int:
        return len(self.owner)


def tabulate(names: Iterable[Name], base: Lexicon | None = None) -> Table:
    """The names as columns; with a base, in its numbers for words."""
    lexicon = Lexicon(base)
    owner: list[int] = []
    first_row: list[int] = [0]
    kinds: list[int] = []
    forms: list[int] = []
    spaced: list[str] = []
    compact: list[str] = []
    words: list[int] = []
    counts: list[int] = []
    acronyms: list[int] = []
    acronym_counts: list[int] = []
    couples: list[int] = []
    add = lexicon.add
    for number, name in enumerate(names):
        for kind, tokens, form, initials in _rows(name):
            if not tokens:
                continue
            tokens = tokens[:MOST_WORDS]
            owner.append(number)
            kinds.append(kind)
            forms.append(FORM_CODE[form])
            spaced.append(" ".join(tokens))
            compact.append("".join(tokens))
            words.extend(map(add, tokens))
            counts.append(len(tokens))
            acronyms.extend(map(add, initials))
            acronym_counts.append(len(initials))
            couples.extend(sign(one + two) for one, two in pairwise(tokens))
            couples.append(0)
        first_row.append(len(owner))
    return Table(
        owner=np.array(owner, np.int32),
        first_row=np.array(first_row, np.int64),
        kind=np.array(kinds, np.int8),
        form=np.array(forms, np.int8),
        words=Ragged.of(counts, words),
        couples=Ragged.of(counts, couples),
        acronyms=Ragged.of(acronym_counts, acronyms),
        compact=compact,
        spaced=spaced,
        lexicon=lexicon,
    )


def _rows(name: Name) -> Iterable[tuple[Kind, tuple[str, ...], str, tuple[str, ...]]]:
    yield Kind.MAIN, name.words, name.form, name.acronyms
    for other in name.others:
        yield other.kind, other.words, other.form, other.acronyms
