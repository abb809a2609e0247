"""What the desk shows of an investigation: what led to it, what was done, why it scores as it does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from integrity.casework.case_page import Points
from integrity.casework.desk import desk
from integrity.casework.models import Case
from integrity.casework.permissions import is_outside_decider
from integrity.casework.queues import QueueAdmin
from integrity.casework.registry import Fact
from integrity.people.enums import REFERENCE_ROLES
from integrity.people.models import User
from integrity.ui.templatetags.ui import day
from registers.investigations.actions.step import factors_of
from registers.investigations.enums import NOT_CATEGORISED, Factor
from registers.investigations.models import Investigation, Lead
from registers.investigations.models.leads import referrals_about
from registers.investigations.summaries import TONES, about_person, status_of


@dataclass(frozen=True, slots=True)
class Cause:
    """A referral that led here, with the way to the entry that it is about."""

    lead: Lead
    path: str


def investigation_page(user: User, investigation: Investigation) -> dict[str, Any]:
    """The investigation’s own part of its case page."""
    score = risk_points(investigation)
    return {
        "tone": TONES[investigation.standing],
        "standing": status_of(investigation),
        "facts": list(investigation_facts(user, investigation)),
        "outcome": list(outcome_facts(investigation)),
        "causes": causes(user, investigation),
        "score": score,
        "score_total": sum(each.points for each in score),
        "restrictions": investigation.restrictions.all(),
        "external_referrals": investigation.external_referrals.all(),
        "posts": investigation.posts.all(),
        "of_person": about_person(user, investigation.case),
    }


def investigation_facts(user: User, investigation: Investigation) -> Iterator[Fact]:
    yield Fact("What it is about", investigation.title)
    yield Fact("Category", investigation.kind_label or NOT_CATEGORISED)
    yield Fact("Source", investigation.get_source_display())
    by = investigation.opened_by.display
    yield Fact("Opened", f"{day(investigation.opened_at)}, by {by}")
    policy = (
        f"{investigation.policy.title}, in force from {day(investigation.policy.effective_from)}"
    )
    path = reverse("psd:investigations_investigationpolicy_change", args=[investigation.policy_id])
    reads = user.holds(*REFERENCE_ROLES) and not is_outside_decider(user, investigation.case)
    yield Fact("Policy row", policy, path if reads else "")


def outcome_facts(investigation: Investigation) -> Iterator[Fact]:
    """How it ended; nothing while it has not."""
    if not investigation.outcome:
        return
    yield Fact("Outcome", investigation.get_outcome_display())
    yield Fact("Date of the outcome", day(investigation.outcome_on))
    yield Fact("Lessons to publish", investigation.lessons or "None")


def causes(user: User, investigation: Investigation) -> list[Cause]:
    """The referrals that were taken into it, but for those about the reader or their team."""
    leads = investigation.leads.exclude(referrals_about(user, "referral__")).select_related(
        "referral__case", "referral__person__grade", "referral__made_by__grade", "referral__concern"
    )
    paths = desk_paths(user, [each.referral.case for each in leads if each.referral.case])
    return [Cause(each, paths.get(each.referral.case_id, "")) for each in leads]


def desk_paths(user: User, cases: Iterable[Case]) -> Mapping[int | None, str]:
    """Where each case is on the desk, for those that this reader may open there."""
    by_register: dict[str, list[int]] = {}
    for case in cases:
        by_register.setdefault(case.register, []).append(case.pk)
    found: dict[int | None, str] = {}
    for model, queue in desk._registry.items():
        here = by_register.get(model._meta.app_label)
        if here and isinstance(queue, QueueAdmin) and user.holds(*queue.roles):
            records = queue.in_reach(model._default_manager.filter(case__in=here), user)
            name = f"psd:{model._meta.app_label}_{model._meta.model_name}_change"
            for pk, case_pk in records.values_list("pk", "case_id"):
                found[case_pk] = reverse(name, args=[pk])
    return found


def risk_points(investigation: Investigation) -> list[Points]:
    """The factors it shows today with their points in its policy row, largest first."""
    weights = {weight.factor: weight.points for weight in investigation.policy.weights.all()}
    shown = [Points(Factor(each).label, weights.get(each, 0)) for each in factors_of(investigation)]
    return sorted(shown, key=lambda each: -each.points)
