"""The forces' integrity action plans and what meetings asked for, as a pack shows them.

What somebody wrote of an action is for the board; the public reads the published recommendations
alone, and whether each is done.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from integrity.people.enums import Role
from integrity.people.models import Force, OversightBody, User
from integrity.ui.tables import Cell, Column, Table, of_day, text
from registers.governance.models import PlanItem, Recommendation
from registers.governance.reading import open_actions, plan_items
from registers.oversight.asking import Asked
from registers.oversight.sections.section import Section

SLUG = "plan"
TITLE = "Integrity action plan"
STANDS = "As it stood on {day}; what was closed, in the period of this pack."
# Whoever reads what the body's own boards do.
READS_MEETINGS = (Role.GOVERNANCE_MEMBER, Role.INSPECTOR)
OVERDUE, OPEN, DONE = "Overdue", "Under way", "Done in the period"


def in_private(asked: Asked, *, reader: User, today: date) -> Section:
    items = list(plan_items(asked.forces, reader=reader, today=today).filter(shown(asked)))
    late = [item for item in items if item.is_overdue(today)]
    due = [item for item in items if item.is_open and not item.is_overdue(today)]
    closed = [item for item in items if not item.is_open]
    tables = [
        _items("plan-overdue", "Overdue", late, "Due", "Nothing is overdue."),
        _items("plan-open", "Open", due, "Due", "Nothing else is open."),
        _items("plan-closed", "Closed in the period", closed, "Closed", "Nothing was closed."),
    ]
    body = asked.board
    if body is not None and body.pk in reader.scope(*READS_MEETINGS).bodies:
        tables.append(_asked_for(body, reader=reader, today=today))
    return Section(SLUG, TITLE, tables, STANDS.format(day=_words(today)))


def _words(day: date) -> str:
    return of_day(day).shown


def shown(asked: Asked) -> Q:
    """Open, or closed in the period."""
    days = (asked.period.starts_on, asked.period.ends_on)
    return Q(closed_at=None) | Q(closed_at__date__range=days)


def _items(slug: str, title: str, items: Sequence[PlanItem], day: str, nothing: str) -> Table:
    closed = day == "Closed"
    columns = ["Action", "Answers", "Force", "Owner", day, *(["Evidence"] if closed else [])]
    return Table(
        slug,
        title,
        [Column(label) for label in columns],
        [_row(item, closed=closed) for item in items],
        nothing=nothing,
    )


def _row(item: PlanItem, *, closed: bool) -> list[Cell]:
    row = [
        text(item.action),
        text(_answers(item)),
        text(item.force.code),
        text(item.owner.display),
    ]
    if closed and item.closed_at is not None:
        return [*row, of_day(item.closed_at), text(item.evidence)]
    return [*row, of_day(item.due_on)]


def _answers(item: PlanItem) -> str:
    """The recommendation that an item answers, and where it stands in the report."""
    found = item.recommendation
    return f"{found}: {found.text}" if found else "A matter of the force’s own"


def _asked_for(body: OversightBody, *, reader: User, today: date) -> Table:
    found = open_actions(body, reader=reader, today=today)
    return Table(
        "meeting-actions",
        "What the body’s meetings asked for",
        [Column(label) for label in ("Action", "Asked for at", "Owner", "Due", "Stands at")],
        [
            [
                text(each.what),
                text(str(each.meeting)),
                text(each.owner.display),
                of_day(each.due_on),
                text(OVERDUE if each.is_overdue(today) else "Open"),
            ]
            for each in found
        ],
        nothing="Nothing that the body’s meetings asked for is open.",
    )


# --- in public ------------------------------------------------------------------------------------


def in_public(asked: Asked, *, today: date) -> Section:
    """Published recommendations and how each stands: nothing that a force wrote, and nobody's name."""
    items = (
        PlanItem.objects.filter(shown(asked), force__in=asked.force_ids)
        .exclude(recommendation=None)
        .select_related("force", "recommendation")
        .order_by("recommendation__report", "recommendation__number", "force__code", "due_on", "pk")
    )
    stands: dict[tuple[Recommendation, Force], list[PlanItem]] = {}
    for item in items:
        if item.recommendation is not None:
            stands.setdefault((item.recommendation, item.force), []).append(item)
    rows = [
        [text(found.text), text(str(found)), text(force.code), text(stands_at(each, today))]
        for (found, force), each in stands.items()
    ]
    table = Table(
        "plan-recommendations",
        "Published recommendations in the plan",
        [Column(label) for label in ("Recommendation", "Report", "Force", "Stands at")],
        rows,
        nothing="The plan answers no published recommendation that is open or was done in the period.",
        definition=(
            "A recommendation is overdue where any action for it is, under way while any is open, and "
            "otherwise done. What a force plans besides is not published here."
        ),
    )
    return Section(SLUG, TITLE, [table], STANDS.format(day=_words(today)))


def stands_at(items: Sequence[PlanItem], today: date) -> str:
    if any(item.is_overdue(today) for item in items):
        return OVERDUE
    return OPEN if any(item.is_open for item in items) else DONE
