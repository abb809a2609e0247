"""The points at which a register tells the platform about itself (DESIGN §4), from AppConfig.ready()."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from integrity.casework.importing.feed import Feed
from integrity.casework.importing.importer import Importer
from integrity.casework.models import Case, Draft, PolicyRowQuerySet
from integrity.casework.workflow import Workflow
from integrity.people.models import User


@dataclass(frozen=True, slots=True)
class Summary:
    """A case in one line, in plain words, as one reader may see it."""

    case: Case
    title: str
    status: str
    tone: str
    path: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a case: what it is, and what it says. With a path it is a link."""

    label: str
    value: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Appearance:
    """One of a person's or an organisation's other entries, for the case page."""

    reference: str
    path: str
    title: str
    on: date
    status: str


@dataclass(frozen=True, slots=True)
class Start:
    """Something a declarant can begin, for the home page."""

    label: str
    path: str
    hint: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """What one register's policy says to one person."""

    title: str
    summary: str
    points: Sequence[str]
    since: date
    joint: bool


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft, as its writer finds it again."""

    draft: Draft
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Register:
    """A register as the platform knows it; each function returns only what the reader may see.

    ``stated`` is what a case states now, field by field as a CaseVersion keeps it; ``words`` are
    what the register calls the values in it. ``recorded`` says the facts of an event as lines, for
    its receipt. For a person's own data, ``stated_from`` are the relations that ``stated`` follows
    from a case, ``rulings`` what outcomes and the actions that follow them are called,
    ``for_psd_alone`` those that no declarant reads, and ``holds`` what else the register holds about
    somebody that they may read. ``team_pages`` are pages about the reader's team, ``daily`` does what a day brings
    by itself and says how many of each thing it did. ``took_part`` are cases of others in which
    somebody took part, so that they find them among their own. A register that is nobody's own declarations
    has nothing to sign off. ``policies`` are the rows by which a force asks its people to declare;
    ``nothing`` is what a unit's head may confirm of a quarter: 'Nothing was offered in {unit}'.
    """

    slug: str
    name: str
    prefix: str
    summaries: Callable[[User, Iterable[Case]], Sequence[Summary]]
    team: Callable[[User], Sequence[Summary]]
    starts: Callable[[User], Sequence[Start]]
    unfinished: Callable[[Draft], Unfinished]
    policy: Callable[[User], PolicyCard | None]
    about_person: Callable[[User, Case], Sequence[Appearance]]
    for_sign_off: Callable[[User, int, date, date], "Mapping[str, object]"] | None = None
    queues: Callable[[User], Sequence["QueueCount"]] = field(default=lambda user: ())
    importer: Importer | None = None
    workflow: Workflow = field(default_factory=Workflow)
    stated: Callable[[Case], Mapping[str, Any]] = field(default=lambda case: {})
    words: Mapping[str, str] = field(default_factory=dict)
    recorded: Callable[[Mapping[str, Any]], Iterable["Fact"]] = field(default=lambda facts: ())
    team_pages: Callable[[User], Sequence[Start]] = field(default=lambda user: ())
    daily: Callable[[datetime], Mapping[str, int]] = field(default=lambda now: {})
    took_part: Callable[[User], QuerySet[Case] | None] = field(default=lambda user: None)
    stated_from: Sequence[str] = ()
    rulings: Mapping[str, str] = field(default_factory=dict)
    for_psd_alone: Collection[str] = ()
    holds: Callable[[User], Mapping[str, Any]] = field(default=lambda user: {})
    policies: Callable[[], PolicyRowQuerySet[Any]] | None = None
    nothing: str = ""

    @property
    def takes_nil_returns(self) -> bool:
        return self.policies is not None and self.nothing != ""


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many cases wait in a queue of the desk."""

    label: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Where something goes on in another register: what is opened there, or was."""

    label: str
    path: str


Opener = Callable[..., Opening | None]
# What is done by itself, at an instant; it says how many of each thing it did.
Chore = Callable[[datetime], Mapping[str, int]]

_chores: dict[str, dict[str, Chore]] = {"minute": {}, "day": {}}
_registers: dict[str, Register] = {}
_starts: dict[str, Callable[[User], Sequence[Start]]] = {}
_also_hold: dict[str, Callable[[User], Mapping[str, Any]]] = {}
_openers: dict[str, Opener] = {}
_feeds: dict[str, Feed] = {}
_beside: dict[str, Callable[[User, Case], Sequence[Appearance]]] = {}
_menu: dict[str, Callable[[User], str]] = {}


def register(entry: Register) -> None:
    """Make a register known; an app calls this once, from ready()."""
    _registers[entry.slug] = entry


def feed(entry: Feed) -> None:
    """Make a feed known; its slug is no register's. An app calls this from ready()."""
    _feeds[entry.slug] = entry


def feeds() -> Sequence[Feed]:
    return tuple(_feeds.values())


def importable(slug: str) -> Register | Feed:
    """The register or feed of this slug. Raises KeyError."""
    return _feeds[slug] if slug in _feeds else named(slug)


def opens(what: str, by: Opener) -> None:
    """Say how what this register holds is opened from another: an offer, an investigation.

    An opener takes the reader and what it begins from; none where the reader may not.
    """
    _openers[what] = by


def beside(label: str, by: Callable[[User, Case], Sequence[Appearance]]) -> None:
    """Have the desk's page of a case show what else its reader should see beside it: matches."""
    _beside[label] = by


def found_beside(user: User, case: Case) -> Mapping[str, Sequence[Appearance]]:
    """What stands beside a case for this reader, by its heading; nothing for what there is none of."""
    found = {label: by(user, case) for label, by in _beside.items()}
    return {label: appearances for label, appearances in found.items() if appearances}


def begins(name: str, by: Callable[[User], Sequence[Start]]) -> None:
    """Have the home page offer what waits for somebody where no register of cases does."""
    _starts[name] = by


def in_menu(label: str, by: Callable[[User], str]) -> None:
    """Have the menu offer a page of no register: its path for whoever may open it, or nothing.

    Every page asks, so it should need no query of its own.
    """
    _menu[label] = by


def menu_entries(user: User) -> list[tuple[str, str]]:
    """The label and path of each such page that this person may open."""
    return [(label, path) for label, by in _menu.items() if (path := by(user))]


def starts(user: User) -> list[Start]:
    """What somebody can begin; what waits for them outside the registers comes first."""
    found = [start for by in _starts.values() for start in by(user)]
    return found + [start for register in registers() for start in register.starts(user)]


def also_holds(name: str, by: Callable[[User], Mapping[str, Any]]) -> None:
    """Have somebody's own data tell what is held about them where no register of cases does."""
    _also_hold[name] = by


def also_held(person: User) -> dict[str, Mapping[str, Any]]:
    """What is held about somebody besides their entries that they may read, by who holds it."""
    found = {each.slug: each.holds(person) for each in registers()}
    found |= {name: by(person) for name, by in _also_hold.items()}
    return {name: held for name, held in found.items() if held}


def by_itself(name: str, every: str, chore: Chore) -> None:
    """Have the worker do something every "minute" or "day", besides what registers do daily."""
    _chores[every][name] = chore


def chores(every: str) -> Mapping[str, Chore]:
    return _chores[every]


def opener(what: str) -> Opener | None:
    return _openers.get(what)


def entries_of(user: User) -> QuerySet[Case]:
    """Everything about somebody, typed by them, or in which they took part, the latest first."""
    entries = Case.objects.own(user)
    for each in registers():
        others = each.took_part(user)
        if others is not None:
            entries = entries | Case.objects.filter(pk__in=others.values("pk"))
    return entries


def registers() -> Sequence[Register]:
    return tuple(_registers.values())


def named(slug: str) -> Register:
    return _registers[slug]
