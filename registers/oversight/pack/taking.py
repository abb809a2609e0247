"""That a file of a pack was taken is in the ledger of each of its forces, as other downloads are."""

from datetime import datetime

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.people.models import User
from registers.oversight.pack.pack import Pack


def taken(pack: Pack, name: str, *, by: User | None, now: datetime) -> None:
    """``by`` is nobody where an operator's command made it."""
    for force in pack.asked.forces:
        record(
            "file downloaded", by=by, now=now, force_id=force.pk, about="board pack",
            facts={"file": name, "body": pack.body.code, "public": pack.public},
            audience=Audience.PSD,
        )  # fmt: skip
