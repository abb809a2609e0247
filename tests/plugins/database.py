"""Gives every test run a database and a secret, before pytest-django reads the settings.

Loaded by `-p` in pyproject.toml. Under xdist the controller starts the server and the workers find
it in their environment.
"""

import os
import secrets
from collections.abc import Generator

import pytest

from integrity.launch import Problem, need_database


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    # two runs at once in one checkout do not share a database
    os.environ.setdefault("TEST_DATABASE_NAME", f"test_integrity_{os.getpid()}")
    try:
        if not early_config.known_args_namespace.help:
            need_database("test")
    except Problem as problem:
        raise pytest.UsageError(str(problem)) from None
    return (yield)
