"""The shape of what is typed of a contact, and that it comes back as it was stored."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from integrity.people.models import User
from registers.media_contacts.enums import Basis, Channel, OffRecord, PressCard
from registers.media_contacts.facts import ContactFacts, Speaker
from registers.media_contacts.facts_of import facts_of
from registers.media_contacts.forms.log import LogForm
from registers.media_contacts.forms.parts import SpeakersField, TimeField
from registers.media_contacts.forms.restate import CorrectForm
from registers.media_contacts.models import Contact
from registers.media_contacts.policies import Problem
from tests import contacts
from tests.builders import NOW, TODAY, World

TYPED = {
    "key": "5c8f2f0e-0f83-4a7a-93a0-4c3f6f6e5b5d",
    "journalist": "Priya Nair",
    "outlet": "Northmoor Gazette",
    "when": "yesterday",
    "channel": "phone",
    "about": "Bike marking",
    "basis": "reportable",
    "responsible": "yes",
    "policing_purpose": "yes",
    "press_card": "seen",
    "press_office_told": "no",
}


def form_of(by: User, **said: Any) -> LogForm:
    form = LogForm({**TYPED, **said}, {}, by=by, today=TODAY)
    form.full_clean()
    return form


def test_what_is_typed_becomes_the_facts(world: World) -> None:
    form = form_of(world.constable)
    assert form.is_valid(), form.errors
    assert form.facts() == ContactFacts(
        contacted_on=TODAY - timedelta(days=1),
        speakers=(Speaker("Priya Nair", "Northmoor Gazette"),),
        about="Bike marking",
        channel=Channel.PHONE,
        basis=Basis.REPORTABLE,
        press_card=PressCard.SEEN,
        press_office_told=False,
    )


def test_what_an_answer_hides_is_not_stated(world: World) -> None:
    """A date, a lift time or a reason typed under an option that was left again counts for nothing."""
    said = {
        "contacted_on": "2020-01-01",
        "embargo_day": "2030-01-01",
        "embargo_time": "nonsense",
        "not_responsible_why": "Because.",
        "press_card_reason": "It was dark.",
    }
    form = form_of(world.constable, **said)
    assert form.is_valid(), form.errors
    assert form.facts() == form_of(world.constable).facts()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("1405", time(14, 5)),
        ("2.15 PM", time(14, 15)),
        ("7pm", time(19)),
        (" 00:00 ", time(0)),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, meant: time | None) -> None:
    assert TimeField(noun="the time", required=False).clean(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "noon", "9:60", "99999", "-1"])
def test_a_time_that_is_none_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"The time must be like 09:30"):
        TimeField(noun="the time").clean(typed)


def test_journalists_are_read_one_to_a_line() -> None:
    field = SpeakersField(required=False)
    typed = "Tom Hale ,  Daily Courier\r\n\r\n, \n Ann  Example\n,Radio North"
    assert field.clean(typed) == (
        Speaker("Tom Hale", "Daily Courier"),
        Speaker("Ann Example"),
        Speaker("", "Radio North"),
    )
    assert field.clean("") == ()
    with pytest.raises(forms.ValidationError):
        field.clean("x" * 201)


def test_a_problem_is_said_where_it_is_put_right_and_once(world: World) -> None:
    form = form_of(world.constable, responsible="no", policing_purpose="no", about="")
    form.show([Problem("about", "Say what."), Problem("explanation", "Say why.")])
    assert dict(form.errors) == {
        "about": ["Say what it was about"],
        "not_responsible_why": ["Say why."],
    }
    other = form_of(world.constable, policing_purpose="no")
    other.show([Problem("explanation", "Say why.")])
    assert list(other.errors) == ["no_purpose_why"]


@pytest.mark.parametrize("left_out", [name for name in TYPED if name != "key"])
def test_a_form_with_errors_still_says_what_can_be_read_of_it(world: World, left_out: str) -> None:
    facts = form_of(world.constable, **{left_out: ""}).facts()
    assert isinstance(facts.contacted_on, date)
    assert facts.speakers


FULL = replace(
    contacts.CALL,
    contacted_at=time(23, 5),
    channel=Channel.EVENT,
    place="The town hall",
    responsible=False,
    explanation="They rang me.\nI was asked to.",
    press_card=PressCard.OTHER,
    press_card_reason="It was dark.",
    off_record=OffRecord.HAPPENED,
    hospitality=True,
    contacted_on=date(2026, 6, 1),
    late_reason="I was on leave.\nFor a fortnight.",
    about="Two things:\nbikes and locks",
    speakers=(contacts.PRIYA, contacts.TOM, Speaker("", "Radio North")),
)
NO_PURPOSE = replace(contacts.CALL, policing_purpose=False, explanation="To be polite.")
IN_SUMMER = contacts.embargoed(datetime(2026, 7, 1, 5, 30, tzinfo=UTC))


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize("stated", [contacts.CALL, FULL, NO_PURPOSE, IN_SUMMER])
def test_a_correction_that_changes_nothing_states_what_is_stored(
    world: World, stated: ContactFacts
) -> None:
    stated = replace(stated, agreement=stated.agreement and contacts.agreement())
    contact = contacts.log(world.constable, stated, officers=(world.colleague.pk,))
    form = correction(contact, world.constable)
    again = correction(contact, world.constable, as_sent(form))
    assert again.is_valid(), again.errors
    assert again.facts() == facts_of(contact)


def correction(contact: Contact, by: User, data: QueryDict | None = None) -> CorrectForm:
    sent: tuple[Any, ...] = (data, {}) if data is not None else ()
    fresh = Contact.objects.with_all().get(pk=contact.pk)
    return CorrectForm(*sent, contact=fresh, stated=facts_of(fresh), by=by, today=NOW.date())


def as_sent(form: CorrectForm) -> QueryDict:
    """The form as a browser sends it: what its boxes hold."""
    sent = QueryDict(mutable=True)
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(value, list | tuple):
            sent.setlist(name, [str(each) for each in value])
        elif value is not None and not isinstance(field, forms.FileField):
            sent[name] = str(value).replace("\n", "\r\n")
    sent["reason"] = "No reason."
    return sent


def test_of_a_request_only_what_the_press_office_wrote_is_filled_in(world: World) -> None:
    contact = contacts.route(world.constable, by=world.press_officer)
    form = correction(contact, world.constable)
    assert form["responsible"].value() == ""
    assert form["press_office_told"].value() == ""


def test_fields_that_few_need_are_drawn_once_they_are_asked_for(world: World) -> None:
    def drawn(form: LogForm) -> bool:
        return "late_reason" in str(form.get_layout().fields)

    form = form_of(world.constable)
    assert not drawn(form)
    form.show([Problem("late_reason", "Say why it is late.")])
    assert drawn(form)
    assert drawn(form_of(world.constable, late_reason=""))
