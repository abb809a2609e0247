# ruff: noqa: S608 - the names in these statements are the models' own, never anybody's input
"""Recomputes the whole ledger and compares everything with everything (manage.py verify_ledger).

It shares no code with what writes the ledger, which is SQL. It streams: a log of any length is read
once, in order, and its tree is kept as the O(log n) roots of complete subtrees.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from integrity.audit.guard import Table, snapshot, tables
from integrity.audit.ledger import verifier_key
from integrity.audit.merkle import Frontier
from integrity.audit.models import Checkpoint, Log
from integrity.audit.scope import everywhere
from integrity.audit.verify_receipt import SALT_BYTES, Invalid, VerifierKey, leaf_hash, open_note
from integrity.audit.verify_receipt import Checkpoint as Signed

AT_ONCE = 5000
HEADER = frozenset(("at", "kind", "payload", "seq"))

# What is stored of one entry: its place, header, salt, content, and the tree's hash of it.
type Stored = tuple[int, str, bytes | None, str | None, bytes | None]


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that is not as it must be: where (log and place, or table and row), and why."""

    where: str
    column: str
    reason: str


@dataclass
class Verdict:
    """What was checked and what was found."""

    logs: int = 0
    entries: int = 0
    rows: int = 0
    erased: int = 0
    checkpoints: int = 0
    broken: list[Broken] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.broken

    def find(self, where: str, column: str, reason: str) -> None:
        self.broken.append(Broken(where, column, reason))

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "sound": self.sound}


def verify(outside: Sequence[str] = ()) -> Verdict:
    """Check the ledger, against the signed checkpoints it stores and those given from ``outside``.

    One transaction sees one state of everything; nothing is locked and nobody waits.
    """
    verdict = Verdict()
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with everywhere():
            cursor.execute("SET LOCAL timezone = 'UTC'")
            _check_all(verdict, outside)
    return verdict


def _check_all(verdict: Verdict, outside: Sequence[str]) -> None:
    logs = list(Log.objects.all())
    signed = _signed(verdict, verifier_key(), logs, outside)
    for log in logs:
        check_log(verdict, log, _entries(log), signed.get(log.code, ()))
    _check_nodes(verdict)
    _check_strays(verdict)
    for table in tables():
        if table.is_recorded:
            _check_rows(verdict, table)


# --- checkpoints ----------------------------------------------------------------------------------


def _signed(
    verdict: Verdict, key: VerifierKey | None, logs: Sequence[Log], outside: Sequence[str]
) -> dict[str, list[tuple[str, Signed]]]:
    """Every checkpoint whose signature is good, by the code of its log, with where it was found."""
    codes = {log.pk: log.code for log in logs}
    notes = [(f"checkpoint {number + 1} given", "", note) for number, note in enumerate(outside)]
    for stored in Checkpoint.objects.all():
        code = codes.get(stored.log_id, str(stored.log_id))
        notes.append((f"{code}, checkpoint of {stored.size}", code, stored.note))
    found: dict[str, list[tuple[str, Signed]]] = {}
    for where, code, note in notes:
        verdict.checkpoints += 1
        if key is None:
            verdict.find(
                where, "note", "No LEDGER_VERIFIER_KEY is set to check its signature with."
            )
            continue
        try:
            signed = open_note(note, key)
        except Invalid as reason:
            verdict.find(where, "note", str(reason))
            continue
        name = signed.origin.removeprefix(f"{key.name}/")
        if name not in codes.values() or (code and name != code):
            verdict.find(where, "note", f"It is of the log {signed.origin}, which is not this one.")
        elif code and where != f"{code}, checkpoint of {signed.size}":
            verdict.find(
                where, "size", f"It is stored as another size than the {signed.size} signed."
            )
        else:
            found.setdefault(name, []).append((where, signed))
    return found


# --- entries --------------------------------------------------------------------------------------


def check_log(
    verdict: Verdict, log: Log, stored: Iterable[Stored], signed: Sequence[tuple[str, Signed]]
) -> None:
    """One log, from what is stored of its entries and the checkpoints that were signed of it."""
    verdict.logs += 1
    frontier = Frontier()
    wanted = {checkpoint.size for _, checkpoint in signed}
    roots = {0: frontier.root()}
    entries = 0
    for entry in stored:
        seq = entry[0]
        if seq != entries:
            where = f"{log.code}/{seq}"
            verdict.find(where, "seq", f"The entry that should come here is number {entries}.")
            entries = seq
        entries += 1
        frontier.append(check_entry(verdict, log.code, entry))
        if frontier.size in wanted:
            roots[frontier.size] = frontier.root()
    verdict.entries += frontier.size
    if log.size != frontier.size:
        verdict.find(log.code, "size", f"The log says {log.size} entries and has {frontier.size}.")
    for where, checkpoint in signed:
        if checkpoint.size > frontier.size:
            verdict.find(
                where, "size", f"{checkpoint.size} entries were signed; there are {frontier.size}."
            )
        elif roots[checkpoint.size] != checkpoint.root:
            verdict.find(
                where, "root", "What was signed is not what the log holds: it was rewritten."
            )


def _entries(log: Log) -> Iterator[Stored]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT e.seq, e.header, p.salt, p.body, n.hash FROM audit_entry e"
            " LEFT JOIN audit_payload p ON p.id = e.payload_id"
            " LEFT JOIN audit_node n ON n.log_id = e.log_id AND n.height = 0 AND n.place = e.seq"
            " WHERE e.log_id = %s ORDER BY e.seq",
            [log.pk],
        )
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def check_entry(verdict: Verdict, code: str, entry: Stored) -> bytes:
    """One entry by itself: header, content and stored hash; what the tree must hash it as."""
    seq, header, salt, body, node = entry
    where, leaf = f"{code}/{seq}", leaf_hash(header.encode())
    if node != leaf:
        verdict.find(where, "node", "The tree holds another hash of this entry.")
    try:
        said = json.loads(header)
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.keys() != HEADER or said["seq"] != seq:
        verdict.find(where, "header", "It is not the header of this entry.")
    elif salt is None or body is None:
        verdict.erased += 1
    elif len(salt) != SALT_BYTES:  # else a byte of it could pass for one of the content
        verdict.find(where, "salt", f"It is not {SALT_BYTES} bytes long.")
    elif sha256(salt + body.encode()).hexdigest() != said["payload"]:
        verdict.find(where, "payload", "The content is not what the entry commits to.")
    return leaf


# --- the rest of the ledger -----------------------------------------------------------------------

# Each finds what is wrong: its place, its column and the reason.
STRAYS = {
    "content outside the sequence": """
        SELECT 'content ' || p.id, 'entry', 'No entry commits to it.'
        FROM audit_payload p WHERE NOT EXISTS (SELECT FROM audit_entry e WHERE e.payload_id = p.id)
    """,
    "content lost": """
        SELECT e.log_id || '/' || e.seq, 'payload', 'Its content is gone, row and all.'
        FROM audit_entry e
        WHERE NOT EXISTS (SELECT FROM audit_payload p WHERE p.id = e.payload_id)
    """,
    "content erased by nobody": """
        SELECT 'content ' || p.id, 'body', 'It was erased, and no entry says by whom.'
        FROM audit_payload p WHERE p.body IS NULL AND NOT EXISTS (
          SELECT FROM audit_payload w
          WHERE w.about = 'content' AND w.about_id = p.id AND w.name = 'content erased'
        )
    """,
    "entry in another force's log": """
        SELECT e.log_id || '/' || e.seq, 'log', 'Its content belongs to another log.'
        FROM audit_entry e JOIN audit_payload p ON p.id = e.payload_id
        WHERE p.body IS NOT NULL AND coalesce((p.body::jsonb ->> 'force_id')::bigint, 0) <> e.log_id
    """,
    "columns that are not the content's": """
        SELECT 'content ' || p.id, 'columns', 'They are not what its content says.'
        FROM audit_payload p CROSS JOIN LATERAL jsonb_to_record(p.body::jsonb) AS said (
          kind text, name text, about text, about_id bigint, audience text, force_id bigint,
          oversight_body_id bigint
        )
        WHERE p.body IS NOT NULL AND
          (p.kind, p.name, p.about, p.about_id, p.audience, p.force_id, p.oversight_body_id)
          IS DISTINCT FROM (said.kind, said.name, said.about, said.about_id, said.audience,
                            said.force_id, said.oversight_body_id)
    """,
    # The places are what the tree commits to; the numbers of the contents, which say what a row was
    # last, must follow them. The content of a row that moved to another force follows its time.
    "content renumbered": """
        SELECT 'content ' || id, 'id', 'It is numbered out of the order of its entries.'
        FROM (
          SELECT p.id, e.log_id, e.seq, said.at, lag(e.log_id) OVER earlier AS log_before,
                 lag(e.seq) OVER earlier AS seq_before, lag(said.at) OVER earlier AS at_before
          FROM audit_payload p JOIN audit_entry e ON e.payload_id = p.id
          CROSS JOIN LATERAL substring(e.header FROM '"at":"([^"]*)"') AS said (at)
          WHERE p.kind = 'row'
          WINDOW earlier AS (PARTITION BY p.about, p.about_id ORDER BY p.id)
        ) AS contents
        WHERE CASE log_before WHEN log_id THEN seq < seq_before ELSE at < at_before END
    """,
    "nodes of nothing": """
        SELECT n.log_id || ', node ' || n.height || '/' || n.place, 'log', 'It is of no log''s tree.'
        FROM audit_node n
        WHERE n.height < 0 OR NOT EXISTS (SELECT FROM audit_log l WHERE l.id = n.log_id)
    """,
    "logs unknown": """
        SELECT DISTINCT e.log_id::text, 'log', 'There is no such log.'
        FROM audit_entry e WHERE NOT EXISTS (SELECT FROM audit_log l WHERE l.id = e.log_id)
    """,
}
NODES = """
    SELECT l.code || ', node ' || n.height || '/' || n.place, 'hash',
           'It is not the hash of the two below it.'
    FROM audit_node n
    LEFT JOIN audit_log l ON l.id = n.log_id
    LEFT JOIN audit_node a
      ON a.log_id = n.log_id AND a.height = n.height - 1 AND a.place = 2 * n.place
    LEFT JOIN audit_node b
      ON b.log_id = n.log_id AND b.height = n.height - 1 AND b.place = 2 * n.place + 1
    WHERE n.height > 0
      AND n.hash IS DISTINCT FROM sha256('\\x01'::bytea || a.hash || b.hash)
"""
NODE_COUNTS = """
    SELECT l.code, 'nodes', 'The tree of ' || l.size || ' entries has ' || count(n.hash) || ' nodes '
           || 'at height ' || h.height || ' and should have ' || (l.size >> h.height) || '.'
    FROM audit_log l CROSS JOIN generate_series(0, 62) AS h (height)
    LEFT JOIN audit_node n ON n.log_id = l.id AND n.height = h.height
    GROUP BY l.id, l.code, l.size, h.height
    HAVING count(n.hash) <> l.size >> h.height
        OR coalesce(max(n.place) + 1, 0) <> l.size >> h.height
"""


def _check_nodes(verdict: Verdict) -> None:
    for query in (NODES, NODE_COUNTS):
        _find_all(verdict, query)


def _check_strays(verdict: Verdict) -> None:
    for query in STRAYS.values():
        _find_all(verdict, query)


def _find_all(verdict: Verdict, query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query)
        for where, column, reason in cursor.fetchall():
            verdict.find(str(where), column, reason)


# --- live rows ------------------------------------------------------------------------------------


def _check_rows(verdict: Verdict, table: Table) -> None:
    """Each live row is as its last entry left it, and there is none that no entry knows of."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table.name}")
        verdict.rows += cursor.fetchone()[0]
    _find_all(
        verdict,
        f"""
        WITH last AS (
          SELECT DISTINCT ON (about_id) about_id, name, body::jsonb -> 'row' AS content
          FROM audit_payload WHERE about = '{table.name}' AND kind = 'row'
          ORDER BY about_id, id DESC
        ), live AS (
          SELECT r.id, {snapshot(table, "r")} AS content FROM {table.name} r
        )
        SELECT '{table.name} ' || coalesce(live.id, last.about_id),
               coalesce((SELECT string_agg(key, ', ' ORDER BY key)
                         FROM jsonb_each(live.content) AS now (key, value)
                         WHERE value IS DISTINCT FROM last.content -> key), ''),
               CASE WHEN last.about_id IS NULL THEN 'The row is there and no entry says so.'
                    WHEN live.id IS NULL THEN 'The row is gone and no entry says so.'
                    ELSE 'The row is not as its last entry left it.' END
        FROM live FULL JOIN last ON last.about_id = live.id
        WHERE (live.id IS NULL AND last.name <> 'delete')
           OR (live.id IS NOT NULL AND (last.about_id IS NULL OR last.name = 'delete'
                                        OR last.content <> live.content))
        """,
    )
