"""What the nightly comparison costs: declarations against suppliers, beside splink and pg_trgm, in one run.

    python -m tests.benchmarks.matcher_speed [--declarations 10000] [--suppliers 50000 500000]
        [--trgm-sample 100] [--splink PYTHON] [--json]

Names are generated (registers/organisations/matching/generated.py); 59 of 100 mean somebody on the list. In
processor seconds of all threads, cold (the list made ready, then asked) and warm (asked again). pg_trgm
answers a sample with a GIN index at threshold 0.3, the seconds of its one backend times what the sample
is of all: its index's making is not counted. --splink names an interpreter that has splink and DuckDB.
Aims, at the larger list: cold half of splink's, warm a hundredth of pg_trgm's, and 1.5 times at most
what the smaller costs.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg

from registers.organisations.matching.generated import World
from registers.organisations.matching.match import Matcher, Target
from registers.organisations.names import name_key
from tests.crash.own_server import CHECKOUT, own_server

MEANT = 0.59

First = dict[int, tuple[float, Any]]  # of a name by its position: the best score, and whose it is


@dataclass(frozen=True)
class Work:
    """Names as declared, the position each means (-1: nobody there), and the list."""

    declared: list[str]
    meant: list[int]
    suppliers: list[str]


@dataclass
class Cost:
    """Processor seconds at one size of list; those of what was not asked for are None."""

    suppliers: int
    declarations: int
    prepare: float
    warm: float
    one_milliseconds: float  # one declaration, by the clock
    f1: float  # of the first answer to each name
    splink: float | None = None
    splink_stages: dict[str, float] | None = None
    splink_versions: dict[str, str] | None = None
    splink_f1: float | None = None
    pg_trgm: float | None = None
    pg_trgm_sample: int | None = None
    pg_trgm_f1: float | None = None
    sample_f1: float | None = None  # ours, on pg_trgm's sample

    @property
    def cold(self) -> float:
        return self.prepare + self.warm

    def __str__(self) -> str:
        lines = [
            f"{self.declarations} declarations against {self.suppliers} suppliers, processor seconds:",
            f"  matcher   cold {self.cold:.1f} (the list {self.prepare:.1f}), warm {self.warm:.1f}; one"
            f" declaration {self.one_milliseconds:.0f} ms; F1 {self.f1:.2f}",
        ]
        if self.splink is not None:
            lines.append(
                f"  splink    {self.splink:.1f} {self.splink_versions}; F1"
                f" {self.splink_f1:.2f}: ours cold is {self.cold / self.splink:.2f} of it"
            )
        if self.pg_trgm is not None:
            lines.append(
                f"  pg_trgm   {self.pg_trgm:.1f}, reckoned from {self.pg_trgm_sample}; F1 on those"
                f" {self.pg_trgm_f1:.2f}, ours {self.sample_f1:.2f}: ours warm is"
                f" 1/{self.pg_trgm / self.warm:.0f} of it"
            )
        return "\n".join(lines)


def make(suppliers: int, declarations: int, seed: int) -> Work:
    world = World(seed)
    listed = list(world.list_of(suppliers))
    declared, meant = [], []
    for _ in range(declarations):
        at = world.random.randrange(suppliers) if world.random.random() < MEANT else -1
        declared.append(world.written(listed[at] if at >= 0 else world.organisation()))
        meant.append(at)
    return Work(declared, meant, [organisation.name for organisation in listed])


def ours(work: Work) -> tuple[Cost, First]:
    targets = [Target(number, name) for number, name in enumerate(work.suppliers)]
    begin = time.process_time()
    matcher = Matcher(targets)
    prepared = time.process_time()
    found = matcher.find(work.declared)
    done = time.process_time()
    again = matcher.find(work.declared)
    warm = time.process_time() - done
    assert again == found, "asking changed the answer"
    singles = work.declared[:50]
    clock = time.perf_counter()
    for name in singles:
        matcher.find_one(name)
    cost = Cost(
        suppliers=len(work.suppliers),
        declarations=len(work.declared),
        prepare=prepared - begin,
        warm=min(warm, done - prepared),
        one_milliseconds=(time.perf_counter() - clock) / len(singles) * 1000,
        f1=0,
    )
    every = matcher.find(work.declared, at_least=0.02, limit=1)
    first = {
        number: (answers[0].score, answers[0].id) for number, answers in enumerate(every) if answers
    }
    cost.f1 = best_f1(work, first, len(work.declared))
    return cost, first


def best_f1(work: Work, first: First, asked: int) -> float:
    """F1 of the first answers to the first so many names, at the threshold that is best for them."""
    meant = sum(target >= 0 for target in work.meant[:asked])
    answers = sorted(
        (answer for answer in first.items() if answer[0] < asked), key=lambda a: -a[1][0]
    )
    right = 0
    best = 0.0
    for said, (number, (_, target)) in enumerate(answers, start=1):
        right += work.meant[number] == target
        best = max(best, 2 * right / (said + meant))
    return best


def beside_splink(cost: Cost, work: Work, interpreter: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "work.json")
        file.write_text(json.dumps({"queries": work.declared, "targets": work.suppliers}))
        command = [interpreter, "-m", "tests.benchmarks.splink_peer", str(file)]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    best: First = {}
    for query, target, score in told["pairs"]:
        best[query] = max(best.get(query, (0.0, -1)), (score, target))
    cost.splink_stages = told["seconds"]
    cost.splink = told["seconds"]["all"]
    cost.splink_versions = told["versions"]
    cost.splink_f1 = best_f1(work, best, len(work.declared))


def beside_pg_trgm(cost: Cost, work: Work, sample: int, mine: First) -> None:
    """One query for each name, as pg_trgm is used: the likest by the index."""
    sample = min(sample, len(work.declared))
    first: First = {}
    with (
        own_server() as own,
        closing(psycopg.connect(**own.admin, dbname="integrity")) as connection,
    ):
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.execute("CREATE TABLE supplier (id int, name text)")
        with connection.cursor().copy("COPY supplier FROM STDIN") as copy:
            for number, name in enumerate(work.suppliers):
                copy.write_row((number, name_key(name)))
        connection.execute("CREATE INDEX ON supplier USING gin (name gin_trgm_ops)")
        connection.execute("ANALYZE supplier")
        connection.execute("SET pg_trgm.similarity_threshold = 0.3")
        connection.execute("SET max_parallel_workers_per_gather = 0")
        backend = connection.info.backend_pid
        begin = processor_seconds(backend)
        for number in range(sample):
            key = name_key(work.declared[number])
            row = connection.execute(
                "SELECT similarity(name, %s) AS likeness, id FROM supplier WHERE name %% %s"
                " ORDER BY likeness DESC LIMIT 1",
                [key, key],
            ).fetchone()
            if row:
                first[number] = (row[0], row[1])
        spent = processor_seconds(backend) - begin
    cost.pg_trgm = spent * len(work.declared) / sample
    cost.pg_trgm_sample = sample
    cost.pg_trgm_f1 = best_f1(work, first, sample)
    cost.sample_f1 = best_f1(work, mine, sample)


def processor_seconds(pid: int) -> float:
    """What a process has used so far, by Linux's count."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--declarations", type=int, default=10_000)
    parser.add_argument("--suppliers", type=int, nargs="+", default=[50_000, 500_000])
    parser.add_argument("--trgm-sample", type=int, default=100, help="0 leaves pg_trgm out")
    parser.add_argument("--splink", metavar="PYTHON", help="an interpreter that has splink")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    costs: list[Cost] = []
    for suppliers in asked.suppliers:
        work = make(suppliers, asked.declarations, asked.seed)
        cost, first = ours(work)
        if asked.trgm_sample and sys.platform.startswith("linux"):
            beside_pg_trgm(cost, work, asked.trgm_sample, first)
        if asked.splink:
            beside_splink(cost, work, asked.splink)
        costs.append(cost)
        if not asked.as_json:
            print(cost, flush=True)
    if asked.as_json:
        print(json.dumps([asdict(cost) | {"cold": cost.cold} for cost in costs], indent=2))
    elif len(costs) > 1:
        print(f"warm, the last list to the first: {costs[-1].warm / costs[0].warm:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
