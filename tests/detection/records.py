"""What the made-up world holds: records of the registers, before any of them is in a database."""

from dataclasses import dataclass, field
from datetime import date

from tests.detection.names import Mention

type Record = tuple[str, int]  # ('case', 41), ('contract', 7): the kind and the primary key


@dataclass(slots=True)
class Unit:
    """A unit; those on duty work weekends, and ``silent_from`` is when one stops declaring."""

    id: int
    name: str
    on_duty: bool = False
    silent_from: date | None = None


@dataclass(slots=True)
class Person:
    id: int
    first_name: str
    last_name: str
    grade: str
    unit: int
    manager: int | None = None
    leaves_on: date | None = None
    is_staff: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(slots=True)
class Offer:
    """``case`` is the case's key, which offers share with interests and contacts; pounds exact."""

    case: int
    person: int
    on: date
    what: str
    value: float
    accepted: bool
    kind: str
    provider_kind: str
    provider: Mention | None
    individual: str = ""
    light: bool = False


@dataclass(slots=True)
class Condition:
    kind: str
    text: str
    set_on: date
    hours: int | None = None


@dataclass(slots=True)
class Review:
    on: date
    hours: float | None
    closed: bool


@dataclass(slots=True)
class Interest:
    case: int
    person: int
    on: date
    category: str
    occupation: str
    organisation: Mention | None
    relative: str = ""
    status: str = "approved"
    hours: float | None = None
    ceased_on: date | None = None
    supplies_force: bool = False
    conditions: list[Condition] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)


@dataclass(slots=True)
class Contact:
    case: int
    person: int
    on: date
    outlet: Mention
    journalist: str
    about: str


@dataclass(slots=True)
class Tender:
    id: int
    title: str
    opens_on: date
    closes_on: date
    amount: float
    bidders: list[Mention]


@dataclass(slots=True)
class Contract:
    id: int
    title: str
    category: str
    awarded_on: date
    ends_on: date
    amount: float
    suppliers: list[Mention]
    tender: int | None = None
    framework: bool = False


@dataclass(slots=True)
class Payment:
    """``payee`` is None where the name was withheld."""

    id: int
    on: date
    amount: float
    category: str
    payee: Mention | None
    description: str = ""


@dataclass(slots=True)
class Card:
    id: int
    holder: int
    limit: int


@dataclass(slots=True)
class Purchase:
    id: int
    card: int
    on: date
    amount: float
    category: str
    merchant: Mention


@dataclass(slots=True)
class Involvement:
    id: int
    person: int
    tender: int | None
    contract: int | None
    part: str
    starts_on: date
    ends_on: date | None
    declared: str = ""
    declaration: str = ""


@dataclass(slots=True)
class NilReturn:
    id: int
    unit: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Scheme:
    """What was planted: a match tells of it that names one of these people, units or cards, and one
    of these records or organisations (true identities).

    ``checks`` are the checks of its family, any of which finds it. ``spelling`` says how its two
    sides write the organisation, ``answer`` whether what was offered was accepted.
    """

    number: int
    kind: str
    checks: frozenset[str]
    people: frozenset[int]
    firms: frozenset[int]
    records: frozenset[Record]
    cards: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    spelling: str = ""
    answer: str = ""
    first: date | None = None
    last: date | None = None
