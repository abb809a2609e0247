"""The invented forces: their ranks and grades, their units, and the bodies over them."""

from dataclasses import dataclass

from integrity.people.enums import MemberType, RankBand

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
BANDS = {
    **dict.fromkeys(CHIEF_OFFICERS, RankBand.CHIEF),
    **dict.fromkeys(("Ch Supt", "Supt"), RankBand.SUPERINTENDING),
    **dict.fromkeys(("CI", "DCI", "Insp", "DI"), RankBand.INSPECTING),
    **dict.fromkeys(("PS", "DS", "PC", "DC"), RankBand.CONSTABLES),
}

CHIEFS = "Chief Officer Group"
RESPONSE = "City Response"
STANDARDS = "Professional Standards"
FLEET = "Fleet and Procurement"
INTEGRITY = "Governance and Integrity"
DIGITAL = "Digital and Information"
INVESTIGATION = "Criminal Investigation"
ROADS = "Roads and Operations"
CUSTODY = "Custody"
PEOPLE = "People and Training"
COMMUNICATIONS = "Corporate Communications"
SPECIALS = "Specials and Volunteers"
SILENT_UNIT = "Moorside Contact Centre"
# units for which nobody is named who would say that there was nothing
HEADLESS = (SPECIALS,)

# what people of a unit do, dealt out in turn, and hours of duty a week where they are not the policy's
POSTS = {
    ROADS: ("Authorised firearms officer", "Roads policing officer", "Dog handler"),
    CUSTODY: ("Detention officer",),
    FLEET: ("Buyer", "Fleet clerk"),
    PEOPLE: ("Trainer", "Recruiter"),
}
HOURS = {"Community support officer": 37, "Special constable": 4, "Special inspector": 5}
HOURS |= {"Police support volunteer": 3}
PART_TIME = (20, 24, 30)


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
        Team(INVESTIGATION, "DCI", "ACC", ("DS", 3), (("DC", n(20)), ("Off", n(3)))),
        Team(ROADS, "Insp", "ACC", ("PS", 2), (("PC", n(15)),)),
        Team(CUSTODY, "Insp", "ACC", ("PS", 2), (("Asst", n(9)), ("Con", n(3)))),
        Team(STANDARDS, "Supt", "DCC", ("DI", 2), (("DS", 3), ("DC", 3), ("Off", 3))),
        Team(INTEGRITY, "Head", "DCC", ("Mgr", 1), (("Off", 3),)),
        Team(COMMUNICATIONS, "Head", "DCC", ("Mgr", 1), (("Off", n(5)),)),
        Team(FLEET, "Head", "ACO", ("Mgr", 2), (("Off", n(5)), ("Asst", n(4)), ("Con", 1))),
        Team(PEOPLE, "Head", "ACO", ("Mgr", 2), (("Off", n(5)), ("Asst", n(3)))),
        Team(DIGITAL, "Head", "ACO", ("Mgr", 2), (("Off", n(6)), ("Con", n(3)))),
        Team(SPECIALS, "Insp", "ACC", ("SI", 2), (("SC", n(14)), ("Vol", n(6)))),
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
