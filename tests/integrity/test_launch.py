"""A wrong DATABASE_URL is answered with a sentence, and a demo's secret lasts."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from integrity import embedded_postgres
from integrity.audit.signing import KEY_FILE, SignerKey
from integrity.launch import connect, mail_folder, need_database, prepare_environment
from integrity.postgres_keeper import Problem

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "is not the address of a PostgreSQL database"),
        ("mysql://u:secret@host/db", "is not the address of a PostgreSQL database"),
        ("postgres://host:port/db", "is not the address of a PostgreSQL database"),
        ("postgres://host", "is not the address of a PostgreSQL database"),
        ("postgres://u:secret@127.0.0.1:1/db", "'db' at 127.0.0.1:1, which cannot be used"),
        ("postgres://u:secret@nowhere.invalid/db", "no PostgreSQL server answers there"),
        ("postgres://u@127.0.0.1:1/db?colour=blue", 'invalid connection option "colour"'),
    ],
)
def test_a_wrong_url_gets_one_sentence_without_its_password(
    url: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(Problem, match=r"^DATABASE_URL .+\.$") as refused:
        need_database("test")
    assert sentence in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_missing_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    other = re.sub(r"/[^/?]+(\?|$)", r"/no_such_database\1", os.environ["DATABASE_URL"])
    monkeypatch.setenv("DATABASE_URL", other)
    with pytest.raises(Problem, match=r'database "no_such_database" does not exist\.$'):
        need_database("test")


def test_manage_prints_the_sentence_and_nothing_else() -> None:
    done = manage("migrate", DATABASE_URL="postgres://u@127.0.0.1:1/db")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "127.0.0.1:1" in done.stderr


def test_a_missing_password_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """psycopg says so without the word that a server's refusals begin with."""

    def asks_for_one(**given: object) -> None:
        raise psycopg.OperationalError("connection failed: fe_sendauth: no password supplied")

    monkeypatch.setattr(psycopg, "connect", asks_for_one)
    with pytest.raises(Problem, match=r"cannot be used: no password supplied\.$"):
        connect("postgres://app@db/integrity")


@pytest.mark.parametrize("command", ["migrate", "flush"])
def test_only_the_owner_migrates(command: str) -> None:
    done = manage(command, "--no-input", DATABASE_OWNER_URL="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Migrations run as the database's owner; set DATABASE_OWNER_URL to its URL "
        "(manage.py prepare_database makes the role).\n"
    )


def test_a_wrong_url_of_the_owner_is_named() -> None:
    wrong = re.sub(r"/[^/?]+(\?|$)", r"/no_such_database\1", os.environ["DATABASE_OWNER_URL"])
    done = manage("migrate", DATABASE_OWNER_URL=wrong)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"DATABASE_OWNER_URL names .+ does not exist\.\n", done.stderr)


def manage(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=CHECKOUT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_demo_keeps_its_secret_and_mail_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTEGRITY_DATA_DIR", str(tmp_path / "state"))
    for name in (
        *("SECRET_KEY", "EMAIL_BACKEND", "EMAIL_OPTIONS"),
        *("LEDGER_VERIFIER_KEY", "LEDGER_KEY_FOLDER"),
    ):
        monkeypatch.setenv(name, "")  # so that it is put back at the end
        monkeypatch.delenv(name)
    embedded_postgres.state_folder.cache_clear()
    try:
        prepare_environment()
        first = os.environ.pop("SECRET_KEY")
        prepare_environment()
        assert os.environ["SECRET_KEY"] == first
        assert len(first) >= 50
        assert stat.S_IMODE((tmp_path / "state" / "secret_key").stat().st_mode) == 0o600
        assert stat.S_IMODE(mail_folder().stat().st_mode) == 0o700
        assert str(mail_folder()) in os.environ["EMAIL_OPTIONS"]
        key = os.environ.pop("LEDGER_VERIFIER_KEY")
        folder = Path(os.environ.pop("LEDGER_KEY_FOLDER"))
        prepare_environment()
        assert os.environ["LEDGER_VERIFIER_KEY"] == key
        assert str(SignerKey.load(folder / KEY_FILE).verifier()) == key
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    finally:
        embedded_postgres.state_folder.cache_clear()


def test_what_is_set_by_hand_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "ours")
    monkeypatch.setenv("EMAIL_BACKEND", "some.Backend")
    prepare_environment()
    assert os.environ["SECRET_KEY"] == "ours"
    assert os.environ["EMAIL_BACKEND"] == "some.Backend"
