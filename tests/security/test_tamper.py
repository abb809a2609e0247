# ruff: noqa: S608 - the names in these statements are the ledger's own tables
"""A ledger of 500 entries is tampered with in every way; what the verifier finds, and what it cannot.

Every bit of every stored byte would be millions of runs of the whole verifier. An entry's header,
salt, content and leaf are judged by ``check_entry`` from that entry alone, so each changed bit is
given to that function with its own entry; what moves entries is given to ``check_log`` whole. A
sample of every kind is really done in PostgreSQL, as its superuser, and found by the command
(TAMPER=500 for as many of each kind).
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.test import override_settings

from integrity.audit.actions import record
from integrity.audit.guard import LEDGER
from integrity.audit.ledger import newest_checkpoint, verifier_key
from integrity.audit.merkle import Frontier
from integrity.audit.models import Log
from integrity.audit.sealing import Sealer, seal_all
from integrity.audit.signing import make_key
from integrity.audit.verifier import Stored, Verdict, _entries, check_entry, check_log
from integrity.audit.verify_receipt import Checkpoint, Invalid, leaf_hash, node_hash, open_note
from tests.builders import NOW, accepted, declare, world
from tests.integrity.audit.test_verify_receipt import RecordProperty
from tests.plugins.database import as_superuser
from tests.security.world import database

ENTRIES = 500
SAMPLE = int(os.environ.get("TAMPER", "2"))  # of each kind, in PostgreSQL
OUTSIDE = "the checkpoint given"
RANDOM = Random(2012)  # noqa: S311 - the same sample every time


@dataclass
class Ledger:
    """A force's log as it is stored, and a checkpoint of it that lies outside."""

    log: Log
    stored: list[Stored]
    note: str
    signed: Checkpoint
    file: Path

    def broken(self, stored: Sequence[Stored], *, size: int | None = None) -> tuple[bool, bool]:
        """Whether the whole log, stored so, is found out: with the checkpoint outside, and without."""
        verdict = Verdict()
        log = Log(id=self.log.pk, code=self.log.code, size=self.log.size if size is None else size)
        check_log(verdict, log, stored, [(OUTSIDE, self.signed)])
        return bool(verdict.broken), any(each.where != OUTSIDE for each in verdict.broken)


@pytest.fixture(scope="module")
def ledger(committed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("ledger")
    key = make_key("register.example", folder / "key")
    with override_settings(LEDGER_VERIFIER_KEY=str(key), LEDGER_KEY_FOLDER=str(folder / "key")):
        who = world()
        for amount in range(15, 20):
            declare(who.constable, accepted(amount, description="Räucherlachs"))
        log = Log.objects.get(code="NMR")
        half = ENTRIES // 2
        for upto in (half, ENTRIES):
            for number in range(Log.objects.get(code="NMR").size, upto):
                record(
                    "case viewed", by=who.reviewer, now=NOW, force_id=log.pk, facts={"n": number}
                )
            seal_all(Sealer.open(), now=NOW)
        log.refresh_from_db()
        checkpoint = newest_checkpoint(log.pk)
        assert checkpoint is not None
        (file := folder / "outside").write_text(checkpoint.note)
        yield Ledger(
            log, list(_entries(log)), checkpoint.note, open_note(checkpoint.note, key), file
        )


def flipped(stored: bytes) -> Iterator[bytes]:
    """The bytes with one bit changed, for each bit."""
    for place, byte in enumerate(stored):
        head, tail = stored[:place], stored[place + 1 :]
        for bit in range(8):
            yield head + bytes((byte ^ 1 << bit,)) + tail


def as_text(stored: bytes) -> str | None:
    """The text that the bytes are; None where PostgreSQL could not store them as one."""
    try:
        text = stored.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def changed_bits(entry: Stored) -> Iterator[Stored | None]:
    """The entry with each bit of its place, header, salt, content and leaf changed."""
    seq, header, salt, body, node = entry
    assert salt is not None
    assert body is not None
    assert node is not None
    for bit in range(64):
        yield seq ^ 1 << bit, header, salt, body, node
    for other in flipped(header.encode()):
        text = as_text(other)
        yield None if text is None else (seq, text, salt, body, node)
    for other in flipped(salt):
        yield seq, header, other, body, node
    for other in flipped(body.encode()):
        text = as_text(other)
        yield None if text is None else (seq, header, salt, text, node)
    for other in flipped(node):
        yield seq, header, salt, body, other


# --- every single bit -----------------------------------------------------------------------------


def test_every_bit_of_every_entry(ledger: Ledger, record_property: RecordProperty) -> None:
    assert len(ledger.stored) == ENTRIES
    assert ledger.broken(ledger.stored) == (False, False)
    verdict = Verdict()
    bits = found = unstorable = 0
    for entry in ledger.stored:
        for changed in changed_bits(entry):
            bits += 1
            if changed is None:
                unstorable += 1
                continue
            check_entry(verdict, "NMR", changed)
            found += bool(verdict.broken)
            verdict.broken.clear()
    assert found + unstorable == bits
    assert verdict.erased == 0
    record_property(
        "measured",
        f"tamper: {found + unstorable} of {bits} single-bit changes of {ENTRIES} entries detected "
        f"({unstorable} of them are no text, which PostgreSQL does not store)",
    )


def test_the_harness_finds_a_verifier_that_does_not_look(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: hashes are compared by their first byte alone."""

    class Short(str):
        def __eq__(self, other: object) -> bool:
            return self[:2] == str(other)[:2]

        def __ne__(self, other: object) -> bool:
            return not self == other

        __hash__ = str.__hash__

    class Lazy:
        def __init__(self, given: bytes) -> None:
            self.digest = sha256(given)

        def hexdigest(self) -> Short:
            return Short(self.digest.hexdigest())

    monkeypatch.setattr("integrity.audit.verifier.sha256", Lazy)
    missed = 0
    for changed in changed_bits(ledger.stored[0]):
        if changed is not None:
            verdict = Verdict()
            check_entry(verdict, "NMR", changed)
            missed += verdict.sound
    assert missed > 0


def test_every_bit_of_nodes_and_checkpoints(
    ledger: Ledger, record_property: RecordProperty
) -> None:
    key = verifier_key()
    assert key is not None
    with as_superuser(database()) as superuser:
        nodes = {
            (height, place): hashed
            for height, place, hashed in superuser.execute(
                "SELECT height, place, hash FROM audit_node WHERE log_id = %s", (ledger.log.pk,)
            ).fetchall()
        }
        notes = [
            note
            for (note,) in superuser.execute(
                "SELECT note FROM audit_checkpoint WHERE log_id = %s", (ledger.log.pk,)
            ).fetchall()
        ]
    bits = found = 0
    for (height, place), hashed in nodes.items():
        if height:
            below = [nodes[height - 1, 2 * place + side] for side in (0, 1)]
            for changed in flipped(hashed):
                bits += 1
                found += changed != node_hash(*below)
    for note in notes:
        for changed in flipped(note.encode()):
            bits += 1
            text = as_text(changed)
            try:
                assert text is None or open_note(text, key) is None
            except Invalid:
                text = None
            found += text is None
    assert (len(notes), found) == (2, bits)
    record_property(
        "measured",
        f"tamper: {found} of {bits} single-bit changes of nodes and checkpoints detected",
    )


# --- what moves entries, and who hashes everything anew -------------------------------------------


def rehashed(contents: Sequence[Stored], since: int = 0) -> list[Stored]:
    """What whoever holds the database makes of it: every header and hash fits again."""
    made = list(contents[:since])
    for seq, (_, header, salt, body, _) in enumerate(contents[since:], since):
        said = json.loads(header) | {"seq": seq}
        if salt is not None and body is not None:
            said["payload"] = sha256(salt + body.encode()).hexdigest()
        new = json.dumps(said, separators=(",", ":"))
        made.append((seq, new, salt, body, leaf_hash(new.encode())))
    return made


def deletion(stored: Sequence[Stored], at: int) -> list[Stored]:
    return [*stored[:at], *stored[at + 1 :]]


def swap(stored: Sequence[Stored], at: int) -> list[Stored]:
    first, second = stored[at], stored[at + 1]
    return [*stored[:at], (first[0], *second[1:]), (second[0], *first[1:]), *stored[at + 2 :]]


def insertion(stored: Sequence[Stored], at: int) -> list[Stored]:
    forged = (at, *stored[RANDOM.randrange(len(stored))][1:])
    return [*stored[:at], forged, *((seq + 1, *rest) for seq, *rest in stored[at:])]  # type: ignore[list-item]


def truncation(stored: Sequence[Stored], at: int) -> list[Stored]:
    return list(stored[:at])


def bit(stored: Sequence[Stored], at: int) -> list[Stored]:
    """One bit of the content, so that it still is the content of an entry."""
    seq, header, salt, body, node = stored[at]
    assert body is not None
    text = body.replace('"at":"2', '"at":"3').replace('"at": "2', '"at": "3')
    assert text != body
    return [*stored[:at], (seq, header, salt, text, node), *stored[at + 1 :]]


KINDS: dict[str, Callable[[Sequence[Stored], int], list[Stored]]] = {
    "deletion": deletion,
    "adjacent swap": swap,
    "insertion": insertion,
    "truncation": truncation,
    "change of one bit": bit,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_place(ledger: Ledger, kind: str, record_property: RecordProperty) -> None:
    tamper = KINDS[kind]
    places = range(ENTRIES - 1 if kind == "adjacent swap" else ENTRIES)
    plain = outside = without = 0
    for at in places:
        tampered = tamper(ledger.stored, at)
        plain += ledger.broken(tampered)[1]
        anew = rehashed(tampered, at)
        with_it, without_it = ledger.broken(anew, size=len(anew))
        outside, without = outside + with_it, without + without_it
    assert (plain, outside, without) == (len(places), len(places), 0)
    record_property(
        "measured",
        f"tamper: {kind} at {plain} of {len(places)} places detected; re-hashed: {outside} of "
        f"{len(places)} against an outside checkpoint, {without} of {len(places)} without one",
    )


# --- really done, in PostgreSQL -------------------------------------------------------------------


class Attacker:
    """The server's superuser, who leaves everything as it was."""

    def __init__(self, superuser: psycopg.Connection) -> None:
        self.do = superuser.execute
        self.superuser = superuser
        self.do("SET session_replication_role = replica")
        for name in LEDGER:
            self.do(f"CREATE TEMP TABLE kept_{name} AS TABLE public.{name}".encode())

    @contextmanager
    def having(self, tamper: Callable[[], object]) -> Iterator[None]:
        try:
            with self.superuser.transaction():
                tamper()
            yield
        finally:
            self.put_back()

    def put_back(self) -> None:
        with self.superuser.transaction():
            for name in LEDGER:
                self.do(f"DELETE FROM public.{name}".encode())
                what, into = "*", name
                if name == "audit_payload":  # its other columns are made of these
                    what, into = (
                        "id, salt, body",
                        f"{name} (id, salt, body) OVERRIDING SYSTEM VALUE",
                    )
                self.do(f"INSERT INTO public.{into} SELECT {what} FROM kept_{name}".encode())

    def rewrite(self, log: Log, stored: Sequence[Stored]) -> None:
        """The whole log with these entries, every hash, and no checkpoint that contradicts it."""
        contents = [
            pk
            for (pk,) in self.do(
                "SELECT payload_id FROM audit_entry WHERE log_id = %s ORDER BY seq", (log.pk,)
            ).fetchall()
        ]
        spare = 1_000_000
        for name in ("audit_entry", "audit_node", "audit_checkpoint"):
            self.do(f"DELETE FROM {name} WHERE log_id = %s".encode(), (log.pk,))
        self.do("DELETE FROM audit_payload WHERE id = ANY (%s)", (contents,))
        frontier, entries, payloads, nodes = Frontier(), [], [], []
        for seq, header, salt, body, node in stored:
            pk = contents[seq] if seq < len(contents) else spare + seq
            entries.append((log.pk, seq, pk, header))
            payloads.append((pk, salt, body))
            leaf = leaf_hash(header.encode())
            assert node == leaf
            nodes.append((log.pk, 0, seq, leaf))
            nodes += [(log.pk, *each) for each in frontier.append(leaf)]
        with self.superuser.cursor() as cursor:
            many = cursor.executemany
            many("INSERT INTO audit_entry VALUES (%s, %s, %s, %s)", entries)
            many(
                "INSERT INTO audit_payload (id, salt, body) OVERRIDING SYSTEM VALUE"
                " VALUES (%s, %s, %s)",
                payloads,
            )
            many("INSERT INTO audit_node VALUES (%s, %s, %s, %s)", nodes)
        self.do("UPDATE audit_log SET size = %s WHERE id = %s", (len(stored), log.pk))


@pytest.fixture(scope="module")
def attacker(ledger: Ledger) -> Iterator[Attacker]:
    with as_superuser(database()) as superuser:
        yield Attacker(superuser)


def found_by_command(outside: Path | None) -> list[dict[str, str]]:
    """What ``manage.py verify_ledger --json`` names."""
    out = StringIO()
    options: dict[str, Any] = {"as_json": True, "checkpoint": [outside] if outside else []}
    try:
        call_command("verify_ledger", stdout=out, **options)
        failed = False
    except SystemExit:
        failed = True
    told = json.loads(out.getvalue())
    assert failed == (not told["sound"])
    broken: list[dict[str, str]] = told["broken"]
    return broken


# A statement for one entry of the log {log}, and how many of the kind there are at most.
CHANGES = {
    "header": "UPDATE audit_entry SET header = overlay(header PLACING"
    " chr(ascii(substr(header, {n} % 100 + 1)) # 1) FROM {n} % 100 + 1 FOR 1)"
    " WHERE log_id = {log} AND seq = {n}",
    "salt": "UPDATE audit_payload SET salt = set_bit(salt, {n} % 256, 1 - get_bit(salt, {n} % 256))"
    " WHERE id = {payload}",
    "a byte from the salt to the content": "UPDATE audit_payload SET salt = substr(salt, 1, 31),"
    " body = ' ' || body WHERE id = {payload}",
    "content": "UPDATE audit_payload SET body = replace(body, '\"at\"', '\"au\"')"
    " WHERE id = {payload}",
    "white space in the content": "UPDATE audit_payload SET body = body || ' ' WHERE id = {payload}",
    "content by hand erased": "UPDATE audit_payload SET body = NULL, salt = NULL WHERE id = {payload}",
    "content gone": "DELETE FROM audit_payload WHERE id = {payload}",
    "content too many": "INSERT INTO audit_payload (salt, body)"
    " SELECT salt, body FROM audit_payload WHERE id = {payload}",
    "content of another": "UPDATE audit_entry SET payload_id = payload_id # (1 << {n} % 40)::bigint"
    " WHERE log_id = {log} AND seq = {n}",
    "place": "UPDATE audit_entry SET seq = seq # (1024 << {n} % 40)::bigint"
    " WHERE log_id = {log} AND seq = {n}",
    "log": "UPDATE audit_entry SET log_id = log_id # (1024 << {n} % 40)::bigint"
    " WHERE log_id = {log} AND seq = {n}",
    "entry gone": "DELETE FROM audit_entry WHERE log_id = {log} AND seq = {n}",
    "leaf": "UPDATE audit_node SET hash = set_bit(hash, {n} % 256, 1 - get_bit(hash, {n} % 256))"
    " WHERE log_id = {log} AND height = 0 AND place = {n}",
    "node": "UPDATE audit_node SET hash = set_bit(hash, {n} % 256, 1 - get_bit(hash, {n} % 256))"
    " WHERE log_id = {log} AND height = 2 AND place = {n} / 4 AND {n} < 500",
    "node gone": "DELETE FROM audit_node WHERE log_id = {log} AND height = 1 AND place = {n} / 2",
    "node too many": "INSERT INTO audit_node VALUES ({log}, 3, 1000 + {n}, sha256('x'))",
    "node below the leaves": "INSERT INTO audit_node VALUES ({log}, -1, {n}, sha256('x'))",
    "node of no log": "INSERT INTO audit_node VALUES (99, 0, {n}, sha256('x'))",
    "height of a node": "UPDATE audit_node SET height = height # 32"
    " WHERE log_id = {log} AND height = 1 AND place = {n} / 2",
    "size of the log": "UPDATE audit_log SET size = size # (1 << {n} % 62)::bigint WHERE id = {log}",
    "code of the log": "UPDATE audit_log SET code = 'NMS' WHERE id = {log}",
    "the log's row": "DELETE FROM audit_log WHERE id = {log}",
    "size of a checkpoint": "UPDATE audit_checkpoint SET size = size - 1 WHERE log_id = {log}",
    "log of a checkpoint": "UPDATE audit_checkpoint SET log_id = 1024 WHERE log_id = {log}",
    "note of a checkpoint": "UPDATE audit_checkpoint SET note = replace(note, 'NMR', 'NMS')"
    " WHERE log_id = {log}",
    "a checkpoint made up": "INSERT INTO audit_checkpoint VALUES ({log}, 7, 'made up', now())",
}


def test_a_sample_is_found_by_the_command(
    ledger: Ledger, attacker: Attacker, record_property: RecordProperty
) -> None:
    assert found_by_command(ledger.file) == []
    tried, missed = 0, []
    for kind, statement in CHANGES.items():
        for n in RANDOM.sample(range(ENTRIES), SAMPLE):
            (payload,) = attacker.do(
                "SELECT payload_id FROM audit_entry WHERE log_id = %s AND seq = %s",
                (ledger.log.pk, n),
            ).fetchone() or (0,)
            words = statement.format(log=ledger.log.pk, n=n, payload=payload)

            def change(words: str = words) -> None:
                assert attacker.do(words.encode()).rowcount > 0, words

            with attacker.having(change):
                tried += 1
                if not found_by_command(ledger.file):
                    missed.append((kind, n))
    assert missed == []
    assert found_by_command(ledger.file) == []
    record_property(
        "measured",
        f"tamper in PostgreSQL: {tried} of {tried} changes of {len(CHANGES)} kinds named by verify_ledger",
    )


def test_a_superuser_who_hashes_everything_anew(
    ledger: Ledger, attacker: Attacker, record_property: RecordProperty
) -> None:
    """Against a checkpoint that lies outside it is found; without one it cannot be, and is not."""
    events = [at for at, each in enumerate(ledger.stored) if '"kind":"event"' in each[1]]
    tried = outside = without = 0
    for kind, tamper in KINDS.items():
        for at in RANDOM.sample(events[:-1], SAMPLE):
            if (
                kind == "truncation"
            ):  # so far that only events go: a row's would show in its register
                at = RANDOM.choice([each for each in events if each > max(rows(ledger))])
            anew = rehashed(tamper(ledger.stored, at))
            with attacker.having(lambda anew=anew: attacker.rewrite(ledger.log, anew)):
                tried += 1
                outside += bool(found_by_command(ledger.file))
                without += bool(found_by_command(None))
    assert (outside, without) == (tried, 0)
    record_property(
        "measured",
        f"tamper in PostgreSQL, re-hashed by a superuser: {outside} of {tried} detected against an "
        f"outside checkpoint, {without} of {tried} without one",
    )


def rows(ledger: Ledger) -> list[int]:
    return [at for at, each in enumerate(ledger.stored) if '"kind":"row"' in each[1]]


def test_what_a_row_was_last_cannot_be_turned_round(ledger: Ledger, attacker: Attacker) -> None:
    """The numbers of contents, which no hash holds, follow the places, which one does."""
    (pk, first, last) = attacker.do(
        "SELECT about_id, min(id), max(id) FROM audit_payload WHERE about = 'casework_case'"
        " GROUP BY about_id HAVING count(*) > 1 LIMIT 1"
    ).fetchone() or (0, 0, 0)

    def turn_round() -> None:
        attacker.do("ALTER TABLE audit_payload ALTER id SET GENERATED BY DEFAULT")
        for old, new in ((first, -1), (last, first), (-1, last)):
            attacker.do("UPDATE audit_payload SET id = %s WHERE id = %s", (new, old))
            attacker.do("UPDATE audit_entry SET payload_id = %s WHERE payload_id = %s", (new, old))
        attacker.do("ALTER TABLE audit_payload ALTER id SET GENERATED ALWAYS")

    with attacker.having(turn_round):
        found = found_by_command(ledger.file)
    assert pk
    assert {each["column"] for each in found} >= {"id"}


def test_bits_of_content_hashed_anew_have_another_root(
    ledger: Ledger, record_property: RecordProperty
) -> None:
    """Whatever bit is changed, an entry that fits again has another leaf, and so another root."""
    bits = found = 0
    for entry in RANDOM.sample(ledger.stored, 20):
        _, header, salt, body, node = entry
        assert salt is not None
        assert body is not None
        for other in flipped(body.encode()):
            said = json.loads(header) | {"payload": sha256(salt + other).hexdigest()}
            leaf = leaf_hash(json.dumps(said, separators=(",", ":")).encode())
            bits += 1
            found += leaf != node
    assert found == bits
    record_property(
        "measured", f"tamper: {found} of {bits} single-bit changes hashed anew have another leaf"
    )
