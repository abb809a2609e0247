"""What can be done with an offer, from where to where, and by whom: the only such table."""

from integrity.casework.enums import Actor
from integrity.casework.workflow import Transition, Workflow, challenge_rows
from registers.gifts.enums import Status as S
from registers.gifts.enums import Verb

ROUTED = frozenset({S.RECORDED, S.WITH_SUPERVISOR, S.WITH_PSD, S.PEER_REVIEW})
UNDECIDED = frozenset(
    {S.AUTHORISATION_SOUGHT, S.PEER_REVIEW, S.WITH_SUPERVISOR, S.WITH_PSD, S.QUERIED}
)
AUTHORISATION_ANSWERED = frozenset({S.AUTHORISED, S.AUTHORISATION_REFUSED})
DECIDED = frozenset({S.COMPLIANT, S.NON_COMPLIANT})
LIVE = frozenset(S) - {S.WITHDRAWN}

DECLARANT = frozenset({Actor.DECLARANT})
SUPERVISOR = frozenset({Actor.SUPERVISOR})
PEER = frozenset({Actor.PEER})
PSD = frozenset({Actor.PSD})
NOWHERE: frozenset[str] = frozenset()
STAYS: frozenset[str] = frozenset()

TRANSITIONS = Workflow(
    Transition(Verb.DECLARE, "Declare", NOWHERE, ROUTED, DECLARANT, "offer declared", receipt=True),
    Transition(
        Verb.SEEK_AUTHORISATION,
        "Ask before accepting",
        NOWHERE,
        frozenset({S.AUTHORISATION_SOUGHT, S.PEER_REVIEW}),
        DECLARANT,
        "authorisation sought",
        receipt=True,
    ),
    Transition(
        Verb.PEER_REVIEW,
        "Give a peer review",
        frozenset({S.PEER_REVIEW}),
        frozenset({S.PEER_REVIEW, S.WITH_PSD, S.AUTHORISATION_SOUGHT}),
        PEER,
        "peer review given",
        refusal="Peer reviews are given before PSD decides; this offer is not waiting for one.",
    ),
    Transition(
        Verb.AUTHORISE,
        "Authorise",
        frozenset({S.AUTHORISATION_SOUGHT}),
        frozenset({S.AUTHORISED}),
        PSD,
        "authorisation given",
        needs_reason=True,
        refusal="Nobody is waiting for authorisation of this offer.",
        receipt=True,
    ),
    Transition(
        Verb.REFUSE_AUTHORISATION,
        "Refuse authorisation",
        frozenset({S.AUTHORISATION_SOUGHT}),
        frozenset({S.AUTHORISATION_REFUSED}),
        PSD,
        "authorisation refused",
        needs_reason=True,
        refusal="Nobody is waiting for authorisation of this offer.",
        receipt=True,
    ),
    Transition(
        Verb.RECORD_OUTCOME,
        "Say what happened",
        AUTHORISATION_ANSWERED,
        ROUTED,
        DECLARANT,
        "outcome recorded",
        refusal="Say what happened once your request for authorisation has been answered.",
        receipt=True,
    ),
    Transition(
        Verb.CONFIRM,
        "Confirm this entry",
        LIVE,
        STAYS,
        DECLARANT,
        "entry confirmed by its principal",
        refusal="A withdrawn entry needs no confirmation.",
    ),
    Transition(
        Verb.APPROVE,
        "Approve as supervisor",
        frozenset({S.WITH_SUPERVISOR}),
        frozenset({S.COMPLIANT}),
        SUPERVISOR,
        "found compliant by supervisor",
        needs_reason=True,
        refusal="This offer is not waiting for a supervisor.",
        receipt=True,
    ),
    Transition(
        Verb.ESCALATE,
        "Pass to PSD",
        frozenset({S.WITH_SUPERVISOR}),
        frozenset({S.WITH_PSD}),
        SUPERVISOR,
        "passed to PSD by supervisor",
        needs_reason=True,
        refusal="This offer is not waiting for a supervisor.",
    ),
    Transition(Verb.ASSIGN, "Assign", LIVE, STAYS, PSD, "assigned"),
    Transition(
        Verb.ASK,
        "Ask the declarant",
        frozenset({S.WITH_PSD, S.RECORDED, S.WITH_SUPERVISOR, S.AUTHORISATION_SOUGHT, S.QUERIED}),
        frozenset({S.QUERIED}),
        PSD,
        "question asked",
        refusal="Questions are asked before a decision; reopen the case first.",
    ),
    Transition(
        Verb.ANSWER,
        "Answer the questions",
        frozenset({S.QUERIED}),
        frozenset({S.QUERIED, S.WITH_PSD, S.AUTHORISATION_SOUGHT}),
        DECLARANT,
        "question answered",
        refusal="No question is waiting for an answer.",
    ),
    Transition(
        Verb.ACCEPT,
        "Accept as compliant",
        frozenset({S.WITH_PSD, S.RECORDED}),
        frozenset({S.COMPLIANT}),
        PSD,
        "found compliant",
        needs_reason=True,
        refusal="PSD decides when the entry is with PSD and every question is answered.",
        receipt=True,
    ),
    Transition(
        Verb.REJECT,
        "Mark non-compliant",
        frozenset({S.WITH_PSD, S.RECORDED}),
        frozenset({S.NON_COMPLIANT}),
        PSD,
        "found not compliant",
        needs_reason=True,
        refusal="PSD decides when the entry is with PSD and every question is answered.",
        receipt=True,
    ),
    *challenge_rows(current=LIVE, every=frozenset(S)),
    Transition(
        Verb.REOPEN,
        "Reopen",
        DECIDED,
        frozenset({S.WITH_PSD}),
        PSD,
        "reopened",
        needs_reason=True,
        refusal="Only a decided case can be reopened.",
    ),
    Transition(
        Verb.CORRECT,
        "Correct this entry",
        frozenset({S.RECORDED, S.WITH_SUPERVISOR, S.WITH_PSD, S.QUERIED, S.PEER_REVIEW}),
        ROUTED | {S.QUERIED},
        DECLARANT,
        "entry corrected",
        needs_reason=True,
        refusal="An entry is corrected before it is decided; ask PSD to reopen it.",
        receipt=True,
    ),
    Transition(
        Verb.WITHDRAW,
        "Withdraw this entry",
        UNDECIDED | {S.RECORDED},
        frozenset({S.WITHDRAWN}),
        DECLARANT,
        "entry withdrawn",
        needs_reason=True,
        refusal="An entry is withdrawn before it is decided.",
    ),
    Transition(
        Verb.RECORD_DISPOSAL,
        "Say what became of an item",
        LIVE - {S.AUTHORISATION_SOUGHT},
        STAYS,
        DECLARANT,
        "disposal recorded",
        refusal="This entry has nothing to dispose of.",
    ),
)
