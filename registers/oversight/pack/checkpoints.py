"""The ledgers' newest signed checkpoints, by which a printed pack can be held against the register.

They are public: a size and a hash say nothing of what was declared (docs/operators.md, the ledger).
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Count

from integrity.audit.models import Checkpoint
from integrity.people.models import Force
from integrity.ui.tables import Column, Table, number, of_day, text

SHORT = 10  # letters of a hash
MOST = 3  # ledgers that a footer names one by one
NONE = "No checkpoint of the ledger is signed yet"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A force's newest checkpoint: how many there are up to it, what it signs, and when it was made."""

    code: str
    number: int
    size: int
    root: str
    made_at: datetime

    @property
    def short(self) -> str:
        return f"{self.code} no. {self.number:,}, {self.size:,} entries, {self.root[:SHORT]}…"


def newest(forces: Sequence[Force]) -> list[Sealed]:
    """Of each force that has one: two queries."""
    codes = {force.pk: force.code for force in forces}
    signed = Checkpoint.objects.filter(log__in=codes)
    last = signed.order_by("log_id", "-size").distinct("log_id")
    counts = dict(signed.order_by().values_list("log").annotate(n=Count("size")))
    found = [
        Sealed(codes[each.log_id], counts[each.log_id], each.size, root_of(each), each.made_at)
        for each in last
    ]
    return sorted(found, key=lambda each: each.code)


def root_of(checkpoint: Checkpoint) -> str:
    """The root that it signs, in hexadecimal: its note's third line (c2sp.org/tlog-checkpoint)."""
    return base64.b64decode(checkpoint.note.split("\n")[2]).hex()


def footer(sealed: Sequence[Sealed]) -> str:
    """Each ledger's checkpoint in short; of more than a line holds, how many and one hash over them."""
    if not sealed:
        return NONE
    if len(sealed) <= MOST:
        return f"Checkpoint: {'; '.join(each.short for each in sealed)}"
    together = sha256("".join(each.root for each in sealed).encode()).hexdigest()
    return f"Checkpoints of {len(sealed)} ledgers, together {together[:SHORT]}…"


def table(sealed: Sequence[Sealed]) -> Table:
    return Table(
        "checkpoints",
        "The ledgers when this pack was made",
        [Column("Ledger"), Column("Checkpoint", True), Column("Entries", True), Column("Signed on"),
         Column("Root hash")],
        [
            [text(each.code), number(each.number), number(each.size), of_day(each.made_at),
             text(each.root)]
            for each in sealed
        ],
        nothing=f"{NONE}.",
        definition=(
            "Every change is an entry of its force’s ledger, and a checkpoint is a signed statement of "
            "what all its entries are. Who has kept one can show whether anything was changed or "
            "removed since; the register’s page “ledger” says how."
        ),
    )  # fmt: skip
