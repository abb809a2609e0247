"""The one way in: which organisations of a list somebody may have meant, how likely, and why.

An identifier beats every name. Two names are compared where neither side's number decides.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from registers.organisations.matching.candidates import Candidates, Index
from registers.organisations.matching.model import Model, shipped
from registers.organisations.matching.normalise import Kind, Name, Other, fold, parse
from registers.organisations.matching.reasons import explain
from registers.organisations.matching.scoring import (
    all_rows,
    beside,
    beside_each_other,
    best,
)
from registers.organisations.matching.table import tabulate

CANDIDATES = 20


@dataclass(frozen=True)
class Query:
    """What a person wrote. Identifiers as registers.organisations.identifiers gives them."""

    name: str
    company_number: str = ""
    charity_number: str = ""
    place: str = ""
    other_names: Sequence[str] = ()


@dataclass(frozen=True)
class Target:
    """An organisation that may be found; `id` is the caller's."""

    id: Hashable
    name: str
    other_names: Sequence[str] = ()
    company_number: str = ""
    charity_number: str = ""
    place: str = ""


@dataclass(frozen=True)
class Found:
    """A target, how likely it is meant (0 to 1), and why, for a person to read."""

    id: Hashable
    score: float
    reason: str


Named = Query | Target


def match(
    query: Query | Target | str, target: Target, *, model: Model | None = None
) -> Found | None:
    """Whether two are one organisation; None where nothing speaks for it enough to be shown."""
    model = model or shipped()
    asked = Query(query) if isinstance(query, str) else query
    said = by_number(asked, target)
    if said is not None:
        return Found(target.id, 1.0, said) if said else None
    name = _name(asked)
    scored = best(beside_each_other([(name, _name(target))]), model)
    score = float(scored.scores[0]) if len(scored.scores) else 0.0
    return Found(target.id, score, _reason(asked, target, name)) if score >= model.maybe else None


def by_number(query: Named, target: Named) -> str | None:
    """The reason where equal numbers decide, '' where different ones do, None where numbers are silent.

    Equal numbers of either kind decide before different ones of the other: a charity's company has both.
    """
    company = query.company_number, target.company_number
    charity = query.charity_number, target.charity_number
    if all(company) and company[0] == company[1]:
        return f"the same company number, {company[0]}"
    if all(charity) and charity[0] == charity[1]:
        return f"the same charity number, {charity[0]}"
    return "" if all(company) or all(charity) else None


class Matcher:
    """A list of organisations, made ready once and asked often. Asking changes nothing."""

    def __init__(
        self,
        targets: Iterable[Target],
        *,
        model: Model | None = None,
        engine: Candidates | None = None,
    ) -> None:
        self.targets = list(targets)
        self.model = model or shipped()
        self.index = Index(tabulate(map(_name, self.targets)))
        self.engine = engine
        self.numbers: dict[tuple[str, str], list[int]] = {}
        self.numbered = np.zeros(len(self.targets), bool)
        for position, target in enumerate(self.targets):
            for number in _numbers(target):
                self.numbers.setdefault(number, []).append(position)
                self.numbered[position] = True
        self.recent: Matcher | None = None

    def add(self, targets: Iterable[Target]) -> None:
        """A few more. The list is made ready anew for thousands: make another Matcher."""
        new = [*(self.recent.targets if self.recent else ()), *targets]
        self.recent = Matcher(new, model=self.model)

    def find_one(
        self,
        name: str,
        *,
        company_number: str = "",
        charity_number: str = "",
        place: str = "",
        at_least: float | None = None,
        limit: int = 5,
    ) -> list[Found]:
        """Who may be meant by one name, best first."""
        query = Query(name, company_number, charity_number, place)
        return self.find([query], at_least=at_least, limit=limit)[0]

    def find(
        self,
        queries: Sequence[Query | Target | str],
        *,
        at_least: float | None = None,
        limit: int = 5,
    ) -> list[list[Found]]:
        """Who may be meant by each, best first, at least so likely (MAYBE where nothing is said)."""
        least = self.model.maybe if at_least is None else at_least
        asked = [Query(query) if isinstance(query, str) else query for query in queries]
        found: list[list[Found]] = [[] for _ in asked]
        decided: list[set[int]] = [set() for _ in asked]
        for number, query in enumerate(asked):
            for identifier in _numbers(query):
                for position in self.numbers.get(identifier, ()):
                    if position not in decided[number]:
                        decided[number].add(position)
                        target = self.targets[position]
                        found[number].append(Found(target.id, 1.0, by_number(query, target) or ""))
        likely: list[list[tuple[float, int]]] = [[] for _ in asked]
        names = [_name(query) for query in asked]
        for number, position, score in self._scored(names, least):
            silent = (
                not self.numbered[position]
                or by_number(asked[number], self.targets[position]) is None
            )
            if silent and position not in decided[number]:
                likely[number].append((score, position))
        for number, ranked in enumerate(likely):
            ranked.sort(key=lambda each: (-each[0], each[1]))
            found[number].extend(
                Found(
                    self.targets[at].id,
                    score,
                    _reason(asked[number], self.targets[at], names[number]),
                )
                for score, at in ranked[: limit - len(found[number])]
            )
        if self.recent:
            more = self.recent.find(asked, at_least=least, limit=limit)
            found = [
                sorted(one + other, key=lambda each: -each.score)[:limit]
                for one, other in zip(found, more, strict=True)
            ]
        return found

    def _scored(self, names: list[Name], least: float) -> Iterable[tuple[int, int, float]]:
        asked = tabulate(names, base=self.index.lexicon)
        if self.engine:
            pairs = all_rows(
                asked, self.index.table, self.engine.candidates(names, limit=CANDIDATES)
            )
        else:
            pairs = self.index.rows(asked, limit=CANDIDATES)
        scored = best(beside(self.index, asked, pairs), self.model)
        shown = np.flatnonzero(scored.scores >= least)
        return zip(
            scored.pairs.queries[shown].tolist(),
            scored.pairs.targets[shown].tolist(),
            scored.scores[shown].tolist(),
            strict=True,
        )


def _name(named: Named) -> Name:
    """What is written, with the other names that are known beside it."""
    name = parse(named.name)
    if not named.other_names:
        return name
    others = list(name.others)
    for other in map(parse, named.other_names):
        if other.words and other.words != name.words:
            others.append(Other(Kind.TRADING, other.words, other.form, other.acronyms))
        others.extend(other.others)
    return replace(name, others=tuple(others))


def _numbers(named: Named) -> list[tuple[str, str]]:
    known = (("company", named.company_number), ("charity", named.charity_number))
    return [(kind, number) for kind, number in known if number]


def _reason(query: Named, target: Named, name: Name) -> str:
    said = explain(name, _name(target))
    if query.place and target.place and fold(query.place) == fold(target.place):
        return f"{said}; both in {target.place}"
    return said
