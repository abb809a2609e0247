"""The demo's policies on integrity investigations, with the force's own reporting line and weights."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from integrity.people.models import Force, OversightBody, StandardsDepartment
from registers.demo.data.investigations import ALLIANCE_LINE, HARBOUR_LINE, WEIGHTS
from registers.demo.world import World
from registers.investigations.models import InvestigationPolicy, InvestigationWeight

SUMMARY = (
    "PSD looks into what may be a breach of integrity, wherever it heard of it. Nobody outside PSD is "
    "told, and a post on social media is looked at again every {days} days until it is gone."
)


def make_investigation_rules(world: World) -> None:
    """A joint policy of the alliance, Harbour's own, and one for each body."""
    long_ago = world.today - timedelta(days=1200)
    nmr, evl, htp = (world.forces[code] for code in ("NMR", "EVL", "HTP"))
    investigation_policy(
        nmr.department,
        joint_forces=(nmr, evl),
        effective_from=long_ago,
        title="Alliance policy on integrity investigations",
        **ALLIANCE_LINE,
    )
    investigation_policy(
        htp,
        effective_from=long_ago,
        title="Harbour policy on integrity investigations",
        recheck_days=7,
        **HARBOUR_LINE,
    )
    for body in world.bodies.values():
        investigation_policy(
            body,
            effective_from=long_ago,
            title=f"Integrity investigations, {body.name}"[:120],
        )


def investigation_policy(
    owner: Force | OversightBody | StandardsDepartment,
    *,
    effective_from: date,
    joint_forces: Sequence[Force] = (),
    **fields: Any,
) -> InvestigationPolicy:
    """A policy row with what each factor weighs."""
    policy = InvestigationPolicy(effective_from=effective_from, **fields)
    policy.summary = SUMMARY.format(days=policy.recheck_days)
    match owner:
        case Force():
            policy.force = owner
        case OversightBody():
            policy.oversight_body = owner
        case StandardsDepartment():
            policy.department = owner
    policy.save()
    policy.joint_forces.set(joint_forces)
    InvestigationWeight.objects.bulk_create(
        InvestigationWeight(policy=policy, factor=factor, points=points)
        for factor, points in WEIGHTS.items()
    )
    return policy
