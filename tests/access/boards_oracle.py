"""Who reads and who keeps what boards keep, and who reads figures, in the words of issue 7.

A force's boards, its plan and its checks are kept by PSD and its integrity lead, and read by inspectors
and by governance members of a body over it; a body's boards are its own members'. Whoever sits on a
board reads it, and of its force the plan and the checks. Whoever is asked to do something reads that.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.access.oracle import Actor

OVERSEEN = {"NEC": "NMR", "JNE": "NMR EVL", "HPA": "HTP"}  # by each body
BODIES = set(OVERSEEN)
TASK_VERBS = ("progress", "close", "reopen", "change")
type Homes = Callable[["Actor"], set[str]]


def codes(*words: str) -> set[str]:
    return {code for each in words for code in each.split()}


def forces(*words: str) -> set[str]:
    """Of roles: the forces among what they are given for. A role in a body reaches none of these."""
    return codes(*words) - BODIES


def bodies_of_all(*words: str) -> set[str]:
    """The bodies all of whose forces are among these."""
    reached = forces(*words)
    return {body for body, over in OVERSEEN.items() if codes(over) <= reached}


# Each part: whose they read, and whose they keep.
PARTS: dict[str, tuple[Homes, Homes]] = {
    "board": (
        lambda a: forces(a.psd, a.leads, a.inspects, a.oversees) | codes(a.member, a.sits),
        lambda a: forces(a.psd, a.leads) | codes(a.member),
    ),
    "plan": (
        lambda a: forces(a.psd, a.leads, a.inspects, a.oversees, a.sits),
        lambda a: forces(a.psd, a.leads),
    ),
    "threats": (
        lambda a: forces(a.psd, a.leads, a.inspects, a.oversees),
        lambda a: forces(a.psd, a.leads),
    ),
    "statements": (
        lambda a: forces(a.psd, a.leads, a.inspects, a.oversees),
        lambda a: forces(a.heads),
    ),
    "quarterly meeting": (
        lambda a: forces(a.psd, a.buys, a.press, a.inspects),
        lambda a: forces(a.psd, a.buys, a.press),
    ),
    "figures": (lambda a: forces(a.psd, a.inspects), lambda a: set()),
    # a body's members, and whoever reads all of its forces, which a reviewer is not told of a board
    "board’s figures": (
        lambda a: codes(a.member) | bodies_of_all(a.heads, a.inspects, a.leads),
        lambda a: set(),
    ),
}
# the health checks and the assessments of policies are read and kept as the plan is
PARTS["checks"] = PARTS["plan"]
# Of which part each kind of thing is.
OF_PART = {
    "board": "board",
    "meeting": "board",
    "board action": "board",
    "plan item": "plan",
    "health check": "checks",
    "health answer": "checks",
    "policy assessment": "checks",
    "clause finding": "checks",
    "threat assessment": "threats",
    "threat": "threats",
    "quarterly meeting": "quarterly meeting",
    "quarterly action": "quarterly meeting",
    "statement": "statements",
}
TASKS = {"board action", "plan item"}


def part_of(rule: str) -> str:
    """The part that a rule such as “board: reads” speaks of; none, where it is another's rule."""
    part = rule.partition(": ")[0]
    return part if part in PARTS else ""


def reads_some(actor: "Actor") -> bool:
    """Whether governance's first page has something for somebody."""
    parts = ("board", "plan", "threats", "quarterly meeting")
    return actor.owes or any(PARTS[part][0](actor) for part in parts)


def reads_any_figures(actor: "Actor") -> bool:
    """A lead whose force is overseen only with others is told that there are no figures for them."""
    return bool(forces(actor.leads)) or any(
        PARTS[part][0](actor) for part in ("figures", "board’s figures")
    )


def reads_kept(actor: "Actor", kind: str, home: str, *, owner: bool) -> bool:
    """Whether somebody reads a thing that boards keep."""
    reads, _ = PARTS[OF_PART[kind]]
    return home in reads(actor) or owner


def may(actor: "Actor", rule: str, *, home: str, owner: bool, verb: str, post: bool) -> str:
    """“opens”, “hidden”, “refused”, or “wrong”: a form that cannot be filled in rightly by them."""
    part, _, asked = rule.partition(": ")
    reads, keeps = (homes(actor) for homes in PARTS[part])
    match asked:
        case "reads some":
            return ("opens" if keeps or not post else "wrong") if reads else "hidden"
        case "keeps some, or finds nothing":
            return "opens" if keeps else "hidden"
        case "keeps it, or finds nothing":
            return "opens" if home in keeps else "hidden"
        case "reads it" | "owns or reads it":
            needed = post and asked == "reads it" and home not in keeps
            opens = home in reads or (owner and asked == "owns or reads it")
            return ("refused" if needed else "opens") if opens else "hidden"
        case "keeps it":
            return ("opens" if home in keeps else "refused") if home in reads else "hidden"
        case "owns or keeps it":  # while it is open, so that nobody reopens it
            if not (owner or home in reads):
                return "hidden"
            theirs = home in keeps or (owner and verb == "progress")
            return "opens" if theirs and verb != "reopen" else "refused"
    raise LookupError(f"The oracle has no rule “{rule}”.")
