"""What a force states of itself for the inspection return."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from registers.governance.actions.step import tell
from registers.governance.models import ForceStatement
from registers.governance.permissions import check_states


@action
def state_figures(
    force: Force,
    *,
    as_of: date,
    counter_corruption_staff: Decimal,
    led_by: str,
    gift_registers: int,
    compares_with_contractors: bool,
    compares_with_suppliers: bool,
    headcount: int | None = None,
    headcount_source: str = "",
    note: str = "",
    by: User,
    now: datetime,
) -> ForceStatement:
    """State a force's figures as of a day. Stating the day again corrects it; both stay. Raises Denied."""
    check_states(by, force)
    if as_of > timezone.localdate(now):
        raise Denied("State figures as of today or an earlier day.")
    if (headcount is None) != (not headcount_source.strip()):
        raise Denied("A headcount needs its source, and a source its headcount.")
    stated = ForceStatement.objects.create(
        force=force,
        as_of=as_of,
        counter_corruption_staff=counter_corruption_staff,
        led_by=led_by.strip(),
        headcount=headcount,
        headcount_source=headcount_source.strip(),
        gift_registers=gift_registers,
        compares_with_contractors=compares_with_contractors,
        compares_with_suppliers=compares_with_suppliers,
        note=note.strip(),
        stated_at=now,
        stated_by=by,
    )
    tell("figures stated", stated, of=stated, by=by, now=now, facts={"as_of": as_of.isoformat()})
    return stated
