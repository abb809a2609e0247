"""Signing in and out, and what ends a session."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from integrity.audit.models import Event
from integrity.people.enums import Role
from integrity.people.models import RoleGrant, User
from tests.builders import World

PASSWORD = "a long walk by the river"


@pytest.fixture
def officer(world: World) -> User:
    world.constable.set_password(PASSWORD)
    world.constable.save()
    return world.constable


def sign_in(officer: User, password: str = PASSWORD) -> tuple[Client, int]:
    client = Client()
    response = client.post("/sign-in/", {"username": officer.username, "password": password})
    return client, response.status_code


def test_somebody_signs_in_whatever_the_case_of_their_name(officer: User) -> None:
    officer.username = officer.username.upper()
    client, status = sign_in(officer)
    assert status == 302
    assert client.get("/").status_code == 200
    assert Event.objects.get(name="signed in").actor_id == officer.pk


def test_five_wrong_tries_lock_the_account(officer: User) -> None:
    for _ in range(4):
        assert sign_in(officer, "wrong")[1] == 200
    assert sign_in(officer, "wrong")[1] == 429
    assert sign_in(officer)[1] == 429, "the right password does not open it either"


def test_signing_out_everywhere_ends_every_session(officer: User) -> None:
    phone, _ = sign_in(officer)
    desk, _ = sign_in(officer)
    assert phone.post("/account/sign-out-everywhere/").status_code == 302
    for client in (phone, desk):
        assert client.get("/").status_code == 302
    assert Event.objects.filter(name="signed out everywhere").count() == 1


def test_leaving_ends_every_session(officer: User) -> None:
    client, _ = sign_in(officer)
    officer.leaves_on = timezone.localdate() - timedelta(days=1)
    officer.save()
    assert client.get("/").status_code == 302
    assert sign_in(officer)[1] == 200, "the form comes back"


def test_somebody_who_has_not_started_cannot_sign_in(officer: User) -> None:
    officer.starts_on = timezone.localdate() + timedelta(days=1)
    officer.save()
    assert sign_in(officer)[1] == 200


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012"])
def test_a_weak_password_is_refused(officer: User, weak: str) -> None:
    client, _ = sign_in(officer)
    new = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    assert client.post("/account/password/", new).status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_changing_the_password_signs_other_devices_out(officer: User) -> None:
    here, _ = sign_in(officer)
    elsewhere, _ = sign_in(officer)
    new = {
        "old_password": PASSWORD,
        "new_password1": "quite another walk",
        "new_password2": "quite another walk",
    }
    assert here.post("/account/password/", new).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


@pytest.mark.parametrize("path", ["/", "/policies/"])
def test_the_senior_lead_for_integrity_is_named(officer: User, world: World, path: str) -> None:
    RoleGrant.objects.create(
        user=world.deputy_chief,
        role=Role.INTEGRITY_LEAD,
        force=world.northmoor,
        starts_on=officer.starts_on,
    )
    client, _ = sign_in(officer)
    assert world.deputy_chief.display in client.get(path).content.decode()
