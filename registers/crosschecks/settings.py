"""How a force runs each check on a day: its own row in force, or what the rule takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from integrity.people.models import Force
from registers.crosschecks.enums import Check, Owner
from registers.crosschecks.models import CheckSetting
from registers.crosschecks.rules import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a check runs under; ``since`` is none where the force has said nothing."""

    switched_on: bool = True
    owner: Owner = Owner.PSD
    minimum_score: int = 0
    minimum_likeness: int = 100
    window_days: int = 365
    times: int = 3
    amount: Decimal = Decimal(0)
    since: date | None = None


def default_of(check: Check) -> Setting:
    rule = RULES[check]
    return Setting(
        owner=rule.owner,
        minimum_score=rule.minimum_score,
        minimum_likeness=rule.minimum_likeness,
        window_days=rule.window_days,
        times=rule.times,
        amount=rule.amount,
    )


def settings_of(force: Force, on: date) -> Mapping[Check, Setting]:
    """Every check's setting in force on a day, in one query."""
    rows = CheckSetting.objects.filter(force=force, effective_from__lte=on)
    newest = rows.order_by("check_name", "-effective_from").distinct("check_name")
    own = {Check(row.check_name): of_row(row) for row in newest}
    return {check: own.get(check) or default_of(check) for check in Check}


def of_row(row: CheckSetting) -> Setting:
    """What a check runs under from the day of a force’s row on."""
    return Setting(
        switched_on=row.switched_on,
        owner=Owner(row.owner),
        minimum_score=row.minimum_score,
        minimum_likeness=row.minimum_likeness,
        window_days=row.window_days,
        times=row.times,
        amount=row.amount,
        since=row.effective_from,
    )
