#!/usr/bin/env python3
"""Checks a receipt of the Integrity Register with nothing but the register's public key.

    python verify_receipt.py RECEIPT --key FILE [--checkpoint FILE --consistency FILE] [--json]

A valid receipt proves that exactly this was recorded, that it stands at this place in the force's
log, and that the register signed the log that holds it. With a later checkpoint and a consistency
proof it also proves that nothing recorded before was changed or removed since. It does not prove
that what was declared is true.

The log is a Merkle tree (RFC 9162, section 2); what is signed is a checkpoint (c2sp.org/signed-note
and c2sp.org/tlog-checkpoint). The key is one line, ``name+hash+key``, which the register publishes:
get it, and the later checkpoint, from somewhere other than the receipt.

Needs Python 3.10 or later and the package ``cryptography``; reads nothing but the files it is given.
Exit status: 0 valid; 2 provisional, so fetch the receipt again; 1 anything else.
"""

import argparse
import base64
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    raise SystemExit("Install the package cryptography first: pip install cryptography") from None

FORMAT = "integrity-register-receipt/1"
RECEIPT = (
    "format reference origin event at sealed index entry payload salt proof checkpoint".split()
)
ENTRY = "at kind payload seq".split()
CONSISTENCY = "origin from to proof".split()

HASH_BYTES = 32
SALT_BYTES = 32  # of one length, so that no byte of the salt can pass for one of the payload
MOST_ENTRIES = 2**63 - 1
MOST_SIGNATURES = 100
DASH = "\u2014 "  # an em dash begins a signature line
EMPTY_ROOT = sha256(b"").digest()


class Invalid(Exception):
    """Something does not hold; the text says what."""


class Provisional(Exception):
    """The receipt agrees with itself, but no checkpoint holds its entry yet."""


# The log: RFC 9162, section 2.1. The names fn, sn, fr and sr are the RFC's.


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry; its prefix keeps an entry from passing for a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Section 2.1.3.2: the entry hashed ``leaf`` stands at ``index``, from 0, among ``size``."""
    _check_hashes(leaf, root, *proof)
    if not 0 <= _number(index) < _number(size):
        raise Invalid(f"A log of {size} entries has no entry at {index}.")
    if _climb(index, size - 1, leaf, proof)[1] != root:
        raise Invalid("The proof does not lead from the entry to the root of the log.")


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Section 2.1.4.2: the later log begins with all the entries of the earlier."""
    _check_hashes(old_root, new_root, *proof)
    if not 0 < _number(old_size) <= _number(new_size):
        raise Invalid(f"A log of {new_size} entries cannot be shown to continue one of {old_size}.")
    if old_size == new_size:
        if proof or old_root != new_root:
            raise Invalid("Two logs of one size must have one root, and need no proof of it.")
        return
    if not proof:
        raise Invalid("The consistency proof is empty.")
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else proof
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if _climb(fn, sn, path[0], path[1:]) != (old_root, new_root):
        raise Invalid(
            "The proof does not lead from the root of the earlier log to the later one's."
        )


def _climb(fn: int, sn: int, first: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The loop that both sections share: the earlier and the later root that a path leads to."""
    fr = sr = first
    for step in path:
        if sn == 0:
            raise Invalid("The proof is too long for a log of this size.")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(step, fr), node_hash(step, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, step)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise Invalid("The proof is too short for a log of this size.")
    return fr, sr


def _check_hashes(*hashes: bytes) -> None:
    if any(type(each) is not bytes or len(each) != HASH_BYTES for each in hashes):
        raise Invalid(f"A hash is not {HASH_BYTES} bytes long.")


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MOST_ENTRIES:
        raise Invalid("A size of a log, or a place in one, is not a whole number from 0.")
    return value


# The signature: c2sp.org/signed-note and c2sp.org/tlog-checkpoint.


@dataclass(frozen=True)
class Checkpoint:
    """The state of a force's log that the register signed: how many entries, and their root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class VerifierKey:
    """A register's public key, under the name that the origin of each of its logs begins with."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name.isprintable() or re.fullmatch(r"[^\s+]+", self.name) is None:
            raise Invalid("A key's name is printable and has neither spaces nor plus signs.")
        if len(self.public) != 32:
            raise Invalid("An Ed25519 public key is 32 bytes long.")

    @classmethod
    def parse(cls, line: str) -> "VerifierKey":
        """Read ``name+hash+key`` as the register publishes it."""
        name, key_id, encoded = [*line.strip().split("+", 2), "", ""][:3]
        raw = _base64(encoded)
        if raw[0] != 1:  # the kind of key: Ed25519
            raise Invalid("The key is not an Ed25519 key of the form name+hash+key.")
        key = cls(name, raw[1:])
        if key.id.hex() != key_id:
            raise Invalid("The key's hash is not that of its name and key: copy it again.")
        return key

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        return sha256(self.name.encode() + b"\n\x01" + self.public).digest()[:4]

    def __str__(self) -> str:
        encoded = base64.b64encode(b"\x01" + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"


def open_note(note: str, key: VerifierKey) -> Checkpoint:
    """The checkpoint in a signed note, once the key's signature on it is found good."""
    if any((c < " " and c != "\n") or "\ud800" <= c <= "\udfff" for c in note):
        raise Invalid("The checkpoint has a control character, such as a Windows line ending.")
    text, blank, signatures = note.rpartition("\n\n")
    text += "\n"
    lines = signatures[:-1].split("\n")
    if not blank or not signatures.endswith("\n") or len(lines) > MOST_SIGNATURES:
        raise Invalid("The checkpoint is not a text, an empty line and a few signature lines.")
    ours = [raw for name, raw in map(_signature, lines) if (name, raw[:4]) == (key.name, key.id)]
    if not ours:
        raise Invalid(f"The checkpoint is not signed by this key of {key.name}.")
    for raw in ours:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], text.encode())
        except (InvalidSignature, ValueError):
            raise Invalid(f"The checkpoint's signature by {key.name} is false.") from None
    return _checkpoint(text, key)


def _signature(line: str) -> tuple[str, bytes]:
    """A signature line's name and bytes: four of key id, then the signature."""
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    raw = _base64(encoded)
    if not line.startswith(DASH) or re.fullmatch(r"[^\s+]+", name) is None or len(raw) < 5:
        raise Invalid("The checkpoint has a malformed signature line.")
    return name, raw


def _checkpoint(text: str, key: VerifierKey) -> Checkpoint:
    lines = text[:-1].split("\n")  # from the fourth on they are extensions, signed but not read
    if len(lines) < 3 or not all(lines):
        raise Invalid("The checkpoint's text is not at least three lines, none of them empty.")
    origin, size, root = lines[0], lines[1], _base64(lines[2])
    if not origin.startswith(f"{key.name}/") or origin == f"{key.name}/":
        raise Invalid(f"The checkpoint is of a log that is not {key.name}'s.")
    if re.fullmatch(r"0|[1-9][0-9]{0,18}", size) is None:
        raise Invalid("The checkpoint's second line is not the size of a log.")
    _check_hashes(root)
    if size == "0" and root != EMPTY_ROOT:
        raise Invalid("The checkpoint's root is not that of an empty log.")
    return Checkpoint(origin, _number(int(size)), root)


def _base64(encoded: str) -> bytes:
    """Decode the one way of writing these bytes, and no other."""
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError:
        raw = b""
    if not raw or base64.b64encode(raw).decode() != encoded:
        raise Invalid("The key, the root or a signature is not written in base64: copy it again.")
    return raw


# The receipt.


@dataclass(frozen=True)
class Receipt:
    """A receipt that was found good."""

    reference: str
    origin: str
    event: str
    at: str
    index: int
    entry: str
    payload: str
    checkpoint: Checkpoint
    later: Checkpoint | None = None


def check_receipt(
    text: str, key: VerifierKey, later: str | None = None, consistency: str | None = None
) -> Receipt:
    """Check everything that a receipt says, and that ``later`` has rewritten nothing, if given."""
    if (later is None) != (consistency is None):
        raise Invalid("Give a later checkpoint and a consistency proof together, or neither.")
    found = _object(text, "The receipt", RECEIPT)
    if found["format"] != FORMAT:
        raise Invalid(f"The receipt's format is not {FORMAT}: get the verifier that fits it.")
    reference, origin = _line(found, "reference"), _line(found, "origin")
    event, at = _line(found, "event"), _line(found, "at")
    entry, payload = _text(found, "entry"), _text(found, "payload")
    header, recorded = _object(entry, "The entry", ENTRY), _object(payload, "The payload")
    salted = _hex(found["salt"], SALT_BYTES) + payload.encode()
    if header["kind"] != "event" or header["payload"] != sha256(salted).hexdigest():
        raise Invalid("The payload is not what the entry sealed.")
    if [recorded.get(name) for name in ("reference", "name", "at")] != [reference, event, at]:
        raise Invalid("The payload does not have the receipt's reference, event and time.")
    if found["index"] is not None and _number(header["seq"]) != _number(found["index"]):
        raise Invalid("The entry's number is not the receipt's index.")
    if found["sealed"] is False and found["proof"] is None and found["checkpoint"] is None:
        raise Provisional("Provisional: not yet sealed by a checkpoint; fetch it again.")
    if found["sealed"] is not True:
        raise Invalid("The receipt must be sealed, or have neither a proof nor a checkpoint.")
    checkpoint = open_note(_text(found, "checkpoint"), key)
    if checkpoint.origin != origin:
        raise Invalid("The checkpoint is of another log than the receipt's.")
    leaf, index = leaf_hash(entry.encode()), _number(found["index"])
    verify_inclusion(leaf, index, checkpoint.size, _proof(found), checkpoint.root)
    newer = None
    if later is not None and consistency is not None:
        newer = _check_since(checkpoint, open_note(later, key), consistency)
    return Receipt(reference, origin, event, at, index, entry, payload, checkpoint, newer)


def _check_since(old: Checkpoint, new: Checkpoint, consistency: str) -> Checkpoint:
    found = _object(consistency, "The consistency proof", CONSISTENCY)
    if not old.origin == new.origin == found["origin"]:
        raise Invalid("The later checkpoint or its consistency proof is of another log.")
    if (_number(found["from"]), _number(found["to"])) != (old.size, new.size):
        raise Invalid(f"The consistency proof is not from {old.size} entries to {new.size}.")
    verify_consistency(old.size, old.root, new.size, new.root, _proof(found))
    return new


def _object(text: str, what: str, keys: Sequence[str] = ()) -> dict[str, object]:
    """A JSON object with these keys, if any are named, and no others; none of them twice."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) != len(pairs):
            raise Invalid(f"{what} says something twice.")
        return dict(pairs)

    try:
        value = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise Invalid(f"{what} is not JSON.") from None
    if not isinstance(value, dict) or (keys and value.keys() != set(keys)):
        raise Invalid(f"{what} is not a JSON object with {', '.join(keys) or 'its keys'}.")
    return value


def _text(found: dict[str, object], name: str) -> str:
    value = found[name]
    if not isinstance(value, str) or re.search("[\ud800-\udfff]", value):
        raise Invalid(f'"{name}" is not text.')
    return value


def _line(found: dict[str, object], name: str) -> str:
    """Text that is safe to print."""
    value = _text(found, name)
    if not value or not value.isprintable():
        raise Invalid(f'"{name}" is empty or has characters that cannot be printed.')
    return value


def _hex(value: object, length: int) -> bytes:
    if not isinstance(value, str) or re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value) is None:
        raise Invalid(f"A hash or the salt is not {length} bytes in lower-case hexadecimal.")
    return bytes.fromhex(value)


def _proof(found: dict[str, object]) -> list[bytes]:
    value = found["proof"]
    if not isinstance(value, list):
        raise Invalid('"proof" is not a list of hashes.')
    return [_hex(each, HASH_BYTES) for each in value]


# The command.


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named on the command line and say what was proven."""
    parser = argparse.ArgumentParser(description="Check a receipt of the Integrity Register.")
    parser.add_argument("receipt", metavar="RECEIPT", help="the receipt, a JSON file")
    parser.add_argument("--key", required=True, metavar="FILE", help="the register's public key")
    parser.add_argument("--checkpoint", metavar="FILE", help="a later checkpoint of the same log")
    parser.add_argument("--consistency", metavar="FILE", help="the proof that leads to it")
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    try:
        given = parser.parse_args(arguments)
    except SystemExit as stop:
        return 1 if stop.code else 0  # argparse's own 2 means provisional here
    try:
        receipt, key = _read(given.receipt), VerifierKey.parse(_read(given.key))
        later = _read(given.checkpoint) if given.checkpoint else None
        consistency = _read(given.consistency) if given.consistency else None
        found = check_receipt(receipt, key, later, consistency)
        status, outcome, lines = 0, "valid", _proven(found, key)
    except Provisional as why:
        status, outcome, lines = 2, "provisional", [str(why)]
    except Invalid as why:
        status, outcome, lines = 1, "invalid", [f"Not proven. {why}"]
    if given.json:
        lines = [json.dumps({"outcome": outcome, "sentences": lines})]
    for line in lines:
        print(line.encode("ascii", "backslashreplace").decode())
    return status


def _read(path: str) -> str:
    try:
        return Path(path).read_bytes().decode()
    except OSError as why:
        raise Invalid(f"{path} cannot be read: {why.strerror}.") from None
    except UnicodeDecodeError:
        raise Invalid(f"{path} is not text in UTF-8.") from None


def _proven(found: Receipt, key: VerifierKey) -> list[str]:
    lines = [
        f"Valid: {found.reference}, {found.event} at {found.at}, was recorded with this payload.",
        f"It is entry {found.index}, counted from 0, of the log {found.origin}.",
        f"The key {key} signed that log when it had {found.checkpoint.size} entries.",
    ]
    if found.later:
        lines.append(f"History has not been rewritten since, up to {found.later.size} entries.")
    return lines


if __name__ == "__main__":
    sys.exit(main())
