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


def section(seen: Seen) -> Section:
    return Section("investigations", "Investigations closed", [table(seen)])


def table(seen: Seen) -> Table:
    asked = seen.asked
    period = asked.period if seen.public else months_over(asked.period, seen.today)
    why_not = "" if period else NO_MONTH
    if asked.unit is not None or asked.band is not None:
        why_not = NOT_NARROWED
    rows: list[list[Cell]] = []
    forces = asked.forces if len(asked.forces) > 1 else []
    if period is not None and not why_not:
        told = seen if seen.public else _over(seen, period)
        each = [*(told.of_force(force) for force in forces), told]
        rows = [named(label, *(_count(of, {kind}) for of in each)) for kind, label in KINDS]
        rows.append(named("All", *(_count(of, None) for of in each)))
    return Table(
        "investigations-closed",
        "Investigations closed, by what they were about",
        [Column("About"), *numeric(*(force.name for force in forces), "Closed")],
        rows,
        note=f"{period.words}." if rows and period else "",
        nothing=why_not,
        definition=DEFINITION,
    )


def _over(seen: Seen, period: Period) -> Seen:
    """Of whole months alone, since only their tally says anything of investigations to a board."""
    if all(len(list(bucket.months())) == 1 for bucket in seen.buckets):
        return seen.within(period)
    return seen.over(period, [Measure.CLOSED], [period])


def _count(seen: Seen, kinds: set[str] | None) -> Cell:
    return seen.count(Measure.CLOSED, kinds)


def months_over(period: Period, today: date) -> Period | None:
    """The whole months of a period that are over; none where there is none."""
    first = period.starts_on
    if first.day != 1:
        first = add_months(first.replace(day=1), 1)
    after = min(period.ends_on + date.resolution, today).replace(day=1)
    return Period(first, after - date.resolution) if first < after else None
