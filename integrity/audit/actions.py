"""Writing events. Call inside the transaction of the change, so that neither stands without the other."""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from integrity.audit.models import Audience, Event

request_id: ContextVar[UUID | None] = ContextVar("request_id", default=None)


class Person(Protocol):
    """What an event keeps of whoever acted."""

    pk: Any

    @property
    def display(self) -> str: ...


def record(
    name: str,
    *,
    by: Person | None,
    now: datetime,
    force_id: int | None = None,
    about: str = "",
    about_id: int | None = None,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    audience: Audience = Audience.CASE,
) -> Event:
    """Append one event; ``by=None`` is a command run by an operator."""
    event = _event(name, by, now, force_id, about, about_id, reason, facts, audience)
    event.save()
    return event


def record_many(
    name: str,
    *,
    by: Person | None,
    now: datetime,
    force_id: int | None,
    about: str,
    facts: Mapping[int, Mapping[str, Any]],
) -> None:
    """Append the same event about many things, each by its id with facts of its own."""
    Event.objects.bulk_create(
        (
            _event(name, by, now, force_id, about, about_id, "", each, Audience.CASE)
            for about_id, each in facts.items()
        ),
        batch_size=1000,
    )


def _event(
    name: str,
    by: Person | None,
    now: datetime,
    force_id: int | None,
    about: str,
    about_id: int | None,
    reason: str,
    facts: Mapping[str, Any] | None,
    audience: Audience,
) -> Event:
    return Event(
        name=name,
        at=now,
        force_id=force_id,
        actor_id=by.pk if by else None,
        actor=by.display if by else "The system",
        about=about,
        about_id=about_id,
        reason=reason,
        facts=dict(facts or {}),
        audience=audience,
        request_id=request_id.get(),
    )
