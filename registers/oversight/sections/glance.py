"""The page's first table: what was entered and decided, beside the period before."""

from integrity.casework.registry import registers
from integrity.ui.tables import Column, Table
from registers.oversight.enums import Measure
from registers.oversight.sections.section import Section, named, numeric
from registers.oversight.seen import Seen

SHOWN = ("gifts", "business_interests", "media_contacts")


def section(seen: Seen) -> Section:
    return Section("glance", "At a glance", [entries(seen)])


def entries(seen: Seen) -> Table:
    """Entries of each register; the marks say where there are none because nobody was asked."""
    rows = [
        named(
            register.name,
            seen.count(Measure.ENTRIES, {register.slug}, of=register.slug),
            seen.count(Measure.WITHDRAWN, {register.slug}, of=register.slug),
            seen.count(Measure.CHALLENGES, {register.slug}, of=register.slug),
        )
        for register in registers()
        if register.slug in SHOWN
    ]
    return Table(
        "entries-by-register",
        "Entries by register",
        [Column("Register"), *numeric("Entries", "of which withdrawn", "Challenges")],
        rows,
        definition=(
            "An entry counts on the day that it is about, and where it names none, on that of its "
            "receipt. Entries withdrawn are counted here and nowhere else. A challenge counts on the "
            "day on which it was sent, whenever its entry was made."
        ),
    )
