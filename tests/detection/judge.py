"""Which planted schemes the matches tell of, and which matches tell of none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import psycopg

from tests.detection.records import Record, Scheme

QUERY = """
SELECT m.id, m.check_name, m.person_id, m.unit_id, p.card_id, m.score, m.happened_on,
       ARRAY[m.organisation_id, m.other_organisation_id],
       ARRAY[m.case_id, m.other_case_id], m.contract_id, m.tender_id, m.payment_id, m.purchase_id
FROM crosschecks_match m LEFT JOIN procurement_purchase p ON p.id = m.purchase_id
WHERE m.gone_at IS NULL AND m.signature <> m.disposed_signature
ORDER BY m.score DESC, m.happened_on DESC, m.id
"""
AROUND = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Found:
    """One open match: whom it names, which true organisations and which records."""

    id: int
    check: str
    person: int | None
    unit: int | None
    card: int | None
    score: int
    on: date
    firms: frozenset[int]
    records: frozenset[Record]


def read(connection: psycopg.Connection, firms: dict[int, set[int]]) -> list[Found]:
    """Every match that waits for an analyst, the riskiest first, as the queue shows them.

    What scores below a check's minimum is not kept at all, so all that is open counts.
    """
    found = []
    for pk, check, person, unit, card, score, on, organisations, cases, *rest in connection.execute(
        QUERY
    ):
        true = (firms.get(each, set()) for each in organisations if each)
        kinds = ("contract", "tender", "payment", "purchase")
        records: list[Record] = [("case", each) for each in cases if each]
        records += [(kind, key) for kind, key in zip(kinds, rest, strict=True) if key]
        found.append(
            Found(
                pk,
                check,
                person,
                unit,
                card,
                score,
                on,
                frozenset().union(*true),
                frozenset(records),
            )
        )
    return found


def tells_of(match: Found, scheme: Scheme) -> bool:
    """Whether it names the scheme's person, unit or card, and a record or organisation of it.

    A unit's silence has no record; a pattern of weekends has no organisation, and is told of by a
    day of it.
    """
    if match.unit in scheme.units and not scheme.people:
        return True
    who = match.person in scheme.people or match.card in scheme.cards
    what = bool(match.records & scheme.records or match.firms & scheme.firms)
    if scheme.first and scheme.last and match.check in scheme.checks:
        what = what or scheme.first - AROUND <= match.on <= scheme.last + AROUND
    return who and what


@dataclass
class Verdict:
    """What was found of what was planted, and what else was asked of an analyst."""

    declarations: int
    schemes: list[Scheme]
    found: set[int] = field(default_factory=set)
    false: list[Found] = field(default_factory=list)
    matches: int = 0
    top: int = 0
    top_true: int = 0
    alone: Counter[str] = field(default_factory=Counter)
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def share_found(self) -> float:
        return len(self.found) / len(self.schemes) if self.schemes else 1.0

    @property
    def per_100(self) -> float:
        return 100 * len(self.false) / max(1, self.declarations)

    def by(self, attribute: str) -> dict[str, tuple[int, int]]:
        """Found and planted, by what a scheme says of itself."""
        told: dict[str, tuple[int, int]] = {}
        for scheme in self.schemes:
            name = getattr(scheme, attribute) or "none"
            found, planted = told.get(name, (0, 0))
            told[name] = (found + (scheme.number in self.found), planted + 1)
        return told


def judge(
    matches: Sequence[Found], schemes: Sequence[Scheme], *, declarations: int, top: int = 200
) -> Verdict:
    """Hold every match against every scheme that shares a person, card or unit with it."""
    verdict = Verdict(declarations, list(schemes), matches=len(matches))
    sharing = index(schemes)
    finders: dict[int, set[str]] = {}
    for place, match in enumerate(matches):
        keys = (("person", match.person), ("card", match.card), ("unit", match.unit))
        near = {each.number: each for key in keys for each in sharing.get(key, ())}
        told = [each for each in near.values() if tells_of(match, each)]
        for scheme in told:
            if match.check in scheme.checks:
                finders.setdefault(scheme.number, set()).add(match.check)
        if not told:
            verdict.false.append(match)
        if place < top:
            verdict.top, verdict.top_true = place + 1, verdict.top_true + bool(told)
    verdict.found = set(finders)
    verdict.alone = Counter(
        check for checks in finders.values() if len(checks) == 1 for check in checks
    )
    return verdict


def index(schemes: Iterable[Scheme]) -> dict[tuple[str, int | None], list[Scheme]]:
    sharing: dict[tuple[str, int | None], list[Scheme]] = {}
    for scheme in schemes:
        for kind, keys in (
            ("person", scheme.people),
            ("card", scheme.cards),
            ("unit", scheme.units),
        ):
            for key in keys:
                sharing.setdefault((kind, key), []).append(scheme)
    return sharing


def label(
    verdict: Verdict, records: dict[Record, str], firms: dict[int, str]
) -> Counter[tuple[str, str]]:
    """Of what each false alarm was made, by check: the label of a record, else of an organisation."""
    told: Counter[tuple[str, str]] = Counter()
    for match in verdict.false:
        of_records = (records[each] for each in sorted(match.records) if each in records)
        of_firms = (firms[each] for each in sorted(match.firms) if each in firms)
        told[match.check, next(of_records, "") or next(of_firms, "") or "plain chance"] += 1
    return told


def without(matches: Sequence[Found], check: str) -> list[Found]:
    """The fault of a check that is never run."""
    return [match for match in matches if match.check != check]


def as_match(scheme: Scheme, pk: int) -> Found:
    """The match that a perfect check would make of a scheme; for testing the judge."""
    on = scheme.last or date(2000, 1, 1)
    bare = Found(pk, min(scheme.checks), None, None, None, 90, on, scheme.firms, scheme.records)
    return replace(
        bare,
        person=min(scheme.people, default=None),
        unit=min(scheme.units, default=None),
        card=min(scheme.cards, default=None),
    )
