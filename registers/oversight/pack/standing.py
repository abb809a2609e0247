"""How the forces stand by their own health checks and by national guidance, as a pack shows it.

The public reads the scores; no change is told there, and no evidence anywhere (issue 7).
"""

from integrity.people.models import Force
from integrity.ui.tables import Column, Table, number, of_day, text
from registers.governance.enums import Finding
from registers.governance.findings import HealthResult, latest_health, latest_policy_assessment
from registers.oversight.asking import Asked
from registers.oversight.sections.section import Section, named, numeric

SLUG = "health"
TITLE = "Health check"
SCORES = (
    "Each question scores 0 where a thing is not in place, 1 partly, 2 in place, and 3 in place and "
    "checked. “Of” is the most that the questions answered could have."
)
RESULTS = (Finding.MET, Finding.PARTLY, Finding.NOT_MET)


def in_public(asked: Asked) -> Section:
    """One table for each force: its scores under the report's eight headings."""
    return Section(SLUG, TITLE, [health(force, changes=False) for force in asked.forces])


def in_private(asked: Asked) -> Section:
    """The same with the change since the last check, and what each force's policies meet."""
    tables = [health(force, changes=True) for force in asked.forces]
    return Section(
        SLUG, "Health check and policies", [*tables, *(policies(force) for force in asked.forces)]
    )


def health(force: Force, *, changes: bool) -> Table:
    found = latest_health(force)
    rows = []
    for each in found.headings if found else ():
        row = named(str(each.heading.label), number(each.points), number(each.of))
        rows.append([*row, text(each.changed)] if changes else row)
    return Table(
        f"health-{force.code.lower()}",
        f"Health check of {force}",
        [
            Column("Heading"),
            *numeric("Points", "Of"),
            *([Column("Since the last check")] if changes else []),
        ],
        rows,
        note=_when(found, changes=changes) if found else "",
        nothing=f"{force} has finished no health check yet.",
        definition=SCORES,
    )


def _when(found: HealthResult, *, changes: bool) -> str:
    finished = found.check.finished_at
    told = [f"Finished on {of_day(finished).shown}."] if finished else []
    if changes and found.last is not None and found.last.finished_at is not None:
        told.append(f"The last was finished on {of_day(found.last.finished_at).shown}.")
    return " ".join(told)


def policies(force: Force) -> Table:
    """How many clauses of each national document a force's policies meet."""
    found = latest_policy_assessment(force)
    rows = [
        named(
            str(each.document.label),
            number(each.apply),
            *(number(each.how_many(result)) for result in RESULTS),
        )
        for each in (found.documents if found else ())
    ]
    return Table(
        f"policies-{force.code.lower()}",
        f"Policies of {force} held against national guidance",
        [
            Column("Document"),
            *numeric("Clauses that apply", *(str(result.label) for result in RESULTS)),
        ],
        rows,
        nothing=f"{force} has finished no assessment of its policies yet.",
    )
