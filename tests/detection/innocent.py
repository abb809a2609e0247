"""What looks like wrongdoing and is not: each of these, asked of an analyst, is a false alarm.

Each leaves a label on its records (or firms), so that the report can say which of them were asked.
Numbers are for 100,000 declarations and scaled to the size of the world.
"""

from collections.abc import Callable
from datetime import date, timedelta

from tests.detection.names import written
from tests.detection.records import Condition, NilReturn, Review
from tests.detection.words import TOWNS
from tests.detection.world import DAYS, World, skewed

TRIVIAL = (
    ("Coffee at a meeting", "hospitality", 3.0),
    ("Branded pen", "gift", 1.5),
    ("Desk calendar", "gift", 5.0),
    ("Mug", "gift", 4.0),
    ("Sandwich at a working meeting", "hospitality", 5.0),
    ("Notebook", "gift", 3.0),
)
SUBSTANCE = (("Awards dinner", 75.0), ("Golf day", 60.0), ("Football ticket", 45.0))


def often(world: World, declarations: int, many: float) -> int:
    """So many for 100,000 declarations; at least one."""
    return max(1, round(many * declarations / 100_000))


def universal_suppliers(world: World, declarations: int) -> None:
    """Water, a university, hotels: paid every week, under contract, and hosts of every meeting."""
    rng, names = world.rng, world.names
    town = rng.choice(TOWNS)
    firms = [
        names.named("Northmoor Water Services", "plc", sector="building", company=True),
        names.named("Eastvale Power", "plc", sector="building", company=True),
        names.named(f"University of {town}", sector="training", company=False),
        names.named("Northmoor Borough Council", sector="charity", company=False),
        names.named("Eastvale County Council", sector="charity", company=False),
        names.named("Northmoor Fire and Rescue Service", sector="charity", company=False),
        *world.pools["framework Hotels"],
        *world.pools["framework Catering"],
        *world.pools["merchants"][:3],
    ]
    world.pools["universal"] = firms
    for firm in firms:
        world.firm_labels[firm.id] = "universal supplier"
        for _ in range(12 + 48 * (declarations // 3000)):
            world.payment(world.day(), firm, rng.lognormvariate(7.5, 0.9))
        for _ in range(rng.randint(1, 5)):
            world.contract(world.day(), [firm], firm.category)
    for _ in range(often(world, declarations, 3000)):
        on, firm = world.day(), rng.choice(firms)
        what, kind, value = rng.choice((*TRIVIAL, ("Lunch at a conference", "hospitality", 16.0)))
        mention = written(firm, "offer", rng)
        who, cost = world.officer(on), value * rng.uniform(0.7, 1.5)
        world.offer(who, on, mention, what, cost, accepted=rng.random() < 0.8, kind=kind)
    jobs = ("Lecturer", "School crossing", "Retained firefighter", "Shop assistant", "Councillor")
    for _ in range(often(world, declarations, 500)):
        on, firm = world.day(), rng.choice(firms)
        where = written(firm, "interest", rng)
        world.interest(world.officer(on), on, "waged", rng.choice(jobs), where, hours=6)


def conferences(world: World, declarations: int) -> None:
    """Dozens accept the same lunch on the same day from a firm that has contracts."""
    rng, suppliers = world.rng, world.pools["suppliers"]
    for _ in range(often(world, declarations, 30)):
        on, firm = world.day(), rng.choice(suppliers[: max(6, len(suppliers) // 4)])
        value = rng.choice((18.0, 25.0, 35.0))
        what = f"Lunch at the {firm.core.split()[0]} conference"
        for _ in range(min(rng.randint(12, 60), max(6, declarations // 100))):
            mention = written(firm, "offer", rng)
            who = world.officer(on)
            world.offer(who, on, mention, what, value, accepted=True, label="conference")


def suppliers_trifles(world: World, declarations: int) -> None:
    """Pens, mugs and coffee from firms that supply the force; and now and then a dinner."""
    rng, suppliers = world.rng, world.pools["suppliers"]
    weights = skewed(len(suppliers), 0.7)
    for _ in range(often(world, declarations, 2500)):
        on, (firm,) = world.day(), rng.choices(suppliers, cum_weights=weights)
        what, kind, value = rng.choice(TRIVIAL)
        world.offer(
            world.officer(on), on, written(firm, "offer", rng), what, value,
            accepted=rng.random() < 0.6, kind=kind, provider_kind="contractor",
            label="a supplier's trifle",
        )  # fmt: skip
    for _ in range(often(world, declarations, 150)):
        on, (firm,) = world.day(), rng.choices(suppliers, cum_weights=weights)
        what, value = rng.choice(SUBSTANCE)
        world.offer(
            world.officer(on), on, written(firm, "offer", rng), what, value,
            accepted=rng.random() < 0.4, provider_kind="contractor",
            label="a supplier's dinner, by chance",
        )  # fmt: skip


def namesakes(world: World, declarations: int) -> None:
    """Hosts and employers of nearly the same name as a supplier, in another town."""
    rng, suppliers = world.rng, world.pools["suppliers"]
    for number in range(often(world, declarations, 400)):
        on, other = world.day(), world.names.namesake(rng.choice(suppliers))
        world.firm_labels[other.id] = "nearly a supplier's name"
        who = world.officer(on)
        if number % 4:
            what, value = rng.choice(SUBSTANCE)
            mention = written(other, "offer", rng)
            world.offer(who, on, mention, what, value, accepted=rng.random() < 0.5)
        else:
            where = written(other, "interest", rng)
            world.interest(who, on, "directorship", "Director", where, hours=4)


def county_associations(world: World, declarations: int) -> None:
    """One county's football association is paid; officers referee and are fed by twenty others."""
    rng, names = world.rng, world.names
    games = ("Football", "Cricket", "Rugby", "Athletics")
    all_ = [
        names.named(f"{town} County {game} Association", sector="sport", company=False)
        for town in TOWNS[:6]
        for game in games
    ]
    for firm in all_:
        world.firm_labels[firm.id] = "county association"
    for firm in all_[: len(games)]:
        for _ in range(6):
            world.payment(world.day(), firm, rng.uniform(600, 4000))
    for number in range(often(world, declarations, 500)):
        on, firm = world.day(), rng.choice(all_)
        who = world.officer(on)
        if number % 2:
            mention = written(firm, "offer", rng)
            world.offer(who, on, mention, "Match ticket", rng.uniform(8, 30), accepted=True)
        else:
            where = written(firm, "interest", rng)
            world.interest(who, on, "hobby", "Referee", where, hours=3)


def charities_with_grants(world: World, declarations: int) -> None:
    """Trustees and volunteers of charities that the force gives a small grant."""
    rng = world.rng
    for _ in range(often(world, declarations, 150)):
        firm, on = world.names.firm("charity", company=False), world.day(0, DAYS - 100)
        where = written(firm, "interest", rng)
        made = world.interest(world.officer(on), on, "voluntary", "Trustee", where, hours=2)
        world.labels["case", made.case] = "charity with a grant"
        for _ in range(rng.randint(1, 2)):
            paid = min(on + timedelta(days=rng.randint(-200, 400)), world.until)
            world.payment(paid, firm, rng.uniform(250, 5000), what="COMMUNITY GRANT")


def partners_sandwiches(world: World, declarations: int) -> None:
    """The same officers, fed the same small sandwiches by the same partner, month after month."""
    rng = world.rng
    partners = world.pools["universal"][3:6]
    for _ in range(often(world, declarations, 150)):
        first, partner = world.day(0, DAYS - 200), rng.choice(partners)
        who = world.officer(first + timedelta(days=190))
        for turn in range(rng.randint(4, 12)):
            on = first + timedelta(days=16 * turn)
            mention = written(partner, "offer", rng)
            made = world.offer(who, on, mention, "Sandwich", rng.uniform(2, 5), accepted=True)
            made.provider_kind = "partner"
            world.labels["case", made.case] = "a partner's sandwiches"


def managed_interests(world: World, declarations: int) -> None:
    """Interests in small suppliers, said so when declared, approved on conditions that keep them apart."""
    rng = world.rng
    suppliers = world.pools["suppliers"]
    small = suppliers[len(suppliers) // 3 :]
    for number in range(often(world, declarations, 80)):
        firm, on = rng.choice(small), world.day(0, DAYS - 100)
        who = world.officer(on)
        where = written(firm, "interest", rng)
        made = world.interest(who, on, "waged", "Works on its other contracts", where, hours=6)
        made.supplies_force, made.status = True, "approved_with_conditions"
        made.conditions = [Condition("other", "Not to work on anything for the force.", on)]
        world.labels["case", made.case] = "declared and managed"
        if number % 3 == 0:
            opens = on + timedelta(days=30)
            tender = world.tender(opens, 40, [firm, rng.choice(small)], "Managed tender")
            said = "Has an interest in a bidder, and left the panel before bids were opened."
            world.involve(
                who, "advises", opens, opens + timedelta(days=2), tender=tender,
                declared="interest", declaration=said,
            )  # fmt: skip


def conditions_kept(world: World, declarations: int) -> None:
    """More hours asked for than allowed, and then kept; names of great suppliers in conditions."""
    rng = world.rng
    for _ in range(often(world, declarations, 300)):
        on = world.day(0, DAYS - 250)
        firm = rng.choice(world.pools["employers"])
        where = written(firm, "interest", rng)
        made = world.interest(world.officer(on), on, "waged", "Cashier", where, hours=20)
        made.status = "approved_with_conditions"
        made.conditions = [Condition("hours", "No more than 12 hours a week.", on, 12)]
        made.reviews = [Review(on + timedelta(days=200), rng.choice((6, 8, 12)), closed=True)]
        world.labels["case", made.case] = "condition on hours that is kept"
    for _ in range(often(world, declarations, 40)):
        on, barred = world.day(), rng.choice(world.pools["universal"])
        where = written(rng.choice(world.pools["employers"]), "interest", rng)
        made = world.interest(world.officer(on), on, "waged", "Labourer", where, hours=5)
        made.status = "approved_with_conditions"
        made.conditions = [Condition("not_for", f"Not to work for {barred.core}.", on)]
        world.labels["case", made.case] = "condition that names a universal supplier"


def press_coffees(world: World, declarations: int) -> None:
    """Press officers have coffee with those they brief; local papers give awards dinners."""
    rng = world.rng
    for _ in range(often(world, declarations, 200)):
        on, outlet = world.day(), rng.choice(world.pools["outlets"][:20])
        mention = written(outlet, "offer", rng)
        who = world.officer(on, world.press)
        made = world.offer(who, on, mention, "Coffee", rng.uniform(2, 5), accepted=True)
        made.provider_kind = "media"
        world.labels["case", made.case] = "a press officer's coffee"
    for outlet in world.pools["outlets"][: often(world, declarations, 3)]:
        on = world.day()
        for _ in range(min(25, max(5, declarations // 100))):
            mention = written(outlet, "offer", rng)
            what = "Dinner at the community awards"
            made = world.offer(world.officer(on), on, mention, what, 35, accepted=True)
            made.provider_kind = "media"
            world.labels["case", made.case] = "awards dinner of a paper"


def contract_managers(world: World, declarations: int) -> None:
    """Those who run a contract decline its supplier's calendar."""
    rng, small = world.rng, world.pools["suppliers"][len(world.pools["suppliers"]) // 4 :]
    for _ in range(often(world, declarations, 40)):
        firm, on = rng.choice(small), world.day(100, DAYS - 100)
        contract = world.contract(on - timedelta(days=90), [firm], firm.category)
        who = world.officer(on)
        world.involve(who, "manages", contract.awarded_on, contract.ends_on, contract=contract)
        mention = written(firm, "offer", rng)
        made = world.offer(who, on, mention, "Desk calendar", 4, accepted=False, kind="gift")
        world.labels["case", made.case] = "a contract manager's declined calendar"


def cards_that_look_odd(world: World, declarations: int) -> None:
    """Two whole orders on one day that together pass the limit; two dear things in two shops."""
    rng = world.rng
    merchants = world.pools["merchants"]
    for number in range(often(world, declarations, 60)):
        card, on = rng.choice(world.cards), weekday(world.day())
        first, second = rng.sample(merchants, 2)
        near = card.limit * rng.uniform(0.9, 0.98)
        label = "two orders that only look split"
        if number % 2:
            world.purchase(card, on, first, card.limit * 0.7, label=label)
            world.purchase(card, on, first, card.limit * 0.4, label=label)
        else:
            world.purchase(card, on, first, near, label=label)
            world.purchase(card, on, second, near * 0.99, label=label)


def units_with_nil_returns(world: World, declarations: int) -> None:
    """A unit that says each quarter that there was nothing."""
    unit = world.units[1]
    unit.silent_from = world.until - timedelta(days=420)
    for quarter in range(6):
        ends = world.until - timedelta(days=91 * quarter)
        nil = NilReturn(len(world.nil_returns) + 1, unit.id, ends - timedelta(days=90), ends)
        world.nil_returns.append(nil)


def weekday(on: date) -> date:
    return on - timedelta(days=max(0, on.weekday() - 4))


ALL: tuple[Callable[[World, int], None], ...] = (
    units_with_nil_returns,
    universal_suppliers,
    conferences,
    suppliers_trifles,
    namesakes,
    county_associations,
    charities_with_grants,
    partners_sandwiches,
    managed_interests,
    conditions_kept,
    press_coffees,
    contract_managers,
    cards_that_look_odd,
)
