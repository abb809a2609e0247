"""What can be done with a match, from where to where, and by whom: the only such table.

A match has no column of its own for this: it is open while somebody is asked, and otherwise where its
disposition says.
"""

from integrity.casework.enums import Actor
from integrity.casework.workflow import Transition, Workflow
from registers.crosschecks.enums import Disposition as D
from registers.crosschecks.enums import Verb

OPEN = "open"
DISPOSED = "match disposed of"

PSD = frozenset({Actor.PSD})
BOTH = frozenset({Actor.PSD, Actor.PROCUREMENT})


def _verb(
    verb: Verb, sources: set[str], target: str, who: frozenset[Actor], event: str = DISPOSED
) -> Transition:
    return Transition(
        verb,
        str(verb.label),
        frozenset(sources),
        frozenset({target}),
        who,
        event,
        needs_reason=True,
    )


TRANSITIONS = Workflow(
    _verb(Verb.COINCIDENCE, {OPEN}, D.COINCIDENCE, BOTH),
    _verb(Verb.KNOWN, {OPEN}, D.KNOWN, BOTH),
    # An answer to a challenge may not convince.
    _verb(Verb.REFER, {OPEN, D.CHALLENGED}, D.REFERRED, BOTH),
    _verb(Verb.CHALLENGE, {OPEN}, D.CHALLENGED, PSD),
    _verb(Verb.REOPEN, {D.COINCIDENCE, D.KNOWN}, OPEN, PSD, "match reopened"),
)
