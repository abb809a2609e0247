"""What the tests of procurement's pages share: clients, words, who may open what."""

from typing import Any

from django.test import Client
from django.urls import reverse

from integrity.people.enums import Role
from integrity.people.models import User
from tests.builders import World, grant, person, read_anew


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(read_anew(user), backend="integrity.people.backends.ServingMemberBackend")
    return client


def path(name: str, *args: Any) -> str:
    return reverse(f"psd:procurement-{name}", args=args)


def words(response: Any) -> str:
    return response.content.decode()


def buyer(name: str, force: Any, **details: Any) -> User:
    """Somebody else of procurement."""
    user = person(name, force=force, **details)
    grant(user, Role.PROCUREMENT, force=force)
    return user


def opens_for(world: World, url: str) -> set[str]:
    """For whom of the usual actors a page opens; for the others there is none."""
    actors = {
        "procurement": world.procurement_officer,
        "psd": world.reviewer,
        "inspector": world.inspector,
        "press": world.press_officer,
        "constable": world.constable,
        "administrator": world.administrator,
        "governance": world.governance_member,
        "harbour procurement": buyer("harbour_buyer", world.harbour),
        "eastvale procurement": buyer("eastvale_buyer", world.eastvale),
    }
    found = {name: signed_in(user).get(url).status_code for name, user in actors.items()}
    assert set(found.values()) <= {200, 404}, found
    return {name for name, status in found.items() if status == 200}
