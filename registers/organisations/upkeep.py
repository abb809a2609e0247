"""What is done with organisations by itself: new names are compared at once, all of them every night."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from integrity.audit.scope import everywhere
from integrity.people.models import StandardsDepartment

if TYPE_CHECKING:
    from registers.organisations.actions.suggesting import Counts


def each_minute(now: datetime) -> Mapping[str, int]:
    """Suggest merges of what was added since the last minute."""
    from registers.organisations.actions.suggesting import suggest_for_new

    return _of_all(lambda department: suggest_for_new(department, now=now))


def each_night(now: datetime) -> Mapping[str, int]:
    """Suggest merges among everything."""
    from registers.organisations.actions.suggesting import suggest_merges

    return _of_all(lambda department: suggest_merges(department, now=now))


def _of_all(suggest: Callable[[StandardsDepartment], "Counts"]) -> Mapping[str, int]:
    with everywhere():
        done = [suggest(each) for each in StandardsDepartment.objects.order_by("pk")]
    return {
        "pairs suggested": sum(each.new for each in done),
        "pairs scored anew": sum(each.changed for each in done),
    }
