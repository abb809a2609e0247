"""What each force finds of itself: health checks, policies, threats, quarterly meetings, figures stated."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from integrity.casework.nil_returns import quarters_over
from integrity.casework.quarters import Quarter
from integrity.people.models import Unit, User
from registers.demo.data import assessing as said
from registers.demo.data import health
from registers.demo.data.governing import KEEPERS
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.governance import actions
from registers.governance.enums import Finding, Guidance, HealthScore
from registers.governance.models import HealthCheck

A_YEAR = timedelta(days=365)


def assessed(world: World) -> list[Story]:
    codes = tuple(world.forces)
    return [
        *(_health(world, code, nth) for code in codes for nth in (0, 1)),
        *(_policies(world, code) for code in codes),
        *(_threats(world, code) for code in codes),
        *(
            _quarterly(world, code, nth, quarter)
            for code in codes
            for nth, quarter in enumerate(_quarters(world))
        ),
        *(_states(world, code, nth) for code in codes for nth in (0, 1)),
    ]


def _health(world: World, code: str, nth: int) -> Story:
    """A heading a day, the hour rising with it; after the second check, something is planned."""
    began, by = health.STARTED[nth], world[KEEPERS[code]]
    yield (at := world.on(world.workday(began), 8))
    check = actions.start_health_check(world.forces[code], by=by, now=at)
    asked = {(each.heading, each.number): each for each in check.questions}
    for place, scores in enumerate(health.SCORES[code][nth].split()):
        heading = list(health.EVIDENCE)[place]
        yield (at := world.on(world.workday(began - place), 9 + place))
        for number, score in enumerate(scores, start=1):
            evidence = health.EVIDENCE[heading][number - 1]
            actions.answer_health_question(
                check,
                question=asked[heading, number],
                score=int(score),
                evidence=_shown(evidence, HealthScore(int(score))),
                by=by,
                now=at,
            )
    yield (at := world.on(world.workday(began - health.FINISHED_AFTER), 17))
    actions.finish_health_check(check, by=by, now=at)
    if nth == 1:
        yield (at := at + timedelta(minutes=20))
        _plan_from_health(world, code, check, at=at, by=by)


def _shown(evidence: str, score: HealthScore) -> str:
    """What shows it, as far as it is in place; nothing shows what is not."""
    match score:
        case HealthScore.NOT_IN_PLACE:
            return ""
        case HealthScore.PARTLY:
            return evidence + health.PARTLY
        case HealthScore.CHECKED:
            return evidence + health.CHECKED
        case _:
            return evidence


def _plan_from_health(
    world: World, code: str, check: HealthCheck, *, at: datetime, by: User
) -> None:
    heading, number, what, owner, days = health.PLANNED[code]
    actions.plan_from_answer(
        check.answers.get(question__heading=heading, question__number=number),
        what=what,
        owner=world[owner],
        due_on=timezone.localdate(at) + timedelta(days=days),
        by=by,
        now=at,
    )


def _policies(world: World, code: str) -> Story:
    """The policies against the guidance, clause by clause; what falls short is planned, some of it done."""
    by, short = world[KEEPERS[code]], said.SHORT[code]
    yield (at := world.on(world.workday(said.ASSESSED), 9))
    assessment = actions.start_policy_assessment(world.forces[code], by=by, now=at)
    found = {}
    for clause in assessment.clauses:
        where, evidence = said.SAID[Guidance(clause.document)][clause.number - 1]
        result, instead = short.get(clause.label, (Finding.MET, evidence))
        found[clause.label] = actions.find_clause(
            assessment,
            clause=clause,
            result=result,
            where="" if result == Finding.NOT_MET else where,
            evidence=instead,
            by=by,
            now=at,
        )
    yield (at := world.on(world.workday(said.ASSESSED - 6), 16))
    actions.finish_policy_assessment(assessment, by=by, now=at)
    planned = [
        (
            actions.plan_from_finding(
                found[label],
                what=what,
                owner=world[owner],
                due_on=timezone.localdate(at) + timedelta(days=days),
                by=by,
                now=at,
            ),
            evidence,
        )
        for label, what, owner, days, evidence in said.AMENDS[code]
    ]
    for item, evidence in planned:
        if evidence:
            yield (at := world.on(item.due_on - timedelta(days=9), 12))
            actions.close(item, evidence=evidence, by=by, now=at, version=None)


def _threats(world: World, code: str) -> Story:
    """Posts and units that are exposed, what is sampled because of it and what is done."""
    force, by = world.forces[code], world[KEEPERS[code]]
    yield (at := world.on(world.workday(said.THREATENED), 10))
    today = timezone.localdate(at)
    assessment = actions.start_threat_assessment(force, by=by, now=at)
    units = {unit.name: unit for unit in Unit.objects.filter(force=force)}
    for each in said.THREATS[code]:
        sample, days = each.sample or ("", None)
        threat = actions.write_threat(
            assessment,
            unit=units[each.unit],
            post=each.post,
            kind=each.kind,
            description=each.how,
            likelihood=each.likelihood,
            impact=each.impact,
            controls=each.controls,
            sample=sample,
            sample_by=None if days is None else today + timedelta(days=days),
            by=by,
            now=at,
        )
        if each.plan:
            what, owner, due = each.plan
            actions.plan_from_threat(
                threat,
                what=what,
                owner=world[owner],
                due_on=today + timedelta(days=due),
                by=by,
                now=at,
            )
    yield (at := world.on(world.workday(said.THREATENED - 8), 16))
    next_due = timezone.localdate(at) + A_YEAR
    actions.finish_threat_assessment(assessment, next_due=next_due, by=by, now=at)


def _quarters(world: World) -> list[Quarter]:
    """The last two whose meeting has been, the earlier first."""
    over = [
        quarter
        for quarter in quarters_over(world.today, 3)
        if _met_on(world, quarter) < world.today  # what is held today may lie later than now
    ]
    return over[:2][::-1]


def _met_on(world: World, quarter: Quarter) -> date:
    return world.workday((world.today - quarter.last).days - said.HELD_AFTER)


def _quarterly(world: World, code: str, nth: int, quarter: Quarter) -> Story:
    """PSD, procurement and the press office on a quarter; what the last one asked for is open."""
    force, by = world.forces[code], world[f"procurement.{code.lower()}"]
    held_on = _met_on(world, quarter)
    yield (at := world.on(held_on, 13))
    meeting = actions.record_quarterly_meeting(
        force,
        quarter=quarter.first,
        held_on=held_on,
        present=said.PRESENT,
        note=said.DISCUSSED[nth],
        by=by,
        now=at,
    )
    owner, what, *evidence = said.QUARTERLY[code][nth]
    task = actions.add_quarterly_action(
        meeting,
        what=what,
        owner=world[owner],
        due_on=held_on + timedelta(days=said.QUARTERLY_DUE),
        by=by,
        now=at,
    )
    if evidence:
        yield (at := world.on(held_on + timedelta(days=said.QUARTERLY_DUE - 10), 12))
        actions.close_quarterly_action(task, evidence=evidence[0], by=world[owner], now=at)


def _states(world: World, code: str, nth: int) -> Story:
    """What the head of PSD states of the force, twice, a year apart."""
    as_of = world.today - timedelta(days=said.STATED[nth])
    yield (at := world.on(as_of + timedelta(days=5), 14))
    staff, led_by = said.STAFF[code][nth]
    registers, with_contractors, with_suppliers = said.COMPARED[code][nth]
    actions.state_figures(
        world.forces[code],
        as_of=as_of,
        counter_corruption_staff=Decimal(staff),
        led_by=led_by,
        gift_registers=registers,
        compares_with_contractors=with_contractors,
        compares_with_suppliers=with_suppliers,
        headcount=sum(1 for person in world.of_force(code) if person.serves_on(as_of)),
        headcount_source=said.HEADCOUNT_SOURCE,
        by=world[KEEPERS[code]],
        now=at,
    )
