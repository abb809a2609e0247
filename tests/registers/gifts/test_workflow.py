"""Every transition × status × actor, against a table written by hand.

ORACLE says who may use which verb where, in this file's own words and without looking at the code's
table. Each pair of verb and status is one test, which asks for all actors and names all who differ.
"""

from collections.abc import Generator
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from integrity.audit.models import Event
from integrity.casework.enums import Actor
from integrity.casework.workflow import Denied, Transition, Workflow
from integrity.people.enums import Role
from integrity.people.models import User
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from registers.gifts.permissions import check, options
from registers.gifts.workflow import TRANSITIONS
from tests import builders
from tests.builders import World, fresh, perform

pytestmark = pytest.mark.django_db

S = Status
LIVE = set(Status) - {S.WITHDRAWN}
NOBODY: set[str] = set()

# Every offer of this file was typed by a staff officer (author) for its subject (declarant), and has
# one open and one answered challenge to the subject. "subject_in_psd" is the subject holding PSD's role.
DECLARANTS = {"declarant", "author", "subject_in_psd"}
SUBJECTS = {"declarant", "subject_in_psd"}
REVIEWERS = {"reviewer", "psd_head"}
ACTORS = sorted(
    DECLARANTS
    | REVIEWERS
    | {
        "other_officer",
        "supervisor",
        "peer",
        "register_owner",
        "inspector",
        "administrator",
        "governance_member",
        "psd_of_other_force",
    }
)

ORACLE: dict[Verb, tuple[set[Status], set[str]]] = {
    Verb.DECLARE: (set(), NOBODY),
    Verb.SEEK_AUTHORISATION: (set(), NOBODY),
    # the supervisor of an assistant chief is the chief, who is a chief officer colleague too
    Verb.PEER_REVIEW: ({S.PEER_REVIEW}, {"peer", "supervisor"}),
    Verb.AUTHORISE: ({S.AUTHORISATION_SOUGHT}, REVIEWERS),
    Verb.REFUSE_AUTHORISATION: ({S.AUTHORISATION_SOUGHT}, REVIEWERS),
    Verb.RECORD_OUTCOME: ({S.AUTHORISED, S.AUTHORISATION_REFUSED}, DECLARANTS),
    Verb.CONFIRM: (LIVE, SUBJECTS),
    Verb.APPROVE: ({S.WITH_SUPERVISOR}, {"supervisor"}),
    Verb.ESCALATE: ({S.WITH_SUPERVISOR}, {"supervisor"}),
    Verb.ASSIGN: (LIVE, REVIEWERS),
    Verb.ASK: (
        {S.WITH_PSD, S.RECORDED, S.WITH_SUPERVISOR, S.AUTHORISATION_SOUGHT, S.QUERIED},
        REVIEWERS,
    ),
    Verb.ANSWER: ({S.QUERIED}, DECLARANTS),
    Verb.ACCEPT: ({S.WITH_PSD, S.RECORDED}, REVIEWERS),
    Verb.REJECT: ({S.WITH_PSD, S.RECORDED}, REVIEWERS),
    Verb.CHALLENGE: (LIVE, REVIEWERS),
    Verb.ANSWER_CHALLENGE: (set(Status), SUBJECTS),
    Verb.DISPOSE_CHALLENGE: (set(Status), REVIEWERS),
    Verb.REOPEN: ({S.COMPLIANT, S.NON_COMPLIANT}, REVIEWERS),
    Verb.CORRECT: (
        {S.RECORDED, S.WITH_SUPERVISOR, S.WITH_PSD, S.QUERIED, S.PEER_REVIEW},
        DECLARANTS,
    ),
    Verb.WITHDRAW: (
        {
            S.AUTHORISATION_SOUGHT,
            S.PEER_REVIEW,
            S.WITH_SUPERVISOR,
            S.WITH_PSD,
            S.QUERIED,
            S.RECORDED,
        },
        DECLARANTS,
    ),
    # nothing is accepted yet while authorisation is sought, given or refused
    Verb.RECORD_DISPOSAL: (
        LIVE - {S.AUTHORISATION_SOUGHT, S.AUTHORISED, S.AUTHORISATION_REFUSED},
        DECLARANTS,
    ),
}
# A board asks chief officers alone; here the subject is one only where peers are asked.
OF_CHIEFS: dict[Verb, tuple[set[Status], set[str]]] = {
    Verb.CHALLENGE: ({S.PEER_REVIEW}, {"governance_member"}),
}
PARTS = {
    "declarant": {Actor.DECLARANT, Actor.CHALLENGED},
    "subject_in_psd": {Actor.DECLARANT, Actor.CHALLENGED},
    "author": {Actor.DECLARANT},
    "supervisor": {Actor.SUPERVISOR, Actor.PEER},
    "peer": {Actor.PEER},
    "reviewer": {Actor.PSD},
    "psd_head": {Actor.PSD},
    "governance_member": {Actor.BOARD},
}


def may(name: str, verb: Verb, status: Status) -> bool:
    """What the oracle says."""
    rows = (ORACLE[verb], OF_CHIEFS.get(verb, (set(), NOBODY)))
    return any(status in statuses and name in actors for statuses, actors in rows)


@dataclass
class Stage:
    """The world, and one offer at each status."""

    world: World
    offers: dict[Status, Offer]
    known: dict[tuple[str, int], User] = field(default_factory=dict)

    def actor(self, name: str, offer: Offer) -> User:
        """Who plays a part for this offer. The caller's transaction takes any grant back."""
        subject = offer.case.subject
        assert subject is not None
        who = self.world
        if name == "subject_in_psd":
            builders.grant(subject, Role.PSD_REVIEWER, force=who.northmoor)
            return builders.read_anew(subject)
        if (name, subject.pk) not in self.known:
            self.known[name, subject.pk] = builders.read_anew(self._cast(name, subject))
        return self.known[name, subject.pk]

    def _cast(self, name: str, subject: User) -> User:
        who = self.world
        found = {
            "declarant": subject,
            "author": who.staff_officer,
            "other_officer": who.colleague,
            "supervisor": subject.line_manager,
            "peer": who.deputy_chief,
            "psd_of_other_force": who.harbour_reviewer,
        }.get(name) or getattr(who, name)
        assert isinstance(found, User)
        return found


@pytest.fixture(scope="module")
def shared_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[Stage]:
    """Built once for the file, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        who = builders.world()
        yield Stage(who, {status: _challenged(status, who) for status in Status})
        transaction.set_rollback(True)


def _challenged(status: Status, who: World) -> Offer:
    """An offer at a status, typed on behalf, with an open and an answered challenge to its subject."""
    before = S.WITH_PSD if status == S.WITHDRAWN else status
    offer = builders.offer_in(before, who, by=who.staff_officer)
    subject = offer.case.subject
    assert subject is not None
    perform(Verb.CHALLENGE, offer, by=who.other_reviewer, in_world=who)
    perform(Verb.ANSWER_CHALLENGE, offer, by=subject, in_world=who)
    offer = perform(Verb.CHALLENGE, offer, by=who.other_reviewer, in_world=who)
    if status == S.WITHDRAWN:
        offer = perform(Verb.WITHDRAW, offer, by=who.staff_officer, in_world=who)
    assert offer.status == status
    return offer


@pytest.fixture
def stage(shared_stage: Stage, db: None) -> Stage:
    """The file's stage, inside a transaction of the test's own."""
    return shared_stage


TABLES = (
    "audit_event",
    "casework_case",
    "casework_caseversion",
    "casework_challenge",
    "casework_deadline",
    "casework_decision",
    "casework_notice",
    "casework_question",
    "gifts_item",
    "gifts_offer",
    "gifts_peerreview",
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
    for row in TRANSITIONS:
        statuses, actors = ORACLE[Verb(row.verb)]
        assert statuses <= row.sources, row.verb
        for actor in actors | OF_CHIEFS.get(Verb(row.verb), (set(), NOBODY))[1]:
            assert PARTS[actor] & row.who, f"{row.verb} is used by {actor}"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("verb", Verb)
def test_who_may_use_a_verb_at_a_status_and_what_it_does(
    verb: Verb, status: Status, stage: Stage
) -> None:
    wrong = []
    before = state_of_database()
    for name in ACTORS:
        expected = may(name, verb, status)
        with transaction.atomic():
            offer = fresh(stage.offers[status])
            user = stage.actor(name, offer)
            if is_allowed(verb, user, offer) != expected:
                wrong.append(f"{name} {'may not' if expected else 'may'}")
            elif expected:
                _runs(verb, offer, user, stage.world)
            elif not TRANSITIONS[verb].begins:
                _changes_nothing(verb, offer, user, stage.world, before)
            transaction.set_rollback(True)
    assert not wrong, f"{verb} at {status}: {', '.join(wrong)}"


def is_allowed(verb: Verb, user: User, offer: Offer) -> bool:
    try:
        check(verb, user, offer)
    except Denied as denied:
        sentence = str(denied)
    else:
        return True
    assert sentence.endswith("."), f"{user} reads no sentence: “{sentence}”"
    return False


def _runs(verb: Verb, offer: Offer, user: User, who: World) -> None:
    """It lands where the table allows, counts one change and leaves one event, of its name."""
    row = TRANSITIONS[verb]
    last = Event.objects.latest("pk").pk
    after = perform(verb, offer, by=user, in_world=who, version=offer.case.version)
    assert after.status in (row.targets or {offer.status})
    assert after.case.version == offer.case.version + 1
    events = Event.objects.filter(pk__gt=last)
    assert [(e.name, e.actor_id, e.about_id) for e in events] == [
        (row.event, user.pk, offer.case_id)
    ]


def _changes_nothing(
    verb: Verb, offer: Offer, user: User, who: World, before: tuple[object, ...]
) -> None:
    with pytest.raises(Denied):
        perform(verb, offer, by=user, in_world=who, version=offer.case.version)
    assert state_of_database() == before


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", ACTORS)
def test_a_page_offers_the_verbs_that_are_allowed_and_says_why_others_are_not(
    name: str, status: Status, stage: Stage
) -> None:
    offer = fresh(stage.offers[status])
    found = options(stage.actor(name, offer), offer)
    free = {option.transition.verb for option in found if not option.refusal}
    assert free == {verb for verb in ORACLE if may(name, verb, status)}
    assert all(o.refusal.endswith(".") for o in found if o.refusal)
    if name in {"administrator", "register_owner", "inspector"}:
        assert found == [], "these roles act on no case, so they are shown no button"
    if name == "governance_member" and status != S.PEER_REVIEW:
        assert found == [], "nor is a board on the case of somebody who is no chief officer"


def test_every_reason_that_the_table_asks_for_is_kept_on_the_event(stage: Stage) -> None:
    for row in TRANSITIONS:
        if not row.needs_reason:
            continue
        statuses, actors = ORACLE[Verb(row.verb)]
        with transaction.atomic():
            offer = fresh(stage.offers[sorted(statuses)[0]])
            user = stage.actor(sorted(actors)[0], offer)
            perform(Verb(row.verb), offer, by=user, in_world=stage.world)
            assert Event.objects.latest("pk").reason, row.verb
            transaction.set_rollback(True)


def test_every_status_is_somewhere_in_the_table() -> None:
    reached = {target for row in TRANSITIONS for target in row.targets}
    left = {source for row in TRANSITIONS if not row.stays for source in row.sources}
    assert reached == set(Status)
    assert set(Status) - left == {S.WITHDRAWN}, "every other status has a way out"


def test_a_verb_cannot_stand_in_two_rows() -> None:
    row = Transition("go", "Go", frozenset(), frozenset(), frozenset(), "gone")
    with pytest.raises(ValueError, match="two rows"):
        Workflow(row, row)


def test_a_verb_lands_only_where_its_row_says() -> None:
    with pytest.raises(ValueError, match="does not lead"):
        TRANSITIONS.land(Verb.APPROVE, S.WITH_SUPERVISOR, S.NON_COMPLIANT)
