"""What a program sees to before Django starts: a database that answers, a demo's secret."""

import json
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import environ
import psycopg

from integrity.embedded_postgres import CHECKOUT, ensure_running, state_folder
from integrity.postgres_keeper import Problem

__all__ = ["Problem", "need_database", "prepare_command", "prepare_environment"]

CONNECT_SECONDS = 5
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "help",
    "makemessages",
    "startapp",
    "version",
}


def prepare_command(argv: list[str]) -> None:
    """For manage.py: everything `argv` needs that nobody has set by hand."""
    demo = os.environ.get("INTEGRITY_SETUP") == "demo"
    if demo or "DATABASE_URL" not in os.environ:
        prepare_environment()
    command = argv[1] if len(argv) > 1 else "help"
    asks_for_help = command.startswith("-") or {"-h", "--help"} & set(argv)
    if not asks_for_help and (command not in WITHOUT_DATABASE or "--database" in argv):
        need_database("demo")


def prepare_environment() -> None:
    """A secret that lasts and mail into files, for a site on this machine that nobody set up."""
    with suppress(OSError):  # nothing is collected here, and WhiteNoise warns of a missing folder
        (CHECKOUT / "var" / "static").mkdir(parents=True, exist_ok=True)
    if "SECRET_KEY" not in os.environ:
        os.environ["SECRET_KEY"] = _lasting_secret(state_folder() / "secret_key")
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


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def need_database(name: str) -> None:
    """Leave DATABASE_URL naming a database that answers: the one given, or the embedded one."""
    if given := os.environ.get("DATABASE_URL"):
        _check(given)
    else:
        ensure_running(name)


def _check(url: str) -> None:
    """Refuse a URL that Django could only answer with a traceback; never show its password."""
    found = {}
    with suppress(ValueError):
        if urlsplit(url).scheme in {"postgres", "postgresql"}:
            found = environ.Env.db_url_config(url)
    if not found.get("NAME"):
        raise Problem(
            "DATABASE_URL is not the address of a PostgreSQL database; "
            "write postgres://USER:PASSWORD@HOST:PORT/NAME."
        )
    options = dict(found.get("OPTIONS", {}))
    host = found["HOST"] or options.pop("host", "")
    place = f"{host or 'the local socket'}{':' if found['PORT'] else ''}{found['PORT']}"
    try:
        psycopg.connect(
            dbname=found["NAME"],
            user=found["USER"] or None,
            password=found["PASSWORD"] or None,
            host=host or None,
            port=found["PORT"] or None,
            **{"connect_timeout": CONNECT_SECONDS, **options},
        ).close()
    except psycopg.OperationalError as error:
        refusal = re.search(r"FATAL:\s+(.+)", str(error))
        reason = refusal[1].rstrip(".") if refusal else "no PostgreSQL server answers there"
        raise Problem(
            f"DATABASE_URL names the database '{found['NAME']}' at {place}, "
            f"which cannot be used: {reason}."
        ) from error
    except psycopg.ProgrammingError as error:
        reason = str(error).strip()
        raise Problem(f"DATABASE_URL cannot be used: {reason}.") from error
