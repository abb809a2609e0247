"""What stands in each queue of media contacts, for whom, and that lists stay quick."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.enums import ChallengeDisposal, Source
from integrity.casework.models import Case, Challenge, Deadline
from integrity.people.enums import Role
from integrity.people.models import User
from registers.media_contacts.enums import Basis, OffRecord, PressCard, Status, Verb
from registers.media_contacts.models import Contact
from registers.media_contacts.queues import QUEUES, contacts_on_desk
from tests import builders, contacts
from tests.builders import World
from tests.constraints import change
from tests.contacts import CALL, TOM, contact_in, perform

pytestmark = pytest.mark.usefixtures("media")

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LIST = reverse("psd:media_contacts_contact_changelist")
INDEX = reverse("psd:index")
STATED = {Status.LOGGED, Status.QUERIED, Status.ACKNOWLEDGED}


def signed_in(user: User) -> Client:
    client = Client()
    backend = "integrity.people.backends.ServingMemberBackend"
    client.force_login(builders.read_anew(user), backend=backend)
    return client


def words(response: Any) -> str:
    return response.content.decode()


def listed(client: Client, queue: str = "all") -> set[Contact]:
    response = client.get(LIST, {"queue": queue})
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def logged(subject: User, *, days_ago: int = 0, **fields: Any) -> Contact:
    """A contact of today, or of some days ago, by the real clock, as queues are read by it."""
    at = NOW - timedelta(days=days_ago)
    facts = replace(CALL, contacted_on=timezone.localdate(at), **fields)
    return contacts.log(subject, facts, now=at)


def embargo(until: Any) -> dict[str, Any]:
    return {
        "basis": Basis.EMBARGOED,
        "embargo_until": until,
        "agreement": contacts.agreement(),
    }


@pytest.fixture
def everything(world: World) -> World:
    """A contact in every status, and those that only their facts or time bring about."""
    officer, press, psd = world.constable, world.press_officer, world.other_reviewer
    for status in Status:
        contact_in(status, world)
    logged(officer, days_ago=10)
    # flagged
    logged(officer, off_record=OffRecord.ASKED)
    logged(officer, off_record=OffRecord.HAPPENED)
    logged(officer, responsible=False, explanation="They asked me.")
    logged(officer, policing_purpose=False, explanation="She is a friend.")
    logged(officer, press_office_told=False)
    logged(officer, hospitality=True)
    taken_back = logged(officer, press_office_told=False)
    perform(Verb.WITHDRAW, taken_back, by=officer, now=NOW)
    # shown, and no more than that
    logged(officer, basis=Basis.NON_REPORTABLE)
    logged(officer, press_card=PressCard.OTHER, press_card_reason="It was dark.")
    # embargoes
    logged(officer, **embargo(NOW + timedelta(days=2)))
    logged(officer, **embargo(NOW - timedelta(minutes=1)))
    lifted = logged(officer, **embargo(NOW + timedelta(days=2)))
    perform(Verb.WITHDRAW, lifted, by=officer, now=NOW)
    # coverage, chief officers, those who were there
    perform(Verb.LINK_COVERAGE, logged(officer), by=press, now=NOW)
    logged(world.assistant_chief)
    logged(officer, officers=(world.chief.pk, world.colleague.pk))
    logged(officer, officers=(world.press_colleague.pk, world.reviewer.pk))
    logged(world.press_colleague)
    logged(world.reviewer)
    # challenges
    perform(Verb.CHALLENGE, logged(officer), by=psd, now=NOW)
    silent = {"silent": True, "silent_reason": "It would tip them off."}
    perform(Verb.CHALLENGE, logged(officer), by=psd, now=NOW, **silent)
    for disposal in ChallengeDisposal:
        challenged = perform(Verb.CHALLENGE, logged(officer), by=psd, now=NOW)
        perform(Verb.ANSWER_CHALLENGE, challenged, by=officer, now=NOW)
        perform(Verb.DISPOSE_CHALLENGE, challenged, by=psd, now=NOW, disposal=disposal)
    # a legacy log says less
    old = logged(officer)
    change(old, legacy=True, basis="", channel="", press_card="", responsible=None)
    change(old, policing_purpose=None, press_office_told=None)
    change(old.case, source=Source.IMPORTED)
    # another force's
    logged(world.harbour_constable)
    return world


def is_flagged(contact: Contact, user: User) -> bool:
    answers = (contact.responsible, contact.policing_purpose, contact.press_office_told)
    raised = False in answers or contact.off_record != "" or contact.hospitality
    return contact.status in STATED and raised


def is_overdue(contact: Contact, user: User) -> bool:
    """The press office's task is late; the officers' own do not count here."""
    tasks = Deadline.objects.open().filter(case=contact.case, owner=None)
    return any(task.due_on < TODAY for task in tasks)


def is_challenged(contact: Contact, user: User) -> bool:
    if not user.holds(Role.PSD_REVIEWER, Role.PSD_HEAD):
        return False
    return Challenge.objects.filter(case=contact.case, disposed_at=None).exists()


def has_a_chief(contact: Contact, user: User) -> bool:
    people = [contact.case.subject, *(each.officer for each in contact.other_officers.all())]
    return any(person.is_chief_officer for person in people if person)


ORACLE: dict[str, Callable[[Contact, User], bool]] = {
    "new": lambda contact, user: contact.status == Status.LOGGED,
    "flagged": is_flagged,
    "routed": lambda contact, user: contact.status == Status.ROUTED,
    "queried": lambda contact, user: contact.status == Status.QUERIED,
    "embargo": lambda contact, user: (
        contact.status in STATED
        and contact.embargo_until is not None
        and contact.embargo_until > timezone.now()
    ),
    "overdue": is_overdue,
    "uncovered": lambda contact, user: (
        contact.status in STATED and not contact.coverage_links.exists()
    ),
    "chiefs": has_a_chief,
    "imported": lambda contact, user: contact.case.source == Source.IMPORTED,
    "challenges": is_challenged,
    "all": lambda contact, user: True,
}


def expected(slug: str, user: User, world: World) -> set[Contact]:
    """What a queue holds for somebody who reads Northmoor's contacts, but for those of their own."""
    found = Contact.objects.select_related("case__subject__grade")
    return {
        contact
        for contact in found.filter(case__force=world.northmoor)
        if ORACLE[slug](contact, user)
        and user.pk not in (contact.case.subject_id, contact.case.author_id)
        and not contact.other_officers.filter(officer=user).exists()
    }


WORKERS = ("press_officer", "press_colleague", "reviewer", "psd_head", "inspector")


def test_each_queue_holds_its_own(everything: World) -> None:
    assert {queue.slug for queue in QUEUES} == set(ORACLE)
    for who in WORKERS:
        user = builders.read_anew(getattr(everything, who))
        client = signed_in(user)
        for slug in ORACLE:
            assert listed(client, slug) == expected(slug, user, everything), (who, slug)
    elsewhere = listed(signed_in(everything.harbour_reviewer))
    assert {contact.case.force for contact in elsewhere} == {everything.harbour}


def test_no_queue_is_empty_and_each_is_counted(everything: World) -> None:
    for who in ("psd_head", "press_officer", "inspector"):
        user = builders.read_anew(getattr(everything, who))
        response = signed_in(user).get(INDEX)
        registers = {each.name: each for each in response.context["registers"]}
        queues = registers["Media contacts"].queues
        counts = {queue.path.split("=")[1]: queue.count for queue in queues}
        assert counts == {slug: len(expected(slug, user, everything)) for slug in ORACLE}
        empty = {slug for slug, count in counts.items() if not count}
        assert empty == (set() if who == "psd_head" else {"challenges"})
    assert {c.status for c in Contact.objects.all()} == set(Status.values)


def test_the_desk_opens_on_what_waits_to_be_acknowledged_by_risk_then_day(
    everything: World,
) -> None:
    response = signed_in(everything.press_officer).get(LIST)
    rows = list(response.context["cl"].queryset)
    assert set(rows) == expected("new", everything.press_officer, everything)
    order = [(-row.case.risk, row.due) for row in rows]
    assert order == sorted(order)
    page = words(response)
    assert "Overdue since" in page
    assert "Something was said off the record" in page
    assert ", and 2 others" in page


def test_the_press_office_sees_no_other_register(everything: World) -> None:
    client = signed_in(everything.press_officer)
    response = client.get(INDEX)
    assert [each.name for each in response.context["registers"]] == ["Media contacts"]
    assert client.get(reverse("psd:gifts_offer_changelist")).status_code == 403
    assert client.get(reverse("psd:people_user_changelist")).status_code == 403
    assert client.get(reverse("psd:media_contacts_mediapolicy_changelist")).status_code == 403


@pytest.mark.parametrize("who", ["constable", "sergeant", "register_owner", "governance_member"])
def test_nobody_else_finds_the_desk(world: World, who: str) -> None:
    assert signed_in(getattr(world, who)).get(LIST).status_code == 404


@pytest.mark.parametrize("who", ["administrator", "investigation_inspector"])
def test_others_of_the_desk_read_no_contacts(world: World, who: str) -> None:
    assert signed_in(getattr(world, who)).get(LIST).status_code == 403
    assert not contacts_on_desk(builders.read_anew(getattr(world, who))).exists()


def test_a_contact_stands_once_however_many_were_there(world: World) -> None:
    contact = logged(
        world.constable,
        speakers=(contacts.PRIYA, TOM),
        officers=(world.colleague.pk, world.sergeant.pk, world.chief.pk),
    )
    client = signed_in(world.press_officer)
    for query in ({"queue": "chiefs"}, {"q": "o"}):
        assert list(client.get(LIST, query).context["cl"].queryset) == [contact]


@pytest.mark.parametrize(
    "text", ["constable", "colleague", "priya", "gazette", "northmoor gazette", "bike marking"]
)
def test_a_search_looks_in_every_queue(world: World, text: str) -> None:
    found = logged(world.constable, officers=(world.colleague.pk,))
    perform(Verb.ACKNOWLEDGE, found, by=world.press_officer, now=NOW)
    logged(world.sergeant, speakers=(TOM,), about="The football")
    response = signed_in(world.press_officer).get(LIST, {"q": text})
    assert list(response.context["cl"].queryset) == [found]


def test_a_search_finds_a_reference(world: World) -> None:
    found, _ = logged(world.constable), logged(world.constable)
    response = signed_in(world.press_officer).get(LIST, {"q": found.case.reference})
    assert list(response.context["cl"].queryset) == [found]


@pytest.mark.parametrize("queue", ["all", "new"])
@pytest.mark.parametrize("who", ["press_officer", "reviewer"])
def test_queries_do_not_grow_with_the_rows(
    world: World, who: str, queue: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(getattr(world, who))

    def read() -> int:
        with django_assert_max_num_queries(40) as queries:
            assert client.get(LIST, {"queue": queue, "all": ""}).status_code == 200
        return len(queries)

    both = {"speakers": (contacts.PRIYA, TOM), "officers": (world.sergeant.pk,)}
    for _ in range(2):
        logged(world.constable, **both, **embargo(NOW + timedelta(days=2)))
    few = read()
    for number in range(30):
        speakers = (contacts.PRIYA, replace(TOM, outlet=f"Paper {number}"))
        logged(world.colleague, **{**both, "speakers": speakers})
    assert read() == few


# Acknowledging several


def acknowledge(client: Client, *chosen: Contact, versions: dict[int, int] | None = None) -> str:
    seen = {f"version_{pk}": version for pk, version in (versions or {}).items()}
    pks = [contact.pk for contact in chosen]
    data = {"action": "acknowledge", "index": 0, ACTION_CHECKBOX_NAME: pks, **seen}
    return words(client.post(f"{LIST}?queue=all", data, follow=True))


def test_several_are_acknowledged_and_what_was_refused_is_said(world: World) -> None:
    first, second = logged(world.constable), logged(world.colleague)
    done = contact_in(Status.ACKNOWLEDGED, world)
    page = acknowledge(signed_in(world.press_officer), first, second, done)
    assert "2 contacts are acknowledged." in page
    assert f"{done.case.reference}: Only a contact that waits for the press office" in page
    assert {c.status for c in Contact.objects.all()} == {Status.ACKNOWLEDGED}
    events = Event.objects.filter(name="acknowledged by the press office", about_id__gt=0)
    assert events.filter(actor_id=world.press_officer.pk).count() == 3


def test_a_row_that_changed_since_it_was_drawn_is_left(world: World) -> None:
    first, second = logged(world.constable), logged(world.colleague)
    seen = {c.pk: c.case.version for c in (first, second)}
    facts = replace(CALL, contacted_on=TODAY, about="The football")
    perform(Verb.CORRECT, second, by=world.colleague, now=NOW, facts=facts)
    page = acknowledge(signed_in(world.press_officer), first, second, versions=seen)
    assert "1 contact is acknowledged." in page
    assert f"{second.case.reference} has changed since you opened it." in page
    assert Contact.objects.get(pk=second.pk).status == Status.LOGGED


def test_each_row_carries_the_version_that_it_shows(world: World) -> None:
    contact = logged(world.constable)
    page = words(signed_in(world.press_officer).get(LIST))
    assert f'name="version_{contact.pk}" value="{contact.case.version}"' in page


@pytest.mark.parametrize("who", ["reviewer", "inspector"])
def test_only_the_press_office_acknowledges_several(world: World, who: str) -> None:
    contact = logged(world.constable)
    client = signed_in(getattr(world, who))
    assert 'value="acknowledge"' not in words(client.get(LIST))
    acknowledge(client, contact)
    assert Contact.objects.get(pk=contact.pk).status == Status.LOGGED
    assert Case.objects.get(pk=contact.case_id).version == contact.case.version


def test_nobody_is_given_a_contact(world: World) -> None:
    logged(world.constable)
    assert "assign_to_me" not in words(signed_in(world.psd_head).get(LIST))
