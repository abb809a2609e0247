"""What the tests of the press office's pages share: clients, words, who may open what."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from integrity.people.enums import Role
from integrity.people.models import User
from tests.builders import World, grant, person, read_anew


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(read_anew(user), backend="integrity.people.backends.ServingMemberBackend")
    return client


def path(name: str, *args: Any) -> str:
    return reverse(f"psd:{name}", args=args)


def words(response: Any) -> str:
    return response.content.decode()


def harbour_press(world: World) -> User:
    """The press office of another department's force."""
    user = person("harbour_press", force=world.harbour)
    grant(user, Role.PRESS_OFFICE, force=world.harbour)
    return user


def eastvale_press(world: World) -> User:
    """The press office of another force of the same department."""
    user = person("eastvale_press", force=world.eastvale)
    grant(user, Role.PRESS_OFFICE, force=world.eastvale)
    return user


def opens_for(world: World, url: str) -> set[str]:
    """For whom of the usual actors a page opens; for the others there is none."""
    actors = {
        "press": world.press_officer,
        "psd": world.reviewer,
        "inspector": world.inspector,
        "constable": world.constable,
        "administrator": world.administrator,
        "governance": world.governance_member,
        "harbour press": harbour_press(world),
        "eastvale press": eastvale_press(world),
    }
    found = {name: signed_in(user).get(url).status_code for name, user in actors.items()}
    assert set(found.values()) <= {200, 404}, found
    return {name for name, status in found.items() if status == 200}


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def does_not_grow(client: Client, url: str, more: Callable[[], Any]) -> None:
    """A page asks the database no more when there is more to show."""
    client.get(url)
    before = queries(client, url)
    more()
    assert queries(client, url) <= before
