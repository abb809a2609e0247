"""The invented forces: their ranks and grades, their units, and who in them signs in by an easy name."""

from dataclasses import dataclass, field

from integrity.people.enums import MemberType, Role

OFFICER, SPECIAL, STAFF = MemberType.OFFICER, MemberType.SPECIAL, MemberType.STAFF
VOLUNTEER, CONTRACTOR = MemberType.VOLUNTEER, MemberType.CONTRACTOR

# short: (name, member type)
GRADES: dict[str, tuple[str, MemberType]] = {
    "CC": ("Chief constable", OFFICER),
    "DCC": ("Deputy chief constable", OFFICER),
    "ACC": ("Assistant chief constable", OFFICER),
    "ACO": ("Assistant chief officer", STAFF),
    "Ch Supt": ("Chief superintendent", OFFICER),
    "Supt": ("Superintendent", OFFICER),
    "CI": ("Chief inspector", OFFICER),
    "DCI": ("Detective chief inspector", OFFICER),
    "Insp": ("Inspector", OFFICER),
    "DI": ("Detective inspector", OFFICER),
    "PS": ("Sergeant", OFFICER),
    "DS": ("Detective sergeant", OFFICER),
    "PC": ("Constable", OFFICER),
    "DC": ("Detective constable", OFFICER),
    "PCSO": ("Community support officer", STAFF),
    "SI": ("Special inspector", SPECIAL),
    "SC": ("Special constable", SPECIAL),
    "Head": ("Head of department (grade L)", STAFF),
    "Mgr": ("Manager (grade H)", STAFF),
    "Off": ("Officer (grade E)", STAFF),
    "Asst": ("Assistant (grade C)", STAFF),
    "Vol": ("Police support volunteer", VOLUNTEER),
    "Con": ("Contractor’s employee", CONTRACTOR),
}
CHIEF_OFFICERS = ("CC", "DCC", "ACC", "ACO")

CHIEFS = "Chief Officer Group"
RESPONSE = "City Response"
STANDARDS = "Professional Standards"
FLEET = "Fleet and Procurement"
INTEGRITY = "Governance and Integrity"
DIGITAL = "Digital and Information"
SILENT_UNIT = "Moorside Contact Centre"


@dataclass(frozen=True, slots=True)
class Team:
    """A unit: its head and above them whom, its supervisors, and its members by grade."""

    name: str
    head: str
    under: str
    seconds: tuple[str, int]
    members: tuple[tuple[str, int], ...]


def _teams(third: str, fourth: str, *, silent: bool, scale: float) -> tuple[Team, ...]:
    def n(number: int) -> int:
        return round(number * scale)

    return (
        Team(RESPONSE, "CI", "ACC", ("PS", 4), (("PC", n(34)),)),
        Team(third, "Insp", "ACC", ("PS", 3), (("PC", n(16)), ("PCSO", n(7)))),
        Team(fourth, "Insp", "ACC", ("PS", 2), (("PC", n(12)), ("PCSO", n(5)))),
        Team("Criminal Investigation", "DCI", "ACC", ("DS", 3), (("DC", n(20)), ("Off", n(3)))),
        Team("Roads and Operations", "Insp", "ACC", ("PS", 2), (("PC", n(15)),)),
        Team("Custody", "Insp", "ACC", ("PS", 2), (("Asst", n(9)), ("Con", n(3)))),
        Team(STANDARDS, "Supt", "DCC", ("DI", 2), (("DS", 3), ("DC", 3), ("Off", 3))),
        Team(INTEGRITY, "Head", "DCC", ("Mgr", 1), (("Off", 3),)),
        Team("Corporate Communications", "Head", "DCC", ("Mgr", 1), (("Off", n(5)),)),
        Team(FLEET, "Head", "ACO", ("Mgr", 2), (("Off", n(5)), ("Asst", n(4)), ("Con", 1))),
        Team("People and Training", "Head", "ACO", ("Mgr", 2), (("Off", n(5)), ("Asst", n(3)))),
        Team(DIGITAL, "Head", "ACO", ("Mgr", 2), (("Off", n(6)), ("Con", n(3)))),
        Team("Specials and Volunteers", "Insp", "ACC", ("SI", 2), (("SC", n(14)), ("Vol", n(6)))),
        *((Team(SILENT_UNIT, "Mgr", "ACO", ("Off", 3), (("Asst", 26),)),) if silent else ()),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One force."""

    code: str
    name: str
    department: str
    teams: tuple[Team, ...]
    first_number: int


ALLIANCE_PSD = "Northmoor and Eastvale Professional Standards"
HARBOUR_PSD = "Harbour Transport Police Professional Standards"

PLACES = (
    Place(
        "NMR",
        "Northmoor Police",
        ALLIANCE_PSD,
        _teams("Moor Neighbourhoods", "Thornwick Neighbourhoods", silent=True, scale=1.0),
        1001,
    ),
    Place(
        "EVL",
        "Eastvale Constabulary",
        ALLIANCE_PSD,
        _teams("Vale Neighbourhoods", "Downs Neighbourhoods", silent=False, scale=1.05),
        2001,
    ),
    Place(
        "HTP",
        "Harbour Transport Police",
        HARBOUR_PSD,
        _teams("Docks and Terminals", "Coast Rail", silent=False, scale=1.0),
        3001,
    ),
)


@dataclass(frozen=True, slots=True)
class Body:
    """An oversight body and its people: sign-in name, first name, last name, post."""

    code: str
    name: str
    department: str
    forces: tuple[str, ...]
    people: tuple[tuple[str, str, str], ...]


BODIES = (
    Body(
        "NMPCC",
        "Northmoor Police and Crime Commissioner’s Office",
        ALLIANCE_PSD,
        ("NMR",),
        (
            ("commissioner.nmr", "Rosalind", "Amblecote"),
            ("governance.nmr", "Idris", "Fenwright"),
            ("monitoring.nmr", "Petra", "Waldegrave"),
            ("deputy.nmr", "Lionel", "Quarmby"),
        ),
    ),
    Body(
        "EVPCC",
        "Eastvale Police and Crime Commissioner’s Office",
        ALLIANCE_PSD,
        ("EVL",),
        (
            ("commissioner.evl", "Desmond", "Rookhope"),
            ("governance.evl", "Hilary", "Sandercock"),
            ("monitoring.evl", "Nasreen", "Tidswell"),
            ("deputy.evl", "Gwilym", "Ellerby"),
        ),
    ),
    Body(
        "HTPA",
        "Harbour Transport Police Authority",
        HARBOUR_PSD,
        ("HTP",),
        (
            ("chair.htp", "Marguerite", "Penhaligan"),
            ("governance.htp", "Barnaby", "Osmotherly"),
            ("monitoring.htp", "Oluchi", "Caldershaw"),
            ("member.htp", "Stefan", "Brightwater"),
        ),
    ),
    Body(
        "INSP",
        "Inspectorate of Policing Standards",
        ALLIANCE_PSD,
        ("NMR", "EVL", "HTP"),
        (("inspector", "Constance", "Lackenby"),),
    ),
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
    )


SIGN_INS = (
    *_of_force("NMR"),
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
    *_of_force("EVL"),
    *_of_force("HTP"),
    SignIn("head.htp", "HTP", STANDARDS, "Supt", 0, "head of PSD", (Role.PSD_HEAD,)),
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
    ("monitoring.nmr", Role.PSD_HEAD, "NMPCC", "reviews the body’s own register"),
    ("commissioner.evl", Role.GOVERNANCE_MEMBER, "EVPCC", "commissioner; declares own offers"),
    ("governance.evl", Role.GOVERNANCE_MEMBER, "EVPCC", "signs the register off for the body"),
    ("monitoring.evl", Role.PSD_HEAD, "EVPCC", "reviews the body’s own register"),
    ("chair.htp", Role.GOVERNANCE_MEMBER, "HTPA", "chair of the authority; declares own offers"),
    ("governance.htp", Role.GOVERNANCE_MEMBER, "HTPA", "signs the register off for the authority"),
    (
        "monitoring.htp",
        Role.PSD_HEAD,
        "HTPA",
        "reviews the authority’s register and chief officers’",
    ),
    (
        "monitoring.htp",
        Role.PSD_REVIEWER,
        "HTP",
        "reviews the authority’s register and chief officers’",
    ),
    ("inspector", Role.INSPECTOR, "NMR", "reads all three forces, changes nothing"),
    ("inspector", Role.INSPECTOR, "EVL", "reads all three forces, changes nothing"),
    ("inspector", Role.INSPECTOR, "HTP", "reads all three forces, changes nothing"),
)
