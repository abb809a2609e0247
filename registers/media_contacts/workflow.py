"""What can be done with a media contact, from where to where, and by whom: the only such table."""

from integrity.casework.enums import Actor
from integrity.casework.workflow import Transition, Workflow, challenge_rows
from registers.media_contacts.enums import Status as S
from registers.media_contacts.enums import Verb

STATED = frozenset({S.LOGGED, S.QUERIED, S.ACKNOWLEDGED})
LIVE = frozenset(S) - {S.WITHDRAWN, S.NO_CONTACT}

DECLARANT = frozenset({Actor.DECLARANT})
PRESS = frozenset({Actor.PRESS})
PRESS_OR_PSD = frozenset({Actor.PRESS, Actor.PSD})
NOWHERE: frozenset[str] = frozenset()
STAYS: frozenset[str] = frozenset()
NOT_STATED = "The officer has not said yet what happened."

TRANSITIONS = Workflow(
    Transition(
        Verb.LOG,
        "Log a contact",
        NOWHERE,
        frozenset({S.LOGGED}),
        DECLARANT,
        "contact logged",
        receipt=True,
    ),
    Transition(
        Verb.ROUTE,
        "Route a request to an officer",
        NOWHERE,
        frozenset({S.ROUTED}),
        PRESS,
        "request routed to an officer",
    ),
    Transition(
        Verb.COMPLETE,
        "Say what happened",
        frozenset({S.ROUTED}),
        frozenset({S.LOGGED}),
        DECLARANT,
        "contact logged after a request",
        refusal="You have said what happened; correct the entry instead.",
        receipt=True,
    ),
    Transition(
        Verb.NO_CONTACT,
        "No contact took place",
        frozenset({S.ROUTED}),
        frozenset({S.NO_CONTACT}),
        DECLARANT,
        "no contact took place",
        needs_reason=True,
        refusal="This contact is logged already.",
        receipt=True,
    ),
    Transition(
        Verb.CONFIRM,
        "Confirm this entry",
        STATED,
        STAYS,
        DECLARANT,
        "entry confirmed by its principal",
        refusal="There is nothing to confirm here.",
    ),
    Transition(
        Verb.ACKNOWLEDGE,
        "Acknowledge",
        frozenset({S.LOGGED}),
        frozenset({S.ACKNOWLEDGED}),
        PRESS,
        "acknowledged by the press office",
        refusal="Only a contact that waits for the press office is acknowledged.",
    ),
    Transition(
        Verb.CORRECT_NAMES,
        "Correct outlet or journalist",
        LIVE,
        STAYS,
        PRESS,
        "outlet or journalist corrected",
        needs_reason=True,
    ),
    Transition(
        Verb.LINK_COVERAGE,
        "Link coverage",
        STATED,
        STAYS,
        PRESS,
        "coverage linked",
        refusal=NOT_STATED,
    ),
    Transition(
        Verb.FLAG_LEAK,
        "Flag a possible leak",
        STATED,
        STAYS,
        PRESS,
        "possible leak flagged",
        needs_reason=True,
        refusal=NOT_STATED,
    ),
    Transition(
        Verb.LIST,
        "Put on the list for PSD",
        LIVE,
        STAYS,
        PRESS_OR_PSD,
        "put on the shared list",
        needs_reason=True,
    ),
    Transition(
        Verb.ASK,
        "Ask the officer",
        frozenset({S.LOGGED, S.QUERIED}),
        frozenset({S.QUERIED}),
        PRESS_OR_PSD,
        "question asked",
        refusal="Questions are asked before a contact is acknowledged.",
    ),
    Transition(
        Verb.ANSWER,
        "Answer the questions",
        frozenset({S.QUERIED}),
        frozenset({S.QUERIED, S.LOGGED}),
        DECLARANT,
        "question answered",
        refusal="No question is waiting for an answer.",
    ),
    *challenge_rows(current=STATED, every=frozenset(S)),
    Transition(
        Verb.CORRECT,
        "Correct this entry",
        STATED,
        frozenset({S.LOGGED, S.QUERIED}),
        DECLARANT,
        "entry corrected",
        needs_reason=True,
        refusal="This entry cannot be corrected now.",
        receipt=True,
    ),
    Transition(
        Verb.WITHDRAW,
        "Withdraw this entry",
        frozenset({S.LOGGED, S.QUERIED}),
        frozenset({S.WITHDRAWN}),
        DECLARANT,
        "entry withdrawn",
        needs_reason=True,
        refusal="An entry is withdrawn before the press office acknowledges it.",
    ),
)
