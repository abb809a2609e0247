"""Signing in, and its end."""

from datetime import timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone

from integrity.people.backends import ServingMemberBackend
from tests import builders
from tests.builders import World

PASSWORD = "correct horse battery staple"


def test_a_serving_member_signs_in_with_their_password(world: World) -> None:
    user = builders.person("newcomer", force=world.northmoor, password=PASSWORD)
    assert authenticate(HttpRequest(), username="NEWCOMER", password=PASSWORD) == user
    assert authenticate(HttpRequest(), username="newcomer", password="wrong") is None


def test_somebody_who_has_left_neither_signs_in_nor_stays_signed_in(world: World) -> None:
    user = builders.person(
        "leaver",
        force=world.northmoor,
        password=PASSWORD,
        leaves_on=timezone.localdate() - timedelta(days=1),
    )
    assert authenticate(HttpRequest(), username="leaver", password=PASSWORD) is None
    assert ServingMemberBackend().get_user(user.pk) is None
    assert ServingMemberBackend().get_user(world.constable.pk) == world.constable
    assert ServingMemberBackend().get_user(0) is None
