"""Every transition × status × actor, against a table written by hand.

ORACLE says who may use which verb in which scene, in this file's own words and without looking at
the code's table; a scene is a status, or a status with a review or an appeal under way. Each pair of
verb and scene is one test, which asks for all actors and names all who differ.
"""

from collections.abc import Callable, Generator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from integrity.audit.models import Event
from integrity.casework.enums import Actor
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.business_interests.enums import Status, Verb
from registers.business_interests.models import Condition, Interest, InterestPolicy
from registers.business_interests.permissions import check, options
from registers.business_interests.workflow import TRANSITIONS
from tests import builders
from tests.builders import NOW, World
from tests.constraints import change
from tests.interests import HOURS, NO_UNIFORM, fresh, interest_in, perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

S = Status
# Approved, with a review that waits for its answer, or is answered; an appeal against conditions.
IN_REVIEW, ANSWERED, AGAINST_CONDITIONS = "review open", "review answered", "conditions appealed"
SCENES = (*Status, IN_REVIEW, ANSWERED, AGAINST_CONDITIONS)
STATUS = {IN_REVIEW: S.APPROVED, ANSWERED: S.APPROVED, AGAINST_CONDITIONS: S.APPEALED}

ALL: set[str] = set(SCENES)
STANDING: set[str] = ALL - {S.WITHDRAWN}
ASKED: set[str] = {S.WITH_SUPERVISOR, S.WITH_HR, S.WITH_VETTING}
UNDECIDED = ASKED | {S.WITH_PSD, S.QUERIED, S.SECOND_APPROVAL}
APPROVED = {S.APPROVED, S.APPROVED_WITH_CONDITIONS, IN_REVIEW, ANSWERED}
APPEALED = {S.APPEALED, AGAINST_CONDITIONS}

# The applicant is the constable. "decided_first" took PSD's first decision wherever there is one;
# "gave_a_view" is in PSD and HR, and gave HR's view in the first round.
FREE = {"free_reviewer", "psd_head"}
UNBIASED = FREE | {"decided_first"}
PSD = UNBIASED | {"gave_a_view"}
HEARERS = {"chief", "acting_chief"}
ONLOOKERS = {
    "stranger",
    "psd_of_other_force",
    "inspector",
    "administrator",
    "governance_member",
    "register_owner",
}
ACTORS = sorted(
    PSD | HEARERS | ONLOOKERS | {"applicant", "line_manager", "hr_officer", "vetting_officer"}
)

Rows = list[tuple[AbstractSet[str], AbstractSet[str]]]
ORACLE: dict[Verb, Rows] = {
    Verb.APPLY: [],
    Verb.GIVE_VIEW: [({S.WITH_SUPERVISOR}, {"line_manager"})],
    # whoever holds HR's role, in PSD as well or not
    Verb.GIVE_HR_VIEW: [({S.WITH_HR}, {"hr_officer", "gave_a_view"})],
    Verb.GIVE_VETTING_VIEW: [({S.WITH_VETTING}, {"vetting_officer"})],
    Verb.GO_ON: [(ASKED, PSD)],
    Verb.ASK: [
        (ASKED | {S.WITH_PSD, S.QUERIED}, PSD),
        ({S.WITH_SUPERVISOR}, {"line_manager"}),
        ({S.WITH_HR}, {"hr_officer"}),
        ({S.WITH_VETTING}, {"vetting_officer"}),
    ],
    Verb.ANSWER: [({S.QUERIED}, {"applicant"})],
    Verb.ASSIGN: [(STANDING, PSD)],
    Verb.APPROVE: [({S.WITH_PSD}, UNBIASED)],
    Verb.REFUSE: [({S.WITH_PSD}, UNBIASED)],
    Verb.SECOND_APPROVE: [({S.SECOND_APPROVAL}, FREE)],
    Verb.SEND_BACK: [({S.SECOND_APPROVAL}, FREE)],
    Verb.APPEAL: [({S.REFUSED, S.REVOKED, S.APPROVED_WITH_CONDITIONS}, {"applicant"})],
    Verb.SEND_PAPERS: [(APPEALED, {"applicant"})],
    Verb.WITHDRAW_APPEAL: [(APPEALED, {"applicant"})],
    Verb.DECIDE_APPEAL: [(APPEALED, HEARERS)],
    # one condition stands and one waits to be confirmed; a refusal has none
    Verb.CHECK_CONDITION: [({S.APPROVED_WITH_CONDITIONS, AGAINST_CONDITIONS}, PSD)],
    Verb.CONFIRM_CONDITION: [({S.APPROVED_WITH_CONDITIONS}, PSD)],
    Verb.FOLLOW_UP: [({S.REFUSED, S.REVOKED, S.APPEALED}, PSD)],
    Verb.OPEN_REVIEW: [({S.APPROVED, S.APPROVED_WITH_CONDITIONS}, PSD)],
    Verb.ANSWER_REVIEW: [({IN_REVIEW}, {"applicant"})],
    Verb.GIVE_REVIEW_VIEW: [({IN_REVIEW, ANSWERED}, {"line_manager"})],
    Verb.RENEW: [({IN_REVIEW, ANSWERED}, PSD)],
    Verb.VARY: [(APPROVED, PSD)],
    Verb.REVOKE: [(APPROVED, PSD)],
    Verb.REPORT_CHANGE: [(APPROVED - {IN_REVIEW}, {"applicant"})],
    Verb.CEASE: [(APPROVED, {"applicant"})],
    Verb.WITHDRAW: [(UNDECIDED, {"applicant"})],
    Verb.ATTACH: [(STANDING - {S.CEASED}, {"applicant"})],
    Verb.REOPEN: [({S.REFUSED}, PSD)],
    Verb.CHALLENGE: [(STANDING, PSD)],
    Verb.ANSWER_CHALLENGE: [(ALL, {"applicant"})],
    Verb.DISPOSE_CHALLENGE: [(ALL, PSD)],
}
# Where the ordinary use of each verb lands; the verbs that are not here leave the status as it is.
LANDS: dict[Verb, Callable[[str], Status]] = {
    Verb.GIVE_VIEW: lambda scene: S.WITH_HR,
    Verb.GIVE_HR_VIEW: lambda scene: S.WITH_VETTING,
    Verb.GIVE_VETTING_VIEW: lambda scene: S.WITH_PSD,
    Verb.GO_ON: lambda scene: S.WITH_PSD,
    Verb.ASK: lambda scene: S.QUERIED,
    Verb.ANSWER: lambda scene: S.WITH_PSD,
    Verb.APPROVE: lambda scene: S.APPROVED,
    Verb.SECOND_APPROVE: lambda scene: S.APPROVED,
    Verb.SEND_BACK: lambda scene: S.WITH_PSD,
    Verb.REFUSE: lambda scene: S.REFUSED,
    Verb.APPEAL: lambda scene: S.APPEALED,
    Verb.WITHDRAW_APPEAL: lambda scene: before_the_appeal(scene),
    Verb.DECIDE_APPEAL: lambda scene: before_the_appeal(scene),
    Verb.VARY: lambda scene: S.APPROVED_WITH_CONDITIONS,
    Verb.REVOKE: lambda scene: S.REVOKED,
    Verb.CEASE: lambda scene: S.CEASED,
    Verb.WITHDRAW: lambda scene: S.WITHDRAWN,
    Verb.REOPEN: lambda scene: S.WITH_PSD,
}
EVENTS = {
    Verb.GIVE_VIEW: "supervisor’s view given",
    Verb.GIVE_HR_VIEW: "HR’s view given",
    Verb.GIVE_VETTING_VIEW: "vetting’s view given",
    Verb.GO_ON: "taken on without the view that was asked for",
    Verb.ASK: "question asked",
    Verb.ANSWER: "question answered",
    Verb.ASSIGN: "assigned",
    Verb.APPROVE: "approval decided",
    Verb.SECOND_APPROVE: "approved against the guidance by a second approver",
    Verb.SEND_BACK: "sent back by the second approver",
    Verb.REFUSE: "application refused",
    Verb.APPEAL: "appeal made",
    Verb.SEND_PAPERS: "appeal papers sent",
    Verb.WITHDRAW_APPEAL: "appeal withdrawn",
    Verb.DECIDE_APPEAL: "appeal decided",
    Verb.CHECK_CONDITION: "condition checked",
    Verb.CONFIRM_CONDITION: "imported condition confirmed",
    Verb.FOLLOW_UP: "refusal followed up",
    Verb.OPEN_REVIEW: "review opened",
    Verb.ANSWER_REVIEW: "review answered",
    Verb.GIVE_REVIEW_VIEW: "supervisor’s view on the review given",
    Verb.RENEW: "renewed after a review",
    Verb.VARY: "conditions varied",
    Verb.REVOKE: "approval revoked",
    Verb.REPORT_CHANGE: "change of circumstances reported",
    Verb.CEASE: "interest ceased",
    Verb.WITHDRAW: "application withdrawn",
    Verb.ATTACH: "paper added",
    Verb.REOPEN: "reopened",
    Verb.CHALLENGE: "challenge made",
    Verb.ANSWER_CHALLENGE: "challenge answered",
    Verb.DISPOSE_CHALLENGE: "challenge closed",
}
PARTS = {
    "applicant": {Actor.DECLARANT, Actor.CHALLENGED},
    "line_manager": {Actor.SUPERVISOR},
    "hr_officer": {Actor.HR},
    "vetting_officer": {Actor.VETTING},
    "chief": {Actor.CHIEF},
    "acting_chief": {Actor.CHIEF},
    "gave_a_view": {Actor.PSD, Actor.HR},
    **{actor: {Actor.PSD} for actor in UNBIASED},
}


def before_the_appeal(scene: str) -> Status:
    return S.APPROVED_WITH_CONDITIONS if scene == AGAINST_CONDITIONS else S.REFUSED


def who_may(verb: Verb, scene: str) -> set[str]:
    return {actor for scenes, actors in ORACLE[verb] if scene in scenes for actor in actors}


@dataclass
class Stage:
    """The world, and one interest in each scene."""

    world: World
    cast: dict[str, User]
    interests: dict[str, Interest] = field(default_factory=dict)

    def actor(self, name: str) -> User:
        return self.cast[name]


@pytest.fixture(scope="module")
def shared_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[Stage]:
    """Built once for the file, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _stage()
        transaction.set_rollback(True)


def _stage() -> Stage:
    who = builders.world()
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    hr_officer = who.hr_officer
    both = builders.person("both_parts", force=who.northmoor, unit=who.headquarters)
    builders.grant(both, Role.HR, force=who.northmoor)
    builders.grant(both, Role.PSD_REVIEWER, department=who.alliance_psd)
    builders.grant(who.deputy_chief, Role.ACTING_CHIEF_OFFICER, force=who.northmoor)
    who.hr_officer = both  # the views of this file's interests are theirs
    found = {scene: _at(scene, who) for scene in SCENES}
    who.hr_officer = hr_officer
    cast = {
        "applicant": who.constable,
        "line_manager": who.sergeant,
        "stranger": who.colleague,
        "decided_first": who.reviewer,
        "free_reviewer": who.other_reviewer,
        "gave_a_view": both,
        "acting_chief": who.deputy_chief,
        "psd_of_other_force": who.harbour_reviewer,
    }
    people = {name: cast.get(name) or getattr(who, name) for name in ACTORS}
    return Stage(who, {name: builders.read_anew(user) for name, user in people.items()}, found)


def _at(scene: str, who: World) -> Interest:
    """An interest in a scene, with an open and an answered challenge to its person."""
    status = STATUS.get(scene, scene)
    before = {
        S.WITHDRAWN: S.WITH_PSD,
        AGAINST_CONDITIONS: S.APPROVED_WITH_CONDITIONS,
    }.get(scene, status)
    interest = interest_in(Status(before), who, opted_out=False)  # their hours add up
    perform(Verb.CHALLENGE, interest, by=who.other_reviewer, in_world=who)
    perform(Verb.ANSWER_CHALLENGE, interest, by=who.constable, in_world=who)
    interest = perform(Verb.CHALLENGE, interest, by=who.other_reviewer, in_world=who)
    match scene:
        case S.WITHDRAWN:
            interest = perform(Verb.WITHDRAW, interest, by=who.constable, in_world=who)
        case S.APPROVED_WITH_CONDITIONS:
            legacy = Condition.objects.get(interest=interest, kind=NO_UNIFORM.kind)
            change(legacy, to_confirm=True, next_check_on=None)
        case scene if scene == AGAINST_CONDITIONS:
            interest = perform(Verb.APPEAL, interest, by=who.constable, in_world=who)
        case scene if scene in (IN_REVIEW, ANSWERED):
            interest = perform(Verb.OPEN_REVIEW, interest, by=who.reviewer, in_world=who)
    if scene == ANSWERED:
        interest = perform(Verb.ANSWER_REVIEW, interest, by=who.constable, in_world=who)
    assert interest.status == status
    return interest


@pytest.fixture
def stage(shared_stage: Stage, db: None) -> Stage:
    """The file's stage, inside a transaction of the test's own."""
    return shared_stage


TABLES = (
    "audit_event",
    "business_interests_appeal",
    "business_interests_assessment",
    "business_interests_condition",
    "business_interests_conditioncheck",
    "business_interests_followup",
    "business_interests_review",
    "business_interests_writtennotice",
    "casework_attachment",
    "casework_case",
    "casework_challenge",
    "casework_deadline",
    "casework_decision",
    "casework_notice",
    "casework_question",
    "procrastinate_jobs",
)


def state_of_database() -> tuple[object, ...]:
    """Row counts, and the case versions together: what a refused action must leave as it was."""
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}, (SELECT sum(version) FROM casework_case)")  # noqa: S608
        return tuple(cursor.fetchone())


def test_the_oracle_knows_every_verb_and_every_status() -> None:
    assert set(ORACLE) == set(Verb) == {Verb(row.verb) for row in TRANSITIONS}
    assert set(EVENTS) == set(Verb) - {Verb.APPLY}
    assert set(Status) <= ALL
    assert len(Status) == 13


def test_the_table_names_the_parts_that_the_oracle_lets_act() -> None:
    for row in TRANSITIONS:
        for scenes, actors in ORACLE[Verb(row.verb)]:
            assert {STATUS.get(scene, scene) for scene in scenes} <= row.sources, row.verb
            for actor in actors:
                assert PARTS[actor] & row.who, f"{row.verb} is used by {actor}"


def test_the_table_has_no_source_that_the_oracle_does_not_reach() -> None:
    """A renewal or an answer to a review with conditions standing differs in nothing else."""
    for row in TRANSITIONS:
        reached = {
            STATUS.get(scene, scene) for scenes, _ in ORACLE[Verb(row.verb)] for scene in scenes
        }
        if row.verb in {Verb.ANSWER_REVIEW, Verb.GIVE_REVIEW_VIEW, Verb.RENEW}:
            reached.add(S.APPROVED_WITH_CONDITIONS)
        if row.verb in {Verb.CHECK_CONDITION, Verb.CONFIRM_CONDITION}:
            reached.add(S.APPROVED)  # the table allows it; that no condition stands refuses it
        assert row.sources == reached, row.verb


@pytest.mark.parametrize("verb", Verb)
def test_who_may_use_a_verb_in_which_scene(verb: Verb, stage: Stage) -> None:
    wrong = []
    for scene in SCENES:
        interest = fresh(stage.interests[scene])
        for name in ACTORS:
            expected = name in who_may(verb, scene)
            if is_allowed(verb, stage.actor(name), interest) != expected:
                wrong.append(f"at {scene}, {name} {'may not' if expected else 'may'}")
    assert not wrong, f"{verb}: {'; '.join(wrong)}"


def is_allowed(verb: Verb, user: User, interest: Interest) -> bool:
    try:
        check(verb, user, interest)
    except Denied as denied:
        sentence = str(denied)
    else:
        return True
    assert sentence.endswith("."), f"{user} reads no sentence: “{sentence}”"
    return False


@pytest.mark.parametrize("scene", SCENES)
def test_what_each_verb_does_for_one_who_may_and_for_one_who_may_not(
    scene: str, stage: Stage
) -> None:
    before = state_of_database()
    for verb in Verb:
        if verb == Verb.APPLY:
            continue
        may = sorted(who_may(verb, scene))
        interest = fresh(stage.interests[scene])
        if may:
            with transaction.atomic():
                _runs(verb, scene, interest, stage.actor(may[0]), stage.world)
                transaction.set_rollback(True)
        other = next(name for name in reversed(ACTORS) if name not in may)
        with pytest.raises(Denied), transaction.atomic():
            _use(verb, interest, stage.actor(other), stage.world)
        assert state_of_database() == before, f"{verb} at {scene}, refused to {other}"


def _use(verb: Verb, interest: Interest, user: User, who: World) -> Interest:
    details: dict[str, Any] = {}
    if verb == Verb.CONFIRM_CONDITION:
        legacy = Condition.objects.filter(interest=interest, to_confirm=True).first()
        details["condition"] = legacy or Condition(pk=0)
    if verb == Verb.RENEW:  # with an answer or, once the review is overdue, without
        details["now"] = NOW + timedelta(days=29)
    version = interest.case.version
    return perform(verb, interest, by=user, in_world=who, version=version, **details)


def _runs(verb: Verb, scene: str, interest: Interest, user: User, who: World) -> None:
    """It lands where the table of this file says, counts the change and leaves the event of its name."""
    last = Event.objects.latest("pk").pk
    after = _use(verb, interest, user, who)
    landed = LANDS[verb](scene) if verb in LANDS else interest.status
    assert after.status == landed, f"{verb} at {scene}"
    events = Event.objects.filter(pk__gt=last, about_id=interest.case_id)
    names = [EVENTS[verb]]
    if verb == Verb.REPORT_CHANGE:
        names.append("review opened")
    assert [(e.name, e.actor_id) for e in events] == [(name, user.pk) for name in names]
    # what PSD keeps to itself leaves the version as it is, which would betray it
    told = 0 if verb in {Verb.FOLLOW_UP, Verb.SEND_BACK} else len(names)
    assert after.case.version == interest.case.version + told
    if TRANSITIONS[verb].needs_reason:
        assert all(event.reason for event in events), f"{verb} keeps its reason"


@pytest.mark.parametrize("scene", SCENES)
def test_a_page_offers_the_verbs_that_are_allowed_and_says_why_others_are_not(
    scene: str, stage: Stage
) -> None:
    interest = fresh(stage.interests[scene])
    for name in ACTORS:
        found = options(stage.actor(name), interest)
        free = {option.transition.verb for option in found if not option.refusal}
        assert free == {verb for verb in Verb if name in who_may(verb, scene)}, name
        assert all(o.refusal.endswith(".") for o in found if o.refusal)
        if name in ONLOOKERS:
            assert found == [], f"{name} acts on no case, so is shown no button"


def test_every_status_is_somewhere_in_the_table() -> None:
    reached = {target for row in TRANSITIONS for target in row.targets}
    left = {source for row in TRANSITIONS if not row.stays for source in row.sources}
    assert reached == set(Status)
    assert set(Status) - left == {S.WITHDRAWN, S.CEASED}, "every other status has a way out"


def test_conditions_are_what_the_scene_says(stage: Stage) -> None:
    kept = fresh(stage.interests[AGAINST_CONDITIONS])
    assert [each.text for each in kept.standing_conditions] == [HOURS.text, NO_UNIFORM.text]
