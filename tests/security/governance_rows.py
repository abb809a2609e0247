"""A row of every table of governance and of oversight's own, and how each belongs to somebody."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from integrity.casework.models import Case
from integrity.people.models import Force, OversightBody, Unit, User
from registers.governance import actions
from registers.governance.enums import Capacity, Finding, ThreatKind
from registers.governance.models import (
    AgendaItem,
    Board,
    ForceStatement,
    HealthCheck,
    Meeting,
    PolicyAssessment,
    QuarterlyMeeting,
)
from registers.oversight.models import NamingRule
from tests.builders import NOW, START, TODAY, read_anew

MEETING = ("meeting_id", "governance_meeting")
OF_MEETING = ("agendaitem", "paper", "meetingdecision", "boardaction")
THROUGH: Mapping[str, tuple[str, str]] = {
    "governance_boardmember": ("board_id", "governance_board"),
    "governance_meeting": ("board_id", "governance_board"),
    **{f"governance_{name}": MEETING for name in OF_MEETING},
    "governance_actionnote": ("action_id", "governance_boardaction"),
    "governance_plannote": ("plan_item_id", "governance_planitem"),
}
SOON = TODAY + timedelta(days=14)
WHAT = "Compare the registers"


def fill_board(home: Force | OversightBody, keeper: User, case: Case) -> None:
    """A board of this force or body, with a member, and a meeting that had everything before it."""
    at: dict[str, Any] = {"by": keeper, "now": NOW}
    board = actions.open_board(home=home, name="Integrity board", purpose="Follows up.", **at)
    actions.seat(board, person=keeper, capacity=Capacity.CHAIR, starts_on=START, **at)
    meeting = actions.plan_meeting(board, held_on=TODAY, place="Room 4", **at)
    item = actions.add_agenda_item(meeting, title="The plan", **at)
    AgendaItem.objects.create(
        meeting=meeting, position=2, title="An entry", note="Why?", case=case,
        asked_by=keeper, asked_at=NOW,
    )  # fmt: skip
    actions.add_paper(meeting, title="The plan", item=item, path="/governance/plan/", **at)
    actions.record_decision(meeting, what="Publish it", item=item, **at)
    task = actions.give_action(meeting, what=WHAT, owner=keeper, due_on=SOON, item=item, **at)
    actions.note_progress(task, text="Begun.", version=task.version, **at)
    # with nothing before it, so that a key may be tried on it
    other = Board.objects.create(
        name="Subgroup", purpose="Prepares.",
        **({"force": home} if isinstance(home, Force) else {"oversight_body": home}),
    )  # fmt: skip
    Meeting.objects.create(board=other, held_on=TODAY, place="Room 5")


def fill_governance(force: Force, psd: User, unit: Unit, case: Case) -> None:
    """What a force’s boards, its plan, its checks and its statements are kept in."""
    keeper = read_anew(psd)
    at: dict[str, Any] = {"by": keeper, "now": NOW}
    fill_board(force, keeper, case)
    asked: dict[str, Any] = {"owner": keeper, "due_on": SOON}
    planned = actions.add_plan_item(force, action=WHAT, **asked, **at)
    actions.note_progress(planned, text="Begun.", version=planned.version, **at)

    check = actions.start_health_check(force, **at)
    question = check.questions[0]
    answer = actions.answer_health_question(check, question=question, score=0, evidence="", **at)
    actions.plan_from_answer(answer, what=WHAT, **asked, **at)

    assessment = actions.start_policy_assessment(force, **at)
    finding = actions.find_clause(
        assessment, clause=assessment.clauses[0], result=Finding.NOT_MET, where="", evidence="",
        **at,
    )  # fmt: skip
    actions.plan_from_finding(finding, what=WHAT, **asked, **at)

    # and, finished, one of each in which nothing was answered, so that a key may be tried on it
    over: dict[str, Any] = {
        "force": force, "started_at": NOW, "started_by": keeper, "finished_at": NOW,
        "finished_by": keeper,
    }  # fmt: skip
    HealthCheck.objects.create(**over, started_on=TODAY)
    PolicyAssessment.objects.create(**over, assessed_on=TODAY)

    threats = actions.start_threat_assessment(force, **at)
    threat = actions.write_threat(
        threats, unit=unit, post="", kind=ThreatKind.DISCLOSURE, description="Wide access.",
        likelihood=3, impact=4, **at,
    )  # fmt: skip
    actions.plan_from_threat(threat, what=WHAT, **asked, **at)

    met = actions.record_quarterly_meeting(
        force, quarter=TODAY.replace(month=(TODAY.month - 1) // 3 * 3 + 1, day=1), held_on=TODAY,
        present="PSD, procurement, the press office", note="Went through it.", **at,
    )  # fmt: skip
    actions.add_quarterly_action(met, what=WHAT, **asked, **at)
    QuarterlyMeeting.objects.create(
        force=force, quarter=START.replace(year=START.year - 1, month=1, day=1), held_on=START,
        present="PSD", note="Nothing.", recorded_at=NOW, recorded_by=keeper,
    )  # fmt: skip
    ForceStatement.objects.create(
        force=force, as_of=TODAY, counter_corruption_staff=Decimal(4), led_by="Inspector",
        gift_registers=1, compares_with_contractors=True, compares_with_suppliers=False,
        stated_at=NOW, stated_by=keeper,
    )  # fmt: skip
    NamingRule.objects.create(force=force, effective_from=START)
