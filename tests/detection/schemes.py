"""The planted schemes: seventeen kinds, each from a sentence of RULES "Cross-checks".

Of each the people, the true organisations and the records are kept, so that a match can be judged.
"""

from datetime import timedelta

from registers.crosschecks.enums import Check
from tests.detection.names import Mention, spelt, written
from tests.detection.planter import Kind, Planter
from tests.detection.records import Condition, Offer, Record, Review, Scheme
from tests.detection.words import FRAMEWORKS


def hospitality_then_award(p: Planter) -> Scheme:
    who, firm, award = p.officer(), p.firm(), p.late_day()
    offer = p.treat(who, award - p.between(14, 330), p.declared(firm), declined=0.3)
    contract = p.world.contract(award, [], firm.category, mentions=[p.noticed(firm)])
    p.trade(firm, award)
    return p.scheme([who], [firm], [("case", offer.case), ("contract", contract.id)])


def open_tender(p: Planter) -> Scheme:
    who, firm, opens = p.officer(), p.firm(), p.late_day(margin=60)
    rivals = p.rng.sample(p.world.pools["suppliers"], 2)
    tender = p.world.tender(opens, p.rng.randint(30, 60), rivals, f"{firm.category}, four years")
    tender.bidders.append(p.noticed(firm))
    length = (tender.closes_on - opens).days
    on = opens + timedelta(days=p.rng.randint(2, length - 2))
    on -= p.between(0, 0)
    offer = p.treat(who, on, p.declared(firm))
    return p.scheme([who], [firm], [("case", offer.case), ("tender", tender.id)])


def around_payment(p: Planter) -> Scheme:
    who, firm, paid = p.officer(), p.firm(), p.late_day()
    payment = p.world.payment(paid, firm, p.rng.uniform(4000, 60000))
    gap = p.between(2, 21)
    on = paid - gap if p.rng.random() < 0.6 or p.fault else paid + gap
    offer = p.treat(who, on, p.declared(firm))
    return p.scheme([who], [firm], [("case", offer.case), ("payment", payment.id)])


def merchant_is_provider(p: Planter) -> Scheme:
    card, holder = p.holder()
    firm = p.firm(("hotel", "garage", "catering", "stationery", "shop"), card=True)
    on, who = p.late_day(), holder
    if p.rng.random() < 0.2:
        mates = p.world.members[holder.unit]
        who = p.rng.choice([one for one in mates if one.leaves_on is None] or [holder])
    offer = p.treat(who, on - p.between(2, 25), p.declared(firm), declined=0)
    days = [on + timedelta(days=6 * turn) for turn in range(p.rng.randint(1, 3))]
    records = [("case", offer.case), *p.bought(card, firm, days, (0.3, 0.8))]
    return p.scheme([who, holder], [firm], records, cards=[card.id])


def own_interest_in_supplier(p: Planter) -> Scheme:
    who, firm, award = p.officer(), p.firm(), p.late_day()
    interest = p.stake(who, firm, award - p.between(30, 400))
    p.ended(interest)
    contract = p.world.contract(award, [], firm.category, mentions=[p.noticed(firm)])
    paid = p.trade(firm, award)
    return p.scheme([who], [firm], [("case", interest.case), ("contract", contract.id), *paid])


def interest_in_payee(p: Planter) -> Scheme:
    """A relative's business that is paid, or the card holder's own from which they buy."""
    if p.rng.random() < 0.3:
        card, who = p.holder()
        firm = p.firm(("catering", "garage", "stationery", "shop"), card=True)
        on = p.late_day(margin=60)
        interest = p.stake(who, firm, on - p.between(30, 300))
        days = [on + timedelta(days=9 * turn) for turn in range(3)]
        records = p.bought(card, firm, days, (0.3, 0.8))
        cards = [card.id]
    else:
        who, firm, on, cards = p.officer(), p.firm(), p.late_day(margin=90), []
        interest = p.stake(who, firm, on - p.between(30, 300), relative=True)
        records = p.trade(firm, on, p.rng.randint(2, 6))
    p.ended(interest)
    return p.scheme([who], [firm], [("case", interest.case), *records], cards=cards)


def interest_is_provider(p: Planter) -> Scheme:
    sectors = ("security", "training", "gym", "building", "law", "consultancy")
    who, firm, on = p.officer(), p.firm(sectors), p.late_day()
    interest = p.stake(who, firm, on - p.between(20, 350))
    p.ended(interest)
    offer = p.treat(who, on, written(firm, "offer", p.rng), declined=0)
    return p.scheme([who], [firm], [("case", interest.case), ("case", offer.case)])


def repeat_host(p: Planter) -> Scheme:
    sectors = ("restaurant", "hotel", "consultancy", "it", "pub", "security")
    who, firm, last = p.officer(), p.firm(sectors), p.late_day()
    offers: list[Offer] = []
    for turn in range(p.rng.randint(4, 7)):
        gap = timedelta(days=300 * turn if p.fault == "no-window" else turn * p.rng.randint(30, 50))
        mention = spelt(firm, "same but for case and legal form", p.rng)[0]
        offers.append(p.treat(who, last - gap, mention if turn % 3 else p.declared(firm)))
    return p.scheme([who], [firm], [("case", offer.case) for offer in offers])


def media_hospitality(p: Planter) -> Scheme:
    who, briefed = p.officer(), p.late_day(margin=60)
    outlet = p.rng.choice(p.world.pools["outlets"][5:])
    p.spelling = "misspelt" if p.rng.random() < 0.25 else "same but for case and legal form"
    contact = p.world.contact(who, briefed, Mention(outlet.id, outlet.core), "A live operation")
    gap = -p.between(3, 40) if p.fault else p.between(3, 40)
    offer = p.treat(who, briefed + gap, p.declared(outlet), declined=0)
    offer.provider_kind = "media"
    return p.scheme([who], [outlet], [("case", contact.case), ("case", offer.case)])


def condition_named(p: Planter) -> Scheme:
    """'No work for X' was the condition, and then X gives the lunch, wins or is paid."""
    who, barred, on = p.officer(), p.firm(), p.late_day(margin=20)
    set_on = on - p.between(40, 300)
    employer = p.world.names.firm(p.rng.choice(("security", "training", "building")))
    where = written(employer, "interest", p.rng)
    interest = p.world.interest(who, set_on, "waged", "Works at weekends", where, hours=8)
    interest.status = "approved_with_conditions"
    name = p.declared(barred).written
    interest.conditions = [Condition("not_for", f"Not to do any work for {name}.", set_on)]
    p.ended(interest)
    way, records = len(p.schemes) % 3, [("case", interest.case)]
    if way == 0:
        offer = p.treat(who, on, written(barred, "offer", p.rng), declined=0)
        records.append(("case", offer.case))
    elif way == 1:
        mention = Mention(barred.id, barred.legal)
        made = p.world.contract(on, [], barred.category, mentions=[mention])
        records.append(("contract", made.id))
    else:
        records += p.trade(barred, on, 3)
    return p.scheme([who], [barred, employer], records)


def hours_beyond(p: Planter) -> Scheme:
    who, answered = p.officer(), p.late_day()
    firm = p.world.names.firm(p.rng.choice(("gym", "shop", "security")))
    set_on = answered - timedelta(days=p.rng.randint(150, 400))
    where, limit = written(firm, "interest", p.rng), p.rng.choice((6, 8, 10, 12))
    interest = p.world.interest(who, set_on, "waged", "Instructor", where, hours=limit)
    interest.status = "approved_with_conditions"
    text = f"No more than {limit} hours a week."
    interest.conditions = [Condition("hours", text, set_on, limit)]
    more = limit if p.fault == "no-window" else limit + p.rng.choice((4, 6, 8, 12))
    interest.reviews = [Review(answered, more, closed=False)]
    return p.scheme([who], [firm], [("case", interest.case)])


def recipient_in_procurement(p: Planter) -> Scheme:
    who, firm, on = p.officer(), p.firm(), p.late_day(margin=100)
    if p.rng.random() < 0.6:
        rivals = p.rng.sample(p.world.pools["suppliers"], 2)
        tender = p.world.tender(on, 45, rivals, f"{firm.category}, renewed")
        tender.bidders.append(p.noticed(firm))
        part, end = p.rng.choice(("evaluates", "specifies", "approves")), on + timedelta(days=80)
        made = p.world.involve(who, part, on, end, tender=tender, declared="none")
        record: Record = ("tender", tender.id)
    else:
        contract = p.world.contract(on, [], firm.category, mentions=[p.noticed(firm)])
        made = p.world.involve(who, "manages", on, contract.ends_on, contract=contract)
        p.trade(firm, on)
        record = ("contract", contract.id)
    gap = -p.between(5, 40) if p.fault else p.between(5, 40)
    offer = p.treat(who, made.starts_on + gap, p.declared(firm))
    return p.scheme([who], [firm], [("case", offer.case), record])


def involved_with_interest(p: Planter) -> Scheme:
    who, firm, opens = p.officer(), p.firm(), p.late_day(margin=100)
    interest = p.stake(who, firm, opens - p.between(30, 380))
    p.ended(interest)
    tender = p.world.tender(opens, 40, p.rng.sample(p.world.pools["suppliers"], 2), "Evaluated")
    tender.bidders.append(p.noticed(firm))
    said = p.rng.choice(("", "none"))
    part = p.rng.choice(("evaluates", "approves", "specifies"))
    p.world.involve(who, part, opens, opens + timedelta(days=90), tender=tender, declared=said)
    return p.scheme([who], [firm], [("case", interest.case), ("tender", tender.id)])


def split(p: Planter) -> Scheme:
    (card, who), on = p.holder(), p.late_day()
    firm = p.world.names.firm(p.rng.choice(("building", "it", "training", "garage")), company=True)
    apart = 300 if p.fault == "no-window" else p.rng.choice((0, 0, 1))
    many = p.rng.randint(2, 4) if apart != 1 else 2
    days = [on - timedelta(days=apart * turn) for turn in range(many)]
    records = p.bought(card, firm, days, (0.88, 0.995))
    return p.scheme([who], [firm], records, cards=[card.id])


def weekends(p: Planter) -> Scheme:
    (card, who), last = p.holder(on_duty=False), p.late_day()
    saturday = last - timedelta(days=(last.weekday() + 2) % 7)
    shops = [firm for firm in p.world.pools["merchants"] if firm.category not in FRAMEWORKS]
    apart = 98 if p.fault == "no-window" else 7
    bought = []
    for week in range(p.rng.randint(8, 14)):
        on = saturday - timedelta(days=apart * week - p.rng.randint(0, 1))
        firm, amount = p.rng.choice(shops), min(p.rng.uniform(30, 180), card.limit * 0.8)
        bought.append(p.world.purchase(card, on, firm, amount))
    records = [("purchase", each.id) for each in bought]
    return p.scheme([who], [], records, cards=[card.id], days=[each.on for each in bought])


def off_framework(p: Planter) -> Scheme:
    (card, who), last = p.holder(), p.late_day()
    sectors = {"Stationery": "stationery", "Uniform": "uniform", "Hotels": "hotel"}
    firm = p.world.names.firm(sectors[p.rng.choice(list(sectors))], company=True)
    apart = 250 if p.fault == "no-window" else p.rng.randint(20, 45)
    days = [last - timedelta(days=apart * turn) for turn in range(p.rng.randint(3, 5))]
    records = p.bought(card, firm, days, (0.45, 0.85))
    return p.scheme([who], [firm], records, cards=[card.id])


def silent_unit(p: Planter) -> Scheme:
    taken = {unit for scheme in p.schemes for unit in scheme.units}
    (unit, *_) = [unit for unit in p.world.units[2:] if unit.silent_from and unit.id not in taken]
    if p.fault == "no-window":
        unit.silent_from = None
    return p.scheme([], [], [], units=[unit.id])


KINDS = (
    Kind("hospitality, then an award", 18, hospitality_then_award, (Check.OFFER_BEFORE_AWARD,)),
    Kind("hospitality in an open tender", 14, open_tender, (Check.OFFER_IN_TENDER,)),
    Kind("hospitality around a payment", 14, around_payment, (Check.OFFER_NEAR_PAYMENT,)),
    Kind("merchant that is a provider", 12, merchant_is_provider, (Check.OFFER_FROM_MERCHANT,)),
    Kind(
        "own interest in a supplier",
        16,
        own_interest_in_supplier,
        (Check.INTEREST_IN_SUPPLIER, Check.INTEREST_IN_PAYEE),
    ),
    Kind(
        "a relative's or own business that is paid",
        12,
        interest_in_payee,
        (Check.INTEREST_IN_PAYEE, Check.INTEREST_IN_SUPPLIER),
    ),
    Kind("interest that is the provider", 12, interest_is_provider, (Check.INTEREST_AND_OFFER,)),
    Kind("repeat host", 12, repeat_host, (Check.REPEAT_PROVIDER,)),
    Kind("media hospitality", 12, media_hospitality, (Check.MEDIA_HOSPITALITY,)),
    Kind("organisation a condition names", 12, condition_named, (Check.CONDITION_BROKEN,)),
    Kind("hours beyond the condition", 10, hours_beyond, (Check.CONDITION_HOURS,)),
    Kind(
        "recipient in procurement",
        12,
        recipient_in_procurement,
        (Check.RECIPIENT_IN_PROCUREMENT,),
    ),
    Kind("interest in a bidder", 12, involved_with_interest, (Check.INVOLVED_WITH_INTEREST,)),
    Kind("split under the limit", 12, split, (Check.CARD_SPLIT,)),
    Kind("weekends", 8, weekends, (Check.CARD_WEEKEND,)),
    Kind("outside the framework", 8, off_framework, (Check.CARD_OFF_FRAMEWORK,)),
    Kind("silent unit", 4, silent_unit, (Check.SILENT_UNIT,)),
)


def shares(many: int) -> list[tuple[Kind, int]]:
    """How many of each kind: at least one while they last, the rest as their shares say."""
    whole = sum(kind.share for kind in KINDS)
    counts = [max(1, many * kind.share // whole) for kind in KINDS]
    turn = 0
    while (missing := many - sum(counts)) != 0:
        step = 1 if missing > 0 else -1
        if step > 0 or counts[turn % len(KINDS)] > (0 if many < len(KINDS) else 1):
            counts[turn % len(KINDS)] += step
        turn += 1
    return list(zip(KINDS, counts, strict=True))


def plant_all(planter: Planter, many: int) -> list[Scheme]:
    """So many schemes, kind by kind."""
    return [planter.plant(kind) for kind, count in shares(many) for _ in range(count)]


def silent_units(many: int) -> int:
    """How many units a world with so many schemes needs that fall silent."""
    return shares(many)[-1][1]
