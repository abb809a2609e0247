"""Planting schemes: who and which firm, how its two sides are written, how far apart things lie."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registers.crosschecks.enums import Check
from tests.detection.names import SPELLINGS, Firm, Mention, spelt
from tests.detection.records import Card, Interest, Offer, Person, Record, Scheme
from tests.detection.world import DAYS, World

SUPPLY = "it fleet building consultancy security cleaning training uniform garage catering".split()
TREATS = (
    ("Dinner for two", 55, 140),
    ("Day at the races in a box", 120, 380),
    ("Theatre tickets and supper", 60, 160),
    ("Golf day with lunch", 70, 190),
    ("Weekend at a hotel", 180, 450),
    ("Hospitality box at the football", 90, 260),
    ("Case of wine", 60, 150),
)
BY_CARD = {"same but for case and legal form", "misspelt", "abbreviated", "town added"}


@dataclass(frozen=True)
class Kind:
    """A kind of scheme, how many of 200 are of it, and the checks any of which finds it."""

    name: str
    share: int
    plant: Callable[["Planter"], Scheme]
    checks: tuple[Check, ...]


class Planter:
    """Plants one scheme after another; nobody is in two.

    The fault ``no-window`` puts years between what would have been days.
    """

    def __init__(self, world: World, *, fault: str = "") -> None:
        self.world, self.fault = world, fault
        self.rng = random.Random(world.seed + 1)  # noqa: S311
        self.schemes: list[Scheme] = []
        self.used: set[int] = set()
        self.spelling = self.answer = ""
        self.kind: Kind

    def plant(self, kind: Kind) -> Scheme:
        self.kind, self.spelling, self.answer = kind, "", ""
        made = kind.plant(self)
        self.schemes.append(made)
        return made

    def scheme(
        self, people: Sequence[Person], firms: Sequence[Firm], records: Sequence[Record],
        *, cards: Sequence[int] = (), units: Sequence[int] = (), days: Sequence[date] = (),
    ) -> Scheme:  # fmt: skip
        if cards and any(firm.merchant != firm.core.upper() for firm in firms):
            self.spelling = f"{self.spelling}; and as a card's statement has it"
        return Scheme(
            number=len(self.schemes) + 1,
            kind=self.kind.name,
            checks=frozenset(self.kind.checks),
            people=frozenset(person.id for person in people),
            firms=frozenset(firm.id for firm in firms),
            records=frozenset(records),
            cards=frozenset(cards),
            units=frozenset(units),
            spelling=self.spelling,
            answer=self.answer,
            first=min(days) if days else None,
            last=max(days) if days else None,
        )

    # -- who and what ----------------------------------------------------------------------------

    def between(self, low: int, high: int) -> timedelta:
        """A gap of so many days; with the fault, years more, earlier."""
        extra = 800 if self.fault == "no-window" else 0
        return timedelta(days=extra + self.rng.randint(low, high))

    def late_day(self, *, margin: int = 40) -> date:
        """A day late enough that what came before it, even years before, is in the world."""
        earliest = DAYS - 200 if self.fault == "no-window" else 430
        return self.world.start + timedelta(days=self.rng.randint(earliest, DAYS - margin))

    def officer(self) -> Person:
        """Somebody of an ordinary unit who still serves, and is in no other scheme."""
        holders = {card.holder for card in self.world.cards}
        while True:
            one = self.world.officer(self.world.until)
            if one.id not in self.used | holders and one.unit != self.world.press:
                self.used.add(one.id)
                return one

    def holder(self, *, on_duty: bool | None = None) -> tuple[Card, Person]:
        """A card and its holder, in no other scheme; of an office unit where that matters."""
        world = self.world
        free = [card for card in world.cards if card.holder not in self.used]
        units = {card.id: world.units[world.people[card.holder - 1].unit - 1] for card in free}
        fit = [
            card
            for card in free
            if units[card.id].silent_from is None
            and (on_duty is None or units[card.id].on_duty == on_duty)
        ]
        card = self.rng.choice(fit)
        self.used.add(card.holder)
        return card, world.people[card.holder - 1]

    def firm(self, sectors: Sequence[str] = SUPPLY, *, card: bool = False) -> Firm:
        """A new firm, and the way in which the two sides of this scheme will differ."""
        names = [name for name in SPELLINGS if not card or name in BY_CARD]
        (self.spelling,) = self.rng.choices(names, [SPELLINGS[name] for name in names])
        sector = self.rng.choice(sectors)
        trades = self.spelling == "trading name"
        firm = self.world.names.firm(sector, company=True)
        while bool(firm.trading) != trades:
            firm = self.world.names.firm(sector, company=True)
        if trades:
            said = Mention(firm.id, f"{firm.legal} T/A {firm.trading}".upper())
            self.world.payment(self.late_day(), firm, self.rng.uniform(300, 4000), payee=said)
        return firm

    def declared(self, firm: Firm) -> Mention:
        """As the declarant writes it; notes where a name could not be changed as intended."""
        mention, self.spelling = spelt(firm, self.spelling, self.rng)
        return mention

    def noticed(self, firm: Firm) -> Mention:
        """As a contract notice writes it, with the company number where both sides have it."""
        both = self.spelling == "one company number on both"
        return Mention(firm.id, firm.legal, firm.number if both else "")

    def trade(self, firm: Firm, since: date, many: int = 4) -> list[Record]:
        """Some payments from a day on, as any supplier has."""
        rng, until = self.rng, self.world.until
        span = max(1, (until - since).days)
        days = (since + timedelta(days=rng.randint(0, span)) for _ in range(many))
        paid = [self.world.payment(on, firm, rng.lognormvariate(8, 0.8)) for on in days]
        return [("payment", each.id) for each in paid]

    def treat(self, who: Person, on: date, mention: Mention, *, declined: float = 0.15) -> Offer:
        """Hospitality of substance; some of it was declined, which is no less telling."""
        what, low, high = self.rng.choice(TREATS)
        accepted = self.rng.random() >= declined
        self.answer = "accepted" if accepted else "declined"
        kinds = ("contractor", "prospective_supplier", "local_business", "local_business")
        value, kind = self.rng.uniform(low, high), self.rng.choice(kinds)
        return self.world.offer(
            who, on, mention, what, value, accepted=accepted, provider_kind=kind
        )

    def stake(self, who: Person, firm: Firm, on: date, *, relative: bool = False) -> Interest:
        """An approved interest in a firm: a directorship, a job, or a relative's business."""
        category, work = self.rng.choice(
            (("directorship", "Director"), ("waged", "Works there"), ("consultancy", "Adviser"))
        )
        mention = self.declared(firm)
        if not relative:
            return self.world.interest(who, on, category, work, mention, hours=6)
        whose = f"{self.rng.choice(('Wife', 'Husband', 'Brother', 'Daughter'))}, {who.last_name}"
        return self.world.interest(
            who, on, "family_business", "Owns the firm", mention, relative=whose
        )

    def bought(
        self, card: Card, firm: Firm, days: Sequence[date], share: tuple[float, float]
    ) -> list[Record]:
        """Purchases on these days, each of such a share of the card's limit."""
        low, high = share
        made = [
            self.world.purchase(card, on, firm, card.limit * self.rng.uniform(low, high))
            for on in days
        ]
        return [("purchase", each.id) for each in made]

    def ended(self, interest: Interest) -> None:
        """With the fault, the interest had ceased years before."""
        if self.fault == "no-window":
            interest.status, interest.ceased_on = "ceased", interest.on + timedelta(days=40)
