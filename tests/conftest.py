"""Fixtures that any test may ask for; the database comes from tests/plugins/database.py."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadFileScheduling

from integrity.audit.signing import make_key
from integrity.audit.verify_receipt import VerifierKey
from tests import builders
from tests.plugins.database import django_db_setup
from tests.plugins.kept_world import KeptWorld

__all__ = ["django_db_setup"]  # in place of pytest-django's own

hypothesis_settings.register_profile(
    "tests", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("tests")


kept = KeptWorld()


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[KeptWorld]:
    """The world of this file's tests, made once; gone before any test that does not ask for it."""
    kept.open(django_db_blocker)
    yield kept
    kept.close()


@pytest.fixture
def world(kept_world: KeptWorld, db: None) -> builders.World:
    """Two forces in an alliance, a third by itself, their people and policies: each test's own."""
    return kept_world.copy()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if "kept_world" not in getattr(item, "fixturenames", ()):
        kept.close()


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
DEMO = "tests/registers/demo/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first; each file in one piece, and in it first the tests that share its world."""
    place: dict[str, int] = {}
    for item in items:
        place.setdefault(file_of(item.nodeid), len(place))
    items.sort(
        key=lambda item: (
            not item.nodeid.startswith(LONGEST),
            place[file_of(item.nodeid)],
            "kept_world" not in getattr(item, "fixturenames", ()),
        )
    )


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


class OneWorldOneWorker(LoadFileScheduling):
    """A file is one worker's, and so are the files of the demo, which takes a minute to load."""

    def _split_scope(self, nodeid: str) -> str:
        return DEMO if nodeid.startswith(DEMO) else file_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneWorldOneWorker:
    return OneWorldOneWorker(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured, whichever worker ran them."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "measured":
                terminalreporter.write_line(f"measured: {value}")
