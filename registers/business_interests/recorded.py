"""What an event's facts say of an interest, line by line in this register's words: for receipts."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from integrity.casework.case_page import YES_NO
from integrity.casework.enums import Stage
from integrity.casework.registry import Fact
from integrity.ui.templatetags.ui import day
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    Ground,
    Holder,
    LegalBasis,
    LicenceKind,
    Status,
)

OUTCOMES = dict([*Status.choices, *AppealOutcome.choices])
CHOICES = {
    "category": Category,
    "holder": Holder,
    "licence_kind": LicenceKind,
    "legal_basis": LegalBasis,
}
NO_AGENT = "There is none"  # which is what matters
LABELS = {
    "category": "Kind of interest",
    "holder": "Whose it is",
    "relative": "Relative",
    "occupation": "What it is",
    "description": "More about it",
    "organisation": "Employer or business",
    "starts_on": "From",
    "hours_a_week": "Hours a week",
    "weeks_worked": "Weeks worked",
    "when_worked": "When",
    "opted_out": "Opted out of the 48-hour week",
    "property_address": "Property",
    "managing_agent": "Managing agent",
    "licence_kind": "Licence for",
    "licensed_premises": "Premises",
    "in_force_area": "In the force area",
    "uses_police_knowledge": "Uses police knowledge or contacts",
    "supplies_force": "Supplies the force",
    "could_reflect": "Could reflect on the force",
    "conflict_note": "More about that",
    "legal_basis": "Legal basis",
}


def recorded(facts: Mapping[str, Any]) -> Iterator[Fact]:
    """The lines of an application or a decision, from what the ledger keeps of it and nothing else."""
    if "subject" in facts:
        yield Fact("Applicant", facts["subject"])
    if "stated" in facts:
        yield from stated_lines(facts["stated"])
    if "outcome" in facts:
        yield Fact("Outcome", OUTCOMES.get(facts["outcome"], facts["outcome"]))
    if facts.get("stage"):
        yield Fact("Decided at the stage", Stage(facts["stage"]).label)
    if facts.get("ground"):
        yield Fact("Ground", Ground(facts["ground"]).label)
    if facts.get("conditions"):
        yield Fact("Conditions", "\n".join(facts["conditions"]))
    if facts.get("review_on"):
        yield Fact("Reviewed by", day(date.fromisoformat(facts["review_on"])))
    if facts.get("police_friend"):
        yield Fact("Police friend", facts["police_friend"])
    if facts.get("papers"):
        yield Fact("Papers", facts["papers"])
    if facts.get("on"):
        yield Fact("On", day(date.fromisoformat(facts["on"])))


def stated_lines(stated: Mapping[str, Any]) -> Iterator[Fact]:
    """What an application states, as lines; what is empty is left out."""
    for name, label in LABELS.items():
        value = stated.get(name)
        if name == "managing_agent" and stated.get("category") == Category.LETTING:
            value = value or NO_AGENT
        if value in (None, "", "None"):
            continue
        if isinstance(value, bool):
            yield Fact(label, YES_NO[value])
        elif name in CHOICES:
            yield Fact(label, str(CHOICES[name](value).label))
        elif name == "starts_on":
            yield Fact(label, day(date.fromisoformat(value)))
        else:
            yield Fact(label, str(value))
