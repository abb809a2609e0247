"""Governance: boards and their meetings, and the integrity action plan."""

from registers.governance.models.assessment import (
    ClauseFinding,
    GuidanceClause,
    PolicyAssessment,
)
from registers.governance.models.boards import Board, BoardMember
from registers.governance.models.health import HealthAnswer, HealthCheck, HealthQuestion
from registers.governance.models.meetings import AgendaItem, Meeting, MeetingDecision, Paper
from registers.governance.models.plan import PlanItem, PlanNote, Recommendation
from registers.governance.models.quarterly import QuarterlyAction, QuarterlyMeeting
from registers.governance.models.statements import ForceStatement
from registers.governance.models.tasks import ActionNote, BoardAction
from registers.governance.models.threats import Threat, ThreatAssessment

__all__ = [
    "ActionNote",
    "AgendaItem",
    "Board",
    "BoardAction",
    "BoardMember",
    "ClauseFinding",
    "ForceStatement",
    "GuidanceClause",
    "HealthAnswer",
    "HealthCheck",
    "HealthQuestion",
    "Meeting",
    "MeetingDecision",
    "Paper",
    "PlanItem",
    "PlanNote",
    "PolicyAssessment",
    "QuarterlyAction",
    "QuarterlyMeeting",
    "Recommendation",
    "Threat",
    "ThreatAssessment",
]
