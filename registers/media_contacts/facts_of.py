"""A stored contact as its facts, so that policies can judge it again and forms begin from it."""

from datetime import date
from typing import Any

from django.utils import timezone

from registers.media_contacts.facts import ContactFacts, Speaker
from registers.media_contacts.models import Contact

STATED = (
    "contacted_on",
    "contacted_at",
    "channel",
    "place",
    "about",
    "basis",
    "embargo_until",
    "off_record",
    "responsible",
    "policing_purpose",
    "explanation",
    "press_card",
    "press_card_reason",
    "press_office_told",
    "hospitality",
    "late_reason",
)


def facts_of(contact: Contact) -> ContactFacts:
    """What the contact states, as its form would have made it."""
    fields = {name: getattr(contact, name) for name in STATED}
    return ContactFacts(
        **fields,
        speakers=tuple(speakers_of(contact)),
        officers=tuple(sorted(other.officer_id for other in contact.other_officers.all())),
        agreement=contact.agreement.file if contact.agreement else None,
    )


def stated_on(contact: Contact, contacted_on: date) -> date:
    """The day to which lateness is counted, whatever is stated since; a legacy log is never late."""
    if contact.legacy:
        return contacted_on
    return timezone.localdate(contact.stated_at or contact.case.received_at)


def speakers_of(contact: Contact) -> list[Speaker]:
    return [
        Speaker(
            journalist=each.journalist.name if each.journalist else "",
            outlet=each.outlet.name if each.outlet else "",
        )
        for each in contact.speakers.all()
    ]


def stated(contact: Contact) -> dict[str, Any]:
    """What a contact states, as a correction and the ledger keep it: field by field, plain values."""
    plain = {name: getattr(contact, name) for name in STATED}
    said = {
        name: value if isinstance(value, bool | str) or value is None else str(value)
        for name, value in plain.items()
    }
    return {
        **said,
        "agreement": contact.agreement.name if contact.agreement else "",
        "with": [{"journalist": s.journalist, "outlet": s.outlet} for s in speakers_of(contact)],
        "other_officers": [{"officer": str(each)} for each in contact.other_officers.all()],
    }
