"""One world for a file's tests: made once, in a transaction that stays open and is never committed.

Each test works in a savepoint of its own, which is taken back, and has its own copies of the people.
"""

import pickle
from contextlib import ExitStack

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests import builders
from tests.plugins.database import empty


class KeptWorld:
    """Open, or not: whoever empties the database or makes a world by themselves wants none here."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._people = b""

    def open(self, blocker: DjangoDbBlocker) -> None:
        with ExitStack() as opening:
            opening.enter_context(blocker.unblock())
            # What earlier files left is slow to pass by: rows rolled back, and a connection's old plans.
            connection.close()
            empty()
            opening.enter_context(transaction.atomic())
            opening.callback(transaction.set_rollback, True)
            self._people = pickle.dumps(builders.world())
            connection.check_constraints()  # gives its entries their places, or every test would
            self._open = opening.pop_all()

    def close(self) -> None:
        self._open.close()
        self._people = b""

    def copy(self) -> builders.World:
        """This file's world; in a test that follows one without it, a new one."""
        if not self._people:
            return builders.world()
        world: builders.World = pickle.loads(self._people)  # noqa: S301 - our own
        return world
