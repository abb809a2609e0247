"""A smoke of every status and verb, until the tests of each part are here."""

import pytest

from registers.media_contacts.enums import Status, Verb
from tests import contacts
from tests.builders import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", list(Status))
def test_each_status_is_reached(world: World, status: Status) -> None:
    contact = contacts.contact_in(status, world)
    for verb in (Verb.CORRECT_NAMES, Verb.LINK_COVERAGE, Verb.FLAG_LEAK, Verb.LIST):
        try:
            contacts.perform(verb, contact, by=world.press_officer)
        except Exception as e:
            print(status, verb, type(e).__name__, e)


def test_correct(world: World) -> None:
    contact = contacts.contact_in(Status.ACKNOWLEDGED, world)
    contact = contacts.perform(Verb.CORRECT, contact, by=world.constable)
    assert contact.status == Status.LOGGED
    contact = contacts.perform(Verb.CORRECT_NAMES, contact, by=world.press_officer)
    contacts.perform(Verb.ACKNOWLEDGE, contact, by=world.press_officer)


def test_hospitality(world: World) -> None:
    contact = contacts.log(world.constable, hospitality=True)
    draft = contact.case.drafts_opened.get()
    print(draft.data)
    contacts.log(world.constable, contacts.embargoed())
    contact = contacts.route(world.constable, by=world.press_officer)
    contacts.perform(Verb.COMPLETE, contact, by=world.constable)
