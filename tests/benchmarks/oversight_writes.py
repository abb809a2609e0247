"""What oversight costs whoever writes: with its triggers and without, alternating (ABBA)."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.crash.own_server import DATABASE, OwnServer

TRIGGERS = ("oversight_touch", "oversight_settled")


@dataclass
class Cost:
    """Something written with the triggers of oversight and without: how many, in how many seconds."""

    name: str
    many: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    seconds: dict[bool, float] = field(default_factory=lambda: {True: 0.0, False: 0.0})

    def rate(self, on: bool) -> float:
        return self.many[on] / self.seconds[on]

    @property
    def ratio(self) -> float:
        return self.rate(True) / self.rate(False)

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "with": self.rate(True), "without": self.rate(False),
                "ratio": self.ratio}  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.rate(True):.1f} a second with the triggers of oversight,"
            f" {self.rate(False):.1f} without: ratio {self.ratio:.2f}"
        )


def turn(server: OwnServer, *, on: bool) -> None:
    """The triggers of oversight on or off, as the superuser."""
    verb = "ENABLE" if on else "DISABLE"
    with psycopg.connect(**server.admin, dbname=DATABASE, autocommit=True) as superuser:
        found = superuser.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname = ANY (%s)",
            (list(TRIGGERS),),
        ).fetchall()
        for table, name in found:
            superuser.execute(f"ALTER TABLE {table} {verb} TRIGGER {name}".encode())


def measure_writes(server: OwnServer, *, seconds: float, rows: int) -> Iterator[Cost]:
    from tests.benchmarks.ledger_cost import (
        declare_for,
        legacy_register,
        make_crowd,
        take_register,
    )

    crowd = make_crowd()
    people = crowd.of_one[0]
    declare_for(people, time.monotonic() + 1)
    declared, imported = Cost("declarations"), Cost(f"rows of an import of {rows:,}")
    for on in (True, False, False, True) * 3:
        turn(server, on=on)
        declare_for(people, time.monotonic() + 0.5)
        begin = time.monotonic()
        many, _ = declare_for(people, begin + seconds)
        declared.many[on] += many
        declared.seconds[on] += time.monotonic() - begin
    yield declared
    for number, on in enumerate((True, False, False, True)):
        turn(server, on=on)
        content = legacy_register(number, rows)
        begin = time.monotonic()
        imported.many[on] += take_register(crowd.force, content)
        imported.seconds[on] += time.monotonic() - begin
    turn(server, on=True)
    yield imported
