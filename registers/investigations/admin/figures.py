"""The figures of investigations on the desk, each a number in a table, and the same as a file."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.casework.clocks import add_months
from integrity.casework.desk import desk
from integrity.casework.queue_tabs import signed_in
from integrity.casework.views.desk_pages import page
from integrity.people.enums import CONFIDENTIAL_ROLES
from integrity.people.models import Force, User
from integrity.ui.templatetags.ui import day
from registers.investigations.admin.looks import on_record
from registers.investigations.counts import (
    CategoryRow,
    Counts,
    MonthRow,
    Row,
    counts,
    opened_between,
)
from registers.investigations.enums import Category, RestrictionKind, Standing
from registers.investigations.forms.figures import FiguresForm
from registers.investigations.forms.opening import homes_of
from registers.investigations.forms.parts import Home
from registers.investigations.models import Investigation, InvestigationQuerySet, Restriction
from registers.investigations.queues import runs_on

TOTAL = "Total"
NUMBER = "Investigations"
LINES = ("opened from", "opened to", "force or body", "table", "row", "column", "number")


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the first cell of a row is its name, the last row is the total."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


@require_safe
@on_record("figures")
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of what was opened in a period, of one force or of all that the reader reaches."""
    form = form_of(request)
    valid = not form.is_bound or form.is_valid()
    return page(
        request,
        "investigations/desk/figures.html",
        "Investigations in figures",
        form=form,
        tables=tables_of(signed_in(request).user, form) if valid else [],
        which=which_words(form) if valid else "",
        query=request.GET.urlencode(),
    )


@require_safe
@on_record("file of figures")
def figures_file(request: HttpRequest) -> HttpResponse:
    """Every number of the page on a line of its own, as CSV."""
    form = form_of(request)
    if form.is_bound and not form.is_valid():
        return figures(request)
    named = {"Content-Disposition": 'attachment; filename="investigations.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=named)
    csv.writer(response).writerows([LINES, *lines_of(signed_in(request).user, form)])
    return response


def form_of(request: HttpRequest) -> FiguresForm:
    """The period and the place; the last twelve months of all, until somebody chooses."""
    homes = homes_of(signed_in(request).user, *CONFIDENTIAL_ROLES)
    return FiguresForm(request.GET if "period" in request.GET else None, homes=homes)


def which_words(form: FiguresForm) -> str:
    """What is counted, in a sentence."""
    days, home = form.days(), form.home()
    when = f"from {day(days[0])} to {day(days[1])}" if days else "at any time"
    return f"Opened {when}, {home or 'all forces and bodies that you reach'}."


def lines_of(user: User, form: FiguresForm) -> Iterator[list[Any]]:
    starts_on, ends_on = form.days() or ("", "")
    for table in tables_of(user, form):
        for name, *numbers in table.rows:
            for column, number in zip(table.columns[1:], numbers, strict=True):
                yield [
                    starts_on,
                    ends_on,
                    form.home() or "",
                    table.caption,
                    name,
                    column.label,
                    number,
                ]


# --- the tables -----------------------------------------------------------------------------------


def tables_of(user: User, form: FiguresForm) -> list[Table]:
    """All tables of the page: what was opened in the period, and who is suspended now."""
    days, home = form.days(), form.home()
    everything = of_home(Investigation.objects.visible_to(user), home)
    opened = of_home(opened_between(user, *days), home) if days else everything
    found = counts(opened)
    return [
        by_standing(found),
        plain("By category", "Category", found.categories, found.everything),
        cross("By category and standing", found),
        *(by_kind(row) for row in found.categories if row.kinds),
        to_media(found),
        plain("By month opened", "Month", list(months(found, days)), found.everything),
        suspended_now(everything, timezone.localdate()),
    ]


def of_home(investigations: InvestigationQuerySet, home: Home | None) -> InvestigationQuerySet:
    if home is None:
        return investigations
    place = "case__force" if isinstance(home, Force) else "case__oversight_body"
    return investigations.filter(**{place: home})


def plain(caption: str, what: str, rows: Iterable[Row], total: Row) -> Table:
    """One number for each row."""
    shown = [(row.label, row.total) for row in rows]
    columns = [Column(what, numeric=False), Column(NUMBER)]
    return Table(caption, columns, [*shown, (TOTAL, total.total)])


def by_standing(found: Counts) -> Table:
    rows = [(each.label, found.everything[each]) for each in Standing]
    columns = [Column("Standing", numeric=False), Column(NUMBER)]
    return Table("By standing", columns, [*rows, (TOTAL, found.everything.total)])


def cross(caption: str, found: Counts) -> Table:
    """Each category by where its investigations stand."""
    columns = [
        Column("Category", numeric=False),
        *(Column(each.label) for each in Standing),
        Column(TOTAL),
    ]
    rows = [(row.label, *row.figures, row.total) for row in found.categories]
    total = (TOTAL, *found.everything.figures, found.everything.total)
    return Table(caption, columns, [*rows, total])


def by_kind(category: CategoryRow) -> Table:
    return plain(f"{category.label}, by kind", "Kind", category.kinds, category)


def to_media(found: Counts) -> Table:
    """Disclosure to the local and the national media together, as the report counts it."""
    disclosure = next(row for row in found.categories if row.key == Category.DISCLOSURE)
    media = [row for row in disclosure.kinds if row.key.endswith("_media")]
    return plain("Disclosure to or with the media", "Kind", media, found.media_disclosure)


def months(found: Counts, days: tuple[date, date] | None) -> Iterator[Row]:
    """Each month of the period; one in which nothing was opened shows a nought."""
    known = {row.month: row for row in found.months}
    if days is None and not known:
        return
    first, last = days or (min(known), max(known))
    month = first.replace(day=1)
    while month <= last:
        yield known.get(month) or MonthRow(f"{month:%B %Y}", month.isoformat(), {}, month)
        month = add_months(month, 1)


def suspended_now(investigations: InvestigationQuerySet, today: date) -> Table:
    """Investigations in which somebody is suspended or restricted today, whenever they were opened."""
    running = Restriction.objects.filter(runs_on(today), investigation__in=investigations)
    kinds: dict[int, set[str]] = {}
    for pk, kind in running.values_list("investigation", "kind"):
        kinds.setdefault(pk, set()).add(kind)
    suspended = sum(1 for each in kinds.values() if RestrictionKind.SUSPENDED in each)
    rows = [
        ("Suspended", suspended),
        ("On restricted duties, and not suspended", len(kinds) - suspended),
        (TOTAL, len(kinds)),
    ]
    columns = [Column("Measure", numeric=False), Column(NUMBER)]
    return Table("Suspended or restricted now", columns, rows)


desk.register_page(
    "investigations/figures/",
    figures,
    name="investigations-figures",
    label="Investigations in figures",
    roles=CONFIDENTIAL_ROLES,
)
desk.register_page(
    "investigations/figures/file/",
    figures_file,
    name="investigations-figures-file",
    label="",
    roles=CONFIDENTIAL_ROLES,
)
