"""The demo's policies on media contacts, and its outlets, as their press offices know them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from integrity.casework.models import ChecklistItem
from integrity.people.models import Force, OversightBody, StandardsDepartment
from registers.demo.data.media import CHECKLIST, OUTLETS, WEIGHTS
from registers.demo.timeline import Story
from registers.demo.world import DAYS, World
from registers.media_contacts.actions.names import set_reach
from registers.media_contacts.enums import Scope
from registers.media_contacts.models import MediaPolicy, MediaWeight, Outlet
from registers.media_contacts.names import outlet_of

SUMMARY = (
    "Tell the press office of contact with a journalist and log it within {days} days: who, which "
    "outlet, about what. Ask yourself whether you are the person responsible for saying it, and "
    "whether there is a policing purpose. Nothing is said off the record."
)


def make_media_rules(world: World) -> None:
    """A joint policy of the alliance, which logs every contact; Harbour's own; one for each body."""
    long_ago = world.today - timedelta(days=1200)
    nmr, evl, htp = (world.forces[code] for code in ("NMR", "EVL", "HTP"))
    media_policy(
        nmr.department,
        joint_forces=(nmr, evl),
        effective_from=long_ago,
        title="Alliance policy on contact with the media",
        press_office="01632 960 140, day and night",
        scope=Scope.EVERYTHING,
    )
    media_policy(
        htp,
        effective_from=long_ago,
        title="Harbour policy on contact with the media",
        press_office="01632 960 155; at night through the control room",
        scope=Scope.WITHOUT_COVERAGE,
        log_within_days=3,
        acknowledge_within_days=5,
    )
    for body in world.bodies.values():
        media_policy(
            body,
            effective_from=long_ago,
            title=f"Contact with the media, {body.name}"[:120],
            press_office="The chief executive",
        )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            force=force,
            register="media_contacts",
            text=text,
            position=position,
            effective_from=long_ago,
        )
        for force in world.forces.values()
        for position, text in enumerate(CHECKLIST, start=1)
    )


def media_policy(
    owner: Force | OversightBody | StandardsDepartment,
    *,
    effective_from: date,
    joint_forces: Sequence[Force] = (),
    **fields: Any,
) -> MediaPolicy:
    """A policy row with what each factor weighs."""
    policy = MediaPolicy(effective_from=effective_from, **fields)
    policy.summary = SUMMARY.format(days=policy.log_within_days)
    match owner:
        case Force():
            policy.force = owner
        case OversightBody():
            policy.oversight_body = owner
        case StandardsDepartment():
            policy.department = owner
    policy.save()
    policy.joint_forces.set(joint_forces)
    MediaWeight.objects.bulk_create(
        MediaWeight(policy=policy, factor=factor, points=points)
        for factor, points in WEIGHTS.items()
    )
    return policy


def outlets(world: World) -> list[Story]:
    """Each department's press office says whom the outlets reach, before the first contact."""
    return [_reach(world, "NMR", ("NMR", "EVL")), _reach(world, "HTP", ("HTP",))]


def _reach(world: World, code: str, forces: tuple[str, ...]) -> Story:
    by, department = world[f"press.{code.lower()}"], world.forces[code].department
    yield (at := world.ago(DAYS + 1, 8))
    for each in OUTLETS:
        if set(forces) & set(each.forces):
            organisation = outlet_of(each.name, department)
            outlet = Outlet.objects.get(organisation=organisation)
            set_reach(outlet, reach=each.reach, by=by, now=at)
