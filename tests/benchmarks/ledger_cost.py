"""What the ledger costs whoever declares: submissions a second with it and without, in one run.

    python -m tests.benchmarks.ledger_cost [--seconds 3] [--rounds 10] [--rows 10000] [--json]

Four processes declare, each submission a transaction in the name of its author that commits, as a
request's does: all in one force; spread over twenty; and in one force beside an import of 10,000
rows, for as long as it lasts, its commit included. Phases with and without the ledger alternate
(ABBA), so that what else the machine does hits both. Without: no trigger captures rows or gives
entries their place, and recording an event does nothing. The figure is the ratio of the rates; it
should be 0.8 or more.
"""

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import psycopg

from tests.crash.own_server import DATABASE, OwnServer, own_server

PROCESSES = 4
FORCES = 20
SUPPLIERS = 300
WARM_UP = 1.0  # seconds after each switch, in which connections plan their statements anew
TARGET = 0.8
RECORDERS = ("audit_record(text)", "audit_record_many(text[])")
NO_OPS = (
    "CREATE OR REPLACE FUNCTION audit_record(body text) RETURNS bigint LANGUAGE sql"
    " SECURITY DEFINER AS $$ SELECT nextval('audit_payload_id_seq') $$",
    "CREATE OR REPLACE FUNCTION audit_record_many(bodies text[]) RETURNS void LANGUAGE sql"
    " AS $$ SELECT $$",
)


@dataclass
class Rate:
    """Submissions, the seconds they took and the longest that one of them took."""

    submissions: int = 0
    seconds: float = 0
    longest: float = 0

    def add(self, submissions: int, seconds: float, longest: float) -> None:
        self.submissions += submissions
        self.seconds += seconds
        self.longest = max(self.longest, longest)

    @property
    def per_second(self) -> float:
        return self.submissions / self.seconds


@dataclass
class Cost:
    """One way of declaring, with the ledger and without."""

    name: str
    with_ledger: Rate = field(default_factory=Rate)
    without: Rate = field(default_factory=Rate)

    @property
    def ratio(self) -> float:
        return self.with_ledger.per_second / self.without.per_second

    def as_dict(self) -> dict[str, Any]:
        rates = {"with": self.with_ledger, "without": self.without}
        told = {
            name: asdict(rate) | {"per_second": rate.per_second} for name, rate in rates.items()
        }
        return {"name": self.name, "ratio": self.ratio, **told}

    def __str__(self) -> str:
        with_, without = self.with_ledger, self.without
        return (
            f"ledger cost, {self.name}: {with_.per_second:.1f} submissions a second with the ledger, "
            f"{without.per_second:.1f} without: ratio {self.ratio:.2f} (target {TARGET}); "
            f"longest {with_.longest:.2f} s and {without.longest:.2f} s"
        )


class Switch:
    """Takes the ledger out of the database and puts it back, as the superuser."""

    def __init__(self, server: OwnServer) -> None:
        self.server = server
        with psycopg.connect(**server.admin, dbname=DATABASE) as connection:
            self.triggers = connection.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
                " WHERE tgname IN ('audit_capture', 'audit_sequence')"
            ).fetchall()
            self.recorders = [
                str(definition)
                for (definition,) in connection.execute(
                    "SELECT pg_get_functiondef(f::regprocedure) FROM unnest(%s::text[]) AS f",
                    (list(RECORDERS),),
                )
            ]

    def ledger_size(self) -> int:
        with psycopg.connect(**self.server.admin, dbname=DATABASE) as connection:
            (size,) = connection.execute("SELECT count(*) FROM audit_payload").fetchone() or (0,)
        return int(size)

    def turn(self, *, on: bool) -> None:
        verb = "ENABLE" if on else "DISABLE"
        self.server.command(
            *(f"ALTER TABLE {table} {verb} TRIGGER {name}" for table, name in self.triggers),
            *(self.recorders if on else NO_OPS),
        )


@dataclass
class Crowd:
    """Who declares: people of one force, and people spread over twenty, in groups for each process."""

    force: str
    of_one: list[list[int]]
    of_many: list[list[int]]


def make_crowd() -> Crowd:
    from integrity.audit.scope import everywhere
    from integrity.people.models import Force
    from tests import builders

    with everywhere():
        world = builders.world()
        groups: list[list[int]] = [[] for _ in range(PROCESSES)]
        others: list[list[int]] = [[] for _ in range(PROCESSES)]
        for number in range(FORCES):
            force = Force.objects.create(
                code=f"F{number:02}", name=f"Force {number}", department=world.alliance_psd
            )
            builders.gift_policy(force=force)
            one = builders.person(f"one_{number}", force=world.northmoor, unit=world.patrol)
            groups[number % PROCESSES].append(one.pk)
            others[number % PROCESSES].append(builders.person(f"many_{number}", force=force).pk)
    return Crowd(world.northmoor.code, groups, others)


def connect_anew() -> None:
    """In a process that was forked."""
    from django.db import connection

    connection.close()


def declare_for(people: Sequence[int], until: float) -> tuple[int, float]:
    """Declare for each in turn until then; how often, and the longest that one took."""
    from integrity.people.models import User
    from integrity.people.scope import of_person
    from registers.gifts import actions
    from tests import builders

    many, longest = 0, 0.0
    while (begin := time.monotonic()) < until:
        who = people[many % len(people)]
        with of_person(who, today=builders.TODAY):
            user = User.objects.get(pk=who)
            supplier = f"Supplier {(31 * who + many) % SUPPLIERS} Ltd"
            facts = builders.facts(builders.accepted(50), organisation=supplier)
            actions.declare(
                facts=facts, subject=user, by=user, now=builders.NOW, idempotency_key=uuid4()
            )
        many, longest = many + 1, max(longest, time.monotonic() - begin)
    return many, longest


def legacy_register(number: int, rows: int) -> bytes:
    """A file whose rows no other file has."""
    lines = ["Date,Officer,Offered by,Gift,Value,Accepted/Declined"]
    for row in range(rows):
        day = date(2022, 1, 1) + timedelta(days=row % 900)
        supplier = f"Supplier {row % SUPPLIERS} Ltd"
        lines.append(f"{day:%d/%m/%Y},PC Ann Example,{supplier},Pen {number}-{row},£4.50,Declined")
    return "\n".join(lines).encode()


def take_register(code: str, content: bytes) -> int:
    """Import a file in one transaction, as the command does."""
    from integrity.audit.scope import everywhere
    from integrity.casework.actions.imports import RegisterFile, read, take
    from integrity.casework.importing.mapping import Mapping
    from integrity.casework.registry import registers
    from integrity.people.models import Force
    from tests import builders

    with everywhere():
        force = Force.objects.select_related("department").get(code=code)
        (register,) = (each for each in registers() if each.slug == "gifts")
        source = RegisterFile(register, force, "register.csv", content, Mapping())
        taken = take(source, read(source), by=None, now=builders.NOW)
    return int(taken.report["imported"])


class Measurer:
    """Runs the phases, each with the ledger and without."""

    def __init__(self, server: OwnServer, *, seconds: float, rounds: int, rows: int) -> None:
        self.switch, self.crowd = Switch(server), make_crowd()
        self.seconds, self.rounds, self.rows = seconds, rounds, rows
        self.files = count()
        connect_anew()  # the children must not share it
        fork = multiprocessing.get_context("fork")
        self.pool = ProcessPoolExecutor(PROCESSES, mp_context=fork, initializer=connect_anew)
        self.importer = ProcessPoolExecutor(1, mp_context=fork, initializer=connect_anew)
        self._declare(self.crowd.of_one, 1)  # everything is loaded and connected

    def costs(self) -> Iterator[Cost]:
        crowd, seconds = self.crowd, self.seconds
        rounds, beside = self.rounds, f"beside an import of {self.rows} rows"
        yield self._compare("one force", rounds, lambda: self._declare(crowd.of_one, seconds))
        yield self._compare(
            f"{FORCES} forces", rounds, lambda: self._declare(crowd.of_many, seconds)
        )
        few = max(1, rounds // 5)  # each lasts as long as its import does
        yield self._compare(beside, few, lambda: self._declare_beside_import(crowd.of_one))

    def _compare(self, name: str, rounds: int, phase: Callable[[], tuple[int, float]]) -> Cost:
        cost = Cost(name)
        for number in range(2 * rounds):
            on = number % 4 in (0, 3)
            self.switch.turn(on=on)
            self._declare(self.crowd.of_one, WARM_UP)
            size, begin = self.switch.ledger_size(), time.monotonic()
            many, longest = phase()
            rate = cost.with_ledger if on else cost.without
            rate.add(many, time.monotonic() - begin, longest)
            grown = self.switch.ledger_size() > size
            assert grown == on, "the switch did not switch the ledger"
        self.switch.turn(on=True)
        return cost

    def _declare(self, people: Sequence[Sequence[int]], seconds: float) -> tuple[int, float]:
        until = [time.monotonic() + seconds] * len(people)
        done = list(self.pool.map(declare_for, people, until))
        return sum(many for many, _ in done), max(longest for _, longest in done)

    def _declare_beside_import(self, people: Sequence[Sequence[int]]) -> tuple[int, float]:
        content = legacy_register(next(self.files), self.rows)
        running = self.importer.submit(take_register, self.crowd.force, content)
        many, longest = 0, 0.0
        while not running.done():
            more, wait = self._declare(people, 1)
            many, longest = many + more, max(longest, wait)
        assert running.result() == self.rows
        return many, longest


def measure(*, seconds: float, rounds: int, rows: int) -> Iterator[Cost]:
    with own_server() as server:
        server.migrate()
        server.become_site()
        yield from Measurer(server, seconds=seconds, rounds=rounds, rows=rows).costs()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3, help="of each phase")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rows", type=int, default=10_000, help="of the import")
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    costs = []
    for cost in measure(seconds=asked.seconds, rounds=asked.rounds, rows=asked.rows):
        costs.append(cost.as_dict())
        if not asked.as_json:
            print(cost, flush=True)
    if asked.as_json:
        print(json.dumps(costs, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
