"""Trees and proofs: against another implementation, against vectors, and with faults planted."""

import inspect
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Any, NamedTuple

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.audit import verify_receipt
from integrity.audit.merkle import Frontier, Node, consistency_proof, inclusion_proof, root
from integrity.audit.verify_receipt import (
    EMPTY_ROOT,
    Invalid,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

RecordProperty = Callable[[str, object], None]
LARGEST = 64
GARBAGE = leaf_hash(b"in no log")


class Stored:
    """A log's stored nodes, and how many were fetched each time."""

    def __init__(self, entries: list[bytes]) -> None:
        self.leaves = [leaf_hash(entry) for entry in entries]
        self.nodes: dict[Node, bytes] = {}
        self.fetched: list[int] = []
        frontier = Frontier()
        for index, leaf in enumerate(self.leaves):
            self.nodes[0, index] = leaf
            for level, at, node in frontier.append(leaf):
                self.nodes[level, at] = node

    def fetch(self, wanted: Collection[Node]) -> Mapping[Node, bytes]:
        self.fetched.append(len(wanted))
        return {node: self.nodes[node] for node in wanted}


def entries(size: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(size)]


@cache
def stored(size: int) -> Stored:
    return Stored(entries(size))


@cache
def root_of(size: int) -> bytes:
    return root(size, stored(LARGEST).fetch)


def included(index: int, size: int) -> list[bytes]:
    return inclusion_proof(index, size, stored(LARGEST).fetch)


def continued(old: int, new: int) -> list[bytes]:
    return consistency_proof(old, new, stored(LARGEST).fetch)


# The RFC's own recursive definitions, as it writes them.


def split(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def mth(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    k = split(len(leaves))
    return node_hash(mth(leaves[:k]), mth(leaves[k:]))


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


# Against another implementation.


def test_the_empty_root_and_the_roots_of_certificate_transparency() -> None:
    """The entries and roots that every implementation of RFC 6962 tests itself with."""
    hexadecimal = "|00|10|2021|3031|40414243|5051525354555657|606162636465666768696a6b6c6d6e6f"
    log = Stored([bytes.fromhex(entry) for entry in hexadecimal.split("|")])
    assert [root(size, log.fetch).hex() for size in (0, 1, 8)] == [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]


def test_every_root_and_proof_of_every_log_up_to_64_entries(
    record_property: RecordProperty,
) -> None:
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    for entry in entries(LARGEST):
        theirs.append_entry(entry)
    leaves = stored(LARGEST).leaves
    same = []
    for size in range(LARGEST + 1):
        same.append(root_of(size) == theirs.get_root(size))
        for index in range(size):
            proof = included(index, size)
            verify_inclusion(leaves[index], index, size, proof, theirs.get_root(size))
            # theirs begins with the leaf, and counts from one
            same.append([leaves[index], *proof] == theirs.prove_inclusion(index + 1, size).path)
        for old in range(1, size + 1):
            proof = continued(old, size)
            verify_consistency(old, theirs.get_root(old), size, theirs.get_root(size), proof)
            # theirs has another shape here, so the second opinion is the RFC's recursion
            same.append(proof == subproof(old, leaves[:size], True))
    assert all(same)
    record_property("measured", f"roots and proofs as pymerkle and the RFC: {sum(same)} of 4225")
    assert len(same) == 65 + 2080 + 2080


# Vectors: what must be accepted and, built from that in every way we know, what must not.


class Vector(NamedTuple):
    why: str
    check: str
    arguments: tuple[Any, ...]


INCLUSIONS = [(0, 1), (0, 2), (1, 2), (2, 3), (0, 5), (4, 5), (3, 7), (6, 7), (0, 8), (5, 8)]
INCLUSIONS += [(8, 9), (10, 11), (12, 13), (7, 16), (16, 17), (40, 63), (62, 63), (63, 64)]
CONSISTENCIES = [(1, 2), (1, 3), (2, 3), (3, 4), (2, 5), (4, 5), (3, 7), (6, 7), (4, 7), (1, 8)]
CONSISTENCIES += [(6, 8), (7, 8), (5, 13), (8, 13), (12, 13), (16, 17), (32, 64), (33, 63)]


def good_vectors() -> Iterator[Vector]:
    leaves = stored(LARGEST).leaves
    for index, size in INCLUSIONS:
        proven = (leaves[index], index, size, included(index, size), root_of(size))
        yield Vector(f"entry {index} of {size}", "verify_inclusion", proven)
    for old, new in [*CONSISTENCIES, (1, 1), (7, 7), (64, 64)]:
        arguments = (old, root_of(old), new, root_of(new), continued(old, new))
        yield Vector(f"{old} to {new}", "verify_consistency", arguments)


def flipped(data: bytes, bit: int = 0) -> bytes:
    return (int.from_bytes(data) ^ 1 << bit).to_bytes(len(data))


def bad_proofs(proof: list[bytes], near: list[bytes]) -> Iterator[tuple[str, list[Any]]]:
    """Every way to spoil a proof; ``near`` are hashes that a careless verifier might let pass."""
    for at in range(len(proof)):
        for bit in (0, 100, 255):
            yield (
                f"bit {bit} of hash {at}",
                [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]],
            )
        yield f"without hash {at}", proof[:at] + proof[at + 1 :]
        yield f"hash {at} twice", proof[: at + 1] + proof[at:]
        yield f"hash {at} empty", [*proof[:at], b"", *proof[at + 1 :]]
        yield f"hash {at} cut", [*proof[:at], proof[at][:-1], *proof[at + 1 :]]
        yield f"hash {at} longer", [*proof[:at], proof[at] + b"\0", *proof[at + 1 :]]
        yield f"hash {at} in hexadecimal", [*proof[:at], proof[at].hex(), *proof[at + 1 :]]
    for at, (one, two) in enumerate(pairwise(proof)):
        yield f"hashes {at} and {at + 1} swapped", [*proof[:at], two, one, *proof[at + 2 :]]
    if len(proof) > 1:
        yield "reversed", proof[::-1]
        yield "two hashes as one", [proof[0] + proof[1], *proof[2:]]
    if proof:
        yield "empty", []
        yield "doubled", proof + proof
    for extra in (GARBAGE, EMPTY_ROOT, *near):
        yield f"{extra.hex()[:6]} after", [*proof, extra]
        yield f"{extra.hex()[:6]} before", [extra, *proof]


def inclusion_shape(index: int, size: int) -> list[str]:
    """On which side each hash of a proof goes: sizes of one shape differ in their root alone."""
    if size == 1:
        return []
    k = split(size)
    if index < k:
        return [*inclusion_shape(index, k), "right"]
    return [*inclusion_shape(index - k, size - k), "left"]


def consistency_shape(m: int, size: int, whole: bool = True) -> list[str]:
    if m == size:
        return ["whole" if whole else "part"]
    k = split(size)
    if m <= k:
        return [*consistency_shape(m, k, whole), "right"]
    return [*consistency_shape(m - k, size - k, False), "left"]


NO_NUMBERS = (-1, True, None, 1.0, "1", 2**63, 2**64, 10**5000)


def bad_inclusions(index: int, size: int) -> Iterator[Vector]:
    leaves, proof, top = stored(LARGEST).leaves, included(index, size), root_of(size)
    leaf = leaves[index]

    def bad(why: str, **changed: Any) -> Vector:
        right = {"leaf": leaf, "index": index, "size": size, "proof": proof, "root": top}
        arguments = tuple({**right, **changed}.values())
        return Vector(f"entry {index} of {size}: {why}", "verify_inclusion", arguments)

    for why, spoilt in bad_proofs(proof, [leaf, top]):
        yield bad(why, proof=spoilt)
    for name, data in (("leaf", leaf), ("root", top)):
        for bit in (0, 100, 255):
            yield bad(f"bit {bit} of the {name}", **{name: flipped(data, bit)})
        for other in (b"", data[:-1], data + b"\0", data.hex(), None, GARBAGE, EMPTY_ROOT):
            yield bad(f"another {name}", **{name: other})
    yield bad(
        "root and leaf swapped" if size > 1 else "a false root and leaf", leaf=top, root=GARBAGE
    )
    if proof:  # what is hashed stays the same; only where the leaf ends differs
        moved = [leaf[-1:] + proof[0], *proof[1:]]
        yield bad("the leaf's last byte moved to the proof", leaf=leaf[:-1], proof=moved)
        moved = [proof[0] + leaf[:1], *proof[1:]]
        yield bad("the leaf's first byte moved to the proof", leaf=leaf[1:], proof=moved)
    yield bad("the leaf's neighbour", leaf=leaves[index ^ 1])
    yield bad("the root before", root=root_of(size - 1))
    for number in NO_NUMBERS:
        yield bad("not a place", index=number)
        if number is not True or size != 1:
            yield bad("not a size", size=number)
    for wrong in {size, size + 1, 2 * size, index + size, index + 2**40}:
        yield bad(f"index {wrong}", index=wrong)
    for wrong in {index - 1, index + 1, index ^ 2, size - 1, 0} - {index}:
        if 0 <= wrong < size:
            yield bad(f"index {wrong}", index=wrong)
            yield bad(f"the proof of {wrong}", proof=included(wrong, size))
    for wrong in {0, index, size - 1, size + 1, size // 2, 2 * size, size ^ 2, 2**40}:
        if wrong <= index or inclusion_shape(index, wrong) != inclusion_shape(index, size):
            yield bad(f"size {wrong}", size=wrong)
            if index < wrong <= LARGEST:
                yield bad(f"the proof for {wrong}", proof=included(index, wrong))


def bad_consistencies(old: int, new: int) -> Iterator[Vector]:
    proof, first, second = continued(old, new), root_of(old), root_of(new)

    def bad(why: str, **changed: Any) -> Vector:
        right = {"old": old, "first": first, "new": new, "second": second, "proof": proof}
        arguments = tuple({**right, **changed}.values())
        return Vector(f"{old} to {new}: {why}", "verify_consistency", arguments)

    for why, spoilt in bad_proofs(proof, [first, second]):
        yield bad(why, proof=spoilt)
    for name, data in (("first", first), ("second", second)):
        for bit in (0, 100, 255):
            yield bad(f"bit {bit} of the {name} root", **{name: flipped(data, bit)})
        for other in (b"", data[:-1], data + b"\0", data.hex(), None, GARBAGE, EMPTY_ROOT):
            yield bad(f"another {name} root", **{name: other})
    yield bad("roots swapped", first=second, second=first)
    yield bad("sizes swapped", old=new, new=old)
    yield bad("backwards", old=new, new=old, first=second, second=first)
    yield bad("from nothing", old=0, first=EMPTY_ROOT, proof=[])
    yield bad("from nothing, with its proof", old=0, first=EMPTY_ROOT)
    yield bad("from nothing, with the later root", old=0, first=EMPTY_ROOT, proof=[second])
    yield bad("one size, two roots", old=new, proof=[])
    yield bad("one size and a proof", old=new, first=second)
    yield bad("one size and a trailing hash", old=new, first=second, proof=[second])
    for number in NO_NUMBERS:
        if not (number is True and old == 1):
            yield bad("not an old size", old=number)
        yield bad("not a new size", new=number)
    right = consistency_shape(old, new)
    for wrong in {old - 1, old + 1, old ^ 2, 2 * old, old // 2}:
        if not 0 < wrong < new or consistency_shape(wrong, new) != right:
            yield bad(f"from {wrong}", old=wrong)
            if 0 < wrong <= new:
                yield bad(f"the proof from {wrong}", proof=continued(wrong, new))
    for wrong in {new - 1, new + 1, new ^ 2, 2 * new, new // 2, 2**40}:
        if wrong < old or consistency_shape(old, wrong) != right:
            yield bad(f"to {wrong}", new=wrong)
            if old <= wrong <= LARGEST:
                yield bad(f"the proof to {wrong}", proof=continued(old, wrong))


def bad_vectors() -> list[Vector]:
    found = [vector for index, size in INCLUSIONS for vector in bad_inclusions(index, size)]
    found += [vector for old, new in CONSISTENCIES for vector in bad_consistencies(old, new)]
    found.append(
        Vector("nothing to nothing", "verify_consistency", (0, EMPTY_ROOT, 0, EMPTY_ROOT, []))
    )
    for short in (b"", b"root", root_of(7)[:-1]):
        found.append(Vector("short roots", "verify_consistency", (7, short, 7, short, [])))
        found.append(Vector("a short leaf", "verify_inclusion", (short, 0, 1, [], short)))
    found.append(Vector("in nothing", "verify_inclusion", (EMPTY_ROOT, 0, 0, [], EMPTY_ROOT)))
    return found


def accepts(verifier: Any, vector: Vector) -> bool:
    """Whether a verifier lets a vector pass; anything but ``Invalid`` is a fault of its own."""
    try:
        getattr(verifier, vector.check)(*vector.arguments)
    except verifier.Invalid:
        return False
    return True


def test_good_vectors_are_accepted() -> None:
    assert [vector.why for vector in good_vectors() if not accepts(verify_receipt, vector)] == []


def test_bad_vectors_are_refused(record_property: RecordProperty) -> None:
    vectors = bad_vectors()
    assert [vector.why for vector in vectors if accepts(verify_receipt, vector)] == []
    record_property("measured", f"bad vectors refused: {len(vectors)} of {len(vectors)}")
    assert len(vectors) >= 180


type Change = tuple[str, str]

TOO_LONG = 'raise Invalid("The proof is too long for a log of this size.")'
EMPTY = 'raise Invalid("The consistency proof is empty.")'
INDEX = "0 <= _number(index) < _number(size)"
ROOTS = "path[1:]) != (old_root, new_root)"
ONE_SIZE = "if proof or old_root != new_root:"
SAME = "    if old_size == new_size:\n"
FAULTS: dict[str, list[Change]] = {
    "left-over hashes are ignored": [(TOO_LONG, "break")],
    "a proof may be too short": [("    if sn != 0:", "    if False:")],
    "the border of the tree is forgotten": [("if fn & 1 or fn == sn:", "if fn & 1:")],
    "the border's levels are not skipped": [("while fn and not fn & 1:", "while False:")],
    "the index may be beyond the log": [(INDEX, "_number(index) <= _number(size)")],
    "the root is not compared": [("[1] != root:", "[1] == b'':")],
    "the earlier root is not compared": [(ROOTS, "path[1:])[1] != new_root")],
    "the later root is not compared": [(ROOTS, "path[1:])[0] != old_root")],
    "logs of one size are not compared": [(ONE_SIZE, "if proof:")],
    "logs of one size may have a proof": [(ONE_SIZE, "if old_root != new_root:")],
    "an empty log proves everything": [
        ("if not 0 < _number(old_size)", "if not 0 <= _number(old_size)"),
        (SAME, f"    if old_size == 0:\n        return\n{SAME}"),
    ],
    "an empty proof proves everything": [(EMPTY, "return")],
    "a power of two is not special": [("if old_size & (old_size - 1) == 0 else", "if False else")],
    "hashes may have any length": [("len(each) != HASH_BYTES", "False")],
    "true is a number": [("type(value) is not int", "not isinstance(value, int)")],
    "nodes are hashed as leaves": [('b"\\x01" + left', 'b"\\x00" + left')],
}


def weakened(changes: list[Change]) -> ModuleType:
    source = inspect.getsource(verify_receipt)
    for right, wrong in changes:
        assert source.count(right) == 1, right
        source = source.replace(right, wrong)
    module = ModuleType("weakened")
    exec(compile(source, "weakened", "exec"), module.__dict__)  # noqa: S102 — our own file
    return module


def is_caught(verifier: Any) -> bool:
    """Whether the vectors show that something is wrong with a verifier."""
    try:
        return any(accepts(verifier, vector) for vector in bad_vectors()) or not all(
            accepts(verifier, vector) for vector in good_vectors()
        )
    except Exception:  # a verifier that fails where it should refuse is caught too
        return True


def test_a_planted_fault_is_caught(record_property: RecordProperty) -> None:
    assert not is_caught(verify_receipt)
    assert [fault for fault, changes in FAULTS.items() if not is_caught(weakened(changes))] == []
    record_property("measured", f"planted faults caught: {len(FAULTS)} of {len(FAULTS)}")


def test_an_entry_cannot_pass_for_a_node() -> None:
    left, right = stored(2).leaves
    assert leaf_hash(left + right) != node_hash(left, right) == root_of(2)


# Larger logs.


LARGE = 3000


@given(st.data())
def test_proofs_of_larger_logs(data: st.DataObject) -> None:
    log = stored(LARGE)
    size = data.draw(st.integers(1, LARGE), "size")
    index = data.draw(st.integers(0, size - 1), "index")
    old = data.draw(st.integers(1, size), "old size")
    proof = inclusion_proof(index, size, log.fetch)
    top = root(size, log.fetch)
    verify_inclusion(log.leaves[index], index, size, proof, top)
    since = consistency_proof(old, size, log.fetch)
    verify_consistency(old, root(old, log.fetch), size, top, since)
    bit = data.draw(st.integers(0, 255), "bit")
    for at, each in enumerate(proof):
        spoilt = [*proof[:at], flipped(each, bit), *proof[at + 1 :]]
        with pytest.raises(Invalid):
            verify_inclusion(log.leaves[index], index, size, spoilt, top)
    for at, each in enumerate(since):
        spoilt = [*since[:at], flipped(each, bit), *since[at + 1 :]]
        with pytest.raises(Invalid):
            verify_consistency(old, root(old, log.fetch), size, top, spoilt)


@given(st.integers(1, 2**62), st.data())
def test_proofs_of_logs_too_large_to_keep(size: int, data: st.DataObject) -> None:
    """A log of equal entries has equal nodes on each level, so none need be kept."""
    levels = [leaf_hash(b"")]
    for _ in range(63):
        levels.append(node_hash(levels[-1], levels[-1]))
    fetched: list[int] = []

    def fetch(wanted: Collection[Node]) -> Mapping[Node, bytes]:
        assert all(index + 1 << level <= size for level, index in wanted), "not yet complete"
        fetched.append(len(wanted))
        return {node: levels[node[0]] for node in wanted}

    index = data.draw(st.integers(0, size - 1), "index")
    old = data.draw(st.integers(1, size), "old size")
    top = root(size, fetch)
    verify_inclusion(levels[0], index, size, inclusion_proof(index, size, fetch), top)
    since = consistency_proof(old, size, fetch)
    verify_consistency(old, root(old, fetch), size, top, since)
    assert len(fetched) <= 4
    assert max(fetched) <= 2 * size.bit_length()


@given(st.integers(0, 300), st.integers(0, 100))
def test_a_frontier_goes_on_where_it_was(size: int, more: int) -> None:
    log = stored(LARGE)
    frontier = Frontier.resume(size, log.fetch)
    assert frontier.root() == root(size, log.fetch)
    for leaf in log.leaves[size : size + more]:
        for level, index, node in frontier.append(leaf):
            assert log.nodes[level, index] == node
    assert frontier.size == size + more
    assert frontier.root() == root(size + more, log.fetch) == mth(log.leaves[: size + more])


def test_a_log_stores_fewer_nodes_above_its_leaves_than_it_has_leaves() -> None:
    assert len(stored(LARGE).nodes) == 2 * LARGE - LARGE.bit_count()


def test_a_million_entries(record_property: RecordProperty) -> None:
    frontier, leaf, started = Frontier(), leaf_hash(b""), time.perf_counter()
    for _ in range(1_000_000):
        frontier.append(leaf)
    frontier.root()
    seconds = time.perf_counter() - started
    record_property("measured", f"the root of a million entries: {seconds:.1f} s")
    assert seconds < 20


def test_each_proof_takes_one_fetch_at_most() -> None:
    log = Stored(entries(21))
    for make in (
        lambda: root(21, log.fetch),
        lambda: inclusion_proof(9, 21, log.fetch),
        lambda: consistency_proof(13, 21, log.fetch),
        lambda: Frontier.resume(21, log.fetch),
    ):
        log.fetched.clear()
        make()
        assert len(log.fetched) == 1
    log.fetched.clear()
    assert root(0, log.fetch) == EMPTY_ROOT
    assert inclusion_proof(0, 1, log.fetch) == consistency_proof(21, 21, log.fetch) == []
    assert log.fetched == []


@pytest.mark.parametrize(
    ("impossible", "sentence"),
    [
        (lambda fetch: root(-1, fetch), "A log cannot have -1 entries."),
        (lambda fetch: inclusion_proof(0, 0, fetch), "A log of 0 entries has no entry at 0."),
        (lambda fetch: inclusion_proof(3, 3, fetch), "A log of 3 entries has no entry at 3."),
        (lambda fetch: inclusion_proof(-1, 3, fetch), "A log of 3 entries has no entry at -1."),
        (lambda fetch: consistency_proof(0, 3, fetch), "An empty log is consistent with every"),
        (lambda fetch: consistency_proof(4, 3, fetch), "A log of 4 entries cannot have grown to 3"),
        (lambda fetch: Frontier.resume(-1, fetch), "A log cannot have -1 entries."),
        (lambda fetch: Frontier().append(b"short"), "A leaf hash is 32 bytes long."),
    ],
)
def test_what_is_impossible_is_said(impossible: Callable[[Any], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        impossible(stored(3).fetch)


def test_a_node_that_is_not_stored_is_named() -> None:
    with pytest.raises(LookupError, match="The ledger lacks its node at level 2, index 0"):
        root(4, lambda wanted: {})
