"""Eighteen months of ordinary entries, shaped by the national rates of 2011–12 (RULES, Benchmarks).

Of 3,512 entries 1,662 were hospitality, of which 476 were declined; about 550 were declined in all.
"""

from datetime import date, datetime, timedelta

from integrity.people.models import User
from registers.demo import acts
from registers.demo.data import words
from registers.demo.data.gifts import GIFTS
from registers.demo.data.hospitality import HOSPITALITY
from registers.demo.data.names import PRIVATE
from registers.demo.data.places import SILENT_UNIT
from registers.demo.data.providers import HALCYON, providers_of
from registers.demo.data.things import Thing
from registers.demo.follow import follow, peers
from registers.demo.timeline import Story
from registers.demo.world import DAYS, World
from registers.gifts import actions
from registers.gifts.enums import Disposal, ItemKind, ProviderKind, Status
from registers.gifts.facts import GiftTest, ItemFacts, Value

HOSPITALITY_SHARE = 1662 / 3512
PLANTED = 0.75  # the planted stories decline more than their share, so the rest declines less
HOSPITALITY_DECLINED = 476 / 1662 * PLANTED
GIFTS_DECLINED = (550 - 476) / 1850 * PLANTED
RECENT_SHARE, RECENT_DAYS = 0.12, 35
LATE_SHARE = 0.08
DEAR = 20

COUNTS = {"NMR": 112, "EVL": 74, "HTP": 47, "NMPCC": 6, "EVPCC": 5, "HTPA": 5}


def ordinary_stories(world: World) -> list[Story]:
    return [
        _entry(world, code, world.today - timedelta(days=_days_ago(world)))
        for code, count in COUNTS.items()
        for _ in range(count)
    ]


def _days_ago(world: World) -> int:
    """Any day of the eighteen months, the last weeks more often, so that queues are not empty."""
    return world.chance.randint(1, RECENT_DAYS if world.happens(RECENT_SHARE) else DAYS)


def _entry(world: World, code: str, day: date) -> Story:
    """One offer and what came of it."""
    subject = _recipient(world, code, day)
    where = code if code in world.forces else world.bodies[code].forces.get().code
    hospitality = world.happens(HOSPITALITY_SHARE)
    declined = world.happens(HOSPITALITY_DECLINED if hospitality else GIFTS_DECLINED)
    offered, kind = _choose(world, where, hospitality=hospitality, declined=declined)
    by = world.pick(
        PRIVATE
        if kind == ProviderKind.PUBLIC
        else [name for name in providers_of(kind, where) if name != HALCYON]
    )
    policy = world.policy(subject, day)
    value = _value(world, offered)
    light = (
        offered.light and value.high is not None and value.high <= policy.light_refreshments_up_to
    )
    if policy.requires_authorisation and not declined and not light:
        yield from _asked_first(world, subject, day, offered, value, by, kind)
        return
    item = _item(world, offered, value, declined=declined, light=light, day=day)
    allowed = policy.report_within_days
    late = world.happens(LATE_SHARE)
    delay = (
        allowed + world.chance.randint(2, 40) if late else world.chance.randint(0, min(6, allowed))
    )
    yield (at := world.on(day + timedelta(days=delay), world.chance.randint(17, 21)))
    doubtful = item.accepted and not light and world.happens(0.06)
    offer = acts.declare(
        world,
        subject,
        item,
        at=at,
        by=by,
        kind=kind,
        occasion=offered.occasion,
        test=GiftTest(True, False, True, True, world.pick(words.TEST_NOTES)) if doubtful else None,
        late=world.pick(words.LATE) if late else "",
        days_before=delay,
    )
    yield from follow(world, offer, at)


def _recipient(world: World, code: str, day: date) -> User:
    """Somebody who served that day; chief officers and managers are offered more than their share."""
    if code in world.bodies:
        home = [u for u in world.people.values() if u.oversight_body == world.bodies[code]]
        return world.pick([u for u in home if not u.username.startswith("monitoring")])
    home = [
        user
        for user in world.of_force(code)
        if user.starts_on <= day and user.is_active and user.unit.name != SILENT_UNIT
    ]
    if world.happens(0.07):
        return world.pick([user for user in home if user.is_chief_officer])
    if world.happens(0.2):
        managers = {user.line_manager_id for user in home}
        return world.pick([u for u in home if u.pk in managers and not u.is_chief_officer])
    return world.pick([user for user in home if not user.is_chief_officer])


def _choose(world: World, where: str, *, hospitality: bool, declined: bool) -> tuple[Thing, str]:
    """What was offered and by what kind of provider: what is declined tends to be dear, or drink."""
    listed = HOSPITALITY if hospitality else GIFTS
    supply = (ProviderKind.CONTRACTOR, ProviderKind.PROSPECTIVE_SUPPLIER)

    def weight(offered: Thing) -> int:
        tempting = offered.low >= DEAR or offered.alcohol or offered.by[0] in supply
        if offered.kind in (ItemKind.CASH, ItemKind.DISCOUNT) and not declined:
            return 0
        return {(True, True): 8, (False, False): 8}.get((tempting, declined), 2)

    offered = world.chance.choices(listed, [weight(offered) for offered in listed])[0]
    kinds = [k for k in offered.by if k == ProviderKind.PUBLIC or providers_of(k, where)]
    return offered, world.pick(kinds)


def _value(world: World, offered: Thing) -> Value:
    middle = world.chance.randint(offered.low, offered.high)
    if offered.low == offered.high:
        return acts.exactly(middle)
    how = world.chance.choices(("exact", "estimated", "range", "unknown"), (30, 48, 13, 9))[0]
    match how:
        case "exact":
            return acts.exactly(middle if world.happens(0.5) else middle - 0.01)
        case "estimated":
            return acts.about(middle)
        case "range":
            return acts.between(offered.low, offered.high)
        case _:
            return acts.unknown("No price was shown and I did not like to ask.")


def _item(
    world: World, offered: Thing, value: Value, *, declined: bool, light: bool, day: date
) -> ItemFacts:
    disposal, to = "", ""
    if not declined and offered.kind == ItemKind.HOSPITALITY:
        disposal = Disposal.CONSUMED
    elif not declined and world.happens(0.5):
        disposal, to = world.pick(
            ((Disposal.SHARED, ""), (Disposal.KEPT, ""), (Disposal.DONATED, "Fallow Hill Hospice"))
        )
    return acts.thing(
        offered.what,
        value,
        acts.DECLINED if declined else acts.TAKEN,
        kind=offered.kind,
        alcohol=offered.alcohol,
        light=light,
        disposal=disposal,
        disposal_to=to,
        disposal_on=day if disposal else None,
    )


def _asked_first(
    world: World, subject: User, day: date, offered: Thing, value: Value, by: str, kind: str
) -> Story:
    """Where nothing is accepted without asking: the request, its answer, and what happened."""
    asked = acts.thing(
        offered.what, value, acts.UNDECIDED, kind=offered.kind, alcohol=offered.alcohol
    )
    yield (at := world.on(day - timedelta(days=world.chance.randint(8, 20)), 11))
    offer = acts.ask_first(
        world, subject, asked, at=at, by=by, on=day, kind=kind, occasion=offered.occasion
    )
    if offer.status == Status.PEER_REVIEW:
        offer, at = yield from peers(world, offer, subject, at)
    reviewer = world.reviewer(offer.case)
    yield (at := world.later(at, 2, 5))
    allowed = world.happens(0.75)
    if allowed:
        offer = actions.authorise(
            offer,
            reason="A policing purpose is shown and the value is modest.",
            conditions="Soft drinks only; say afterwards who was there.",
            by=reviewer,
            now=at,
            version=None,
        )
    else:
        offer = actions.refuse_authorisation(
            offer,
            reason="The provider wants our business; decline with thanks.",
            by=reviewer,
            now=at,
            version=None,
        )
    yield (at := _afterwards(world, at, day))
    item = _item(world, offered, value, declined=not allowed, light=False, day=day)
    facts = acts.offer_of(
        world, subject, [item], day=day, by=by, kind=kind, occasion=offered.occasion
    )
    offer = actions.record_outcome(offer, facts=facts, by=subject, now=at, version=None)
    yield from follow(world, offer, at)


def _afterwards(world: World, at: datetime, day: date) -> datetime:
    return world.later(max(at, world.on(day, 12)), 1, 4)
