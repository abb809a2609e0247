"""Second jobs and business interests: applied for, decided, and kept to (HMIC 2012, pp. 26–30)."""

from collections import defaultdict
from collections.abc import Mapping

from integrity.ui.tables import Cell, Column, Table, text
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    CeasedBecause,
    CheckOutcome,
    FollowUpOutcome,
    ReviewOutcome,
)
from registers.oversight.enums import Measure
from registers.oversight.live import Live
from registers.oversight.sections.section import (
    Section,
    chart,
    named,
    numeric,
    rows_of,
    share,
    when,
)
from registers.oversight.seen import Seen

OUTCOMES = (
    ("approved", "Approved"), ("approved_with_conditions", "With conditions"),
    ("refused", "Refused"),
)  # fmt: skip
ENDS = (*OUTCOMES, ("withdrawn", "Withdrawn"), ("pending", "Not decided yet"))
NOT_LISTED = "Not on the force’s list"


def section(seen: Seen, live: Live | None = None) -> Section:
    """What is overdue today, and the names of occupations, are shown where ``live`` says them."""
    tables = [
        by_time(seen), by_outcome(seen), by_category(seen), against_guidance(seen, live),
        reviewed(seen, live), checked(seen, live), followed_up(seen, live), appealed(seen), ceased(seen),
    ]  # fmt: skip
    return Section("interests", "Second jobs and business interests", tables)


def by_time(seen: Seen) -> Table:
    received = seen.along(Measure.APPLICATIONS)
    along = [(label, seen.along(Measure.DECIDED, {value})) for value, label in OUTCOMES]
    rows = [
        named(at, received[n], *(cells[n] for _, cells in along)) for n, at in enumerate(when(seen))
    ]
    return Table(
        "interests-by-time",
        "Applications received and decided",
        [Column("When"), *numeric("Received", *(label for _, label in OUTCOMES))],
        rows,
        definition=(
            "An application counts as received on its own day, and as decided on that of its first "
            "written notice; so those decided in a month are not those received in it. What a "
            "legacy register calls approved counts on the day that it gives."
        ),
        chart=chart(seen, "stacked", "Applications decided", along),
    )  # fmt: skip


def by_outcome(seen: Seen) -> Table:
    whole = seen.whole(Measure.APPLICATIONS)
    rows = [
        named(
            label,
            seen.count(Measure.APPLICATIONS, {value}),
            share(seen.whole(Measure.APPLICATIONS, {value}), whole),
        )
        for value, label in ENDS
    ]
    return Table(
        "interests-by-outcome",
        "What became of the applications received",
        [Column("Outcome"), *numeric("Applications", "Share")],
        rows,
        definition=(
            "Of the applications received in the period, what was decided first, whenever that was. "
            "An approval that was revoked later, or that an appeal changed, stays what it was."
        ),
    )


def by_category(seen: Seen) -> Table:
    rows = [
        named(
            str(label),
            *(seen.count(Measure.APPLICATIONS, {end}, {value}) for end, _ in ENDS),
            seen.count(Measure.APPLICATIONS, None, {value}),
        )
        for value, label in Category.choices
    ]
    return Table(
        "interests-by-category",
        "Applications by kind of interest",
        [Column("Kind of interest"), *numeric(*(label for _, label in ENDS), "All")],
        rows,
        definition="Of the applications received in the period, by what was decided first.",
    )


def against_guidance(seen: Seen, live: Live | None) -> Table:
    """Approvals although the force's list says otherwise, as HMIC 2012 counted them."""
    rows = [
        named(name, seen.count(Measure.AGAINST_GUIDANCE, ids))
        for name, ids in sorted(occupations(seen, live).items())
    ]
    return Table(
        "interests-against-guidance",
        "Approved against the force’s own list or policy",
        [Column("Occupation"), *numeric("Approvals")],
        rows,
        nothing="Nothing was approved against the force’s list or policy in this period.",
        definition=(
            "Approvals that needed a second approver because the force’s list of occupations, or "
            "its policy, says no or only with conditions. An approval counts on its own day."
        ),
    )


def occupations(seen: Seen, live: Live | None) -> Mapping[str, set[str]]:
    """The ids by which each occupation is counted: lists of several forces or years share its name."""
    names = {key[0]: key[1] for key in live.keys("occupations")} if live else {}
    found: dict[str, set[str]] = defaultdict(set)
    for pk in seen.figures.by_part(Measure.AGAINST_GUIDANCE, 0):
        name = names.get(pk, "On the force’s list") if pk else NOT_LISTED
        found[name].add(pk)
    return found


def reviewed(seen: Seen, live: Live | None) -> Table:
    times = (("in_time", "In time"), ("late", "Late"))
    labels = [(value, str(label)) for value, label in ReviewOutcome.choices]
    rows = rows_of(seen, Measure.REVIEWS, labels, *([{value}] for value, _ in times))
    return Table(
        "interests-reviews",
        "Reviews done",
        [Column("Outcome"), *numeric(*(label for _, label in times))],
        rows + overdue("reviews.overdue", live, 1),
        definition=(
            "A review counts on the day on which it was closed, and is late where that was after the "
            "day it was due."
        )
        + TODAY,
    )


def checked(seen: Seen, live: Live | None) -> Table:
    labels = [(value, str(label)) for value, label in CheckOutcome.choices]
    return Table(
        "interests-checks",
        "Checks whether conditions are kept",
        [Column("Finding"), *numeric("Checks")],
        rows_of(seen, Measure.CHECKS, labels, []) + overdue("checks.overdue", live, 0),
        definition="A check counts on the day on which somebody looked." + TODAY,
    )


def followed_up(seen: Seen, live: Live | None) -> Table:
    labels = [(value, str(label)) for value, label in FollowUpOutcome.choices]
    return Table(
        "interests-follow-ups",
        "Refusals followed up",
        [Column("Finding"), *numeric("Follow-ups")],
        rows_of(seen, Measure.FOLLOW_UPS, labels, []) + overdue("follow_ups.overdue", live, 0),
        definition=(
            "Whether somebody who was refused does it all the same. One refusal is followed up "
            "several times." + TODAY
        ),
    )


TODAY = " What is overdue is so today, whatever the period."


def overdue(pile: str, live: Live | None, empty: int) -> list[list[Cell]]:
    """The row of what is overdue today, after so many columns that it has no figure for."""
    if live is None:
        return []
    return [named("Overdue today", *(text("") for _ in range(empty)), live.cell(pile))]


def appealed(seen: Seen) -> Table:
    labels = [*((value, str(label)) for value, label in AppealOutcome.choices), ("open", "Open")]
    return Table(
        "interests-appeals",
        "Appeals",
        [Column("Outcome"), *numeric("Appeals")],
        rows_of(seen, Measure.APPEALS, labels, []),
        definition="An appeal counts on the day on which it was made, by how it has ended since.",
    )


def ceased(seen: Seen) -> Table:
    labels = [(value, str(label)) for value, label in CeasedBecause.choices]
    return Table(
        "interests-ceased",
        "Interests that ceased",
        [Column("Because"), *numeric("Interests")],
        rows_of(seen, Measure.CEASED, labels, []),
        definition="An interest counts on the day on which it ceased.",
    )
