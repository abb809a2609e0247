"""A transaction in the name of one person, reaching as far as their roles do today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection

from integrity.audit import scope


@contextmanager
def of_person(person_id: int | None, *, today: date) -> Iterator[None]:
    """What this person may reach; nothing, for nobody."""
    reach = {} if person_id is None else _reach(person_id, today)
    with scope.settings({**scope.NOWHERE, **reach}):
        yield


@contextmanager
def of_sign_in_name(name: str, *, today: date) -> Iterator[None]:
    """What whoever has this sign-in name may reach, so that their password can be checked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_id_of(%s)", [name])
        (person_id,) = cursor.fetchone()
    with of_person(person_id, today=today):
        yield


def _reach(person_id: int, today: date) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM people_reach(%s, %s), people_confidential_reach(%s, %s)",
            [person_id, today, person_id, today],
        )
        return dict(zip(scope.LISTS, cursor.fetchone(), strict=True))
