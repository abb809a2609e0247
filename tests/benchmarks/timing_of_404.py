"""Whether the time of a 404 tells that an investigation exists (issue 5).

    python -m tests.benchmarks.timing_of_404 [--requests 400] [--json]

People outside PSD ask, in turn, for the page of an investigation that exists, of one that does not,
and of another that does not. The figures are ratios of medians: existing to missing, and, as its peer
in the same run, missing to missing, which is noise. The first should be no further from 1.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any

from tests.crash.own_server import own_server

ASKED_BY = ("constable", "sergeant", "administrator", "inspector", "press_officer")
MISSING, ALSO_MISSING = 987_654, 987_655


@dataclass(frozen=True)
class Timing:
    """What one person's 404s took, in seconds, as ratios of their medians."""

    who: str
    page: str
    existing_to_missing: float
    missing_to_missing: float

    def __str__(self) -> str:
        return (
            f"timing of a 404, {self.who}, {self.page}: existing to missing "
            f"{self.existing_to_missing:.3f}; missing to missing {self.missing_to_missing:.3f}"
        )


def measure(requests: int) -> list[Timing]:
    from django.test import Client, override_settings

    from integrity.audit.scope import everywhere
    from tests import builders, investigations

    with everywhere():
        world = builders.world()
        opened = investigations.open_one(world)
    pages = {
        "desk": ("/psd/investigations/investigation/{}/change/", opened.pk, MISSING, ALSO_MISSING),
        "entry": (
            "/media/{}/",
            opened.case.reference,
            f"IN-2026-{MISSING}",
            f"IN-2026-{ALSO_MISSING}",
        ),
    }
    found = []
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for who in ASKED_BY:
            client = Client(raise_request_exception=False)
            with everywhere():
                client.force_login(
                    getattr(world, who),
                    backend="integrity.people.backends.ServingMemberBackend",
                )
            for page, (path, *which) in pages.items():
                addresses = [path.format(each) for each in which]
                taken = ask_in_turn(client, addresses, requests)
                existing, missing, also_missing = (median(times) for times in taken)
                found.append(Timing(who, page, existing / missing, also_missing / missing))
    return found


def ask_in_turn(client: Any, addresses: Sequence[str], requests: int) -> list[list[float]]:
    """What each address took, each asked once in every turn, the first of them another each time."""
    taken: list[list[float]] = [[] for _ in addresses]
    for turn in range(requests):
        for step in range(len(addresses)):
            number = (turn + step) % len(addresses)
            begin = perf_counter()
            response = client.get(addresses[number])
            taken[number].append(perf_counter() - begin)
            assert response.status_code == 404, (addresses[number], response.status_code)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with own_server() as server:
        server.migrate()
        server.become_site()
        found = measure(options.requests)
    if options.json:
        print(json.dumps([asdict(each) for each in found]))
    else:
        print(*found, sep="\n")


if __name__ == "__main__":
    main()
