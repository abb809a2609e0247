"""The list that the press office and PSD share for their meeting."""

from typing import Any

import pytest

from registers.media_contacts import actions
from registers.media_contacts.enums import Verb
from registers.media_contacts.models import MeetingItem
from tests import contacts
from tests.builders import NOW, World
from tests.contacts import COVERAGE
from tests.registers.media_contacts.press_desk import (
    does_not_grow,
    opens_for,
    path,
    signed_in,
    words,
)

pytestmark = pytest.mark.django_db
LIST = path("media-meeting")


def put(world: World, text: str = "Who answers the Gazette?", **details: Any) -> MeetingItem:
    return actions.add_meeting_item(
        **{"force": world.northmoor, "text": text, "by": world.press_officer, "now": NOW, **details}
    )


def test_who_reads_the_list(world: World) -> None:
    assert opens_for(world, LIST) == {"press", "psd", "harbour press", "eastvale press"}


def test_who_closes_a_line(world: World) -> None:
    assert opens_for(world, path("media-meeting-item", put(world).pk)) == {"press", "psd"}


def test_each_force_has_its_own_list(world: World) -> None:
    put(world)
    put(world, "Eastvale’s own", force=world.eastvale, by=world.reviewer)
    assert "Eastvale’s own" not in words(signed_in(world.press_officer).get(LIST))
    both = words(signed_in(world.reviewer).get(LIST))
    assert "Eastvale’s own" in both
    assert "Who answers the Gazette?" in both


def test_lines_stand_oldest_first_with_their_contact_and_coverage(world: World) -> None:
    coverage = actions.add_coverage(
        facts=COVERAGE, force=world.northmoor, by=world.press_officer, now=NOW
    )
    put(world, "The first", coverage=coverage)
    contact = contacts.log(world.constable)
    contacts.perform(Verb.LIST, contact, by=world.press_officer, reason="The second")
    page = words(signed_in(world.reviewer).get(LIST))
    assert page.index("The first") < page.index("The second")
    assert contact.case.reference in page
    assert path("media-coverage-one", coverage.pk) in page


@pytest.mark.parametrize("who", ["press_officer", "reviewer"])
def test_a_line_is_added_and_dealt_with(world: World, who: str) -> None:
    by = getattr(world, who)
    client = signed_in(by)
    data = {"text": "Talk over the leak"} | (
        {"force": world.northmoor.pk} if who == "reviewer" else {}
    )
    assert client.post(LIST, {**data, "text": ""}).status_code == 422
    assert client.post(LIST, data).status_code == 302
    item = MeetingItem.objects.get()
    assert (item.added_by, item.force) == (by, world.northmoor)
    url = path("media-meeting-item", item.pk)
    assert client.post(url, {"result": ""}).status_code == 422
    assert client.post(url, {"result": "The press office answers."}).status_code == 302
    item.refresh_from_db()
    assert (item.result, item.discussed_by) == ("The press office answers.", by)
    assert "The press office answers." in words(client.get(LIST))
    again = client.post(url, {"result": "Twice"})
    assert again.status_code == 422
    assert "dealt with this already" in words(again)


def test_psd_says_for_which_force_a_line_is(world: World) -> None:
    refused = signed_in(world.reviewer).post(LIST, {"text": "Whose?"})
    assert refused.status_code == 422
    assert "Select the force" in words(refused)


def test_what_is_said_of_a_reader_s_own_contact_is_not_theirs_to_read(world: World) -> None:
    mine = contacts.log(world.press_officer)
    contacts.perform(Verb.LIST, mine, by=world.press_colleague, reason="Of a colleague")
    assert "Of a colleague" in words(signed_in(world.press_colleague).get(LIST))
    assert "Of a colleague" not in words(signed_in(world.press_officer).get(LIST))
    url = path("media-meeting-item", MeetingItem.objects.get().pk)
    assert signed_in(world.press_officer).get(url).status_code == 404


def test_what_was_dealt_with_is_paged(world: World) -> None:
    for n in range(25):
        actions.close_meeting_item(
            put(world, f"Line {n}."), result="Done", by=world.press_officer, now=NOW
        )
    client = signed_in(world.press_officer)
    assert "Line 24." in words(client.get(LIST))
    assert "Line 0." not in words(client.get(LIST))
    assert "Line 0." in words(client.get(LIST, {"page": 2}))


def test_the_list_asks_no_more_for_more(world: World) -> None:
    def more() -> None:
        for user in (world.constable, world.colleague, world.sergeant):
            contact = contacts.log(user)
            for each in (world.press_officer, world.press_colleague):
                contacts.perform(Verb.LIST, contact, by=each, reason=f"Of {user} by {each}")
            actions.close_meeting_item(put(world), result="Done", by=world.press_officer, now=NOW)

    contact = contacts.log(world.chief)
    contacts.perform(Verb.LIST, contact, by=world.press_officer)
    actions.close_meeting_item(put(world), result="Done", by=world.press_officer, now=NOW)
    does_not_grow(signed_in(world.press_officer), LIST, more)
