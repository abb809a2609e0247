"""How units stand for a quarter: declared, nil returned, not recorded, not asked (DESIGN §1.5).

HMIC 2012 found registers incomplete and could not tell an empty one from one that nobody kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, TruncDate, TruncQuarter
from django.urls import reverse
from django.utils import timezone

from integrity.casework.clocks import add_months
from integrity.casework.enums import Standing
from integrity.casework.models import Case, NilReturn, NilReturnReminder, NilReturnRule
from integrity.casework.policies import entries_said, standing_of
from integrity.casework.quarters import Quarter, quarter_of
from integrity.casework.registry import Register, Start, named, registers
from integrity.people.models import Force, Unit, User
from integrity.ui.templatetags.ui import day


@dataclass(frozen=True, slots=True)
class Stands:
    """One unit, register and quarter; ``nil`` is the return that stands, also beside entries."""

    unit: Unit
    register: Register
    quarter: Quarter
    standing: Standing
    entries: int
    nil: NilReturn | None

    @property
    def nothing(self) -> str:
        """What the unit's head confirms: 'Nothing was offered to anyone in Custody in July to …'."""
        return f"{self.register.nothing.format(unit=self.unit)} in {self.quarter.words}"

    @property
    def words(self) -> str:
        match self.standing:
            case Standing.DECLARED:
                entries = entries_said(self.entries)
                return f"{entries}, although nil was returned" if self.nil else entries
            case Standing.NIL if self.nil and self.nil.stated_by:
                return f"Nil, by {self.nil.stated_by.display} on {day(self.nil.stated_at)}"
            case _:
                return self.standing.label


def asked_registers() -> list[Register]:
    """The registers of which a unit's head may say that there was nothing."""
    return [each for each in registers() if each.takes_nil_returns]


def quarters_over(today: date, number: int) -> list[Quarter]:
    """The last quarters that are over, the newest first."""
    first = quarter_of(today).first
    return [Quarter(add_months(first, -3 * ago)) for ago in range(1, number + 1)]


def standings(
    units: Sequence[Unit],
    quarters: Sequence[Quarter],
    *,
    today: date,
    of: Sequence[Register] | None = None,
) -> list[Stands]:
    """How each unit stands in each quarter and register: three queries, and one more a register less one.

    An entry counts on the day it speaks of, or else on that of its receipt, withdrawn or not.
    """
    asked = asked_registers() if of is None else of
    if not (units and quarters and asked):
        return []
    entries, nils = _entries(units, quarters, asked), _nils(units, quarters, asked)
    since = {each.slug: _asked_since(each, units) for each in asked}
    found = []
    for unit in units:
        for quarter in quarters:
            for register in asked:
                key = (unit.pk, register.slug, quarter.first)
                many, nil = entries.get(key, 0), nils.get(key)
                policy = since[register.slug].get(unit.force_id)
                standing = standing_of(
                    entries=many,
                    nil=nil is not None,
                    asked=policy is not None and policy <= quarter.last,
                    over=quarter.last < today,
                )
                found.append(Stands(unit, register, quarter, standing, many, nil))
    return found


def standings_in(
    force: Force, register: Register, quarter: Quarter, *, today: date
) -> list[Stands]:
    """Every unit of a force for one register and quarter, by name."""
    units = list(force.units.select_related("head__grade"))
    return standings(units, [quarter], today=today, of=[register])


def last_standings(units: Iterable[Unit], *, today: date) -> list[Stands]:
    """How units stand in the quarters that their forces ask about, the newest first in each."""
    found: dict[Force, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.force, []).append(unit)
    return [
        each
        for force, of_force in found.items()
        for each in standings(
            of_force,
            quarters_over(today, NilReturnRule.objects.in_force(force, today).quarters),
            today=today,
        )
    ]


def _entries(
    units: Sequence[Unit], quarters: Sequence[Quarter], of: Sequence[Register]
) -> Mapping[tuple[int, str, date], int]:
    on = Coalesce("claimed_on", TruncDate("received_at", tzinfo=timezone.get_default_timezone()))
    days = (min(each.first for each in quarters), max(each.last for each in quarters))
    counts = (
        Case.objects.filter(
            subject_unit__in=units, register__in=[each.slug for each in of], confidential=False
        )
        .annotate(on=on)
        .filter(on__range=days)
        .order_by()
        .values_list("subject_unit", "register", TruncQuarter("on"))
        .annotate(many=Count("pk"))
    )
    return {(unit, slug, first): many for unit, slug, first, many in counts}


def _nils(
    units: Sequence[Unit], quarters: Sequence[Quarter], of: Sequence[Register]
) -> Mapping[tuple[int, str, date], NilReturn]:
    """What units returned for all of a quarter; a person's nil return is not their unit's."""
    stated = (
        NilReturn.objects.standing()
        .filter(unit__in=units, person=None, register__in=[each.slug for each in of])
        .select_related("stated_by__grade")
    )
    return {
        (nil.unit_id or 0, nil.register, quarter.first): nil
        for nil in stated
        for quarter in quarters
        if nil.covers(*quarter.days)
    }


def _asked_since(register: Register, units: Sequence[Unit]) -> Mapping[int, date]:
    if register.policies is None:
        return {}
    return register.policies().asked_since({unit.force_id for unit in units})


# --- whoever answers for a unit -------------------------------------------------------------------


def units_answered_for(user: User) -> list[Unit]:
    """The units that somebody heads; then those headed by people who report to them."""
    units = Unit.objects.filter(Q(head=user) | Q(head__line_manager=user))
    found = units.select_related("force", "head__grade").order_by("force__name", "name")
    return sorted(found, key=lambda unit: unit.head_id != user.pk)


def starts(user: User) -> Sequence[Start]:
    """What waits for a unit's head, for the home page."""
    units = list(user.units_headed.select_related("force"))
    if not units:
        return ()
    found = last_standings(units, today=timezone.localdate())
    waiting = sum(each.standing == Standing.SILENT for each in found)
    path = reverse("casework:nil-returns")
    if not waiting:
        return [Start("Nil returns of your unit", path)]
    wait = "1 nil return waits" if waiting == 1 else f"{waiting} nil returns wait"
    return [Start("Say if there was nothing to declare", path, f"{wait} for you", True)]


def team_pages(user: User) -> Sequence[Start]:
    """For whoever manages the head of a unit, and stands in for them."""
    if not Unit.objects.filter(head__line_manager=user).exists():
        return ()
    hint = "Where a head cannot, you can say that there was nothing"
    return [Start("Nil returns of your team’s units", reverse("casework:nil-returns"), hint)]


def holds(person: User) -> dict[str, Any]:
    """What nil returns hold about somebody, as the head of a unit, for their own data."""
    of_quarters = {"unit__isnull": False, "starts_on__isnull": False}
    stated = NilReturn.objects.filter(stated_by=person, **of_quarters).select_related("unit")
    reminded = NilReturnReminder.objects.filter(person=person).select_related("unit")
    found = {
        "heads": [str(unit) for unit in person.units_headed.all()],
        "returned": [
            {
                "register": named(each.register).name,
                "unit": str(each.unit),
                "from": each.starts_on,
                "to": each.ends_on,
                "stated_at": each.stated_at,
                "withdrawn_at": each.withdrawn_at,
                "withdrawn_reason": each.withdrawn_reason,
            }
            for each in stated
        ],
        "reminded": [
            {"unit": str(each.unit), "quarter_from": each.starts_on, "on": each.reminded_on}
            for each in reminded
        ],
    }
    return found if any(found.values()) else {}
