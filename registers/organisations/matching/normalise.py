"""A name as somebody wrote it, taken apart: its words, legal form, other names, and numbers.

Made for British names: 'The R & A Championships Ltd. t/a Links' is the words 'ra championships', the form
'ltd', and another name 'links'.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from registers.organisations.matching.vocabulary import Sort, look_up


class Kind(IntEnum):
    """How a name stands in what was written."""

    MAIN = 0
    PART = 1  # beside a dash or a stroke: 'PWC - PRICEWATERHOUSECOOPERS'
    INNER = 2  # in brackets: 'Society of London Bakers (SOLB)'
    TRADING = 3  # 't/a'
    FORMER = 4  # 'formerly'
    THROUGH = 5  # 'via', 'c/o', 'hosted by': somebody else who took part


@dataclass(frozen=True)
class Other:
    """Another name inside what was written."""

    kind: Kind
    words: tuple[str, ...]
    form: str = ""
    acronyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Name:
    """What was written, taken apart. Without words, it names nobody ('THIRD PARTY SUPPLIER')."""

    written: str
    words: tuple[str, ...]
    form: str = ""
    others: tuple[Other, ...] = ()
    numbers: tuple[str, ...] = ()
    vendor_number: str = ""
    acronyms: tuple[str, ...] = ()


FORMS: dict[tuple[str, ...], str] = {
    tuple(spelling.split()): form
    for form, spellings in {
        "ltd": "ltd|limited|co ltd|co limited|company ltd|company limited|cyf|cyfyngedig|ltd co",
        "plc": "plc|public limited company|ccc|pcl",
        "llp": "llp|limited liability partnership|pac",
        "lp": "lp|limited partnership",
        "cic": "cic|community interest company",
        "cio": "cio|charitable incorporated organisation|scio",
        "company": "co|company|companies",
        "corporation": "corp|corporation|inc|incorporated|llc|pty|pty ltd",
        "foreign": "gmbh|ag|sa|sarl|bv|nv|spa|srl|ab|oy|aps|kg|se|pte ltd",
        "unlimited": "unltd|unlimited",
    }.items()
    for spelling in spellings.split("|")
}
LONGEST_FORM = max(map(len, FORMS))
STRENGTH = {form: at for at, form in enumerate(dict.fromkeys(FORMS.values()))}  # 'Co. Ltd' is 'ltd'

ABBREVIATIONS = {
    short: full.split()
    for short, full in {
        "univ": "university", "uni": "university", "assoc": "association", "assn": "association",
        "asscn": "association", "intl": "international", "internat": "international",
        "svcs": "services", "svc": "service", "servs": "services", "mgmt": "management",
        "mgt": "management", "mngt": "management", "grp": "group", "soc": "society",
        "dept": "department", "govt": "government", "natl": "national", "nat": "national",
        "bros": "brothers", "center": "centre", "fc": "football club", "afc": "association football club",
        "rfc": "rugby football club", "rufc": "rugby union football club", "tv": "television",
        "saint": "st", "engg": "engineering", "eng": "engineering", "mfg": "manufacturing",
        "manuf": "manufacturing", "devt": "development", "hldgs": "holdings", "hldg": "holdings",
        "props": "properties", "constr": "construction", "bldg": "building", "inst": "institute",
        "cttee": "committee", "ctte": "committee", "ctee": "committee", "acad": "academy",
        "coll": "college", "sch": "school", "hosp": "hospital", "hosps": "hospitals",
        "conf": "conference", "org": "organisation", "organization": "organisation",
        "labor": "labour", "tech": "technology", "info": "information", "comms": "communications",
        "equip": "equipment", "dist": "district", "cncl": "council", "cnty": "county",
        "fdn": "foundation", "fndn": "foundation", "hq": "headquarters", "ccc": "county council",
        "found": "foundation", "pship": "partnership", "prods": "products", "accom": "accommodation",
    }.items()
}  # fmt: skip
DIGITS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve".split(),
        map(str, range(1, 13)),
        strict=True,
    )
)
STOP = frozenset("and the of for at in a an to by on with und et y from".split())
KEPT_IN_ACRONYMS = frozenset("of for in to and on".split())
PLACEHOLDERS = frozenset(
    "third party parties redacted individual individuals various supplier suppliers vendor unknown nil return "
    "none na anonymous private person personal data withheld name names not disclosed payee payment refund "
    "refunds removed member public confidential tbc multiple sundry one off misc miscellaneous".split()
)
NOBODY = frozenset(
    "redacted individual individuals various unknown nil none na anonymous withheld third confidential sundry "
    "tbc refund refunds multiple misc miscellaneous disclosed private removed".split()
)

MARKERS: dict[str, Kind] = {
    "t/a": Kind.TRADING, "t/as": Kind.TRADING, "t.a.": Kind.TRADING, "trading as": Kind.TRADING,
    "t / a": Kind.TRADING, "d/b/a": Kind.TRADING, "dba": Kind.TRADING, "aka": Kind.TRADING,
    "a/k/a": Kind.TRADING, "also known as": Kind.TRADING, "known as": Kind.TRADING,
    "formerly known as": Kind.FORMER, "formerly": Kind.FORMER, "previously": Kind.FORMER,
    "previously known as": Kind.FORMER, "f/k/a": Kind.FORMER, "fka": Kind.FORMER,
    "now known as": Kind.FORMER, "via": Kind.THROUGH, "c/o": Kind.THROUGH,
    "care of": Kind.THROUGH, "on behalf of": Kind.THROUGH, "hosted by": Kind.THROUGH,
    "sponsored by": Kind.THROUGH, "organised by": Kind.THROUGH, "courtesy of": Kind.THROUGH,
    "in partnership with": Kind.THROUGH, "in association with": Kind.THROUGH,
    "part of": Kind.THROUGH, "paid by": Kind.THROUGH,
}  # fmt: skip
_marks = "|".join(
    re.escape(mark).replace(r"\ ", r"\s+") for mark in sorted(MARKERS, key=len, reverse=True)
)
SPLIT = re.compile(
    rf"(?<![\w/])({_marks})(?![\w/])|([()\[\]{{}}])|(\s[-–—|;]+\s|:\s|(?<=[a-z]{{3}})\s?/\s?(?=[a-z]{{2}}))"
)
VENDOR = re.compile(
    r"[\s\-(#:]*(?:\b(?:vendor|supplier|acc(?:oun)?t|ref)\s*(?:no|number|id)?\.?\s*:?\s*)?\b[a-z]{0,2}\d{5,}\)?\s*$"
)
APOSTROPHES = re.compile("['’‘`´]")
WORD = re.compile(r"[^\W_]+")
DOTTED = re.compile(r"\b((?:[^\W\d_]\.){2,})([^\W\d_]\b)?")


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes or HTML's entities."""
    if "&" in text and ";" in text:
        text = html.unescape(text)
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return APOSTROPHES.sub("", text)


def parse(written: str) -> Name:
    """What was written, taken apart. Never raises: what cannot be read has no words."""
    text = fold(written)
    vendor = VENDOR.search(text)
    number = ""
    if vendor and vendor.start() > 0:
        number = "".join(letter for letter in vendor[0] if letter.isdigit())
        text = text[: vendor.start()]
    parts = _parts(text)
    first = 0 if parts[0][1] else next((at for at, part in enumerate(parts) if part[1]), 0)
    words, form, acronyms = _core(parts[first][1])
    if is_nobody(words):
        return Name(written, (), form, vendor_number=number)
    others: dict[tuple[str, ...], Other] = {}
    for kind, rest in parts[first + 1 :]:
        inner, inner_form, inner_acronyms = _core(rest)
        if not inner:
            form = form or inner_form
        elif is_nobody(inner) or (inner == ("uk",) and form and len(words) > 1):
            continue
        elif (kind is Kind.INNER or (kind is Kind.PART and len(inner) == 1)) and all(
            map(says_little, inner)
        ):
            words += tuple(word for word in inner if word not in words)
        elif inner != words and inner not in others:
            others[inner] = Other(kind, inner, inner_form, inner_acronyms)
    numbers = tuple(word for word in words if word.isdigit())
    return Name(written, words, form, tuple(others.values()), numbers, number, acronyms)


def is_placeholder(written: str) -> bool:
    """Whether this names nobody: redacted, 'Various', 'THIRD PARTY SUPPLIER'."""
    return not parse(written).words


def is_nobody(words: tuple[str, ...]) -> bool:
    return bool(words) and NOBODY.intersection(words) != set() and PLACEHOLDERS.issuperset(words)


def says_little(word: str) -> bool:
    """A place or a word of trade: beside a dash or in brackets, it is no name of its own."""
    return look_up(word)[1] <= Sort.NUMBER


def _parts(text: str) -> list[tuple[Kind, str]]:
    """The pieces of what was written, each with how it stands there."""
    found = [(Kind.MAIN, "")]
    kind, start, depth = Kind.MAIN, 0, 0
    for mark in SPLIT.finditer(text):
        found.append((kind, text[start : mark.start()]))
        start = mark.end()
        if mark[1]:
            kind = MARKERS[" ".join(mark[1].split())]
        elif mark[2]:
            depth = 1 if mark[2] in "([{" else 0
            kind = Kind.INNER if depth else Kind.MAIN
        else:
            kind = Kind.INNER if depth else Kind.PART
    found.append((kind, text[start:]))
    main = " ".join(piece for kind, piece in found if kind is Kind.MAIN).strip()
    return [(Kind.MAIN, main)] + [
        part for part in found if part[0] is not Kind.MAIN and part[1].strip()
    ]


def _core(text: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The words which tell it from others, its legal form, and its initials."""
    if "." in text:
        text = DOTTED.sub(lambda run: run[0].replace(".", ""), text)
    spelt = [DIGITS.get(word, word) for word in WORD.findall(text)]
    tokens = _join_letters(spelt)
    tokens, form, tail = _without_form(tokens)
    if tail and STOP.issuperset(tokens):  # 'The Company'
        return (*tokens, *tail), "", ()
    if form and tokens[-1] == "uk" and len(tokens) > 2:  # 'Jenkins Systems (UK) Limited'
        tokens = tokens[:-1]
    words: list[str] = []
    for word in tokens:
        if word in STOP and len(tokens) != 1:
            continue
        words.extend(ABBREVIATIONS.get(word, [word]))
    if "kingdom" in words and "united" in words:
        at = words.index("kingdom")
        if at and words[at - 1] == "united":
            words[at - 1 : at + 1] = ["uk"]
    if not words:
        words = [*tokens, *tail]
    return tuple(words), form, _acronyms(tokens, tail)


def _join_letters(words: list[str]) -> list[str]:
    """'j c bamford' as 'jc bamford', 'r and a' as 'ra'."""
    if not any(len(word) == 1 for word in words):
        return words
    joined: list[str] = []
    run = ""
    for at, word in enumerate(words):
        if len(word) == 1 and word.isalpha() and not (word == "a" and not run):
            run += word
        elif word == "and" and run and at + 1 < len(words) and len(words[at + 1]) == 1:
            continue
        else:
            if run:
                joined.append(run)
                run = ""
            joined.append(word)
    return [*joined, run] if run else joined


def _without_form(tokens: list[str]) -> tuple[list[str], str, list[str]]:
    """The tokens before the legal form, the form, and the tokens that were the form."""
    end, form = len(tokens), ""
    while end:
        for length in range(min(LONGEST_FORM, end), 0, -1):
            named = FORMS.get(tuple(tokens[end - length : end]))
            if named and not (named == "foreign" and end == length):
                break
        else:
            if not _misspelt_limited(tokens[end - 1]) or end == 1:
                break
            named, length = "ltd", 1
        if not form or STRENGTH[named] < STRENGTH[form]:
            form = named
        end -= length
    while end and tokens[end - 1] == "and":
        end -= 1
    return (tokens[:end], form, tokens[end:]) if end else (tokens, "", [])


def _misspelt_limited(word: str) -> bool:
    if not word.startswith("l") or len(word) < 2:
        return False
    if len(word) <= 4:
        return word in ("lt", "ldt", "lyd", "lrd", "ltf", "lts", "ltdf", "ltdd", "lttd", "lmtd")
    return OSA.distance(word, "limited", score_cutoff=2) <= 2


def _acronyms(tokens: list[str], tail: list[str]) -> tuple[str, ...]:
    """The initials by which it may be known: with and without 'of', with and without 'Company'."""
    bare = [word for word in tokens if word not in STOP]
    if len(bare) < 2:
        return ()
    full = [word for word in tokens if word not in STOP or word in KEPT_IN_ACRONYMS]
    made = {"".join(word[0] for word in words) for words in (bare, full) if len(words) <= 8}
    if tail and tail[0] in ("company", "corporation"):
        made.add("".join(word[0] for word in [*bare, tail[0]]))
    return tuple(sorted(made))
