"""Drafts: the writer's own until submitted."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from integrity.casework.models import Case, Draft
from integrity.casework.workflow import Denied
from integrity.people.models import User


def start_draft(
    *,
    by: User,
    register: str,
    purpose: str,
    keep_days: int,
    now: datetime,
    case: Case | None = None,
    opened_from: Case | None = None,
    data: Mapping[str, Any] | None = None,
) -> Draft:
    """A new draft of this person's, kept for so many days; expired ones of theirs go.

    What another register's case opened says so, and is linked to it once it is submitted.
    """
    today = timezone.localdate(now)
    Draft.objects.filter(user=by, expires_on__lt=today).delete()
    return Draft.objects.create(
        user=by,
        register=register,
        purpose=purpose,
        case=case,
        case_version=case.version if case else None,
        opened_from=opened_from,
        data=dict(data or {}),
        started_at=now,
        saved_at=now,
        expires_on=today + timedelta(days=keep_days),
    )


@transaction.atomic
def save_draft(draft: Draft, *, step: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what one step of the form holds, complete or not."""
    locked = _lock(draft)
    locked.data = {**locked.data, step: dict(values)}
    locked.saved_at = now
    locked.save(update_fields=["data", "saved_at"])
    draft.data, draft.saved_at = locked.data, now


@transaction.atomic
def remove_step(draft: Draft, *, step: str, now: datetime) -> None:
    """Forget what one step of the form held."""
    locked = _lock(draft)
    locked.data.pop(step, None)
    locked.saved_at = now
    locked.save(update_fields=["data", "saved_at"])


def _lock(draft: Draft) -> Draft:
    """The draft, locked and fresh. Raises Denied where it was sent or discarded meanwhile."""
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise Denied("You have sent or discarded this draft in another window.")
    return locked


def discard_draft(draft: Draft) -> None:
    draft.delete()
