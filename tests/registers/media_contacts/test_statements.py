"""Chief officers' quarterly statements: stated, nil and not stated are three things."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from integrity.audit.models import Event
from integrity.people.models import User
from registers.media_contacts import actions
from registers.media_contacts.admin.statements import COLUMNS, neutral
from registers.media_contacts.enums import Verb
from registers.media_contacts.forms.media import quarters_over
from registers.media_contacts.models import ChiefStatement, Contact
from registers.media_contacts.policies import end_of_quarter
from tests import contacts
from tests.builders import World, person
from tests.registers.media_contacts.press_desk import (
    does_not_grow,
    eastvale_press,
    opens_for,
    path,
    signed_in,
    words,
)

pytestmark = pytest.mark.django_db
PAGE, CSV = path("media-statements"), path("media-statements-csv")
NOW = timezone.now()
LAST, BEFORE = quarters_over(timezone.localdate(NOW))[:2]


def logged(user: User, day: date = LAST, **details: Any) -> Contact:
    """A contact of a day in a quarter that is over, logged on that day."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return contacts.log(user, contacted_on=day, now=at, **details)


def stated(world: World, officer: User, quarter: date = LAST) -> ChiefStatement:
    return actions.state_quarter(officer=officer, quarter=quarter, by=world.press_officer, now=NOW)


def rows_of(user: User, quarter: date = LAST) -> dict[str, str]:
    found = signed_in(user).get(PAGE, {"quarter": str(quarter)}).context["rows"]
    return {row.officer.display: row.words for row in found}


def downloaded(user: User, quarter: date = LAST) -> list[dict[str, str]]:
    response = signed_in(user).get(CSV, {"quarter": str(quarter)})
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("url", [PAGE, CSV])
def test_who_reads_statements(world: World, url: str) -> None:
    assert opens_for(world, url) == {"press", "psd", "harbour press", "eastvale press"}


def test_three_different_words(world: World) -> None:
    logged(world.chief)
    logged(world.chief, end_of_quarter(LAST))
    for officer in (world.chief, world.deputy_chief):
        stated(world, officer)
    on = f"{timezone.localdate(NOW):%-d %B %Y}"
    assert rows_of(world.press_officer) == {
        world.chief.display: f"2 contacts, stated on {on}",
        world.deputy_chief.display: f"Nil, stated on {on}",
        world.assistant_chief.display: "Not stated yet",
    }
    assert rows_of(eastvale_press(world)) == {}


def test_whoever_served_in_the_quarter_has_a_row(world: World) -> None:
    acc = world.assistant_chief.grade
    hq: dict[str, Any] = {"force": world.northmoor, "grade": acc}
    person("left", leaves_on=LAST - timedelta(days=1), **hq)
    stayed = person("stayed", leaves_on=LAST, **hq)
    came = person("came", starts_on=end_of_quarter(LAST), **hq)
    person("later", starts_on=end_of_quarter(LAST) + timedelta(days=1), **hq)
    shown = set(rows_of(world.reviewer)) - {
        world.chief.display, world.deputy_chief.display, world.assistant_chief.display,
    }  # fmt: skip
    assert shown == {stayed.display, came.display}


def test_whoever_stated_it_keeps_the_row_in_another_post(world: World) -> None:
    stated(world, world.assistant_chief)
    User.objects.filter(pk=world.assistant_chief.pk).update(grade=world.constable.grade)
    assert len(rows_of(world.press_officer)) == 3


def test_the_contacts_are_below_each_whoever_logged_them(world: World) -> None:
    theirs = logged(world.chief)
    along = logged(world.constable, officers=(world.chief.pk, world.deputy_chief.pk))
    logged(world.constable)
    logged(world.chief, BEFORE)
    withdrawn = logged(world.chief)
    contacts.perform(Verb.WITHDRAW, withdrawn, by=world.chief)
    found = signed_in(world.press_officer).get(PAGE).context["rows"]
    listed = {row.officer: set(row.contacts) for row in found}
    assert listed == {
        world.chief: {theirs, along},
        world.deputy_chief: {along},
        world.assistant_chief: set(),
    }


def test_statements_are_those_of_a_recount(world: World) -> None:
    logged(world.chief)
    logged(world.constable, officers=(world.chief.pk,))
    logged(world.deputy_chief)
    chiefs = (world.chief, world.deputy_chief, world.assistant_chief)
    for officer in chiefs:
        stated(world, officer)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT u.id, count(DISTINCT c.id) FROM people_user u
               JOIN people_grade g ON g.id = u.grade_id AND g.is_chief_officer
               LEFT JOIN (
                 media_contacts_contact c JOIN casework_case k ON k.id = c.case_id
                 LEFT JOIN media_contacts_otherofficer o ON o.contact_id = c.id AND NOT o.struck
               ) ON u.id IN (k.subject_id, o.officer_id)
                 AND c.contacted_on BETWEEN %s AND %s
                 AND c.status NOT IN ('routed', 'no_contact', 'withdrawn')
               WHERE u.force_id = %s GROUP BY u.id""",
            [LAST, end_of_quarter(LAST), world.northmoor.pk],
        )
        recount = dict(cursor.fetchall())
    assert recount == {world.chief.pk: 2, world.deputy_chief.pk: 1, world.assistant_chief.pk: 0}
    rows = signed_in(world.reviewer).get(PAGE).context["rows"]
    assert {row.officer.pk: row.statement.contacts for row in rows} == recount
    assert {row.officer.pk: len(row.contacts) for row in rows} == recount


def test_the_press_office_states_for_an_officer_once(world: World) -> None:
    client = signed_in(world.press_officer)
    url, data = f"{PAGE}?quarter={BEFORE}", {"officer": world.chief.pk}
    assert "State nil" in words(client.get(url))
    assert client.post(url, data)["Location"] == url
    told = ChiefStatement.objects.get()
    assert (told.officer, told.quarter, told.stated_by) == (
        world.chief, BEFORE, world.press_officer,
    )  # fmt: skip
    again = client.post(url, data, follow=True)
    assert "This quarter has been stated." in words(again)
    assert ChiefStatement.objects.count() == 1


def test_who_does_not_state(world: World) -> None:
    data = {"officer": world.chief.pk}
    assert signed_in(world.reviewer).post(PAGE, data).status_code == 403
    assert signed_in(eastvale_press(world)).post(PAGE, data).status_code == 404
    nobody = signed_in(world.press_officer).post(PAGE, {"officer": ""}, follow=True)
    assert "Choose the chief officer who states" in words(nobody)
    for odd in ("x", "99999999", "9" * 30):
        assert signed_in(world.press_officer).post(PAGE, {"officer": odd}).status_code == 404
    page = signed_in(world.press_officer).post(PAGE, {"officer": world.constable.pk}, follow=True)
    assert "Only chief officers’ contacts are stated each quarter" in words(page)
    assert "State nil" not in words(signed_in(world.reviewer).get(PAGE))
    assert not ChiefStatement.objects.exists()


def test_what_was_logged_after_the_statement_shows(world: World) -> None:
    stated(world, world.chief)
    logged(world.chief)
    assert "1 is logged now" in words(signed_in(world.press_officer).get(PAGE))


def test_a_quarter_that_is_none_shows_the_last(world: World) -> None:
    for odd in ("2026-02-31", "x", "1999-01-01", ""):
        response = signed_in(world.press_officer).get(PAGE, {"quarter": odd})
        assert response.status_code == 200
        assert response.context["quarter"] == LAST


def test_the_csv_has_a_row_for_each_contact_and_each_nil_statement(world: World) -> None:
    contact = logged(world.chief, about="=HYPERLINK(1)")
    stated(world, world.chief)
    stated(world, world.deputy_chief)
    rows = downloaded(world.press_officer)
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["Chief officer"], row["What this row is"]) for row in rows] == [
        (world.chief.display, "Contact"),
        (world.deputy_chief.display, "Nil statement"),
    ]
    assert rows[0]["Reference"] == contact.case.reference
    assert rows[0]["About"] == "'=HYPERLINK(1)"
    assert rows[1]["Stated on"] == str(timezone.localdate(NOW))
    event = Event.objects.get(name="file downloaded")
    assert (event.actor_id, event.force_id) == (world.press_officer.pk, world.northmoor.pk)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\r=x", "  =1"])
def test_a_formula_is_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


def test_ordinary_words_stay_as_they_are() -> None:
    for cell in ("", "Bike marking", "A = b", "2026-01-01", "‘Quoted’"):
        assert neutral(cell) == cell


def test_the_page_asks_no_more_for_more(world: World) -> None:
    logged(world.chief, officers=(world.deputy_chief.pk,))

    def more() -> None:
        for n in range(3):
            acc = world.assistant_chief.grade
            each = person(f"acc_{n}", force=world.northmoor, grade=acc)
            logged(each, officers=(world.chief.pk,))
            stated(world, each)

    stated(world, world.deputy_chief)
    does_not_grow(signed_in(world.press_officer), PAGE, more)
