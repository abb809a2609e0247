"""How long the figures of oversight take at a nation's size, beside the plain aggregate, in one run.

    python -m tests.benchmarks.oversight [--declarations 1000000] [--sizes 10000,100000] [--rounds 20]
        [--plain-rounds 3] [--seconds 3] [--json]

Worlds of 44 forces and ten years are made and counted, each in a database of its own. Connected as
the site's role, within what one reader of PSD of one force, of an alliance of three and of an
inspectorate of all 44 reaches, each read is timed from the call to the rows in Python: the figures
that dashboards ask; and whole pages (oversight_pages.PAGES) as a browser asks for them, by the time of
their queries together, beside the whole answer. Beside each read stands the plain
aggregate: tests/registers/oversight/recount.py over the base tables, the same filters, the same
connection. Aims: 300 ms at the 95th percentile, 20 queries, 20 times as fast as the plain aggregate.

Then what it costs whoever writes: declarations a second through the actions with the triggers of
oversight and without, alternating (ABBA), and an import of 10,000 rows with its commit.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from tests.benchmarks.detection import clock_at
from tests.benchmarks.oversight_pages import PAGES, Reader, readers, reads
from tests.benchmarks.oversight_writes import measure_writes
from tests.crash.own_server import DATABASE, OwnServer, own_server

AIM_MS, AIM_QUERIES, AIM_RATIO = 300, 20, 20
PATIENCE_MS = 60_000  # a plain aggregate that takes longer counts as so much
ENOUGH = 5  # pages that take as long all together are drawn so often
# statements that begin, end or bound a transaction ask for nothing
BOUNDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config")


@dataclass
class Timed:
    """What one read took, in milliseconds, and the plain aggregate beside it."""

    size: int
    reader: str
    read: str
    ms: list[float] = field(default_factory=list, repr=False)
    plain_ms: list[float] = field(default_factory=list, repr=False)
    whole_ms: list[float] = field(default_factory=list, repr=False)
    queries: int = 0
    rows: int = 0

    @property
    def p50(self) -> float:
        return percentile(self.ms, 0.5)

    @property
    def p95(self) -> float:
        return percentile(self.ms, 0.95)

    @property
    def plain(self) -> float:
        return percentile(self.plain_ms, 0.5) if self.plain_ms else 0.0

    @property
    def whole(self) -> float:
        """The 95th percentile of a page from the request to the answer."""
        return percentile(self.whole_ms, 0.95) if self.whole_ms else 0.0

    @property
    def ratio(self) -> float:
        return self.plain / self.p50 if self.plain_ms else 0.0

    def as_dict(self) -> dict[str, Any]:
        told = {
            name: round(getattr(self, name), 1)
            for name in ("p50", "p95", "plain", "ratio", "whole")
        }
        kept = {name: getattr(self, name) for name in ("size", "reader", "read", "queries", "rows")}
        return kept | told

    def __str__(self) -> str:
        beside = f"{self.plain:>10.0f} {self.ratio:>7.0f}" if self.plain_ms else f"{'':>18}"
        whole = f"{self.whole:>8.0f}" if self.whole_ms else ""
        return (
            f"{self.size:>9,} {self.reader:<13} {self.read:<30} {self.p50:>8.1f} {self.p95:>8.1f}"
            f" {beside} {self.queries:>3} {self.rows:>7} {whole}"
        )


TITLE = (
    f"{'size':>9} {'reader':<13} {'read':<30} {'p50 ms':>8} {'p95 ms':>8} {'plain ms':>10}"
    f" {'ratio':>7} {'q':>3} {'rows':>7} {'page p95':>8}"
)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def measure_reads(reader: Reader, size: int, *, rounds: int, plain_rounds: int) -> Iterator[Timed]:
    """Each read of figures, and each page by the time of its queries."""
    from integrity.people.scope import of_person

    with of_person(reader.person, today=reader.today):
        asked = list(reads(reader))
    for name, ask, plain in asked:
        timed = Timed(size, reader.name, name)
        for number in range(rounds + 1):
            with of_person(reader.person, today=reader.today), queries() as asked_for:
                begin = time.perf_counter()
                timed.rows = ask()
                if number:  # the first is to warm up
                    timed.ms.append((time.perf_counter() - begin) * 1000)
            timed.queries = len(asked_for)
        for _ in range(plain_rounds if plain else 0):
            timed.plain_ms.append(patiently(reader, plain))
            if timed.plain_ms[-1] > PATIENCE_MS / 5:
                break
        yield timed
    for name, draw in PAGES:
        timed = Timed(size, reader.name, name)
        for number in range(rounds + 1):
            with queries() as asked_for:
                begin = time.perf_counter()
                if draw(reader) is None:
                    break
                if number:
                    timed.whole_ms.append((time.perf_counter() - begin) * 1000)
                    timed.ms.append(sum(asked_for))
            timed.queries = len(asked_for)
            if number >= ENOUGH and sum(timed.whole_ms) > PATIENCE_MS:
                break
        if timed.ms:
            yield timed


@contextmanager
def queries() -> Iterator[list[float]]:
    """What each statement took that asks for something, in milliseconds."""
    from django.db import connection

    took: list[float] = []

    def timing(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        begin = time.perf_counter()
        try:
            return execute(statement, params, many, context)
        finally:
            if not statement.startswith(BOUNDS):
                took.append((time.perf_counter() - begin) * 1000)

    with connection.execute_wrapper(timing):
        yield took


def patiently(reader: Reader, plain: Any) -> float:
    """What the plain aggregate takes, in milliseconds; PATIENCE_MS where it takes longer."""
    from django.db import OperationalError, connection

    from integrity.people.scope import of_person

    begin = time.perf_counter()
    try:
        with of_person(reader.person, today=reader.today):
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {PATIENCE_MS}")
            plain()
    except OperationalError:
        return float(PATIENCE_MS)
    return (time.perf_counter() - begin) * 1000


@contextmanager
def database(server: OwnServer, name: str) -> Iterator[psycopg.Connection]:
    """A copy of the empty, migrated database, to which the site is then connected."""
    from django.db import connection

    connection.close()
    with psycopg.connect(**server.admin, dbname="postgres", autocommit=True) as admin:
        own = sql.Identifier(name)
        template = sql.Identifier(DATABASE)
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER owner TEMPLATE {}").format(own, template))
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO app").format(own))
        connection.settings_dict["NAME"] = name
        with psycopg.connect(**server.admin, dbname=name, autocommit=True) as superuser:
            yield superuser
        connection.close()
        connection.settings_dict["NAME"] = DATABASE
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(own))


def measure_size(
    server: OwnServer, size: int, *, rounds: int, plain_rounds: int, seed: int
) -> Iterator[Timed]:
    from tests.oversight_world.make import count_all, national

    with database(server, f"nation_{size}") as superuser:
        begin = time.monotonic()
        made = national(superuser, declarations=size, seed=seed)
        loaded = time.monotonic()
        count_all(superuser)
        print(
            f"# {size:,} declarations written in {loaded - begin:.0f} s, counted in"
            f" {time.monotonic() - loaded:.0f} s",
            file=sys.stderr,
            flush=True,
        )
        with clock_at(made.last):
            for reader in readers(made):
                yield from measure_reads(reader, size, rounds=rounds, plain_rounds=plain_rounds)


def growth(found: list[Timed]) -> Iterator[str]:
    """How the time of each read grew from the smallest size to the largest."""
    by_read: dict[tuple[str, str], list[Timed]] = {}
    for each in found:
        by_read.setdefault((each.reader, each.read), []).append(each)
    for (reader, read), times in by_read.items():
        sizes = sorted(times, key=lambda each: each.size)
        steps = " → ".join(f"{each.p50:.1f}" for each in sizes)
        yield f"{reader:<13} {read:<30} {steps} ms ({sizes[-1].p50 / sizes[0].p50:.1f} times)"


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--declarations", type=int, default=1_000_000)
    parser.add_argument("--sizes", default="10000,100000", help="before it; empty: none")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--plain-rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="of each phase of declaring")
    parser.add_argument("--rows", type=int, default=10_000, help="of the import")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", dest="as_json")
    return parser


def main() -> int:
    asked = arguments().parse_args()
    sizes = [*(int(each) for each in asked.sizes.split(",") if each), asked.declarations]
    how = {"rounds": asked.rounds, "plain_rounds": asked.plain_rounds, "seed": asked.seed}
    found, costs = [], []
    say = (lambda line: None) if asked.as_json else (lambda line: print(line, flush=True))
    with own_server() as server:
        server.migrate()
        server.become_site()
        from django.test.utils import setup_test_environment

        setup_test_environment(debug=False)
        say(TITLE)
        for size in sizes:
            for timed in measure_size(server, size, **how):
                found.append(timed)
                say(timed)
        for cost in measure_writes(server, seconds=asked.seconds, rows=asked.rows):
            costs.append(cost)
            say(cost)
    slow = [each for each in found if each.p95 > AIM_MS or each.queries > AIM_QUERIES]
    if asked.as_json:
        told = {
            "reads": [each.as_dict() for each in found],
            "writes": [each.as_dict() for each in costs],
        }
        print(json.dumps(told, indent=2))
    else:
        print("\ngrowth of the median", *growth(found), sep="\n")
        least = min(
            (each.ratio for each in found if each.size == sizes[-1] and each.ratio), default=0
        )
        print(f"\n{len(slow)} of {len(found)} reads over {AIM_MS} ms or {AIM_QUERIES} queries;")
        print(f"least ratio to the plain aggregate at {sizes[-1]:,}: {least:.0f} (aim {AIM_RATIO})")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
