"""Roots and proofs of a log (RFC 9162, section 2.1) out of the nodes that the ledger stores.

A stored node is the hash of a complete subtree: (level, index) is that of the entries from
``index << level`` to before ``index + 1 << level``, and level 0 is the entries' own leaf hashes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce

from integrity.audit.verify_receipt import EMPTY_ROOT, node_hash

type Node = tuple[int, int]
type Fetch = Callable[[Collection[Node]], Mapping[Node, bytes]]
type Range = tuple[int, int]  # of entries: the first, and the one after the last


def root(size: int, fetch: Fetch) -> bytes:
    """The root of the log's first ``size`` entries."""
    if size < 0:
        raise ValueError(f"A log cannot have {size} entries.")
    return _hashes([(0, size)], fetch)[0] if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """What leads from the entry at ``index`` to the root of ``size`` entries (section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"A log of {size} entries has no entry at {index}.")
    siblings: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return _hashes(siblings[::-1], fetch)


def consistency_proof(old: int, new: int, fetch: Fetch) -> list[bytes]:
    """What leads from the root of ``old`` entries to that of ``new`` (section 2.1.4.1)."""
    if old < 1:
        raise ValueError("An empty log is consistent with every log: there is nothing to prove.")
    if old > new:
        raise ValueError(f"A log of {old} entries cannot have grown to {new}.")
    ranges: list[Range] = []
    start, end = 0, new
    while old != end:
        middle = _middle(start, end)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:  # else the rest is the whole old log, whose root the verifier has
        ranges.append((start, end))
    return _hashes(ranges[::-1], fetch)


class Frontier:
    """A log that grows entry by entry, kept as the roots of its complete subtrees alone."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []  # from left to right

    @classmethod
    def resume(cls, size: int, fetch: Fetch) -> "Frontier":
        """Go on from a stored log."""
        if size < 0:
            raise ValueError(f"A log cannot have {size} entries.")
        frontier = cls()
        frontier.size = size
        frontier._peaks = _hashes([_entries(node) for node in _cover((0, size))], fetch)
        return frontier

    def append(self, leaf_hash: bytes) -> list[tuple[int, int, bytes]]:
        """Add an entry; the nodes above it that it completes, as (level, index, hash)."""
        if len(leaf_hash) != 32:
            raise ValueError("A leaf hash is 32 bytes long.")
        node, index, level = leaf_hash, self.size, 0
        self.size += 1
        completed = []
        while index & 1:
            node = node_hash(self._peaks.pop(), node)
            index >>= 1
            level += 1
            completed.append((level, index, node))
        self._peaks.append(node)
        return completed

    def root(self) -> bytes:
        """The root of what was appended so far."""
        return _fold(self._peaks) if self._peaks else EMPTY_ROOT


def _middle(start: int, end: int) -> int:
    """Where the RFC splits a range: the largest power of two below its length goes left."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _cover(entries: Range) -> list[Node]:
    """The complete subtrees, from left to right, that a range of the RFC's is made of."""
    start, end = entries
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def _entries(node: Node) -> Range:
    level, index = node
    return index << level, index + 1 << level


def _hashes(ranges: Iterable[Range], fetch: Fetch) -> list[bytes]:
    """The hash of each range, by one call of fetch at most."""
    covers = [_cover(entries) for entries in ranges]
    wanted = {node for cover in covers for node in cover}
    stored = fetch(wanted) if wanted else {}
    for level, index in wanted - stored.keys():
        raise LookupError(f"The ledger lacks its node at level {level}, index {index}.")
    return [_fold([stored[node] for node in cover]) for cover in covers]


def _fold(hashes: Sequence[bytes]) -> bytes:
    """Join complete subtrees, the rightmost and smallest first."""
    return reduce(lambda right, left: node_hash(left, right), reversed(hashes))
