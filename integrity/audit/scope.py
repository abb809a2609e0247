"""Where a transaction may reach, and in whose name it acts: the one place that tells the database.

Row-level security reads these settings. They are local to the transaction: what nobody set reaches
nothing, and nothing outlasts the request, job or command that set it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

LISTS = (
    "forces",
    "bodies",
    "near_forces",
    "near_bodies",
    "departments",
    "confidential_forces",
    "confidential_bodies",
)
NOWHERE: Mapping[str, str] = dict.fromkeys(("scope", *LISTS), "")

_settings: ContextVar[Mapping[str, str] | None] = ContextVar("settings", default=None)


@contextmanager
def settings(values: Mapping[str, str]) -> Iterator[None]:
    """Run a transaction (or a part of one) with these settings; those around it come back after."""
    before = _settings.get() or {}
    token = _settings.set({**before, **values})
    try:
        with transaction.atomic():
            _tell(values)
            yield
            # Let go of; a rollback has PostgreSQL put them back by itself.
            if not connection.needs_rollback:
                _tell({name: before.get(name, "") for name in values})
    finally:
        _settings.reset(token)


def begin_with(values: Mapping[str, str]) -> None:
    """What this thread's session has been set to outside any transaction, and goes back to."""
    _settings.set(values)


def _tell(values: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(values)),
            [part for name, value in values.items() for part in (f"integrity.{name}", value)],
        )


@contextmanager
def confiding(*, force_id: int | None, body_id: int | None) -> Iterator[None]:
    """For whoever hands something to PSD that they may not read: it reaches what is confidential there.

    As narrow as the one row that is written.
    """
    before = _settings.get() or {}
    lists = {"confidential_forces": force_id, "confidential_bodies": body_id}
    added = {
        name: ",".join(filter(None, (before.get(name, ""), str(pk))))
        for name, pk in lists.items()
        if pk is not None
    }
    with settings(added):
        yield


@contextmanager
def everywhere() -> Iterator[None]:
    """For an operator's command or a job that serves every force."""
    with settings({**NOWHERE, "scope": "all"}):
        yield


@contextmanager
def nowhere() -> Iterator[None]:
    """For whoever has not signed in."""
    with settings(NOWHERE):
        yield


@contextmanager
def within(reach: Mapping[str, Iterable[int]]) -> Iterator[None]:
    """The forces, bodies and departments of these lists, and no more."""
    given = {name: ",".join(map(str, sorted(reach.get(name, ())))) for name in LISTS}
    with settings({**NOWHERE, **given}):
        yield
