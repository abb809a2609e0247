"""What two people do at one moment of a check, an assessment, a nil return or a board’s challenge."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F

from integrity.casework.actions import nil_returns
from integrity.casework.models import Case, Challenge, NilReturn, NilReturnReminder
from integrity.casework.nil_returns import quarters_over
from integrity.people.models import Unit, User
from registers.governance import actions
from registers.governance.enums import Finding, ThreatKind
from registers.governance.models import (
    ClauseFinding,
    GuidanceClause,
    HealthCheck,
    PlanItem,
    PolicyAssessment,
    QuarterlyMeeting,
    Threat,
    ThreatAssessment,
)
from tests import builders
from tests.boards import SOON
from tests.builders import NOW, TODAY, Verb, accepted, declare, perform, read_anew
from tests.concurrency.boardrooms import Boardroom, told
from tests.concurrency.contests import ANY, ONE, TWO, WHY, Contest, given, is_one

# --- health checks, assessments and threats -------------------------------------------------------


def start_health_check(room: Boardroom) -> Contest:
    return one_open("start_health_check", HealthCheck, actions.start_health_check, room)


def start_policy_assessment(room: Boardroom) -> Contest:
    start = actions.start_policy_assessment
    return one_open("start_policy_assessment", PolicyAssessment, start, room)


def start_threat_assessment(room: Boardroom) -> Contest:
    start = actions.start_threat_assessment
    return one_open("start_threat_assessment", ThreatAssessment, start, room)


def answer_health_question(room: Boardroom) -> Contest:
    """Both score one question: the last stands, and both are on record."""
    check = checked(room)
    question = check.questions[0]
    acts = [
        lambda by=by, score=score: actions.answer_health_question(
            check, question=question, score=score, evidence=WHY, **given(by)
        )
        for by, score in zip(room.keepers, (1, 2), strict=True)
    ]
    return Contest(
        "answer_health_question", acts, TWO, lambda _: is_one("answers", check.answers.all())
    )


def finish_health_check(room: Boardroom) -> Contest:
    check = checked(room)
    for question in check.questions:
        actions.answer_health_question(
            check, question=question, score=0, evidence="", **given(room.keepers[0])
        )
    acts = room.both(lambda by: lambda: actions.finish_health_check(check, **given(by)))
    return Contest(
        "finish_health_check", acts, ONE, lambda _: told("health check finished", check.pk, 1)
    )


def finish_while_it_is_answered(room: Boardroom) -> Contest:
    """One scores the last question while the other finishes: it is finished with every answer, or open."""
    check, (one, other) = checked(room), room.keepers
    *most, last = check.questions
    for question in most:
        actions.answer_health_question(check, question=question, score=0, evidence="", **given(one))
    acts = [
        lambda: actions.answer_health_question(
            check, question=last, score=1, evidence=WHY, **given(one)
        ),
        lambda: actions.finish_health_check(check, **given(other)),
    ]

    def after(answers: Sequence[str]) -> Iterator[str]:
        held = HealthCheck.objects.get(pk=check.pk)
        if held.is_open != bool(answers[1]) or held.answers.count() != len(most) + 1:
            yield f"open: {held.is_open}, {held.answers.count()} answers"

    return Contest("finish_while_it_is_answered", acts, ANY, after)


def plan_from_answer(room: Boardroom) -> Contest:
    check = checked(room)
    answer = actions.answer_health_question(
        check, question=check.questions[0], score=0, evidence="", **given(room.keepers[0])
    )
    return planned("plan_from_answer", actions.plan_from_answer, answer, room)


def find_clause(room: Boardroom) -> Contest:
    held = assessed(room)
    clause = held.clauses[0]
    acts = room.both(
        lambda by: (
            lambda: actions.find_clause(
                held,
                clause=clause,
                result=Finding.MET,
                where="Section 3",
                evidence=WHY,
                **given(by),
            )
        )
    )
    return Contest("find_clause", acts, TWO, lambda _: is_one("findings", held.findings.all()))


def finish_policy_assessment(room: Boardroom) -> Contest:
    held = assessed(room)
    for clause in held.clauses:
        not_met(held, clause, room)
    acts = room.both(lambda by: lambda: actions.finish_policy_assessment(held, **given(by)))
    return Contest(
        "finish_policy_assessment",
        acts,
        ONE,
        lambda _: told("policy assessment finished", held.pk, 1),
    )


def plan_from_finding(room: Boardroom) -> Contest:
    held = assessed(room)
    finding = not_met(held, held.clauses[0], room)
    return planned("plan_from_finding", actions.plan_from_finding, finding, room)


def write_threat(room: Boardroom) -> Contest:
    """One writes a threat while the other finishes: a finished assessment has what it had."""
    held, (one, other) = threatened(room), room.keepers
    a_threat(held, room)
    acts = [
        lambda: a_threat(held, room, by=one),
        lambda: actions.finish_threat_assessment(held, next_due=SOON, **given(other)),
    ]

    def after(answers: Sequence[str]) -> Iterator[str]:
        if held.threats.count() != 1 + (answers[0] == "") or answers[1]:
            yield f"{held.threats.count()} threats"

    return Contest("write_threat", acts, ANY, after)


def finish_threat_assessment(room: Boardroom) -> Contest:
    held = threatened(room)
    a_threat(held, room)
    acts = room.both(
        lambda by: lambda: actions.finish_threat_assessment(held, next_due=SOON, **given(by))
    )
    return Contest(
        "finish_threat_assessment",
        acts,
        ONE,
        lambda _: told("threat assessment finished", held.pk, 1),
    )


def plan_from_threat(room: Boardroom) -> Contest:
    threat = a_threat(threatened(room), room)
    return planned("plan_from_threat", actions.plan_from_threat, threat, room)


# --- quarterly meetings and statements ------------------------------------------------------------


def record_quarterly_meeting(room: Boardroom) -> Contest:
    quarter = some_quarter(room)
    acts = room.both(lambda by: lambda: quarterly(room, quarter, by))
    held = QuarterlyMeeting.objects.filter(quarter=quarter)
    return Contest("record_quarterly_meeting", acts, ONE, lambda _: is_one("meetings", held))


def add_quarterly_action(room: Boardroom) -> Contest:
    held = quarterly_meeting(room)
    acts = room.both(
        lambda by: (
            lambda: actions.add_quarterly_action(
                held, what=WHY, owner=by, due_on=TODAY, **given(by)
            )
        )
    )
    return Contest("add_quarterly_action", acts, TWO)


def close_quarterly_action(room: Boardroom) -> Contest:
    by = room.keepers[0]
    task = actions.add_quarterly_action(
        quarterly_meeting(room), what=WHY, owner=by, due_on=TODAY, **given(by)
    )
    acts = room.both(
        lambda by: lambda: actions.close_quarterly_action(task, evidence=WHY, **given(by))
    )
    return Contest(
        "close_quarterly_action", acts, ONE, lambda _: told("quarterly action closed", task.pk, 1)
    )


def state_figures(room: Boardroom) -> Contest:
    """Stated twice: a correction is a new row, and both stay."""
    figures: dict[str, Any] = {
        "as_of": TODAY, "counter_corruption_staff": Decimal(4), "led_by": "Inspector",
        "gift_registers": 1, "compares_with_contractors": True, "compares_with_suppliers": True,
    }  # fmt: skip
    head = room.world.psd_head
    acts = [lambda: actions.state_figures(room.world.northmoor, **figures, **given(head))] * 2
    return Contest("state_figures", acts, TWO)


# --- nil returns and challenges -------------------------------------------------------------------


def return_nil(room: Boardroom) -> Contest:
    """A head and their line manager confirm that one quarter brought nothing: it is returned once."""
    unit, two = headed(room)
    acts = [lambda by=by: nil_of(unit, by) for by in two]
    returned = NilReturn.objects.filter(unit=unit)
    return Contest("return_nil", acts, TWO, lambda _: is_one("nil returns", returned))


def withdraw_nil(room: Boardroom) -> Contest:
    unit, two = headed(room)
    (nil,) = nil_of(unit, two[0])
    acts = [lambda by=by: nil_returns.withdraw_nil(nil, reason=WHY, **given(by)) for by in two]
    return Contest("withdraw_nil", acts, ONE, lambda _: told("nil return withdrawn", nil.pk, 1))


def remind_heads_of(room: Boardroom) -> Contest:
    """A worker that was taken for dead goes on beside the next one: nobody is written to twice."""
    unit, _ = headed(room)
    force = room.world.northmoor
    acts = [lambda: nil_returns.remind_heads_of(force, by=None, now=NOW)] * 2
    sent = NilReturnReminder.objects.filter(unit=unit)
    return Contest("remind_heads_of", acts, TWO, lambda _: is_one("reminders", sent))


def challenge(room: Boardroom) -> Contest:
    """Two members of a body challenge one entry of a chief officer: the second is told it has changed."""
    offer = declare(room.world.assistant_chief, accepted(50))
    acts = [
        lambda by=by: perform(
            Verb.CHALLENGE, offer, by=by, in_world=room.world, version=offer.case.version
        )
        for by in room.members
    ]

    def after(answers: Sequence[str]) -> Iterator[str]:
        made = Challenge.objects.filter(case=offer.case_id, board=room.world.body)
        yield from is_one("challenges", made)
        winner = room.members[answers.index("")]
        if [each.made_by for each in made] != [winner]:
            yield f"it is not {winner}’s"
        if Case.objects.get(pk=offer.case_id).version != offer.case.version + 1:
            yield "not one version"

    return Contest("challenge", acts, ONE, after)


# --- what they share ------------------------------------------------------------------------------


def one_open(name: str, model: Any, start: Callable[..., Any], room: Boardroom) -> Contest:
    """Both begin one, of which one is open at a time."""
    over(model)
    acts = room.both(lambda by: lambda: start(room.world.northmoor, **given(by)))
    return Contest(
        name, acts, ONE, lambda _: is_one("open", model.objects.filter(finished_at=None))
    )


def over(model: Any) -> None:
    """What an earlier contest left open was finished."""
    finished: dict[str, Any] = {"finished_at": NOW, "finished_by": F("started_by")}
    if model is ThreatAssessment:
        finished["next_due"] = TODAY + timedelta(days=365)
    model.objects.filter(finished_at=None).update(**finished)


def begun(model: Any, start: Callable[..., Any], room: Boardroom) -> Any:
    over(model)
    return start(room.world.northmoor, **given(room.keepers[0]))


def checked(room: Boardroom) -> HealthCheck:
    check = begun(HealthCheck, actions.start_health_check, room)
    assert isinstance(check, HealthCheck)
    return check


def assessed(room: Boardroom) -> PolicyAssessment:
    found = begun(PolicyAssessment, actions.start_policy_assessment, room)
    assert isinstance(found, PolicyAssessment)
    return found


def threatened(room: Boardroom) -> ThreatAssessment:
    found = begun(ThreatAssessment, actions.start_threat_assessment, room)
    assert isinstance(found, ThreatAssessment)
    return found


def not_met(held: PolicyAssessment, clause: GuidanceClause, room: Boardroom) -> ClauseFinding:
    return actions.find_clause(
        held, clause=clause, result=Finding.NOT_MET, where="", evidence="",
        **given(room.keepers[0]),
    )  # fmt: skip


def a_threat(held: ThreatAssessment, room: Boardroom, by: User | None = None) -> Threat:
    return actions.write_threat(
        held, unit=None, post="Exhibits officer", kind=ThreatKind.DISCLOSURE, likelihood=3,
        impact=4, description="Wide access.", controls="Audits.", **given(by or room.keepers[0]),
    )  # fmt: skip


def planned(name: str, plan: Callable[..., Any], shortfall: Any, room: Boardroom) -> Contest:
    """Both put one shortfall in the plan: it leads to one item."""
    before = PlanItem.objects.count()
    acts = room.both(
        lambda by: lambda: plan(shortfall, what=WHY, owner=by, due_on=SOON, **given(by))
    )

    def after(answers: Sequence[str]) -> Iterator[str]:
        if PlanItem.objects.count() != before + 1:
            yield f"{PlanItem.objects.count() - before} items of the plan"

    return Contest(name, acts, ONE, after)


def quarterly(room: Boardroom, quarter: date, by: User) -> QuarterlyMeeting:
    return actions.record_quarterly_meeting(
        room.world.northmoor, quarter=quarter, held_on=TODAY, present="PSD", note="Gone through.",
        **given(by),
    )  # fmt: skip


def quarterly_meeting(room: Boardroom) -> QuarterlyMeeting:
    return quarterly(room, some_quarter(room), room.keepers[0])


def some_quarter(room: Boardroom) -> date:
    """One whose meeting is not on record."""
    return quarters_over(TODAY, 200)[next(room.numbers)].first


def headed(room: Boardroom) -> tuple[Unit, list[User]]:
    """A unit of which nothing is known, its head, and whose line they are in."""
    manager = room.world.sergeant
    head = builders.person(
        f"head_{next(room.numbers)}", force=room.world.northmoor, line_manager=manager
    )
    unit = Unit.objects.create(force=room.world.northmoor, name=f"Unit of {head}", head=head)
    return unit, [read_anew(head), read_anew(manager)]


def nil_of(unit: Unit, by: User) -> Sequence[NilReturn]:
    (quarter,) = quarters_over(TODAY, 1)
    return nil_returns.return_nil(unit, registers=["gifts"], quarter=quarter, **given(by))


MAKERS = (
    start_health_check, start_policy_assessment, start_threat_assessment, answer_health_question,
    finish_health_check, finish_while_it_is_answered, plan_from_answer, find_clause,
    finish_policy_assessment, plan_from_finding, write_threat, finish_threat_assessment,
    plan_from_threat, record_quarterly_meeting, add_quarterly_action, close_quarterly_action,
    state_figures, return_nil, withdraw_nil, remind_heads_of, challenge,
)  # fmt: skip
