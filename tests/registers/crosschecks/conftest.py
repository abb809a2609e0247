"""One world for each file: it is built once, and every test takes back what it did there."""

from collections.abc import Generator

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import builders
from tests.builders import World


@pytest.fixture(scope="module")
def shared_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield builders.world()
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world: World, django_db_blocker: DjangoDbBlocker) -> Generator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield shared_world
        transaction.set_rollback(True)
    for person in shared_world.people().values():
        person.__dict__.pop("_grants", None)


def settle() -> None:
    """What was written takes its place in the ledger, as at a commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
