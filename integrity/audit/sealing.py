"""Signing checkpoints: by the worker alone, which alone can read the key.

Beside the key lies a notebook of what was signed last. A database rewritten behind the site's back,
checkpoints and all, does not continue what the notebook says, and is never signed.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from integrity.audit import merkle
from integrity.audit.actions import record
from integrity.audit.ledger import fetch_from, newest_checkpoint, root_of, verifier_key
from integrity.audit.models import Audience, Log
from integrity.audit.scope import everywhere
from integrity.audit.signing import KEY_FILE, SignerKey, sign_note
from integrity.audit.verify_receipt import (
    Checkpoint,
    Invalid,
    VerifierKey,
    open_note,
    verify_consistency,
)


class NotContinued(Exception):
    """A log does not continue what was signed of it; the sentence says which."""


@dataclass(frozen=True)
class Sealer:
    """The key and its notebook, in a folder that the web process cannot read."""

    key: SignerKey
    folder: Path

    @classmethod
    def open(cls, folder: str | None = None) -> "Sealer":
        """From LEDGER_KEY_FOLDER. Raises FileNotFoundError or ValueError, with a sentence, where it cannot sign."""
        place = folder or settings.LEDGER_KEY_FOLDER
        if not place or not (Path(place) / KEY_FILE).is_file():
            raise FileNotFoundError(
                "There is no key to sign checkpoints with: make one with manage.py make_ledger_key "
                "and set LEDGER_KEY_FOLDER for the worker to its folder."
            )
        key = SignerKey.load(Path(place) / KEY_FILE)
        if (published := verifier_key()) and published != key.verifier():
            raise ValueError(
                "LEDGER_VERIFIER_KEY is not the public half of the key in LEDGER_KEY_FOLDER, so nobody "
                "could check what it signs; manage.py make_ledger_key prints the right line."
            )
        return cls(key, Path(place))

    def seal(self, log: Log, *, now: datetime) -> Checkpoint | None:
        """Sign what the log holds now; nothing where it has not grown since it was signed.

        Raises NotContinued, and signs nothing, where it does not continue what was signed before.
        """
        origin = f"{self.key.name}/{log.code}"
        signed = [note for note in (self._noted(log), self._stored(log)) if note]
        for before in signed:
            self._check_continues(log, before)
        if any(before.size == log.size for before in signed):
            return None
        checkpoint = Checkpoint(origin, log.size, root_of(log))
        note = sign_note(checkpoint, self.key)
        self._write_down(log, note)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT audit_add_checkpoint(%s, %s, %s, %s)", [log.pk, log.size, note, now]
            )
        return checkpoint

    def _check_continues(self, log: Log, before: Checkpoint) -> None:
        fetch = fetch_from(log.pk)
        try:
            if before.size > log.size:
                raise Invalid(f"it holds {log.size} entries, fewer than the {before.size} signed")
            proof = merkle.consistency_proof(before.size, log.size, fetch)
            verify_consistency(before.size, before.root, log.size, root_of(log), proof)
            # The proof shows that the new root continues some old one; this, that it is ours.
            if merkle.root(before.size, fetch) != before.root:
                raise Invalid("its first entries are not those signed")
        except (Invalid, LookupError) as reason:
            raise NotContinued(
                f"The log of {log.code} does not continue the checkpoint of {before.size} entries: "
                f"{reason}. It was not signed; run manage.py verify_ledger."
            ) from reason

    def _stored(self, log: Log) -> Checkpoint | None:
        found = newest_checkpoint(log.pk)
        return open_note(found.note, self._verifier) if found else None

    def _noted(self, log: Log) -> Checkpoint | None:
        path = self._page(log)
        return open_note(path.read_text("utf-8"), self._verifier) if path.is_file() else None

    def _write_down(self, log: Log, note: str) -> None:
        """Before it is stored: what is signed is never forgotten, even if storing fails."""
        path = self._page(log)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        scratch = path.with_suffix(".new")
        with scratch.open("w", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)

    def _page(self, log: Log) -> Path:
        return self.folder / "signed" / quote(log.code, safe="")

    @property
    def _verifier(self) -> VerifierKey:
        return self.key.verifier()


def seal_all(sealer: Sealer, *, now: datetime) -> tuple[list[Checkpoint], list[str]]:
    """Seal every log; what was signed, and a sentence for each log that could not be.

    Each in a transaction of its own; a refusal is on record in the installation's own log.
    """
    made, refused = [], []
    with everywhere():
        logs = list(Log.objects.filter(size__gt=0))
    for log in logs:
        try:
            with everywhere():
                checkpoint = sealer.seal(log, now=now)
        except (NotContinued, Invalid) as reason:
            refused.append(str(reason))
        else:
            made += [checkpoint] if checkpoint else []
    if refused:
        with everywhere():
            for sentence in refused:
                record(
                    "checkpoint not signed",
                    by=None,
                    now=now,
                    reason=sentence,
                    audience=Audience.PSD,
                )
    return made, refused
