"""What the cross-checks found: open and disposed of (HMIC 2012, pp. 29–31)."""

from datetime import date

from integrity.ui.tables import Column, Table
from integrity.ui.templatetags.ui import day
from registers.crosschecks.enums import Check, Disposition
from registers.crosschecks.permissions import READERS
from registers.oversight.live import Live
from registers.oversight.piles import AGES
from registers.oversight.sections.section import Section, named, numeric

STANDINGS = (("open", "Open"), ("changed", "Changed since decided"))
NARROWED = (
    "A match is of the unit and group of ranks of its entry; one without an entry is of the unit that "
    "it names, and of no group of ranks."
)


def section(live: Live) -> Section | None:
    """For whoever reads matches in a force that is asked about; nobody else may know of any."""
    reader, here = live.here.reader, live.here
    if reader is None or not reader.scope(*READERS).forces & set(here.asked.force_ids):
        return None
    note = NARROWED if here.asked.unit or here.asked.band else ""
    return Section("matches", "Cross-checks", [by_check(live), by_age(live)], note)


def by_check(live: Live) -> Table:
    columns = [*STANDINGS, *((str(value), str(label)) for value, label in Disposition.choices)]
    found = live.by_part("matches", 0)
    rows = [
        named(str(check.label), *(live.cell("matches", {check}, {value}) for value, _ in columns))
        for check in Check
        if check in found
    ]
    rows.append(named("All", *(live.cell("matches", None, {value}) for value, _ in columns)))
    return Table(
        "matches-by-check",
        "Matches by check",
        [Column("Check"), *numeric(*(label for _, label in columns))],
        rows,
        note=last_run(live),
        definition=(
            "Open matches are those of today. Those disposed of are counted where that was in the "
            "period. Matches that a check no longer finds, and those about you or people in your "
            "line of management, are not here. The same provider and recipient again and again, and "
            "units that declare nothing, are checks of their own."
        ),
    )


def by_age(live: Live) -> Table:
    rows = [
        named(label, *(live.cell("matches", None, {value}, {age}) for age in AGES))
        for value, label in STANDINGS
    ]
    return Table(
        "matches-by-age",
        "Open matches by how long ago they were found",
        [Column("Matches"), *numeric(*AGES.values())],
        rows,
        definition="By whole days since what was compared last changed.",
    )


def last_run(live: Live) -> str:
    """Since when everything has been compared, for the force that waits longest."""
    days = {key[0]: key[1] for key in live.keys("whole_runs")}
    never = [force.name for force in live.here.asked.forces if not days.get(str(force.pk))]
    if never:
        return f"Everything has never been compared in {', '.join(never)}."
    oldest = date.fromisoformat(min(days.values()))
    return f"Everything was last compared on {day(oldest)}."
