"""What is to be seen in two names beside each other: a row of numbers for each pair, all pairs at once.

Every feature is the same whichever name comes first.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from registers.organisations.matching.alignment import Alignment, Side, align
from registers.organisations.matching.candidates import Pairs
from registers.organisations.matching.normalise import Kind
from registers.organisations.matching.table import Floats, Ints, Knowledge, Ragged, Table
from registers.organisations.matching.vocabulary import Sort

NAMES = (
    "cover_more", "cover_less", "shared", "rarest_shared", "sort_shared", "rest_less", "rest_more",
    "rest_rarest_less", "rest_rarest_more", "rest_words_less", "rest_words_more",
    "rest_own_less", "rest_own_more", "rest_ordinary_less", "rest_ordinary_more",
    "rest_place_less", "rest_place_more", "rest_generic_more", "rest_number_less",
    "rest_number_more", "rest_kind_less", "rest_kind_more", "kinds_conflict", "first", "last",
    "in_front", "same_letters", "ratio", "winkler", "slips", "sorted_ratio", "partial", "acronym",
    "acronym_share", "rest_initials", "slipped", "slipped_worst", "slipped_rarest",
    "slipped_letters", "slipped_first_letter", "form", "words_less", "words_more", "letters_less",
    "sort_less", "weight_less", "beside", "other_name", "through",
)  # fmt: skip


class Both(NamedTuple):
    """One number of each name of a pair."""

    a: NDArray[np.float64]
    b: NDArray[np.float64]

    @property
    def less(self) -> NDArray[np.float64]:
        return np.minimum(self.a, self.b)

    @property
    def more(self) -> NDArray[np.float64]:
        return np.maximum(self.a, self.b)


def features(a: Table, b: Table, pairs: Pairs, known: Knowledge, weight: Floats) -> Floats:
    """A row for each pair of rows, in the order of NAMES. Each name has a word at least."""
    count = len(pairs.queries)
    if not count:
        return np.zeros((0, len(NAMES)), np.float32)
    seen = align(a, b, pairs, known)
    found = (
        _words(seen, known, weight)
        | _slips(seen, known, weight)
        | _letters(a, b, pairs)
        | _initials(a, b, pairs, seen, known, weight)
        | _standing(a, b, pairs)
    )
    return np.stack([found[name] for name in NAMES], axis=1).astype(np.float32)


def _words(seen: Alignment, known: Knowledge, weight: Floats) -> dict[str, NDArray[np.float64]]:
    sides = (seen.a, seen.b)
    weights = [_weights(side, weight) for side in sides]
    total = Both(*(side.total(w) for side, w in zip(sides, weights, strict=True)))
    matched = Both(*(s.total(w * s.best) for s, w in zip(sides, weights, strict=True)))
    covered = Both(matched.a / total.a, matched.b / total.b)
    rest = [side.best == 0 for side in sides]
    left = [weights[at] * rest[at] for at in (0, 1)]
    sorts = [np.minimum(known.sort[side.words.values], known.sort[side.partner]) for side in sides]
    kinds = [known.kind[side.words.values] for side in sides]

    def rest_of(*wanted: Sort) -> Both:
        return Both(*(sides[at].total(rest[at] & np.isin(sorts[at], wanted)) for at in (0, 1)))

    rest_sum = Both(*(sides[at].total(left[at]) for at in (0, 1)))
    rest_rarest = Both(*(sides[at].greatest(left[at]) for at in (0, 1)))
    rest_words = Both(*(sides[at].total(rest[at]) for at in (0, 1)))
    rest_kind = Both(*(sides[at].total(rest[at] & (kinds[at] >= 0)) for at in (0, 1)))
    bits = [np.where(kind >= 0, 1 << kind.astype(np.int64).clip(0), 0) for kind in kinds]
    all_kinds = [np.bitwise_or.reduceat(bits[at], sides[at].words.starts[:-1]) for at in (0, 1)]
    own, ordinary = rest_of(Sort.OWN, Sort.PERSON), rest_of(Sort.ORDINARY)
    place, generic, number = rest_of(Sort.PLACE), rest_of(Sort.GENERIC), rest_of(Sort.NUMBER)
    front = [left[at][sides[at].words.starts[:-1]] for at in (0, 1)]
    return {
        "cover_more": covered.more,
        "cover_less": covered.less,
        "shared": matched.less,
        "rarest_shared": seen.a.greatest(weights[0] * seen.a.best),
        "sort_shared": seen.a.greatest(np.where(seen.a.best > 0, sorts[0], -1)),
        "rest_less": rest_sum.less,
        "rest_more": rest_sum.more,
        "rest_rarest_less": rest_rarest.less,
        "rest_rarest_more": rest_rarest.more,
        "rest_words_less": rest_words.less,
        "rest_words_more": rest_words.more,
        "rest_own_less": own.less,
        "rest_own_more": own.more,
        "rest_ordinary_less": ordinary.less,
        "rest_ordinary_more": ordinary.more,
        "rest_place_less": place.less,
        "rest_place_more": place.more,
        "rest_generic_more": generic.more,
        "rest_number_less": number.less,
        "rest_number_more": number.more,
        "rest_kind_less": rest_kind.less,
        "rest_kind_more": rest_kind.more,
        "kinds_conflict": (all_kinds[0] > 0)
        & (all_kinds[1] > 0)
        & (all_kinds[0] & all_kinds[1] == 0),
        "first": seen.first,
        "last": seen.last,
        "in_front": np.maximum(*front),
        "words_less": np.minimum(seen.a.lengths, seen.b.lengths),
        "words_more": np.maximum(seen.a.lengths, seen.b.lengths),
        "sort_less": np.minimum(seen.a.greatest(sorts[0]), seen.b.greatest(sorts[1])),
        "weight_less": total.less,
    }


def _weights(side: Side, weight: Floats) -> Floats:
    """What each word tells; a slip of the pen is not rarer than the word that was meant."""
    return np.minimum(weight[side.words.values], weight[side.partner])


def _slips(seen: Alignment, known: Knowledge, weight: Floats) -> dict[str, NDArray[np.float64]]:
    """What was taken for a slip of the pen: how many words, the worst, the rarest, the shortest."""
    side = seen.a
    slipped = (side.best > 0) & (side.best < 1)
    letters = np.minimum(known.letters[side.words.values], known.letters[side.partner])
    return {
        "slipped": side.total(slipped),
        "slipped_worst": 1 - side.greatest(np.where(slipped, 1 - side.best, 0)),
        "slipped_rarest": side.greatest(np.where(slipped, _weights(side, weight), 0)),
        "slipped_letters": 20 - side.greatest(np.where(slipped, 20 - letters, 0)),
        "slipped_first_letter": seen.other_first_letter,
    }


def _letters(a: Table, b: Table, pairs: Pairs) -> dict[str, NDArray[np.float64]]:
    """Likeness of the names as strings."""
    compact = _strings(a.compact, pairs.queries), _strings(b.compact, pairs.targets)
    spaced = _strings(a.spaced, pairs.queries), _strings(b.spaced, pairs.targets)

    def each(scorer: Any, strings: tuple[list[str], list[str]]) -> NDArray[np.float64]:
        return process.cpdist(*strings, scorer=scorer, dtype=np.float32).astype(np.float64)

    ratio = each(fuzz.ratio, compact)
    return {
        "ratio": ratio,
        "same_letters": (ratio == 100).astype(np.float64),
        "winkler": each(JaroWinkler.normalized_similarity, compact),
        "slips": np.minimum(each(OSA.distance, compact), 10),
        "sorted_ratio": each(fuzz.token_sort_ratio, spaced),
        "partial": each(fuzz.partial_ratio, compact),
        "letters_less": np.minimum(*(np.array([len(n) for n in side]) for side in compact)),
    }


def _strings(texts: list[str], rows: Ints) -> list[str]:
    return [texts[row] for row in rows.tolist()]


def _initials(
    a: Table, b: Table, pairs: Pairs, seen: Alignment, known: Knowledge, weight: Floats
) -> dict[str, NDArray[np.float64]]:
    """Whether one holds the other's initials, how many letters, and what they are of its weight."""
    letters = np.zeros(len(pairs.queries))
    share = np.zeros(len(pairs.queries))
    for initials, side in (
        (a.acronyms.take(pairs.queries), seen.b),
        (b.acronyms.take(pairs.targets), seen.a),
    ):
        pair, made, number = cells(initials, side.words)
        hit = made == number
        pair, number = pair[hit], number[hit]
        np.maximum.at(letters, pair, known.letters[number])
        total = side.total(weight[side.words.values])
        np.maximum.at(share, pair, weight[number] / total[pair])
    return {"acronym": letters, "acronym_share": share, "rest_initials": seen.rest_initials}


def cells(a: Ragged, b: Ragged) -> tuple[NDArray[np.int64], ...]:
    """Every value of each row of one beside every value of the same row of the other: row, and both."""
    count_a, count_b = a.lengths(), b.lengths()
    size = count_a * count_b
    pair = np.repeat(np.arange(len(size)), size)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(size) - size, size)
    return (
        pair,
        a.values[a.starts[pair] + within // count_b[pair]],
        b.values[b.starts[pair] + within % count_b[pair]],
    )


def _standing(a: Table, b: Table, pairs: Pairs) -> dict[str, NDArray[np.float64]]:
    """Legal forms (equal 1, unsaid 0, different -1), and how the names stood in what was written."""
    form_a, form_b = a.form[pairs.queries], b.form[pairs.targets]
    said = (form_a > 0) & (form_b > 0)
    kind_a, kind_b = a.kind[pairs.queries], b.kind[pairs.targets]

    def either(*kinds: Kind) -> NDArray[np.float64]:
        return (np.isin(kind_a, kinds) | np.isin(kind_b, kinds)).astype(np.float64)

    return {
        "form": np.where(said, np.where(form_a == form_b, 1, -1), 0),
        "beside": either(Kind.PART, Kind.INNER),
        "other_name": either(Kind.TRADING, Kind.FORMER),
        "through": either(Kind.THROUGH),
    }
