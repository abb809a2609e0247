"""Serves the site and works its background jobs on this machine, until Ctrl-C."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType

from integrity.postgres_keeper import Problem, end_with_parent

CHECKOUT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 10
# What is not for a process that serves the site; the key that signs checkpoints is the worker's.
NOT_FOR_THE_SITE = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_AUDITOR_URL")
STOPS = (signal.SIGINT, signal.SIGTERM)


def migrate() -> None:
    """As the database's owner, in a process of its own: this one is the site's."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"]
    if subprocess.run(command, cwd=CHECKOUT, check=False).returncode:
        raise Problem("The migrations failed; the lines above say why.")


def refuse_port_in_use(port: int) -> None:
    """Say so before the work of loading a demo, not after."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            reason = "is in use" if isinstance(error, OSError) else "is not a port"
            if isinstance(error, PermissionError):
                reason = "may not be opened by this user"
            raise Problem(f"Port {port} {reason}; choose another with --port.") from error


def serve(port: int) -> None:
    """Run the web server and the background worker; returns when told to stop."""
    refuse_port_in_use(port)
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    # Set even for Ctrl-C: a shell that starts us in the background has it ignored.
    previous = {number: signal.signal(number, _stop) for number in STOPS}
    children = [
        _start(
            *("-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning"),
            # A worker that is still loading does not hear that it should end.
            *("--workers-kill-timeout", str(STOP_SECONDS // 2)),
            "integrity.wsgi:application",
            without=(*NOT_FOR_THE_SITE, "LEDGER_KEY_FOLDER"),
        ),
        _start("manage.py", "procrastinate", "worker", without=NOT_FOR_THE_SITE),
    ]
    try:
        _wait_until_answering(port, children)
        print(f"\nThe site is at http://localhost:{port} (Ctrl-C ends it).", flush=True)
        while _all_run(children):
            time.sleep(0.2)
        raise Problem("The site stopped by itself; the lines above say why.")
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    finally:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)  # once is enough; ending must not be cut short
        _end(children)
        for number, handler in previous.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _start(*arguments: str, without: Sequence[str]) -> subprocess.Popen[bytes]:
    # A session of their own: Ctrl-C reaches us alone, and we end them in order.
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env={name: value for name, value in os.environ.items() if name not in without},
        start_new_session=True,
        preexec_fn=end_with_parent(signal.SIGTERM),
    )


def _all_run(children: list[subprocess.Popen[bytes]]) -> bool:
    return all(child.poll() is None for child in children)


def _wait_until_answering(port: int, children: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while _all_run(children) and time.monotonic() < deadline:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        with suppress(OSError, http.client.HTTPException), closing(connection):
            connection.request("GET", "/healthz")
            connection.getresponse()
            return
        time.sleep(0.1)
    raise Problem("The site did not start; the lines above say why.")


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
