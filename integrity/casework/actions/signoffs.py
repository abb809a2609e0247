"""Signing a register off."""

from collections.abc import Mapping
from datetime import date, datetime

from integrity.audit.actions import action, record
from integrity.casework.enums import SignOffCapacity
from integrity.casework.models import SignOff
from integrity.casework.permissions import check_may_sign_off
from integrity.casework.workflow import Denied
from integrity.people.models import Force, OversightBody, User


@action
def sign_off(
    *,
    register: str,
    force: Force,
    body: OversightBody | None,
    starts_on: date,
    ends_on: date,
    checklist: Mapping[str, bool],
    note: str,
    by: User,
    now: datetime,
) -> SignOff:
    """Sign a force's register off for a period. Raises Denied for a second time or without the role."""
    check_may_sign_off(by, force_id=force.pk, body_id=body.pk if body else None)
    capacity = SignOffCapacity.OVERSIGHT_BODY if body else SignOffCapacity.REGISTER_OWNER
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    overlapping = SignOff.objects.filter(
        register=register,
        force=force,
        capacity=capacity,
        oversight_body=body,
        starts_on__lte=ends_on,
        ends_on__gte=starts_on,
    )
    if before := overlapping.first():
        raise Denied(
            f"{before.starts_on:%-d %B %Y} to {before.ends_on:%-d %B %Y} is signed off already; "
            "choose days outside it."
        )
    if not all(checklist.values()) and not note:
        raise Denied("Say in the note why something on the checklist was not done.")
    signed = SignOff.objects.create(
        register=register,
        force=force,
        oversight_body=body,
        capacity=capacity,
        starts_on=starts_on,
        ends_on=ends_on,
        checklist=dict(checklist),
        note=note,
        signed_at=now,
        signed_by=by,
    )
    record(
        "register signed off",
        by=by,
        now=now,
        force_id=force.pk,
        about="sign-off",
        about_id=signed.pk,
        facts={"register": register, "from": str(starts_on), "to": str(ends_on)},
    )
    return signed
