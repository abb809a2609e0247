"""Which chief officers' entries are named, one by one, and to whom: the force's own rule says."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from integrity.casework.models import Case
from registers.oversight.asking import Asked
from registers.oversight.models import Fact
from registers.oversight.rules import NamingRule, NamingRules


def day_of(case: Case) -> date:
    """The day an entry is about; of one that names none, that of its receipt."""
    return case.claimed_on or timezone.localdate(case.received_at)


def rules_of(asked: Asked) -> NamingRules:
    return NamingRule.objects.of_forces(asked.force_ids)


def is_named(rules: NamingRules, case: Case, *, public: bool) -> bool:
    """Whether whose entry it is may be said, to the board or in public."""
    if not case.subject_is_chief_officer or case.confidential or case.force_id is None:
        return False
    rule = rules.on(case.force_id, day_of(case))
    return rule.in_public if public else rule.to_the_board


def named_in_public(asked: Asked, measures: Collection[str]) -> tuple[int, ...]:
    """The cases that are named in public, and so in no published number: one query, or two."""
    facts = Fact.objects.filter(
        force__in=asked.force_ids,
        measure__in=[str(measure) for measure in measures],
        counted_on__range=(asked.period.starts_on, asked.period.ends_on),
        case__subject_is_chief_officer=True,
        case__confidential=False,
    )
    cases = {fact.case for fact in facts.select_related("case").distinct()}
    if not cases:
        return ()
    rules = rules_of(asked)
    return tuple(sorted(case.pk for case in cases if is_named(rules, case, public=True)))
