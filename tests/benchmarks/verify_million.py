"""How long recomputing a ledger of a million entries takes, and how much memory.

    python -m tests.benchmarks.verify_million [--entries 1000000] [--declarations 200] [--json]

The ledger is made by the real functions: declarations, whose rows record themselves, and events in
transactions of 10,000. `manage.py verify_ledger --json` then runs as an operator's would, and its
time and the peak memory of its process are taken. It should need less than 60 seconds and 300 MB.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

from tests.crash.own_server import CHECKOUT, own_server

AT_ONCE = 10_000
SECONDS, MEGABYTES = 60, 300


@dataclass(frozen=True)
class Verified:
    """What the command was given and needed."""

    entries: int
    rows: int
    sound: bool
    built_in: float
    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return (
            f"verify_ledger: {self.entries} entries and {self.rows} rows in {self.seconds:.1f} s "
            f"(target {SECONDS}) and {self.megabytes:.0f} MB (target {MEGABYTES}), "
            f"{'all sound' if self.sound else 'BROKEN'}; built in {self.built_in:.0f} s"
        )


def build(entries: int, declarations: int) -> None:
    """So many entries, spread over the forces of the tests' world."""
    from integrity.audit.actions import record_many
    from integrity.audit.models import Log
    from integrity.audit.scope import everywhere
    from tests import builders

    with everywhere():
        world = builders.world()
        for _ in range(declarations):
            builders.declare(world.constable, builders.accepted(50))
    with everywhere():
        made = sum(log.size for log in Log.objects.all())
    forces = (world.northmoor, world.eastvale, world.harbour)
    for start in range(made, entries, AT_ONCE):
        facts = {
            number: {"file": "register.csv", "sha256": "5" * 64, "where": f"Sheet 1, row {number}"}
            for number in range(start, min(start + AT_ONCE, entries))
        }
        force = forces[start // AT_ONCE % len(forces)]
        common = {"by": world.psd_head, "now": builders.NOW, "force_id": force.pk}
        with everywhere():
            record_many("entry imported", about="case", facts=facts, **common)


def verify() -> tuple[dict[str, object], float, float]:
    """What the command prints, its seconds and its megabytes."""
    begin = time.monotonic()
    command = [sys.executable, "manage.py", "verify_ledger", "--json"]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = json.load(process.stdout)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return told, time.monotonic() - begin, used.ru_maxrss * unit / 1e6


def measure(*, entries: int, declarations: int) -> Verified:
    with own_server() as server:
        server.migrate()
        server.become_site()
        begin = time.monotonic()
        build(entries, declarations)
        built_in = time.monotonic() - begin
        server.command("ANALYZE")  # as autovacuum does within a minute
        told, seconds, megabytes = verify()
    return Verified(
        entries=int(str(told["entries"])),
        rows=int(str(told["rows"])),
        sound=bool(told["sound"]),
        built_in=built_in,
        seconds=seconds,
        megabytes=megabytes,
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--declarations", type=int, default=200)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    found = measure(entries=asked.entries, declarations=asked.declarations)
    print(json.dumps(asdict(found), indent=2) if asked.as_json else found)
    return 0 if found.sound else 1


if __name__ == "__main__":
    sys.exit(main())
