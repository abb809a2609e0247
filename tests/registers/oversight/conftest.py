"""One busy world for each file that asks for it: built once, and every test takes back what it did there."""

from collections.abc import Generator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import builders
from tests.builders import World
from tests.dashboards import busy


@pytest.fixture(scope="module")
def shared_busy_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Generator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield busy(builders.world())
        transaction.set_rollback(True)


@pytest.fixture
def busy_world(shared_busy_world: World, django_db_blocker: DjangoDbBlocker) -> Generator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield shared_busy_world
        transaction.set_rollback(True)
    for person in shared_busy_world.people().values():
        person.__dict__.pop("_grants", None)
