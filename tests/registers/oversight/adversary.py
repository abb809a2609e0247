"""Whoever reads every published page: what each cell counts, and what can be worked out of all of them.

What each cell of a table counts is said here anew, by the words that a reader sees.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations, product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from integrity.casework.clocks import add_months
from integrity.people.models import Force
from integrity.ui.tables import Cell, Table
from registers.oversight import published
from registers.oversight.asking import Asked
from registers.oversight.boards import board_dashboard
from registers.oversight.marks import Mark
from registers.oversight.seen import Audience
from registers.oversight.spans import Period
from tests.builders import TODAY, World

FIRST = date(2024, 4, 1)
QUARTERS = 6  # in which something was declared, of two years
EARLIER = 8  # before them, in which nothing was
KINDS = {"Gifts and gratuities": "gratuity", "Hospitality": "hospitality"}
DECISIONS = {"Accepted": "accepted", "Declined": "declined"}
# How many, quarter by quarter; each key has small numbers of its own.
COUNTS = {
    ("NMR", "gratuity", "declined"): (6, 3, 2, 0, 1, 1),
    ("NMR", "gratuity", "accepted"): (1, 1, 1, 1, 5, 0),
    ("NMR", "hospitality", "declined"): (0, 4, 0, 0, 0, 2),
    ("EVL", "gratuity", "declined"): (5, 0, 1, 4, 3, 3),
    ("EVL", "hospitality", "accepted"): (0, 0, 0, 2, 6, 1),
}

Atom = tuple[str, int, str, str]  # force, quarter from FIRST, kind, decision


def truth(atoms: Iterable[Atom]) -> int:
    found = 0
    for code, quarter, kind, decision in atoms:
        counts = COUNTS.get((code, kind, decision), ())
        found += counts[quarter] if 0 <= quarter < len(counts) else 0
    return found


# --- every page -----------------------------------------------------------------------------------


def pages(world: World) -> Iterable[tuple[Asked, Sequence[Table]]]:
    """The page under every filter that it takes."""
    every = [world.northmoor, world.eastvale]
    ranges = [(a, b) for a, b in combinations(range(QUARTERS + 1), 2)]
    chosen: list[tuple[list[Force], bool]] = [(every, True), *(([force], False) for force in every)]
    for (forces, all_of_them), (a, b) in product(chosen, ranges):
        asked = Asked(forces, period(a, b - 1), board=world.body, every_force=all_of_them)
        found = board_dashboard(
            asked, audience=Audience.PUBLIC, reader=world.governance_member, today=TODAY
        )
        yield asked, [table for section in found for table in section.tables]


def period(first: int, last: int) -> Period:
    return Period(add_months(FIRST, 3 * first), add_months(FIRST, 3 * last + 3) - date.resolution)


def atoms(
    forces: Sequence[Force], over: Period, kinds: set[str], decisions: set[str]
) -> frozenset[Atom]:
    def number(day: date) -> int:
        return ((day.year - FIRST.year) * 12 + day.month - FIRST.month) // 3

    quarters = range(number(over.starts_on), number(over.ends_on) + 1)
    return frozenset(product((force.code for force in forces), quarters, kinds, decisions))


BOTH, EITHER = set(KINDS.values()), {*DECISIONS.values(), "undecided"}
LINES = {
    "Gifts and hospitality offered": (BOTH, EITHER),
    "Gifts and hospitality declined": (BOTH, {"declined"}),
    "Hospitality offered": ({"hospitality"}, EITHER),
    "Hospitality declined": ({"hospitality"}, {"declined"}),
}


def meaning(asked: Asked, table: Table) -> Iterable[tuple[frozenset[Atom], Cell]]:
    """Each cell about gifts, and what it counts."""
    labels = [column.label for column in table.columns]
    before, year_ago = asked.period.before(), Period(
        add_months(asked.period.starts_on, -12),
        add_months(asked.period.ends_on.replace(day=1), -11) - date.resolution,
    )  # fmt: skip
    periods = {"This period": asked.period, "The period before": before, "A year ago": year_ago}
    buckets = published.quarters(asked.period)
    for at, row in enumerate(table.rows):
        name = row[0].shown
        for label, cell in zip(labels[1:], row[1:], strict=True):
            decisions = {DECISIONS[label]} if label in DECISIONS else EITHER
            if table.slug == "offers-by-time" and label in DECISIONS:
                yield atoms(asked.forces, buckets[at], BOTH, decisions), cell
            elif table.slug == "offers" and name in KINDS and label in (*DECISIONS, "All"):
                yield atoms(asked.forces, asked.period, {KINDS[name]}, decisions), cell
            elif table.slug == "compared" and name in LINES and label in periods:
                yield atoms(asked.forces, periods[label], *LINES[name]), cell
            elif table.slug == "side-by-side" and name in LINES:
                of = [force for force in asked.forces if force.name == label]
                yield atoms(of, asked.period, *LINES[name]), cell


type Told = dict[frozenset[Atom], Cell]


def everything(world: World) -> Told:
    """Every cell of every page, by what it counts; a figure that is told twice is told alike."""
    found: Told = {}
    for asked, tables in pages(world):
        for table in tables:
            for counts, cell in meaning(asked, table):
                before = found.setdefault(counts, cell)
                assert (before.value, before.mark) == (cell.value, cell.mark)
    return found


def exact(told: Told) -> dict[frozenset[Atom], int]:
    """What is told as a number, or as a mark that says there was nothing."""
    nothing = {Mark.ZERO, Mark.NIL, Mark.NOT_RECORDED, Mark.NOT_ASKED}
    found = {}
    for counts, cell in told.items():
        if cell.mark in nothing:
            found[counts] = 0
        elif isinstance(cell.value, int):
            found[counts] = cell.value
    return found


# --- the adversary --------------------------------------------------------------------------------


def recovered_by_subtraction(told: Told) -> list[tuple[int, int]]:
    """All pairs of exact figures, one within the other, that leave one to four."""
    every = sorted({atom for counts in told for atom in counts})
    bit = {atom: 1 << n for n, atom in enumerate(every)}
    found = [(sum(bit[atom] for atom in counts), n) for counts, n in exact(told).items()]
    assert len(found) > 100
    return [
        (n, m) for (a, n), (b, m) in combinations(found, 2)
        if (a & b == a or a & b == b) and abs(n - m) in range(1, 5)
    ]  # fmt: skip


def recovered_by_solving(told: Told, secrets: Iterable[frozenset[Atom]]) -> list[frozenset[Atom]]:
    """Sums that can only be one number, by all that was told together, in whole numbers.

    “12+” is at least twelve, and what is withheld may be anything.
    """
    every = sorted({atom for counts in told for atom in counts})
    at = {atom: n for n, atom in enumerate(every)}
    numbers = exact(told)
    rows, low, high = [], [], []
    for counts, cell in told.items():
        row = np.zeros(len(every))
        row[[at[atom] for atom in counts]] = 1
        least = numbers.get(counts)
        if least is None:
            least = int(cell.shown.rstrip("+").replace(",", "")) if "+" in cell.shown else 0
        rows.append(row)
        low.append(least)
        high.append(numbers.get(counts, np.inf))
    known = LinearConstraint(np.array(rows), low, high)
    found = []
    for secret in secrets:
        aim = np.zeros(len(every))
        aim[[at[atom] for atom in secret]] = 1
        ends = []
        for sign in (1, -1):
            solved = milp(
                sign * aim,
                constraints=known,
                bounds=Bounds(0, 60),
                integrality=np.ones(len(every)),
            )
            assert solved.success, solved.message
            ends.append(round(sign * solved.fun))
        assert ends[0] <= truth(secret) <= ends[1]
        if ends[0] == ends[1]:
            found.append(secret)
    return found


def secrets_in(told: Told) -> list[frozenset[Atom]]:
    """Each number of one to four: of one quarter, force and key, and of the cells that are withheld."""
    single = {
        frozenset({(code, quarter, kind, decision)})
        for (code, kind, decision), counts in COUNTS.items()
        for quarter, n in enumerate(counts)
        if n in range(1, 5)
    }
    withheld = [c for c, cell in told.items() if cell.mark == Mark.FEW and truth(c) in range(1, 5)]
    return [*sorted(single, key=sorted), *withheld[:20]]
