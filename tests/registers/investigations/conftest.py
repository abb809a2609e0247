"""A world whose forces have policies on investigations."""

import pytest

from tests import builders
from tests.builders import World
from tests.investigations import investigation_policies


@pytest.fixture
def world(db: None) -> World:
    who = builders.world()
    investigation_policies(who)
    return who
