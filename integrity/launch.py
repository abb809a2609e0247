"""What a program sees to before Django starts: a database that answers, a demo's secret."""

import json
import os
import re
import secrets
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import psycopg

from integrity.audit.signing import KEY_FILE, SignerKey, make_key
from integrity.database_roles import refusal
from integrity.embedded_postgres import CHECKOUT, ensure_running, state_folder
from integrity.postgres_keeper import Problem

CONNECT_SECONDS = 5
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "help",
    "makemessages",
    "train_matcher",
    "make_ledger_key",
    "prepare_database",
    "startapp",
    "version",
}
AS_OWNER = {"flush", "makemigrations", "migrate", "showmigrations"}


def prepare_command(argv: list[str]) -> None:
    """For manage.py: everything `argv` needs that nobody has set by hand."""
    demo = os.environ.get("INTEGRITY_SETUP") == "demo"
    if demo or "DATABASE_URL" not in os.environ:
        prepare_environment()
    command = argv[1] if len(argv) > 1 else "help"
    asks_for_help = command.startswith("-") or {"-h", "--help"} & set(argv)
    if not asks_for_help and (command not in WITHOUT_DATABASE or "--database" in argv):
        need_database("demo")
        if command in AS_OWNER:
            become_owner()
        else:
            refuse_danger(os.environ["DATABASE_URL"])


def prepare_environment() -> None:
    """A secret that lasts and mail into files, for a site on this machine that nobody set up."""
    with suppress(OSError):  # nothing is collected here, and WhiteNoise warns of a missing folder
        (CHECKOUT / "var" / "static").mkdir(parents=True, exist_ok=True)
    if "SECRET_KEY" not in os.environ:
        os.environ["SECRET_KEY"] = _lasting_secret(state_folder() / "secret_key")
    if "LEDGER_VERIFIER_KEY" not in os.environ:
        folder = state_folder() / "ledger"
        os.environ["LEDGER_VERIFIER_KEY"] = _lasting_key(folder)
        os.environ["LEDGER_KEY_FOLDER"] = str(folder)
    if "EMAIL_BACKEND" not in os.environ:
        os.environ["EMAIL_BACKEND"] = "django.core.mail.backends.filebased.EmailBackend"
        os.environ["EMAIL_OPTIONS"] = json.dumps({"file_path": str(mail_folder())})


def mail_folder() -> Path:
    """Where the demo's outgoing mail lies to be read."""
    folder = state_folder() / "mail"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _lasting_secret(path: Path) -> str:
    with suppress(FileExistsError), open(path, "x", opener=_private) as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _lasting_key(folder: Path) -> str:
    """The demo's key, which its worker reads and its web server is not told of."""
    with suppress(FileExistsError):
        make_key("demo.integrity-register", folder)
    return str(SignerKey.load(folder / KEY_FILE).verifier())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def need_database(name: str) -> None:
    """Leave DATABASE_URL naming a database that answers: the one given, or the embedded one."""
    if given := os.environ.get("DATABASE_URL"):
        connect(given).close()
    else:
        ensure_running(name)


def become_owner() -> None:
    """Migrations run as the owner, which nothing else may connect as."""
    owner = os.environ.get("DATABASE_OWNER_URL")
    if not owner:
        raise Problem(
            "Migrations run as the database's owner; set DATABASE_OWNER_URL to its URL "
            "(manage.py prepare_database makes the role)."
        )
    with closing(connect(owner, "DATABASE_OWNER_URL")) as connection:
        found = connection.execute(
            "SELECT tableowner FROM pg_tables WHERE tablename = 'django_migrations'"
            " AND schemaname = 'public' AND tableowner <> current_user"
        ).fetchone()
    if found:
        raise Problem(
            f"The tables of this database belong to “{found[0]}”, not to owner: an earlier release "
            "made it. Begin with another; a demo's is made anew once its folder is removed "
            "(README.md, The database)."
        )
    os.environ["DATABASE_URL"] = owner


def refuse_danger(url: str) -> None:
    """Refuse a connection that the ledger's guards do not bind, or a server that may lose writes.

    A server that does not answer is no reason: the site waits for it.
    """
    try:
        connection = connect(url)
    except Problem:
        return
    with closing(connection):
        sentence = refusal(connection)
    if sentence:
        raise Problem(sentence)


def parameters(url: str, setting: str = "DATABASE_URL") -> dict[str, Any]:
    """What psycopg needs to connect to a URL. Raises Problem, never showing its password."""
    found = {}
    with suppress(ValueError):
        if urlsplit(url).scheme in {"postgres", "postgresql"}:
            found = environ.Env.db_url_config(url)
    if not found.get("NAME"):
        raise Problem(
            f"{setting} is not the address of a PostgreSQL database; "
            "write postgres://USER:PASSWORD@HOST:PORT/NAME."
        )
    options = dict(found.get("OPTIONS", {}))
    given = {
        "dbname": found["NAME"],
        "user": found["USER"],
        "password": found["PASSWORD"],
        "host": found["HOST"] or options.pop("host", ""),
        "port": found["PORT"],
        "connect_timeout": CONNECT_SECONDS,
        **options,
    }
    return {name: value for name, value in given.items() if value}


def connect(url: str, setting: str = "DATABASE_URL") -> psycopg.Connection:
    """Connect, or say in a sentence why one cannot; Django could only answer with a traceback."""
    given = parameters(url, setting)
    place = ":".join(str(given[part]) for part in ("host", "port") if given.get(part))
    try:
        return psycopg.connect(**given)
    except psycopg.OperationalError as error:
        refusal = re.search(r"(?:FATAL|fe_sendauth):\s+(.+)", str(error))
        reason = refusal[1].rstrip(".") if refusal else "no PostgreSQL server answers there"
        raise Problem(
            f"{setting} names the database '{given['dbname']}' at {place or 'the local socket'}, "
            f"which cannot be used: {reason}."
        ) from error
    except psycopg.ProgrammingError as error:
        raise Problem(f"{setting} cannot be used: {str(error).strip()}.") from error
