"""Which word of one name is which of the other: the same, a slip of the pen, cut short, or written as one."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from registers.organisations.matching.candidates import Pairs
from registers.organisations.matching.table import Knowledge, Lexicon, Ragged, Table

LIKE = 0.74  # of two words' letters before one is a slip of the other: one of four, two of eight
LIKE_FROM = 4  # letters
CUT_SHORT = 0.8  # what a word that begins the other counts
INITIALS_UP_TO = 6
BASE = 40


class Side(NamedTuple):
    """The words of one name of each pair, and how well each is found in the other name, 0 to 1."""

    words: Ragged
    best: NDArray[np.float64]
    partner: NDArray[np.int64]  # the word of the other name it is taken for, or itself
    pair: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def total(self, values: NDArray[Any]) -> NDArray[np.float64]:
        return np.bincount(self.pair, weights=values, minlength=len(self.lengths))

    def greatest(self, values: NDArray[Any]) -> NDArray[np.float64]:
        return np.maximum.reduceat(values, self.words.starts[:-1]).astype(np.float64)


class Alignment(NamedTuple):
    a: Side
    b: Side
    first: NDArray[np.float64]  # how alike the first words are
    last: NDArray[np.float64]
    other_first_letter: NDArray[np.float64]  # whether a slip changed a word's first letter
    rest_initials: NDArray[
        np.float64
    ]  # letters of a word whose letters begin the other's odd words


def align(a: Table, b: Table, pairs: Pairs, known: Knowledge) -> Alignment:
    """Both names of each pair, word by word. A word is found best where it is most alike."""
    words_a, words_b = a.words.take(pairs.queries), b.words.take(pairs.targets)
    couples_a, couples_b = a.couples.take(pairs.queries), b.couples.take(pairs.targets)
    count_a, count_b = words_a.lengths(), words_b.lengths()
    size = count_a * count_b
    ends = np.cumsum(size)
    pair = np.repeat(np.arange(len(size)), size)
    within = np.arange(len(pair)) - np.repeat(ends - size, size)
    at_a = words_a.starts[pair] + within // count_b[pair]
    at_b = words_b.starts[pair] + within % count_b[pair]
    word_a, word_b = words_a.values[at_a], words_b.values[at_b]

    alike = (word_a == word_b).astype(np.float64)
    best_a, best_b = np.zeros(len(words_a.values)), np.zeros(len(words_b.values))
    same = np.flatnonzero(alike)
    best_a[at_a[same]] = best_b[at_b[same]] = 1
    odd = np.flatnonzero((best_a[at_a] == 0) & (best_b[at_b] == 0))

    as_one = odd[couples_a.values[at_a[odd]] == known.sign[word_b[odd]]]
    best_a[at_a[as_one]] = best_a[at_a[as_one] + 1] = best_b[at_b[as_one]] = 1
    as_one = odd[couples_b.values[at_b[odd]] == known.sign[word_a[odd]]]
    best_b[at_b[as_one]] = best_b[at_b[as_one] + 1] = best_a[at_a[as_one]] = 1

    odd = odd[(best_a[at_a[odd]] == 0) & (best_b[at_b[odd]] == 0)]
    like = _likeness(word_a[odd], word_b[odd], known, a.lexicon)
    odd, like = odd[like > 0], like[like > 0]
    partner_a, partner_b = words_a.values.copy(), words_b.values.copy()
    partner_a[at_a[odd]], partner_b[at_b[odd]] = word_b[odd], word_a[odd]
    alike[odd] = like
    np.maximum.at(best_a, at_a[odd], like)
    np.maximum.at(best_b, at_b[odd], like)
    initial = known.code % BASE
    changed = np.zeros(len(size))
    changed[pair[odd[initial[word_a[odd]] != initial[word_b[odd]]]]] = 1

    side_a = Side(words_a, best_a, partner_a, np.repeat(np.arange(len(size)), count_a), count_a)
    side_b = Side(words_b, best_b, partner_b, np.repeat(np.arange(len(size)), count_b), count_b)
    return Alignment(
        side_a,
        side_b,
        first=alike[ends - size],
        last=alike[ends - 1],
        other_first_letter=changed,
        rest_initials=np.maximum(
            _rest_initials(side_a, side_b, known), _rest_initials(side_b, side_a, known)
        ),
    )


def _likeness(
    one: NDArray[np.int64], other: NDArray[np.int64], known: Knowledge, lexicon: Lexicon
) -> NDArray[np.float64]:
    """How alike two words are, 0 where they are two words."""
    possible = (np.minimum(known.letters[one], known.letters[other]) >= LIKE_FROM) & (
        (known.code[one] % BASE == known.code[other] % BASE)
        | (np.abs(known.letters[one] - known.letters[other]) <= 1)
    )
    like = np.zeros(len(one))
    if not possible.any():
        return like
    pairs, where = np.unique(
        one[possible].astype(np.int64) << 32 | other[possible], return_inverse=True
    )
    words = lexicon.words()
    ones = [words[number] for number in (pairs >> 32).tolist()]
    others = [words[number] for number in (pairs & 0xFFFFFFFF).tolist()]
    score = process.cpdist(
        ones, others, scorer=OSA.normalized_similarity, score_cutoff=LIKE, dtype=np.float32
    ).astype(np.float64)
    cut = [
        (x.startswith(y) or y.startswith(x)) and not (x.isdigit() or y.isdigit())
        for x, y in zip(ones, others, strict=True)
    ]
    numbers = [x.isdigit() or y.isdigit() for x, y in zip(ones, others, strict=True)]
    score = np.where(cut, np.maximum(score, CUT_SHORT), score)
    score[np.array(numbers)] = 0
    like[possible] = score[where]
    return like


def _rest_initials(many: Side, single: Side, known: Knowledge) -> NDArray[np.float64]:
    """Where all but one word of a name is found in the other, and that one is the initials of what is
    not found there: how many letters it has. Else 0."""
    odd = many.best == 0
    place = np.cumsum(odd)
    place = place - np.repeat(np.concatenate([[0], place])[many.words.starts[:-1]], many.lengths)
    use = odd & (place <= INITIALS_UP_TO)
    initial = (known.code[many.words.values] % BASE).astype(np.float64)
    spelt = many.total(np.where(use, initial * float(BASE) ** (place - 1), 0))
    alone = single.best == 0
    word = single.total(np.where(alone, known.code[single.words.values], 0))
    letters = single.total(np.where(alone, known.letters[single.words.values], 0))
    right = (
        (single.total(alone) == 1)
        & (many.total(odd) == letters)
        & (letters >= 2)
        & (letters <= INITIALS_UP_TO)
        & (spelt == word)
    )
    return np.where(right, letters, 0)
