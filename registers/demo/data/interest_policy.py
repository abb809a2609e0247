"""What the demo's policies on business interests say: the list, the library, intervals, weights."""

from dataclasses import dataclass
from decimal import Decimal

from integrity.people.enums import MemberType
from registers.business_interests.enums import (
    CheckMethod,
    ConditionKind,
    Factor,
    LegalBasis,
    Stance,
)
from registers.business_interests.facts import ConditionFacts

BASES = {
    MemberType.OFFICER: LegalBasis.POLICE_REGULATIONS,
    MemberType.SPECIAL: LegalBasis.FORCE_POLICY,
    MemberType.STAFF: LegalBasis.FORCE_POLICY,
    MemberType.VOLUNTEER: LegalBasis.FORCE_POLICY,
    MemberType.CONTRACTOR: LegalBasis.CONTRACT,
    MemberType.BODY: LegalBasis.FORCE_POLICY,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An occupation of the list: its words, how strict the force is, and what applicants read."""

    name: str
    words: tuple[str, ...]
    stance: Stance
    says: str


# RULES, Business interests 5
OCCUPATIONS = (
    Listed(
        "Taxi, private hire and delivery driving",
        ("driver", "taxi", "private hire", "chauffeur", "courier"),
        Stance.REFUSE,
        "You would be licensed or stopped by colleagues, and long hours at the wheel before a duty "
        "are unsafe. It is normally refused.",
    ),
    Listed(
        "Driving instruction",
        ("driving instructor", "driving lessons", "driving tuition"),
        Stance.CONDITIONS,
        "It is allowed only with conditions: no reference to the police in advertising, and no "
        "pupils you know from duty.",
    ),
    Listed(
        "Police-related skills training",
        ("personal safety training", "self-defence", "restraint training", "interview training"),
        Stance.REFUSE,
        "What the police taught you is not sold outside. Training of this kind is normally refused.",
    ),
    Listed(
        "Private investigation",
        ("private investigator", "private investigation", "process server", "tracing agent"),
        Stance.REFUSE,
        "It invites the use of police information and contacts. It is normally refused.",
    ),
    Listed(
        "Door supervision",
        ("doorman", "door supervisor", "door staff", "bouncer"),
        Stance.REFUSE,
        "You would police the same doors for somebody else. It is normally refused.",
    ),
    Listed(
        "Other work under a Security Industry Authority licence",
        ("security guard", "close protection", "cctv operator", "event security", "bodyguard"),
        Stance.REFUSE,
        "Private security conflicts with the office of constable and with many staff posts. It is "
        "normally refused.",
    ),
    Listed(
        "Licensed trade",
        ("publican", "pub", "bartender", "bar work", "off-licence"),
        Stance.CONDITIONS,
        "Allowed with conditions only: never as the licensee, and never where colleagues license or "
        "police the premises.",
    ),
    Listed(
        "Bookmaking and gaming",
        ("bookmaker", "betting shop", "croupier", "casino"),
        Stance.REFUSE,
        "Betting and gaming are licensed in the force area and draw criminals. It is normally refused.",
    ),
    Listed(
        "Journalism about policing",
        ("journalist", "columnist", "true crime", "crime reporter"),
        Stance.ADVICE,
        "Ask Corporate Communications first: what you know from duty may not be published.",
    ),
)

# RULES, Business interests 7; hours and days are filled in by whoever decides
LIBRARY = {
    "hours": ConditionFacts(
        "No more than the hours set in a week, and none in the eleven hours before a duty.",
        ConditionKind.HOURS,
        hours=Decimal(10),
        check_method=CheckMethod.PAYSLIPS,
        check_months=6,
    ),
    "area": ConditionFacts(
        "No work within the force area.",
        ConditionKind.NOT_IN_FORCE_AREA,
        check_method=CheckMethod.OPEN_SOURCES,
        check_months=6,
    ),
    "uniform": ConditionFacts(
        "No use of uniform, warrant card, rank or police systems.",
        ConditionKind.NO_UNIFORM,
        check_method=CheckMethod.ASK_SUPERVISOR,
        check_months=12,
    ),
    "not_for": ConditionFacts(
        "No work for an organisation that supplies the force or has offered to.",
        ConditionKind.NOT_FOR,
        check_method=CheckMethod.OPEN_SOURCES,
        check_months=12,
    ),
    "agent": ConditionFacts(
        "The property is let through a managing agent, who alone deals with the tenants.",
        ConditionKind.AGENT,
        check_method=CheckMethod.DOCUMENT,
        check_months=12,
    ),
    "until": ConditionFacts(
        "Approved until the day set.",
        ConditionKind.END_DATE,
        check_method=CheckMethod.ASK_HOLDER,
        check_months=12,
    ),
    "notify": ConditionFacts(
        "Tell PSD within seven days of any change of employer, hours or place.",
        ConditionKind.NOTIFY,
        check_method=CheckMethod.ASK_HOLDER,
        check_months=12,
    ),
    "quiet": ConditionFacts(
        "Nothing about the police in advertising or on social media.",
        ConditionKind.OTHER,
        check_method=CheckMethod.OPEN_SOURCES,
        check_months=6,
    ),
}

# rank, grade, role or unit; with conditions or not; from which risk; months
INTERVALS: tuple[tuple[str, bool | None, int, int], ...] = (
    ("Custody", None, 0, 6),
    ("Authorised firearms officer", None, 0, 6),
    ("Detective constable", None, 0, 6),
    ("", None, 40, 6),
    ("", None, 20, 12),
    ("", True, 0, 12),
    ("", False, 0, 24),
)
WEIGHTS = {
    Factor.LISTED_REFUSE: 40,
    Factor.LISTED_OTHER: 20,
    Factor.POLICE_KNOWLEDGE: 15,
    Factor.SUPPLIES_FORCE: 15,
    Factor.REPUTATION: 10,
    Factor.ROLE_CONFLICT: 25,
    Factor.PERFORMANCE: 10,
    Factor.WELFARE: 10,
    Factor.VETTING: 20,
    Factor.OVER_HOURS: 15,
    Factor.NO_AGENT: 20,
    Factor.LICENCE: 10,
    Factor.REFUSED_BEFORE: 15,
    Factor.BROKEN_BEFORE: 20,
    Factor.CHIEF_OFFICER: 10,
}
CHECKLIST = (
    "Every decision of the period has its reasons",
    "Conditions that were due have been checked",
    "Refusals have been followed up",
    "Approvals against the guidance have been discussed",
    "Units with no applications have been asked why",
)
