"""What the ledgers say of an organisation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.people.models import Force, User
from registers.organisations.models import Organisation


def say(
    name: str,
    organisation: Organisation,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """One event for each force that shares the record, for the registers of each are read with it."""
    forces = Force.objects.filter(department=organisation.department_id).order_by("pk")
    for force_id in forces.values_list("pk", flat=True):
        record(
            name,
            by=by,
            now=now,
            force_id=force_id,
            about="organisation",
            about_id=organisation.pk,
            reason=reason,
            facts={"organisation": organisation.name, **(facts or {})},
            audience=Audience.PSD,
        )
