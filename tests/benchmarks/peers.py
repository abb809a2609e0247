"""Our Merkle tree beside pymerkle's, in one run: leaves hashed, appended, and the root.

    python -m tests.benchmarks.peers [--leaves 100000] [--rounds 3] [--json]

Both are given the same 100,000 entries and must come to the same root (RFC 9162).
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from pymerkle import InmemoryTree

from integrity.audit.merkle import Frontier
from integrity.audit.verify_receipt import leaf_hash


@dataclass(frozen=True)
class Peers:
    """The best of the rounds of each, in seconds."""

    leaves: int
    ours: float
    pymerkle: float

    @property
    def ratio(self) -> float:
        return self.pymerkle / self.ours

    def __str__(self) -> str:
        return (
            f"tree of {self.leaves} leaves: {self.ours:.2f} s here, {self.pymerkle:.2f} s in "
            f"pymerkle: {self.ratio:.1f} times as fast"
        )


def ours(entries: Sequence[bytes]) -> bytes:
    frontier = Frontier()
    for entry in entries:
        frontier.append(leaf_hash(entry))
    return frontier.root()


def theirs(entries: Sequence[bytes]) -> bytes:
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    return bytes(tree.get_root())


def timed(
    root: Callable[[Sequence[bytes]], bytes], entries: Sequence[bytes]
) -> tuple[bytes, float]:
    begin = time.perf_counter()
    found = root(entries)
    return found, time.perf_counter() - begin


def measure(*, leaves: int, rounds: int) -> Peers:
    entries = [f'{{"kind":"event","seq":{number}}}'.encode() for number in range(leaves)]
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        (root, mine), (other, other_time) = timed(ours, entries), timed(theirs, entries)
        assert root == other, "the two disagree about the root"
        best = [min(best[0], mine), min(best[1], other_time)]
    return Peers(leaves, *best)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--leaves", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    found = measure(leaves=asked.leaves, rounds=asked.rounds)
    told = asdict(found) | {"ratio": found.ratio}
    print(json.dumps(told, indent=2) if asked.as_json else found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
