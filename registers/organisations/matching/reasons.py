"""Why two names are taken for one, in words. Made from the names, not from the model's numbers."""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from registers.organisations.matching.normalise import Kind, Name
from registers.organisations.matching.vocabulary import look_up

SLIP = 0.74


def explain(a: Name, b: Name) -> str:
    """'same words but for the legal form'; the names that are most alike speak for the others."""
    if not a.words and not b.words:
        return "neither names anybody"
    kinds = [(Kind.MAIN, a.words, a.form), *((o.kind, o.words, o.form) for o in a.others)]
    others = [(Kind.MAIN, b.words, b.form), *((o.kind, o.words, o.form) for o in b.others)]
    (kind_a, words_a, form_a), (kind_b, words_b, form_b) = max(
        ((one, other) for one in kinds for other in others),
        key=lambda two: (_shared(two[0][1], two[1][1]), -two[0][0] - two[1][0]),
    )
    said = _words(words_a, words_b, form_a, form_b, a, b)
    known_by = _how(max(kind_a, kind_b))
    return f"{known_by}: {said}" if known_by else said


def _how(kind: Kind) -> str:
    return {
        Kind.TRADING: "one is the other’s trading name",
        Kind.FORMER: "one is the other’s former name",
        Kind.INNER: "by the name in brackets",
        Kind.PART: "by the name beside a dash or stroke",
        Kind.THROUGH: "through somebody else",
    }.get(kind, "")


def _shared(a: Sequence[str], b: Sequence[str]) -> float:
    if not a or not b:
        return -1.0
    if set(a) == set(b) or "".join(a) == "".join(b):
        return 100.0
    alike = sum(_weight(word) for word in a if _partner(word, b))
    return alike - 0.3 * (sum(map(_weight, a)) + sum(map(_weight, b)) - 2 * alike)


def _weight(word: str) -> float:
    return 1.0 + look_up(word)[1]


def _partner(word: str, words: Sequence[str]) -> str:
    """The word of the other name that this one is, or ''."""
    if word in words:
        return word
    if len(word) < 4 or word.isdigit():
        return ""
    best = max(words, key=lambda other: OSA.normalized_similarity(word, other), default="")
    cut = len(best) >= 4 and (word.startswith(best) or best.startswith(word))
    return best if cut or OSA.normalized_similarity(word, best) >= SLIP else ""


def _words(
    a: Sequence[str], b: Sequence[str], form_a: str, form_b: str, name_a: Name, name_b: Name
) -> str:
    if tuple(a) == tuple(b):
        if form_a == form_b:
            return "the same words"
        return "same words but for the legal form"
    if sorted(a) == sorted(b):
        return "the same words in another order"
    if "".join(a) == "".join(b):
        return "the same letters, the words joined otherwise"
    if _initials(a, b, name_b) or _initials(b, a, name_a):
        return "one is the other’s initials"
    slips = [(word, _partner(word, b)) for word in a if _partner(word, b) not in ("", word)]
    rest_a = [word for word in a if not _partner(word, b) and not _as_two(word, b)]
    rest_b = [word for word in b if not _partner(word, a) and not _as_two(word, a)]
    shared = [word for word in a if word not in rest_a]
    if not shared:
        return "alike in their letters only"
    parts = [_slip(*pair, rarest=pair[0] == max(a, key=_rareness)) for pair in slips]
    if not rest_a and not rest_b:
        return "; ".join(parts) or "the same words"
    if not rest_a or not rest_b:
        more = _listed(rest_a or rest_b)
        begins = b[: len(a)] if not rest_a else a[: len(b)]
        how = "begins with" if tuple(begins) == tuple(a if not rest_a else b) else "holds"
        parts.insert(0, f"one {how} all of the other and adds {more}")
    else:
        parts.insert(
            0, f"both have {_listed(shared)}, but {_listed(rest_a)} against {_listed(rest_b)}"
        )
    return "; ".join(parts)


def _initials(short: Sequence[str], long: Sequence[str], name: Name) -> bool:
    return len(short) < len(long) and any(
        len(word) >= 2 and (word in name.acronyms or word == "".join(w[0] for w in long))
        for word in short
    )


def _as_two(word: str, words: Sequence[str]) -> bool:
    """Whether it is two neighbours of the other name written as one, or one of such two."""
    return any(one + two == word for one, two in pairwise(words)) or any(
        word != other and (other.startswith(word) or other.endswith(word)) and len(word) > 3
        for other in words
    )


def _rareness(word: str) -> float:
    return -look_up(word)[0]


def _slip(word: str, other: str, *, rarest: bool) -> str:
    where = "in the rarest word" if rarest else f"in “{word}” and “{other}”"
    letters = OSA.distance(word, other)
    if letters == 1:
        return f"one letter differs {where}"
    if letters > 3:
        return f"“{word}” and “{other}” begin alike"
    return f"{letters} letters differ {where}"


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words[:4]]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
