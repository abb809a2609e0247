"""Every write of governance."""

from registers.governance.actions.assessment import (
    find_clause,
    finish_policy_assessment,
    plan_from_finding,
    start_policy_assessment,
)
from registers.governance.actions.boards import change_board, open_board, seat, unseat
from registers.governance.actions.health import (
    answer_health_question,
    finish_health_check,
    plan_from_answer,
    start_health_check,
)
from registers.governance.actions.meetings import (
    add_agenda_item,
    add_agenda_note,
    add_paper,
    change_agenda_item,
    change_meeting,
    hold,
    plan_meeting,
    record_decision,
    record_download,
)
from registers.governance.actions.quarterly import (
    add_quarterly_action,
    close_quarterly_action,
    record_quarterly_meeting,
)
from registers.governance.actions.statements import state_figures
from registers.governance.actions.tasks import (
    add_plan_item,
    change_action,
    change_plan_item,
    close,
    give_action,
    note_progress,
    reopen,
)
from registers.governance.actions.threats import (
    finish_threat_assessment,
    plan_from_threat,
    start_threat_assessment,
    write_threat,
)

__all__ = [
    "add_agenda_item",
    "add_agenda_note",
    "add_paper",
    "add_plan_item",
    "add_quarterly_action",
    "answer_health_question",
    "change_action",
    "change_agenda_item",
    "change_board",
    "change_meeting",
    "change_plan_item",
    "close",
    "close_quarterly_action",
    "find_clause",
    "finish_health_check",
    "finish_policy_assessment",
    "finish_threat_assessment",
    "give_action",
    "hold",
    "note_progress",
    "open_board",
    "plan_from_answer",
    "plan_from_finding",
    "plan_from_threat",
    "plan_meeting",
    "record_decision",
    "record_download",
    "record_quarterly_meeting",
    "reopen",
    "seat",
    "start_health_check",
    "start_policy_assessment",
    "start_threat_assessment",
    "state_figures",
    "unseat",
    "write_threat",
]
