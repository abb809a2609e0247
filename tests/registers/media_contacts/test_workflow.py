"""Every transition × status × actor, against a table written by hand.

ORACLE says who may use which verb where, in this file's own words and without looking at the code's
table. Each pair of verb and status is one test, which asks for all actors and names all who differ.
"""

from collections.abc import Generator
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from integrity.audit.models import Audience, Event
from integrity.casework.enums import Actor
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.media_contacts.enums import Status, Verb
from registers.media_contacts.models import Contact
from registers.media_contacts.permissions import check, options
from registers.media_contacts.workflow import TRANSITIONS
from tests import builders, contacts
from tests.builders import World
from tests.contacts import perform

pytestmark = pytest.mark.django_db

S = Status
STATED = {S.LOGGED, S.QUERIED, S.ACKNOWLEDGED}
TYPED = STATED | {S.WITHDRAWN}

# A contact that was stated was typed by a staff officer (author) for the constable (declarant), with
# a colleague, a press officer and a reviewer there (those "there"); one challenge to the constable is
# answered and one is open. A request was routed to the constable alone, so that nobody was there.
SUBJECTS = {"declarant", "declarant_in_press", "declarant_in_psd"}
DECLARANTS = SUBJECTS | {"author"}
PSD = {"psd_head", "other_reviewer"}
ANY_PRESS = {"press_officer", "press_there"}
ANY_PSD = PSD | {"psd_there"}
ONLOOKERS = {
    "colleague_there",
    "supervisor",
    "register_owner",
    "inspector",
    "investigation_inspector",
    "administrator",
    "governance_member",
    "psd_of_other_force",
    "press_of_other_force",
}
ACTORS = sorted(DECLARANTS | ANY_PRESS | ANY_PSD | ONLOOKERS)

ORACLE: dict[Verb, list[tuple[set[Status], set[str]]]] = {
    Verb.LOG: [],
    Verb.ROUTE: [],
    Verb.COMPLETE: [({S.ROUTED}, SUBJECTS)],
    Verb.NO_CONTACT: [({S.ROUTED}, SUBJECTS)],
    Verb.CONFIRM: [(STATED, SUBJECTS)],
    Verb.ACKNOWLEDGE: [({S.LOGGED}, {"press_officer"})],
    Verb.CORRECT_NAMES: [(STATED, {"press_officer"}), ({S.ROUTED}, ANY_PRESS)],
    Verb.LINK_COVERAGE: [(STATED, {"press_officer"})],
    Verb.FLAG_LEAK: [(STATED, {"press_officer"})],
    Verb.LIST: [(STATED, {"press_officer"} | PSD), ({S.ROUTED}, ANY_PRESS | ANY_PSD)],
    Verb.ASK: [({S.LOGGED, S.QUERIED}, {"press_officer"} | PSD)],
    Verb.ANSWER: [({S.QUERIED}, DECLARANTS)],
    Verb.CHALLENGE: [(STATED, PSD)],
    Verb.ANSWER_CHALLENGE: [(TYPED, SUBJECTS)],
    Verb.DISPOSE_CHALLENGE: [(TYPED, PSD)],
    Verb.CORRECT: [(STATED, DECLARANTS)],
    Verb.WITHDRAW: [({S.LOGGED, S.QUERIED}, DECLARANTS)],
}
# Where the ordinary use of a verb lands; the verbs that are not here leave the status as it is.
LANDS = {
    Verb.COMPLETE: S.LOGGED,
    Verb.NO_CONTACT: S.NO_CONTACT,
    Verb.ACKNOWLEDGE: S.ACKNOWLEDGED,
    Verb.ASK: S.QUERIED,
    Verb.ANSWER: S.LOGGED,
    Verb.CORRECT: S.LOGGED,
    Verb.WITHDRAW: S.WITHDRAWN,
}
EVENTS = {
    Verb.COMPLETE: "contact logged after a request",
    Verb.NO_CONTACT: "no contact took place",
    Verb.CONFIRM: "entry confirmed by its principal",
    Verb.ACKNOWLEDGE: "acknowledged by the press office",
    Verb.CORRECT_NAMES: "outlet or journalist corrected",
    Verb.LINK_COVERAGE: "coverage linked",
    Verb.FLAG_LEAK: "possible leak flagged",
    Verb.LIST: "put on the shared list",
    Verb.ASK: "question asked",
    Verb.ANSWER: "question answered",
    Verb.CHALLENGE: "challenge made",
    Verb.ANSWER_CHALLENGE: "challenge answered",
    Verb.DISPOSE_CHALLENGE: "challenge closed",
    Verb.CORRECT: "entry corrected",
    Verb.WITHDRAW: "entry withdrawn",
}
# What only the press office and PSD may know leaves the version that a declarant's form holds.
UNSEEN = {Verb.FLAG_LEAK, Verb.LIST}
PARTS = {
    **{name: {Actor.DECLARANT, Actor.CHALLENGED} for name in SUBJECTS},
    "author": {Actor.DECLARANT},
    **{name: {Actor.PRESS} for name in ANY_PRESS},
    **{name: {Actor.PSD} for name in ANY_PSD},
}


def lands(verb: Verb, status: Status) -> Status:
    """A correction leaves a question open."""
    asked = verb == Verb.CORRECT and status == S.QUERIED
    return status if asked else LANDS.get(verb, status)


def who_may(verb: Verb, status: Status) -> set[str]:
    return {actor for statuses, actors in ORACLE[verb] if status in statuses for actor in actors}


@dataclass
class Stage:
    """The world, and one contact at each status."""

    world: World
    contacts: dict[Status, Contact]
    known: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> User:
        """Who plays a part. The caller's transaction takes any grant back."""
        who = self.world
        if name.startswith("declarant_in_"):
            role = Role.PRESS_OFFICE if name.endswith("press") else Role.PSD_REVIEWER
            builders.grant(who.constable, role, force=who.northmoor)
            return builders.read_anew(who.constable)
        if name == "press_of_other_force":
            builders.grant(who.eastvale_constable, Role.PRESS_OFFICE, force=who.eastvale)
            return builders.read_anew(who.eastvale_constable)
        if name not in self.known:
            self.known[name] = builders.read_anew(self._cast(name))
        return self.known[name]

    def _cast(self, name: str) -> User:
        who = self.world
        found = {
            "declarant": who.constable,
            "author": who.staff_officer,
            "colleague_there": who.colleague,
            "press_there": who.press_colleague,
            "psd_there": who.reviewer,
            "supervisor": who.sergeant,
            "psd_of_other_force": who.harbour_reviewer,
        }.get(name) or getattr(who, name)
        assert isinstance(found, User)
        return found


@pytest.fixture(scope="module")
def shared_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[Stage]:
    """Built once for the file, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        who = builders.world()
        yield Stage(who, {status: _contact(status, who) for status in Status})
        transaction.set_rollback(True)


def _contact(status: Status, who: World) -> Contact:
    if status in (S.ROUTED, S.NO_CONTACT):
        return contacts.contact_in(status, who)
    there = tuple(p.pk for p in (who.colleague, who.press_colleague, who.reviewer))
    contact = contacts.log(who.constable, by=who.staff_officer, officers=there)
    for _ in range(2):
        perform(Verb.CHALLENGE, contact, by=who.psd_head)
    contact = perform(Verb.ANSWER_CHALLENGE, contact, by=who.constable)
    verbs = {
        S.QUERIED: (Verb.ASK, who.press_officer),
        S.ACKNOWLEDGED: (Verb.ACKNOWLEDGE, who.press_officer),
        S.WITHDRAWN: (Verb.WITHDRAW, who.staff_officer),
    }
    if status in verbs:
        verb, by = verbs[status]
        contact = perform(verb, contact, by=by)
    assert contact.status == status
    return contact


@pytest.fixture
def stage(shared_stage: Stage, db: None) -> Stage:
    """The file's stage, inside a transaction of the test's own."""
    return shared_stage


def fresh(contact: Contact) -> Contact:
    return Contact.objects.select_related("case__subject", "policy").get(pk=contact.pk)


TABLES = (
    "audit_event",
    "casework_case",
    "casework_caseversion",
    "casework_challenge",
    "casework_deadline",
    "casework_notice",
    "casework_question",
    "casework_referral",
    "media_contacts_contact",
    "media_contacts_contactspeaker",
    "media_contacts_coverage",
    "media_contacts_coveragelink",
    "media_contacts_journalist",
    "media_contacts_leakflag",
    "media_contacts_meetingitem",
    "media_contacts_otherofficer",
    "organisations_organisation",
    "procrastinate_jobs",
)


def state_of_database() -> tuple[object, ...]:
    """Row counts, and the case versions together: what a refused action must leave as it was."""
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}, (SELECT sum(version) FROM casework_case)")  # noqa: S608
        return tuple(cursor.fetchone())


def test_the_oracle_knows_every_verb() -> None:
    assert set(ORACLE) == set(Verb) == {Verb(row.verb) for row in TRANSITIONS}


def test_the_table_names_the_parts_that_the_oracle_lets_act() -> None:
    for verb, rows in ORACLE.items():
        for statuses, actors in rows:
            assert statuses <= TRANSITIONS[verb].sources, verb
            for actor in actors:
                assert PARTS[actor] & TRANSITIONS[verb].who, f"{verb} is used by {actor}"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("verb", Verb)
def test_who_may_use_a_verb_at_a_status_and_what_it_does(
    verb: Verb, status: Status, stage: Stage
) -> None:
    wrong = []
    before = state_of_database()
    for name in ACTORS:
        expected = name in who_may(verb, status)
        with transaction.atomic():
            contact = fresh(stage.contacts[status])
            user = stage.actor(name)
            if is_allowed(verb, user, contact) != expected:
                wrong.append(f"{name} {'may not' if expected else 'may'}")
            elif expected:
                _runs(verb, contact, user)
            elif not TRANSITIONS[verb].begins:
                _changes_nothing(verb, contact, user, before)
            transaction.set_rollback(True)
    assert not wrong, f"{verb} at {status}: {', '.join(wrong)}"


def is_allowed(verb: Verb, user: User, contact: Contact) -> bool:
    try:
        check(verb, user, contact)
    except Denied as denied:
        sentence = str(denied)
    else:
        return True
    assert sentence.endswith("."), f"{user} reads no sentence: “{sentence}”"
    return False


def _runs(verb: Verb, contact: Contact, user: User) -> None:
    """It lands where it should, counts one change that others may see, and leaves its event."""
    last = Event.objects.latest("pk").pk
    after = perform(verb, contact, by=user, version=contact.case.version)
    assert after.status == lands(verb, Status(contact.status))
    unseen = verb in UNSEEN
    assert fresh(after).case.version == contact.case.version + (not unseen)
    found = Event.objects.filter(pk__gt=last, about="case", about_id=contact.case_id).order_by("pk")
    assert {event.actor_id for event in found} == {user.pk}
    assert {event.audience for event in found} == {Audience.PSD if unseen else Audience.CASE}
    more = ["referred for investigation"] if verb == Verb.FLAG_LEAK else []
    assert [event.name for event in found] == [EVENTS[verb], *more]


def _changes_nothing(verb: Verb, contact: Contact, user: User, before: tuple[object, ...]) -> None:
    with pytest.raises(Denied):
        perform(verb, contact, by=user, version=contact.case.version)
    assert state_of_database() == before


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", ACTORS)
def test_a_page_offers_the_verbs_that_are_allowed_and_says_why_others_are_not(
    name: str, status: Status, stage: Stage
) -> None:
    contact = fresh(stage.contacts[status])
    found = options(stage.actor(name), contact)
    free = {option.transition.verb for option in found if not option.refusal}
    assert free == {verb for verb in ORACLE if name in who_may(verb, status)}
    assert all(o.refusal.endswith(".") for o in found if o.refusal)
    if name in ONLOOKERS:
        assert found == [], "they act on no contact, so they are shown no button"


def test_every_reason_that_the_table_asks_for_is_kept_on_the_event(stage: Stage) -> None:
    for row in TRANSITIONS:
        if not row.needs_reason:
            continue
        statuses, actors = ORACLE[Verb(row.verb)][0]
        with transaction.atomic():
            contact = fresh(stage.contacts[sorted(statuses)[0]])
            perform(Verb(row.verb), contact, by=stage.actor(sorted(actors)[0]))
            event = Event.objects.filter(about_id=contact.case_id, name=row.event).latest("pk")
            assert event.reason, row.verb
            transaction.set_rollback(True)


def test_every_status_is_somewhere_in_the_table() -> None:
    reached = {target for row in TRANSITIONS for target in row.targets}
    left = {source for row in TRANSITIONS if not row.stays for source in row.sources}
    assert reached == set(Status)
    assert set(Status) - left == {S.WITHDRAWN, S.NO_CONTACT}, "every other status has a way out"
