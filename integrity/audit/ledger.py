"""Reading a log: its root, its proofs, its newest checkpoint, and the receipt of an entry."""

import json
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import connection

from integrity.audit import merkle
from integrity.audit.guard import snapshot, tables
from integrity.audit.models import Checkpoint, Entry, Event, Log
from integrity.audit.verify_receipt import (
    FORMAT,
    Invalid,
    Receipt,
    VerifierKey,
    leaf_hash,
    open_note,
)


def fetch_from(log_id: int) -> merkle.Fetch:
    """The stored nodes of one log, as many as are asked for in one query."""

    def fetch(wanted: Collection[merkle.Node]) -> dict[merkle.Node, bytes]:
        levels, places = [level for level, _ in wanted], [place for _, place in wanted]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT height, place, hash FROM audit_node"
                " JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted (height, place)"
                " USING (height, place) WHERE log_id = %s",
                [levels, places, log_id],
            )
            return {(level, place): bytes(hashed) for level, place, hashed in cursor.fetchall()}

    return fetch


def root_of(log: Log) -> bytes:
    """The root of all that the log holds now."""
    return merkle.root(log.size, fetch_from(log.pk))


def verifier_key() -> VerifierKey | None:
    """The installation's public key, where one is set."""
    line = settings.LEDGER_VERIFIER_KEY
    return VerifierKey.parse(line) if line else None


def newest_checkpoint(log_id: int) -> Checkpoint | None:
    return Checkpoint.objects.filter(log=log_id).order_by("-size").first()


def origin_of(log: Log) -> str:
    """How a log is named in its checkpoints: the installation's name and the force's code."""
    key = verifier_key()
    return f"{key.name if key else 'unnamed'}/{log.code}"


def consistency(log: Log, old: int, new: int) -> dict[str, Any]:
    """Proof that a log of ``new`` entries continues the one of ``old``, as the verifier reads it."""
    proof = merkle.consistency_proof(old, new, fetch_from(log.pk))
    return {
        "origin": origin_of(log),
        "from": old,
        "to": new,
        "proof": [hashed.hex() for hashed in proof],
    }


def receipt_of(event: Event) -> dict[str, Any]:
    """What its declarant can check without the system (ASSURANCE, decision 3).

    Provisional until a checkpoint covers the entry; then the newest such checkpoint seals it.
    """
    entry = Entry.objects.select_related("payload", "log").filter(payload=event.pk).first()
    if entry is None:  # only within the transaction that writes it
        raise LookupError("The entry has no place in the ledger yet.")
    salt, body = entry.payload.salt, entry.payload.body
    if salt is None or body is None:
        raise LookupError("The content of this entry has been disposed of.")
    receipt: dict[str, Any] = {
        "format": FORMAT,
        "reference": event.reference,
        "origin": origin_of(entry.log),
        "event": event.name,
        "at": json.loads(body)["at"],
        "sealed": False,
        "index": entry.seq,
        "entry": entry.header,
        "payload": body,
        "salt": bytes(salt).hex(),
        "proof": None,
        "checkpoint": None,
    }
    key, checkpoint = verifier_key(), newest_checkpoint(entry.log_id)
    if key is None or checkpoint is None or checkpoint.size <= entry.seq:
        return receipt
    try:
        size = open_note(checkpoint.note, key).size
    except Invalid:  # another key signed it, so nobody can check it with the one that is published
        return receipt
    proof = merkle.inclusion_proof(entry.seq, size, fetch_from(entry.log_id))
    return receipt | {
        "sealed": True,
        "proof": [hashed.hex() for hashed in proof],
        "checkpoint": checkpoint.note,
    }


def stands(receipt: Receipt) -> str:
    """Why the register no longer holds what a receipt that was found good says; '' where it does.

    It asks the live database, and needs a transaction that reaches the receipt's force or body. That
    nothing else was changed is what manage.py verify_ledger checks.
    """
    log = Log.objects.filter(code=receipt.origin.rpartition("/")[2]).first()
    leaf = leaf_hash(receipt.entry.encode())
    if log is None or fetch_from(log.pk)([(0, receipt.index)]) != {(0, receipt.index): leaf}:
        return "The register no longer has this entry at its place in the log."
    entry = Entry.objects.select_related("payload").filter(log=log, seq=receipt.index).first()
    if entry is None or entry.payload.body is None:  # erased content belongs to no force any more
        return "The register has disposed of the content; its entry stands."
    if (entry.header, entry.payload.body) != (receipt.entry, receipt.payload):
        return "The register has other content in this place than the receipt."
    return _row_stands(json.loads(receipt.payload), receipt.reference)


def _row_stands(said: dict[str, Any], reference: str) -> str:
    """The same of the row that an event is about, such as a case."""
    about = [t for t in tables() if t.is_recorded and t.model._meta.verbose_name == said["about"]]
    if not about:
        return ""
    (table,) = about
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {snapshot(table, 'r')} = ("  # noqa: S608 - the names are the models' own
            " SELECT body::jsonb -> 'row' FROM audit_payload"
            " WHERE about = %s AND about_id = r.id AND kind = 'row' ORDER BY id DESC LIMIT 1"
            f") FROM {table.name} r WHERE r.id = %s",
            [table.name, said["about_id"]],
        )
        found = cursor.fetchone()
    if found is None:
        return f"The register no longer holds {reference}."
    return "" if found[0] else f"The register holds {reference} otherwise than its ledger says."
