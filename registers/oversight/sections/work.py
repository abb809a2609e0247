"""What waits today: queues and their ages, clocks that run out, who has it, challenges unanswered."""

from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.urls import reverse

from integrity.casework.enums import DeadlineKind
from integrity.casework.registry import registers
from integrity.ui.charts import Chart, Series
from integrity.ui.tables import Cell, Column, Table, text
from integrity.ui.wording import within
from registers.business_interests.enums import Status as InterestStatus
from registers.gifts.enums import Status as OfferStatus
from registers.investigations.enums import Status as InvestigationStatus
from registers.media_contacts.enums import Status as ContactStatus
from registers.oversight.live import Live
from registers.oversight.piles import AGES, CLOCKS
from registers.oversight.sections.section import Section, named, numeric
from registers.oversight.seen import Audience

# each register with its statuses, and where the desk lists what is open
REGISTERS: Mapping[str, tuple[type[TextChoices], str]] = {
    "gifts": (OfferStatus, "admin:gifts_offer_changelist"),
    "business_interests": (InterestStatus, "admin:business_interests_interest_changelist"),
    "media_contacts": (ContactStatus, "admin:media_contacts_contact_changelist"),
    "investigations": (InvestigationStatus, "admin:investigations_investigation_changelist"),
}
MOST_PEOPLE = 30
NOBODY = "Nobody yet"
ELSEWHERE = "Reviewers of other departments"


def section(live: Live) -> Section:
    """Of today whatever the period; never for the public."""
    tables = [queues(live), clocks(live), reviewers(live), challenges(live)]
    return Section(
        "work", "What waits today", tables, "The period does not narrow this part: it is of today."
    )


def known(live: Live) -> Sequence[tuple[str, str]]:
    """The slug and name of each register of which something may be known."""
    names = {register.slug: register.name for register in registers()}
    slugs = [slug for slug in REGISTERS if slug != "investigations"]
    if live.here.knows_investigations:
        slugs.append("investigations")
    return [(slug, names[slug]) for slug in slugs]


def queues(live: Live) -> Table:
    rows = []
    for slug, name in known(live):
        statuses, _ = REGISTERS[slug]
        for value in live.by_part(f"work.{slug}", 0):
            cells = [live.cell(f"work.{slug}", {value}, {age}) for age in AGES]
            words = f"{name}: {within(str(statuses(value).label))}"
            rows.append([text(words), *cells, live.cell(f"work.{slug}", {value})])
        cells = [live.cell(f"work.{slug}", None, {age}) for age in AGES]
        rows.append([text(name, desk(slug, live)), *cells, live.cell(f"work.{slug}")])
    return Table(
        "work-queues",
        "Open entries by how long ago they came",
        [Column("Register and status"), *numeric(*AGES.values(), "All")],
        rows,
        definition=(
            "Entries that are open or wait for whoever made them, by whole days since they were "
            "received. What is about you or was typed by you is not here: you see it on the site."
        ),
        chart=ages(live),
    )


def desk(slug: str, live: Live) -> str:
    """The register's queues on the desk, for whoever works there."""
    return reverse(REGISTERS[slug][1]) if live.here.audience == Audience.PSD else ""


def ages(live: Live) -> Chart:
    names = known(live)
    return Chart(
        "stacked",
        "Open entries by how long ago they came",
        [name for _, name in names],
        [
            Series(label, [live.n(f"work.{slug}", None, {age}) for slug, _ in names])
            for age, label in AGES.items()
        ],
    )


def clocks(live: Live) -> Table:
    found = live.by_part("clocks", 0)
    rows = [
        named(str(kind.label), *(live.cell("clocks", {kind}, None, {each}) for each in CLOCKS))
        for kind in DeadlineKind
        if kind in found
    ]
    rows.append(named("All", *(live.cell("clocks", None, None, {each}) for each in CLOCKS)))
    return Table(
        "work-clocks",
        "Clocks that run out",
        [Column("What is to be done"), *numeric(*CLOCKS.values())],
        rows,
        definition=(
            "Tasks that nobody has done, by the day by which they are due. Within 7 days is after "
            "today and up to the seventh day; within 14 days is what comes after that. Whose task it "
            "is does not matter: PSD’s, a supervisor’s or the declarant’s."
        ),
    )


def reviewers(live: Live) -> Table:
    """Names are for PSD alone; a board reads how many have somebody."""
    columns = known(live)
    people = owners(live) if live.here.audience == Audience.PSD else somebody(live)
    rows = [
        [
            text(name),
            *(live.cell("owners", ids, {slug}) for slug, _ in columns),
            live.cell("owners", ids),
        ]
        for name, ids in people[:MOST_PEOPLE]
    ]
    more = len(people) - MOST_PEOPLE
    return Table(
        "work-reviewers",
        "Open entries by who has them",
        [Column("Reviewer"), *numeric(*(name for _, name in columns), "All")],
        rows,
        note=f"{more} more people have fewer each." if more > 0 else "",
        definition=(
            "The reviewer to whom PSD has given the entry, whoever it waits for now. An entry that "
            "nobody has taken may still wait for a supervisor."
        ),
    )


def owners(live: Live) -> list[tuple[str, set[str]]]:
    """Nobody first, then whoever has most."""
    names, many = live.people, live.by_part("owners", 0)
    many.pop("", None)
    strangers = many.keys() - names.keys()
    ordered = sorted(many.keys() & names.keys(), key=lambda pk: (-many[pk], names[pk]))
    found = [(NOBODY, {""}), *((names[pk], {pk}) for pk in ordered)]
    return [*found, (ELSEWHERE, strangers)] if strangers else found


def somebody(live: Live) -> list[tuple[str, set[str]]]:
    taken = {key[0] for key in live.keys("owners") if key[0]}
    return [(NOBODY, {""}), ("A reviewer", taken)]


def challenges(live: Live) -> Table:
    states = (("unanswered", "Waiting for an answer"), ("answered", "Answered, not closed yet"))
    columns = [each for each in known(live) if each[0] != "investigations"]
    rows: list[list[Cell]] = [
        named(
            label,
            *(live.cell("challenges", {state}, {slug}) for slug, _ in columns),
            live.cell("challenges", {state}),
        )
        for state, label in states
    ]
    return Table(
        "work-challenges",
        "Challenges that are open",
        [Column("Challenge"), *numeric(*(name for _, name in columns), "All")],
        rows,
        definition="Challenges that were sent, by PSD or a board. Those held silently are not here.",
    )
