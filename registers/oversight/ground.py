"""What figures stand on: since when each register is asked for, and which units returned nil."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, DateField, F, Value, Window
from django.db.models.functions import Cast

from integrity.casework.models import NilReturn
from integrity.casework.quarters import Quarter, quarter_of
from integrity.casework.registry import registers
from integrity.people.models import Unit
from registers.oversight.asking import Asked
from registers.oversight.marks import Ground
from registers.oversight.spans import Period


@dataclass(frozen=True, slots=True)
class Grounds:
    """For the forces (or the one unit) asked about, what every figure of a register stands on."""

    since: Mapping[tuple[int, str], date]
    units: Mapping[int, int]
    nil: Mapping[tuple[int, str, date], int]
    forces: Sequence[int]

    def ground(self, register: str, period: Period, entries: int) -> Ground:
        """Of a register over a period in which so much was entered, forces taken together."""
        asked = [force for force in self.forces if self.is_asked(force, register, period)]
        nil = bool(asked) and all(self.is_nil(force, register, period) for force in asked)
        return Ground(bool(asked), entries, nil)

    def of_force(self, force: int, register: str, period: Period, entries: int) -> Ground:
        asked = self.is_asked(force, register, period)
        return Ground(asked, entries, asked and self.is_nil(force, register, period))

    def is_asked(self, force: int, register: str, period: Period) -> bool:
        since = self.since.get((force, register))
        return since is not None and since <= period.ends_on

    def is_nil(self, force: int, register: str, period: Period) -> bool:
        """Whether every unit said nil for every quarter that the period touches."""
        units = self.units.get(force, 0)
        return units > 0 and all(
            self.nil.get((force, register, quarter.first), 0) >= units
            for quarter in quarters_of(period)
        )


def quarters_of(period: Period) -> list[Quarter]:
    """The calendar quarters that a period touches."""
    firsts = dict.fromkeys(quarter_of(month).first for month in period.months())
    return [Quarter(first) for first in firsts]


def grounds(asked: Asked) -> Grounds:
    """Read in one query, whatever is asked."""
    quarters = {each.first: each.last for each in quarters_of(asked.period)}

    @cache  # a nation's units state the same few spans
    def within(first: date, last: date) -> Sequence[date]:
        return [day for day, ends in quarters.items() if first <= day and ends <= last]

    units: dict[int, int] = dict.fromkeys(asked.force_ids, 0)
    if asked.unit is not None:
        units = {asked.unit.force_id: 1}
    since: dict[tuple[int, str], date] = {}
    nil: dict[tuple[int, str, date], set[int]] = defaultdict(set)
    parts = [*_since(asked), _nil(asked)] + ([] if asked.unit else [_units(asked)])
    for force, register, first, last, number in parts[0].union(*parts[1:], all=True).order_by():
        if not register:
            units[force] = number
        elif number is None:
            since[force, register] = min(first, since.get((force, register), first))
        else:
            for day in within(first, last):
                nil[force, register, day].add(number)
    stood = {key: len(of_units) for key, of_units in nil.items()}
    return Grounds(since, units, stood, asked.force_ids)


COLUMNS = ("of_force", "of_register", "first_day", "last_day", "number")


def _rows(rows: Any, force: str, register: Any, first: Any, last: Any, number: Any) -> Any:
    """Rows of one shape, so that all are read together."""
    kinds = (BigIntegerField, CharField, DateField, DateField, BigIntegerField)
    given = (F(force), register, first, last, number)
    cast = {
        name: Cast(value, kind()) for name, value, kind in zip(COLUMNS, given, kinds, strict=True)
    }
    return rows.order_by().annotate(**cast).values_list(*COLUMNS)


def _since(asked: Asked) -> list[Any]:
    """The days from which a policy asked, a force's own or a joint one."""
    none = Value(None)
    return [
        _rows(
            register.policies().filter(**{f"{name}__in": asked.force_ids}),
            name, Value(register.slug), F("effective_from"), none, none,
        )
        for register in registers()
        if register.policies is not None
        for name in ("force", "joint_forces")
    ]  # fmt: skip


def _units(asked: Asked) -> Any:
    """How many units each force has."""
    none = Value(None)
    units = Unit.objects.filter(force__in=asked.force_ids)
    return _rows(units, "force", Value(""), none, none, Window(Count("pk"), "force")).distinct()


def _nil(asked: Asked) -> Any:
    """The units that said nil of days which touch the quarters of the period."""
    quarters = quarters_of(asked.period)
    stated = NilReturn.objects.standing().filter(
        force__in=asked.force_ids,
        person=None,
        unit__isnull=False,
        starts_on__lte=quarters[-1].last,
        ends_on__gte=quarters[0].first,
    )
    if asked.unit is not None:
        stated = stated.filter(unit=asked.unit)
    return _rows(stated, "force", F("register"), F("starts_on"), F("ends_on"), F("unit"))
