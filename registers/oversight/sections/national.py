"""A force's figures beside its own earlier ones, and its rates beside those of 2011-12.

HMIC 2012 (pp. 24, 31) published figures of the 44 forces for September 2011 to May 2012. They are what
was found then and no target: more declared may be better kept registers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from integrity.casework.clocks import add_months
from integrity.ui.tables import Cell, Column, Table, text
from registers.governance.findings import latest_statement
from registers.oversight.enums import Measure
from registers.oversight.marks import Mark, marked
from registers.oversight.sections.section import Section, named, numeric
from registers.oversight.seen import Parts, Seen
from registers.oversight.spans import Period

MEASURES = (
    Measure.OFFERS, Measure.APPLICATIONS, Measure.REVIEWS, Measure.CHECKS, Measure.CONTACTS,
    Measure.CHALLENGES,
)  # fmt: skip
OFFERED = {"gratuity", "hospitality"}
APPROVED = {"approved", "approved_with_conditions"}
SOURCE = (
    "National rates: HMIC, Revisiting Police Relationships (2012), 44 forces, September 2011 to May 2012. "
    "Of 3,512 entries about 550 were declined, as 33 forces recorded it; 476 of 1,662 entries of "
    "hospitality; of 3,858 applications 3,714 were approved, over a third of them with conditions, 103 "
    "refused and 5 withdrawn. They are what was found then, and no target."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure that is compared."""

    label: str
    measure: Measure
    parts: Parts

    def cell(self, seen: Seen) -> Cell:
        return seen.count(self.measure, *self.parts)

    def whole(self, seen: Seen) -> int | None:
        return seen.whole(self.measure, *self.parts)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of one figure in another, and what it was nationally."""

    label: str
    of: Line
    among: Line
    nationally: str

    def cell(self, seen: Seen) -> Cell:
        """In whole per cent; where either is withheld, so is the share."""
        part, whole = self.of.whole(seen), self.among.whole(seen)
        if part is None or whole is None:
            return marked(Mark.FEW)
        if not whole:
            return self.among.cell(seen)
        share = (Decimal(100) * part / whole).quantize(Decimal(1))
        return Cell(f"{share}%", f"{share}%")


def line(label: str, measure: Measure, *parts: set[str] | None) -> Line:
    return Line(label, measure, parts)


OFFERS = line("Gifts and hospitality offered", Measure.OFFERS, OFFERED)
DECLINED = line("Gifts and hospitality declined", Measure.OFFERS, OFFERED, {"declined"})
HOSPITALITY_DECLINED = line("Hospitality declined", Measure.OFFERS, {"hospitality"}, {"declined"})
HOSPITALITY = line("Hospitality offered", Measure.OFFERS, {"hospitality"})
APPLICATIONS = line("Applications", Measure.APPLICATIONS, None)
GRANTED = line("Applications approved", Measure.APPLICATIONS, APPROVED)
CONDITIONS = line("Approved with conditions", Measure.APPLICATIONS, {"approved_with_conditions"})
REFUSED = line("Applications refused", Measure.APPLICATIONS, {"refused"})
CONTACTS = line("Contacts with the media", Measure.CONTACTS, None)
LINES = (
    OFFERS,
    DECLINED,
    HOSPITALITY,
    HOSPITALITY_DECLINED,
    APPLICATIONS,
    GRANTED,
    CONDITIONS,
    REFUSED,
    line("Reviews of interests done", Measure.REVIEWS, None),
    line("Checks of conditions", Measure.CHECKS, None),
    CONTACTS,
    line("Challenges sent", Measure.CHALLENGES, None),
)
RATES = (
    Rate("Offers declined", DECLINED, OFFERS, "About a sixth, as 33 forces recorded it"),
    Rate("Hospitality declined", HOSPITALITY_DECLINED, HOSPITALITY, "29%"),
    Rate("Applications approved", GRANTED, APPLICATIONS, "96%"),
    Rate("Approvals with conditions", CONDITIONS, GRANTED, "Over a third"),
    Rate("Applications refused", REFUSED, APPLICATIONS, "3%"),
)


def earlier(period: Period) -> tuple[Period, Period]:
    """The period before, and the same a year ago; of one that is longer than a year, that before twice."""
    back = -12
    if len(list(period.months())) > -back:
        return period.before(), period.before()
    if period.is_of_whole_months:
        last = add_months(period.ends_on.replace(day=1), back + 1) - date.resolution
    else:
        last = add_months(period.ends_on, back)
    return period.before(), Period(add_months(period.starts_on, back), last)


def section(seen: Seen, then: Seen, last_year: Seen) -> Section:
    """What was seen beside the same of the two earlier periods, which may be one."""
    beside = [("The period before", then), ("A year ago", last_year)]
    if then.asked.period == last_year.asked.period:
        beside = beside[:1]
    tables = [compared(seen, beside), rates(seen, beside)]
    if (scale := per_head(seen)) is not None:
        tables.append(scale)
    return Section("compared", "Compared with earlier", tables)


def compared(seen: Seen, beside: Sequence[tuple[str, Seen]]) -> Table:
    rows = [
        named(
            each.label,
            each.cell(seen),
            *(each.cell(other) for _, other in beside),
            text(change(each, seen, beside[0][1])),
        )
        for each in LINES
    ]
    return Table(
        "compared",
        "This period and earlier ones",
        [
            Column("Figure"),
            *numeric("This period", *(label for label, _ in beside)),
            Column("Change"),
        ],
        rows,
        note="; ".join(f"{label}: {other.asked.period.words}" for label, other in beside) + ".",
        definition="The change is from the period before. It is said in words, and is no target.",
    )


def change(line: Line, seen: Seen, before: Seen) -> str:
    """A change in words; where nobody was asked or nothing was recorded in one of the two, that it is none."""
    now, then = line.whole(seen), line.whole(before)
    if now is None or then is None:
        return "Cannot be told"
    if not {line.cell(each).mark for each in (seen, before)} <= {"", str(Mark.ZERO), str(Mark.NIL)}:
        return "Not compared"
    if now == then:
        return "The same"
    return f"{abs(now - then):,} {'more' if now > then else 'fewer'}"


def rates(seen: Seen, beside: Sequence[tuple[str, Seen]]) -> Table:
    rows = [
        named(
            each.label,
            each.cell(seen),
            *(each.cell(other) for _, other in beside),
            text(each.nationally),
        )
        for each in RATES
    ]
    columns = numeric("This period", *(label for label, _ in beside))
    return Table(
        "rates",
        "Rates beside those of 2011–12",
        [Column("Rate"), *columns, Column("National, 2011–12")],
        rows,
        note=SOURCE,
        definition=(
            "Declined: of the gifts, gratuities and hospitality offered. Approved, with or without "
            "conditions, and refused: of all applications, whatever became of them since."
        ),
    )


def per_head(seen: Seen) -> Table | None:
    """Figures for each 1,000 people of a force, where it states how many it has, with its source."""
    asked = seen.asked
    if asked.unit is not None or asked.band is not None or len(asked.forces) != 1:
        return None
    stated = latest_statement(asked.forces[0], asked.period.ends_on)
    if stated is None or not stated.headcount:
        return None
    # what somebody typed is not for the public
    source = "" if seen.public else f": {stated.headcount_source}"
    rows = []
    for each in (OFFERS, APPLICATIONS, CONTACTS):
        many = each.whole(seen)
        cell = marked(Mark.FEW)
        if many is not None:
            rate = (Decimal(1000) * many / stated.headcount).quantize(Decimal("0.1"))
            cell = Cell(str(rate), str(rate)) if many else each.cell(seen)
        rows.append(named(each.label, cell))
    return Table(
        "per-head",
        "For each 1,000 people of the force",
        [Column("Figure"), *numeric("For each 1,000")],
        rows,
        note=f"{stated.headcount:,} people as of {stated.as_of:%-d %B %Y}{source}.",
    )
