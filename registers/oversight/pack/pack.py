"""What a board pack holds, as one audience may read it; every file of it is made from this.

The public one is made of what the public reads from the start, so that nothing withheld is ever in hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from integrity.people.models import OversightBody, User
from integrity.ui.tables import Table
from registers.oversight.asking import Asked
from registers.oversight.boards import board_dashboard
from registers.oversight.pack import plan, standing
from registers.oversight.pack.changes import changes
from registers.oversight.pack.checkpoints import Sealed, newest, table
from registers.oversight.sections.section import Section
from registers.oversight.seen import Audience
from registers.oversight.spans import Period

FIRST, LAST = ("compared", "alliance"), ("chiefs",)
ON_THE_SITE = "Agenda"  # a column of links, which a paper has no use for


@dataclass(frozen=True, slots=True)
class Pack:
    """Sections of tables, and the sentences before them; ``sealed`` is the ledgers as it was made."""

    body: OversightBody
    asked: Asked
    audience: Audience
    made_at: datetime
    changes: Sequence[str]
    sections: Sequence[Section]
    sealed: Sequence[Sealed]

    @property
    def public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def period(self) -> Period:
        return self.asked.period

    @property
    def title(self) -> str:
        version = "public version" if self.public else "private"
        return f"{self.body}: board pack, {self.period.words} ({version})"

    @property
    def name(self) -> str:
        """Of its files, without their ending."""
        version = "public" if self.public else "board"
        days = f"{self.period.starts_on}-{self.period.ends_on}"
        return f"{self.body.code}-{version}-pack-{days}"

    @property
    def tables(self) -> list[Table]:
        """Every table, in the order in which they are read."""
        return [*(each for section in self.sections for each in section.tables), self.checkpoints]

    @property
    def checkpoints(self) -> Table:
        return table(self.sealed)


def board_pack(
    body: OversightBody,
    period: Period,
    *,
    audience: Audience,
    reader: User | None,
    now: datetime,
) -> Pack:
    """The pack of all of a body's forces; ``reader`` is whose it is, and nobody for the public.

    Raises ValueError where the public asks for anything but whole quarters.
    """
    today = timezone.localdate(now)
    asked = Asked(list(body.forces.all()), period, board=body)
    if audience == Audience.PUBLIC:
        reader = None
    found = [
        *board_dashboard(asked, audience=audience, reader=reader, today=today),
        *governance(asked, reader=reader, today=today),
    ]
    sections = [on_paper(each) for each in in_order(found)]
    tables = {table.slug: table for section in sections for table in section.tables}
    return Pack(
        body, asked, audience, now, changes(tables["compared"]), sections, newest(asked.forces)
    )


def facts_of(pack: Pack) -> dict[str, Any]:
    """What the ledger says of a file of it."""
    return {"body": pack.body.code, "public": pack.public}


def governance(asked: Asked, *, reader: User | None, today: date) -> list[Section]:
    """The action plan, and how the forces stand by their own checks."""
    if reader is None:
        return [plan.in_public(asked, today=today), standing.in_public(asked)]
    return [plan.in_private(asked, reader=reader, today=today), standing.in_private(asked)]


def in_order(sections: Sequence[Section]) -> list[Section]:
    """Comparisons first, the figures, chief officers after them, and governance at the end."""
    named = {section.slug: section for section in sections}
    ends = (*LAST, plan.SLUG, standing.SLUG)
    slugs = [*FIRST, *(slug for slug in named if slug not in (*FIRST, *ends)), *ends]
    return [named[slug] for slug in slugs if slug in named]


def on_paper(section: Section) -> Section:
    return replace(section, tables=[without_links(table) for table in section.tables])


def without_links(table: Table) -> Table:
    """Less what only leads elsewhere on the site."""
    kept = [at for at, column in enumerate(table.columns) if column.label != ON_THE_SITE]
    if len(kept) == len(table.columns):
        return table
    columns = [table.columns[at] for at in kept]
    return replace(table, columns=columns, rows=[[row[at] for at in kept] for row in table.rows])
