"""Providers and units that stand out."""

from dataclasses import replace

from django.urls import reverse

from integrity.casework.registry import registers
from integrity.people.models import Unit
from integrity.ui.tables import Cell, Column, Table, text
from integrity.ui.templatetags.ui import money
from registers.oversight.enums import Measure
from registers.oversight.providers import Provider, foremost
from registers.oversight.sections.section import Section, numeric
from registers.oversight.seen import Seen
from registers.oversight.units import ENOUGH, FAR, MOST, QUARTERS, Units

NOT_BY_BAND = "How many people a unit has is not known by group of ranks, so nothing is compared."


def section(seen: Seen, units: Units) -> Section:
    """For PSD alone: organisations and units are named."""
    tables = [providers(seen), apart(seen, units), by_unit(seen, units)]
    return Section("outliers", "What stands out", tables)


def providers(seen: Seen) -> Table:
    before = seen.asked.period.before()
    rows = [provider_row(seen, each) for each in foremost(seen.asked)]
    labels = ("Offers", "of which accepted", "Pounds", "Offers in the period before")
    return Table(
        "providers",
        "Providers of most offers, and of the most valuable",
        [Column("Provider"), *numeric(*labels)],
        rows,
        note=f"The period before is {before.words}.",
        nothing="No organisation offered anything in this period.",
        definition=(
            "The ten organisations from which most offers came, and the ten whose offers were worth "
            "most, taken together. Records that an analyst merged are one organisation. The pounds "
            "are the most that the items may be worth, accepted or declined. People are left out."
        ),
    )


def provider_row(seen: Seen, each: Provider) -> list[Cell]:
    ids = {str(pk) for pk in each.ids}
    asked = seen.asked
    every = seen.behind(Measure.PROVIDERS, [ids], asked.period)
    taken = seen.behind(Measure.PROVIDERS, [ids, {"accepted"}], asked.period)
    return [
        text(each.name, reverse("admin:organisations-page", args=[each.root])),
        seen.cell(int(each.offers), "", asked.period, every),
        seen.cell(int(each.accepted), "", asked.period, taken),
        Cell(money(each.pounds), each.pounds, every),
        seen.cell(int(each.before), "", asked.period),
    ]


def over(seen: Seen, units: Units) -> str:
    """What is said where the period is longer than units are compared over."""
    if units.period == seen.asked.period:
        return ""
    return f"Over the last {QUARTERS} quarters that the period touches: {units.period.words}."


def apart(seen: Seen, units: Units) -> Table:
    names = {register.slug: register.name for register in registers()}
    rows = [
        [
            text(unit_name(seen, each)),
            text(names[each["register"]]),
            of_unit(seen, units, each, each["register"], int(each["n"])),
            text(f"{each['expected']:.1f}"),
            text("More" if each["n"] > each["expected"] else "Fewer"),
        ]
        for each in units.odd
    ]
    note = " ".join(filter(None, (over(seen, units), NOT_BY_BAND if seen.asked.band else "")))
    return Table(
        "units-apart",
        "Units that enter more or less than the rest of their force",
        [
            Column("Unit"), Column("Register"),
            *numeric("Entries", "At the force’s own rate"), Column("So it enters"),
        ],
        rows,
        note=note,
        nothing="No unit stands out.",
        definition=(
            "What a unit would enter at its force’s own rate is the entries of all its units, shared "
            f"out by how many people each has today. A unit stands out where that is at least {ENOUGH} "
            f"and its own entries differ from it by more than {FAR} times its square root, which "
            "chance alone does to fewer than one unit in a hundred. It says where to look and nothing "
            "more: a press office has more contacts than a custody suite."
        ),
    )  # fmt: skip


def by_unit(seen: Seen, units: Units) -> Table:
    known = [
        each
        for each in registers()
        if each.slug in ("gifts", "business_interests", "media_contacts")
    ]
    rows = []
    for each in units.entered:
        counts = [
            of_unit(seen, units, each, register.slug, int(each["by_register"][register.slug]))
            for register in known
        ]
        people = int(each["heads"])
        rate = f"{10 * each['n'] / people:.1f}" if people else ""
        rows.append([text(unit_name(seen, each)), Cell(str(people), people), *counts, text(rate)])
    return Table(
        "units-by-entries",
        "Units of most entries",
        [
            Column("Unit"),
            *numeric("People today", *(register.name for register in known), "For each ten people"),
        ],
        rows,
        note=over(seen, units),
        nothing="No unit entered anything.",
        definition=(
            f"The {MOST} units with most entries of all registers taken together, withdrawn ones too. "
            "An entry is of the unit in which whoever it is about served then."
        ),
    )  # fmt: skip


def unit_name(seen: Seen, each: dict) -> str:
    """A unit, with its force where there are several."""
    if len(seen.asked.forces) == 1:
        return str(each["name"])
    force = next(force for force in seen.asked.forces if force.pk == each["force_id"])
    return f"{each['name']}, {force.name}"


def of_unit(seen: Seen, units: Units, each: dict, register: str, n: int) -> Cell:
    """How many entries a unit has in a register; it opens into them."""
    force = next(force for force in seen.asked.forces if force.pk == each["force_id"])
    unit = Unit(pk=each["id"], name=each["name"], force_id=each["force_id"])
    alone = replace(seen, asked=replace(seen.asked.of(force), unit=unit))
    path = alone.behind(Measure.ENTRIES, [{register}], units.period)
    return seen.cell(n, "", units.period, path)
