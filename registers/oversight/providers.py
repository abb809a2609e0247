"""The providers that stand out over a period, in one statement: never every provider into Python."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.keeping import sql
from registers.oversight.reading import counted

MOST = 10


class Provider(NamedTuple):
    """An organisation, under the record into which others were merged, and what came from it."""

    root: int
    name: str
    ids: Sequence[int]
    offers: int
    accepted: int
    pounds: Decimal
    before: int


def foremost(asked: Asked, *, most: int = MOST) -> list[Provider]:
    """Those of most offers and those of most pounds, with their offers of the period before."""
    now = counted(asked, [Measure.PROVIDERS])
    before = counted(asked.over(asked.period.before()), [Measure.PROVIDERS]).renamed("before_")
    statement = sql("providers.sql").replace("{now}", now.sql).replace("{before}", before.sql)
    with connection.cursor() as cursor:
        cursor.execute(statement, {**now.given, **before.given, "most": most})
        return [Provider(*row) for row in cursor.fetchall()]
