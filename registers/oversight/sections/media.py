"""Contact with the media: logged, acknowledged, and with or without the press office (HMIC 2012, p. 20)."""

from integrity.ui.tables import Column, Table
from registers.media_contacts.enums import Basis
from registers.oversight.enums import Measure
from registers.oversight.live import Live
from registers.oversight.sections.section import (
    Section,
    chart,
    named,
    numeric,
    share,
    when,
)
from registers.oversight.seen import Seen

STATES = (("acknowledged", "Acknowledged"), ("waiting", "Not acknowledged yet"))
TOLD = (
    ("told", "Press office told"), ("not_told", "Outside the press office"),
    ("not_said", "Not asked, or not said"),
)  # fmt: skip
BASES = (*((str(value), str(label)) for value, label in Basis.choices), ("not_said", "Not said"))


def section(seen: Seen, live: Live | None = None) -> Section:
    """Compliance samples are shown where ``live`` says how they stand."""
    tables = [by_time(seen), by_press_office(seen), by_basis(seen)]
    if live is not None:
        tables.append(sampled(live))
    return Section("media", "Contact with the media", tables)


def by_time(seen: Seen) -> Table:
    along = [(label, seen.along(Measure.CONTACTS, {value})) for value, label in STATES]
    rows = [named(at, *(cells[n] for _, cells in along)) for n, at in enumerate(when(seen))]
    return Table(
        "media-by-time",
        "Contacts logged",
        [Column("When"), *numeric(*(label for _, label in STATES))],
        rows,
        definition=(
            "A contact counts on the day on which it took place, by whether the press office has "
            "acknowledged it by now. Requests that led to no contact are left out."
        ),
        chart=chart(seen, "stacked", "Contacts logged", along),
    )


def by_press_office(seen: Seen) -> Table:
    whole = seen.whole(Measure.CONTACTS)
    rows = []
    for value, label in TOLD:
        cells = [seen.count(Measure.CONTACTS, None, {value})]
        cells.append(share(seen.whole(Measure.CONTACTS, None, {value}), whole))
        rows.append(named(label, *cells))
    return Table(
        "media-press-office",
        "With and without the press office",
        [Column("Press office"), *numeric("Contacts", "Share")],
        rows,
        definition=(
            "What whoever logged the contact answered when asked whether the press office was told. "
            "Legacy registers did not ask."
        ),
    )


def by_basis(seen: Seen) -> Table:
    times = (("in_time", "In time"), ("late", "Late"))
    rows = [
        named(
            label,
            *(seen.count(Measure.CONTACTS, None, None, {value}, {time}) for time, _ in times),
            seen.count(Measure.CONTACTS, None, None, {value}),
        )
        for value, label in BASES
    ]
    return Table(
        "media-by-basis",
        "On what basis, and in time or late",
        [Column("Basis"), *numeric(*(label for _, label in times), "All")],
        rows,
        definition="A contact is late where it was logged after the days that the force allows.",
    )


def sampled(live: Live) -> Table:
    rows = [
        named("Weeks of people drawn at random", live.cell("samples")),
        named("of which not checked yet", live.cell("samples", {"waiting"})),
        named("of which every contact was logged", live.cell("samples", {"complete"})),
        named("of which a contact was missing", live.cell("samples", {"missing"})),
        named("Contacts that nobody had logged", live.cell("samples.missing")),
    ]
    note = "The group of ranks does not narrow this table." if live.here.asked.band else ""
    return Table(
        "media-samples",
        "Compliance checks",
        [Column("What"), *numeric("Number")],
        rows,
        note=note,
        definition=(
            "Officers and weeks are drawn at random; telephone records or diaries are compared with "
            "what was logged. A week counts by its Monday. A unit’s weeks are those of its people "
            "today."
        ),
    )
