"""kill -9 of PostgreSQL and of the web server under load: 10 + 10, or as many as you say.

CRASHES=100 ./run test tests/crash
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tests.crash.own_server import CHECKOUT

CRASHES = int(os.environ.get("CRASHES", "10"))
LOSSY_KILLS = 20  # at most; the first finds losses, unless it comes before anybody is answered


def crash(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", "--json", *arguments],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_nothing_acknowledged_is_lost_half_written_or_doubled(
    record_property: Callable[[str, object], None],
) -> None:
    found = crash("--kills", str(CRASHES))
    record_property("measured", found["sentence"])
    assert not found["faults"], found
    assert (found["database_kills"], found["web_kills"]) == (CRASHES, CRASHES)
    assert found["acknowledged"] > 5 * CRASHES, "too little was going on to mean anything"
    assert found["unanswered"] > CRASHES, "the kills came while nobody waited for an answer"


def test_with_synchronous_commit_off_the_harness_finds_losses(
    record_property: Callable[[str, object], None],
) -> None:
    """The switch: a harness that cannot fail proves nothing."""
    found = crash("--lossy", "--kills", str(LOSSY_KILLS))
    record_property("measured", found["sentence"])
    assert found["lost"] > 0, found
    assert found["half_written"] == 0, "what is lost is lost whole"
