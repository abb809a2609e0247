"""Integrity investigations, by what they are about and how they stand (HMIC 2012, pp. 20–23)."""

from collections.abc import Iterator

from integrity.ui.tables import Column, Table
from integrity.ui.wording import listed
from registers.investigations.enums import (
    KIND_NOT_KNOWN,
    NOT_CATEGORISED,
    SUBCATEGORIES,
    Category,
    RestrictionKind,
    Standing,
)
from registers.oversight.enums import Measure
from registers.oversight.live import Live
from registers.oversight.permissions import forces_with_investigations
from registers.oversight.sections.section import Section, chart, named, numeric, when
from registers.oversight.seen import Audience, Parts, Seen

CATEGORIES = (*((str(v), str(label)) for v, label in Category.choices), ("", NOT_CATEGORISED))


def section(seen: Seen, live: Live | None = None) -> Section | None:
    """For whoever may know of them in a force that is asked about; a board reads closed.py instead."""
    if seen.audience != Audience.PSD or not known(seen):
        return None
    tables = [by_time(seen), by_category(seen), restricted(seen, live), external(seen)]
    return Section("investigations", "Integrity investigations", tables, of_whom(seen))


def known(seen: Seen) -> list[str]:
    """The forces of whose investigations the reader may know, by name."""
    of = forces_with_investigations(seen.reader) if seen.reader else frozenset()
    return [force.name for force in seen.asked.forces if force.pk in of]


def of_whom(seen: Seen) -> str:
    """Which forces' they are, where the reader may not know of every force's."""
    names = known(seen)
    return "" if len(names) == len(seen.asked.forces) else f"Of these alone: {listed(names)}."


def by_time(seen: Seen) -> Table:
    along = [
        ("Opened", seen.along(Measure.INVESTIGATIONS)),
        ("Closed", seen.along(Measure.CLOSED)),
    ]
    rows = [named(at, *(cells[n] for _, cells in along)) for n, at in enumerate(when(seen))]
    return Table(
        "investigations-by-time",
        "Opened and closed",
        [Column("When"), *numeric(*(label for label, _ in along))],
        rows,
        definition=(
            "An investigation counts as opened on the day on which PSD opened it, and as closed on "
            "that of its outcome."
        ),
        chart=chart(seen, "bars", "Investigations opened and closed", along),
    )


def lines() -> Iterator[tuple[str, Parts]]:
    """Each category with its kinds below it; what has no category has a line of its own."""
    for value, label in CATEGORIES:
        yield label, ({value},)
        for kind in SUBCATEGORIES.get(value, ()):
            yield f"{label}: {str(kind.label).lower()}", ({value}, {kind})
        if value in SUBCATEGORIES:
            yield f"{label}: {KIND_NOT_KNOWN.lower()}", ({value}, {""})


def by_category(seen: Seen) -> Table:
    rows = []
    for label, parts in lines():
        both = [*parts, None][:2]
        cells = [seen.count(Measure.INVESTIGATIONS, *both, {each}) for each in Standing.values]
        rows.append(named(label, *cells, seen.count(Measure.INVESTIGATIONS, *parts)))
    cells = [seen.count(Measure.INVESTIGATIONS, None, None, {each}) for each in Standing.values]
    rows.append(named("All", *cells, seen.count(Measure.INVESTIGATIONS)))
    return Table(
        "investigations-by-category",
        "Opened in the period, by what they are about and how they stand",
        [Column("About"), *numeric(*Standing.labels, "All")],
        rows,
        definition=(
            "Of the investigations opened in the period, how each stands now. A category’s line "
            "counts its kinds too. What PSD has not categorised stands in its own line, and is never "
            "spread over the others."
        ),
    )


def restricted(seen: Seen, live: Live | None) -> Table:
    labels = ["Begun in the period"] + ([] if live is None else ["Running today"])
    rows = []
    for value, label in RestrictionKind.choices:
        cells = [seen.count(Measure.RESTRICTIONS, {value})]
        if live is not None:
            cells.append(live.cell("restrictions", {value}))
        rows.append(named(str(label), *cells))
    return Table(
        "investigations-restrictions",
        "Suspensions and restricted duties",
        [Column("What"), *numeric(*labels)],
        rows,
        definition=(
            "A suspension or restriction counts on the day from which it runs. One that runs today "
            "may have begun before the period."
        ),
    )


def external(seen: Seen) -> Table:
    rows = [named(label, seen.count(Measure.EXTERNAL, {value})) for value, label in CATEGORIES]
    return Table(
        "investigations-external",
        "Referred to an external body",
        [Column("About"), *numeric("Referrals")],
        rows,
        definition=(
            "Referrals count on the day on which they were made, whether or not the body has sent "
            "them back since. One investigation may be referred more than once."
        ),
    )
