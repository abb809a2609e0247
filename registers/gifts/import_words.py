"""The words under which legacy registers of gifts and hospitality keep their columns."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from integrity.casework.importing.mapping import plain
from integrity.casework.importing.values import Decision, Outcome, parse_decision

# Best first; where headings tie, the field that stands first here takes the column.
GIFT_FIELDS: Final[dict[str, Sequence[str]]] = {
    "date": (
        "date of offer", "date offered", "offer date", "date of gift", "date of hospitality",
        "date of gift or hospitality", "date of event", "event date", "date received",
        "date accepted", "date declined", "date", "when", "date of entry",
    ),
    "value": (
        "value", "estimated value", "approximate value", "approx value", "value of hospitality",
        "value of gift", "estimated cost", "amount", "cost", "worth", "price",
    ),
    "reason": ("reason", "reasons", "reason for decision", "rationale", "justification"),
    "guest": ("accompanied by guest", "accompanied", "guest", "guests"),
    "provider": (
        "provider", "offered by", "provided by", "given by", "received from", "from whom",
        "individual or organisation that offered hospitality", "person or organisation",
        "person or organisation offering", "name of organisation", "name of donor", "who from",
        "donor", "offeror", "giver", "organisation", "organization", "company", "supplier",
        "host", "source", "from", "business",
    ),
    "recipient_number": (
        "collar number", "collar no", "collar", "staff number", "staff no", "warrant number",
        "warrant no", "payroll number", "employee number", "officer number", "shoulder number",
        "force number", "recipient number",
    ),
    "recipient": (
        "recipient", "minister", "officer", "name", "name of recipient", "recipient name",
        "name of officer", "officer name", "member of staff", "staff member", "employee",
        "rank and name", "rank name", "name and rank", "name rank", "received by", "declared by",
        "offered to", "declarant", "chief officer", "person", "commissioner",
    ),
    "description": (
        "description", "description of gift", "description of gift or hospitality",
        "details of gift", "details of gift or hospitality", "type of hospitality received",
        "nature of gift", "nature of offer", "item", "gift or hospitality", "gift hospitality",
        "gifts and hospitality", "gift", "hospitality", "details", "info", "information",
        "what was offered", "offer",
    ),
    "kind": (
        "kind", "type", "category", "gift or hospitality", "gift hospitality", "type of offer",
        "type of gift",
    ),
    "disposal": (
        "disposal", "disposal of gift", "what happened to it", "what happened to the gift",
        "destination", "how disposed of", "disposed",
    ),
    "decision": (
        "accepted declined", "accepted or declined", "accept decline", "accepted refused",
        "accepted or refused", "declined accepted", "decision", "outcome", "accepted",
        "declined", "response", "status", "result", "action taken",
    ),
    "rank": ("rank", "grade", "role", "post", "position", "job title"),
    "unit": (
        "unit", "department", "dept", "team", "division", "directorate", "station", "branch",
        "section", "district", "area", "force",
    ),
    "period": ("period", "reporting period", "quarter", "month", "year"),
    "reference": (
        "reference", "ref no", "ref", "reference number", "reference no", "entry number",
        "log number", "log no", "serial number", "serial no", "serial", "id", "number",
    ),
    "comments": ("comments", "comment", "notes", "remarks", "circumstances"),
}  # fmt: skip

# Values of ItemKind, by the words that registers' kind columns use; more telling ones first.
_KINDS: Final = {
    "hospitality_given": r"hospitality (?:given|provided by us)",
    "cash": r"cash|money|vouchers?|gift cards?",
    "gratuity": r"gratuit(?:y|ies)|tips?",
    "discount": r"discounts?|concessions?",
    "bequest": r"bequests?|legac(?:y|ies)",
    "sponsorship": r"sponsor(?:ship|ed)?",
    "collection": r"collections?",
    "donation": r"donations?",
    "hospitality": r"hospitality|h",
    "gift": r"gifts?|g",
}
_HOSPITALITY: Final = re.compile(
    r"\b(?:hospitality|breakfast|lunch(?:eon)?|dinner|supper|buffet|barbecue|meal|afternoon tea"
    r"|drinks|canap[eé]s|refreshments|reception|gala|ball|tickets?|pass|match|concert|theatre"
    r"|festival|hotel|accommodation|flights?|invit(?:e|ed|ation)|attend(?:ed|ance)?)\b"
)


def kind_of(words: str, *, by_nature: bool = False) -> str:
    """The ItemKind that words name, or ''.

    With `by_nature`, the words describe the thing, so 'Lunch' is hospitality; what is not plainly
    hospitality stays ''.
    """
    text = plain(words)
    if by_nature:
        return "hospitality" if _HOSPITALITY.search(text) else ""
    found = [kind for kind, name in _KINDS.items() if re.search(rf"\b(?:{name})\b", text)]
    if {"gift", "hospitality"} <= set(found):
        return ""
    return found[0] if found else ""


def kind_of_headings(headings: Iterable[str]) -> str:
    """'gift' or 'hospitality' where headings speak of one of them alone, else ''."""
    text = " ".join(plain(heading) for heading in headings)
    gifts, hospitality = bool(re.search(r"\bgifts?\b", text)), "hospitality" in text.split()
    if gifts == hospitality:
        return ""
    return "gift" if gifts else "hospitality"


def asked_by(heading: str) -> Outcome | None:
    """What a decision column asks, so that 'yes' below 'Declined?' is declined."""
    text = plain(heading)
    accepted = bool(re.search(r"\b(?:accepted|accept|received|kept)\b", text))
    declined = bool(re.search(r"\b(?:declined|decline|refused|rejected|returned)\b", text))
    if accepted == declined:
        return None
    return "accepted" if accepted else "declined"


def decided_by(headings: Iterable[str]) -> Decision | None:
    """What headings say of every row below ('Type of Hospitality Received'), when they agree."""
    said = {decision for heading in headings if (decision := parse_decision(plain(heading)))}
    outcomes = {decision.outcome for decision in said}
    return Decision(outcomes.pop()) if len(outcomes) == 1 else None
