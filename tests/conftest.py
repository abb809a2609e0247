"""Fixtures that any test may ask for; the database comes from tests/plugins/database.py."""

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from integrity.audit.signing import make_key
from integrity.audit.verify_receipt import VerifierKey
from tests import builders
from tests.plugins.database import django_db_setup

__all__ = ["django_db_setup"]  # in place of pytest-django's own

hypothesis_settings.register_profile(
    "tests", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("tests")


@pytest.fixture
def world(db: None) -> builders.World:
    """Two forces in an alliance, a third by itself, their people and policies."""
    return builders.world()


@pytest.fixture
def media(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Uploads go to a folder of the test's own."""
    folder = tmp_path_factory.mktemp("media")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder)}},
    }


@pytest.fixture
def ledger_key(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> VerifierKey:
    """A key to seal the ledger with, in a folder of the test's own."""
    folder = tmp_path_factory.mktemp("key") / "k"
    key = make_key("register.example", folder)
    settings.LEDGER_VERIFIER_KEY, settings.LEDGER_KEY_FOLDER = str(key), str(folder)
    return key


# Files with few, long tests: begun last, they would leave one processor idle for minutes.
LONGEST = ("tests/access/", "tests/concurrency/", "tests/crash/", "tests/registers/demo/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured, whichever worker ran them."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "measured":
                terminalreporter.write_line(f"measured: {value}")
