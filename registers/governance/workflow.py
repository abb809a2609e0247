"""What moves a meeting, an action of one and an item of the plan, from where to where: the only such table.

Who may is for permissions.py: whoever keeps the board or the plan, which no part in a case names.
"""

from integrity.casework.workflow import Transition, Workflow
from registers.governance.enums import MeetingStatus, TaskStatus, Verb


def _verb(
    verb: Verb, source: str, target: str, event: str, refusal: str, *, needs_reason: bool = False
) -> Transition:
    return Transition(
        verb,
        str(verb.label),
        frozenset({source}),
        frozenset({target}),
        frozenset(),
        event,
        needs_reason=needs_reason,
        refusal=refusal,
    )


OPEN, CLOSED = TaskStatus.OPEN, TaskStatus.CLOSED

TRANSITIONS = Workflow(
    _verb(
        Verb.HOLD,
        MeetingStatus.PLANNED,
        MeetingStatus.HELD,
        "meeting held",
        "That this meeting was held is on record already.",
    ),
    _verb(Verb.CLOSE_ACTION, OPEN, CLOSED, "action closed", "This action is closed already."),
    _verb(
        Verb.REOPEN_ACTION,
        CLOSED,
        OPEN,
        "action reopened",
        "This action is open.",
        needs_reason=True,
    ),
    _verb(Verb.CLOSE_ITEM, OPEN, CLOSED, "plan item closed", "This item is closed already."),
    _verb(
        Verb.REOPEN_ITEM,
        CLOSED,
        OPEN,
        "plan item reopened",
        "This item is open.",
        needs_reason=True,
    ),
)
