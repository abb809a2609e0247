"""Who could be meant: few out of many, by what is rare in a name.

A name is a row of features: its words, its initials, its neighbouring words as one ('carefree' is 'care
free'), and its runs of three letters. What is asked for
looks up its rarest features first and stops when it has looked at enough names, so that a list ten
times as long costs hardly more. A word that nobody on the list has is looked up as the words one slip
away from it.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from scipy import sparse

from registers.organisations.matching.normalise import Name
from registers.organisations.matching.table import (
    Floats,
    Ints,
    Knowledge,
    Lexicon,
    Table,
    joined,
    know,
    rarity,
    sign,
    tabulate,
)

LOOKED_AT = 4000  # names, for one that is asked
AT_ONCE = 500  # names asked in one product of matrices
OF_LETTERS = 0.6  # what the letters count beside the words
OF_COUPLES = 0.3
COUPLES = 1 << 20  # columns that neighbouring words share out among themselves
TWO_WORDS = 6  # letters of a word that may be two
LETTERS = 37  # a to z, digits, and anything else as one
SLIP_FROM = 5  # letters a word has before one may be wrong
WORTH_A_LOOK = 0.15  # of what the best candidate has
OF_INITIALS = 0.8
KNOWN_WELL = 3  # names which hold a word before it is taken as written


class Pairs(NamedTuple):
    """Positions in what was asked and in the list, pair by pair."""

    queries: Ints
    targets: Ints


def distinct(queries: Ints, targets: Ints) -> Pairs:
    """Each pair once, in order."""
    together = np.unique(queries.astype(np.int64) << 32 | targets)
    return Pairs((together >> 32).astype(np.int32), (together & 0xFFFFFFFF).astype(np.int32))


class Candidates(Protocol):
    """An engine that says who could be meant: this index, SQL, splink."""

    def candidates(self, names: Sequence[Name], *, limit: int) -> Pairs: ...


class Index:
    """The names of a list in memory. Asking changes nothing; a new list makes a new index."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.lexicon: Lexicon = table.lexicon
        self.known: Knowledge = know(self.lexicon.words())
        held = np.bincount(table.words.values, minlength=len(self.lexicon)).astype(np.int32)
        self.held = held
        self.rarity = rarity(self.known.share, held, len(table))
        couples, letters = _couple_rows(table, self.known), _letter_rows(table.compact)
        self.couple_rarity, self.letter_rarity = _column_rarity(couples), _column_rarity(letters)
        blocks = (
            _unit(_word_rows(table, self.rarity)),
            _unit(_scaled(couples, self.couple_rarity)) * np.float32(OF_COUPLES),
            _unit(_scaled(letters, self.letter_rarity)) * np.float32(OF_LETTERS),
        )
        self.features = sparse.csr_array(sparse.hstack(blocks, format="csr").T.tocsr())
        self.lengths = np.diff(self.features.indptr)
        self.slips = Slips(self.lexicon.words(), held)
        signs = np.array([sign(name) for name in table.compact], np.int64)
        self.by_sign = np.argsort(signs, kind="stable").astype(np.int32)
        self.signs = signs[self.by_sign]

    @classmethod
    def build(cls, names: Sequence[Name]) -> "Index":
        return cls(tabulate(names))

    def candidates(self, names: Sequence[Name], *, limit: int = 20) -> Pairs:
        """Up to about `limit` of the list for each name, by position in both."""
        asked = tabulate(names, base=self.lexicon)
        rows = self.rows(asked, limit=limit)
        return distinct(asked.owner[rows.queries], self.table.owner[rows.targets])

    def rows(self, asked: Table, *, limit: int) -> Pairs:
        """The same by rows of two tables; the one asked stands on this index's lexicon."""
        queries = self._spend(self._queries(asked))
        found: list[tuple[Ints, Ints]] = [self._same(asked, limit)]
        for start in range(0, queries.shape[0], AT_ONCE):
            product = queries[start : start + AT_ONCE] @ self.features
            found.append(_best(product, start, limit))
        return distinct(*(np.concatenate(column) for column in zip(*found, strict=True)))

    def _same(self, asked: Table, limit: int) -> tuple[Ints, Ints]:
        """What is written just so, however common its words."""
        signs = np.array([sign(name) for name in asked.compact], np.int64)
        first, last = (np.searchsorted(self.signs, signs, side) for side in ("left", "right"))
        count = np.minimum(last - first, limit)
        queries = np.repeat(np.arange(len(signs)), count)
        within = np.arange(len(queries)) - np.repeat(np.cumsum(count) - count, count)
        targets = self.by_sign[np.repeat(first, count) + within]
        return queries.astype(np.int32), targets

    def _queries(self, asked: Table) -> sparse.csr_array:
        size = len(self.lexicon)
        own = know(asked.lexicon.own)
        weights = np.concatenate(
            [self.rarity, rarity(own.share, np.zeros(len(own.share), np.int32), len(self.table))]
        )
        words = _unit(_word_rows(asked, weights))
        words = words @ self.slips.corrections(asked.lexicon, asked.words.values)
        known = joined(self.known, own)
        couples = _unit(_scaled(_couple_rows(asked, known), self.couple_rarity))
        letters = _unit(_scaled(_letter_rows(asked.compact), self.letter_rarity))
        rows = sparse.hstack([words[:, :size], couples, letters], format="csr")
        return sparse.csr_array(rows)

    def _spend(self, queries: sparse.csr_array) -> sparse.csr_array:
        """The rarest features of each row, until LOOKED_AT names would be looked at."""
        row = np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr))
        cost = self.lengths[queries.indices]
        order = np.lexsort((cost, row))
        spent = np.cumsum(cost[order], dtype=np.int64)
        before = spent - cost[order]
        start = queries.indptr[:-1][row[order]]
        affordable = spent - before[start] <= LOOKED_AT
        keep = np.zeros(len(row), bool)
        keep[order] = affordable & (cost[order] > 0)
        kept = sparse.coo_array(
            (queries.data[keep], (row[keep], queries.indices[keep])), shape=queries.shape
        )
        return kept.tocsr().astype(np.float32)


class Slips:
    """The words of a list by what is left when a letter is dropped: neighbours one slip away."""

    def __init__(self, words: Sequence[str], held: Ints) -> None:
        self.words = words
        self.held = held
        left: list[int] = []
        of: list[int] = []
        for number, word in enumerate(words):
            if len(word) >= SLIP_FROM and word.isalpha() and held[number]:
                rest = _without_a_letter(word)
                left.extend(rest)
                of.extend([number] * len(rest))
        order = np.argsort(np.array(left, np.int64), kind="stable")
        self.left = np.array(left, np.int64)[order]
        self.of = np.array(of, np.int32)[order]

    def corrections(self, lexicon: Lexicon, asked: NDArray[np.int64]) -> sparse.csr_array:
        """A square matrix over the words asked: each stands for itself, a strange one also for others."""
        size = len(lexicon)
        words = lexicon.words() if lexicon.own else list(self.words)
        strange = [
            int(number)
            for number in np.unique(asked)
            if len(words[number]) >= SLIP_FROM
            and (number >= len(self.held) or self.held[number] < KNOWN_WELL)
        ]
        one: list[int] = []
        other: list[int] = []
        weight: list[float] = []
        for number in strange:
            word = words[number]
            left = np.array(_without_a_letter(word), np.int64)
            first, last = (np.searchsorted(self.left, left, side) for side in ("left", "right"))
            near: set[int] = set()
            for begin, end in zip(first, last, strict=True):
                near.update(self.of[begin:end].tolist())
            near.discard(number)
            for neighbour in near:
                if OSA.distance(word, words[neighbour], score_cutoff=1) <= 1:
                    one.append(number)
                    other.append(neighbour)
                    weight.append(0.8)
        slips = sparse.coo_array((weight, (one, other)), shape=(size, size), dtype=np.float32)
        return sparse.csr_array(slips.tocsr() + sparse.eye_array(size, format="csr"))


def _without_a_letter(word: str) -> list[int]:
    """The word's sign, and that of each word it becomes when it loses a letter."""
    return [hash(word), *{hash(word[:at] + word[at + 1 :]) for at in range(len(word))}]


def _word_rows(table: Table, weights: Floats) -> sparse.csr_array:
    """Each row's words and initials, by how much they tell."""
    size = len(table.lexicon)
    parts = []
    for ragged, share in ((table.words, 1.0), (table.acronyms, OF_INITIALS)):
        data = weights[ragged.values] * np.float32(share)
        parts.append(
            sparse.csr_array((data, ragged.values, ragged.starts), shape=(len(table), size))
        )
    return sparse.csr_array(parts[0] + parts[1])


def _couple_rows(table: Table, known: Knowledge) -> sparse.csr_array:
    """Each row's neighbouring words as one, and its words as what may be two."""
    rows = np.repeat(np.arange(len(table)), table.words.lengths())
    couple = table.couples.values
    word = table.words.values
    may_be_two = known.letters[word] >= TWO_WORDS
    columns = np.concatenate([couple[couple != 0], known.sign[word[may_be_two]]]) % COUPLES
    rows = np.concatenate([rows[couple != 0], rows[may_be_two]])
    made = sparse.coo_array(
        (np.ones(len(rows), np.float32), (rows, columns)), shape=(len(table), COUPLES)
    )
    return sparse.csr_array(made.tocsr())


def _letter_rows(compact: Sequence[str]) -> sparse.csr_array:
    """Each row's runs of three letters, the ends marked as runs of their own."""
    text = np.frombuffer(
        "".join(f" {name} " for name in compact).encode("ascii", "replace"), np.uint8
    )
    lengths = np.fromiter((len(name) + 2 for name in compact), np.int64, len(compact))
    code = np.full(256, LETTERS - 1, np.int32)
    code[[ord(letter) for letter in "abcdefghijklmnopqrstuvwxyz0123456789"]] = np.arange(36)
    code[ord(" ")] = LETTERS
    letters = code[text].astype(np.int32)
    base = LETTERS + 1
    row = np.repeat(np.arange(len(compact), dtype=np.int32), lengths)
    runs = (letters[:-2] * base + letters[1:-1]) * base + letters[2:]
    inside = (row[:-2] == row[2:]) if len(row) > 2 else np.zeros(0, bool)
    rows, columns = row[:-2][inside], runs[inside]
    made = sparse.coo_array(
        (np.ones(len(rows), np.float32), (rows, columns)), shape=(len(compact), base**3)
    ).tocsr()
    made.sum_duplicates()
    made.data[:] = 1
    return sparse.csr_array(made)


def _column_rarity(rows: sparse.csr_array) -> Floats:
    held = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.log((rows.shape[0] + 1) / (held + 1)).clip(0.1).astype(np.float32)


def _scaled(rows: sparse.csr_array, columns: Floats) -> sparse.csr_array:
    rows.data = rows.data * columns[rows.indices]
    return rows


def _unit(rows: sparse.csr_array) -> sparse.csr_array:
    """The rows, each of length one."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    length = np.sqrt(np.bincount(row, weights=rows.data**2, minlength=rows.shape[0]))
    rows.data = (rows.data / np.maximum(length, 1e-9)[row]).astype(np.float32)
    return rows


def _best(product: sparse.csr_array, first: int, limit: int) -> tuple[Ints, Ints]:
    """The `limit` greatest of each row."""
    queries: list[Ints] = []
    targets: list[Ints] = []
    for row in range(product.shape[0]):
        begin, end = product.indptr[row], product.indptr[row + 1]
        columns, values = product.indices[begin:end], product.data[begin:end]
        if len(values) > limit:
            top = np.argpartition(values, -limit)[-limit:]
            columns, values = columns[top], values[top]
        if len(values):
            columns = columns[values > values.max() * WORTH_A_LOOK]
        queries.append(np.full(len(columns), first + row, np.int32))
        targets.append(columns.astype(np.int32))
    return np.concatenate(queries), np.concatenate(targets)
