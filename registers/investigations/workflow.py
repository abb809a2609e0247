"""What can be done with an investigation, from where to where, and by whom: the only such table."""

from integrity.casework.enums import Actor
from integrity.casework.workflow import Transition, Workflow
from registers.investigations.enums import Status as S
from registers.investigations.enums import Verb

LIVE = frozenset({S.CONTINUING, S.REFERRED})
EVERY = frozenset(S)
PSD = frozenset({Actor.PSD})
NOWHERE: frozenset[str] = frozenset()
STAYS: frozenset[str] = frozenset()
CLOSED = "This investigation is closed; reopen it first."

TRANSITIONS = Workflow(
    Transition(
        Verb.OPEN,
        "Open an investigation",
        NOWHERE,
        frozenset({S.CONTINUING}),
        PSD,
        "investigation opened",
    ),
    Transition(Verb.ASSIGN, "Assign", LIVE, STAYS, PSD, "assigned", refusal=CLOSED),
    Transition(
        Verb.CLASSIFY,
        "Say what it is about",
        LIVE,
        STAYS,
        PSD,
        "investigation classified",
        refusal=CLOSED,
    ),
    Transition(
        Verb.IDENTIFY,
        "Say whom it is about",
        LIVE,
        STAYS,
        PSD,
        "subject identified",
        refusal=CLOSED,
    ),
    Transition(Verb.ASSESS, "Assess the risk", LIVE, STAYS, PSD, "risk assessed", refusal=CLOSED),
    Transition(
        Verb.ADD_REFERRAL,
        "Add a referral",
        LIVE,
        STAYS,
        PSD,
        "referral added",
        refusal=CLOSED,
    ),
    Transition(
        Verb.SUSPEND,
        "Suspend or restrict duties",
        LIVE,
        STAYS,
        PSD,
        "suspended or restricted",
        needs_reason=True,
        refusal=CLOSED,
    ),
    Transition(
        Verb.END_RESTRICTION,
        "End a suspension or restriction",
        EVERY,
        STAYS,
        PSD,
        "suspension or restriction ended",
    ),
    Transition(
        Verb.REFER_OUT,
        "Refer to an external body",
        frozenset({S.CONTINUING}),
        frozenset({S.REFERRED}),
        PSD,
        "referred to an external body",
        needs_reason=True,
        refusal="Only an investigation that continues here can be referred to an external body.",
    ),
    Transition(
        Verb.RETURN,
        "Record its return",
        frozenset({S.REFERRED}),
        frozenset({S.CONTINUING}),
        PSD,
        "returned by an external body",
        needs_reason=True,
        refusal="This investigation is with no external body.",
    ),
    Transition(
        Verb.RECORD_POST,
        "Record a post on social media",
        LIVE,
        STAYS,
        PSD,
        "post recorded",
        refusal=CLOSED,
    ),
    Transition(
        Verb.RECHECK,
        "Look at a post again",
        LIVE,
        STAYS,
        PSD,
        "post looked at again",
        refusal=CLOSED,
    ),
    Transition(
        Verb.CLOSE,
        "Close",
        LIVE,
        frozenset({S.CLOSED}),
        PSD,
        "investigation closed",
        needs_reason=True,
        refusal="This investigation is closed.",
    ),
    Transition(
        Verb.REOPEN,
        "Reopen",
        frozenset({S.CLOSED}),
        frozenset({S.CONTINUING}),
        PSD,
        "reopened",
        needs_reason=True,
        refusal="Only a closed investigation can be reopened.",
    ),
)
