"""What the register of media contacts tells the platform, and the quarters that are due."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integrity.audit.models import Event
from integrity.casework.models import Draft
from integrity.casework.registry import named
from integrity.people.models import User
from registers.media_contacts import actions, signing, summaries
from registers.media_contacts.enums import OffRecord, Scope, Status, Verb
from registers.media_contacts.models import MediaPolicy
from registers.media_contacts.quarters import quarter_with_contacts, unstated
from registers.media_contacts.recorded import recorded
from registers.media_contacts.subject_access import holds
from tests import contacts
from tests.builders import NOW, TODAY, World

LONDON = ZoneInfo("Europe/London")
JANUARY, APRIL = date(2026, 1, 1), date(2026, 4, 1)
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 2)


def labels(user: User) -> list[str]:
    return [start.label for start in summaries.starts(user)]


def test_the_register_is_known_to_the_platform(world: World) -> None:
    register = named("media_contacts")
    contact = contacts.log(world.constable)
    assert (register.prefix, contact.case.reference[:2]) == ("MC", "MC")
    assert register.stated(contact.case)["about"] == contact.about


@pytest.mark.parametrize("status", list(Status))
def test_each_status_is_said_in_plain_words(world: World, status: Status) -> None:
    contact = contacts.contact_in(status, world)
    (said,) = summaries.summaries(world.constable, [contact.case])
    assert (said.status, said.path) == (
        summaries.PLAIN[status][0],
        f"/media/{contact.case.reference}/",
    )


def test_a_summary_is_for_readers_alone(world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.colleague.pk,))
    readers = {
        name for name, user in world.people().items() if summaries.summaries(user, [contact.case])
    }
    assert readers == {
        *("constable", "colleague", "press_officer", "press_colleague"),
        *("psd_head", "reviewer", "other_reviewer", "inspector", "register_owner"),
    }
    assert not summaries.team(world.sergeant)


def test_what_anybody_and_a_chief_officer_can_begin(world: World) -> None:
    everybody = ["Log a media contact", "Must I log this?"]
    assert labels(world.constable) == labels(world.body_member) == everybody
    assert labels(world.chief) == [*everybody, "State your media contacts"]


def test_nothing_of_this_register_is_half_written(world: World) -> None:
    with pytest.raises(LookupError):
        summaries.unfinished(Draft(user=world.constable))


def test_the_policy_s_card_says_its_scope_and_its_days(world: World) -> None:
    MediaPolicy.objects.update(scope=Scope.WITHOUT_COVERAGE, log_within_days=1)
    card = summaries.policy_card(world.constable)
    assert card is not None
    said = " ".join(card.points)
    assert "did not lead to coverage" in said
    assert "within 1 day;" in said
    assert "01632 960 100" in said
    MediaPolicy.objects.update(effective_from=date(2100, 1, 1))
    assert summaries.policy_card(world.constable) is None


def test_a_person_s_other_contacts_are_those_they_took_part_in(world: World) -> None:
    case = contacts.log(world.constable).case
    own, other = contacts.log(world.constable), contacts.log(world.colleague)
    there = contacts.log(world.colleague, officers=(world.constable.pk,))
    found = {each.reference for each in summaries.about_person(world.press_officer, case)}
    assert found == {own.case.reference, there.case.reference}
    assert other.case.reference not in found
    assert not summaries.about_person(world.sergeant, case)


def test_whoever_signs_sees_counts_and_no_names_but_chief_officers(world: World) -> None:
    contacts.log(world.constable, off_record=OffRecord.ASKED, hospitality=True)
    contacts.log(world.assistant_chief, press_office_told=False)
    contacts.contact_in(Status.ROUTED, world)
    contacts.contact_in(Status.WITHDRAWN, world)
    contacts.contact_in(Status.ACKNOWLEDGED, world)
    actions.state_quarter(officer=world.chief, quarter=JANUARY, by=world.chief, now=NOW)
    shown: Any = signing.for_sign_off(world.register_owner, world.northmoor.pk, JANUARY, TODAY)
    assert dict(shown["figures"]) == {
        "Contacts logged": 3,
        "Acknowledged by the press office": 1,
        "Requests that no officer has answered": 1,
        "Logged late": 0,
        "Not reportable": 0,
        "Embargoed": 0,
        "Off the record asked for, or happened": 1,
        "Press office not told": 1,
        "Something offered": 1,
        "Open challenges": 0,
        "Chief officers’ statements": 1,
        "Of these, nil statements": 1,
    }
    assert len(shown["rows"]) == 5
    written = str(shown["rows"])
    assert world.assistant_chief.name in written
    assert world.constable.name not in written
    assert "Priya Nair" not in written
    assert contacts.GAZETTE in written


def test_a_row_opens_for_whoever_may_read_its_entry(world: World) -> None:
    contacts.log(world.constable)
    for user, opens in ((world.register_owner, True), (world.governance_member, False)):
        shown: Any = signing.for_sign_off(user, world.northmoor.pk, TODAY, TODAY)
        assert bool(shown["rows"][0]["path"]) is opens


# --- receipts -------------------------------------------------------------------------------------


def lines(event: Event) -> dict[str, str]:
    return {fact.label: fact.value for fact in recorded(event.facts)}


def test_a_receipt_says_what_was_logged_in_words(world: World) -> None:
    contacts.log(
        world.constable,
        off_record=OffRecord.ASKED,
        officers=(world.colleague.pk,),
        speakers=(contacts.PRIYA, contacts.TOM),
    )
    assert lines(Event.objects.get(name="contact logged")) == {
        "Officer": world.constable.display,
        "With": "Priya Nair, Northmoor Gazette\nTom Hale, Daily Courier",
        "Others of the force": world.colleague.display,
        "When": "15 June 2026",
        "At": "00:01",
        "How": "Telephone",
        "About what": "Bike marking on Saturday",
        "Basis": "Reportable",
        "The person responsible for communicating about it": "Yes",
        "A policing purpose": "Yes",
        "Press card": "Not seen: by phone or in writing",
        "Press office told": "Yes",
        "Off the record": "They asked to speak off the record",
    }


@pytest.mark.usefixtures("media")
def test_the_receipt_of_a_correction_says_its_embargo(world: World) -> None:
    contact = contacts.log(world.constable)
    until = datetime(2026, 6, 20, 18, 30, tzinfo=LONDON)
    contacts.perform(
        Verb.CORRECT, contact, by=world.constable, facts=contacts.embargoed(until, about="A raid")
    )
    said = lines(Event.objects.get(name="entry corrected"))
    assert said["Embargo until"] == "20 June 2026, 18:30"
    assert said["Embargo agreement"] == "agreement.pdf"
    assert said["About what"] == "A raid"


@pytest.mark.parametrize("status", list(Status))
def test_every_receipt_of_a_contact_has_its_lines(world: World, status: Status) -> None:
    contact = contacts.contact_in(status, world)
    for event in Event.objects.filter(about="case", about_id=contact.case_id):
        for fact in recorded(event.facts):
            assert fact.label
            assert fact.value


# --- quarters -------------------------------------------------------------------------------------


def test_the_last_quarter_that_is_over_is_due_and_those_left_out_since_the_first(
    world: World,
) -> None:
    def state(quarter: date) -> None:
        actions.state_quarter(officer=world.chief, quarter=quarter, by=world.chief, now=NOW)

    assert unstated(world.chief, TODAY) == [JANUARY]
    state(date(2025, 4, 1))
    due = [JANUARY, date(2025, 10, 1), date(2025, 7, 1)]
    assert unstated(world.chief, TODAY) == due
    for quarter in due:
        state(quarter)
    assert unstated(world.chief, TODAY) == []
    assert unstated(world.chief, date(2026, 7, 1)) == [APRIL]


def test_nobody_states_a_quarter_before_they_came(world: World) -> None:
    world.chief.starts_on = BEFORE
    assert unstated(world.chief, TODAY) == [JANUARY]
    world.chief.starts_on = AFTER
    assert unstated(world.chief, TODAY) == []
    assert unstated(world.constable, TODAY) == unstated(world.body_member, TODAY) == []


def test_a_quarter_has_the_contacts_in_which_its_officer_took_part(world: World) -> None:
    def log(subject: User, on: date, **said: Any) -> str:
        at = NOW.replace(month=on.month, day=on.day)
        return contacts.log(subject, contacted_on=on, now=at, **said).case.reference

    late = replace(contacts.CALL, late_reason="Away.")
    own = log(world.chief, BEFORE)
    there = log(world.deputy_chief, JANUARY, officers=(world.chief.pk,))
    log(world.chief, AFTER)
    gone = contacts.log(world.chief, late, contacted_on=BEFORE)
    contacts.perform(Verb.WITHDRAW, gone, by=world.chief)
    quarter = quarter_with_contacts(world.chief, JANUARY)
    assert [contact.case.reference for contact in quarter.contacts] == [there, own]
    assert quarter.words == "January to March 2026"


def test_a_chief_officer_reads_their_statements_among_what_is_held(world: World) -> None:
    actions.state_quarter(officer=world.chief, quarter=JANUARY, by=world.press_officer, now=NOW)
    (held,) = holds(world.chief)["quarterly_statements"]
    assert (held["quarter"], held["contacts"]) == (JANUARY, 0)
    assert holds(world.constable)["quarterly_statements"] == []
