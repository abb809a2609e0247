"""That a file of figures was taken is in the ledger of each force that it tells of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.people.models import Force, User

PACK, RETURN, FIGURES = "board pack", "inspection return", "figures"


def taken(
    forces: Sequence[Force],
    name: str,
    *,
    about: str,
    by: User | None,
    now: datetime,
    facts: Mapping[str, Any],
) -> None:
    """``facts`` are of the file beside its name; ``by`` is nobody where an operator's command made it."""
    for force in forces:
        record(
            "file downloaded", by=by, now=now, force_id=force.pk, about=about,
            facts={"file": name, **facts}, audience=Audience.PSD,
        )  # fmt: skip
