"""A purchase by card, verb by verb: the holder says what it was for, somebody else judges it."""

from integrity.casework.enums import Actor
from integrity.casework.workflow import Transition, Workflow
from registers.procurement.enums import State, Verb

REVIEWERS = frozenset({Actor.PROCUREMENT, Actor.PSD})
UNREVIEWED = frozenset({State.TO_JUSTIFY, State.TO_REVIEW})

PURCHASE_TRANSITIONS = Workflow(
    Transition(
        Verb.JUSTIFY,
        "Say what it was for",
        frozenset({State.TO_JUSTIFY}),
        frozenset({State.TO_REVIEW}),
        frozenset({Actor.DECLARANT}),
        "purchase justified",
        refusal="You have said already what this purchase was for.",
    ),
    Transition(
        Verb.FIND_RIGHT,
        "Right",
        frozenset({State.TO_REVIEW}),
        frozenset({State.RIGHT}),
        REVIEWERS,
        "purchase reviewed",
        refusal="Its holder has not said yet what it was for.",
    ),
    Transition(
        Verb.FIND_WRONG,
        "Not right",
        UNREVIEWED,
        frozenset({State.WRONG}),
        REVIEWERS,
        "purchase reviewed",
        needs_reason=True,
    ),
    Transition(
        Verb.REFER,
        "Refer to PSD",
        UNREVIEWED,
        frozenset({State.REFERRED}),
        REVIEWERS,
        "purchase reviewed",
        needs_reason=True,
    ),
)
