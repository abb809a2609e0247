"""The database's roles: what prepare_database makes, and what the site refuses to work through."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

from integrity.database_roles import EXTENSIONS, ROLES, danger
from integrity.launch import connect, need_database, refuse_danger
from integrity.postgres_keeper import Problem
from tests.integrity.test_embedded_postgres import Client

CHECKOUT = Path(__file__).resolve().parents[2]
DATABASE = "prepared"
READY = f"The database {DATABASE} and its roles are ready: owner, app, public_ro, auditor_ro.\n"


@pytest.fixture(scope="module")
def socket() -> Iterator[str]:
    """A server of these tests' own: roles belong to a whole server, and others are using theirs."""
    folder = Path(tempfile.mkdtemp(prefix="ir-", dir="/var/tmp"))
    client = Client(folder)
    yield client.url().partition("?host=")[2]
    client.leave()
    shutil.rmtree(folder)


@pytest.fixture
def server(socket: str) -> Iterator[str]:
    yield socket
    with as_superuser(socket) as superuser:
        superuser.execute(f"DROP DATABASE IF EXISTS {DATABASE}".encode())
        for role in ROLES:
            superuser.execute(f"ALTER ROLE {role} LOGIN PASSWORD NULL".encode())


def url_of(server: str, role: str, *, database: str = DATABASE, password: str = "") -> str:
    secret = f":{password}" if password else ""
    return f"postgres://{role}{secret}@/{database}?host={server}"


def urls(server: str, **passwords: str) -> dict[str, str]:
    """The settings, with the passwords of the roles in them; readers have one only if it is given."""
    given = {"owner": "", "app": "", **passwords}
    admin = {"DATABASE_ADMIN_URL": url_of(server, "postgres", database="postgres")}
    return admin | {
        ROLES[role]: url_of(server, role, password=password) for role, password in given.items()
    }


def as_superuser(server: str, database: str = "postgres") -> psycopg.Connection:
    connection = connect(url_of(server, "postgres", database=database))
    connection.autocommit = True
    return connection


def sign_ins(superuser: psycopg.Connection) -> dict[str, bool]:
    found = superuser.execute(
        "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname = ANY (%s)", (list(ROLES),)
    )
    return dict(found.fetchall())


def prepare(settings: Mapping[str, str]) -> str:
    """What the command says with these settings and no other URLs."""
    told = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for setting in ("DATABASE_ADMIN_URL", *ROLES.values()):
            patch.delenv(setting, raising=False)
        for setting, url in settings.items():
            patch.setenv(setting, url)
        call_command("prepare_database", stdout=told)
    return told.getvalue()


def refusal(settings: Mapping[str, str]) -> str:
    with pytest.raises((CommandError, Problem)) as refused:
        prepare(settings)
    return str(refused.value)


def manage(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command with no settings but these: neither a secret nor another role's URL."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"]} | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_makes_everything_and_again_the_same(server: str) -> None:
    for _ in range(2):
        assert prepare(urls(server)) == READY
        with as_superuser(server, DATABASE) as inside:
            able = inside.execute(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND (rolsuper OR rolcreatedb"
                " OR rolcreaterole OR rolreplication OR rolbypassrls)",
                (list(ROLES),),
            )
            assert able.fetchall() == []
            owns = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s"
            assert inside.execute(owns, (DATABASE,)).fetchone() == ("owner",)
            owns = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public'"
            assert inside.execute(owns).fetchone() == ("owner",)
            extensions = inside.execute("SELECT extname FROM pg_extension").fetchall()
            assert {name for (name,) in extensions} >= set(EXTENSIONS)


def test_it_needs_no_secret_and_no_other_setting(server: str) -> None:
    done = manage("prepare_database", **urls(server))
    assert (done.stdout, done.stderr) == (READY, "")
    urls_of_migrate = urls(server)
    del urls_of_migrate["DATABASE_ADMIN_URL"]
    done = manage("migrate", "--verbosity=0", "--no-input", **urls_of_migrate)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_role_without_a_url_cannot_sign_in(server: str) -> None:
    prepare(urls(server))
    with as_superuser(server) as superuser:
        assert sign_ins(superuser) == {
            "owner": True,
            "app": True,
            "public_ro": False,
            "auditor_ro": False,
        }
    with pytest.raises(Problem, match="not permitted to log in"):
        connect(url_of(server, "auditor_ro"), "DATABASE_AUDITOR_URL")
    prepare(urls(server, auditor_ro="given"))
    connect(url_of(server, "auditor_ro"), "DATABASE_AUDITOR_URL").close()


def test_it_sets_the_passwords_that_the_urls_hold_and_changes_them(server: str) -> None:
    def stored() -> dict[str, str]:
        with as_superuser(server) as superuser:
            rows = superuser.execute(
                "SELECT rolname, coalesce(rolpassword, '') FROM pg_authid WHERE rolname = ANY (%s)",
                (list(ROLES),),
            )
            return dict(rows.fetchall())

    first = {role: secrets.token_hex(16) for role in ("owner", "app")}
    prepare(urls(server, **first))
    before = stored()
    assert all(before[role].startswith("SCRAM-SHA-256$") for role in first)
    assert before["public_ro"] == ""
    prepare(urls(server, **first | {"app": secrets.token_hex(16)}))
    assert stored()["app"] != before["app"]


@pytest.mark.parametrize("missing", ["DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL"])
def test_each_url_is_asked_for_by_name(missing: str) -> None:
    settings = urls("none") | {missing: "", "DATABASE_AUDITOR_URL": ""}
    assert refusal(settings) == f"Set {missing}; --help says what it is."


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"DATABASE_OWNER_URL": "owner@db/integrity"}, "DATABASE_OWNER_URL is not the address"),
        ({"DATABASE_URL": "postgres://owner@db/prepared"}, "DATABASE_URL must name the role app."),
        ({"DATABASE_PUBLIC_URL": "postgres://app@db/prepared"}, "must name the role public_ro."),
        ({"DATABASE_URL": "postgres://app@db/other"}, "The URLs name different databases"),
        ({"DATABASE_URL": "postgres://app:@db/prepared"}, "The password in DATABASE_URL is empty"),
        ({"DATABASE_ADMIN_URL": "postgres://su:@db/postgres"}, "DATABASE_ADMIN_URL is empty"),
        (
            {"DATABASE_ADMIN_URL": "postgres://su:hidden@127.0.0.1:1/postgres"},
            "no PostgreSQL server answers there",
        ),
    ],
)
def test_a_wrong_url_gets_one_sentence(wrong: dict[str, str], sentence: str) -> None:
    said = refusal(urls("none") | wrong)
    assert sentence in said
    assert said.endswith(".")
    assert "hidden" not in said


def test_whoever_is_no_superuser_cannot_prepare(server: str) -> None:
    settings = urls(server) | {
        "DATABASE_ADMIN_URL": url_of(server, "owner", database="postgres"),
    }
    assert refusal(settings) == "DATABASE_ADMIN_URL must name a superuser; “owner” is none."


# --- what the site refuses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("DATABASE_ADMIN_URL", "The site may not connect as “postgres”, which no rule"),
        ("DATABASE_OWNER_URL", "The site may not connect as “owner”, which owns the database"),
    ],
)
def test_the_site_refuses_a_role_that_could_rewrite_the_ledger(setting: str, sentence: str) -> None:
    with pytest.raises(Problem) as refused:
        refuse_danger(os.environ[setting])
    assert str(refused.value).startswith(sentence)
    done = manage("verify_ledger", DATABASE_URL=os.environ[setting], SECRET_KEY="x")
    assert (done.returncode, done.stderr) == (1, f"{refused.value}\n")


def test_the_site_works_as_app() -> None:
    refuse_danger(os.environ["DATABASE_URL"])
    need_database("test")


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_server_that_may_lose_writes_is_refused(setting: str) -> None:
    class Says:
        """A connection as ``app`` to a server with the setting off, which no test may have."""

        def execute(self, *args: object) -> "Says":
            return self

        def fetchone(self) -> tuple[object, ...]:
            return ("app", False, False, [setting], False)

    sentence = danger(Says())
    assert sentence.startswith(f"The database server runs with {setting} off")
    assert f"set {setting} = on" in sentence


def test_a_role_with_a_scope_of_its_own_is_refused(server: str) -> None:
    """Any role may change its own defaults, so a site taken over once could have widened them."""
    with as_superuser(server) as superuser:
        prepare(urls(server))
        superuser.execute("ALTER ROLE app SET integrity.scope = 'all'")
        with connect(url_of(server, "app")) as connection:
            assert "ALTER ROLE app RESET ALL" in danger(connection)
        superuser.execute("ALTER ROLE app RESET ALL")
        with connect(url_of(server, "app")) as connection:
            assert danger(connection) == ""


def test_synchronous_commit_is_read_from_the_server() -> None:
    with connect(os.environ["DATABASE_URL"]) as connection:
        assert danger(connection) == ""
        connection.execute("SET synchronous_commit = off")
        assert "synchronous_commit off" in danger(connection)


def test_the_crash_harness_may_lose_writes_and_is_no_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it may, on a server with the setting off, is tried in tests/crash."""
    monkeypatch.setenv("INTEGRITY_CRASH_HARNESS", "expect losses")
    with pytest.raises(Problem, match="owns the database"):
        refuse_danger(os.environ["DATABASE_OWNER_URL"])


def test_a_database_of_an_earlier_release_is_named(server: str) -> None:
    """Its tables belong to another role, whose migrations the owner cannot go on with."""
    prepare(urls(server))
    with as_superuser(server, DATABASE) as superuser:
        superuser.execute("CREATE TABLE django_migrations ()")
    settings = urls(server)
    del settings["DATABASE_ADMIN_URL"]
    done = manage("migrate", **settings)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "The tables of this database belong to “postgres”, not to owner: an earlier release made it. "
        "Begin with another; a demo's is made anew once its folder is removed (README.md, The "
        "database).\n"
    )
