"""What the invented forces found of themselves: policies, threats, quarterly meetings and figures stated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registers.demo.data.places import (
    COMMUNICATIONS,
    CUSTODY,
    DIGITAL,
    FLEET,
    INVESTIGATION,
    PEOPLE,
    RESPONSE,
    ROADS,
    SILENT_UNIT,
)
from registers.governance.enums import Finding, Guidance, ThreatKind

# --- policies against national guidance, some 240 days ago -----------------------------------------

ASSESSED = 240
# clause by clause: where the policy says so, and what shows it
SAID: Mapping[Guidance, Sequence[tuple[str, str]]] = {
    Guidance.GIFTS: (
        ("Gifts policy, section 1", "The summary at the head of the policy."),
        ("Gifts policy, section 2", "Declined offers in the register."),
        ("Gifts policy, section 2", "One register; nothing is kept at stations."),
        ("Gifts policy, section 6", "Sign-off by its owner each quarter, and PSD’s desk."),
        ("Gifts policy, section 6", "The cross-checks with contracts."),
        ("Gifts policy, section 3", "The four questions, asked with each offer."),
    ),
    Guidance.INTERESTS: (
        ("Business interests policy, section 1", "PSD is named."),
        ("Business interests policy, section 4", "One form, one route for everybody."),
        ("Business interests policy, section 7", "The chief constable decides, in person."),
        ("Business interests policy, section 1", "Applications of staff in the register."),
        ("Business interests policy, section 6", "A review a year, asked for by the register."),
        ("Business interests policy, annex", "The list of occupations."),
    ),
    Guidance.MEDIA: (
        ("Media policy, section 2", "The log of contacts."),
        ("Media policy, section 5", "One paragraph on conversations off the record."),
        ("Media policy, section 3", "Requests that the press office passed on."),
        ("Media policy, section 3", "What the press office acknowledged."),
        ("Media policy, section 1", "The page on whom to ask."),
        ("Media policy, front page", "Approved by the chief officers’ meeting."),
    ),
}
SHORT: Mapping[str, Mapping[str, tuple[Finding, str]]] = {
    "NMR": {
        "G5": (Finding.PARTLY, "Compared with contracts; bidders are not compared yet."),
        "B5": (Finding.PARTLY, "Reviews are asked for; one in five is late."),
        "M2": (Finding.NOT_MET, ""),
    },
    "EVL": {
        "G3": (Finding.PARTLY, "Two stations still kept a book besides."),
        "B6": (Finding.PARTLY, "The list is named; one was approved against it."),
        "M4": (Finding.NOT_MET, ""),
        "M5": (Finding.NOT_MET, ""),
    },
    "HTP": {
        "G6": (Finding.PARTLY, "Asked when leave is sought, not when something is declined."),
        "B3": (Finding.NOT_MET, ""),
        "M1": (Finding.PARTLY, "Only contact that did not lead to coverage is logged."),
    },
}
# by force, what is planned: clause, what, owner, due in days, and how it was shown to be done, if it was
AMENDS: Mapping[str, Sequence[tuple[str, str, str, int, str]]] = {
    "NMR": (
        ("M2", "Say in the media policy what “off the record” means here.", "press.nmr", 120,
         "Media policy, section 5, as reissued."),
        ("B5", "Bring late reviews of business interests down to one in twenty.", "owner.nmr", 300, ""),
    ),
    "EVL": (
        ("M4", "Tell the press office of every contact; say so in the policy.", "press.evl", 100,
         "Media policy, section 3; the log of the month after."),
        ("M5", "Write one page on relationships with the media.", "press.evl", 180, ""),
    ),
    "HTP": (
        ("B3", "Write down how a refusal is appealed.", "head.htp", 150,
         "Business interests policy, section 7."),
        ("M1", "Decide whether every contact is logged.", "dcc.htp", 260, ""),
    ),
}  # fmt: skip

# --- threats, some 180 days ago ---------------------------------------------------------------------

THREATENED = 185


@dataclass(frozen=True, slots=True)
class Exposed:
    """A post, a unit or a post of a unit; a sample is drawn, or something done, in so many days."""

    unit: str
    kind: ThreatKind
    how: str
    likelihood: int
    impact: int
    post: str = ""
    controls: str = ""
    sample: tuple[str, int] | None = None
    plan: tuple[str, str, int] | None = None


_BUYERS = Exposed(
    FLEET,
    ThreatKind.PROCUREMENT,
    "Writes the requirement, sees the prices and knows the bidders for years.",
    3,
    5,
    "Contracts manager",
    "Two signatures above £5,000; declarations with each tender.",
    ("Diaries of the post, compared with the suppliers’ own records of visits.", 120),
)
_CUSTODY = Exposed(
    CUSTODY,
    ThreatKind.DISCLOSURE,
    "Few people on a night shift, many screens, and callers who want to know who is in.",
    4,
    4,
    controls="Each look at a record is logged.",
    sample=("A week of night shifts: what was looked at, and why.", 215),
)
_PRESS = Exposed(
    COMMUNICATIONS,
    ThreatKind.MEDIA,
    "Daily contact with the same reporters; friendships form.",
    3,
    3,
    controls="Contacts are logged; posts change beats once a year.",
)
_SYSTEMS = Exposed(
    DIGITAL,
    ThreatKind.DISCLOSURE,
    "Can read everything and can change who is logged as having read it.",
    2,
    5,
    "Systems administrator",
    "Rights are reviewed twice a year.",
)
THREATS: Mapping[str, Sequence[Exposed]] = {
    "NMR": (
        _BUYERS,
        _CUSTODY,
        _PRESS,
        Exposed(
            SILENT_UNIT,
            ThreatKind.POST,
            "A night rota apart from the rest of the force; nobody has declared anything.",
            3,
            4,
            plan=("Talk with each shift of the unit about what is declared.", "owner.nmr", 225),
        ),
        Exposed(
            ROADS,
            ThreatKind.SECOND_JOBS,
            "Shift patterns leave whole days free, and recovery firms offer work.",
            3,
            3,
            controls="Hours are compared with the rota when an interest is reviewed.",
        ),
    ),
    "EVL": (
        _BUYERS,
        Exposed(
            RESPONSE,
            ThreatKind.GIFTS,
            "Small favours by the same few late-night businesses.",
            4,
            2,
            controls="The monthly reading of entries by provider.",
        ),
        Exposed(
            INVESTIGATION,
            ThreatKind.DISCLOSURE,
            "Names of informants are known to more people than need them.",
            2,
            5,
            plan=("Take access away from whoever has moved on.", "head.alliance", 140),
        ),
        _PRESS,
        Exposed(
            PEOPLE,
            ThreatKind.SOCIAL_MEDIA,
            "Recruits post pictures of training, and of one another.",
            4,
            2,
            sample=("Public accounts that name the training centre, once.", 200),
        ),
    ),
    "HTP": (
        _BUYERS,
        _SYSTEMS,
        Exposed(
            "Docks and Terminals",
            ThreatKind.POST,
            "Works alone among people who pay well for berth times and seals.",
            4,
            5,
            "Night patrol",
            sample=("Searches of berth plans outside a patrol’s own hours.", 90),
            plan=("Let nobody keep the same berths for more than three months.", "dcc.htp", 205),
        ),
        Exposed(
            "Coast Rail",
            ThreatKind.GIFTS,
            "Free travel and meals on the operators’ trains.",
            4,
            2,
            controls="Light refreshments are counted by the month.",
        ),
        _CUSTODY,
    ),
}

# --- quarterly meetings: the last but one, then the last ---------------------------------------------

HELD_AFTER = 16  # days after the quarter
PRESENT = "Head of PSD, procurement manager, press officer"
DISCUSSED = (
    "The providers that offer most were gone through; two also hold contracts. No hospitality of the "
    "media was left to explain.",
    "New matches of the quarter, foremost those before an award. The press office named what it had "
    "flagged. Card purchases at weekends are read by PSD from now on.",
)
# who was asked for what after the first meeting (closed) and after the second (open)
QUARTERLY: Mapping[str, tuple[tuple[str, str, str], tuple[str, str]]] = {
    "NMR": (
        ("procurement.nmr", "Load the bidders of open tenders.", "The open tenders, with bidders."),
        ("press.nmr", "Bring what the outlets offered, with who was there."),
    ),
    "EVL": (
        ("press.evl", "List the outlets that offered anything.", "The list, three outlets."),
        ("procurement.evl", "Say which suppliers were written to about gifts."),
    ),
    "HTP": (
        ("procurement.htp", "Say which providers have been told.", "The notice’s recipients."),
        ("head.htp", "Decide who reads the matches about the harbour’s own suppliers."),
    ),
}
QUARTERLY_DUE = 75  # days after the meeting

# --- what forces state: two days a year apart, with counter-corruption staff in full-time equivalents --

STATED = (440, 75)
STAFF: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "NMR": (("6.0", "Detective inspector"), ("7.5", "Detective chief inspector")),
    "EVL": (("5.0", "Detective inspector"), ("4.0", "Detective inspector")),
    "HTP": (("2.5", "Detective sergeant"), ("3.5", "Detective inspector")),
}
# registers of gifts kept, and whether they are compared with contractors and with suppliers
COMPARED: Mapping[str, tuple[tuple[int, bool, bool], tuple[int, bool, bool]]] = {
    "NMR": ((1, False, False), (1, True, True)),
    "EVL": ((6, False, False), (1, True, True)),
    "HTP": ((1, False, False), (1, True, False)),
}
HEADCOUNT_SOURCE = "The force’s people records on that day"
