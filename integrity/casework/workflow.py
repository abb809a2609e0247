"""The machinery of a register's one table of transitions.

Legality, the buttons on a page, the events and the diagram in docs/ all come from that table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from integrity.casework.enums import Actor


class Denied(Exception):
    """Somebody may not do a thing; ``str()`` is the sentence they read.

    ``for_them`` tells whether the verb is one of their part at all: where it is, a page shows the
    button disabled with the sentence; where not, it shows no button.
    """

    def __init__(self, reason: str, *, for_them: bool = True) -> None:
        super().__init__(reason)
        self.for_them = for_them


class Conflict(Exception):
    """Somebody else changed the case since this person's page was drawn."""

    def __init__(self, *, reference: str, seen: int, current: int) -> None:
        super().__init__(f"{reference} has changed since you opened it.")
        self.reference = reference
        self.seen = seen
        self.current = current


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb: from which statuses, to which (none: it stays), by whom, and the event it leaves."""

    verb: str
    label: str
    sources: frozenset[str]
    targets: frozenset[str]
    who: frozenset[Actor]
    event: str
    needs_reason: bool = False
    refusal: str = ""
    receipt: bool = False  # what was stated or decided is kept as a receipt

    @property
    def stays(self) -> bool:
        return not self.targets

    @property
    def begins(self) -> bool:
        return not self.sources


class Workflow:
    """A register's transitions, by verb."""

    def __init__(self, *transitions: Transition) -> None:
        self._by_verb = {transition.verb: transition for transition in transitions}
        if len(self._by_verb) != len(transitions):
            raise ValueError("A verb stands in two rows of the table.")

    def __iter__(self) -> Iterator[Transition]:
        return iter(self._by_verb.values())

    def __getitem__(self, verb: str) -> Transition:
        return self._by_verb[verb]

    def check(self, verb: str, status: str, status_label: str) -> Transition:
        """The transition of a verb that this status allows. Raises Denied."""
        transition = self._by_verb[verb]
        if status not in transition.sources:
            raise Denied(
                transition.refusal or f"This cannot be done while the entry is at “{status_label}”."
            )
        return transition

    def land(self, verb: str, status: str, target: str) -> str:
        """The status after a verb. Raises ValueError where the table has no such arrow."""
        transition = self._by_verb[verb]
        allowed = transition.targets or {status}
        if target not in allowed:
            raise ValueError(f"{verb} does not lead from {status!r} to {target!r}.")
        return target

    @property
    def receipted(self) -> frozenset[str]:
        """The events of which people keep receipts."""
        return frozenset(transition.event for transition in self if transition.receipt)

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, the same bytes each time."""
        lines = ["stateDiagram-v2"]
        for transition in self:
            name = transition.verb.replace("-", " ")
            for source in sorted(transition.sources) or ["[*]"]:
                lines += [
                    f"    {source} --> {target}: {name}" for target in sorted(transition.targets)
                ]
        staying = [t for t in self if t.stays]
        if staying:
            lines.append("    note right of " + sorted(staying[0].sources)[0])
            lines += [f"      {t.verb.replace('-', ' ')} changes no status" for t in staying]
            lines.append("    end note")
        return "\n".join(lines) + "\n"


def challenge_rows(*, current: frozenset[str], every: frozenset[str]) -> tuple[Transition, ...]:
    """The rows of challenging somebody on an entry, the same in every register's table."""
    askers = frozenset({Actor.PSD, Actor.BOARD})
    return (
        Transition(
            "challenge",
            "Challenge",
            current,
            frozenset(),
            askers,
            "challenge made",
            needs_reason=True,
            refusal="A withdrawn entry cannot be challenged.",
        ),
        Transition(
            "answer-challenge",
            "Answer the challenge",
            every,
            frozenset(),
            frozenset({Actor.CHALLENGED}),
            "challenge answered",
        ),
        Transition(
            "close-challenge",
            "Close a challenge",
            every,
            frozenset(),
            askers,
            "challenge closed",
            needs_reason=True,
        ),
    )
