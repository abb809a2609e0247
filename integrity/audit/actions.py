"""Writing the ledger. Call inside the transaction of the change, so that neither stands without the other."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from integrity.audit.models import Audience, Event
from integrity.audit.scope import settings

THE_SYSTEM = "The system"

request_id: ContextVar[UUID | None] = ContextVar("request_id", default=None)


class Person(Protocol):
    """What the ledger keeps of whoever acted."""

    pk: Any

    @property
    def display(self) -> str: ...


def action[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """A write: one transaction, whose changed rows carry who acts, the verb and the reason.

    The verb is the function's name; ``by`` and ``reason`` are its keyword arguments.
    """
    verb = function.__name__.strip("_").replace("_", " ")

    @wraps(function)
    def acting_function(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting(verb, by=kwargs["by"], reason=kwargs.get("reason", "")):
            return function(*args, **kwargs)

    return acting_function


@contextmanager
def acting(verb: str, *, by: Any, reason: Any = "") -> Iterator[None]:
    """What rows changed in here say of the change; ``by=None`` is a command run by an operator."""
    request = request_id.get()
    with settings(
        {
            "actor_id": str(by.pk) if by else "",
            "actor": by.display if by else THE_SYSTEM,
            "verb": verb,
            "reason": str(reason),
            "request": str(request) if request else "",
        }
    ):
        yield


def record(
    name: str,
    *,
    by: Person | None,
    now: datetime,
    force_id: int | None = None,
    oversight_body_id: int | None = None,
    about: str = "",
    about_id: int | None = None,
    reference: str = "",
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    audience: Audience = Audience.CASE,
    confidential: bool = False,
) -> Event:
    """Append one event; ``by=None`` is a command run by an operator.

    A confidential one shows only where the transaction reaches confidential cases.
    """
    event = Event(
        name=name,
        at=now,
        force_id=force_id,
        oversight_body_id=oversight_body_id,
        actor_id=by.pk if by else None,
        actor=by.display if by else THE_SYSTEM,
        about=about,
        about_id=about_id,
        reference=reference,
        reason=reason,
        facts=dict(facts or {}),
        audience=audience,
        request_id=request_id.get(),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_record(%s)", [body_of(event, confidential=confidential)])
        (event.pk,) = cursor.fetchone()
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
    common = Event(
        name=name,
        at=now,
        force_id=force_id,
        actor_id=by.pk if by else None,
        actor=by.display if by else THE_SYSTEM,
        about=about,
        audience=Audience.CASE,
        request_id=request_id.get(),
    )
    bodies = []
    for common.about_id, common.facts in facts.items():
        bodies.append(body_of(common))
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_record_many(%s)", [bodies])


def body_of(event: Event, *, confidential: bool = False) -> str:
    """The bytes that the ledger stores and its tree commits to."""
    said: dict[str, Any] = {
        "kind": "event",
        "name": event.name,
        "at": event.at.astimezone(UTC).isoformat(),
        "force_id": event.force_id,
        "oversight_body_id": event.oversight_body_id,
        "actor_id": event.actor_id,
        "actor": event.actor,
        "about": event.about,
        "about_id": event.about_id,
        "reference": event.reference,
        "reason": event.reason,
        "facts": event.facts,
        "audience": event.audience,
        "request": str(event.request_id) if event.request_id else None,
    }
    if confidential:
        said["confidential"] = True
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
