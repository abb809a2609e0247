"""The site refuses to start on a server that can lose writes, or as a role that no guard binds."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.crash.own_server import CHECKOUT, DATABASE, OwnServer, own_server

PROGRAMS = {
    "site": ["-c", "import integrity.wsgi"],
    "command": ["manage.py", "verify_ledger"],
    "worker": ["manage.py", "procrastinate", "worker"],
}
LOSSY = "The database server runs with {} off, so it can lose what it has acknowledged; "
ALLOWED = ["-c", "import integrity.wsgi; print('started')"]
every_program = pytest.mark.parametrize("program", PROGRAMS)


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    with own_server() as own:
        yield own


@pytest.fixture
def settings_undone(server: OwnServer) -> Iterator[None]:
    yield
    server.command(
        "ALTER SYSTEM RESET ALL",
        f"ALTER DATABASE {DATABASE} RESET ALL",
        "ALTER ROLE app RESET ALL",
        "SELECT pg_reload_conf()",
    )


def start(
    server: OwnServer, *program: str, role: str = "app", harness: str = ""
) -> subprocess.CompletedProcess[str]:
    told = {"DATABASE_URL": server.url(role), "INTEGRITY_CRASH_HARNESS": harness}
    return subprocess.run(
        [sys.executable, *program],
        cwd=CHECKOUT,
        env=server.environment() | told,
        capture_output=True,
        text=True,
        timeout=60,
    )


def refusal(server: OwnServer, program: str, role: str = "app") -> str:
    """What a program that does not start says last."""
    done = start(server, *PROGRAMS[program], role=role)
    assert done.returncode == 1
    assert done.stdout == ""
    *before, sentence = done.stderr.splitlines()
    if program != "site":  # whose server logs how it came to it
        assert not before
    return sentence.removeprefix("integrity.postgres_keeper.Problem: ")


@every_program
@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
@pytest.mark.usefixtures("settings_undone")
def test_a_server_that_can_lose_writes(server: OwnServer, setting: str, program: str) -> None:
    server.command(f"ALTER SYSTEM SET {setting} = off", "SELECT pg_reload_conf()")
    assert refusal(server, program).startswith(LOSSY.format(setting))


@pytest.mark.parametrize("whose", [f"DATABASE {DATABASE}", "ROLE app"])
@pytest.mark.usefixtures("settings_undone")
def test_a_database_or_a_role_that_can_lose_writes(server: OwnServer, whose: str) -> None:
    server.command(f"ALTER {whose} SET synchronous_commit = off")
    assert refusal(server, "site").startswith(LOSSY.format("synchronous_commit"))


@every_program
def test_a_superuser(server: OwnServer, program: str) -> None:
    assert refusal(server, program, "postgres") == (
        "The site may not connect as “postgres”, which no rule of the database binds; let "
        "DATABASE_URL name the role app (manage.py prepare_database makes it)."
    )


@every_program
def test_the_owner(server: OwnServer, program: str) -> None:
    assert refusal(server, program, "owner") == (
        "The site may not connect as “owner”, which owns the database and could rewrite the ledger; "
        "let DATABASE_URL name the role app and DATABASE_OWNER_URL the owner."
    )


def test_otherwise_it_starts(server: OwnServer) -> None:
    assert start(server, *ALLOWED).stdout == "started\n"


@pytest.mark.usefixtures("settings_undone")
def test_the_crash_harness_may_expect_losses_and_nothing_else(server: OwnServer) -> None:
    server.command("ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")
    assert start(server, *ALLOWED, harness="expect losses").stdout == "started\n"
    assert start(server, *ALLOWED, harness="yes").returncode == 1
    assert start(server, *ALLOWED, harness="expect losses", role="postgres").returncode == 1
