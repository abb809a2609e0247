"""Checking a receipt for somebody who has not signed in, by what they bring and nothing else."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from integrity.audit import ledger
from integrity.audit.models import Log
from integrity.audit.scope import within
from integrity.audit.verify_receipt import (
    Invalid,
    Provisional,
    Receipt,
    VerifierKey,
    check_receipt,
)

AGREES = "It agrees with itself, but the register had not sealed it yet. Download it again."


class Outcome(StrEnum):
    VALID = "valid"
    PROVISIONAL = "provisional"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a receipt is worth; ``receipt`` is what was found good, and says nothing but its own words."""

    outcome: Outcome
    sentence: str
    receipt: Receipt | None = None
    why_not_held: str = ""

    @property
    def at(self) -> datetime | None:
        return datetime.fromisoformat(self.receipt.at) if self.receipt else None


def judge(text: str, key: VerifierKey) -> Verdict:
    """Check a receipt as the stand-alone verifier does, and ask whether the register still holds it."""
    try:
        found = check_receipt(text, key)
    except Invalid as reason:
        return Verdict(Outcome.INVALID, str(reason))
    except Provisional:
        return Verdict(Outcome.PROVISIONAL, AGREES)
    sentence = (
        f"This was recorded as entry {found.index}, counted from 0, of the log {found.origin}, which "
        f"the register signed when it had {found.checkpoint.size} entries."
    )
    return Verdict(Outcome.VALID, sentence, found, why_not_held(found))


def why_not_held(receipt: Receipt) -> str:
    """Why the register no longer holds what a good receipt says; empty where it does.

    Whoever asks has not signed in, so that row-level security shows this transaction nothing at all.
    For the one comparison it reaches the force, or the body, whose log the receipt stands in, and
    no other. What is read there is compared and dropped: only a sentence leaves, and only for
    somebody who holds a receipt of the entry, which the register itself once signed.
    """
    log = Log.objects.filter(code=receipt.origin.rpartition("/")[2]).first()
    if log is None:
        return "The register has no such log."
    body = json.loads(receipt.payload).get("oversight_body_id")
    reach = {"forces": [log.pk]} if log.pk else {"bodies": [body] if body else []}
    with within(reach):
        return ledger.stands(receipt)
