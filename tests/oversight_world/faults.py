"""Faults that are planted in what oversight counts, to see that the recounts see them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

FACTS = "oversight_facts_of(bigint[])"
# what of the facts each replaces (a pattern), and by what
FAULTS = {
    "late": ("days_late > 0 THEN 'late'", "days_late <= 0 THEN 'late'"),
    "struck": (r"NOT i\.struck\), 0\) AS pounds", "true), 0) AS pounds"),
    "london": (r"oversight_day\(([a-z_.]+)\)", r"(\1 AT TIME ZONE 'UTC')::date"),
    "silent": (r"WHERE NOT h\.silent", ""),
}


@contextmanager
def planted(superuser: psycopg.Connection, fault: str) -> Iterator[None]:
    """The facts with one of FAULTS in them, then as they were; without a name, as they are."""
    row = superuser.execute("SELECT pg_get_functiondef(%s::regprocedure)", [FACTS]).fetchone()
    assert row is not None
    if fault:
        faulty = re.sub(*FAULTS[fault], row[0])
        assert faulty != row[0], f"the facts no longer say {FAULTS[fault][0]}"
        superuser.execute(faulty)
    try:
        yield
    finally:
        superuser.execute(row[0])
