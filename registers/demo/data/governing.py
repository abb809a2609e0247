"""What a board of the demo world is, and the committee that oversees both forces of the alliance.

Who sits or is asked is a sign-in name, the unit that somebody heads, or FINANCE.
"""

from dataclasses import dataclass

from integrity.people.enums import Role
from registers.demo.data.places import ALLIANCE_PSD, Body
from registers.governance.enums import Capacity

FINANCE = "ACO"  # the chief officer of each force who has its finances
# the head of PSD, who keeps the boards and the plan of each force
KEEPERS = {"NMR": "head.alliance", "EVL": "head.alliance", "HTP": "head.htp"}

JOINT = Body(
    "JOINT",
    "Northmoor and Eastvale Joint Oversight Committee",
    ALLIANCE_PSD,
    ("NMR", "EVL"),
    (
        ("chair.joint", "Winifred", "Hartsedge"),
        ("governance.joint", "Rufus", "Ellingstow"),
        ("member.joint", "Odette", "Carnmoor"),
    ),
)
# (sign-in name, role, code of the body, what they show), as BODY_ROLES has them
JOINT_ROLES: tuple[tuple[str, Role, str, str], ...] = (
    ("governance.joint", Role.GOVERNANCE_MEMBER, "JOINT", "sees both alliance forces side by side"),
    ("chair.joint", Role.GOVERNANCE_MEMBER, "JOINT", "chairs the joint committee"),
    ("member.joint", Role.GOVERNANCE_MEMBER, "JOINT", "sits on the joint committee"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a meeting asked somebody to do; all days are counted from the meeting."""

    what: str
    owner: str
    due: int
    noted: tuple[int, str] | None = None
    done: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a meeting read: a page of this site, or else a file of some sentences."""

    title: str
    path: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting so many days ago, or ahead where negative. Decisions name their item, from 1."""

    days: int
    agenda: tuple[tuple[str, str], ...]
    paper: Paper
    decided: tuple[tuple[int, str], ...] = ()
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Committee:
    """A board of a force or body, who keeps it, and who sits on it."""

    home: str
    name: str
    purpose: str
    keeper: str
    place: str
    seats: tuple[tuple[str, Capacity], ...]
    sittings: tuple[Sitting, ...]
