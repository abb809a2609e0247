"""Every figure of oversight beside an independent recount, in a thousand small worlds that change.

    python -m tests.benchmarks.oversight_recounts [--seeds 1000] [--first 1] [--plant-fault NAME]

Each world is written with every trigger, counted, changed and counted again, four times; figures of
random forces, periods, units and groups of ranks are held against tests/registers/oversight/recount.py,
and the world is taken back. Ends with 1 where anything differs. A planted fault turns a line of the
facts round, and must be seen.
"""

import argparse
import sys
import time

import psycopg

from tests.crash.own_server import DATABASE, own_server
from tests.oversight_world.faults import FAULTS, planted


def measure(seeds: range, *, told_at_most: int = 20) -> int:
    """How many of the worlds differ; the first differences are printed."""
    from tests.oversight_world.comparing import differences

    differ = told = 0
    for seed in seeds:
        found = differences(seed)
        differ += bool(found)
        for line in found[: max(0, told_at_most - told)]:
            print(line, flush=True)
            told += 1
    return differ


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--plant-fault", choices=FAULTS, default="")
    asked = parser.parse_args()
    begin = time.monotonic()
    seeds = range(asked.first, asked.first + asked.seeds)
    with own_server() as server:
        server.migrate()
        server.become_site()
        from integrity.audit.scope import everywhere

        with (
            psycopg.connect(**server.admin, dbname=DATABASE, autocommit=True) as superuser,
            planted(superuser, asked.plant_fault),
            everywhere(),
        ):
            differ = measure(seeds)
    seconds = time.monotonic() - begin
    print(f"{differ} of {len(seeds)} worlds differ ({seconds:.0f} s)")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
