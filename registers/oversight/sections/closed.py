"""Investigations as a board may know of them: how many of each category were closed, for a force, month by month.

Not one that is open, nor a unit, nor a person: that would tell somebody that they are looked into.
"""

from datetime import date

from integrity.casework.clocks import add_months
from integrity.ui.tables import Cell, Column, Table
from registers.investigations.enums import NOT_CATEGORISED, Category
from registers.oversight.enums import Measure
from registers.oversight.sections.section import Section, named, numeric
from registers.oversight.seen import Seen
from registers.oversight.spans import Period

NOT_NARROWED = (
    "Investigations are told for whole forces alone. Take the unit and the group of ranks off the "
    "filter to see them."
)
NO_MONTH = "No whole month of this period is over yet."
DEFINITION = (
    "An investigation counts in the month in which its outcome was given. Only months that are over are "
    "counted, and nothing is told of what is still open."
)
KINDS = [*((str(each), str(each.label)) for each in Category), ("", NOT_CATEGORISED)]


def section(seen: Seen, told: Seen | None) -> Section:
    """Of what was seen, ``told`` being the same over ``months_told``, if any."""
    return Section("investigations", "Investigations closed", [table(seen, told)])


def table(seen: Seen, told: Seen | None) -> Table:
    asked = seen.asked
    why_not = "" if told else NO_MONTH
    if asked.unit is not None or asked.band is not None:
        why_not = NOT_NARROWED
    rows: list[list[Cell]] = []
    forces = asked.forces if len(asked.forces) > 1 else []
    if told is not None and not why_not:
        each = [*(told.of_force(force) for force in forces), told]
        rows = [named(label, *(_count(of, {kind}) for of in each)) for kind, label in KINDS]
        rows.append(named("All", *(_count(of, None) for of in each)))
    return Table(
        "investigations-closed",
        "Investigations closed, by what they were about",
        [Column("About"), *numeric(*(force.name for force in forces), "Closed")],
        rows,
        note=f"{told.asked.period.words}." if rows and told else "",
        nothing=why_not,
        definition=DEFINITION,
    )


def _count(seen: Seen, kinds: set[str] | None) -> Cell:
    return seen.count(Measure.CLOSED, kinds)


def months_over(period: Period, today: date) -> Period | None:
    """The whole months of a period that are over; none where there is none.

    Only their tally says anything of investigations to a board.
    """
    first = period.starts_on
    if first.day != 1:
        first = add_months(first.replace(day=1), 1)
    after = min(period.ends_on + date.resolution, today).replace(day=1)
    return Period(first, after - date.resolution) if first < after else None
