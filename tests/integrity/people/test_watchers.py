"""Whoever watches people is told of a change in its transaction, in plain values, and of nothing else."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from integrity.audit.models import Event
from integrity.people import actions, watchers
from integrity.people.models import Grade, User
from integrity.people.watchers import tell_watchers, watch_people
from tests import builders
from tests.builders import NOW, World

Told = list[tuple[User, Any, User | None, datetime]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What one watcher hears, beside those of the registers."""
    heard: Told = []
    monkeypatch.setattr(watchers, "_watchers", [])
    watch_people(lambda person, changed, by, now: heard.append((person, changed, by, now)))
    return heard


def test_a_watcher_hears_each_field_as_it_was_and_as_it_became(world: World, told: Told) -> None:
    changes = {
        "grade": Grade.objects.get(name="Sergeant"),
        "unit": world.headquarters,
        "post": "Custody",
        "weekly_hours": Decimal("37.5"),
        "line_manager": None,
    }
    actions.change_person(world.constable, changes=changes, by=world.administrator, now=NOW)
    ((person, changed, by, now),) = told
    assert (person, by, now) == (world.constable, world.administrator, NOW)
    assert (person.post, person.unit) == ("Custody", world.headquarters), "as they are now"
    assert changed["unit"] == ["Patrol", "Headquarters"]
    assert changed["post"] == ["", "Custody"]
    assert changed["weekly_hours"] == [None, "37.5"]
    assert changed["line_manager"][1] is None
    assert changed == Event.objects.get(name="person changed").facts


def test_a_watcher_hears_nothing_where_nothing_is_changed_or_it_is_refused(
    world: World, told: Told
) -> None:
    actions.change_person(world.constable, changes={}, by=None, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.change_person(
            world.constable, changes={"post": "Chief"}, by=world.colleague, now=NOW
        )
    assert told == []


def test_what_a_watcher_refuses_is_not_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(person: User, changed: Any, by: User | None, now: datetime) -> None:
        raise LookupError("Not today.")

    monkeypatch.setattr(watchers, "_watchers", [refuse])
    with pytest.raises(LookupError):
        actions.change_person(world.constable, changes={"post": "Buyer"}, by=None, now=NOW)
    assert builders.read_anew(world.constable).post == ""
    assert not Event.objects.filter(name="person changed").exists()


def test_a_watcher_is_told_once_however_often_it_registers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[User] = []

    def watcher(person: User, changed: Any, by: User | None, now: datetime) -> None:
        heard.append(person)

    monkeypatch.setattr(watchers, "_watchers", [])
    for _ in range(2):
        watch_people(watcher)
    tell_watchers(world.constable, {"post": ["", "Buyer"]}, by=None, now=NOW)
    assert heard == [world.constable]
