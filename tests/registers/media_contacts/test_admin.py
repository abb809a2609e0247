"""Contacts on the desk: who reads which page, what it shows to whom, its verbs, routing, policy rows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.enums import ChallengeDisposal
from integrity.casework.models import Challenge, Notice, Referral
from integrity.people.models import User
from registers.media_contacts.admin.contacts import DESK_VERBS
from registers.media_contacts.admin.pages import route_path
from registers.media_contacts.case_page import risk_points
from registers.media_contacts.enums import Basis, Factor, OffRecord, Status, Verb
from registers.media_contacts.handlers import HANDLERS
from registers.media_contacts.models import Contact, Coverage, LeakFlag, MediaPolicy, MeetingItem
from registers.media_contacts.workflow import TRANSITIONS
from tests import builders, contacts
from tests.builders import World
from tests.constraints import change
from tests.contacts import CALL, COVERAGE, PRIYA, TOM, contact_in, media_policy, perform
from tests.integrity.casework.test_desk import filled as filled_admin
from tests.registers.business_interests.filled import filled
from tests.registers.media_contacts.test_queues import (
    LIST,
    NOW,
    TODAY,
    embargo,
    logged,
    signed_in,
    words,
)

pytestmark = pytest.mark.usefixtures("media")

ROUTE = reverse("psd:media_route")
ADD_POLICY = reverse("psd:media_contacts_mediapolicy_add")
WHY = "It names the victim, whom nobody had named."
TALK = "Talk over who answers the Gazette."


def case_url(contact: Contact) -> str:
    return reverse("psd:media_contacts_contact_change", args=[contact.pk])


def verb_url(contact: Contact, verb: str) -> str:
    return reverse("psd:media_contacts_contact_verb", args=[contact.pk, verb])


def policy_url(policy: MediaPolicy) -> str:
    return reverse("psd:media_contacts_mediapolicy_change", args=[policy.pk])


def urls_of(contact: Contact) -> Iterable[str]:
    yield case_url(contact)
    yield reverse("psd:media_contacts_contact_original", args=[contact.pk])
    for verb in (*DESK_VERBS, "unheard-of"):
        yield verb_url(contact, verb)


def page_of(contact: Contact, reader: User) -> str:
    response = signed_in(reader).get(case_url(contact))
    assert response.status_code == 200
    return words(response)


def fresh(contact: Contact) -> Contact:
    return Contact.objects.with_all().get(pk=contact.pk)


def with_coverage(contact: Contact, by: User, **fields: Any) -> Contact:
    facts = replace(COVERAGE, published_on=TODAY, **fields)
    return perform(Verb.LINK_COVERAGE, contact, by=by, now=NOW, facts=facts)


# Scope


@pytest.mark.parametrize(
    "who",
    [
        "harbour_reviewer",
        "administrator",
        "investigation_inspector",
        "constable",
        "sergeant",
        "register_owner",
        "governance_member",
    ],
)
def test_a_contact_out_of_scope_is_not_found_on_any_url(world: World, who: str) -> None:
    contact = logged(world.constable)
    client = signed_in(getattr(world, who))
    for url in urls_of(contact):
        assert client.get(url).status_code == 404, url
        assert client.post(url, {}).status_code in (404, 405), url
    assert fresh(contact).status == Status.LOGGED


@pytest.mark.parametrize("who", ["press_colleague", "reviewer"])
def test_whoever_was_there_reads_it_on_the_site_alone(world: World, who: str) -> None:
    user = getattr(world, who)
    for contact in (
        logged(user),
        logged(world.constable, officers=(user.pk,)),
        contacts.log(world.chief, replace(CALL, contacted_on=TODAY), by=user, now=NOW),
    ):
        for url in urls_of(contact):
            assert signed_in(user).get(url).status_code == 404, url
        assert signed_in(world.press_officer).get(case_url(contact)).status_code == 200


def test_an_inspector_reads_and_changes_nothing(world: World) -> None:
    contact = logged(world.constable)
    assert "ir-desk-verbs" not in page_of(contact, world.inspector)
    client = signed_in(world.inspector)
    for verb in DESK_VERBS:
        for response in (
            client.get(verb_url(contact, verb)),
            client.post(verb_url(contact, verb), {}),
        ):
            assert response.status_code == 403, verb
    assert client.get(ROUTE).status_code == 404


def test_every_verb_of_the_two_offices_is_on_the_desk() -> None:
    theirs = {Verb(row.verb) for row in TRANSITIONS if {"press", "psd"} & set(row.who)}
    assert theirs - {Verb.ROUTE} == DESK_VERBS <= set(HANDLERS)


def test_nothing_is_added_or_saved_as_a_form(world: World) -> None:
    contact = logged(world.constable)
    client = signed_in(world.press_officer)
    assert client.post(case_url(contact), {"status": "acknowledged"}).status_code == 405
    for path in ("add/", f"{contact.pk}/delete/", f"{contact.pk}/history/"):
        assert client.get(LIST + path).status_code == 404, path


# The case page


def test_the_case_page_shows_what_is_known(world: World) -> None:
    contacts.outlets(world)
    contact = logged(
        world.constable,
        days_ago=0,
        speakers=(PRIYA, TOM),
        officers=(world.colleague.pk,),
        place="The market square",
        responsible=False,
        explanation="Nobody else was there.",
        off_record=OffRecord.ASKED,
        **embargo(NOW + timedelta(days=2)),
    )
    other = logged(world.sergeant, speakers=(PRIYA,), about="The football")
    same_outlet = logged(world.sergeant, speakers=(replace(TOM, journalist="Ann Roe"),))
    same_person = logged(world.constable, speakers=(replace(PRIYA, outlet="A blog"),))
    together = logged(
        world.sergeant,
        speakers=(replace(TOM, outlet="Radio Moor"),),
        officers=(world.constable.pk,),
    )
    response = signed_in(world.press_officer).get(case_url(contact))
    page = words(response)
    for said in (
        f"{contact.case.reference}: Bike marking on Saturday",
        "Priya Nair, Northmoor Gazette (local)",
        "Tom Hale, Daily Courier (national)",
        "The market square",
        "Nobody else was there.",
        "They asked to speak off the record",
        "Off the record was asked for: 5 points",
        "Not the person responsible for saying it: 15 points",
        "Embargoed until",
        "agreement.pdf",
        "Colleague Colleague",
        "Patrol",
        "In time",
        "Contact with the media, in force from 1 January 2020",
        "None is linked.",
    ):
        assert said in page, said
    found = {
        name: {each.reference for each in response.context[name]}
        for name in ("of_journalists", "of_outlets", "of_person")
    }
    assert found == {
        "of_journalists": {c.case.reference for c in (other, same_person, together)},
        "of_outlets": {other.case.reference, same_outlet.case.reference},
        "of_person": {same_person.case.reference, together.case.reference},
    }


def test_an_embargo_that_has_lifted_stands_no_more(world: World) -> None:
    stands = logged(world.constable, **embargo(NOW + timedelta(days=2)))
    lifted = logged(world.constable, **embargo(NOW - timedelta(hours=1)))
    client = signed_in(world.press_officer)
    assert client.get(case_url(stands)).context["embargo"].startswith("Embargoed until")
    assert client.get(case_url(lifted)).context["embargo"] == ""


def test_the_policy_row_is_a_link_for_those_who_read_it(world: World) -> None:
    contact = logged(world.constable)
    assert policy_url(contact.policy) in page_of(contact, world.reviewer)
    assert policy_url(contact.policy) not in page_of(contact, world.press_officer)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("who", ["press_officer", "reviewer", "inspector"])
def test_every_page_is_drawn_at_every_status(status: Status, who: str, world: World) -> None:
    contact = contact_in(status, world)
    page = page_of(contact, getattr(world, who))
    assert contact.get_status_display() in page


def test_a_legacy_contact_says_what_it_knows(world: World) -> None:
    old = logged(world.constable)
    change(old, legacy=True, basis="", channel="", press_card="", responsible=None)
    change(old, policing_purpose=None, press_office_told=None)
    change(old.case, subject=None, author=None, source="imported", subject_name="A Roe", risk=0)
    other = logged(world.constable)
    change(other.case, subject=None, author=None, source="imported", subject_name="A Roe")
    response = signed_in(world.press_officer).get(case_url(old))
    assert response.context["flags"] == []
    assert "No factor of the policy applies." in words(response)
    assert [each.reference for each in response.context["of_person"]] == [other.case.reference]


def test_the_score_is_made_of_the_facts_that_were_stated(world: World) -> None:
    for subject, fields in (
        (world.constable, {"off_record": OffRecord.HAPPENED, "press_office_told": False}),
        (world.chief, {"basis": Basis.NON_REPORTABLE, "hospitality": True}),
        (world.colleague, {}),
    ):
        contact = fresh(logged(subject, **fields))
        points = risk_points(contact)
        assert sum(each.points for each in points) == contact.case.risk
        assert [each.points for each in points] == sorted(
            (each.points for each in points), reverse=True
        )
    assert Factor.OFF_RECORD.label == "Something was said off the record"


def test_coverage_is_on_the_page_with_its_address(world: World) -> None:
    contact = with_coverage(logged(world.constable), world.press_officer)
    page = page_of(contact, world.inspector)
    assert f'href="{COVERAGE.address}"' in page
    assert "Bikes marked in the park" in page


def test_looking_at_a_contact_is_recorded_once(world: World) -> None:
    contact = logged(world.constable)
    page_of(contact, world.press_officer)
    event = Event.objects.get(name="entry viewed")
    assert (event.actor_id, event.about_id, event.audience) == (
        world.press_officer.pk,
        contact.case_id,
        "psd",
    )
    assert fresh(contact).case.version == contact.case.version


# What the press office flagged, and what PSD alone knows


@pytest.fixture
def flagged(world: World) -> Contact:
    """Flagged as a possible leak and listed for the meeting, with somebody else there."""
    contact = logged(world.constable, officers=(world.colleague.pk,))
    contact = with_coverage(contact, world.press_officer)
    published = contact.coverage_links.get().coverage
    perform(Verb.FLAG_LEAK, contact, by=world.press_officer, now=NOW, coverage=published, why=WHY)
    return perform(Verb.LIST, contact, by=world.press_officer, now=NOW, reason=TALK)


@pytest.mark.parametrize("who", ["press_officer", "press_colleague", "reviewer", "psd_head"])
def test_the_two_offices_read_what_was_flagged_and_listed(
    flagged: Contact, world: World, who: str
) -> None:
    page = page_of(flagged, getattr(world, who))
    assert WHY in page
    assert TALK in page
    assert "Flagged as a possible leak" in page


def test_an_inspector_reads_neither(flagged: Contact, world: World) -> None:
    page = page_of(flagged, world.inspector)
    for said in (WHY, TALK, "possible leak", "shared list", "meeting"):
        assert said not in page, said


def test_what_psd_makes_of_a_flag_is_psds_alone(flagged: Contact, world: World) -> None:
    hidden = ("Handed over for investigation", "referred for investigation", "nvestigation")
    assert hidden[0] in page_of(flagged, world.reviewer)
    client = signed_in(world.press_officer)
    for page in (
        page_of(flagged, world.press_officer),
        *(words(client.get(url)) for url in (LIST, reverse("psd:index"))),
        *(words(client.get(verb_url(flagged, verb))) for verb in ("flag-leak", "acknowledge")),
    ):
        for said in hidden:
            assert said not in page, said


def test_officers_who_were_there_learn_nothing_of_it(flagged: Contact, world: World) -> None:
    for who in (world.constable, world.colleague):
        client = signed_in(who)
        for url in (f"/media/{flagged.case.reference}/", "/", reverse("casework:notices")):
            page = words(client.get(url))
            for said in (WHY, TALK, "leak", "shared list", "PSD desk"):
                assert said not in page, (url, said)


@pytest.mark.parametrize("who", ["press_officer", "inspector"])
def test_that_a_challenge_ended_in_a_referral_is_psds_alone(world: World, who: str) -> None:
    contact = logged(world.constable)
    psd = {"by": world.other_reviewer, "now": NOW}
    perform(Verb.CHALLENGE, contact, **psd)
    perform(Verb.ANSWER_CHALLENGE, contact, by=world.constable, now=NOW)
    waiting = page_of(contact, getattr(world, who)).count("How it ended")
    ends = {"disposal": ChallengeDisposal.REFERRED, "note": "It was no accident."}
    perform(Verb.DISPOSE_CHALLENGE, contact, **psd, **ends)
    page = page_of(contact, getattr(world, who))
    for said in ("Referred for investigation", "It was no accident.", "It is open."):
        assert said not in page, said
    assert page.count("How it ended") == waiting == 0
    assert "It was no accident." in page_of(contact, world.reviewer)


# Its verbs, by their forms

LEAK = {"why": WHY}
SENT: dict[Verb, tuple[str, dict[str, Any]]] = {
    Verb.ACKNOWLEDGE: ("press_officer", {}),
    Verb.CORRECT_NAMES: (
        "press_officer",
        {"speakers-0-journalist": "Priya Nayar", "reason": "Her name is spelt so."},
    ),
    Verb.LINK_COVERAGE: (
        "press_officer",
        {
            "headline": "Bikes marked",
            "address": "gazette.example/bikes",
            "outlet": "Northmoor Gazette",
            "published_on_day": TODAY.day,
            "published_on_month": TODAY.month,
            "published_on_year": TODAY.year,
        },
    ),
    Verb.FLAG_LEAK: ("press_officer", LEAK),
    Verb.LIST: ("press_officer", {"reason": TALK}),
    Verb.ASK: ("reviewer", {"field": "about", "text": "Was the operation mentioned?"}),
    Verb.CHALLENGE: ("reviewer", {"text": "Why was this said?", "how": "ask"}),
}


def send(user: User, contact: Contact, verb: Verb, chosen: dict[str, Any]) -> Any:
    """Open the verb's page, fill it in and send it."""
    client, url = signed_in(user), verb_url(contact, verb)
    page = client.get(url)
    assert page.status_code == 200, words(page)
    return client.post(url, filled(words(page), chosen))


@pytest.mark.parametrize("verb", SENT)
def test_a_verb_is_carried_out_by_its_form(verb: Verb, world: World) -> None:
    contact = logged(world.constable)
    who, chosen = SENT[verb]
    if verb == Verb.CHALLENGE:
        chosen = {**chosen, "to": world.constable.pk}
    response = send(getattr(world, who), contact, verb, chosen)
    assert response.status_code == 302, words(response)
    event = Event.objects.get(name=TRANSITIONS[verb].event)
    assert event.about_id == contact.case_id


def test_a_challenge_is_closed_on_the_desk(world: World) -> None:
    contact = logged(world.constable)
    perform(Verb.CHALLENGE, contact, by=world.reviewer, now=NOW)
    perform(Verb.ANSWER_CHALLENGE, contact, by=world.constable, now=NOW)
    chosen = {"disposal": "justified", "note": "It was planned."}
    assert send(world.reviewer, contact, Verb.DISPOSE_CHALLENGE, chosen).status_code == 302
    assert Challenge.objects.get().disposal_note == "It was planned."


def test_names_are_corrected_from_what_they_are(world: World) -> None:
    contact = logged(world.constable, speakers=(PRIYA, TOM))
    client, url = signed_in(world.press_officer), verb_url(contact, Verb.CORRECT_NAMES)
    page = words(client.get(url))
    for name in ("Priya Nair", "Northmoor Gazette", "Tom Hale", "Daily Courier"):
        assert f'value="{name}"' in page, name
    assert reverse("media_contacts:suggest-journalists") in page
    assert reverse("media_contacts:suggest-outlets") in page
    typed = filled(page, {"speakers-1-outlet": "Evening Courier", "reason": "It was the other."})
    more = client.post(url, {**typed, "speakers-ADD": "1"})
    assert 'name="speakers-2-journalist"' in words(more), "a row is added without script"
    fewer = client.post(url, {**typed, "speakers-REMOVE": "0"})
    data = filled(words(fewer), {})
    assert client.post(url, data).status_code == 302
    assert fresh(contact).with_whom == "Tom Hale, Evening Courier"


def test_a_row_of_names_is_not_left_empty(world: World) -> None:
    contact = logged(world.constable)
    empty = {"speakers-0-journalist": "", "speakers-0-outlet": "", "reason": "Nobody."}
    response = send(world.press_officer, contact, Verb.CORRECT_NAMES, empty)
    assert response.status_code == 422
    assert "Say which journalist or outlet" in words(response)
    assert fresh(contact).with_whom == "Priya Nair, Northmoor Gazette"


def test_coverage_kept_of_those_days_is_chosen_not_typed_again(world: World) -> None:
    first, second = logged(world.constable), logged(world.colleague)
    known = with_coverage(first, world.press_officer).coverage_links.get().coverage
    far = replace(COVERAGE, published_on=TODAY + timedelta(days=20), address="", headline="Later")
    perform(Verb.LINK_COVERAGE, first, by=world.press_officer, now=NOW, facts=far)
    page = words(signed_in(world.press_officer).get(verb_url(second, Verb.LINK_COVERAGE)))
    assert str(known) in page
    assert "Later" not in page
    response = send(world.press_officer, second, Verb.LINK_COVERAGE, {"which": known.pk})
    assert response.status_code == 302, words(response)
    assert second.coverage_links.get().coverage == known
    page = words(signed_in(world.press_officer).get(verb_url(second, Verb.LINK_COVERAGE)))
    assert f'value="{known.pk}"' not in page, "what is linked is not offered again"
    assert Coverage.objects.count() == 2


def test_new_coverage_says_what_and_when(world: World) -> None:
    contact = logged(world.constable)
    response = send(world.press_officer, contact, Verb.LINK_COVERAGE, {"address": "not a place"})
    assert response.status_code == 422
    page = words(response)
    for said in ("Enter the headline", "Enter the day it was published", "Enter a valid URL"):
        assert said in page, said


def test_the_form_of_a_flag_says_who_is_told_and_offers_what_is_linked(world: World) -> None:
    contact = with_coverage(logged(world.constable), world.press_officer)
    published = contact.coverage_links.get().coverage
    page = words(signed_in(world.press_officer).get(verb_url(contact, Verb.FLAG_LEAK)))
    assert "Only PSD is told. Nobody who took part in the contact is." in page
    send(world.press_officer, contact, Verb.FLAG_LEAK, {**LEAK, "coverage": published.pk})
    send(world.press_officer, contact, Verb.FLAG_LEAK, {"why": "Again.", "coverage": "none"})
    assert {flag.coverage for flag in LeakFlag.objects.all()} == {published, None}
    assert Referral.objects.count() == 2


def test_what_is_listed_is_not_said_to_be_read_by_the_declarant(world: World) -> None:
    contact = logged(world.constable)
    page = words(signed_in(world.press_officer).get(verb_url(contact, Verb.LIST)))
    assert "The declarant can read it" not in page
    send(world.press_officer, contact, Verb.LIST, {"reason": TALK})
    assert MeetingItem.objects.get().text == TALK


def test_a_stale_form_is_refused(world: World) -> None:
    contact = logged(world.constable)
    url = verb_url(contact, Verb.ACKNOWLEDGE)
    client = signed_in(world.press_officer)
    stale = client.post(url, {"version": contact.case.version + 5})
    assert stale.status_code == 409
    assert fresh(contact).status == Status.LOGGED


# Routing


def asked(**more: Any) -> dict[str, Any]:
    return {
        "journalist": "Priya Nair",
        "outlet": "Northmoor Gazette",
        "about": "The burglary in Mill Lane",
        "received_on_day": TODAY.day,
        "received_on_month": TODAY.month,
        "received_on_year": TODAY.year,
        **more,
    }


def route(client: Client, **more: Any) -> Any:
    return client.post(ROUTE, asked(**more))


def test_the_press_office_finds_the_page_on_its_desk(world: World) -> None:
    client = signed_in(world.press_officer)
    assert ROUTE in words(client.get(reverse("psd:index")))
    page = words(client.get(ROUTE))
    assert filled(page, {})["received_on_day"] == str(timezone.localdate().day)
    for who in (world.reviewer, world.constable, world.administrator):
        assert signed_in(who).get(ROUTE).status_code == 404


@pytest.mark.parametrize(
    "typed",
    ["n7001", "PC N7001 Casey Brook", "casey brook", "Brook", "PC Brook", "constable brook"],
)
def test_a_request_is_routed_to_an_officer_by_number_or_name(world: World, typed: str) -> None:
    officer = builders.person(
        "brook",
        number="N7001",
        first_name="Casey",
        last_name="Brook",
        grade=world.constable.grade,
        force=world.northmoor,
    )
    builders.person("brooke", first_name="Ann", last_name="Brooke", force=world.eastvale)
    response = route(signed_in(world.press_officer), officer=typed)
    assert response.status_code == 302, words(response)
    contact = Contact.objects.get()
    assert response["Location"] == case_url(contact)
    assert (contact.case.subject, contact.status) == (officer, Status.ROUTED)
    assert contact.with_whom == "Priya Nair, Northmoor Gazette"
    assert Notice.objects.get(case=contact.case).recipient == officer


def test_a_request_begins_with_what_another_page_knows(world: World) -> None:
    path = route_path(world.constable, "What was said of the burglary")
    page = words(signed_in(world.press_officer).get(path))
    data = filled(page, {"outlet": "Northmoor Gazette"})
    assert data["about"] == "What was said of the burglary"
    assert signed_in(world.press_officer).post(ROUTE, data).status_code == 302
    assert Contact.objects.get().case.subject == world.constable


def test_a_request_sent_twice_is_routed_once(world: World) -> None:
    client = signed_in(world.press_officer)
    page = words(client.get(ROUTE))
    data = filled(page, asked(officer=world.constable.number))
    places = {client.post(ROUTE, data)["Location"] for _ in range(2)}
    assert places == {case_url(Contact.objects.get())}


def test_after_routing_the_page_says_to_whom(world: World) -> None:
    client = signed_in(world.press_officer)
    page = words(client.post(ROUTE, asked(officer=world.constable.number), follow=True))
    contact = Contact.objects.get()
    assert f"{contact.case.reference}: routed to {world.constable.display}." in page


def test_of_several_people_of_a_name_one_is_chosen_without_script(world: World) -> None:
    one, other = (
        builders.person(f"sam{n}", force=world.northmoor, first_name="Sam", last_name="Field")
        for n in range(2)
    )
    builders.person("sam9", force=world.eastvale, first_name="Sam", last_name="Field")
    client = signed_in(world.press_officer)
    response = route(client, officer="sam field")
    assert response.status_code == 422
    page = words(response)
    assert "More than one person has this name: choose which" in page
    assert one.display in page
    assert other.display in page
    assert "The burglary in Mill Lane" in page, "nothing is typed again"
    data = filled(page, {"which": other.pk})
    assert client.post(ROUTE, data).status_code == 302
    assert Contact.objects.get().case.subject == other


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"officer": "nobody at all"}, "Nobody else who serves in your force"),
        ({"officer": ""}, "Say which officer is to answer"),
        ({"officer": "eastvale"}, "Nobody else who serves in your force"),
        ({"officer": "press officer"}, "Nobody else who serves in your force"),
        ({"officer": "e"}, "Too many people have this name"),
        ({"officer": "sergeant", "journalist": "", "outlet": ""}, "which journalist or outlet"),
        ({"officer": "N0006", "about": ""}, "Say what they ask about"),
        (
            {"officer": "N0006", "received_on_year": "2019"},
            "no policy on media contacts on that day",
        ),
    ],
)
def test_what_a_request_lacks_is_said_on_its_form(
    world: World, more: dict[str, Any], sentence: str
) -> None:
    for number in range(20):
        builders.person(f"eve{number}", force=world.northmoor)
    response = route(signed_in(world.press_officer), **more)
    assert response.status_code == 422
    page = words(response)
    assert sentence in page, page
    assert "Error: " in page
    assert not Contact.objects.exists()


def test_whoever_has_left_is_asked_nothing(world: World) -> None:
    gone = TODAY - timedelta(days=1)
    User.objects.filter(pk=world.constable.pk).update(leaves_on=gone)
    response = route(signed_in(world.press_officer), officer=world.constable.number)
    assert "Nobody else who serves in your force" in words(response)


# Policy rows


def test_a_policy_row_on_a_contact_is_fixed(world: World) -> None:
    client = signed_in(world.psd_head)
    policy = media_policy(force=world.northmoor, effective_from=date(2021, 1, 1))
    assert 'name="log_within_days"' in words(client.get(policy_url(policy)))
    logged(world.constable)
    page = words(client.get(policy_url(policy)))
    assert "This row is frozen on 1 entry; add a new one with a later date." in page
    assert 'name="log_within_days"' not in page
    assert client.post(policy_url(policy), {}).status_code == 403


def test_a_new_policy_row_begins_as_a_copy_with_its_weights(world: World) -> None:
    client = signed_in(world.psd_head)
    own = media_policy(force=world.northmoor, effective_from=date(2021, 1, 1), search_days=9)
    url = f"{ADD_POLICY}?copy={own.pk}"
    data = filled_admin(client.get(url)) | {"effective_from": TODAY.isoformat()}
    response = client.post(url, data)
    assert response.status_code == 302, response.context["errors"]
    copy = MediaPolicy.objects.latest("pk")
    assert (copy.search_days, copy.force) == (9, world.northmoor)
    assert {w.factor: w.points for w in copy.weights.all()} == contacts.WEIGHTS


def test_a_joint_policy_is_changed_by_who_holds_all_its_forces(world: World) -> None:
    policy = MediaPolicy.objects.get(department=world.alliance_psd)
    assert 'name="scope"' not in words(signed_in(world.administrator).get(policy_url(policy)))
    assert 'name="scope"' in words(signed_in(world.psd_head).get(policy_url(policy)))
    for who in (world.harbour_reviewer, world.press_officer):
        assert signed_in(who).get(policy_url(policy)).status_code in (403, 404)
