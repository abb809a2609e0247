"""Heads of quiet units say that there was nothing; those of the silent units never do."""

from datetime import timedelta

from django.utils import timezone

from integrity.casework import actions
from integrity.casework.enums import Standing
from integrity.casework.nil_returns import quarters_over, standings
from integrity.casework.quarters import Quarter
from integrity.people.models import Unit
from registers.demo.data.places import CUSTODY, FLEET, SILENT_UNIT
from registers.demo.timeline import Story
from registers.demo.world import World

SILENT = (SILENT_UNIT, CUSTODY)
LATE = (FLEET,)  # has not answered for the last quarter
QUARTERS = 5
LOOKED_AGAIN = timedelta(days=60)


def nil_returns(world: World) -> list[Story]:
    """Each head answers within two weeks of a quarter, and looks once more two months later."""
    past = quarters_over(world.today, QUARTERS)
    return [
        _answers(world, unit, quarter)
        for unit in Unit.objects.filter(head__isnull=False).select_related("head", "force")
        for quarter in past
        if unit.name not in SILENT and not (unit.name in LATE and quarter == past[0])
    ]


def _answers(world: World, unit: Unit, quarter: Quarter) -> Story:
    yield (at := world.on(quarter.last + timedelta(days=world.chance.randint(2, 12)), 15))
    head = world[unit.head.username]
    today = timezone.localdate(at)
    found = standings([unit], [quarter], today=today)
    quiet = [each.register.slug for each in found if each.standing == Standing.SILENT]
    returned = actions.return_nil(unit, registers=quiet, quarter=quarter, by=head, now=at)
    yield (at := at + LOOKED_AGAIN)
    declared = {
        each.nil.pk
        for each in standings([unit], [quarter], today=timezone.localdate(at))
        if each.nil and each.entries
    }
    for nil in returned:
        if nil.pk in declared:
            why = "Somebody in the unit has declared one since."
            actions.withdraw_nil(nil, reason=why, by=head, now=at)
