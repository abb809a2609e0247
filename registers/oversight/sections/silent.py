"""Units of which nothing is known: no entry, and no nil return (DESIGN §1.5)."""

from urllib.parse import urlencode

from django.urls import reverse

from integrity.casework.enums import Standing
from integrity.casework.quarters import Quarter
from integrity.casework.registry import Register, registers
from integrity.ui.tables import Cell, Column, Table, number, text
from registers.oversight.marks import Mark, marked
from registers.oversight.sections.outliers import unit_name
from registers.oversight.sections.section import Section, named, numeric
from registers.oversight.seen import Audience, Seen
from registers.oversight.spans import Period
from registers.oversight.units import QUARTERS, Units

COLUMNS = (
    (Standing.DECLARED, "With entries"), (Standing.NIL, "Nil returned"),
    (Standing.SILENT, "Not recorded"), (Standing.NOT_ASKED, "Not asked"),
    (Standing.NOT_DUE, "Not due yet"),
)  # fmt: skip


def section(seen: Seen, units: Units) -> Section:
    """Counts of units for a board too; which units they are, for PSD. Never for the public."""
    tables = [standing(seen, units)]
    if seen.audience == Audience.PSD:
        tables.append(silent(seen, units))
    note = "The group of ranks does not narrow this part." if seen.asked.band else ""
    return Section("silent", "Silent units", tables, note)


def standing(seen: Seen, units: Units) -> Table:
    asked = [register for register in registers() if register.policies is not None]
    rows = [
        named(
            f"{register.name}, {Quarter(quarter.starts_on).words}",
            *(cell(seen, units, register, quarter, each) for each, _ in COLUMNS),
        )
        for register in asked
        for quarter in units.quarters
    ]
    return Table(
        "units-standing",
        "What is known of units, quarter by quarter",
        [Column("Register and quarter"), *numeric(*(label for _, label in COLUMNS))],
        rows,
        note=f"The last {QUARTERS} quarters that the period touches, each of them whole.",
        definition=(
            "Each unit counts once for each register and quarter: it has entries, or its head "
            "returned nil, or nothing is known of it. It was not asked where no policy was in force, "
            "and nothing is due while the quarter goes on. Entries withdrawn count: somebody spoke."
        ),
    )


def cell(
    seen: Seen, units: Units, register: Register, quarter: Period, each: Standing
) -> Cell:  # fmt: skip
    """How many units; of one force, with the way to the desk's list of them."""
    many = units.standing(register.slug, quarter.starts_on, each)
    if not many:
        return marked(Mark.ZERO)
    if seen.audience != Audience.PSD or len(seen.asked.forces) != 1 or seen.asked.unit:
        return number(many)
    query = {
        "force": seen.asked.forces[0].code,
        "register": register.slug,
        "quarter": Quarter(quarter.starts_on).key,
    }
    return number(many, f"{reverse('admin:nil-returns')}?{urlencode(query)}")


def silent(seen: Seen, units: Units) -> Table:
    names = {register.slug: register.name for register in registers()}
    rows = [
        [
            text(unit_name(seen, each)),
            number(int(each["heads"])),
            number(int(each["quarters"])),
            text(", ".join(sorted(names[slug] for slug in each["registers"]))),
        ]
        for each in units.silent
    ]
    more = units.silent_units - len(units.silent)
    return Table(
        "units-silent",
        "Units of which nothing is known",
        [Column("Unit"), *numeric("People today", "Silences"), Column("Registers")],
        rows,
        note=f"{more} more units were silent, less often." if more > 0 else "",
        nothing="Every unit has entries or has returned nil.",
        definition=(
            "A silence is one register in one quarter that is over, in which a unit was asked, "
            "entered nothing and returned no nil."
        ),
    )
