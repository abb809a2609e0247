"""The whole demo world once for all of its tests, which read it; taken back at the end."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from registers.demo.load import load


@pytest.fixture(scope="package", autouse=True)
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    kept = {
        **settings.STORAGES["default"],
        "OPTIONS": {"location": tmp_path_factory.mktemp("media")},
    }
    files = override_settings(STORAGES={**settings.STORAGES, "default": kept})
    with files, django_db_blocker.unblock(), transaction.atomic():
        assert load(timezone.now())
        yield
        transaction.set_rollback(True)
