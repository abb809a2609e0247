"""Gives every test run a server, a secret, and databases made as a force's are (ASSURANCE, decision 1).

The owner migrates one template; each worker clones it; the owner empties the clone after a test
that committed; the code under test connects as ``app``. Loaded by `-p` in pyproject.toml: under
xdist the controller makes the server and the template, and the workers find them.
"""

import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from integrity.database_roles import prepare
from integrity.launch import connect, need_database, parameters
from integrity.postgres_keeper import Problem

CHECKOUT = Path(__file__).resolve().parents[2]
# What migrations put there, and no test changes.
KEPT = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "governance_guidanceclause",
    "governance_healthquestion",
    "governance_recommendation",
)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    # two runs at once in one checkout do not share a database
    run = os.environ.setdefault("TEST_DATABASE_NAME", f"test_integrity_{os.getpid()}")
    try:
        if not early_config.known_args_namespace.help:
            need_database("test")
            if "PYTEST_XDIST_WORKER" not in os.environ:
                make_template(f"{run}_template")
    except Problem as problem:
        raise pytest.UsageError(str(problem)) from None
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ and not config.known_args_namespace.help:
        drop(f"{os.environ['TEST_DATABASE_NAME']}_template")


def make_template(name: str) -> None:
    """An empty database with every migration, by the command that a force's operator runs."""
    server = admin()
    prepare(
        server,
        database=name,
        passwords={"app": None, "owner": None, "auditor_ro": None, "public_ro": None},
    )
    environment = os.environ | {"DATABASE_OWNER_URL": renamed("DATABASE_OWNER_URL", name)}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"],
        cwd=CHECKOUT,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise Problem("The migrations failed; the lines above say why.")
    leave_alone(name)


def leave_alone(name: str) -> None:
    """No autovacuum: after tests rolled back it counts no rows, and plans for none while one adds thousands."""
    with as_superuser(name) as superuser:
        tables = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            superuser.execute(
                sql.SQL("ALTER TABLE {} SET (autovacuum_enabled = false)").format(
                    sql.Identifier(table)
                )
            )


def admin() -> dict[str, str]:
    """Connection parameters of the test server's superuser."""
    if "DATABASE_ADMIN_URL" not in os.environ:
        raise Problem(
            "To run the tests on a server of your own, set DATABASE_ADMIN_URL to its superuser, and "
            "DATABASE_URL and DATABASE_OWNER_URL to the roles app and owner."
        )
    return parameters(os.environ["DATABASE_ADMIN_URL"], "DATABASE_ADMIN_URL")


def renamed(setting: str, database: str) -> str:
    """The URL of a setting, with another database in it."""
    url = os.environ[setting]
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")


def as_superuser(database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(**{**admin(), "dbname": database}, autocommit=True)


def drop(name: str) -> None:
    with as_superuser() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """This worker's own copy of the template, in which the site's code connects as ``app``."""
    from django.db import connection
    from django.db.backends.signals import connection_created
    from django.test import TransactionTestCase

    from integrity.audit import scope

    run = os.environ["TEST_DATABASE_NAME"]
    name = f"{run}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    drop(name)
    with as_superuser() as superuser:
        superuser.execute(
            sql.SQL("CREATE DATABASE {} OWNER owner TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(f"{run}_template")
            )
        )
        superuser.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
        )
        superuser.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO app, public_ro, auditor_ro").format(
                sql.Identifier(name)
            )
        )
        # Planning a join of twenty tables under row-level security: 30 ms; nearly as written, 3 ms.
        superuser.execute(
            sql.SQL("ALTER DATABASE {} SET join_collapse_limit = 4").format(sql.Identifier(name))
        )
    with django_db_blocker.unblock():
        connection.close()
        connection_created.connect(reach_everywhere)
        scope.begin_with({"scope": "all"})
        connection.settings_dict["NAME"] = name
        os.environ["DATABASE_OWNER_URL"] = renamed("DATABASE_OWNER_URL", name)
        patch = pytest.MonkeyPatch()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: empty())
        yield
        patch.undo()
        connection.close()
    drop(name)


def reach_everywhere(connection: Any, **kwargs: Any) -> None:
    """A test itself reaches every force; requests and jobs reach what they set, threads nothing."""
    if threading.current_thread() is threading.main_thread():
        with connection.cursor() as cursor:
            cursor.execute("SET integrity.scope = 'all'")


def as_owner() -> psycopg.Connection:
    """A connection of the database's owner, each statement its own transaction."""
    owner = connect(os.environ["DATABASE_OWNER_URL"])
    owner.autocommit = True
    return owner


def empty(tries: int = 5) -> None:
    """The owner empties every table: the site's role may not.

    A page that a browser left may still be read by the server's thread, and the two wait for each
    other: the server ends one of them, and where that was this one, it goes again.
    """
    try:
        _truncate()
    except psycopg.errors.DeadlockDetected:
        if tries == 1:
            raise
        empty(tries - 1)


def _truncate() -> None:
    with as_owner() as owner, owner.transaction():
        (names,) = owner.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> ALL (%s)",
            (list(KEPT),),
        ).fetchone() or ("",)
        owner.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode())
        owner.execute("ALTER SEQUENCE casework_case_reference RESTART")
