"""The register's upkeep: quarters signed off, and monthly counts of refreshments."""

from datetime import date, timedelta

from integrity.casework import actions as casework
from integrity.casework.models import ChecklistItem
from integrity.people.models import Force, OversightBody, User
from registers.demo.casebook import constable
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts import actions


def upkeep(world: World) -> list[Story]:
    return [*sign_offs(world, "gifts"), *_refreshments(world)]


def _quarters(world: World) -> list[tuple[date, date]]:
    """The last five whole quarters, oldest first."""
    first = world.today.replace(month=(world.today.month - 1) // 3 * 3 + 1, day=1)
    found = []
    for _ in range(5):
        last = first - timedelta(days=1)
        first = last.replace(month=last.month - 2, day=1)
        found.append((first, last))
    return found[::-1]


def sign_offs(world: World, register: str) -> list[Story]:
    """The owner has signed every quarter, the oversight body all but the last."""
    stories = []
    for code, body in (("NMR", "NMPCC"), ("EVL", "EVPCC"), ("HTP", "HTPA")):
        force, low = world.forces[code], code.lower()
        quarters = _quarters(world)
        for quarter in quarters:
            stories.append(_sign(world, register, force, None, quarter, world[f"owner.{low}"]))
        for quarter in quarters[:-1]:
            stories.append(
                _sign(
                    world, register, force, world.bodies[body], quarter, world[f"governance.{low}"]
                )
            )
    return stories


def _sign(
    world: World,
    register: str,
    force: Force,
    body: OversightBody | None,
    quarter: tuple[date, date],
    by: User,
) -> Story:
    starts_on, ends_on = quarter
    yield (at := world.on(ends_on + timedelta(days=12 if body is None else 25), 14))
    items = ChecklistItem.objects.filter(force=force, register=register)
    asked_why = body is None and world.happens(0.3)
    checked = {item.text: not (asked_why and item.position == len(items)) for item in items}
    casework.sign_off(
        register=register,
        force=force,
        body=body,
        starts_on=starts_on,
        ends_on=ends_on,
        checklist=checked,
        by=by,
        now=at,
        note="Units with no entries will be asked at the next board." if asked_why else "",
    )


def _refreshments(world: World) -> list[Story]:
    """Harbour counts cups of tea by the month."""
    people = [
        world["officer.htp"],
        world["sergeant.htp"],
        *(constable(world, "htp", n) for n in range(6)),
    ]
    return [_counts(world, person) for person in people]


def _counts(world: World, person: User) -> Story:
    month = world.today.replace(day=1)
    months = []
    for _ in range(6):
        month = (month - timedelta(days=1)).replace(day=1)
        months.append(month)
    for month in reversed(months):
        after = (month + timedelta(days=32)).replace(day=1)
        yield (at := world.on(after, 9))
        actions.count_refreshments(month=month, times=world.chance.randint(0, 9), by=person, now=at)
