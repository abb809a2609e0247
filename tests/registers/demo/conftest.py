"""The whole demo world once for all of its tests, which read it; taken back at the end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from registers.demo.load import load


@pytest.fixture(scope="package", autouse=True)
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        assert load(timezone.now())
        yield
        transaction.set_rollback(True)
