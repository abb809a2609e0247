"""A board's page as tests read it: its tables, by the client of one reader."""

from typing import Any

import pytest
from django.test import Client

from integrity.people.models import User
from integrity.ui.tables import Table
from registers.gifts.enums import Verb
from tests.builders import World, accepted, declare, item, perform
from tests.oversight import settle

PAGE = "/oversight/boards/NEC/"
WHEN = {"from": "2026-04-01", "to": "2026-06-30"}
PUBLIC = {**WHEN, "as": "public"}


@pytest.fixture
def declared(world: World) -> World:
    """Northmoor's constables and its assistant chief, in the tests' own quarter."""
    world.body.forces.add(world.eastvale)
    declare(world.constable, item(5))
    declare(world.colleague, item(30, kind="hospitality"))
    offer = declare(world.assistant_chief, accepted(50, description="A silver plate"))
    perform(Verb.PEER_REVIEW, offer, by=world.deputy_chief, in_world=world)
    settle()
    return world


def read(client: Client, reader: User, query: dict[str, str] | None = None, **more: str) -> Any:
    client.force_login(reader)
    return client.get(PAGE, {**(WHEN if query is None else query), **more})


def tables(answer: Any) -> dict[str, Table]:
    shown = answer.context["page"]
    return {table.slug: table for section in shown.sections for table in section.tables}


def name_of(user: User) -> str:
    return f"{user.first_name} {user.last_name}"


def shown(table: Table) -> dict[str, list[str]]:
    """The cells of each row, by what names it."""
    return {row[0].shown: [cell.shown for cell in row[1:]] for row in table.rows}
