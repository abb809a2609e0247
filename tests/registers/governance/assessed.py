"""Checks, assessments, meetings and statements as their users make them, and whoever looks at them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from integrity.people.enums import MemberType, Role
from integrity.people.models import Force, OversightBody, User
from registers.governance import actions
from registers.governance.enums import Finding, HealthScore, ThreatKind
from registers.governance.models import (
    Board,
    BoardMember,
    ForceStatement,
    HealthCheck,
    PolicyAssessment,
    QuarterlyMeeting,
    Threat,
    ThreatAssessment,
)
from tests.builders import World, grant, person

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
SOON = TODAY + timedelta(days=30)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def cast_of(world: World) -> dict[str, User]:
    """Everybody who has, or might be thought to have, a part in a force's checks."""
    lead = person("lead", force=world.northmoor)
    grant(lead, Role.INTEGRITY_LEAD, force=world.northmoor)
    harbour_body = OversightBody.objects.create(
        code="HPA", name="Harbour Authority", department=world.harbour_psd
    )
    harbour_body.forces.set([world.harbour])
    stranger = person("stranger", oversight_body=harbour_body, member_type=MemberType.BODY)
    grant(stranger, Role.GOVERNANCE_MEMBER, oversight_body=harbour_body)
    sits = person("sits", force=world.northmoor)
    board = Board.objects.create(force=world.northmoor, name="Integrity board", purpose="Integrity")
    BoardMember.objects.create(board=board, person=sits, starts_on=TODAY)
    left = person("left_board", force=world.northmoor)
    BoardMember.objects.create(
        board=board, person=left, starts_on=date(2020, 1, 1), ends_on=TODAY - timedelta(days=1)
    )
    return {
        "psd head": world.psd_head,
        "reviewer": world.reviewer,
        "lead": lead,
        "governance": world.governance_member,
        "inspector": world.inspector,
        "board": sits,
        "left board": left,
        "constable": world.constable,
        "procurement": world.procurement_officer,
        "press": world.press_officer,
        "administrator": world.administrator,
        "harbour psd": world.harbour_reviewer,
        "harbour body": stranger,
    }


def opens_for(world: World, *urls: str) -> set[str]:
    """Who gets the pages; everybody else gets 404 of each."""
    found = set()
    for name, user in cast_of(world).items():
        answers = {signed_in(user).get(url).status_code for url in urls}
        assert answers in ({200}, {404}), (name, answers)
        if answers == {200}:
            found.add(name)
    return found


def started(world: World, at: Any = NOW) -> HealthCheck:
    return actions.start_health_check(world.northmoor, by=world.reviewer, now=at)


def checked(world: World, *scores: int, at: Any = NOW) -> HealthCheck:
    """A finished check: these scores in the order of the questions, and 2 for the rest."""
    check = started(world, at)
    for place, question in enumerate(check.questions):
        score = scores[place] if place < len(scores) else HealthScore.IN_PLACE
        actions.answer_health_question(
            check, question=question, score=score, evidence="Seen.", by=world.reviewer, now=at
        )
    return actions.finish_health_check(check, by=world.reviewer, now=at)


def assessing(world: World, at: Any = NOW) -> PolicyAssessment:
    return actions.start_policy_assessment(world.northmoor, by=world.reviewer, now=at)


def assessed(world: World, *results: Finding, at: Any = NOW) -> PolicyAssessment:
    found = assessing(world, at)
    for place, clause in enumerate(found.clauses):
        result = results[place] if place < len(results) else Finding.MET
        actions.find_clause(
            found,
            clause=clause,
            result=result,
            where="Policy, section 3",
            evidence="Read.",
            by=world.reviewer,
            now=at,
        )
    return actions.finish_policy_assessment(found, by=world.reviewer, now=at)


def threats_begun(world: World) -> ThreatAssessment:
    return actions.start_threat_assessment(world.northmoor, by=world.reviewer, now=NOW)


def a_threat(world: World, of: ThreatAssessment, **details: Any) -> Threat:
    ordinary: dict[str, Any] = {
        "unit": world.patrol,
        "post": "",
        "kind": ThreatKind.DISCLOSURE,
        "description": "Wide access to records.",
        "likelihood": 3,
        "impact": 4,
        "controls": "Audits.",
    }
    return actions.write_threat(of, **{**ordinary, **details}, by=world.reviewer, now=NOW)


QUARTER = date(TODAY.year, TODAY.month - (TODAY.month - 1) % 3, 1)


def met(world: World, quarter: date = QUARTER) -> QuarterlyMeeting:
    return actions.record_quarterly_meeting(
        world.northmoor,
        quarter=quarter,
        held_on=TODAY,
        present="Head of PSD, head of procurement",
        note="The pack was gone through.",
        by=world.procurement_officer,
        now=NOW,
    )


def state(
    world: World, as_of: date, staff: str = "4.5", force: Force | None = None, **details: Any
) -> ForceStatement:
    ordinary: dict[str, Any] = {
        "led_by": "Detective inspector",
        "gift_registers": 1,
        "compares_with_contractors": True,
        "compares_with_suppliers": False,
        "now": NOW,
    }
    return actions.state_figures(
        force or world.northmoor,
        as_of=as_of,
        counter_corruption_staff=Decimal(staff),
        **{**ordinary, **details},
        by=world.psd_head,
    )
