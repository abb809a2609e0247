"""The demo's policies on business interests, whole enough to apply under; tests may use them too."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from integrity.casework.models import ChecklistItem
from integrity.people.enums import MemberType
from integrity.people.models import Force, OversightBody, StandardsDepartment
from registers.business_interests.models import (
    ConditionTemplate,
    FactorWeight,
    InterestPolicy,
    ListedOccupation,
    MemberRule,
    ReviewInterval,
)
from registers.demo.data.interest_policy import (
    BASES,
    CHECKLIST,
    INTERVALS,
    LIBRARY,
    OCCUPATIONS,
    WEIGHTS,
)
from registers.demo.rules import JOINT_SINCE
from registers.demo.world import World

SUMMARY = (
    "Apply before you begin a second job, a business, a letting or anything under a licence, yours "
    "or, for licences, a relative’s. Your supervisor is asked{asked}, and PSD decides."
)


def make_interest_rules(world: World) -> None:
    """A joint policy of the alliance in two editions, Harbour's own, and one for each body."""
    long_ago = world.today - timedelta(days=1200)
    nmr, evl, htp = (world.forces[code] for code in ("NMR", "EVL", "HTP"))
    interest_policy(
        nmr.department,
        joint_forces=(nmr, evl),
        effective_from=long_ago,
        title="Alliance business interests policy (first edition)",
        assess_within_days=14,
        intervals=(("", True, 0, 12), ("", False, 0, 24)),
    )
    interest_policy(
        nmr.department,
        joint_forces=(nmr, evl),
        effective_from=world.today - timedelta(days=JOINT_SINCE),
        title="Alliance business interests policy (second edition)",
        letting_needs_agent=True,
    )
    interest_policy(
        htp,
        effective_from=long_ago,
        title="Harbour secondary employment policy",
        asks_hr=True,
        asks_vetting=True,
        by_head=(MemberType.OFFICER,),
        working_days=(MemberType.STAFF, MemberType.CONTRACTOR),
    )
    for body in world.bodies.values():
        title = f"Outside interests, {body.name}"[:120]
        interest_policy(body, effective_from=long_ago, title=title)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            force=force,
            register="business_interests",
            text=text,
            position=position,
            effective_from=long_ago,
        )
        for force in world.forces.values()
        for position, text in enumerate(CHECKLIST, start=1)
    )


def interest_policy(
    owner: Force | OversightBody | StandardsDepartment,
    *,
    effective_from: date,
    joint_forces: Sequence[Force] = (),
    by_head: Sequence[MemberType] = (),
    working_days: Sequence[MemberType] = (),
    intervals: Sequence[tuple[str, bool | None, int, int]] = INTERVALS,
    **fields: Any,
) -> InterestPolicy:
    """A policy row with what binds each kind of member, its list, library, intervals and weights."""
    asked = ", then HR and vetting" if fields.get("asks_hr") else ""
    policy = InterestPolicy(
        effective_from=effective_from, summary=SUMMARY.format(asked=asked), **fields
    )
    match owner:
        case Force():
            policy.force = owner
        case OversightBody():
            policy.oversight_body = owner
        case StandardsDepartment():
            policy.department = owner
    policy.save()
    policy.joint_forces.set(joint_forces)
    MemberRule.objects.bulk_create(
        MemberRule(
            policy=policy,
            member_type=kind,
            legal_basis=basis,
            decided_by_head=kind in by_head,
            working_days=kind in working_days,
        )
        for kind, basis in BASES.items()
    )
    ListedOccupation.objects.bulk_create(
        ListedOccupation(
            policy=policy,
            name=each.name,
            words=list(each.words),
            stance=each.stance,
            says=each.says,
        )
        for each in OCCUPATIONS
    )
    ConditionTemplate.objects.bulk_create(
        ConditionTemplate(
            policy=policy,
            kind=each.kind,
            text=each.text,
            check_method=each.check_method,
            check_months=each.check_months,
        )
        for each in LIBRARY.values()
    )
    ReviewInterval.objects.bulk_create(
        ReviewInterval(policy=policy, post=post, with_conditions=limited, from_risk=risk, months=n)
        for post, limited, risk, n in intervals
    )
    FactorWeight.objects.bulk_create(
        FactorWeight(policy=policy, factor=factor, points=points)
        for factor, points in WEIGHTS.items()
    )
    return policy
