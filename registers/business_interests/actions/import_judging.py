"""What a force's policy makes of a legacy entry: its legal basis, its risk, when it is reviewed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from integrity.casework.actions.imported_cases import LegacyEntry
from integrity.casework.actions.imports import NOBODY
from integrity.casework.clocks import add_months
from integrity.casework.policies import risk_score
from integrity.people.enums import MemberType
from registers.business_interests.enums import Factor, LegalBasis
from registers.business_interests.facts import InterestFacts
from registers.business_interests.import_interests import words_of
from registers.business_interests.import_rows import InterestRow
from registers.business_interests.import_words import reads_like_rank
from registers.business_interests.models import InterestPolicy, ListedOccupation, MemberRule
from registers.business_interests.policies import (
    factors,
    listed_in,
    review_months,
    rule_for,
)


@dataclass(frozen=True, slots=True)
class LegacyInterest(LegacyEntry[InterestRow]):
    """A row of a legacy register with whom and what the force knows of it."""

    facts: InterestFacts

    @property
    def name(self) -> str:
        return self.row.person or self.row.person_number or NOBODY

    @property
    def posts(self) -> list[str]:
        """By which the force's review intervals know the person's post."""
        return [self.row.rank, self.row.unit, self.subject.post if self.subject else ""]


@dataclass(frozen=True, slots=True)
class Judged:
    """A legacy entry under the policy of its day; only what is approved is reviewed."""

    entry: LegacyInterest
    policy: InterestPolicy
    legal_basis: str
    listed: ListedOccupation | None
    risk: int
    review_on: date


def judges(
    policy_on: Callable[[date], InterestPolicy],
) -> Callable[[date], Callable[[LegacyInterest], Judged]]:
    """The judge of a day; each policy is read once for however many entries."""
    known: dict[int, Callable[[LegacyInterest], Judged]] = {}

    def judge_on(day: date) -> Callable[[LegacyInterest], Judged]:
        policy = policy_on(day)
        if policy.pk not in known:
            known[policy.pk] = _judge(policy)
        return known[policy.pk]

    return judge_on


def _judge(policy: InterestPolicy) -> Callable[[LegacyInterest], Judged]:
    rules, intervals = list(policy.member_rules.all()), list(policy.intervals.all())
    occupations = list(policy.occupations.all())
    weights = {weight.factor: weight.points for weight in policy.weights.all()}

    def judge(entry: LegacyInterest) -> Judged:
        found = listed_in(occupations, words_of(entry.row))
        listed = found[0] if found else None
        risk = risk_score(_factors(policy, entry, listed), weights)
        months = review_months(
            intervals,
            policy,
            posts=entry.posts,
            with_conditions=bool(entry.row.conditions),
            risk=risk,
        )
        return Judged(
            entry=entry,
            policy=policy,
            legal_basis=_legal_basis(rules, entry),
            listed=listed,
            risk=risk,
            review_on=entry.row.review_on or add_months(entry.row.decided_on, months),
        )

    return judge


def _factors(
    policy: InterestPolicy, entry: LegacyInterest, listed: ListedOccupation | None
) -> tuple[Factor, ...]:
    """Those that the row itself shows; what else the person has is added when the case is worked on."""
    return factors(
        policy,
        entry.facts,
        listed,
        {},
        average=None,
        refused_before=False,
        broke_a_condition=False,
        chief_officer=bool(entry.subject and entry.subject.is_chief_officer),
    )


def _legal_basis(rules: list[MemberRule], entry: LegacyInterest) -> str:
    """By the person's kind; of somebody unknown, by whether their rank is an officer's."""
    if entry.subject is not None:
        kind = entry.subject.member_type
    else:
        kind = MemberType.OFFICER if reads_like_rank(entry.row.rank) else ""
    if rule := rule_for(rules, kind):
        return rule.legal_basis
    officer = kind == MemberType.OFFICER
    return LegalBasis.POLICE_REGULATIONS if officer else LegalBasis.FORCE_POLICY
