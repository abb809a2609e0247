"""Worlds that are committed, so that every role of the database can be asked about them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.plugins.database import empty
from tests.security.world import Filled


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What this module's tests commit stays until its last test, and is emptied then."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            empty()


@pytest.fixture(scope="module")
def filled(committed: None) -> Filled:
    """Every table with rows of every force."""
    return Filled()
