"""How units stand, in one statement whatever is asked: silent ones, and those that stand out."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from integrity.casework.enums import Standing
from registers.oversight.asking import Asked
from registers.oversight.ground import Grounds, quarters_of
from registers.oversight.keeping import sql
from registers.oversight.spans import Period

QUARTERS = 4
MOST = 20
ENOUGH = 5  # entries that a unit would have at its force's own rate, before it can stand out
FAR = 3  # times the square root of that number


@dataclass(frozen=True)
class Units:
    """What was read. ``period`` is the part of what was asked that it is read over."""

    period: Period
    quarters: Sequence[Period]
    stands: dict[tuple[str, date, str], int]
    silent: Sequence[dict[str, Any]]
    silent_units: int
    odd: Sequence[dict[str, Any]]
    entered: Sequence[dict[str, Any]]

    def standing(self, register: str, first: date, standing: Standing) -> int:
        return self.stands.get((register, first, str(standing)), 0)


def last_of(period: Period) -> tuple[Period, list[Period]]:
    """The last four quarters that a period touches, and the part of it that lies in them."""
    quarters = [Period(each.first, each.last) for each in quarters_of(period)][-QUARTERS:]
    return Period(max(period.starts_on, quarters[0].starts_on), period.ends_on), quarters


def units(asked: Asked, grounds: Grounds, registers: Collection[str], *, today: date) -> Units:
    """Read them. A longer period is cut to its last four quarters, so that no page reads ten years."""
    period, quarters = last_of(asked.period)
    since = [(force, slug, first) for (force, slug), first in grounds.since.items()]
    given = {
        "forces": asked.force_ids,
        "unit": asked.unit.pk if asked.unit else None,
        "band": str(asked.band) if asked.band else None,
        "registers": list(registers),
        "firsts": [each.starts_on for each in quarters],
        "lasts": [each.ends_on for each in quarters],
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "since_forces": [each[0] for each in since],
        "since_registers": [each[1] for each in since],
        "since": [each[2] for each in since],
        "today": today,
        "most": MOST,
        "enough": ENOUGH,
        "far": FAR,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql("units.sql"), given)
        rows = [(what, told) for what, told in cursor.fetchall()]
    return _read(period, quarters, rows)


def _read(period: Period, quarters: Sequence[Period], rows: Sequence[tuple[str, Any]]) -> Units:
    said = [(what, told if isinstance(told, dict) else json.loads(told)) for what, told in rows]

    def of(kind: str) -> list[dict[str, Any]]:
        return [told for what, told in said if what == kind]

    stands = {
        (told["register"], date.fromisoformat(told["first"]), told["standing"]): told["n"]
        for told in of("stands")
    }
    (many,) = of("silent units")
    return Units(period, quarters, stands, of("silent"), int(many["n"]), of("odd"), of("entered"))
