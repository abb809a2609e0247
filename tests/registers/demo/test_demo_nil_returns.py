"""What docs/demo.md says of nil returns: heads of quiet units answer, the silent ones do not."""

import pytest
from django.utils import timezone

from integrity.casework.enums import Standing
from integrity.casework.models import NilReturn
from integrity.casework.nil_returns import asked_registers, quarters_over, standings
from integrity.people.models import Unit
from registers.demo.data.places import CUSTODY, SILENT_UNIT, SPECIALS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def test_most_units_have_a_head_of_their_own() -> None:
    units = Unit.objects.select_related("head")
    assert {unit.name for unit in units if unit.head is None} == {SPECIALS, "Chief Officer Group"}
    assert all(unit.head.unit_id == unit.pk for unit in units if unit.head)


def test_the_silent_units_returned_nothing() -> None:
    assert not NilReturn.objects.filter(unit__name__in=(SILENT_UNIT, CUSTODY)).exists()
    silent = Unit.objects.get(name=SILENT_UNIT)
    today = timezone.localdate()
    found = standings([silent], quarters_over(today, 5), today=today)
    assert {each.standing for each in found} == {Standing.SILENT}
    assert len(found) == 5 * len(asked_registers())


def test_heads_of_quiet_units_returned_nil_in_every_force() -> None:
    stated = NilReturn.objects.standing().filter(starts_on__isnull=False)
    assert stated.count() > 100
    assert set(stated.values_list("force__code", flat=True)) == {"NMR", "EVL", "HTP"}
    assert not [
        nil for nil in stated.select_related("unit") if nil.stated_by_id != nil.unit.head_id
    ]
