"""Suppliers' names as files have them: entities, vendor numbers and other names split off."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from registers.procurement.facts import NameKind, SupplierFacts

ESCAPED_AT_MOST: Final = 4


def clean(words: object) -> str:
    """Words on one line: '&amp;' unescaped, '&amp;amp;' too, and nothing that does not print."""
    text = str(words if words is not None else "")
    if text.isascii() and text.isprintable() and "&" not in text:
        return " ".join(text.split())
    for _ in range(ESCAPED_AT_MOST):
        text = _ENTITY.sub(_unescaped, text)
    printed = (
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter
        for letter in text
        if unicodedata.category(letter) not in {"Cf", "Cs", "Co"}
    )
    return " ".join("".join(printed).split())


# With the semicolon alone: 'Smith&para' is a name.
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I)


def _unescaped(found: re.Match[str]) -> str:
    plain = html.unescape(found[0])
    return plain if plain != found[0] else html.unescape(found[0].lower())


@dataclass(frozen=True, slots=True)
class NameParts:
    """A supplier's name taken apart; `number` is the vendor number that stood within it."""

    name: str
    number: str
    others: tuple[tuple[str, NameKind], ...]


_TRADING: Final = (
    r"t\s?[/\\]\s?a(?:s|\b)|trading\s+(?:as|under(?:\s+the\s+name(?:\s+of)?)?)\b"
    r"|(?:also\s+known\s+as|a\.?k\.?a)\b"
)
_FORMER: Final = (
    r"(?:formerly|previously)(?:\s+(?:known|trading|called))?(?:\s+a[as])?\b"
    r"|formally(?:\s+(?:known|trading)\s+a[as])?\b|f/?k/?a\b"
)
_MARKER: Final = re.compile(
    rf"(?<![\w/])(?:(?P<trading>{_TRADING})|(?P<former>{_FORMER}))[\s:.]*", re.I
)
# 'WAS' outside brackets may be part of a name.
_OPENING: Final = re.compile(
    rf"[(\[]\s*(?:(?P<trading>{_TRADING})|(?P<former>{_FORMER}|was\b))[\s:.]*", re.I
)
_DIGITS: Final = r"(?:[a-z]{0,4}[-/ ]?[0-9]{5,12}|[a-z]{1,4}-?[0-9]{4})"
_LEADING: Final = re.compile(
    rf"(?:[(\[]\s*({_DIGITS})\s*[)\]]\s*[-–—:]?|({_DIGITS})\s*[-–—:](?=\s)|(0[0-9]{{4,11}})(?=\s))"
    r"\s*",
    re.I,
)
_TRAILING: Final = re.compile(rf"\s*(?:[(\[]\s*({_DIGITS})\s*[)\]]|\s[-–—:]\s*({_DIGITS}))$", re.I)
_EDGES: Final = " ,;:-–—/"


@lru_cache(maxsize=4096)
def take_apart(written: str) -> NameParts:
    """A name without its vendor number, and what it trades as or was called before.

    'ACME LTD (FORMERLY BOLT (UK) LTD) T/A ACE [00123]' is ACME LTD, formerly BOLT (UK) LTD, trading
    as ACE, supplier 00123. Where nothing else would be left, the name stays as it was written.
    """
    whole = clean(written)
    numbers: list[str] = []
    text, others = _bracketed(_without_number(whole, numbers))
    pieces = _split(text)
    name = _tidied(_without_number(pieces[0][0], numbers))
    others += [(piece, kind) for piece, kind in pieces[1:] if kind]
    known = [(_tidied(_without_number(other, numbers)), kind) for other, kind in others]
    known = [(other, kind) for other, kind in known if other]
    if not name and known:
        name = known.pop(0)[0]
    distinct = dict.fromkeys(pair for pair in known if pair[0].casefold() != name.casefold())
    return NameParts(name or whole, numbers[0] if name and numbers else "", tuple(distinct))


def _without_number(text: str, numbers: list[str]) -> str:
    """The text without the vendor numbers at its ends, which are added to `numbers`."""
    while (found := _LEADING.match(text) or _TRAILING.search(text)) and found[0] != text:
        numbers.append(next(filter(None, found.groups())).strip())
        text = text[found.end() :] if found.start() == 0 else text[: found.start()]
    return text


def _bracketed(text: str) -> tuple[str, list[tuple[str, NameKind]]]:
    """The text without '(T/A …)' and '(FORMERLY …)', and the names that stood in them."""
    others: list[tuple[str, NameKind]] = []
    while found := _OPENING.search(text):
        end = _closing(text, found.start())
        inner = text[found.end() : end]
        first, *rest = _split(inner)
        others.append((first[0], "trading" if found["trading"] else "former"))
        others += [(piece, kind) for piece, kind in rest if kind]
        text = f"{text[: found.start()]} {text[end + 1 :]}".strip()
    return text, others


def _closing(text: str, opening: int) -> int:
    """Where the bracket closes, or the end of a text in which it does not."""
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] in "([") - (text[place] in ")]")
        if depth == 0:
            return place
    return len(text)


def _split(text: str) -> list[tuple[str, NameKind | None]]:
    """The text up to the first marker, then what follows each marker with what it says it is."""
    found = list(_MARKER.finditer(text))
    ends = [*(mark.start() for mark in found), len(text)]
    pieces: list[tuple[str, NameKind | None]] = [(text[: ends[0]], None)]
    for mark, end in zip(found, ends[1:], strict=True):
        pieces.append((text[mark.end() : end], "trading" if mark["trading"] else "former"))
    return pieces


def _tidied(text: str) -> str:
    """One line without stray punctuation at its ends or a bracket that has no partner there."""
    text = " ".join(text.split())
    while text:
        before = text
        text = text.strip(_EDGES)
        if text.endswith(("(", "[")) or (
            text.endswith((")", "]")) and _count(text, ")]") > _count(text, "([")
        ):
            text = text[:-1]
        if text == before:
            break
    return text


def _count(text: str, marks: str) -> int:
    return sum(text.count(mark) for mark in marks)


def supplier(
    written: str,
    *,
    company_number: str = "",
    charity_number: str = "",
    supplier_number: str = "",
    place: str = "",
    problems: tuple[str, ...] = (),
) -> SupplierFacts:
    """The facts of a supplier from the name as written and what the file says beside it."""
    parts = take_apart(written)
    return SupplierFacts(
        name=parts.name,
        as_written=clean(written),
        company_number=company_number,
        charity_number=charity_number,
        supplier_number=supplier_number or parts.number,
        place=place,
        other_names=parts.others,
        problems=problems,
    )
