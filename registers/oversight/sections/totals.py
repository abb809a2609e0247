"""What the cross-checks found and who offers most, as a board may know it: totals, and no person."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from integrity.ui.tables import Column, Table, number, pounds, text
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.providers import foremost
from registers.oversight.sections.section import Section, named, numeric
from registers.oversight.seen import Seen

WHOLE_FORCES = (
    "Matches are told for whole forces alone. Take the unit and the group of ranks off the filter to "
    "see them."
)


def section(seen: Seen) -> Section:
    return Section("checks", "Cross-checks and providers", [matches(seen), providers(seen)])


def matches(seen: Seen) -> Table:
    """Matches of the whole forces; which of them is about whom stays PSD’s."""
    rows = []
    if seen.asked.unit is None and seen.asked.band is None:
        totals = match_totals(seen.asked)
        rows = [
            named(force.name, *map(number, totals.get(force.pk, (0, 0, 0))))
            for force in seen.asked.forces
        ]
    return Table(
        "matches",
        "Matches found by the cross-checks",
        [Column("Force"), *numeric("Found", "Open", "Disposed of")],
        rows,
        nothing=WHOLE_FORCES,
        definition=(
            "A match is two records that an analyst should see beside each other. It counts on the day "
            "on which it was found. One that is neither open nor disposed of is no longer found."
        ),
    )


def match_totals(asked: Asked) -> dict[int, Sequence[int]]:
    """How many were found, are open, and were disposed of, by force: the database counts them for boards."""
    given: list[Any] = [asked.force_ids, asked.period.starts_on, asked.period.ends_on]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM oversight_match_totals(%s::bigint[], %s, %s)", given)
        return {force: counts for force, *counts in cursor.fetchall()}


def providers(seen: Seen) -> Table:
    """Organisations alone, and nobody to whom they offered anything."""
    rows = []
    for each in foremost(seen.asked):
        ids = {str(pk) for pk in each.ids}
        path = seen.behind(Measure.PROVIDERS, [ids], seen.asked.period)
        counts = [number(int(n)) for n in (each.accepted, each.before)]
        rows.append(
            [
                text(each.name),
                number(int(each.offers), path),
                counts[0],
                pounds(each.pounds),
                counts[1],
            ]
        )
    return Table(
        "providers",
        "Organisations that offered most",
        [
            Column("Organisation"),
            *numeric("Offers", "of which accepted", "Worth at most", "Offers in the period before"),
        ],
        rows,
        note=f"The period before is {seen.asked.period.before().words}.",
        nothing="No organisation offered anything in this period.",
        definition=(
            "The organisations from which most offers came, and those whose offers were worth most. Who "
            "was offered what is not told here."
        ),
    )
