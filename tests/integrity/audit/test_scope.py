"""Where a transaction may reach: set for its time, put back after it, and nothing without it."""

from threading import Thread

import pytest
from django.db import DataError, connection, transaction

from integrity.audit import scope
from integrity.audit.commands import RegisterCommand
from integrity.people.models import User
from integrity.people.scope import of_person, of_sign_in_name
from tests.builders import TODAY, World


def now(*names: str) -> list[str]:
    """These settings as the database has them."""
    with connection.cursor() as cursor:
        columns = ", ".join(
            f"coalesce(current_setting('integrity.{name}', true), '')" for name in names
        )
        cursor.execute(f"SELECT {columns}")
        return list(cursor.fetchone())


def test_settings_last_as_long_as_their_block_and_come_back(db: None) -> None:
    assert now("scope", "forces") == ["all", ""]
    with scope.within({"forces": [3, 1], "bodies": []}):
        assert now("scope", "forces", "bodies") == ["", "1,3", ""]
        with scope.settings({"actor": "O’Brien, 'A'"}):
            assert now("forces", "actor") == ["1,3", "O’Brien, 'A'"]
            with scope.everywhere():
                assert now("scope", "forces") == ["all", ""]
            assert now("scope", "forces") == ["", "1,3"]
        assert now("forces", "actor") == ["1,3", ""]
    assert now("scope", "forces") == ["all", ""]


def test_they_come_back_after_a_rollback(world: World) -> None:
    with scope.within({"forces": [1]}):
        with pytest.raises(LookupError), scope.within({"forces": [2]}):
            raise LookupError
        assert now("forces") == ["1"]
        with scope.within({"forces": [2]}):
            transaction.set_rollback(True)
        assert now("forces") == ["1"]
        with pytest.raises(DataError), scope.settings({"near_forces": "x"}):
            User.objects.count()
        assert now("forces") == ["1"]


@pytest.mark.django_db(transaction=True)
def test_nothing_outlasts_the_transaction() -> None:
    with scope.settings({**scope.NOWHERE, "forces": "1", "actor": "A"}):
        assert now("scope", "forces", "actor") == ["", "1", "A"]
    assert now("scope", "forces", "actor") == ["all", "", ""]
    with pytest.raises(LookupError), scope.within({"forces": [2]}):
        raise LookupError
    assert now("scope", "forces") == ["all", ""]


@pytest.mark.parametrize("what", ["x", "1;2", "-", "1,", ",", "{1}", "1.5", "99999999999999999999"])
def test_a_malformed_list_reaches_nothing(world: World, what: str) -> None:
    lists = dict.fromkeys(scope.LISTS, what)
    with pytest.raises(DataError), scope.settings({**scope.NOWHERE, **lists}):
        list(User.objects.all())


@pytest.mark.parametrize("what", ["x", "ALL", "all ", "true", "all,1"])
def test_a_scope_that_is_not_all_is_none(world: World, what: str) -> None:
    with scope.settings({**scope.NOWHERE, "scope": what}):
        assert not User.objects.exists()


def test_nobody_reaches_nothing(world: World) -> None:
    for nobody in (scope.nowhere(), of_person(None, today=TODAY), of_person(999_999, today=TODAY)):
        with nobody:
            assert not User.objects.exists()
    with of_sign_in_name("nobody", today=TODAY):
        assert not User.objects.exists()
    with of_sign_in_name("CONSTABLE", today=TODAY):
        assert User.objects.filter(pk=world.constable.pk).exists()
        assert not User.objects.filter(pk=world.harbour_constable.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_sets_nothing_reaches_nothing() -> None:
    from tests.builders import world

    world()
    found: list[bool] = []

    def ask() -> None:
        try:
            found.append(User.objects.exists())
            with scope.everywhere():
                found.append(User.objects.exists())
            found.append(User.objects.exists())
        finally:
            connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [False, True, False]


def test_a_register_s_command_reaches_everywhere(world: World) -> None:
    class Count(RegisterCommand):
        def handle(self, *args: object, **options: object) -> str:
            return f"{now('scope')} {User.objects.count()}"

    command = Count()
    with scope.nowhere():
        told = command.execute(
            no_color=True, force_color=False, skip_checks=True, stdout=None, stderr=None
        )
    assert told == f"['all'] {len(world.people())}"
