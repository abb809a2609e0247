"""What a load balancer is told."""

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client, RequestFactory

from integrity.health import healthz, readyz


def test_healthz_answers_although_nothing_may_ask_the_database(client: Client) -> None:
    # without the fixture db, pytest-django refuses every query
    assert client.get("/healthz").status_code == 200


def test_healthz_needs_nothing(rf: RequestFactory) -> None:
    answer = healthz(rf.get("/healthz"))
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_readyz_when_migrated(rf: RequestFactory) -> None:
    assert readyz(rf.get("/readyz")).status_code == 200


@pytest.mark.django_db
def test_readyz_without_a_migration(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    answer = readyz(rf.get("/readyz"))
    assert (answer.status_code, answer.content) == (503, b"migrations are missing\n")


def test_readyz_without_a_database(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(self: object, connection: object) -> None:
        raise OperationalError("password of the server")

    monkeypatch.setattr(MigrationExecutor, "__init__", lost)
    answer = readyz(rf.get("/readyz"))
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


def test_neither_can_be_written_to(rf: RequestFactory) -> None:
    assert healthz(rf.post("/healthz")).status_code == 405
    assert readyz(rf.post("/readyz")).status_code == 405
