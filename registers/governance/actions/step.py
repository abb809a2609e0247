"""What every action of governance does: find the row locked and fresh, and tell the ledger."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from integrity.audit.actions import record
from integrity.casework.workflow import Conflict, Denied
from integrity.people.models import User
from registers.governance.models import Board


def on_day(now: datetime) -> date:
    """The day in London on which something is done."""
    return timezone.localtime(now).date()


def take[M: Model](rows: QuerySet[M], pk: int, *, version: int | None, noun: str) -> M:
    """The row, locked and fresh. Raises Denied where it is not this person's, Conflict for a stale page."""
    found = rows.filter(pk=pk).select_for_update(of=("self",)).first()
    if found is None:
        raise Denied(f"This {noun} is not one of yours.", for_them=False)
    current = getattr(found, "version", 1)
    if version is not None and version != current:
        raise Conflict(reference=f"This {noun}", seen=version, current=current)
    return found


def take_turns(row: Model | None) -> None:
    """Whoever else adds to this board, force or body waits, and then finds what was added."""
    if row is not None:
        type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)


def keep(row: Any) -> None:
    """Write a changed row, so that a page drawn before is stale."""
    row.version += 1
    row.save()


def say(text: str, sentence: str) -> str:
    """What somebody wrote, without the spaces around it. Raises Denied with the sentence for nothing."""
    if not text.strip():
        raise Denied(sentence)
    return text.strip()


def tell(
    name: str,
    row: Model,
    *,
    of: Any,
    by: User,
    now: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """The event in the ledger, in the force or body of a board or of an item of a plan."""
    record(
        name,
        by=by,
        now=now,
        force_id=of.force_id,
        oversight_body_id=of.oversight_body_id if isinstance(of, Board) else None,
        about=str(row._meta.verbose_name),
        about_id=row.pk,
        reason=reason,
        facts=facts,
    )
