"""Who heads a unit is of its force: the form asks, and the database holds to it."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from integrity.audit.guard import Table
from integrity.people.models import Unit, User
from tests.builders import World


def test_a_unit_needs_no_head_and_a_person_may_head_several(world: World) -> None:
    assert world.patrol.head is None
    for unit in (world.patrol, world.headquarters):
        unit.head = world.sergeant
        unit.save()
    assert list(world.sergeant.units_headed.all()) == [world.headquarters, world.patrol]


@pytest.mark.parametrize("who", ["harbour_sergeant", "eastvale_constable", "body_member"])
def test_the_database_refuses_a_head_of_another_force(world: World, who: str) -> None:
    with transaction.atomic():
        Unit.objects.filter(pk=world.patrol.pk).update(head=getattr(world, who))
        with pytest.raises(IntegrityError) as refusal:
            connection.check_constraints()
        transaction.set_rollback(True)
    cause: Any = refusal.value.__cause__
    assert cause.diag.constraint_name == "people_unit_head_id_same_force"


def test_a_head_is_never_deleted_with_the_unit_left_behind(world: World) -> None:
    field = Unit._meta.get_field("head")
    assert field.related_model is User
    assert [key.name for key, _ in Table(Unit).same_force()] == ["head"]
