"""Contracts as the Open Contracting Data Standard 1.1 publishes them: releases, compiled by ocid.

A release is a notice; an award that is published again under its id has been corrected, so the
latest release counts and nothing is doubled. What stands is what is imported.
"""

import json
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Final

import ocdsmerge
from ocdsmerge.exceptions import DuplicateIdValueWarning, OCDSMergeError
from ocdsmerge.rules import get_merge_rules

from integrity.casework.importing.documents import read_items
from integrity.casework.importing.rows import Refusal, shortened
from integrity.casework.importing.sheets import UnreadableFile
from registers.procurement.facts import (
    LONGEST_WHERE,
    AwardFacts,
    FoundContracts,
    TenderFacts,
)
from registers.procurement.reading.figures import contract_figures, total
from registers.procurement.reading.names import clean
from registers.procurement.reading.ocds_facts import awards_of, buyer_of, tender_of
from registers.procurement.reading.ocds_release import (
    SCHEMA,
    Release,
    Unusable,
    breaks_of_schema,
    identifier_of,
    trimmed,
    without_what_stands_for,
)

LISTS: Final = ("releases", "records")
COMPILED: Final = "compiledRelease"
MAX_AWARDS: Final = 100_000


@dataclass(slots=True)
class _Reading:
    """What has been read of a file so far: releases by ocid, and what was odd about them."""

    read: int = 0
    awards: int = 0
    processes: dict[str, list[Release]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, str] = field(default_factory=dict)
    buyers: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)

    def take(self, where: str, release: Any) -> None:
        """Keep a release, or refuse it; of the very same release again a warning says so."""
        self.read += 1
        try:
            kept = trimmed(release)
        except Unusable as error:
            ocid = identifier_of(release.get("ocid")) if isinstance(release, dict) else ""
            where = ocid[:LONGEST_WHERE] or where
            self.refused.append(Refusal(where, error.column, error.reason))
            return
        said = json.dumps(release, sort_keys=True)
        if said in self.known:
            self.warn(where, "", f"The same release as {self.known[said]}.")
            return
        self.known[said] = where
        if buyer := buyer_of(kept):
            self.buyers[buyer] += 1
        self.awards += len(_awards(kept))
        if self.awards > MAX_AWARDS:
            raise UnreadableFile(f"The file holds more than {MAX_AWARDS:,} awards. Split it.")
        self.processes[kept["ocid"]].append(kept)
        broken = breaks_of_schema(release)
        for reason in filter(None, (broken, *without_what_stands_for(release))):
            self.warnings.append(Refusal(kept["ocid"], "", f"{reason} It is taken all the same."))

    def warn(self, ocid: str, place: str, reason: str) -> None:
        self.warnings.append(Refusal(ocid, place, reason))


def read_releases(content: bytes, name: str) -> FoundContracts:
    """The contracts of an OCDS file: a release or record package, a list, or JSON Lines.

    Releases are refused one by one. `awards` of the result are those that stand. The figures
    `awards` and `total` describe the file as published, an award counting in each release that
    has it; `standing_awards` and `standing_total` describe what stands and is imported. Raises
    UnreadableFile where the file is no JSON within the limits.
    """
    reading = _Reading()
    for item in read_items(content, name, lists=LISTS):
        if item.problem:
            reading.read += 1
            reading.refused.append(Refusal(f"item {item.number}", "", item.problem))
        for release in () if item.problem else _releases(item.value):
            reading.take(f"item {item.number}", release)
    awards: list[AwardFacts] = []
    tenders: list[TenderFacts] = []
    for process in _compiled(reading):
        warn = partial(reading.warn, process["ocid"])
        awarded, tender = awards_of(process, warn), tender_of(process, warn)
        awards += awarded
        tenders += [tender] if tender else []
        if not awarded and not tender:
            warn("", "It tells of no award and no tender, so nothing is taken from it.")
    published = [
        award
        for releases in reading.processes.values()
        for release in releases
        for award in awards_of(release, _say_nothing)
    ]
    standing = contract_figures(awards, tenders)
    return FoundContracts(
        awards=tuple(awards),
        tenders=tuple(tenders),
        read=reading.read,
        refused=tuple(reading.refused),
        warnings=tuple(reading.warnings),
        buyers=reading.buyers,
        unit="releases",
        figures={
            **standing,
            "awards": len(published),
            "total": total(published),
            "standing_awards": standing["awards"],
            "standing_total": standing["total"],
        },
    )


def _releases(value: Any) -> list[Any]:
    """The releases of an item: itself, those of a package in a line, or those of a record."""
    if not isinstance(value, dict) or ("ocid" in value and not value.keys() & {*LISTS, COMPILED}):
        return [value]
    for name in LISTS:
        inner = value.get(name)
        if isinstance(inner, list):
            # A record may hold links to its releases instead of them, as {"url": …}.
            whole = [each for each in inner if not (isinstance(each, dict) and "url" in each)]
            if whole:
                return [found for each in whole for found in _releases(each)]
    return [value[COMPILED]] if COMPILED in value else [value]


def _compiled(reading: _Reading) -> Iterator[Release]:
    """Each contracting process as its releases leave it, the latest word counting."""
    for ocid, releases in reading.processes.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DuplicateIdValueWarning)
                compiled = _merger().create_compiled_release(releases)
        except OCDSMergeError as error:
            reason = f"The releases of this process contradict one another: {clean(error)}."
            reading.refused.append(Refusal(ocid, "", shortened(reason, 300)))
            continue
        _warn_of_updates(reading, ocid, releases)
        yield compiled


def _warn_of_updates(reading: _Reading, ocid: str, releases: list[Release]) -> None:
    said = Counter(
        identifier
        for release in releases
        for identifier in {each["id"] for each in _awards(release)}
    )
    for identifier, count in said.items():
        if count > 1:
            reason = f"The award is in {count} releases; what the latest says of it counts."
            reading.warn(ocid, f"award {identifier}", reason)


def _awards(release: Release) -> list[dict[str, Any]]:
    awards: list[dict[str, Any]] = release.get("awards", [])
    return awards


@cache
def _merger() -> ocdsmerge.Merger:
    """OCDS's rules of merging, but that an award's suppliers are replaced and not added up.

    The rules are given, since the library would fetch the schema from the network.
    """
    rules = get_merge_rules(json.loads(SCHEMA.read_text(encoding="utf-8")))
    return ocdsmerge.Merger(merge_rules={**rules, ("awards", "suppliers"): "wholeListMerge"})


def _say_nothing(place: str, reason: str) -> None:
    """Releases that were corrected are counted, and not warned of again."""
