"""Several forces of one body side by side, each figure marked by its own force's ground."""

from integrity.ui.tables import Column, Table
from registers.oversight.sections.national import LINES, RATES
from registers.oversight.sections.section import Section, named, numeric
from registers.oversight.seen import Seen


def section(seen: Seen) -> Section:
    """No query of its own: the forces were told apart when the figures were read."""
    forces = [seen.of_force(force) for force in seen.asked.forces]
    columns = numeric(*(force.name for force in seen.asked.forces))
    figures = Table(
        "side-by-side",
        "The forces side by side",
        [Column("Figure"), *columns],
        [named(line.label, *(line.cell(each) for each in forces)) for line in LINES],
        definition="Forces differ in size and in what they ask for: a larger number is not a worse one.",
    )
    rates = Table(
        "side-by-side-rates",
        "Their rates side by side",
        [Column("Rate"), *columns],
        [named(rate.label, *(rate.cell(each) for each in forces)) for rate in RATES],
    )
    return Section("alliance", "Side by side", [figures, rates])
