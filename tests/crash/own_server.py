"""A PostgreSQL of one harness's own, made as durable as the demo's, which it may kill at will."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import django
import psycopg

from integrity import embedded_postgres
from integrity.database_roles import ROLES, prepare
from integrity.postgres_keeper import Server

CHECKOUT = Path(__file__).resolve().parents[2]
DATABASE = "integrity"
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "INTEGRITY_DATA_DIR", "INTEGRITY_CRASH_HARNESS")


class OwnServer:
    """The keeper's server, in a folder of its own, whose data outlive a kill."""

    def __init__(self, folder: Path) -> None:
        cluster = embedded_postgres._cluster("demo")
        self.server = Server(
            replace(cluster, name="own", folder=str(folder), sockets=str(folder), throwaway=False)
        )

    @property
    def admin(self) -> dict[str, str]:
        """Connection parameters of the superuser, without a database."""
        return {"host": str(self.server.cluster.socket_folder), "user": "postgres"}

    def url(self, role: str) -> str:
        return f"postgres://{role}@/{DATABASE}?host={quote(self.admin['host'], safe='')}"

    def environment(self) -> dict[str, str]:
        """What the site's programs are told, and nothing of whoever started the harness."""
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            **{setting: self.url(role) for role, setting in ROLES.items()},
            "DJANGO_SETTINGS_MODULE": "integrity.settings",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "MEDIA_ROOT": str(Path(self.server.cluster.folder, "media")),
            "SECRET_KEY": secrets.token_urlsafe(50),
        }

    def prepare(self) -> None:
        prepare(self.admin, database=DATABASE, passwords=dict.fromkeys(ROLES))

    def migrate(self) -> None:
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"]
        subprocess.run(command, cwd=CHECKOUT, env=self.environment(), check=True)

    def become_site(self) -> None:
        """Let this process be the site's own, connected as its role."""
        environment = self.environment()
        os.environ.clear()
        os.environ.update(environment)
        django.setup()

    def command(self, *statements: str) -> None:
        """Each as the superuser, and in no transaction."""
        with psycopg.connect(**self.admin, dbname=DATABASE, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def kill(self) -> None:
        """End the postmaster and every process of its, none of which gets to say a word."""
        process = self.server.process
        assert process is not None
        process.send_signal(signal.SIGSTOP)  # it could start no more
        for pid in children_of(process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.kill()
        process.wait()


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A running server with the roles, ended and taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="ir-own-", dir="/var/tmp") as name:
        folder = Path(name)
        account = Server(embedded_postgres._cluster("demo")).account
        if account.is_other:
            os.chown(folder, os.geteuid(), account.gid)
            folder.chmod(0o710)
        own = OwnServer(folder)
        try:
            own.server.start()
            own.prepare()
            if sys.platform.startswith("linux"):  # as durable, and seconds faster after each kill
                own.command("ALTER SYSTEM SET recovery_init_sync_method = syncfs")
            yield own
        finally:
            own.server.stop()
            shutil.rmtree(own.server.cluster.home, ignore_errors=True)


def children_of(pid: int) -> list[int]:
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = (map(int, line.split()) for line in listing.stdout.splitlines())
    return [child for child, parent in pairs if parent == pid]
