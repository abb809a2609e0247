"""The registers as other bodies and the public read them: what published.py publishes, and no finer."""

from collections.abc import Sequence

from integrity.ui.tables import Cell, Column, Table
from registers.business_interests.enums import CheckOutcome
from registers.oversight.enums import Measure
from registers.oversight.sections.section import Section, chart, named, numeric, when
from registers.oversight.seen import Parts, Seen

KINDS = (
    ("Gifts and gratuities", "gratuity"),
    ("Hospitality", "hospitality"),
    ("Hospitality we gave", "given"),
)
DECISIONS = (("Accepted", "accepted"), ("Declined", "declined"), ("Not decided yet", "undecided"))
OUTCOMES = (
    ("Approved", "approved"),
    ("Approved with conditions", "approved_with_conditions"),
    ("Refused", "refused"),
    ("Withdrawn", "withdrawn"),
    ("Not decided yet", "pending"),
)
DONE = (("In time", "in_time"), ("Late", "late"))
OFFICE = (("Told", "told"), ("Not told", "not_told"), ("Not said", "not_said"))
REGISTERS = (
    ("Gifts and hospitality", "gifts"),
    ("Second jobs and other interests", "business_interests"),
    ("Contact with the media", "media_contacts"),
)
NOTE = (
    "Each figure is put together from quarters of five or more. A number under five is carried into the "
    "next quarter of the year from April, or withheld. “12+” is a sum of which some is withheld."
)


def sections(seen: Seen) -> list[Section]:
    return [
        Section("gifts", "Gifts and hospitality", [offers_by_time(seen), offers(seen)], NOTE),
        Section(
            "interests", "Second jobs and business interests", [applications(seen), kept(seen)]
        ),
        Section("media", "Contact with the media", [contacts(seen)]),
        Section("challenges", "Challenges", [challenges(seen)]),
    ]


def offers_by_time(seen: Seen) -> Table:
    either = {"gratuity", "hospitality"}
    along = [(label, seen.along(Measure.OFFERS, either, {said})) for label, said in DECISIONS]
    rows = [named(at, *(cells[n] for _, cells in along)) for n, at in enumerate(when(seen))]
    return Table(
        "offers-by-time",
        "Offers, accepted and declined",
        [Column("When"), *numeric(*(label for label, _ in DECISIONS))],
        rows,
        definition="An offer is accepted where any of its items was, and declined where all were.",
        chart=chart(seen, "stacked", "Offers, accepted and declined", along),
    )


def offers(seen: Seen) -> Table:
    rows = [
        named(
            label,
            *(seen.count(Measure.OFFERS, {kind}, {said}) for _, said in DECISIONS),
            seen.count(Measure.OFFERS, {kind}),
        )
        for label, kind in KINDS
    ]
    labels = (*(label for label, _ in DECISIONS), "All")
    return Table("offers", "What was offered", [Column("Kind"), *numeric(*labels)], rows)


def applications(seen: Seen) -> Table:
    return _one_column(
        seen,
        "applications",
        "Applications by what became of them",
        Measure.APPLICATIONS,
        [(label, ({said},)) for label, said in OUTCOMES],
    )


def kept(seen: Seen) -> Table:
    """Reviews, and checks of conditions."""
    rows = [
        named(f"Reviews done: {label.lower()}", seen.count(Measure.REVIEWS, None, {said}))
        for label, said in DONE
    ]
    rows += [
        named(f"Conditions checked: {label.lower()}", seen.count(Measure.CHECKS, {said}))
        for said, label in CheckOutcome.choices
    ]
    return Table(
        "reviews", "Reviews and checks of conditions", [Column("What"), *numeric("Done")], rows
    )


def contacts(seen: Seen) -> Table:
    return _one_column(
        seen,
        "contacts",
        "Contacts, by whether the press office was told",
        Measure.CONTACTS,
        [(label, (None, {said})) for label, said in OFFICE],
    )


def challenges(seen: Seen) -> Table:
    return _one_column(
        seen,
        "challenges",
        "Challenges that were sent, by register",
        Measure.CHALLENGES,
        [(label, ({slug},)) for label, slug in REGISTERS],
    )


def _one_column(
    seen: Seen, slug: str, title: str, measure: Measure, lines: Sequence[tuple[str, Parts]]
) -> Table:
    rows: list[list[Cell]] = [named(label, seen.count(measure, *parts)) for label, parts in lines]
    rows.append(named("All", seen.count(measure)))
    return Table(slug, title, [Column("What"), *numeric("Number")], rows)
