"""What is known of words before any list is seen: how common they are in names, and what they name.

The lists in ``words/`` hold what language knows (ordinary words, surnames, places, what bodies call
themselves); no organisation is in them.
"""

from enum import IntEnum
from functools import lru_cache
from pathlib import Path

LISTS = Path(__file__).parent / "words"

SURNAMES_EVERYONE_HAS = 300
RAREST = 2e-6  # a word that nobody listed: an invented name, most likely


class Sort(IntEnum):
    """What a word says by itself, the vaguest first."""

    GENERIC = 0  # 'services'
    PLACE = 1  # 'Preston'
    NUMBER = 2  # '24'
    ORDINARY = 3  # 'anchor'
    PERSON = 4  # 'Russell'
    OWN = 5  # 'Zentrix': a name of its own


# Words which say what a body is: two bodies of different kinds are not one, whatever else they share.
KINDS: dict[str, tuple[str, ...]] = {
    "university": ("university", "universities"),
    "health": ("nhs", "hospital", "hospitals", "ccg", "icb", "acute", "infirmary"),
    "council": ("council", "borough", "authority", "mayor"),
    "police": ("police", "constabulary"),
    "fire": ("fire", "rescue"),
    "school": ("school", "college", "academy", "grammar"),
    "club": ("club", "rfc", "afc"),
    "ministry": ("ministry", "embassy", "parliament", "department"),
    "church": ("church", "diocese", "cathedral", "mosque", "synagogue", "parish"),
    "society": (
        "association",
        "society",
        "federation",
        "institute",
        "institution",
        "union",
        "guild",
    ),
    "charity": ("charity", "trust", "foundation", "hospice", "appeal"),
}
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}
KIND_CODE = {kind: number for number, kind in enumerate(KINDS)}


def sections(name: str) -> dict[str, list[str]]:
    """A list's words under each of its headings, in its order."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(heading, []).extend(line.split())
    found.pop("", None)
    return found


@lru_cache(1)
def listed() -> dict[str, tuple[float, Sort]]:
    """Each known word: the share of names that hold it, and its sort."""
    english, people, bodies = (sections(f"{n}.txt") for n in ("english", "people", "organisations"))
    known: dict[str, tuple[float, Sort]] = {}
    for heading, share in (("known", 3e-5), ("usual", 1e-4), ("common", 4e-4)):
        known |= dict.fromkeys(english[heading], (share, Sort.ORDINARY))
    for place, surname in enumerate(people["surnames"]):
        share = 4e-4 if place < SURNAMES_EVERYONE_HAS else 1e-4
        known[surname] = (max(share, known.get(surname, (0.0,))[0]), Sort.PERSON)
    for first in people["first names"]:
        known[first] = (4e-4, Sort.PERSON)
    for place_name in bodies["places"]:
        known[place_name] = (1e-3, Sort.PLACE)
    for heading, share in (
        ("in one of a thousand", 1e-3),
        ("in three of a thousand", 3e-3),
        ("in ten of a thousand", 1e-2),
    ):
        sort = dict.fromkeys(bodies[heading], Sort.GENERIC)
        for word in sort:
            is_place = word in known and known[word][1] == Sort.PLACE
            known[word] = (share, Sort.PLACE if is_place else Sort.GENERIC)
    for word in KIND_OF:
        known[word] = (max(1e-3, known.get(word, (0.0,))[0]), Sort.GENERIC)
    return known


def look_up(word: str) -> tuple[float, Sort]:
    """The expected share of names that hold this word, and its sort; an inflected word as its base."""
    known = listed()
    if word in known:
        return known[word]
    if word.isdigit():
        return (1e-3 if len(word) < 3 else 1e-4), Sort.NUMBER
    for base in stems(word):
        if base in known:
            return known[base]
    if len(word) <= 2:
        return 3e-4, Sort.OWN
    return (2e-5 if len(word) == 3 else RAREST), Sort.OWN


def stems(word: str) -> list[str]:
    """The words of which this may be an inflection: 'properties' gives 'property'."""
    found: list[str] = []
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            found.append(word[: -len(ending)] + instead)
    if word.endswith(("ed", "ing")):
        trunk = word.removesuffix("ed").removesuffix("ing")
        if len(trunk) > 3 and trunk[-1] == trunk[-2]:
            found.append(trunk[:-1])
    return found


_ENDINGS = (
    ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
    ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("ers", ""), ("ors", ""),
)  # fmt: skip
