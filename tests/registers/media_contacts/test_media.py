"""Journalists and outlets on the desk: what is counted, for whom, and what the press office corrects."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from integrity.audit.models import Event
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.media_contacts.actions import names
from registers.media_contacts.enums import OffRecord, Reach, Status, Verb
from registers.media_contacts.models import Journalist, Outlet
from registers.media_contacts.names import journalist_of
from tests import contacts
from tests.builders import NOW, TODAY, World
from tests.contacts import GAZETTE, PRIYA, TOM
from tests.registers.media_contacts.press_desk import (
    does_not_grow,
    eastvale_press,
    harbour_press,
    opens_for,
    path,
    signed_in,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
JOURNALISTS, OUTLETS = path("media-journalists"), path("media-outlets")
READERS = {"press", "psd", "inspector"}
ALL_READERS = {*READERS, "harbour press", "eastvale press"}


def priya() -> Journalist:
    return Journalist.objects.get(name=PRIYA.journalist)


def gazette() -> Outlet:
    return Outlet.objects.get(organisation__name=GAZETTE)


def journalist_url() -> str:
    return path("media-journalist", priya().pk)


def outlet_url() -> str:
    return path("media-outlet", gazette().pk)


def page_of(user: User, url: str) -> dict[str, Any]:
    """What a page tells somebody, in its figures and tables."""
    context = signed_in(user).get(url).context
    return {
        "figures": dict(context["figures"]),
        "months": context["months"],
        "officers": context["officers"],
    }


@pytest.fixture
def spoken(world: World) -> World:
    """Contacts with two journalists, in two months, of several people and footings."""
    contacts.outlets(world)
    contacts.log(world.constable, off_record=OffRecord.ASKED)
    contacts.log(world.constable, officers=(world.colleague.pk,), speakers=(PRIYA, TOM))
    contacts.log(world.assistant_chief, contacts.embargoed(), off_record=OffRecord.HAPPENED)
    contacts.log(
        world.sergeant, contacted_on=TODAY - timedelta(days=40), late_reason="On leave.",
        officers=(world.chief.pk,),
    )  # fmt: skip
    contacts.contact_in(Status.WITHDRAWN, world)
    contacts.contact_in(Status.ROUTED, world)
    return world


@pytest.fixture
def covered(spoken: World) -> World:
    contact = contacts.log(spoken.colleague)
    contacts.perform(Verb.LINK_COVERAGE, contact, by=spoken.press_officer)
    return spoken


@pytest.mark.parametrize("url", [JOURNALISTS, OUTLETS])
def test_who_reads_the_lists(world: World, url: str) -> None:
    assert opens_for(world, url) == ALL_READERS


@pytest.mark.parametrize("url", [journalist_url, outlet_url])
def test_who_reads_one(spoken: World, url: Any) -> None:
    """Forces of a department share them; of another department nobody finds them."""
    assert opens_for(spoken, url()) == READERS | {"eastvale press"}


def test_a_journalist_is_counted_from_what_took_place(covered: World) -> None:
    told = page_of(covered.press_officer, journalist_url())
    assert told["figures"] == {
        "Contacts": 5,
        "Off the record was asked for": 1,
        "Something was said off the record": 1,
        "Embargoed": 1,
        "Embargo still stands": told["figures"]["Embargo still stands"],
        "With a chief officer": 2,
        "Coverage": 1,
    }
    assert told["months"] == [("June 2026", 4), ("May 2026", 1)]
    assert dict(told["officers"]) == {
        covered.constable.display: 2,
        covered.colleague.display: 2,
        covered.assistant_chief.display: 1,
        covered.sergeant.display: 1,
        covered.chief.display: 1,
    }


def test_the_months_are_those_of_a_recount(covered: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT trim(to_char(date_trunc('month', c.contacted_on), 'Month')), count(*)
               FROM media_contacts_contact c
               WHERE c.status NOT IN ('withdrawn', 'no_contact', 'routed') AND EXISTS (
                 SELECT FROM media_contacts_contactspeaker s
                 WHERE s.contact_id = c.id AND NOT s.struck AND s.outlet_id = %s)
               GROUP BY date_trunc('month', c.contacted_on) ORDER BY 1""",
            [gazette().organisation_id],
        )
        recount = dict(cursor.fetchall())
    told = page_of(covered.inspector, outlet_url())["months"]
    assert {month.split()[0]: number for month, number in told} == recount


def test_pages_name_each_other(covered: World) -> None:
    page = words(signed_in(covered.psd_head).get(journalist_url()))
    assert outlet_url() in page
    assert "Bikes marked in the park" in page
    other = words(signed_in(covered.psd_head).get(outlet_url()))
    assert journalist_url() in other
    assert "Local" in other


def test_each_reader_is_told_of_what_they_may_read(spoken: World) -> None:
    mine = contacts.log(spoken.press_officer)
    url = journalist_url()
    seen = {
        name: page_of(user, url)["figures"]["Contacts"]
        for name, user in (
            ("press", spoken.press_officer),
            ("colleague", spoken.press_colleague),
            ("psd", spoken.reviewer),
            ("eastvale", eastvale_press(spoken)),
        )
    }
    assert seen == {"press": 4, "colleague": 5, "psd": 5, "eastvale": 0}
    assert mine.case.reference not in words(signed_in(spoken.press_officer).get(url))


def test_the_lists_count_and_are_searched(spoken: World) -> None:
    client = signed_in(spoken.press_officer)
    rows = {row[0]["label"]: row[1] for row in client.get(JOURNALISTS).context["rows"]}
    assert rows == {"Priya Nair": 4, "Tom Hale": 1}
    rows = {row[0]["label"]: row[1:3] for row in client.get(OUTLETS).context["rows"]}
    assert rows == {GAZETTE: ["Local", 4], "Daily Courier": ["National", 1]}
    for url, asked, left in ((JOURNALISTS, "tom", "Tom Hale"), (OUTLETS, "daily", "Daily Courier")):
        found = client.get(url, {"q": asked}).context["rows"]
        assert [row[0]["label"] for row in found] == [left]
    assert "No journalist has “zzz”" in words(client.get(JOURNALISTS, {"q": "zzz"}))


def test_other_departments_journalists_are_not_listed(spoken: World) -> None:
    client = signed_in(harbour_press(spoken))
    assert "Priya Nair" not in words(client.get(JOURNALISTS))
    assert GAZETTE not in words(client.get(OUTLETS))


def test_a_struck_journalist_is_not_counted(world: World) -> None:
    contact = contacts.log(world.constable)
    contacts.perform(Verb.CORRECT_NAMES, contact, by=world.press_officer)
    assert page_of(world.press_officer, journalist_url())["figures"]["Contacts"] == 0
    rows = signed_in(world.press_officer).get(JOURNALISTS).context["rows"]
    assert {row[0]["label"]: row[1] for row in rows} == {"Priya Nair": 0, "Tom Hale": 1}


# What the press office says


def test_the_press_office_says_whom_an_outlet_reaches(spoken: World) -> None:
    client = signed_in(spoken.press_officer)
    assert client.post(outlet_url(), {"reach": "galactic"}).status_code == 422
    assert client.post(outlet_url(), {"reach": Reach.NATIONAL}).status_code == 302
    assert gazette().reach == Reach.NATIONAL
    event = Event.objects.get(name="reach of an outlet set")
    assert event.facts == {"before": "local", "after": "national"}
    assert event.force_id == spoken.northmoor.pk


def test_the_press_office_corrects_a_name(spoken: World) -> None:
    client, url = signed_in(spoken.press_officer), journalist_url()
    assert client.post(url, {"name": "  Pria   Nair "}).status_code == 302
    found = Journalist.objects.get(name="Pria Nair")
    assert found.key == "pria nair"
    assert journalist_of("PRIA NAIR", spoken.alliance_psd) == found
    event = Event.objects.get(name="name of a journalist corrected")
    assert event.facts == {"before": "Priya Nair", "after": "Pria Nair"}


def test_a_name_that_another_journalist_has_is_refused(spoken: World) -> None:
    refused = signed_in(spoken.press_officer).post(journalist_url(), {"name": "Mr TOM hale"})
    assert refused.status_code == 422
    assert "“Tom Hale” is the same name, so it is the same journalist." in words(refused)
    assert signed_in(spoken.press_officer).post(journalist_url(), {"name": ""}).status_code == 422
    priya()


def test_the_capitals_of_a_name_are_corrected(spoken: World) -> None:
    signed_in(spoken.press_officer).post(journalist_url(), {"name": "Priya NAIR"})
    assert Journalist.objects.get(key="priya nair").name == "Priya NAIR"


@pytest.mark.parametrize("who", ["reviewer", "inspector"])
def test_readers_correct_nothing(spoken: World, who: str) -> None:
    client = signed_in(getattr(spoken, who))
    for url, data in ((journalist_url(), {"name": "X"}), (outlet_url(), {"reach": "other"})):
        assert client.post(url, data).status_code == 403
        assert "Correct the name" not in words(client.get(url))
        assert "Say whom it reaches" not in words(client.get(url))
    assert gazette().reach == Reach.LOCAL
    priya()


def test_only_the_press_office_of_the_department_acts(spoken: World) -> None:
    for by in (spoken.reviewer, spoken.constable, harbour_press(spoken)):
        with pytest.raises(Denied):
            names.rename_journalist(priya(), name="X Y", by=by, now=NOW)
        with pytest.raises(Denied):
            names.set_reach(gazette(), reach=Reach.OTHER, by=by, now=NOW)
    with pytest.raises(Denied, match="Enter the name"):
        names.rename_journalist(priya(), name=" ", by=spoken.press_officer, now=NOW)


# Queries


@pytest.mark.parametrize("url", [journalist_url, outlet_url])
def test_one_asks_no_more_for_more(covered: World, url: Any) -> None:
    def more() -> None:
        for user in (covered.deputy_chief, covered.reviewer, covered.hr_officer):
            contact = contacts.log(user, speakers=(PRIYA, TOM), officers=(covered.chief.pk,))
            contacts.log(user, contacted_on=date(2026, 3, 3), late_reason="On leave.")
            contacts.perform(
                Verb.LINK_COVERAGE, contact, by=covered.press_officer, facts=contacts.COVERAGE
            )

    does_not_grow(signed_in(covered.press_officer), url(), more)


@pytest.mark.parametrize("url", [JOURNALISTS, OUTLETS])
def test_the_lists_ask_no_more_for_more(spoken: World, url: str) -> None:
    def more() -> None:
        for n in range(5):
            contacts.log(spoken.constable, speakers=(contacts.Speaker(f"A {n}", f"Paper {n}"),))

    does_not_grow(signed_in(spoken.press_officer), url, more)
