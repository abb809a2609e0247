"""What PSD does with an investigation, and what nobody else learns of it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from integrity.audit.models import Audience, Event
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind, Phase, ReferralSource
from integrity.casework.models import CaseLink, Deadline, Notice, Referral
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import Role
from registers.investigations import actions, summaries
from registers.investigations.actions.work import record_look
from registers.investigations.enums import (
    Category,
    Factor,
    Outcome,
    RestrictionKind,
    Status,
    SubCategory,
    Verb,
)
from registers.investigations.facts import facts_from
from registers.investigations.models import Investigation, InvestigationPolicy, Lead
from tests import builders
from tests.builders import NOW, TODAY, YESTERDAY, World, declare
from tests.constraints import change
from tests.investigations import (
    WEIGHTS,
    WHY,
    fresh,
    investigation_in,
    open_one,
    perform,
    post_facts,
    refer,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def of_entry(world: World) -> Referral:
    """An entry of the constable is handed over for investigation."""
    return casework.refer(
        declare(world.constable).case,
        source=ReferralSource.DECISION,
        about="Box of chocolates, from Halcyon Fleet Ltd",
        reason="It was not declined.",
        suggests="gratuities",
        by=world.reviewer,
        now=NOW,
    )


def tasks(investigation: Investigation) -> list[tuple[str, Any, Any]]:
    open_ = Deadline.objects.open().filter(case=investigation.case_id)
    return [(each.kind, each.due_on, each.owner) for each in open_]


# --- opening --------------------------------------------------------------------------------------


def test_it_opens_from_a_referral_with_nothing_typed_twice(world: World) -> None:
    referral = of_entry(world)
    made = actions.open_investigation(
        facts=facts_from(referral),
        home=world.northmoor,
        referrals=[referral],
        by=world.reviewer,
        now=NOW,
    )
    case = made.case
    assert (made.title, made.category, made.source) == (
        "Box of chocolates, from Halcyon Fleet Ltd",
        Category.GRATUITIES,
        ReferralSource.DECISION,
    )
    assert (case.subject, case.subject_manager) == (world.constable, world.sergeant)
    assert (case.confidential, case.author, case.register) == (True, None, "investigations")
    assert made.opened_by == world.reviewer
    assert made.policy == InvestigationPolicy.objects.get(department=world.alliance_psd)
    lead = Lead.objects.get(referral=referral)
    assert (lead.investigation, lead.force, lead.dealt_by) == (
        made,
        world.northmoor,
        world.reviewer,
    )
    link = CaseLink.objects.get()
    assert (link.case, link.other, link.made_by) == (case, referral.case, world.reviewer)
    event = Event.objects.get(about="case", about_id=case.pk)
    assert (event.name, event.facts["referrals"]) == ("investigation opened", [referral.pk])


def test_several_referrals_open_one_and_count_as_a_risk(world: World) -> None:
    made = open_one(world, referrals=[refer(world), refer(world), of_entry(world)])
    assert made.leads.count() == 3
    assert made.case.risk == WEIGHTS[Factor.SEVERAL_SOURCES]


def test_the_same_key_opens_it_once(world: World) -> None:
    key = uuid4()
    first = open_one(world, idempotency_key=key)
    assert open_one(world, idempotency_key=key) == first
    assert open_one(world, idempotency_key=uuid4()) != first
    by_another = open_one(world, idempotency_key=key, by=world.reviewer)
    assert by_another != first, "a key is one person’s"


def test_a_referral_taken_before_returns_the_first_investigation(world: World) -> None:
    referral = refer(world)
    first = open_one(world, referrals=[referral])
    assert open_one(world, referrals=[referral], by=world.reviewer) == first
    assert Investigation.objects.count() == 1


def test_a_referral_taken_into_what_the_reader_may_not_know_of_says_no_more(world: World) -> None:
    referral = refer(world)
    open_one(world, referrals=[referral], subject=world.reviewer)
    with pytest.raises(Denied, match="dealt with already"):
        open_one(world, referrals=[referral], by=world.reviewer)


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"title": " "}, "Say in a line"),
        ({"category": "gratuities", "sub_category": "criminals"}, "Choose a kind"),
        ({"category": "gossip"}, "Choose a category"),
    ],
)
def test_what_cannot_be_opened_says_why(
    details: dict[str, Any], sentence: str, world: World
) -> None:
    with pytest.raises(Denied, match=sentence):
        open_one(world, **details)


def test_a_subject_is_of_the_force_and_not_of_whoever_opens_it(world: World) -> None:
    with pytest.raises(Denied, match="is not of Northmoor Police"):
        open_one(world, subject=world.eastvale_constable)
    for subject in (world.other_reviewer, world.reviewer):
        by = world.other_reviewer if subject == world.other_reviewer else world.psd_head
        home = subject.force
        with pytest.raises(Denied, match="ask somebody else in PSD"):
            open_one(world, subject=subject, by=by, home=home)


def test_a_force_without_a_policy_is_told_to_add_one(world: World) -> None:
    InvestigationPolicy.objects.update(effective_from=TOMORROW)
    with pytest.raises(Denied, match="Northmoor Police has no policy on investigations yet"):
        open_one(world)


def test_a_referral_of_another_force_opens_nothing_here(world: World) -> None:
    elsewhere = refer(world, force=world.eastvale)
    with pytest.raises(Denied, match="A referral is not of Northmoor Police"):
        open_one(world, referrals=[elsewhere])
    with pytest.raises(Denied):
        open_one(world, referrals=[refer(world, force=world.harbour)])
    made = open_one(world)
    with pytest.raises(Denied, match="This referral is not of Northmoor Police"):
        perform(Verb.ADD_REFERRAL, made, by=world.reviewer, in_world=world, referral=elsewhere)


def test_nobody_outside_psd_opens_one(world: World) -> None:
    for name in ("constable", "sergeant", "chief", "investigation_inspector", "press_officer"):
        with pytest.raises(Denied):
            open_one(world, by=getattr(world, name))
    assert not Investigation.objects.exists()


def test_a_referral_is_set_aside_with_a_reason_once(world: World) -> None:
    referral = refer(world)
    with pytest.raises(Denied, match="Say why"):
        actions.set_aside(referral, reason=" ", by=world.reviewer, now=NOW)
    lead = actions.set_aside(referral, reason="It was public.", by=world.reviewer, now=NOW)
    assert (lead.investigation, lead.set_aside_because) == (None, "It was public.")
    event = Event.objects.filter(about="referral").latest("pk")
    assert (event.name, event.audience) == ("referral set aside", Audience.PSD)
    with pytest.raises(Denied, match="dealt with already"):
        actions.set_aside(referral, reason="Again.", by=world.reviewer, now=NOW)
    with pytest.raises(Denied, match="set aside already"):
        open_one(world, referrals=[referral])
    made = open_one(world)
    with pytest.raises(Denied, match="dealt with already"):
        perform(Verb.ADD_REFERRAL, made, by=world.reviewer, in_world=world, referral=referral)
    with pytest.raises(Denied):
        actions.set_aside(refer(world), reason="No.", by=world.sergeant, now=NOW)


def test_a_referral_added_later_is_linked_and_raises_the_risk(world: World) -> None:
    made = open_one(world, referrals=[refer(world)])
    assert made.case.risk == 0
    referral = of_entry(world)
    made = perform(Verb.ADD_REFERRAL, made, by=world.reviewer, in_world=world, referral=referral)
    assert made.case.risk == WEIGHTS[Factor.SEVERAL_SOURCES]
    assert made.case.links.get().other == referral.case


# --- what is stated -------------------------------------------------------------------------------


def test_the_risk_is_scored_anew_with_every_action(world: World) -> None:
    by = world.reviewer
    made = open_one(world)
    assert made.case.risk == 0

    def then(verb: Verb, **details: Any) -> int:
        nonlocal made
        made = perform(verb, made, by=by, in_world=world, **details)
        return made.case.risk

    to_criminals = {"category": Category.DISCLOSURE, "sub_category": SubCategory.CRIMINALS}
    assert then(Verb.CLASSIFY, **to_criminals) == 40
    assert then(Verb.ASSESS, still_has_access=False, harm=True, evidence=False) == 90
    assert then(Verb.RECORD_POST) == 95
    assert then(Verb.IDENTIFY, subject=builders.read_anew(world.assistant_chief)) == 105
    assert then(Verb.IDENTIFY, subject=None) == 95
    assert then(Verb.RECHECK) == 90
    assert then(Verb.CLASSIFY, category="", sub_category="") == 50


def test_somebody_investigated_before_is_a_risk_for_the_policy_s_months(world: World) -> None:
    before = open_one(world, now=NOW - timedelta(days=900))
    assert open_one(world, now=NOW - timedelta(days=700)).case.risk == WEIGHTS[Factor.REPEATED]
    unknown = open_one(world, subject=None)
    assert unknown.case.risk == 0
    named = perform(
        Verb.IDENTIFY, unknown, by=world.reviewer, in_world=world, subject=world.constable
    )
    assert named.case.risk == WEIGHTS[Factor.REPEATED]
    assert fresh(before).case.risk == 0


def test_whoever_is_named_as_the_subject_owns_it_no_longer(world: World) -> None:
    made = open_one(world, subject=None)
    made = perform(Verb.ASSIGN, made, by=world.psd_head, in_world=world, owner=world.reviewer)
    made = perform(Verb.RECORD_POST, made, by=world.other_reviewer, in_world=world)
    assert [task[2] for task in tasks(made)] == [world.reviewer]
    made = perform(
        Verb.IDENTIFY, made, by=world.other_reviewer, in_world=world, subject=world.reviewer
    )
    assert (made.case.subject, made.case.owner) == (world.reviewer, None)
    assert [task[2] for task in tasks(made)] == [None]


def test_their_manager_owns_it_no_longer_either(world: World) -> None:
    made = open_one(world, subject=None)
    made = perform(Verb.ASSIGN, made, by=world.reviewer, in_world=world, owner=world.psd_head)
    made = perform(
        Verb.IDENTIFY, made, by=world.other_reviewer, in_world=world, subject=world.reviewer
    )
    assert made.case.owner is None
    made = perform(Verb.ASSIGN, made, by=world.other_reviewer, in_world=world)
    other = builders.person("other", force=world.northmoor)
    made = perform(Verb.IDENTIFY, made, by=world.other_reviewer, in_world=world, subject=other)
    assert made.case.owner == world.other_reviewer


def test_nobody_names_themselves_or_somebody_of_another_force(world: World) -> None:
    made = open_one(world, subject=None)
    for subject, sentence in (
        (world.reviewer, "about you"),
        (world.harbour_constable, "is not of Northmoor Police"),
    ):
        with pytest.raises(Denied, match=sentence):
            perform(Verb.IDENTIFY, made, by=world.reviewer, in_world=world, subject=subject)


def test_an_owner_is_told_and_the_notice_betrays_nothing(world: World) -> None:
    made = open_one(world, category=Category.DISCLOSURE)
    perform(Verb.ASSIGN, made, by=world.psd_head, in_world=world, owner=world.reviewer)
    notice = Notice.objects.get(case=made.case)
    assert notice.recipient == world.reviewer
    assert notice.subject == f"{made.case.reference}: a case was assigned to you"
    said = f"{notice.subject} {notice.body} {notice.path}".lower()
    for word in ("investigation", "constable", "disclosure", made.title.lower()):
        assert word not in said


def test_an_owner_is_in_psd_and_apart_from_the_subject(world: World) -> None:
    made = open_one(world, subject=world.reviewer)
    for owner in (world.reviewer, world.psd_head, world.sergeant, world.investigation_inspector):
        with pytest.raises(Denied):
            perform(Verb.ASSIGN, made, by=world.other_reviewer, in_world=world, owner=owner)
    assert fresh(made).case.owner is None
    assert not Notice.objects.filter(case=made.case).exists()


def test_suspended_and_restricted_from_and_to(world: World) -> None:
    by = world.reviewer
    made = perform(
        Verb.SUSPEND, open_one(world), by=by, in_world=world, kind=RestrictionKind.SUSPENDED
    )
    with pytest.raises(Denied, match="“Suspended” runs already"):
        perform(Verb.SUSPEND, made, by=by, in_world=world, kind=RestrictionKind.SUSPENDED)
    made = perform(Verb.SUSPEND, made, by=by, in_world=world)
    suspended = made.restrictions.get(kind=RestrictionKind.SUSPENDED)
    with pytest.raises(Denied, match="cannot end before that"):
        perform(
            Verb.END_RESTRICTION,
            made,
            by=by,
            in_world=world,
            restriction=suspended,
            to_on=YESTERDAY,
        )
    made = perform(Verb.END_RESTRICTION, made, by=by, in_world=world, restriction=suspended)
    suspended.refresh_from_db()
    assert (suspended.to_on, suspended.ended_at, suspended.ended_by) == (TODAY, NOW, by)
    with pytest.raises(Denied, match="has ended already"):
        perform(Verb.END_RESTRICTION, made, by=by, in_world=world, restriction=suspended)
    perform(Verb.SUSPEND, made, by=by, in_world=world, kind=RestrictionKind.SUSPENDED)


def test_nobody_known_is_not_suspended(world: World) -> None:
    made = open_one(world, subject=None)
    with pytest.raises(Denied, match="Say first whom"):
        perform(Verb.SUSPEND, made, by=world.reviewer, in_world=world)


def test_it_goes_to_an_external_body_and_comes_back(world: World) -> None:
    made = investigation_in(Status.REFERRED, world)
    assert made.case.phase == Phase.WAITING
    away = made.external_referrals.get()
    assert (away.body, away.referred_on, away.external_reference) == ("IOPC", TODAY, "2026/1")
    with pytest.raises(Denied, match="cannot be before 15 June 2026"):
        perform(Verb.RETURN, made, by=world.reviewer, in_world=world, returned_on=YESTERDAY)
    made = perform(Verb.RETURN, made, by=world.reviewer, in_world=world)
    away.refresh_from_db()
    assert (made.status, made.case.phase) == (Status.CONTINUING, Phase.OPEN)
    assert (away.returned_on, away.returned_by) == (TODAY, world.reviewer)
    with pytest.raises(Denied, match="cannot be in the future"):
        perform(Verb.REFER_OUT, made, by=world.reviewer, in_world=world, referred_on=TOMORROW)
    with pytest.raises(Denied, match="to which body"):
        perform(Verb.REFER_OUT, made, by=world.reviewer, in_world=world, body=" ")


# --- posts ----------------------------------------------------------------------------------------


def test_a_post_is_looked_at_until_it_is_gone(world: World) -> None:
    by = world.reviewer
    made = perform(Verb.RECORD_POST, open_one(world), by=by, in_world=world)
    in_14_days = TODAY + timedelta(days=14)
    assert tasks(made) == [(DeadlineKind.RECHECK, in_14_days, None)]
    later = NOW + timedelta(days=10)
    made = perform(Verb.RECHECK, made, by=by, in_world=world, now=later, still_there=True)
    post = made.posts.get()
    assert post.next_check_on == later.date() + timedelta(days=14)
    assert tasks(made) == [(DeadlineKind.RECHECK, post.next_check_on, None)]
    with pytest.raises(Denied, match="look again before you close"):
        perform(Verb.CLOSE, made, by=by, in_world=world, now=later)
    made = perform(Verb.RECHECK, made, by=by, in_world=world, now=later, note="Account gone.")
    post = made.posts.get()
    assert (post.gone_on, post.next_check_on) == (later.date(), None)
    assert [each.still_there for each in post.checks.all()] == [True, False]
    assert tasks(made) == []
    with pytest.raises(Denied, match="No post"):
        perform(Verb.RECHECK, made, by=by, in_world=world, post=post)
    closed = perform(Verb.CLOSE, made, by=by, in_world=world, now=later)
    assert closed.status == Status.CLOSED


def test_the_next_look_is_the_earliest_of_all_posts_and_the_owner_s(world: World) -> None:
    by = world.reviewer
    made = perform(Verb.ASSIGN, open_one(world), by=by, in_world=world)
    soon = post_facts(next_check_on=TODAY + timedelta(days=2), account="@b")
    for facts in (post_facts(), soon):
        made = perform(Verb.RECORD_POST, made, by=by, in_world=world, facts=facts)
    owner = world.other_reviewer
    assert tasks(made) == [(DeadlineKind.RECHECK, TODAY + timedelta(days=2), owner)]
    first = made.posts.get(account="@b")
    made = perform(Verb.RECHECK, made, by=by, in_world=world, post=first)
    assert tasks(made) == [(DeadlineKind.RECHECK, TODAY + timedelta(days=14), owner)]
    with pytest.raises(Denied, match="gone already"):
        perform(Verb.RECHECK, made, by=by, in_world=world, post=first)
    made = perform(Verb.ASSIGN, made, by=by, in_world=world, owner=world.psd_head)
    assert [task[2] for task in tasks(made)] == [world.psd_head]


def test_a_post_says_where_it_is_and_was_found_by_today(world: World) -> None:
    made = open_one(world)
    for facts, sentence in (
        (post_facts(account=" "), "which account"),
        (post_facts(found_on=TOMORROW), "cannot be in the future"),
    ):
        with pytest.raises(Denied, match=sentence):
            perform(Verb.RECORD_POST, made, by=world.reviewer, in_world=world, facts=facts)
    made = perform(Verb.RECORD_POST, made, by=world.reviewer, in_world=world)
    with pytest.raises(Denied, match="cannot be before 14 June 2026"):
        perform(
            Verb.RECHECK,
            made,
            by=world.reviewer,
            in_world=world,
            checked_on=YESTERDAY - timedelta(days=1),
        )


# --- the end --------------------------------------------------------------------------------------


def test_it_closes_with_an_outcome_a_reason_and_lessons(world: World) -> None:
    made = investigation_in(Status.CLOSED, world)
    assert (made.outcome, made.outcome_on, made.lessons) == (Outcome.ADVICE, TODAY, "Ask first.")
    assert made.case.phase == Phase.CLOSED
    decision = made.case.decisions.get()
    assert (decision.stage, decision.outcome, decision.reason) == ("psd", Outcome.ADVICE, WHY)
    assert tasks(made) == []
    event = Event.objects.filter(about="case", about_id=made.case_id).latest("pk")
    assert (event.name, event.facts["lessons"]) == ("investigation closed", "Ask first.")


def test_one_that_is_with_an_external_body_comes_back_by_its_closing(world: World) -> None:
    made = investigation_in(Status.REFERRED, world)
    made = perform(
        Verb.CLOSE,
        made,
        by=world.reviewer,
        in_world=world,
        outcome=Outcome.DISMISSED,
        outcome_on=YESTERDAY,
    )
    assert made.external_referrals.get().returned_on == TODAY, "not before it went"
    again = perform(Verb.REOPEN, made, by=world.reviewer, in_world=world)
    assert perform(Verb.REFER_OUT, again, by=world.reviewer, in_world=world).status == "referred"


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"outcome": "hanged"}, "Choose an outcome"),
        ({"outcome_on": TOMORROW}, "cannot be in the future"),
        ({"reason": ""}, "Give the reason"),
    ],
)
def test_it_does_not_close_without_what_is_asked_for(
    details: dict[str, Any], sentence: str, world: World
) -> None:
    made = open_one(world)
    with pytest.raises(Denied, match=sentence):
        perform(Verb.CLOSE, made, by=world.reviewer, in_world=world, **details)
    assert fresh(made).status == Status.CONTINUING


def test_reopened_it_is_a_new_round_and_can_be_decided_again(world: World) -> None:
    made = perform(
        Verb.REOPEN, investigation_in(Status.CLOSED, world), by=world.reviewer, in_world=world
    )
    assert (made.status, made.outcome, made.outcome_on, made.lessons) == (
        Status.CONTINUING,
        "",
        None,
        "",
    )
    assert (made.case.round, made.case.phase) == (2, Phase.OPEN)
    made = perform(
        Verb.CLOSE, made, by=world.reviewer, in_world=world, outcome=Outcome.RESIGNED, lessons=""
    )
    assert [each.outcome for each in made.case.decisions.all()] == ["advice", "resigned"]


def test_nobody_but_its_owner_is_ever_told_anything(world: World) -> None:
    made = open_one(world, referrals=[refer(world)])
    refer(world)
    for verb in (
        Verb.CLASSIFY,
        Verb.ASSESS,
        Verb.ADD_REFERRAL,
        Verb.SUSPEND,
        Verb.RECORD_POST,
        Verb.RECHECK,
        Verb.REFER_OUT,
        Verb.RETURN,
        Verb.ASSIGN,
        Verb.CLOSE,
        Verb.REOPEN,
    ):
        made = perform(verb, made, by=world.reviewer, in_world=world)
    told = Notice.objects.filter(case=made.case).values_list("recipient", flat=True)
    assert set(told) == {world.other_reviewer.pk}
    owners = Deadline.objects.filter(case=made.case).values_list("owner", flat=True)
    assert set(owners) <= {None, world.other_reviewer.pk}


# --- stale, and seen ------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", sorted(set(Verb) - {Verb.OPEN}))
def test_a_stale_form_changes_nothing(verb: Verb, world: World) -> None:
    made = open_one(world)
    refer(world)
    seen = made.case.version
    made = perform(Verb.ASSESS, made, by=world.reviewer, in_world=world)
    last = Event.objects.latest("pk").pk
    with pytest.raises(Conflict), transaction.atomic():
        perform(verb, made, by=world.other_reviewer, in_world=world, version=seen)
    assert Event.objects.latest("pk").pk == last


def test_a_look_at_a_page_of_several_is_recorded_for_each_force(world: World) -> None:
    record_look(page="figures", by=world.reviewer, now=NOW)
    looks = Event.objects.filter(name="investigations looked at", actor_id=world.reviewer.pk)
    assert {look.force_id for look in looks} == {world.northmoor.pk, world.eastvale.pk}
    assert {look.facts["page"] for look in looks} == {"figures"}


# --- what the platform is told --------------------------------------------------------------------


@pytest.fixture
def desk() -> None:
    """The desk has pages for investigations."""
    try:
        reverse("psd:investigations_investigation_change", args=[1])
        reverse("psd:investigations-open")
    except NoReverseMatch:
        pytest.skip("the desk's pages are not built yet")


@pytest.mark.usefixtures("desk")
def test_summaries_and_appearances_show_to_those_who_may_know(world: World) -> None:
    made = open_one(world, subject=world.reviewer)
    entry = declare(world.reviewer).case
    for name, user in world.people().items():
        user = builders.read_anew(user)
        sees = name in ("other_reviewer", "investigation_inspector")
        assert [each.title for each in summaries.summaries(user, [made.case])] == (
            [made.title] if sees else []
        )
        assert [each.reference for each in summaries.about_person(user, entry)] == (
            [made.case.reference] if sees else []
        )
    assert summaries.about_person(world.other_reviewer, made.case) == []
    unknown = open_one(world, subject=None)
    assert summaries.about_person(world.other_reviewer, unknown.case) == []


@pytest.mark.usefixtures("desk")
def test_the_way_from_a_referral_to_its_investigation(world: World) -> None:
    waiting, taken, aside = refer(world), refer(world), refer(world, person=world.reviewer)
    made = open_one(world, referrals=[taken], subject=world.reviewer)
    builders.grant(world.sergeant, Role.INSPECTOR, force=world.northmoor)

    def way(name: str, referral: Referral) -> str | None:
        opening = summaries.opening(builders.read_anew(getattr(world, name)), referral)
        return opening.label if opening else None

    assert way("reviewer", waiting) == "Open an investigation"
    assert way("other_reviewer", taken) == made.case.reference
    assert way("reviewer", taken) is None
    assert way("reviewer", aside) is None
    assert way("other_reviewer", aside) == "Open an investigation"
    for name in ("investigation_inspector", "sergeant", "administrator"):
        assert way(name, waiting) is None
    actions.set_aside(aside, reason="No.", by=world.other_reviewer, now=NOW)
    assert way("other_reviewer", aside) is None


def test_the_outside_decider_s_case_stays_outside_when_it_is_reopened(world: World) -> None:
    change(world.northmoor, outside_department=world.harbour_psd)
    made = open_one(world, subject=builders.read_anew(world.chief))
    by = world.harbour_reviewer
    made = perform(Verb.ASSIGN, made, by=by, in_world=world, owner=by)
    for verb in (Verb.CLOSE, Verb.REOPEN):
        made = perform(verb, made, by=by, in_world=world)
    assert (made.case.owner, made.case.with_outside_decider) == (by, True)


def test_investigations_are_numbered_apart(world: World) -> None:
    """A gap among the others' references would tell that there is one, and of which day."""
    before = declare(world.constable).case.reference
    opened = [open_one(world).case.reference for _ in range(3)]
    after = declare(world.constable).case.reference
    number = [int(reference.rsplit("-", 1)[1]) for reference in (before, after)]
    assert number[1] == number[0] + 1
    assert [reference[:3] for reference in opened] == ["IN-"] * 3


def test_nobody_known_cannot_have_left(world: World) -> None:
    made = open_one(world, subject=None)
    with pytest.raises(Denied, match="nobody known can have left"):
        perform(Verb.CLOSE, made, by=world.reviewer, in_world=world, outcome=Outcome.DISMISSED)
    assert fresh(made).status == Status.CONTINUING
