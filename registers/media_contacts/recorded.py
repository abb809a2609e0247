"""What an event's facts say of a contact, line by line in this register's words: for receipts."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from integrity.casework.case_page import YES_NO
from integrity.casework.registry import Fact
from integrity.ui.templatetags.ui import day, moment
from registers.media_contacts.enums import WORDS

LABELS = {
    "contacted_on": "When",
    "contacted_at": "At",
    "channel": "How",
    "place": "Where",
    "about": "About what",
    "basis": "Basis",
    "embargo_until": "Embargo until",
    "agreement": "Embargo agreement",
    "responsible": "The person responsible for communicating about it",
    "policing_purpose": "A policing purpose",
    "explanation": "Why all the same",
    "press_card": "Press card",
    "press_card_reason": "Why none was seen",
    "press_office_told": "Press office told",
    "off_record": "Off the record",
    "hospitality": "Something was offered",
    "late_reason": "Why it was late",
}


def recorded(facts: Mapping[str, Any]) -> Iterator[Fact]:
    """The lines of what was logged, from what the ledger keeps of it and nothing else."""
    if "subject" in facts:
        yield Fact("Officer", facts["subject"])
    if "stated" in facts:
        yield from _contact(facts["stated"])


def _contact(stated: Mapping[str, Any]) -> Iterator[Fact]:
    yield Fact("With", "\n".join(_speaker(each) for each in stated["with"]) or "Not known")
    if stated["other_officers"]:
        others = "\n".join(each["officer"] for each in stated["other_officers"])
        yield Fact("Others of the force", others)
    for name, label in LABELS.items():
        words = _words(name, stated[name])
        if words:
            yield Fact(label, words)


def _speaker(each: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (each["journalist"], each["outlet"])))


def _words(name: str, value: Any) -> str:
    match name, value:
        case _, "" | None:
            return ""
        case "hospitality", False:
            return ""
        case _, bool():
            return YES_NO[value]
        case "contacted_on", _:
            return day(date.fromisoformat(value))
        case "contacted_at", _:
            return value[:5]
        case "embargo_until", _:
            return moment(datetime.fromisoformat(value))
    return (
        WORDS.get(value, value)
        if name in ("channel", "basis", "press_card", "off_record")
        else value
    )
