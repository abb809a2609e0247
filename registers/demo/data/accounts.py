"""Who signs in by an easy name, and the roles they hold."""

from dataclasses import dataclass, field

from integrity.people.enums import Role
from registers.demo.data.places import (
    CHIEFS,
    COMMUNICATIONS,
    DIGITAL,
    FLEET,
    INTEGRITY,
    INVESTIGATION,
    PEOPLE,
    RESPONSE,
    ROADS,
    SPECIALS,
    STANDARDS,
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """An easy name for the n-th person of a grade in a unit of a force, with what they show."""

    username: str
    force: str
    unit: str
    grade: str
    nth: int
    shows: str
    roles: tuple[Role, ...] = field(default=())
    department: bool = False


def _of_force(code: str) -> tuple[SignIn, ...]:
    low = code.lower()
    return (
        SignIn(f"officer.{low}", code, RESPONSE, "PC", 0, "declares; has a question to answer"),
        SignIn(f"sergeant.{low}", code, RESPONSE, "PS", 0, "a supervisor: the team’s entries"),
        SignIn(f"chief.{low}", code, CHIEFS, "CC", 0, "chief constable; gives peer reviews"),
        SignIn(
            f"dcc.{low}",
            code,
            CHIEFS,
            "DCC",
            0,
            "deputy; senior lead for integrity",
            (Role.INTEGRITY_LEAD,),
        ),
        SignIn(f"acc.{low}", code, CHIEFS, "ACC", 0, "chief officer; own offers peer-reviewed"),
        SignIn(
            f"staff.officer.{low}", code, CHIEFS, "Insp", 0, "enters offers for the chief constable"
        ),
        SignIn(f"fleet.{low}", code, FLEET, "Head", 0, "head of fleet and procurement"),
        SignIn(
            f"owner.{low}",
            code,
            INTEGRITY,
            "Head",
            0,
            "register owner; signs the register off",
            (Role.REGISTER_OWNER,),
        ),
        SignIn(
            f"admin.{low}",
            code,
            DIGITAL,
            "Mgr",
            0,
            "force administrator: people and policies",
            (Role.FORCE_ADMINISTRATOR,),
        ),
        SignIn(
            f"press.{low}",
            code,
            COMMUNICATIONS,
            "Mgr",
            0,
            "press office: contacts, requests, coverage",
            (Role.PRESS_OFFICE,),
        ),
        SignIn(
            f"procurement.{low}",
            code,
            FLEET,
            "Mgr",
            0,
            "procurement: contracts, tenders, cards",
            (Role.PROCUREMENT,),
        ),
    )


SIGN_INS = (
    *_of_force("NMR"),
    SignIn(
        "investigations.nmr",
        "NMR",
        INTEGRITY,
        "Mgr",
        0,
        "inspector of Northmoor’s investigations",
        (Role.INVESTIGATION_INSPECTOR,),
    ),
    SignIn(
        "head.alliance",
        "NMR",
        STANDARDS,
        "Supt",
        0,
        "head of PSD for both alliance forces",
        (Role.PSD_HEAD,),
        department=True,
    ),
    SignIn(
        "reviewer.alliance",
        "NMR",
        STANDARDS,
        "DS",
        0,
        "PSD reviewer for both alliance forces",
        (Role.PSD_REVIEWER,),
        department=True,
    ),
    SignIn(
        "reviewer2.alliance",
        "EVL",
        STANDARDS,
        "DS",
        0,
        "second reviewer, of Eastvale",
        (Role.PSD_REVIEWER,),
        department=True,
    ),
    SignIn("detective.nmr", "NMR", INVESTIGATION, "DC", 0, "lets a flat without an agent"),
    SignIn("roads.nmr", "NMR", ROADS, "PC", 0, "refused as a doorman; seen at the door"),
    SignIn("pcso.nmr", "NMR", "Moor Neighbourhoods", "PCSO", 0, "a second job past 48 hours"),
    SignIn("buyer.nmr", "NMR", DIGITAL, "Off", 0, "moved to procurement yesterday: a review"),
    *_of_force("EVL"),
    SignIn("roads.evl", "EVL", ROADS, "PC", 0, "has appealed to the chief constable"),
    SignIn("special.evl", "EVL", SPECIALS, "SC", 0, "drives a taxi, against the guidance"),
    *_of_force("HTP"),
    SignIn("hr.htp", "HTP", PEOPLE, "Mgr", 0, "HR: gives its view of applications", (Role.HR,)),
    SignIn(
        "vetting.htp",
        "HTP",
        STANDARDS,
        "Off",
        0,
        "vetting: gives its view of applications",
        (Role.VETTING,),
    ),
    SignIn(
        "head.htp", "HTP", STANDARDS, "Supt", 0, "head of PSD; has NMR’s chief’s", (Role.PSD_HEAD,)
    ),
    SignIn(
        "reviewer.htp",
        "HTP",
        STANDARDS,
        "DS",
        0,
        "PSD reviewer; answers requests",
        (Role.PSD_REVIEWER,),
    ),
    SignIn("reviewer2.htp", "HTP", STANDARDS, "DS", 1, "second PSD reviewer", (Role.PSD_REVIEWER,)),
)

# (sign-in name, role, code of the force or body it reaches, what they show)
BODY_ROLES: tuple[tuple[str, Role, str, str], ...] = (
    ("commissioner.nmr", Role.GOVERNANCE_MEMBER, "NMPCC", "commissioner; declares own offers"),
    ("governance.nmr", Role.GOVERNANCE_MEMBER, "NMPCC", "signs the register off for the body"),
    ("deputy.nmr", Role.GOVERNANCE_MEMBER, "NMPCC", "sits on the commissioner’s panel"),
    ("monitoring.nmr", Role.PSD_HEAD, "NMPCC", "reviews the body’s own register"),
    ("commissioner.evl", Role.GOVERNANCE_MEMBER, "EVPCC", "commissioner; declares own offers"),
    ("governance.evl", Role.GOVERNANCE_MEMBER, "EVPCC", "signs the register off for the body"),
    ("deputy.evl", Role.GOVERNANCE_MEMBER, "EVPCC", "sits on the commissioner’s panel"),
    ("monitoring.evl", Role.PSD_HEAD, "EVPCC", "reviews the body’s register and EVL’s chief’s"),
    ("chair.htp", Role.GOVERNANCE_MEMBER, "HTPA", "chair of the authority; declares own offers"),
    ("governance.htp", Role.GOVERNANCE_MEMBER, "HTPA", "signs the register off for the authority"),
    ("member.htp", Role.GOVERNANCE_MEMBER, "HTPA", "sits on the authority’s committee"),
    ("monitoring.htp", Role.PSD_HEAD, "HTPA", "reviews the authority’s register and HTP’s chief’s"),
    ("inspector", Role.INSPECTOR, "NMR", "reads all three forces, changes nothing"),
    ("inspector", Role.INSPECTOR, "EVL", "reads all three forces, changes nothing"),
    ("inspector", Role.INSPECTOR, "HTP", "reads all three forces, changes nothing"),
)
