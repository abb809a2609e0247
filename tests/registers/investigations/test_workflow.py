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
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.investigations.enums import Status, Verb
from registers.investigations.models import Investigation
from registers.investigations.permissions import check, options
from registers.investigations.workflow import TRANSITIONS
from tests import builders, investigations
from tests.builders import World
from tests.investigations import fresh, perform

pytestmark = pytest.mark.django_db

S = Status
LIVE = {S.CONTINUING, S.REFERRED}

# Every investigation of this file is of the constable, whom the sergeant manages, with a suspension
# that still runs. "…_in_psd" holds PSD's role besides.
REVIEWERS = {"reviewer", "psd_head", "other_reviewer"}
ACTORS = sorted(
    REVIEWERS
    | {
        "subject",
        "subject_in_psd",
        "supervisor",
        "supervisor_in_psd",
        "second_line_in_psd",
        "colleague",
        "register_owner",
        "inspector",
        "investigation_inspector",
        "administrator",
        "press_officer",
        "governance_member",
        "chief",
        "psd_of_other_force",
    }
)
NOBODY: set[str] = set()
ORACLE: dict[Verb, tuple[set[Status], set[str]]] = {
    Verb.OPEN: (set(), NOBODY),
    Verb.ASSIGN: (LIVE, REVIEWERS),
    Verb.CLASSIFY: (LIVE, REVIEWERS),
    Verb.IDENTIFY: (LIVE, REVIEWERS),
    Verb.ASSESS: (LIVE, REVIEWERS),
    Verb.ADD_REFERRAL: (LIVE, REVIEWERS),
    Verb.SUSPEND: (LIVE, REVIEWERS),
    # somebody may be on restricted duties for longer than the investigation goes on
    Verb.END_RESTRICTION: (set(Status), REVIEWERS),
    Verb.REFER_OUT: ({S.CONTINUING}, REVIEWERS),
    Verb.RETURN: ({S.REFERRED}, REVIEWERS),
    Verb.RECORD_POST: (LIVE, REVIEWERS),
    Verb.RECHECK: (LIVE, REVIEWERS),
    Verb.CLOSE: (LIVE, REVIEWERS),
    Verb.REOPEN: ({S.CLOSED}, REVIEWERS),
}
GRANTED = {
    "subject_in_psd": Role.PSD_REVIEWER,
    "supervisor_in_psd": Role.PSD_HEAD,
    "second_line_in_psd": Role.PSD_REVIEWER,
}


@dataclass
class Stage:
    """The world, an investigation at each status, and a referral that waits."""

    world: World
    investigations: dict[Status, Investigation]
    known: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> User:
        """Who plays a part. The caller's transaction takes any grant back."""
        who = self.world
        found = {
            "subject": who.constable,
            "subject_in_psd": who.constable,
            "supervisor": who.sergeant,
            "supervisor_in_psd": who.sergeant,
            "second_line_in_psd": who.inspector_of_police,
            "psd_of_other_force": who.harbour_reviewer,
        }.get(name) or getattr(who, name)
        assert isinstance(found, User)
        if name in GRANTED:
            builders.grant(found, GRANTED[name], force=who.northmoor)
            return builders.read_anew(found)
        if name not in self.known:
            self.known[name] = builders.read_anew(found)
        return self.known[name]


@pytest.fixture(scope="module")
def shared_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[Stage]:
    """Built once for the file, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        who = builders.world()
        investigations.investigation_policies(who)
        stage = Stage(who, {status: _suspended(status, who) for status in Status})
        investigations.refer(who)
        yield stage
        transaction.set_rollback(True)


def _suspended(status: Status, who: World) -> Investigation:
    """An investigation at a status with a suspension that runs, by another than those who act."""
    opener = builders.person("opener_of_" + status, force=who.eastvale)
    builders.grant(opener, Role.PSD_REVIEWER, department=who.alliance_psd)
    opener = builders.read_anew(opener)
    made = investigations.open_one(who, by=opener)
    made = perform(Verb.SUSPEND, made, by=opener, in_world=who, kind="suspended")
    verb = {S.REFERRED: Verb.REFER_OUT, S.CLOSED: Verb.CLOSE}.get(status)
    if verb is not None:
        made = perform(verb, made, by=opener, in_world=who)
    assert made.status == status
    return made


@pytest.fixture
def stage(shared_stage: Stage, db: None) -> Stage:
    """The file's stage, inside a transaction of the test's own."""
    return shared_stage


TABLES = (
    "audit_event",
    "casework_case",
    "casework_caselink",
    "casework_deadline",
    "casework_decision",
    "casework_notice",
    "casework_referral",
    "investigations_externalreferral",
    "investigations_investigation",
    "investigations_lead",
    "investigations_postcheck",
    "investigations_restriction",
    "investigations_socialmediapost",
    "procrastinate_jobs",
)


def state_of_database() -> tuple[object, ...]:
    """Row counts, and the case versions together: what a refused action must leave as it was."""
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}, (SELECT sum(version) FROM casework_case)")  # noqa: S608
        return tuple(cursor.fetchone())


def arranged(verb: Verb, status: Status, stage: Stage) -> Investigation:
    """The investigation, with a post still to be seen where that is what the verb is about."""
    investigation = fresh(stage.investigations[status])
    if verb == Verb.RECHECK and status in LIVE:
        by = stage.world.other_reviewer
        investigation = perform(Verb.RECORD_POST, investigation, by=by, in_world=stage.world)
    return investigation


def test_the_oracle_knows_every_verb() -> None:
    assert set(ORACLE) == set(Verb) == {Verb(row.verb) for row in TRANSITIONS}


def test_nobody_but_psd_has_a_part() -> None:
    assert {part for row in TRANSITIONS for part in row.who} == {Actor.PSD}
    for row in TRANSITIONS:
        assert ORACLE[Verb(row.verb)][0] <= row.sources, row.verb


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("verb", Verb)
def test_who_may_use_a_verb_at_a_status_and_what_it_does(
    verb: Verb, status: Status, stage: Stage
) -> None:
    statuses, actors = ORACLE[verb]
    wrong = []
    for name in ACTORS:
        expected = status in statuses and name in actors
        with transaction.atomic():
            investigation = arranged(verb, status, stage)
            user = stage.actor(name)
            before = state_of_database()
            if is_allowed(verb, user, investigation) != expected:
                wrong.append(f"{name} {'may not' if expected else 'may'}")
            elif expected:
                _runs(verb, investigation, user, stage.world)
            elif not TRANSITIONS[verb].begins:
                _changes_nothing(verb, investigation, user, stage.world, before)
            transaction.set_rollback(True)
    assert not wrong, f"{verb} at {status}: {', '.join(wrong)}"


def is_allowed(verb: Verb, user: User, investigation: Investigation) -> bool:
    try:
        check(verb, user, investigation)
    except Denied as denied:
        sentence = str(denied)
    else:
        return not TRANSITIONS[verb].begins
    assert sentence.endswith("."), f"{user} reads no sentence: “{sentence}”"
    return False


def _runs(verb: Verb, investigation: Investigation, user: User, who: World) -> None:
    """It lands where the table allows, counts one change and leaves one event, of its name."""
    row = TRANSITIONS[verb]
    last = Event.objects.latest("pk").pk
    version = investigation.case.version
    details = {"owner": user} if verb == Verb.ASSIGN else {}
    after = perform(verb, investigation, by=user, in_world=who, version=version, **details)
    assert after.status in (row.targets or {investigation.status})
    assert after.case.version == version + 1
    events = Event.objects.filter(pk__gt=last)
    assert [(e.name, e.actor_id, e.about_id) for e in events] == [
        (row.event, user.pk, investigation.case_id)
    ]


def _changes_nothing(
    verb: Verb,
    investigation: Investigation,
    user: User,
    who: World,
    before: tuple[object, ...],
) -> None:
    with pytest.raises(Denied):
        perform(verb, investigation, by=user, in_world=who, version=investigation.case.version)
    assert state_of_database() == before


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", ACTORS)
def test_a_page_offers_the_verbs_that_are_allowed_and_says_why_others_are_not(
    name: str, status: Status, stage: Stage
) -> None:
    investigation = fresh(stage.investigations[status])  # with no post to look at again
    found = options(stage.actor(name), investigation)
    free = {option.transition.verb for option in found if not option.refusal}
    assert free == {
        verb
        for verb, (statuses, actors) in ORACLE.items()
        if status in statuses and name in actors and verb != Verb.RECHECK
    }
    assert all(o.refusal.endswith(".") for o in found if o.refusal)
    outside = set(ACTORS) - REVIEWERS - {n for n in ACTORS if n.endswith("_in_psd")}
    if name in outside:
        assert found == [], "whoever is outside PSD, or only reads, is shown no button"


def test_every_reason_that_the_table_asks_for_is_kept_on_the_event(stage: Stage) -> None:
    for row in TRANSITIONS:
        if not row.needs_reason:
            continue
        statuses, _ = ORACLE[Verb(row.verb)]
        with transaction.atomic():
            investigation = fresh(stage.investigations[sorted(statuses)[0]])
            by = stage.actor("reviewer")
            perform(Verb(row.verb), investigation, by=by, in_world=stage.world)
            assert Event.objects.latest("pk").reason == investigations.WHY, row.verb
            transaction.set_rollback(True)
        with pytest.raises(Denied, match="reason"):
            perform(Verb(row.verb), investigation, by=by, in_world=stage.world, reason=" ")


def test_every_status_is_somewhere_in_the_table() -> None:
    assert {target for row in TRANSITIONS for target in row.targets} == set(Status)
    assert {source for row in TRANSITIONS if not row.stays for source in row.sources} == set(Status)
