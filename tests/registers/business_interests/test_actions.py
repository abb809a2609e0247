"""An application from its first day to the decision: who is asked, what stops the clock, who is told."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from integrity.audit.models import Audience, Event
from integrity.casework.enums import DeadlineKind, Phase, Stage
from integrity.casework.models import Attachment, Case, Deadline, Decision, Notice, Question
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.business_interests import actions
from registers.business_interests.actions.stating import factors_of
from registers.business_interests.enums import (
    Category,
    ConditionKind,
    Factor,
    Ground,
    Holder,
    LegalBasis,
    Status,
    Verb,
    View,
)
from registers.business_interests.facts import AssessmentFacts, ConditionFacts
from registers.business_interests.models import Condition, Interest, InterestPolicy, MemberRule
from tests import builders
from tests.builders import NOW, TODAY, World
from tests.constraints import change
from tests.interests import (
    HOURS,
    NO_UNIFORM,
    WEIGHTS,
    apply,
    facts,
    fresh,
    interest_in,
    perform,
)

S, K = Status, DeadlineKind
pytestmark = pytest.mark.django_db
AGENT = ConditionFacts(text="Through Keyes and Co.", kind=ConditionKind.AGENT)
LATER = NOW + timedelta(days=5)


def tasks(
    interest: Interest, kind: DeadlineKind | None = None
) -> list[tuple[str, User | None, date]]:
    """The open tasks of an interest: kind, whose, and by when."""
    found = Deadline.objects.open().filter(case=interest.case_id).order_by("kind")
    if kind:
        found = found.filter(kind=kind)
    return [(each.kind, each.owner, each.due_on) for each in found]


def day_of(interest: Interest, kind: DeadlineKind) -> date | None:
    found = tasks(interest, kind)
    return found[0][2] if found else None


def told(interest: Interest) -> list[tuple[str, str]]:
    """Who was told of the interest's last event, and in which words."""
    last = Event.objects.filter(about="case", about_id=interest.case_id).latest("pk")
    found = Notice.objects.filter(case=interest.case_id, key=f"event:{last.pk}").order_by("pk")
    return [
        (each.recipient.username, each.subject.removeprefix(f"{interest.case.reference}: "))
        for each in found.select_related("recipient")
    ]


def names(interest: Interest) -> list[str]:
    found = Event.objects.filter(about="case", about_id=interest.case_id, audience=Audience.CASE)
    return list(found.order_by("pk").values_list("name", flat=True))


# --- applying -------------------------------------------------------------------------------------


def test_an_application_is_the_constable_s_waits_for_the_sergeant_and_starts_psd_s_clock(
    world: World,
) -> None:
    interest = fresh(apply(world.constable))
    assert interest.status == S.WITH_SUPERVISOR
    assert (interest.case.subject, interest.case.author) == (world.constable, world.constable)
    assert interest.case.reference.startswith("BI-2026-")
    assert interest.legal_basis == LegalBasis.POLICE_REGULATIONS
    assert tasks(interest) == [
        (K.ASSESS, world.sergeant, TODAY + timedelta(days=7)),
        (K.DECIDE, None, TODAY + timedelta(days=28)),
    ]
    assert names(interest) == ["application made"]
    assert told(interest) == [
        ("constable", "we have your application"),
        ("sergeant", "an application by your team waits for your view"),
    ]


@pytest.mark.parametrize(
    ("kind", "basis"),
    [
        ("officer", LegalBasis.POLICE_REGULATIONS),
        ("special", LegalBasis.FORCE_POLICY),
        ("staff", LegalBasis.FORCE_POLICY),
        ("volunteer", LegalBasis.FORCE_POLICY),
        ("contractor", LegalBasis.CONTRACT),
    ],
)
def test_each_kind_of_member_applies_under_its_legal_basis_and_clock(
    kind: str, basis: LegalBasis, world: World
) -> None:
    MemberRule.objects.filter(member_type=kind).update(decide_within=15, working_days=True)
    change(world.constable, member_type=kind)
    interest = apply(builders.read_anew(world.constable))
    assert interest.legal_basis == basis
    assert day_of(interest, K.DECIDE) == date(2026, 7, 6), "three weeks without a bank holiday"


def test_a_policy_that_says_nothing_of_a_kind_of_member_says_so(world: World) -> None:
    MemberRule.objects.filter(member_type="officer").update(member_type="unknown")
    with pytest.raises(Denied, match="says nothing of police officer"):
        apply(world.constable)
    InterestPolicy.objects.update(effective_from=TODAY + timedelta(days=1))
    with pytest.raises(Denied, match="no policy on business interests in force"):
        apply(world.constable)


def test_an_incomplete_application_is_not_received(world: World) -> None:
    with pytest.raises(Denied, match="name of the employer"):
        apply(world.constable, organisation="")
    assert not Case.objects.exists()


def test_the_same_key_is_one_application(world: World) -> None:
    key = UUID(int=7)
    first, again = (
        actions.apply(facts=facts(), by=world.constable, now=NOW, idempotency_key=key)
        for _ in range(2)
    )
    assert first == again
    assert Interest.objects.count() == Event.objects.filter(name="application made").count() == 1
    other = actions.apply(facts=facts(), by=world.colleague, now=NOW, idempotency_key=key)
    assert other != first, "a key is its writer's"


@pytest.mark.usefixtures("media")
def test_papers_come_with_the_application(world: World) -> None:
    paper = SimpleUploadedFile("offer.txt", b"Dear Constable")
    made = actions.apply(facts=facts(), by=world.constable, now=NOW, papers=[paper])
    kept = Attachment.objects.get(case=made.case)
    assert (kept.name, kept.size, kept.attached_by) == ("offer.txt", 14, world.constable)


@pytest.mark.usefixtures("media")
def test_a_paper_added_later_says_what_it_is(world: World) -> None:
    interest = interest_in(S.WITH_PSD, world)
    with pytest.raises(Denied, match="Say what the paper is"):
        perform(Verb.ATTACH, interest, by=world.constable, in_world=world, about="")
    interest = perform(Verb.ATTACH, interest, by=world.constable, in_world=world)
    assert Attachment.objects.get(case=interest.case).about == "Offer letter"
    assert told(interest) == [("psd_head", "a paper was added")]


def test_one_organisation_however_it_is_spelt(world: World) -> None:
    first = apply(world.constable, organisation="Fallow Hill Garden Centre Ltd")
    second = apply(world.colleague, organisation="FALLOW HILL GARDEN CENTRE LIMITED")
    assert first.organisation == second.organisation


def test_the_score_is_of_what_the_application_shows(world: World) -> None:
    plain = apply(world.constable)
    assert plain.case.risk == 0
    risky = apply(
        world.constable,
        occupation="Door supervisor",
        uses_police_knowledge=True,
        conflict_note="I know the regulars.",
    )
    assert set(factors_of(risky)) == {Factor.LISTED_REFUSE, Factor.POLICE_KNOWLEDGE}
    assert risky.case.risk == WEIGHTS[Factor.LISTED_REFUSE] + WEIGHTS[Factor.POLICE_KNOWLEDGE]


def test_the_score_remembers_a_refusal(world: World) -> None:
    interest_in(S.REFUSED, world)
    assert Factor.REFUSED_BEFORE in factors_of(apply(world.constable))
    assert Factor.REFUSED_BEFORE not in factors_of(apply(world.colleague))


# --- working time ---------------------------------------------------------------------------------


def test_duty_what_is_approved_and_this_one_add_up(world: World) -> None:
    interest_in(S.APPROVED, world, hours_a_week=Decimal(3))
    interest_in(S.APPROVED_WITH_CONDITIONS, world, hours_a_week=Decimal(34), weeks_worked=1)
    interest_in(S.WITH_PSD, world, hours_a_week=Decimal(20), opted_out=False)  # not approved
    interest_in(S.REFUSED, world, hours_a_week=Decimal(20), opted_out=False)
    made = apply(world.constable, hours_a_week=Decimal(2))
    assert (made.duty_hours, made.average_hours) == (Decimal(40), Decimal(40 + 3 + 2 + 2))


def test_an_approval_whose_conditions_are_under_appeal_still_counts(world: World) -> None:
    kept = interest_in(S.APPROVED_WITH_CONDITIONS, world, hours_a_week=Decimal(3))
    perform(Verb.APPEAL, kept, by=world.constable, in_world=world)
    assert apply(world.constable).average_hours == Decimal(47)


def test_a_relative_s_interest_adds_nothing(world: World) -> None:
    interest_in(
        S.APPROVED, world, holder=Holder.RELATIVE, relative="Ann, mother", hours_a_week=Decimal(40)
    )
    made = apply(world.constable, hours_a_week=Decimal(4))
    assert made.average_hours == Decimal(44)
    hers = apply(world.constable, holder=Holder.RELATIVE, relative="Ann", hours_a_week=Decimal(60))
    assert hers.average_hours == Decimal(40)


def test_one_s_own_hours_of_duty_come_before_the_policy_s(world: World) -> None:
    change(world.constable, weekly_hours=Decimal("22.5"))
    made = apply(builders.read_anew(world.constable))
    assert (made.duty_hours, made.average_hours) == (Decimal("22.5"), Decimal("26.5"))


def test_past_the_limit_the_opt_out_is_asked_and_nothing_is_refused_for_it(world: World) -> None:
    with pytest.raises(Denied, match="48-hour week"):
        apply(world.constable, hours_a_week=Decimal("8.01"))
    assert apply(world.constable, hours_a_week=Decimal(8)).average_hours == Decimal(48)
    made = apply(world.constable, hours_a_week=Decimal(20), opted_out=False)
    assert made.status == S.WITH_SUPERVISOR
    assert factors_of(made) == (Factor.OVER_HOURS,)


# --- views ----------------------------------------------------------------------------------------


def test_hr_and_vetting_are_asked_where_the_policy_says_so_each_with_their_days(
    world: World,
) -> None:
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True, assess_within_days=3)
    interest = fresh(apply(world.constable))
    way = [interest.status]
    for verb, by in (
        (Verb.GIVE_VIEW, world.sergeant),
        (Verb.GIVE_HR_VIEW, world.hr_officer),
        (Verb.GIVE_VETTING_VIEW, world.vetting_officer),
    ):
        owner = world.sergeant if interest.status == S.WITH_SUPERVISOR else None
        assert tasks(interest, K.ASSESS) == [(K.ASSESS, owner, TODAY + timedelta(days=3))]
        interest = perform(verb, interest, by=by, in_world=world)
        way.append(interest.status)
    assert way == [S.WITH_SUPERVISOR, S.WITH_HR, S.WITH_VETTING, S.WITH_PSD]
    assert tasks(interest) == [(K.DECIDE, None, TODAY + timedelta(days=28))]
    assert told(interest) == [("psd_head", "an application waits for PSD")]
    assert [(a.kind, a.assessed_by) for a in interest.assessments.all()] == [
        ("supervisor", world.sergeant),
        ("hr", world.hr_officer),
        ("vetting", world.vetting_officer),
    ]


def test_whoever_is_asked_next_is_told(world: World) -> None:
    InterestPolicy.objects.update(asks_hr=True)
    interest = interest_in(S.WITH_HR, world)
    assert told(interest) == [("hr_officer", "an application waits for HR’s view")]


def test_a_manager_who_left_or_is_not_there_is_passed_over(world: World) -> None:
    change(world.sergeant, leaves_on=TODAY - timedelta(days=400))
    assert apply(builders.read_anew(world.constable)).status == S.WITH_PSD
    assert apply(world.eastvale_constable).status == S.WITH_PSD


def test_concerns_are_set_out_and_raise_the_score(world: World) -> None:
    interest = interest_in(S.WITH_SUPERVISOR, world)
    said = AssessmentFacts(View.CONCERNS, role_conflict=True, welfare_concern=True)
    with pytest.raises(Denied, match="Set out"):
        perform(Verb.GIVE_VIEW, interest, by=world.sergeant, in_world=world, facts=said)
    said = replace(said, note="He is tired already.")
    interest = perform(Verb.GIVE_VIEW, interest, by=world.sergeant, in_world=world, facts=said)
    assert interest.status == S.WITH_PSD, "a view is no verdict"
    assert interest.case.risk == WEIGHTS[Factor.ROLE_CONFLICT] + WEIGHTS[Factor.WELFARE]
    assert not interest.case.decisions.exists()


def test_psd_goes_on_without_a_view_that_does_not_come(world: World) -> None:
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    interest = interest_in(S.WITH_HR, world)
    interest = perform(Verb.GO_ON, interest, by=world.reviewer, in_world=world)
    assert interest.status == S.WITH_PSD
    assert tasks(interest) == [(K.DECIDE, None, TODAY + timedelta(days=28))]
    event = Event.objects.latest("pk")
    assert (event.facts["without"], event.reason) == ("With HR", "Because the policy says so.")


# --- returned for information ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "asker"),
    [
        (S.WITH_SUPERVISOR, "sergeant"),
        (S.WITH_HR, "hr_officer"),
        (S.WITH_VETTING, "vetting_officer"),
        (S.WITH_PSD, "reviewer"),
    ],
)
def test_a_question_stops_the_clock_and_the_answer_restarts_it_where_it_stood(
    status: Status, asker: str, world: World
) -> None:
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    interest = interest_in(status, world)
    by = getattr(world, asker)
    interest = perform(Verb.ASK, interest, by=by, in_world=world)
    assert (interest.status, interest.stood_at) == (S.QUERIED, status)
    assert interest.case.phase == Phase.WAITING
    assert tasks(interest) == [(K.ANSWER_QUESTION, world.constable, TODAY + timedelta(days=7))], (
        "nobody else's clock runs"
    )
    interest = perform(Verb.ANSWER, interest, by=world.constable, in_world=world, now=LATER)
    assert (interest.status, interest.stood_at) == (status, "")
    assert (interest.case.phase, interest.complete_at) == (Phase.OPEN, LATER)
    assert day_of(interest, K.DECIDE) == LATER.date() + timedelta(days=28)
    waiting = tasks(interest, K.ASSESS)
    if status == S.WITH_PSD:
        assert waiting == []
    else:
        owner = world.sergeant if status == S.WITH_SUPERVISOR else None
        assert waiting == [(K.ASSESS, owner, LATER.date() + timedelta(days=7))]
    assert (by.username, "the declarant has answered") in told(interest)


def test_the_applicant_is_told_who_asks(world: World) -> None:
    interest = perform(
        Verb.ASK, interest_in(S.WITH_SUPERVISOR, world), by=world.sergeant, in_world=world
    )
    assert told(interest) == [("constable", "Your supervisor asks you a question")]
    interest = perform(Verb.ASK, interest_in(S.WITH_PSD, world), by=world.reviewer, in_world=world)
    ((who, words),) = told(interest)
    assert (who, words) == ("constable", "PSD asks you a question")


def test_psd_may_ask_more_while_a_question_waits_and_every_one_is_answered(world: World) -> None:
    interest = interest_in(S.WITH_SUPERVISOR, world)
    interest = perform(Verb.ASK, interest, by=world.sergeant, in_world=world)
    interest = perform(Verb.ASK, interest, by=world.reviewer, in_world=world, text="Whose van?")
    assert interest.stood_at == S.WITH_SUPERVISOR
    first, second = Question.objects.filter(case=interest.case)
    interest = perform(
        Verb.ANSWER, interest, by=world.constable, in_world=world, answers={first.pk: "Saturdays."}
    )
    assert interest.status == S.QUERIED
    assert day_of(interest, K.DECIDE) is None
    interest = perform(
        Verb.ANSWER, interest, by=world.constable, in_world=world, answers={second.pk: "Mine."}
    )
    assert interest.status == S.WITH_SUPERVISOR


# --- withdrawing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [S.WITH_SUPERVISOR, S.WITH_PSD, S.QUERIED, S.SECOND_APPROVAL])
def test_a_withdrawn_application_asks_nothing_of_anybody(status: Status, world: World) -> None:
    interest = interest_in(status, world)
    interest = perform(Verb.WITHDRAW, interest, by=world.constable, in_world=world)
    assert (interest.status, interest.stood_at, interest.proposed) == (S.WITHDRAWN, "", None)
    assert interest.case.phase == Phase.WITHDRAWN
    assert tasks(interest) == []
    assert told(interest) == [
        ("psd_head", "an application was withdrawn"),
        ("sergeant", "an application was withdrawn"),
    ]


# --- deciding -------------------------------------------------------------------------------------


def test_an_approval_has_its_decision_its_notice_and_no_right_of_appeal(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    assert (interest.approved_on, interest.review_on) == (TODAY, date(2027, 6, 15))
    decision = Decision.objects.get(case=interest.case)
    assert (decision.stage, decision.outcome, decision.decided_by) == (
        Stage.PSD,
        S.APPROVED,
        world.reviewer,
    )
    notice = interest.notices.get()
    assert (notice.decision, notice.outcome, notice.appeal_by) == (decision, S.APPROVED, None)
    assert interest.case.phase == Phase.CLOSED
    assert tasks(interest) == []
    assert told(interest) == [
        ("constable", "your application was approved"),
        ("sergeant", "an application by your team was approved"),
    ]
    assert not interest.against_guidance


def test_conditions_are_set_with_their_checks_and_may_be_appealed_against(world: World) -> None:
    interest = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    hours, uniform = Condition.objects.filter(interest=interest)
    assert (hours.kind, hours.hours, hours.next_check_on) == (
        ConditionKind.HOURS,
        Decimal(10),
        date(2026, 12, 15),
    )
    assert (uniform.next_check_on, uniform.set_by) == (date(2027, 6, 15), world.reviewer)
    notice = interest.notices.get()
    assert notice.conditions == [HOURS.text, NO_UNIFORM.text]
    assert notice.appeal_by == TODAY + timedelta(days=10)
    assert Decision.objects.get(case=interest.case).conditions == f"{HOURS.text}\n{NO_UNIFORM.text}"
    assert tasks(interest) == [(K.CHECK_CONDITION, None, date(2026, 12, 15))]
    told_of = Notice.objects.filter(case=interest.case, recipient=world.constable).latest("pk")
    assert "You may appeal until 25 June 2026." in told_of.body
    assert told_of.path == f"/interests/{interest.case.reference}/notice/{notice.pk}/"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (ConditionFacts(text=""), "what the condition is"),
        (ConditionFacts(text="Few hours", kind=ConditionKind.HOURS), "how many hours"),
        (ConditionFacts(text="For now", kind=ConditionKind.END_DATE), "until when"),
        (ConditionFacts(text="For now", kind=ConditionKind.END_DATE, until=TODAY), "lie ahead"),
    ],
)
def test_a_condition_says_what_its_kind_asks_for(
    condition: ConditionFacts, words: str, world: World
) -> None:
    interest = interest_in(S.WITH_PSD, world)
    with pytest.raises(Denied, match=words):
        perform(Verb.APPROVE, interest, by=world.reviewer, in_world=world, conditions=(condition,))
    assert fresh(interest).status == S.WITH_PSD


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1), date(2031, 6, 16)])
def test_the_review_date_lies_ahead_and_within_five_years(day: date, world: World) -> None:
    interest = interest_in(S.WITH_PSD, world)
    with pytest.raises(Denied, match="review date"):
        perform(Verb.APPROVE, interest, by=world.reviewer, in_world=world, review_on=day)
    last = date(2031, 6, 15)
    perform(Verb.APPROVE, interest, by=world.reviewer, in_world=world, review_on=last)


def test_a_refusal_has_its_ground_its_notice_and_its_follow_ups(world: World) -> None:
    interest = interest_in(S.REFUSED, world)
    assert (interest.grounds, interest.review_on) == (Ground.ROLE_CONFLICT, None)
    assert interest.notices.get().appeal_by == date(2026, 6, 25)
    assert [(f.months, f.due_on) for f in interest.follow_ups.all()] == [
        (1, date(2026, 7, 15)),
        (6, date(2026, 12, 15)),
        (12, date(2027, 6, 15)),
    ]
    assert tasks(interest) == [(K.FOLLOW_UP, None, date(2026, 7, 15))]
    assert told(interest) == [
        ("constable", "your application was refused"),
        ("sergeant", "an application by your team was refused"),
    ]


def test_working_days_count_no_bank_holiday_in_the_time_to_appeal(world: World) -> None:
    MemberRule.objects.update(working_days=True)
    christmas = NOW.replace(month=12, day=18)  # a Friday
    interest = interest_in(S.REFUSED, world, now=christmas)
    # 21 to 24 December; not 25, nor 28 (Boxing Day, a Saturday); 29 to 31; not 1 January; 4 to 6
    assert interest.notices.get().appeal_by == date(2027, 1, 6)


def test_a_refused_application_is_reopened_in_a_new_round_and_its_follow_ups_dropped(
    world: World,
) -> None:
    interest = interest_in(S.REFUSED, world)
    interest = perform(Verb.REOPEN, interest, by=world.reviewer, in_world=world, now=LATER)
    assert (interest.status, interest.grounds, interest.case.round) == (S.WITH_PSD, "", 2)
    assert interest.complete_at == LATER
    assert interest.case.phase == Phase.OPEN
    assert {each.dropped_at for each in interest.follow_ups.all()} == {LATER}
    assert tasks(interest) == [(K.DECIDE, None, LATER.date() + timedelta(days=28))]
    interest = perform(Verb.APPROVE, interest, by=world.reviewer, in_world=world, now=LATER)
    assert [(d.round, d.outcome) for d in interest.case.decisions.all()] == [
        (1, S.REFUSED),
        (2, S.APPROVED),
    ]


# --- against the guidance -------------------------------------------------------------------------


def test_against_the_guidance_it_takes_a_rationale_and_a_second_approver(world: World) -> None:
    interest = interest_in(S.WITH_PSD, world, occupation="Door supervisor")
    with pytest.raises(Denied, match=r"normally refused.*second approver"):
        perform(Verb.APPROVE, interest, by=world.reviewer, in_world=world)
    interest = perform(
        Verb.APPROVE,
        interest,
        by=world.reviewer,
        in_world=world,
        rationale="He trains the others.",
        conditions=(HOURS,),
    )
    assert interest.status == S.SECOND_APPROVAL
    assert not interest.against_guidance, "it is counted once it is granted"
    assert (interest.approved_on, interest.review_on) == (None, None)
    assert not Condition.objects.filter(interest=interest).exists()
    assert not interest.notices.exists()
    assert interest.case.phase == Phase.OPEN
    assert tasks(interest) == [(K.DECIDE, None, TODAY + timedelta(days=28))], "the clock runs on"
    with pytest.raises(Denied, match="already decided"):
        perform(Verb.SECOND_APPROVE, interest, by=world.reviewer, in_world=world)
    interest = perform(Verb.SECOND_APPROVE, interest, by=world.other_reviewer, in_world=world)
    assert interest.status == S.APPROVED_WITH_CONDITIONS
    assert interest.against_guidance
    assert interest.guidance_rationale == "He trains the others."
    assert interest.proposed is None
    held = Condition.objects.get(interest=interest)
    assert (held.hours, held.text, held.set_by) == (Decimal(10), HOURS.text, world.other_reviewer)
    assert [(d.stage, d.decided_by) for d in interest.case.decisions.all()] == [
        (Stage.PSD, world.reviewer),
        (Stage.SECOND_APPROVAL, world.other_reviewer),
    ]
    assert interest.notices.get().decision.stage == Stage.SECOND_APPROVAL


def test_a_proposal_keeps_every_particular_of_its_conditions(world: World) -> None:
    until = ConditionFacts(
        text="Until Easter.",
        kind=ConditionKind.END_DATE,
        until=date(2027, 3, 28),
        check_method="visit",
        check_months=2,
    )
    interest = interest_in(S.WITH_PSD, world, occupation="Bouncer")
    more = {"rationale": "For a season.", "conditions": (HOURS, until)}
    interest = perform(Verb.APPROVE, interest, by=world.reviewer, in_world=world, **more)
    interest = perform(Verb.SECOND_APPROVE, interest, by=world.psd_head, in_world=world)
    kept = [
        ConditionFacts(c.text, c.kind, c.hours, c.until, c.check_method, c.check_months)
        for c in Condition.objects.filter(interest=interest)
    ]
    assert kept == [HOURS, until]


def test_a_second_approver_who_does_not_agree_opens_a_round(world: World) -> None:
    interest = interest_in(S.SECOND_APPROVAL, world)
    interest = perform(Verb.SEND_BACK, interest, by=world.other_reviewer, in_world=world)
    assert (interest.status, interest.case.round, interest.proposed) == (S.WITH_PSD, 2, None)
    assert not interest.against_guidance
    interest = perform(Verb.REFUSE, interest, by=world.reviewer, in_world=world)
    assert [(d.round, d.stage, d.outcome) for d in interest.case.decisions.all()] == [
        (1, Stage.PSD, S.SECOND_APPROVAL),
        (1, Stage.SECOND_APPROVAL, "sent_back"),
        (2, Stage.PSD, S.REFUSED),
    ]


def test_a_proposal_whose_review_date_has_passed_is_sent_back(world: World) -> None:
    interest = interest_in(S.SECOND_APPROVAL, world)
    late = NOW + timedelta(days=365)
    with pytest.raises(Denied, match="review date"):
        perform(Verb.SECOND_APPROVE, interest, by=world.other_reviewer, in_world=world, now=late)


def test_a_listed_occupation_with_its_conditions_is_within_the_guidance(world: World) -> None:
    interest = interest_in(S.WITH_PSD, world, occupation="Taxi driver")
    with pytest.raises(Denied, match="conditions only"):
        perform(Verb.APPROVE, interest, by=world.reviewer, in_world=world)
    interest = perform(
        Verb.APPROVE, interest, by=world.reviewer, in_world=world, conditions=(HOURS,)
    )
    assert interest.status == S.APPROVED_WITH_CONDITIONS
    assert not interest.against_guidance


def test_a_letting_without_an_agent_needs_the_condition_or_a_second_approver(
    world: World,
) -> None:
    InterestPolicy.objects.update(letting_needs_agent=True)
    flat = {
        "category": Category.LETTING,
        "occupation": "Letting a flat",
        "organisation": "",
        "hours_a_week": None,
        "property_address": "1 Quay Street",
    }
    for conditions, status in (((), None), ((NO_UNIFORM,), None), ((AGENT,), "with conditions")):
        interest = interest_in(S.WITH_PSD, world, **flat)
        decide = {"by": world.reviewer, "in_world": world, "conditions": conditions}
        if status is None:
            with pytest.raises(Denied, match="managing agent"):
                perform(Verb.APPROVE, interest, **decide)
            interest = perform(Verb.APPROVE, interest, **decide, rationale="A cousin lives there.")
            assert interest.status == S.SECOND_APPROVAL
        else:
            interest = perform(Verb.APPROVE, interest, **decide)
            assert interest.status == S.APPROVED_WITH_CONDITIONS
    managed = interest_in(S.WITH_PSD, world, **flat, managing_agent="Keyes and Co")
    managed = perform(Verb.APPROVE, managed, by=world.reviewer, in_world=world)
    assert managed.status == S.APPROVED


# --- the platform's verbs -------------------------------------------------------------------------


def test_a_stale_page_changes_nothing(world: World) -> None:
    interest = interest_in(S.WITH_PSD, world)
    seen = interest.case.version
    perform(Verb.ASSIGN, interest, by=world.reviewer, in_world=world, version=seen)
    with pytest.raises(Conflict):
        perform(Verb.APPROVE, interest, by=world.reviewer, in_world=world, version=seen)
    assert fresh(interest).status == S.WITH_PSD


def test_the_owner_of_a_case_has_its_tasks_before_and_after_the_decision(world: World) -> None:
    interest = interest_in(S.WITH_PSD, world)
    interest = perform(Verb.ASSIGN, interest, by=world.psd_head, in_world=world)
    assert tasks(interest, K.DECIDE)[0][1] == world.other_reviewer
    interest = perform(
        Verb.APPROVE, interest, by=world.reviewer, in_world=world, conditions=(HOURS,)
    )
    assert tasks(interest, K.CHECK_CONDITION)[0][1] == world.other_reviewer
    interest = perform(
        Verb.ASSIGN, interest, by=world.psd_head, in_world=world, owner=world.reviewer
    )
    assert tasks(interest, K.CHECK_CONDITION)[0][1] == world.reviewer


def test_a_silent_challenge_leaves_no_trace_for_the_applicant(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    before, version = names(interest), interest.case.version
    interest = perform(
        Verb.CHALLENGE,
        interest,
        by=world.reviewer,
        in_world=world,
        silent=True,
        silent_reason="It would tip them off.",
    )
    assert (names(interest), interest.case.version) == (before, version)
    assert told(interest) == []


def test_a_body_s_interests_are_told_to_its_own_psd(world: World) -> None:
    interest = fresh(apply(world.body_member))
    assert told(interest) == [
        ("body_member", "we have your application"),
        ("psd_head", "an application waits for PSD"),
    ]
    assert world.body_member.oversight_body_id == interest.case.oversight_body_id
    assert not world.psd_head.scope(Role.HR)
