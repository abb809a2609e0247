"""Every write of the register: whole or not at all, once however often it is sent, told to whom it should."""

import inspect
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from integrity.audit.models import Audience, Event
from integrity.casework.case_page import links_of
from integrity.casework.enums import ChallengeDisposal, DeadlineKind, Phase, ReferralSource
from integrity.casework.models import Attachment, Case, CaseVersion, Deadline, Notice, Referral
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.gifts import actions as gifts
from registers.gifts.models import Offer
from registers.media_contacts import actions
from registers.media_contacts.enums import Basis, Evidence, OffRecord, Status, Verb
from registers.media_contacts.facts import CoverageFacts, Speaker
from registers.media_contacts.handlers import HANDLERS, ON_PAGES_OF_THEIR_OWN
from registers.media_contacts.models import (
    Contact,
    Coverage,
    Journalist,
    LeakFlag,
    MeetingItem,
    Outlet,
    SampledWeek,
)
from registers.organisations.models import Organisation
from tests import builders, contacts
from tests.builders import NOW, TODAY, World
from tests.contacts import CALL, COVERAGE, LATER, OFF_RECORD, PRIYA, TOM, contact_in, perform
from tests.plugins.database import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

Do = Callable[[], object]
MONDAY, SUNDAY = date(2026, 6, 1), date(2026, 6, 7)
QUARTER = date(2026, 1, 1)


def fresh(contact: Contact) -> Contact:
    return Contact.objects.with_all().get(pk=contact.pk)


def told(contact: Contact) -> list[tuple[User, str]]:
    """Who was told what of a contact, in order."""
    notices = Notice.objects.filter(case=contact.case).select_related("recipient").order_by("pk")
    return [(each.recipient, each.subject.split(": ", 1)[1]) for each in notices]


def tasks(contact: Contact) -> dict[str, tuple[User | None, date]]:
    """Each open task of a contact: whose, and by when."""
    found = Deadline.objects.open().filter(case=contact.case).select_related("owner")
    return {each.kind: (each.owner, each.due_on) for each in found}


def coverage(w: World, **fields: Any) -> Coverage:
    facts = replace(COVERAGE, **fields)
    return actions.add_coverage(facts=facts, force=w.northmoor, by=w.press_officer, now=NOW)


def sample(w: World, size: int = 3, seed: int | None = 7) -> list[SampledWeek]:
    drawn = actions.draw_sample(
        force=w.northmoor,
        starts_on=MONDAY,
        ends_on=SUNDAY,
        size=size,
        seed=seed,
        by=w.press_officer,
        now=NOW,
    )
    return list(drawn.weeks.select_related("officer"))


# Whole or not at all


def _verb(verb: Verb, status: Status, by: str) -> Callable[[World], Do]:
    def ready(w: World) -> Do:
        contact = contact_in(status, w)
        return lambda: perform(verb, contact, by=getattr(w, by))

    return ready


def _challenged(verb: Verb, by: str) -> Callable[[World], Do]:
    def ready(w: World) -> Do:
        contact = contacts.log(w.constable)
        perform(Verb.CHALLENGE, contact, by=w.psd_head)
        if verb == Verb.DISPOSE_CHALLENGE:
            perform(Verb.ANSWER_CHALLENGE, contact, by=w.constable)
        return lambda: perform(verb, contact, by=getattr(w, by))

    return ready


def _typed(w: World) -> Do:
    contact = contacts.log(w.constable, by=w.staff_officer)
    return lambda: perform(Verb.CONFIRM, contact, by=w.constable)


def _flag_coverage(w: World) -> Do:
    found = coverage(w)
    return lambda: actions.flag_coverage(found, why="Who said so?", by=w.press_officer, now=NOW)


def _check_week(w: World) -> Do:
    week = sample(w, 1)[0]
    return lambda: actions.check_week(
        week, evidence=Evidence.DIARY, shown=2, note="", by=w.press_officer, now=NOW
    )


READY: dict[str, Callable[[World], Do]] = {
    "acknowledge": _verb(Verb.ACKNOWLEDGE, Status.LOGGED, "press_officer"),
    "add_coverage": lambda w: lambda: coverage(w),
    "answer": _verb(Verb.ANSWER, Status.QUERIED, "constable"),
    "answer_challenge": _challenged(Verb.ANSWER_CHALLENGE, "constable"),
    "ask": _verb(Verb.ASK, Status.LOGGED, "press_officer"),
    "challenge": _verb(Verb.CHALLENGE, Status.LOGGED, "psd_head"),
    "check_week": _check_week,
    "complete": _verb(Verb.COMPLETE, Status.ROUTED, "constable"),
    "confirm": _typed,
    "correct": _verb(Verb.CORRECT, Status.ACKNOWLEDGED, "constable"),
    "correct_names": _verb(Verb.CORRECT_NAMES, Status.LOGGED, "press_officer"),
    "dispose_challenge": _challenged(Verb.DISPOSE_CHALLENGE, "psd_head"),
    "draw_sample": lambda w: lambda: sample(w),
    "flag_coverage": _flag_coverage,
    "flag_leak": _verb(Verb.FLAG_LEAK, Status.LOGGED, "press_officer"),
    "link_coverage": _verb(Verb.LINK_COVERAGE, Status.LOGGED, "press_officer"),
    "log": lambda w: lambda: contacts.log(w.constable, contacts.embargoed(hospitality=True)),
    "no_contact": _verb(Verb.NO_CONTACT, Status.ROUTED, "constable"),
    "put_on_the_list": _verb(Verb.LIST, Status.LOGGED, "press_officer"),
    "route": lambda w: lambda: contacts.route(w.constable, by=w.press_officer),
    "state_quarter": lambda w: (
        lambda: actions.state_quarter(officer=w.chief, quarter=QUARTER, by=w.chief, now=NOW)
    ),
    "withdraw": _verb(Verb.WITHDRAW, Status.LOGGED, "constable"),
}
# Their rows are entries of the ledger by themselves; they record no event besides.
WITHOUT_AN_EVENT = {"add_meeting_item", "begin_offer", "close_meeting_item", "keep_quotations"}


@contextmanager
def ledger_closed() -> Iterator[None]:
    """The owner takes from the site the right to record events."""
    with as_owner() as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION audit_record(text) FROM app")
        try:
            yield
        finally:
            owner.execute("GRANT EXECUTE ON FUNCTION audit_record(text) TO app")


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of ours, the queue included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ "
            "'^(audit|people|casework|gifts|media_contacts|organisations)_|^procrastinate_jobs$'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608
            found[table] = cursor.fetchall()
    return found


def test_every_action_can_be_made_ready_here() -> None:
    own = {name for name in actions.__all__ if "import" not in name}
    assert own == set(READY) | WITHOUT_AN_EVENT, "give each new action of the register a scene"


@pytest.mark.parametrize("name", READY)
def test_nothing_of_an_action_remains_when_its_event_cannot_be_written(
    name: str, world: World
) -> None:
    do = READY[name](world)
    before = everything()
    with ledger_closed(), pytest.raises(DatabaseError, match="denied for function audit_record"):
        do()
    assert everything() == before
    do()
    assert everything() != before


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_has_a_form_and_an_action_or_a_page_of_its_own(verb: Verb) -> None:
    assert (verb in HANDLERS) != (verb in ON_PAGES_OF_THEIR_OWN)
    if verb in HANDLERS:
        _, action = HANDLERS[verb]
        assert action.__name__ in actions.__all__


@pytest.mark.parametrize("name", sorted({*READY, *WITHOUT_AN_EVENT}))
def test_an_action_says_who_and_when_by_name(name: str) -> None:
    action = getattr(actions, name)
    hints = typing.get_type_hints(action)
    assert hints["now"] is datetime
    assert hints["by"] in (User, User | None)
    first = ("contact", "record", "coverage", "week", "item")
    for each in inspect.signature(action).parameters.values():
        if each.name not in first:
            assert each.kind is inspect.Parameter.KEYWORD_ONLY, f"{name}({each.name})"


STALE = [
    (verb, status, by)
    for verb, status, by in (
        (Verb.ACKNOWLEDGE, Status.LOGGED, "press_officer"),
        (Verb.CORRECT_NAMES, Status.LOGGED, "press_officer"),
        (Verb.LINK_COVERAGE, Status.LOGGED, "press_officer"),
        (Verb.FLAG_LEAK, Status.LOGGED, "press_officer"),
        (Verb.LIST, Status.LOGGED, "press_officer"),
        (Verb.ASK, Status.LOGGED, "press_officer"),
        (Verb.ANSWER, Status.QUERIED, "constable"),
        (Verb.CHALLENGE, Status.LOGGED, "psd_head"),
        (Verb.CORRECT, Status.LOGGED, "constable"),
        (Verb.WITHDRAW, Status.LOGGED, "constable"),
        (Verb.COMPLETE, Status.ROUTED, "constable"),
        (Verb.NO_CONTACT, Status.ROUTED, "constable"),
    )
]


@pytest.mark.parametrize(("verb", "status", "by"), STALE)
def test_a_stale_page_changes_nothing(verb: Verb, status: Status, by: str, world: World) -> None:
    contact = contact_in(status, world)
    before = everything()
    with pytest.raises(Conflict) as conflict:
        perform(verb, contact, by=getattr(world, by), version=contact.case.version + 1)
    assert conflict.value.current == contact.case.version
    assert everything() == before


# Logging


def test_a_contact_keeps_what_was_stated(world: World) -> None:
    facts = contacts.embargoed(
        speakers=(PRIYA, TOM, Speaker("Ann Roe")),
        place="The market square",
        off_record=OffRecord.ASKED,
        responsible=False,
        explanation="Nobody else was there.",
        hospitality=True,
    )
    contact = fresh(contacts.log(world.constable, facts))
    assert contact.status == Status.LOGGED
    assert (contact.contacted_on, contact.contacted_at) == (CALL.contacted_on, CALL.contacted_at)
    assert contact.with_whom == "Priya Nair, Northmoor Gazette; Tom Hale, Daily Courier; Ann Roe"
    assert (contact.basis, contact.embargo_until) == (Basis.EMBARGOED, LATER)
    assert (contact.responsible, contact.policing_purpose) == (False, True)
    assert contact.agreement == Attachment.objects.get(case=contact.case)
    assert contact.case.risk == 15 + 5 + 12  # not responsible, off the record asked for, offered


def test_the_press_office_is_set_its_task_and_the_author_has_a_receipt(world: World) -> None:
    contact = contacts.log(world.constable)
    assert tasks(contact) == {DeadlineKind.ACKNOWLEDGE: (None, TODAY + timedelta(days=3))}
    assert told(contact) == [(world.constable, "we have your entry")]
    event = Event.objects.get(about_id=contact.case_id, name="contact logged")
    assert event.facts["stated"]["with"] == [
        {"journalist": "Priya Nair", "outlet": "Northmoor Gazette"}
    ]


def test_one_contact_of_three_officers_and_two_journalists_is_one_case(world: World) -> None:
    there = (world.colleague.pk, world.sergeant.pk)
    contact = contacts.log(world.constable, officers=there, speakers=(PRIYA, TOM))
    assert Case.objects.filter(register="media_contacts").count() == 1
    assert Contact.objects.count() == 1
    assert {each.officer for each in contact.other_officers.all()} == {
        world.colleague,
        world.sergeant,
    }
    assert contact.speakers.count() == 2
    for officer in (world.constable, world.colleague, world.sergeant):
        assert Contact.objects.visible_to(builders.read_anew(officer)).get() == contact
    assert told(contact)[1:] == [
        (world.colleague, "a contact you took part in was logged"),
        (world.sergeant, "a contact you took part in was logged"),
    ]


def test_whoever_it_is_about_is_not_among_the_others(world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.constable.pk, world.colleague.pk))
    assert [each.officer for each in contact.other_officers.all()] == [world.colleague]


@pytest.mark.parametrize("who", ["eastvale_constable", "body_member"])
def test_others_are_of_the_same_force(who: str, world: World) -> None:
    with pytest.raises(Denied, match="your own force"):
        contacts.log(world.constable, officers=(getattr(world, who).pk,))


def test_outlets_and_journalists_are_not_doubled_by_spelling(world: World) -> None:
    for journalist, outlet in (
        ("Priya Nair", "Northmoor Gazette"),
        ("priya  nair", "The Northmoor Gazette"),
        ("PRIYA NAIR", "northmoor gazette ltd"),
    ):
        contacts.log(world.constable, speakers=(Speaker(journalist, outlet),))
    assert Journalist.objects.count() == 1
    assert Outlet.objects.count() == Organisation.objects.count() == 1
    assert Journalist.objects.get().appearances.count() == 3
    assert {contact.with_whom for contact in Contact.objects.all()} == {
        "Priya Nair, Northmoor Gazette"
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"speakers": ()}, "with which journalist or outlet"),
        ({"contacted_on": TODAY + timedelta(days=1)}, "today or earlier"),
        ({"contacted_on": TODAY - timedelta(days=9)}, "say why it is late"),
        ({"basis": Basis.EMBARGOED}, "when the embargo lifts"),
        ({"basis": Basis.EMBARGOED, "embargo_until": LATER}, "signed embargo agreement"),
        ({"embargo_until": LATER}, "Only an embargoed contact"),
        ({"responsible": False}, "why you spoke to them all the same"),
        ({"contacted_on": date(2019, 1, 1)}, "no policy on media contacts on that day"),
    ],
)
def test_what_lacks_something_is_refused_whole(
    fields: dict[str, Any], sentence: str, world: World
) -> None:
    before = everything()
    with pytest.raises(Denied, match=sentence):
        contacts.log(world.constable, **fields)
    assert everything() == before


def test_a_late_contact_is_taken_and_says_why(world: World) -> None:
    contact = contacts.log(
        world.constable, contacted_on=TODAY - timedelta(days=5), late_reason="I was on leave."
    )
    assert (contact.days_late, contact.late_reason) == (3, "I was on leave.")
    assert contact.case.risk == 4


def test_a_reason_for_lateness_is_dropped_where_it_is_in_time(world: World) -> None:
    assert contacts.log(world.constable, late_reason="I was on leave.").late_reason == ""


def test_the_principal_is_told_of_what_was_typed_for_them_and_confirms(world: World) -> None:
    contact = contacts.log(world.assistant_chief, by=world.staff_officer)
    assert tasks(contact)[DeadlineKind.CONFIRM] == (
        world.assistant_chief,
        TODAY + timedelta(days=7),
    )
    assert (world.assistant_chief, "an entry was made for you") in told(contact)
    contact = perform(Verb.CONFIRM, contact, by=world.assistant_chief)
    assert contact.case.confirmed_by == world.assistant_chief
    assert DeadlineKind.CONFIRM not in tasks(contact)
    assert told(contact)[-1] == (world.staff_officer, "the entry you made was confirmed")
    perform(Verb.CORRECT, contact, by=world.staff_officer)
    assert fresh(contact).case.awaits_confirmation


def test_the_same_key_twice_returns_the_first(world: World) -> None:
    key = uuid4()
    said = {"facts": CALL, "now": NOW, "idempotency_key": key}
    first = actions.log(subject=world.constable, by=world.constable, **said)
    before = everything()
    again = actions.log(subject=world.constable, by=world.constable, **said)
    assert again == first
    assert everything() == before
    other = actions.log(subject=world.colleague, by=world.colleague, **said)
    assert other != first, "a key is its author's own"


# Hospitality opens an offer


def hosted(world: World, **fields: Any) -> Contact:
    return contacts.log(world.constable, speakers=(PRIYA,), hospitality=True, **fields)


def test_hospitality_opens_a_draft_of_an_offer(world: World) -> None:
    contact = hosted(world)
    draft = contact.case.drafts_opened.get()
    assert (draft.user, draft.register) == (world.constable, "gifts")
    offer = draft.data["offer"]
    assert offer["offered_on"] == [TODAY.isoformat()]
    assert offer["organisation"] == ["Northmoor Gazette"]
    assert offer["provider_kind"] == ["media"]
    assert contact.case.reference in offer["circumstances"][0]
    assert tasks(contact)[DeadlineKind.DECLARE_OFFER] == (
        world.constable,
        TODAY + timedelta(days=7),
    )


def test_without_an_outlet_the_offer_is_the_journalists(world: World) -> None:
    contact = contacts.log(world.constable, speakers=(Speaker("Ann Roe"),), hospitality=True)
    offer = contact.case.drafts_opened.get().data["offer"]
    assert (offer["provider"], offer["person"]) == (["person"], ["Ann Roe"])


def declare(contact: Contact, by: User) -> Offer:
    return gifts.declare(
        facts=builders.facts(offered_on=contact.contacted_on),
        subject=by,
        by=by,
        now=NOW,
        opened_from=contact.case,
    )


def test_once_declared_both_pages_link_to_each_other_and_the_task_is_done(world: World) -> None:
    contact = hosted(world)
    offer = declare(contact, world.constable)
    assert DeadlineKind.DECLARE_OFFER not in tasks(contact)
    assert DeadlineKind.ACKNOWLEDGE in tasks(contact)
    for reader in (world.constable, builders.read_anew(world.reviewer)):
        there = links_of(reader, contact.case)
        back = links_of(reader, offer.case)
        assert [link.reference for link in there] == [offer.case.reference]
        assert [link.reference for link in back] == [contact.case.reference]
    assert links_of(world.press_officer, contact.case) == [], "offers are not the press office's"


def test_acknowledging_leaves_the_offer_to_be_declared(world: World) -> None:
    contact = perform(Verb.ACKNOWLEDGE, hosted(world), by=world.press_officer)
    assert set(tasks(contact)) == {DeadlineKind.DECLARE_OFFER}


def test_others_are_told_to_declare_what_they_were_offered(world: World) -> None:
    contact = hosted(world, officers=(world.colleague.pk,))
    notice = Notice.objects.get(case=contact.case, recipient=world.colleague)
    assert "declare what you were offered" in notice.body


def test_each_who_took_part_begins_an_offer_of_their_own(world: World) -> None:
    contact = hosted(world, officers=(world.colleague.pk,))
    declare(contact, world.constable)
    assert actions.begin_offer(contact, by=world.colleague, now=NOW) is not None
    theirs = contact.case.drafts_opened.get(user=world.colleague)
    assert theirs.data["offer"]["organisation"] == ["Northmoor Gazette"]
    assert tasks(contact)[DeadlineKind.DECLARE_OFFER][0] == world.colleague
    declare(contact, world.colleague)
    assert DeadlineKind.DECLARE_OFFER not in tasks(contact)
    assert contact.case.linked_from.count() == 2


def test_nobody_else_begins_an_offer_and_none_where_nothing_was_offered(world: World) -> None:
    with pytest.raises(Denied, match="Only somebody who took part"):
        actions.begin_offer(hosted(world), by=world.colleague, now=NOW)
    with pytest.raises(Denied, match="nothing was offered"):
        actions.begin_offer(contacts.log(world.constable), by=world.constable, now=NOW)


def test_a_correction_opens_an_offer_once(world: World) -> None:
    contact = contacts.log(world.constable)
    offered = replace(CALL, hospitality=True)
    contact = perform(Verb.CORRECT, contact, by=world.constable, facts=offered)
    declare(contact, world.constable)
    more = replace(offered, about="Bike marking and tea")
    contact = perform(Verb.CORRECT, contact, by=world.constable, facts=more)
    assert contact.case.drafts_opened.count() == 1
    assert DeadlineKind.DECLARE_OFFER not in tasks(contact)


# Requests


def test_a_routed_request_waits_for_the_officer(world: World) -> None:
    contact = contact_in(Status.ROUTED, world)
    assert (contact.case.subject, contact.case.author) == (world.constable, world.constable)
    assert (contact.routed_by, contact.case.phase) == (world.press_officer, Phase.WAITING)
    assert tasks(contact) == {
        DeadlineKind.RECORD_OUTCOME: (world.constable, TODAY + timedelta(days=2))
    }
    assert told(contact) == [
        (world.constable, "the press office passes a journalist’s request to you")
    ]


def test_a_request_says_who_asked(world: World) -> None:
    facts = contacts.RequestFacts(received_on=TODAY, speaker=Speaker(), about="The burglary")
    with pytest.raises(Denied, match="which journalist or outlet asked"):
        actions.route(facts=facts, officer=world.constable, by=world.press_officer, now=NOW)
    assert not Case.objects.filter(register="media_contacts").exists()


def test_once_said_what_happened_the_press_office_acknowledges(world: World) -> None:
    contact = perform(Verb.COMPLETE, contact_in(Status.ROUTED, world), by=world.constable)
    assert (contact.status, contact.case.phase) == (Status.LOGGED, Phase.OPEN)
    assert set(tasks(contact)) == {DeadlineKind.ACKNOWLEDGE}
    assert CaseVersion.objects.get(case=contact.case).facts["about"] == "The burglary in Mill Lane"


def test_no_contact_ends_it_and_whoever_routed_it_is_told(world: World) -> None:
    contact = contact_in(Status.NO_CONTACT, world)
    assert (tasks(contact), contact.case.phase) == ({}, Phase.CLOSED)
    assert told(contact)[-1] == (world.press_officer, "no contact took place")


# The press office


def test_acknowledging_says_who_and_ends_the_task(world: World) -> None:
    contact = contact_in(Status.ACKNOWLEDGED, world)
    assert (contact.acknowledged_by, contact.acknowledged_at) == (world.press_officer, NOW)
    assert (tasks(contact), contact.case.phase) == ({}, Phase.CLOSED)


def test_a_correction_is_acknowledged_again(world: World) -> None:
    contact = perform(Verb.CORRECT, contact_in(Status.ACKNOWLEDGED, world), by=world.constable)
    assert (contact.status, contact.acknowledged_by) == (Status.LOGGED, None)
    assert set(tasks(contact)) == {DeadlineKind.ACKNOWLEDGE}
    kept = CaseVersion.objects.get(case=contact.case)
    assert (kept.number, kept.facts["about"]) == (1, "Bike marking on Saturday")


def test_a_correction_that_changes_nothing_is_refused(world: World) -> None:
    with pytest.raises(Denied, match="Nothing was changed"):
        perform(Verb.CORRECT, contacts.log(world.constable), by=world.constable, facts=CALL)


def test_corrected_names_keep_what_was_written_and_tell_everybody_there(world: World) -> None:
    contact = contacts.log(
        world.assistant_chief, by=world.staff_officer, officers=(world.colleague.pk,)
    )
    before = len(told(contact))
    contact = perform(Verb.CORRECT_NAMES, contact, by=world.press_officer)
    assert fresh(contact).with_whom == "Tom Hale, Daily Courier"
    kept = CaseVersion.objects.get(case=contact.case)
    assert kept.facts["with"] == [{"journalist": "Priya Nair", "outlet": "Northmoor Gazette"}]
    assert (kept.reason, kept.replaced_by) == ("It was the Courier.", world.press_officer)
    assert {who for who, _ in told(contact)[before:]} == {
        world.assistant_chief,
        world.staff_officer,
        world.colleague,
    }
    assert contact.status == Status.LOGGED


def test_names_that_were_struck_come_back_with_a_later_correction(world: World) -> None:
    contact = contacts.log(world.constable, speakers=(PRIYA, TOM))
    for speakers in ((TOM,), (PRIYA, TOM)):
        perform(Verb.CORRECT_NAMES, contact, by=world.press_officer, speakers=speakers)
        shown = "; ".join(str(speaker) for speaker in speakers)
        assert fresh(contact).with_whom == shown


@pytest.mark.parametrize(
    ("speakers", "sentence"),
    [
        ((PRIYA,), "Nothing was changed"),
        ((Speaker(),), "at least one journalist"),
        ((), "at least"),
    ],
)
def test_names_are_corrected_to_other_names(
    speakers: tuple[Speaker, ...], sentence: str, world: World
) -> None:
    contact = contacts.log(world.constable)
    with pytest.raises(Denied, match=sentence):
        perform(Verb.CORRECT_NAMES, contact, by=world.press_officer, speakers=speakers)


def test_coverage_is_kept_once_by_its_address(world: World) -> None:
    first = coverage(world, text="")
    again = coverage(world, headline="The same")
    assert (again, again.text) == (first, COVERAGE.text)
    assert coverage(world, address="") != coverage(world, address="")


def test_coverage_is_linked_once_new_or_known(world: World) -> None:
    contact = perform(Verb.LINK_COVERAGE, contacts.log(world.constable), by=world.press_officer)
    known = coverage(world)
    assert contact.coverage_links.get().coverage == known
    with pytest.raises(Denied, match="linked to this contact already"):
        perform(Verb.LINK_COVERAGE, contact, by=world.press_officer, facts=None, coverage=known)
    other = contacts.log(world.colleague)
    perform(Verb.LINK_COVERAGE, other, by=world.press_officer, facts=None, coverage=known)
    assert known.contact_links.count() == 2
    assert Coverage.objects.count() == 1


def test_coverage_of_another_force_is_not_linked(world: World) -> None:
    builders.grant(world.eastvale_constable, Role.PRESS_OFFICE, force=world.eastvale)
    theirs = actions.add_coverage(
        facts=COVERAGE,
        force=world.eastvale,
        by=builders.read_anew(world.eastvale_constable),
        now=NOW,
    )
    contact = contacts.log(world.constable)
    for given in ({"coverage": theirs}, {}):
        with pytest.raises(Denied, match="Choose the coverage"):
            perform(Verb.LINK_COVERAGE, contact, by=world.press_officer, facts=None, **given)


def test_coverage_has_a_headline(world: World) -> None:
    facts = CoverageFacts(published_on=TODAY, headline="")
    with pytest.raises(Denied, match="Give the headline"):
        perform(
            Verb.LINK_COVERAGE, contacts.log(world.constable), by=world.press_officer, facts=facts
        )


# A possible leak: PSD's to know, and nobody's who took part


def test_a_flag_leaves_nothing_that_anybody_there_can_see(world: World) -> None:
    contact = contacts.log(
        world.constable, by=world.staff_officer, officers=(world.colleague.pk, world.psd_head.pk)
    )
    perform(Verb.LINK_COVERAGE, contact, by=world.press_officer)
    version, status = fresh(contact).case.version, contact.status
    before = told(contact)
    events = set(Event.objects.filter(audience=Audience.CASE).values_list("pk", flat=True))
    open_tasks = tasks(contact)
    perform(Verb.FLAG_LEAK, contact, by=world.press_officer, version=version)
    after = fresh(contact)
    assert (after.case.version, after.status) == (version, status)
    assert told(contact) == before, "the head of PSD was there, so that nobody is told"
    assert set(Event.objects.filter(audience=Audience.CASE).values_list("pk", flat=True)) == events
    assert tasks(contact) == open_tasks


def test_a_flag_is_referred_and_psds_head_is_told_so_in_veiled_words(world: World) -> None:
    contact = contacts.log(world.constable)
    before = len(told(contact))
    perform(Verb.FLAG_LEAK, contact, by=world.press_officer)
    assert told(contact)[before:] == [(world.psd_head, "something waits for you on the PSD desk")]
    flag, referral = LeakFlag.objects.get(), Referral.objects.get()
    assert (flag.contact, flag.flagged_by) == (contact, world.press_officer)
    assert (referral.case, referral.person) == (contact.case, world.constable)
    assert (referral.source, referral.reason) == (ReferralSource.LEAK_FLAG, flag.why)
    names = ["possible leak flagged", "referred for investigation"]
    found = Event.objects.filter(name__in=names, about_id=contact.case_id)
    assert {event.audience for event in found} == {Audience.PSD}
    assert found.count() == 2


@pytest.mark.parametrize(
    ("outlet", "suggests"),
    [
        (contacts.GAZETTE, "disclosure/local_media"),
        ("Daily Courier", "disclosure/national_media"),
        ("A blog", "disclosure"),
    ],
)
def test_a_flag_suggests_the_sort_of_disclosure_by_whom_the_outlet_reaches(
    outlet: str, suggests: str, world: World
) -> None:
    contacts.outlets(world)
    contact = contacts.log(world.constable, speakers=(Speaker("Ann Roe", outlet),))
    perform(Verb.FLAG_LEAK, contact, by=world.press_officer)
    assert Referral.objects.get().suggests == suggests


def test_a_flag_by_its_coverage_goes_by_the_outlet_that_published(world: World) -> None:
    contacts.outlets(world)
    contact = perform(Verb.LINK_COVERAGE, contacts.log(world.constable), by=world.press_officer)
    published = contact.coverage_links.get().coverage
    Coverage.objects.filter(pk=published.pk).update(
        outlet=Organisation.objects.get(name=TOM.outlet)
    )
    published.refresh_from_db()
    perform(Verb.FLAG_LEAK, contact, by=world.press_officer, coverage=published)
    referral = Referral.objects.get()
    assert referral.suggests == "disclosure/national_media"
    assert "Published: Bikes marked in the park" in referral.reason


def test_a_flag_is_made_once(world: World) -> None:
    contact = contacts.log(world.constable)
    perform(Verb.FLAG_LEAK, contact, by=world.press_officer)
    with pytest.raises(Denied, match="flagged this already"):
        perform(Verb.FLAG_LEAK, contact, by=world.press_officer)
    perform(Verb.FLAG_LEAK, contact, by=world.press_colleague)
    assert LeakFlag.objects.count() == 2


def test_an_article_of_another_force_is_no_evidence_here(world: World) -> None:
    contact = contact_in(Status.LOGGED, world)
    theirs = Coverage.objects.create(
        force=world.harbour,
        headline="Boats",
        published_on=TODAY,
        added_at=NOW,
        added_by=world.harbour_reviewer,
    )
    with pytest.raises(Denied, match="kept by another force"):
        perform(Verb.FLAG_LEAK, contact, by=world.press_officer, coverage=theirs)
    assert not LeakFlag.objects.exists()


def test_coverage_alone_is_flagged_without_a_source(world: World) -> None:
    found = coverage(world)
    for refused in ("", "Who said so?"):
        if refused:
            actions.flag_coverage(found, why=refused, by=world.press_officer, now=NOW)
        with pytest.raises(Denied):
            actions.flag_coverage(found, why=refused, by=world.press_officer, now=NOW)
    referral = Referral.objects.get()
    assert (referral.case, referral.person, referral.force) == (None, None, world.northmoor)
    assert COVERAGE.address in referral.reason
    assert LeakFlag.objects.get().contact is None


def test_what_is_listed_for_the_meeting_is_not_the_officers_to_see(world: World) -> None:
    contact = contacts.log(world.constable)
    before = told(contact)
    perform(Verb.LIST, contact, by=world.press_officer)
    perform(Verb.LIST, contact, by=world.reviewer)
    assert told(contact) == before
    assert fresh(contact).case.version == contact.case.version
    assert {item.added_by for item in MeetingItem.objects.all()} == {
        world.press_officer,
        world.reviewer,
    }
    found = Event.objects.filter(name="put on the shared list")
    assert {event.audience for event in found} == {Audience.PSD}


def test_a_line_of_the_list_is_closed_once_with_its_result(world: World) -> None:
    with pytest.raises(Denied, match="what is to be talked over"):
        actions.add_meeting_item(force=world.northmoor, text="", by=world.press_officer, now=NOW)
    item = actions.add_meeting_item(
        force=world.northmoor, text="The football", by=world.press_officer, now=NOW
    )
    close: dict[str, Any] = {"by": world.reviewer, "now": NOW}
    with pytest.raises(Denied, match="what the meeting made of it"):
        actions.close_meeting_item(item, result="", **close)
    closed = actions.close_meeting_item(item, result="PSD speaks to the club.", **close)
    assert (closed.discussed_by, closed.discussed_at) == (world.reviewer, NOW)
    with pytest.raises(Denied, match="dealt with this already"):
        actions.close_meeting_item(item, result="Again.", **close)


# Questions and challenges


def test_the_press_office_asks_and_the_answer_comes_back_to_it(world: World) -> None:
    contact = contact_in(Status.QUERIED, world)
    assert (world.constable, "The press office asks you a question") in told(contact)
    task = Deadline.objects.open().get(case=contact.case, kind=DeadlineKind.ANSWER_QUESTION)
    assert task.what == "Answer the press office’s question"
    contact = perform(Verb.ANSWER, contact, by=world.constable)
    assert contact.status == Status.LOGGED
    assert told(contact)[-1] == (world.press_officer, "the declarant has answered")
    assert set(tasks(contact)) == {DeadlineKind.ACKNOWLEDGE}


def test_psd_asks_as_psd(world: World) -> None:
    contact = perform(Verb.ASK, contacts.log(world.constable), by=world.reviewer)
    assert (world.constable, "PSD asks you a question") in told(contact)


def test_a_challenge_that_ends_in_a_referral_is_told_to_nobody_there(world: World) -> None:
    contact = contacts.log(world.constable)
    perform(Verb.CHALLENGE, contact, by=world.reviewer)
    perform(Verb.ANSWER_CHALLENGE, contact, by=world.constable)
    version = fresh(contact).case.version
    before = len(told(contact))
    perform(
        Verb.DISPOSE_CHALLENGE,
        contact,
        by=world.reviewer,
        disposal=ChallengeDisposal.REFERRED,
    )
    assert {who for who, _ in told(contact)[before:]} == {world.psd_head}
    assert fresh(contact).case.version == version


def test_withdrawing_keeps_the_entry_ends_its_tasks_and_tells_who_was_there(world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.colleague.pk,))
    contact = perform(Verb.WITHDRAW, contact, by=world.constable)
    assert (tasks(contact), contact.case.phase) == ({}, Phase.WITHDRAWN)
    assert told(contact)[-1] == (world.colleague, "an entry was withdrawn")


def test_a_legacy_contact_that_is_stated_anew_is_legacy_no_longer(world: World) -> None:
    contact = contacts.log(world.constable, OFF_RECORD)
    Contact.objects.filter(pk=contact.pk).update(legacy=True, press_office_told=None)
    contact = perform(Verb.CORRECT, contact, by=world.constable)
    assert not contact.legacy


# Compliance


def test_a_sample_is_drawn_outside_the_press_office_and_again_by_its_seed(world: World) -> None:
    everybody = [week.officer for week in sample(world, 500)]
    assert len(set(everybody)) == len(everybody) > 10
    assert not {world.press_officer, world.press_colleague} & set(everybody)
    assert {officer.force for officer in everybody} == {world.northmoor}
    drawn = [[week.officer_id for week in sample(world, 4, seed)] for seed in (5, 5, 6)]
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ((MONDAY, TODAY + timedelta(days=1)), "The period must be over"),
        ((MONDAY, SUNDAY - timedelta(days=1)), "no whole week"),
        ((date(2018, 1, 1), date(2018, 1, 7)), "Nobody works outside the press office"),
    ],
)
def test_a_sample_is_of_whole_weeks_that_are_over(
    period: tuple[date, date], sentence: str, world: World
) -> None:
    starts_on, ends_on = period
    with pytest.raises(Denied, match=sentence):
        actions.draw_sample(
            force=world.northmoor,
            starts_on=starts_on,
            ends_on=ends_on,
            size=2,
            by=world.press_officer,
            now=NOW,
        )


def test_a_week_is_checked_once_against_what_was_logged(world: World) -> None:
    week = next(each for each in sample(world, 500) if each.officer == world.constable)
    late = {"late_reason": "I was on leave."}
    for day in (MONDAY, SUNDAY, SUNDAY + timedelta(days=1)):
        contacts.log(world.constable, contacted_on=day, **late)
    contacts.log(world.colleague, contacted_on=MONDAY, officers=(world.constable.pk,), **late)
    said = {"evidence": Evidence.TELEPHONE, "shown": 5, "note": "Two calls to the Gazette."}
    week = actions.check_week(week, by=world.press_officer, now=NOW, **said)
    assert (week.logged, week.shown, week.missing) == (3, 5, 2)
    with pytest.raises(Denied, match="has been checked"):
        actions.check_week(week, by=world.press_officer, now=NOW, **said)


def test_whom_coverage_quotes_is_kept_and_the_newest_answer_stands(world: World) -> None:
    found, contact = coverage(world), contacts.log(world.constable)
    for answer in (None, contact):
        (kept,) = actions.keep_quotations(
            found, found={world.constable: answer}, by=world.press_officer, now=NOW
        )
    assert (kept.officer, kept.contact) == (world.constable, contact)
    assert found.quotations.count() == 1
    for nobody in ({}, {world.eastvale_constable: None}):
        with pytest.raises(Denied):
            actions.keep_quotations(found, found=nobody, by=world.press_officer, now=NOW)


def test_a_quarter_that_is_over_is_stated_once_and_none_is_stated_too(world: World) -> None:
    nil = actions.state_quarter(officer=world.chief, quarter=QUARTER, by=world.chief, now=NOW)
    assert (nil.contacts, nil.nil) == (0, True)
    contacts.log(world.deputy_chief, contacted_on=date(2026, 3, 31), late_reason="I was on leave.")
    stated = actions.state_quarter(
        officer=world.deputy_chief, quarter=QUARTER, by=world.press_officer, now=NOW
    )
    assert (stated.contacts, stated.nil) == (1, False)
    for quarter, sentence in (
        (QUARTER, "has been stated"),
        (date(2026, 2, 1), "begins on the first day"),
        (date(2026, 4, 1), "not over yet"),
    ):
        with pytest.raises(Denied, match=sentence):
            actions.state_quarter(officer=world.chief, quarter=quarter, by=world.chief, now=NOW)
