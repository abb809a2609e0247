"""Gift policies with sensible values, whole enough to declare under; tests may use it too."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from integrity.people.models import Force, OversightBody, StandardsDepartment
from registers.demo.data.words import ACCEPTING, DECLINING, WEIGHTS
from registers.gifts.enums import ItemDecision, Route
from registers.gifts.models import Band, GiftPolicy, Reason, RiskWeight

Bands = Sequence[tuple[int, Route]]

ACCEPTED_BANDS: Bands = (
    (0, Route.RECORD),
    (10, Route.SUPERVISOR),
    (25, Route.PSD),
    (100, Route.REFUSE),
)
DECLINED_BANDS: Bands = ((0, Route.RECORD), (100, Route.PSD))

SUMMARY = (
    "The presumption is to decline, light refreshments apart. Record every offer, accepted or "
    "declined, within {days} days. Never accept cash or vouchers."
)


def standard_policy(
    owner: Force | OversightBody | StandardsDepartment,
    *,
    effective_from: date,
    joint_forces: Sequence[Force] = (),
    title: str = "Gifts and hospitality policy",
    accepted: Bands = ACCEPTED_BANDS,
    declined: Bands = DECLINED_BANDS,
    reasons: Mapping[str, Sequence[str]] | None = None,
    **fields: Any,
) -> GiftPolicy:
    """A policy row of a force, of a body, or joint of a department, with bands, reasons and weights."""
    policy = GiftPolicy(title=title, effective_from=effective_from, **fields)
    match owner:
        case Force():
            policy.force = owner
        case OversightBody():
            policy.oversight_body = owner
        case StandardsDepartment():
            policy.department = owner
    policy.summary = fields.get("summary") or SUMMARY.format(days=policy.report_within_days)
    policy.save()
    policy.joint_forces.set(joint_forces)
    Band.objects.bulk_create(
        Band(policy=policy, decision=decision, from_value=Decimal(value), route=route)
        for decision, bands in (
            (ItemDecision.ACCEPTED, accepted),
            (ItemDecision.DECLINED, declined),
        )
        for value, route in bands
    )
    listed = reasons or {ItemDecision.ACCEPTED: ACCEPTING, ItemDecision.DECLINED: DECLINING}
    Reason.objects.bulk_create(
        Reason(policy=policy, decision=decision, text=text, position=position)
        for decision, texts in listed.items()
        for position, text in enumerate(texts, start=1)
    )
    RiskWeight.objects.bulk_create(
        RiskWeight(policy=policy, factor=factor, points=points)
        for factor, points in WEIGHTS.items()
    )
    return policy
