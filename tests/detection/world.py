"""One fictional force over four years: its people, whom it pays, and what they declare.

Everything here is ordinary; what looks like wrongdoing and is not comes from `innocent`, what is
meant to be found from `schemes`. Sizes follow the number of declarations and of rows asked for.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from tests.detection.names import Firm, Mention, Names, written
from tests.detection.records import (
    Card,
    Contact,
    Contract,
    Interest,
    Involvement,
    NilReturn,
    Offer,
    Payment,
    Person,
    Purchase,
    Record,
    Tender,
    Unit,
)
from tests.detection.words import FIRST_NAMES, SURNAMES, TOWNS

DAYS = 4 * 365
RANKS = ("PC",) * 14 + ("PS",) * 4 + ("Insp",) * 2 + ("CI", "Supt")
ON_DUTY = ("Response", "Custody", "Roads Policing", "Firearms", "Dogs", "Control Room", "Events")
OFFICE = """Finance|HR|Procurement|Estates|Training|Crime Analysis|Vetting|Licensing|Fraud|
Intelligence|Witness Care|Criminal Justice|IT|Neighbourhood|CID|Partnerships""".replace("\n", "")


@dataclass
class World:
    """The records so far, and the pools of firms from which the next ones are drawn."""

    seed: int
    until: date
    people: list[Person] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    tenders: list[Tender] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    nil_returns: list[NilReturn] = field(default_factory=list)
    pools: dict[str, list[Firm]] = field(default_factory=dict)
    labels: dict[Record, str] = field(default_factory=dict)
    firm_labels: dict[int, str] = field(default_factory=dict)
    cases: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311
        self.names = Names(self.rng)
        self.start = self.until - timedelta(days=DAYS)

    @property
    def declarations(self) -> int:
        return len(self.offers) + len(self.interests) + len(self.contacts)

    @property
    def rows(self) -> int:
        return len(self.contracts) + len(self.payments) + len(self.purchases)

    def day(self, earliest: int = 0, latest: int = DAYS - 1) -> date:
        """A day so many days after the start."""
        return self.start + timedelta(days=self.rng.randint(earliest, max(earliest, latest)))

    def case(self, label: str = "") -> int:
        self.cases += 1
        if label:
            self.labels["case", self.cases] = label
        return self.cases

    def officer(self, on: date, unit: int | None = None) -> Person:
        """Somebody who serves that day, in a unit that then still declares."""
        while True:
            one = self.rng.choice(self.members[unit] if unit is not None else self.people)
            silent = self.units[one.unit - 1].silent_from
            if (silent is None or on < silent) and (one.leaves_on is None or on <= one.leaves_on):
                return one

    # -- one record each -------------------------------------------------------------------------

    def offer(
        self,
        person: Person,
        on: date,
        provider: Mention | None,
        what: str,
        value: float,
        *,
        accepted: bool,
        kind: str = "hospitality",
        provider_kind: str = "local_business",
        individual: str = "",
        label: str = "",
    ) -> Offer:
        light = value <= 6 and kind == "hospitality"
        case = self.case(label)
        made = Offer(
            case, person.id, on, what, round(value, 2), accepted, kind, provider_kind, provider
        )
        made.individual, made.light = individual, light
        self.offers.append(made)
        return made

    def interest(
        self, person: Person, on: date, category: str, occupation: str, where: Mention | None,
        *, label: str = "", relative: str = "", hours: float | None = None,
    ) -> Interest:  # fmt: skip
        made = Interest(self.case(label), person.id, on, category, occupation, where, relative)
        made.hours = hours
        self.interests.append(made)
        return made

    def contact(self, person: Person, on: date, outlet: Mention, about: str) -> Contact:
        name = f"{self.rng.choice(FIRST_NAMES)} {self.rng.choice(SURNAMES)}"
        made = Contact(self.case(), person.id, on, outlet, name, about)
        self.contacts.append(made)
        return made

    def tender(self, opens_on: date, days: int, firms: Sequence[Firm], title: str) -> Tender:
        bidders = [
            written(firm, "contract", self.rng) for firm in {f.id: f for f in firms}.values()
        ]
        amount = round(self.rng.lognormvariate(11.5, 1.2), 2)
        closes = opens_on + timedelta(days=days)
        made = Tender(len(self.tenders) + 1, title, opens_on, closes, amount, bidders)
        self.tenders.append(made)
        return made

    def contract(
        self, on: date, firms: Sequence[Firm], category: str, *, years: float = 2,
        tender: Tender | None = None, framework: bool = False, label: str = "",
        mentions: Sequence[Mention] = (),
    ) -> Contract:  # fmt: skip
        suppliers = list(mentions) or [written(firm, "contract", self.rng) for firm in firms]
        key, ends = len(self.contracts) + 1, on + timedelta(days=int(365 * years))
        title = f"{category}: {'framework' if framework else 'supply'} {key}"
        amount = round(self.rng.lognormvariate(11, 1.3), 2)
        made = Contract(key, title, category, on, ends, amount, suppliers)
        made.tender, made.framework = tender.id if tender else None, framework
        self.contracts.append(made)
        if label:
            self.labels["contract", key] = label
        return made

    def payment(
        self, on: date, firm: Firm | None, amount: float, *, label: str = "", what: str = "",
        payee: Mention | None = None,
    ) -> Payment:  # fmt: skip
        payee = payee or (written(firm, "spend", self.rng) if firm else None)
        category = firm.category if firm else "Compensation"
        key = len(self.payments) + 1
        made = Payment(key, on, round(amount, 2), category, payee, what)
        self.payments.append(made)
        if label:
            self.labels["payment", key] = label
        return made

    def purchase(
        self, card: Card, on: date, firm: Firm, amount: float, *, label: str = "",
        merchant: Mention | None = None,
    ) -> Purchase:  # fmt: skip
        merchant = merchant or written(firm, "card", self.rng)
        key = len(self.purchases) + 1
        made = Purchase(key, card.id, on, round(amount, 2), firm.category, merchant)
        self.purchases.append(made)
        if label:
            self.labels["purchase", key] = label
        return made

    def involve(
        self, person: Person, part: str, starts_on: date, ends_on: date | None,
        *, tender: Tender | None = None, contract: Contract | None = None,
        declared: str = "", declaration: str = "",
    ) -> Involvement:  # fmt: skip
        made = Involvement(
            len(self.involvements) + 1,
            person.id,
            tender.id if tender else None,
            contract.id if contract else None,
            part,
            starts_on,
            ends_on,
            declared,
            declaration,
        )
        self.involvements.append(made)
        return made

    # -- people ----------------------------------------------------------------------------------

    def people_it(self, declarations: int, *, schemes: int, silent: int) -> None:
        """Units of about forty with a manager each; the last ``silent`` of them stop declaring."""
        many = max(90, declarations // 12)
        of_units = max(8 + silent, many // 40)
        names = [f"{kind} ({town})" for town in TOWNS for kind in ON_DUTY]
        offices = [f"{kind} ({town})" for town in TOWNS for kind in OFFICE.split("|")]
        self.rng.shuffle(names)
        self.rng.shuffle(offices)
        for number in range(of_units):
            on_duty = number % 5 < 2
            name = names.pop() if on_duty and names else offices.pop()
            self.units.append(Unit(number + 1, name, on_duty))
        press = Unit(len(self.units) + 1, "Press Office")
        self.units.append(press)
        self.press = press.id
        for unit in self.units[-1 - silent : -1]:
            unit.silent_from = self.until - timedelta(days=self.rng.randint(400, 480))
        for number in range(many):
            unit = self.units[number % len(self.units)]
            self.people.append(self._person(number + 1, unit))
        self.members: dict[int, list[Person]] = {unit.id: [] for unit in self.units}
        for person in self.people:
            self.members[person.unit].append(person)
        heads = [members[0] for members in self.members.values()]
        for members in self.members.values():
            members[0].grade, members[0].leaves_on = "Insp", None
            for person in members[1:]:
                person.manager = members[0].id
        for head in heads[1:]:
            head.manager = heads[0].id
        holders = self.rng.sample(self.people, max(14, many // 16, schemes // 2))
        for number, person in enumerate(holders):
            person.leaves_on = None
            limit = self.rng.choice((250, 500, 500, 1000))
            self.cards.append(Card(number + 1, person.id, limit))

    def _person(self, key: int, unit: Unit) -> Person:
        rng = self.rng
        staff = not unit.on_duty and rng.random() < 0.6
        leaves = self.day(300) if rng.random() < 0.06 else None
        rank = "Staff" if staff else rng.choice(RANKS)
        first, last = rng.choice(FIRST_NAMES), rng.choice(SURNAMES)
        return Person(key, first, last, rank, unit.id, leaves_on=leaves, is_staff=staff)


def skewed(many: int, power: float = 1.0) -> list[float]:
    """Cumulative weights of the first, second, … of a pool: a few are everywhere, most are rare."""
    return list(accumulate(1 / (rank + 3) ** power for rank in range(many)))
