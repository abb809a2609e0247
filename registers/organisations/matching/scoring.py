"""The probability that two names are one organisation: the best of every name inside each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from registers.organisations.matching.candidates import Index, Pairs
from registers.organisations.matching.features import cells, features
from registers.organisations.matching.model import Model
from registers.organisations.matching.normalise import Name, parse
from registers.organisations.matching.table import (
    Floats,
    Ragged,
    Table,
    joined,
    know,
    rarity,
    tabulate,
)


class Rows(NamedTuple):
    """Rows of two tables beside each other, with their features."""

    asked: Table
    listed: Table
    pairs: Pairs
    features: Floats


class Scored(NamedTuple):
    """Positions in what was asked and in the list, each pair once, and how likely they are one."""

    pairs: Pairs
    scores: NDArray[np.float64]


def beside(index: Index, asked: Table, pairs: Pairs) -> Rows:
    """Rows of what is asked beside rows of an index; the one asked stands on its lexicon."""
    own = know(asked.lexicon.own)
    known = joined(index.known, own)
    nowhere = np.zeros(len(own.share), np.int32)
    weight = np.concatenate([index.rarity, rarity(own.share, nowhere, len(index.table))])
    return Rows(asked, index.table, pairs, features(asked, index.table, pairs, known, weight))


def beside_each_other(names: Sequence[tuple[Name, Name]]) -> Rows:
    """Every name in the first of each two beside every name in the second, without a list."""
    listed = tabulate(name for _, name in names)
    asked = tabulate((name for name, _ in names), base=listed.lexicon)
    each = np.arange(len(names), dtype=np.int32)
    pairs = all_rows(asked, listed, Pairs(each, each))
    known = know(asked.lexicon.words())
    weight = rarity(known.share, np.zeros(len(known.share), np.int32), 0)
    return Rows(asked, listed, pairs, features(asked, listed, pairs, known, weight))


def all_rows(asked: Table, listed: Table, pairs: Pairs) -> Pairs:
    """The rows of each pair of given names: every name inside one with every name inside the other."""
    _, one, other = cells(_rows_of(asked, pairs.queries), _rows_of(listed, pairs.targets))
    return Pairs(one.astype(np.int32), other.astype(np.int32))


def _rows_of(table: Table, names: NDArray[np.int32]) -> Ragged:
    return Ragged(table.first_row, np.arange(len(table), dtype=np.int64)).take(names)


def best(rows: Rows, model: Model) -> Scored:
    """The best row of each pair of given names."""
    scores = model.score(rows.features)
    owners = (
        rows.asked.owner[rows.pairs.queries].astype(np.int64) << 32
        | rows.listed.owner[rows.pairs.targets]
    )
    together, where = np.unique(owners, return_inverse=True)
    greatest = np.zeros(len(together))
    np.maximum.at(greatest, where, scores)
    pairs = Pairs((together >> 32).astype(np.int32), (together & 0xFFFFFFFF).astype(np.int32))
    return Scored(pairs, greatest)


def score_pairs(pairs: Sequence[tuple[str, str]], model: Model) -> NDArray[np.float64]:
    """The score of each pair of names as written, without a list: 0 where one names nobody."""
    scored = best(beside_each_other([(parse(a), parse(b)) for a, b in pairs]), model)
    scores = np.zeros(len(pairs))
    scores[scored.pairs.queries] = scored.scores
    return scores
