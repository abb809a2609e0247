"""What a force buys and its people declare on ordinary days, up to the sizes asked for."""

from datetime import date, timedelta

from tests.detection.names import Firm, written
from tests.detection.words import (
    EMPLOYERS,
    FIRST_NAMES,
    FRAMEWORKS,
    HOSTS,
    MERCHANTS,
    SUPPLIES,
    SURNAMES,
    TOWNS,
)
from tests.detection.world import DAYS, World, skewed

SMALL = (
    ("Box of chocolates", "gift"),
    ("Tin of biscuits", "gift"),
    ("Thank-you card and flowers", "gift"),
    ("Bottle of wine", "gift"),
    ("Home-made cake", "gift"),
    ("Tea and biscuits", "hospitality"),
    ("Cup of coffee", "hospitality"),
    ("Sandwich while on duty", "hospitality"),
)
FROM_BUSINESS = (
    ("Free coffee in uniform", "gratuity", 3),
    ("Meal while on patrol", "gratuity", 9),
    ("Discount on food", "discount", 4),
    ("Soft drink and snack", "hospitality", 4),
    ("Hamper at Christmas", "gift", 25),
    ("Tickets to a local match", "hospitality", 22),
    ("Lunch after a talk", "hospitality", 14),
)
WORK = {
    "waged": ("Sales assistant", "Bar staff", "Delivery driver", "Receptionist"),
    "self_employed": ("Photographer", "Joiner", "Dog trainer", "Gardener", "Baker"),
    "directorship": ("Director", "Company secretary", "Partner"),
    "family_business": ("Helps in the family firm", "Bookkeeping"),
    "training": ("First-aid trainer", "Tutor", "Lecturer"),
    "consultancy": ("Adviser",),
    "letting": ("Lets a house",),
    "hobby": ("Sells paintings", "Bee-keeping"),
    "performance": ("Plays in a band",),
    "voluntary": ("Coach", "Trustee", "School governor"),
}
OFTEN = (30, 22, 12, 8, 9, 5, 16, 4, 2, 14)
TOPICS = """Appeal for witnesses|Road closure|Court result|Burglary figures|Missing person found|
Recruitment day|Knife amnesty|Speed enforcement|Community award|Festival policing""".replace(
    "\n", ""
).split("|")


def fill_pools(world: World, declarations: int, rows: int) -> None:
    """The firms of each part of life, the best-known first; a few stand in two pools."""
    rng, names, pools = world.rng, world.names, world.pools

    def some(sectors: list[str], many: int, *, company: bool | None = None) -> list[Firm]:
        return [names.firm(rng.choice(sectors), company=company) for _ in range(many)]

    pools["suppliers"] = some(SUPPLIES, max(40, rows // 60))
    pools["merchants"] = some(MERCHANTS, max(30, rows // 250))
    pools["hosts"] = some(HOSTS, max(40, declarations // 10))
    pools["employers"] = some(EMPLOYERS, max(30, declarations // 12))
    both = pools["merchants"][:: max(1, len(pools["merchants"]) // 60)]
    pools["hosts"] += [firm for firm in both if firm.sector in ("shop", "restaurant", "pub")]
    rng.shuffle(pools["hosts"])
    outlets = [f"{town} {rng.choice(('Gazette', 'Evening Post', 'Echo'))}" for town in TOWNS]
    outlets += [f"Radio {names.coined()}" for _ in range(8)] + ["Daily Sentinel", "North Today"]
    pools["outlets"] = [names.named(each, sector="shop", company=False) for each in outlets]
    for category in FRAMEWORKS:
        sectors = {firm.category: firm.sector for firm in names.firms}
        sector = sectors.get(category, "stationery")
        chosen = [names.firm(sector, company=True) for _ in range(rng.randint(2, 4))]
        pools[f"framework {category}"] = chosen
        for firm in chosen:
            world.firm_labels[firm.id] = "framework supplier, written another way"
            for _ in range(12):  # by invoice, besides what is bought by card
                world.payment(world.day(), firm, rng.lognormvariate(7, 0.8))
        for years_ago in (4, 2):
            on = world.until - timedelta(days=365 * years_ago + 20)
            world.contract(on, chosen, category, years=2.1, framework=True)


def buy(world: World, rows: int) -> None:
    """Tenders, contracts, payments and purchases, until there are as many rows as asked for."""
    _contract(world, rows)
    _pay(world, rows)
    _use_cards(world, rows)


def _contract(world: World, rows: int) -> None:
    rng, suppliers = world.rng, world.pools["suppliers"]
    weights = skewed(len(suppliers), 0.8)
    for number in range(int(rows * 0.012)):
        firms = rng.choices(suppliers, cum_weights=weights, k=rng.randint(2, 5))
        award, tender = world.day(), None
        if number % 3 == 0:
            days = rng.randint(28, 60)
            opens = award - timedelta(days=days + rng.randint(20, 90))
            tender = world.tender(opens, days, firms, f"{firms[0].category} for the force")
            for part in rng.sample(("evaluates", "approves", "specifies", "advises"), 2):
                who = world.officer(opens)
                world.involve(who, part, opens, award, tender=tender, declared="none")
        winners = firms[: 2 if rng.random() < 0.08 else 1]
        winners = list({firm.id: firm for firm in winners}.values())
        made = world.contract(award, winners, firms[0].category, tender=tender)
        if number % 4 == 0:
            world.involve(world.officer(award), "manages", award, made.ends_on, contract=made)


def _pay(world: World, rows: int) -> None:
    rng, suppliers = world.rng, world.pools["suppliers"]
    many = int(rows * 0.66) - len(world.payments)
    chosen = rng.choices(suppliers, cum_weights=skewed(len(suppliers)), k=max(0, many))
    for firm in chosen:
        payee = None if rng.random() < 0.03 else firm
        amount = rng.lognormvariate(7.2, 1.1)
        world.payment(world.day(), payee, -amount if rng.random() < 0.02 else amount)


def _use_cards(world: World, rows: int) -> None:
    rng, merchants = world.rng, world.pools["merchants"]
    ordinary = [firm for firm in merchants if firm.category not in FRAMEWORKS]
    off_framework = [firm for firm in merchants if firm.category in FRAMEWORKS]
    weights = skewed(len(ordinary), 0.7)
    for _ in range(rows - world.rows):
        card = rng.choice(world.cards)
        unit = world.units[world.people[card.holder - 1].unit - 1]
        on, amount = world.day(), min(rng.lognormvariate(3.5, 0.9), card.limit * 0.99)
        if on.weekday() >= 5 and not unit.on_duty and rng.random() < 0.94:
            on -= timedelta(days=rng.randint(2, 4))
        chance, label = rng.random(), "weekend of a unit on duty" if on.weekday() >= 5 else ""
        if chance < 0.25:
            firm = rng.choice(world.pools[f"framework {rng.choice(FRAMEWORKS)}"])
        elif chance < 0.253 and off_framework:
            firm, amount = rng.choice(off_framework), min(amount, rng.uniform(4, 60))
            label = "small and urgent, off the framework"
        else:
            (firm,) = rng.choices(ordinary, cum_weights=weights)
        world.purchase(card, on, firm, amount, label=label)


def declare(world: World, declarations: int) -> None:
    """Offers, interests and contacts, until there are as many declarations as asked for."""
    rng = world.rng
    host_weights = skewed(len(world.pools["hosts"]), 0.6)
    employers = skewed(len(world.pools["employers"]), 0.5)
    outlets = skewed(len(world.pools["outlets"]))
    while (made := world.declarations) < declarations:
        on = world.day()
        if len(world.offers) < made * 0.63:
            _offer(world, on, host_weights)
        elif len(world.interests) < made * 0.15:
            _interest(world, on, employers)
        else:
            (outlet,) = rng.choices(world.pools["outlets"], cum_weights=outlets)
            who = world.officer(on, world.press if rng.random() < 0.5 else None)
            world.contact(who, on, written(outlet, "contact", rng), rng.choice(TOPICS))


def _offer(world: World, on: date, host_weights: list[float]) -> None:
    rng = world.rng
    who = world.officer(on)
    if rng.random() < 0.55:
        what, kind = rng.choice(SMALL)
        giver = f"{rng.choice(FIRST_NAMES)} {rng.choice(SURNAMES)}" if rng.random() < 0.7 else ""
        value = rng.lognormvariate(1.9, 0.6)
        accepted = rng.random() < 0.75
        made = world.offer(who, on, None, what, value, accepted=accepted, kind=kind)
        made.provider_kind, made.individual = "public", giver
        return
    (host,) = rng.choices(world.pools["hosts"], cum_weights=host_weights)
    what, kind, usual = rng.choice(FROM_BUSINESS)
    value, accepted = usual * rng.uniform(0.6, 1.6), rng.random() < (0.6 if usual < 12 else 0.4)
    mention = written(host, "offer", rng)
    world.offer(who, on, mention, what, value, accepted=accepted, kind=kind)


def _interest(world: World, on: date, weights: list[float]) -> None:
    rng = world.rng
    who = world.officer(on)
    (category,) = rng.choices(list(WORK), OFTEN)
    alone = category in ("letting", "hobby", "performance") or rng.random() < 0.15
    (firm,) = rng.choices(world.pools["employers"], cum_weights=weights)
    where = None if alone else written(firm, "interest", rng)
    hours = None if category == "letting" else rng.choice((2, 4, 6, 8, 10, 12, 16))
    made = world.interest(who, on, category, rng.choice(WORK[category]), where, hours=hours)
    if category == "family_business" and rng.random() < 0.5:
        made.relative = f"{rng.choice(('Sister', 'Husband', 'Wife', 'Father'))}, {who.last_name}"
    chance = rng.random()
    if chance < 0.03:
        made.status = "refused"
    elif chance < 0.04:
        made.status = "withdrawn"
    elif chance < 0.3 and on < world.start + timedelta(days=DAYS - 200):
        ended = on + timedelta(days=rng.randint(60, 190))
        made.status, made.ceased_on = "ceased", ended
