"""The demo's port and its processes."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from integrity.demo_server import refuse_port_in_use
from integrity.postgres_keeper import Problem

# Stands in for granian and the worker, so that the test is about beginnings and ends alone.
STAND_IN = """
import sys
from integrity import demo_server
start = demo_server._start
demo_server._start = lambda *arguments, without: start("-c", sys.argv[2], *arguments, without=without)
demo_server._wait_until_answering = lambda port, children: None
try:
    demo_server.serve(int(sys.argv[1]))
except demo_server.Problem as problem:
    sys.exit(str(problem))
"""
CHECKOUT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(port: int, child: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", STAND_IN, str(port), child],
        cwd=CHECKOUT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=rf"^Port {port} is in use; .+ --port\.$"):
            refuse_port_in_use(port)


def test_a_number_that_is_no_port_is_refused() -> None:
    with pytest.raises(Problem, match=r"^Port 70000 is not a port; .+ --port\.$"):
        refuse_port_in_use(70_000)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_cleanly(number: signal.Signals) -> None:
    port = free_port()
    server = serve(port, "import time; time.sleep(60)")
    assert server.stdout
    assert server.stdout.readline() == "\n"
    assert f"http://localhost:{port}" in server.stdout.readline()
    server.send_signal(number)
    output, errors = server.communicate(timeout=20)
    assert (server.returncode, errors) == (0, "")
    assert "Stopped." in output


def test_a_child_that_ends_ends_the_rest() -> None:
    server = serve(free_port(), "pass")
    _, errors = server.communicate(timeout=20)
    assert server.returncode == 1
    assert errors.strip() == "The site stopped by itself; the lines above say why."


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs the parent-death signal")
def test_its_children_do_not_outlive_a_kill(tmp_path: Path) -> None:
    mark = tmp_path / "pids"
    child = "import os, time; open({!r}, 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
    server = serve(free_port(), child.replace("{!r}", repr(str(mark))))
    wait_for(lambda: mark.exists() and mark.read_text().count("\n") == 2)
    server.kill()
    server.communicate(timeout=20)
    children = [int(pid) for pid in mark.read_text().split()]
    wait_for(lambda: not any(alive(pid) for pid in children))


def test_each_child_knows_what_it_needs_and_no_more(tmp_path: Path) -> None:
    """The site could otherwise rewrite the ledger, or sign what it wrote."""
    given = ("ADMIN", "OWNER", "AUDITOR")
    hidden = {f"DATABASE_{role}_URL": "postgres://secret@db/integrity" for role in given}
    child = (
        "import json, os, sys, time\n"
        f"folder = {str(tmp_path)!r}\n"
        "name = 'web' if 'granian' in sys.argv else 'worker'\n"
        "with open(f'{folder}/{name}.part', 'w') as file: json.dump(dict(os.environ), file)\n"
        "os.rename(f'{folder}/{name}.part', f'{folder}/{name}')\n"
        "time.sleep(60)"
    )
    key = {"LEDGER_VERIFIER_KEY": "the public half", "LEDGER_KEY_FOLDER": "/where/the/key/is"}
    server = serve(free_port(), child, **hidden, **key)
    wait_for(lambda: (tmp_path / "web").exists() and (tmp_path / "worker").exists())
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=20)
    web, worker = (json.loads((tmp_path / name).read_text()) for name in ("web", "worker"))
    for environment in (web, worker):
        assert not hidden.keys() & environment.keys()
        assert environment["DATABASE_URL"] == os.environ["DATABASE_URL"]
        assert environment["LEDGER_VERIFIER_KEY"] == "the public half"
    assert "LEDGER_KEY_FOLDER" not in web
    assert worker["LEDGER_KEY_FOLDER"] == "/where/the/key/is"


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return " Z " not in state.read_text() if state.exists() else False


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
