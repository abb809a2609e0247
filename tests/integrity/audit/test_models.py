"""Events are added and never changed."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from integrity.audit.actions import record, request_id
from integrity.audit.models import Audience, Event
from tests.builders import NOW, World


def test_an_event_keeps_who_did_what_when_and_to_what(world: World) -> None:
    event = record(
        "offer declared",
        by=world.constable,
        now=NOW,
        force_id=world.northmoor.pk,
        about="case",
        about_id=7,
        reason="Why",
        facts={"status": "recorded"},
        audience=Audience.PSD,
    )
    kept = Event.objects.get(pk=event.pk)
    assert (kept.actor_id, kept.actor) == (world.constable.pk, world.constable.display)
    assert (kept.at, kept.force_id, kept.about, kept.about_id) == (
        NOW,
        world.northmoor.pk,
        "case",
        7,
    )
    assert (kept.reason, kept.facts, kept.audience) == ("Why", {"status": "recorded"}, "psd")
    assert str(kept) == "offer declared at 2026-06-15 11:00"


def test_a_command_s_event_is_the_system_s(db: None) -> None:
    event = record("published", by=None, now=NOW)
    assert (event.actor_id, event.actor) == (None, "The system")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["update", "delete", "save", "delete one"])
def test_the_database_refuses_to_change_or_delete_an_event(how: str) -> None:
    event = record("published", by=None, now=NOW)
    event.reason = "Something else"
    attempts = {
        "update": lambda: Event.objects.update(reason="Something else"),
        "delete": lambda: Event.objects.all().delete(),
        "save": event.save,
        "delete one": event.delete,
    }
    with (
        pytest.raises(DatabaseError, match=r"permission denied|cannot update"),
        transaction.atomic(),
    ):
        attempts[how]()
    assert Event.objects.get().reason == ""


def test_events_of_one_request_share_its_id(db: None) -> None:
    this = uuid4()
    token = request_id.set(this)
    first, second = record("one", by=None, now=NOW), record("two", by=None, now=NOW)
    request_id.reset(token)
    assert (first.request_id, second.request_id) == (this, this)
    assert record("three", by=None, now=NOW).request_id is None


def test_events_come_in_the_order_they_were_written(db: None) -> None:
    for name in ("one", "two", "three"):
        record(name, by=None, now=NOW)
    assert [event.name for event in Event.objects.all()] == ["one", "two", "three"]
