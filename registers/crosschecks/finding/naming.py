"""Which organisations the text of a condition names: as they are spelt, nearly so, or with a slip."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from registers.crosschecks.finding.base import Ground, Row
from registers.crosschecks.settings import Setting
from registers.organisations.models import Organisation, OrganisationName
from registers.organisations.names import name_key
from registers.organisations.policies import of_100
from registers.organisations.suggestions import alike_in_database

LONGEST_NAME: Final = 8  # words
SHORTEST_NAME: Final = 4  # letters: 'work' and 'for' are no organisation
NOT_NAMES = frozenset("work works police force area agent licence company limited named".split())
SAID = frozenset(
    {"must", "only", "none", "they", "this", "when", "there", "other", "should", "work"}
)
NEARLY: Final = 90
LONG_ENOUGH: Final = 8  # letters of a name that is looked for with a slip in it
LIKE: Final = 45  # of 100, of a phrase that stands as a name does
CAPITAL = r"[A-Z0-9][\w'’&.-]*"
PHRASE: Final = re.compile(rf"{CAPITAL}(?:\s+(?:(?:&|and|of|the)\s+)*{CAPITAL})*")


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation that a condition names, and how sure that is."""

    root: int
    name: str
    likeness: int


def named_in(standing: Iterable[Row], ground: Ground, setting: Setting) -> dict[int, list[Named]]:
    """The organisations that each condition names by their name or another spelling, and their like."""
    spans = {row["condition_id"]: set(spans_of(row["text"])) for row in standing}
    every = sorted({span for found in spans.values() for span in found})
    department = ground.force.department_id
    own = Organisation.objects.filter(department=department, key__in=every)
    other = OrganisationName.objects.filter(department=department, key__in=every)
    known: dict[str, tuple[int, str]] = {
        key: (merged or pk, name)
        for key, pk, merged, name in own.values_list("key", "pk", "merged_into", "name")
    }
    for key, pk, merged, name in other.values_list(
        "key", "organisation", "organisation__merged_into", "organisation__name"
    ):
        known.setdefault(key, (merged or pk, name))
    alike: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (one, two), pair in ground.alike.items():
        if pair.likeness >= setting.minimum_likeness and not pair.of:
            alike[one].append((two, pair.likeness))
    found: dict[int, list[Named]] = {}
    for pk, said in spans.items():
        direct = [known[span] for span in longest(said & known.keys())]
        found[pk] = [Named(root, name, 100) for root, name in direct]
        found[pk] += [
            Named(two, name, likeness) for root, name in direct for two, likeness in alike[root]
        ]
    least = max(LIKE, setting.minimum_likeness)
    for row in standing:
        for phrase in phrases_of(row["text"]):
            if name_key(phrase) not in known:
                found[row["condition_id"]] += like(phrase, department, least)
    unnamed = {
        row["condition_id"]: row["text"] for row in standing if not found[row["condition_id"]]
    }
    return found | misspelt(unnamed, department, max(NEARLY, setting.minimum_likeness))


def phrases_of(text: str) -> list[str]:
    """What is written as names are: 'Dawson & Pickering Facilities' of 'No work for Dawson & …'."""
    found = (match[0].strip(" .,;:") for match in PHRASE.finditer(text))
    return [each for each in found if len(each) >= SHORTEST_NAME and each.casefold() not in SAID]


def like(phrase: str, department: int, minimum: int) -> list[Named]:
    """The organisations that a phrase is likely to name, the likeliest first."""
    from registers.organisations.matching.match import Matcher, Target

    near = Organisation.objects.filter(pk__in=alike_in_database(name_key(phrase), department))
    matcher = Matcher(Target(each.pk, each.name) for each in near)
    found = matcher.find_one(phrase, at_least=minimum / 100)
    names = {each.pk: each.name for each in near}
    return [Named(int(str(f.id)), names[int(str(f.id))], of_100(f.score)) for f in found]


def misspelt(texts: Mapping[int, str], department: int, minimum: int) -> dict[int, list[Named]]:
    """The organisations that conditions name with a slip, where they name none as it is spelt."""
    if not texts:
        return {}
    known = [
        (key, merged or pk, name)
        for key, pk, merged, name in Organisation.objects.filter(department=department).values_list(
            "key", "pk", "merged_into", "name"
        )
        if len(key) >= LONG_ENOUGH and " " in key
    ]
    keys = [key for key, _, _ in known]
    return {
        pk: [
            Named(known[place][1], known[place][2], int(likeness))
            for _, likeness, place in process.extract(
                name_key(text), keys, scorer=fuzz.partial_ratio, score_cutoff=minimum, limit=2
            )
        ]
        for pk, text in texts.items()
    }


def spans_of(text: str) -> Iterator[str]:
    """Every run of words in a condition’s text that might be the name of an organisation."""
    said = name_key(text).split()
    for start in range(len(said)):
        for end in range(start + 1, min(len(said), start + LONGEST_NAME) + 1):
            span = " ".join(said[start:end])
            if len(span) >= SHORTEST_NAME and span not in NOT_NAMES:
                yield span


def longest(spans: Iterable[str]) -> list[str]:
    """Names that are not part of a longer one: 'halcyon fleet', not 'halcyon'."""
    kept: list[str] = []
    for span in sorted(spans, key=len, reverse=True):
        if not any(f" {span} " in f" {longer} " for longer in kept):
            kept.append(span)
    return kept


def members_of(roots: Iterable[int]) -> set[int]:
    found = list(roots)
    mine = Organisation.objects.filter(pk__in=found) | Organisation.objects.filter(
        merged_into__in=found
    )
    return set(mine.values_list("pk", flat=True))
