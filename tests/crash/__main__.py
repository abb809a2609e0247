"""Kills PostgreSQL and the web server under load, and says what was lost.

    python -m tests.crash --kills 100            # 100 of the database and 100 of the web server
    python -m tests.crash --kills 5 --lossy      # with synchronous commit off: it must find losses

Everything happens in a server of the harness's own, which is gone afterwards. Exits 1 where anything
that was acknowledged is lost, half-written or doubled; with --lossy, where nothing is.
"""

import argparse
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from tests.crash.own_server import OwnServer, own_server

SWITCHED_OFF = ("synchronous_commit = off", "wal_writer_delay = '10s'")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=int(os.environ.get("CRASHES", "10")))
    parser.add_argument("--lossy", action="store_true", help="with synchronous commit off")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON alone")
    asked = parser.parse_args()
    with own_server() as server:
        server.migrate()
        if asked.lossy:
            os.environ["INTEGRITY_CRASH_HARNESS"] = "expect losses"
            server.command(
                *(f"ALTER SYSTEM SET {setting}" for setting in SWITCHED_OFF),
                "SELECT pg_reload_conf()",
            )
        found, sentence, good = run(server, asked)
    found |= {"seed": asked.seed, "sentence": sentence}
    print(json.dumps(found, indent=2) if asked.as_json else sentence)
    for fault in () if asked.as_json or asked.lossy else found["faults"]:
        print(fault, file=sys.stderr)
    return 0 if good else 1


def run(server: OwnServer, asked: argparse.Namespace) -> tuple[dict[str, Any], str, bool]:
    """The tally, its sentence, and whether it is as it must be."""
    server.become_site()
    from tests.crash.harness import Harness
    from tests.crash.web import Web

    web = Web(os.environ, Path(server.server.cluster.folder, "web.log"))
    try:
        harness = Harness(server, web, asked.seed)
        if asked.lossy:
            tally = harness.lossy_series(asked.kills)
            sentence = (
                f"with synchronous commit off: {tally.lost} of {tally.acknowledged} lost after "
                f"{tally.database_kills} kills of the database (the harness sees it)"
            )
            return tally.as_dict(), sentence, bool(tally.lost and not tally.half_written)
        tally = harness.series(database=asked.kills, web=asked.kills)
    finally:
        web.kill()
    kept = tally.acknowledged - tally.lost
    sentence = (
        f"crash: {tally.database_kills} kills of the database and {tally.web_kills} of the web "
        f"server: {kept} of {tally.acknowledged} acknowledged writes kept, "
        f"{tally.half_written} half-written, {tally.doubled} doubled "
        f"({tally.stood} of {tally.unanswered} unanswered writes stood; {tally.retried} sent again; "
        f"{tally.entries} entries verified)"
    )
    return tally.as_dict(), sentence, not tally.faults


if __name__ == "__main__":
    sys.exit(main())
