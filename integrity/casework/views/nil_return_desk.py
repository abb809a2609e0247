"""The desk's page of nil returns: which units said what of a quarter, which said nothing, who heads them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.casework.desk import CASE_ROLES, DeskSite
from integrity.casework.enums import Standing
from integrity.casework.models import NilReturnReminder
from integrity.casework.nil_return_forms import StandingsForm
from integrity.casework.nil_returns import Stands, standings_in
from integrity.casework.views.desk_pages import forces_of, page
from integrity.people.models import Unit
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day

COLUMNS = ("Unit", "Head", "What is known", "Reminded")
COLOURS = {
    Standing.DECLARED: "green",
    Standing.NIL: "blue",
    Standing.SILENT: "red",
    Standing.NOT_ASKED: "grey",
    Standing.NOT_DUE: "grey",
}
# the unit that nobody has spoken for stands first
ORDER = [Standing.SILENT, Standing.NIL, Standing.DECLARED, Standing.NOT_ASKED, Standing.NOT_DUE]


def add_page(desk: DeskSite) -> None:
    desk.register_page(
        "nil-returns/", standings_page, name="nil-returns", label="Nil returns of units",
        roles=CASE_ROLES, may=lambda user: bool(user.scope(*CASE_ROLES).forces),
    )  # fmt: skip


@require_safe
def standings_page(request: SignedInRequest) -> HttpResponse:
    """Every unit of a force for one register and quarter."""
    today, forces = timezone.localdate(), list(forces_of(request.user, *CASE_ROLES))
    if not forces:
        raise Http404
    form = StandingsForm(request.GET, forces=forces, today=today)
    force, register, quarter = form.chosen()
    found = standings_in(force, register, quarter, today=today)
    return page(
        request, "casework/desk/nil_returns.html", "Nil returns of units",
        chooser=form, force=force, register=register, quarter=quarter, columns=COLUMNS,
        figures=figures(found, today), rows=rows(found, quarter.first, today),
    )  # fmt: skip


def figures(found: Sequence[Stands], today: date) -> list[tuple[str, int]]:
    """How many units stand how, and how many of those not recorded nobody heads."""
    many = Counter(each.standing for each in found)
    silent = [each.unit for each in found if each.standing == Standing.SILENT]
    headless = sum(not _is_headed(unit, today) for unit in silent)
    counted = [(standing.label, many[standing]) for standing in ORDER]
    return [*counted, ("Not recorded, and nobody heads them", headless)]


def rows(found: Sequence[Stands], first: date, today: date) -> list[list[Any]]:
    """A line for each unit, those that said nothing first."""
    reminded = _reminded([each.unit for each in found], first)
    ordered = sorted(found, key=lambda each: ORDER.index(each.standing))
    return [
        [each.unit.name, _head(each.unit, today), _known(each), reminded.get(each.unit.pk, "")]
        for each in ordered
    ]


def _known(stands: Stands) -> dict[str, str]:
    contradicts = stands.standing == Standing.DECLARED and stands.nil is not None
    return {
        "label": stands.words,
        "colour": "yellow" if contradicts else COLOURS[stands.standing],
    }


def _head(unit: Unit, today: date) -> Any:
    if unit.head is None:
        return {"label": "Nobody", "colour": "red"}
    if not _is_headed(unit, today):
        return f"{unit.head.display}, who does not serve"
    return unit.head.display


def _is_headed(unit: Unit, today: date) -> bool:
    return unit.head is not None and unit.head.serves_on(today)


def _reminded(units: Sequence[Unit], first: date) -> Mapping[int, str]:
    """How often heads were reminded of a quarter, and when last."""
    sent = (
        NilReturnReminder.objects.filter(unit__in=units, starts_on=first)
        .order_by()
        .values_list("unit")
        .annotate(many=Count("pk"), last=Max("reminded_on"))
    )
    return {
        unit: f"{'Once' if many == 1 else f'{many} times'}, last on {day(last)}"
        for unit, many, last in sent
    }
