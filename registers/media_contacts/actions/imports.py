"""Legacy logs of media contacts: entries of a file to cases, contacts and who took part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from integrity.casework.actions.imported_cases import (
    ImportedEntry,
    LegacyEntry,
    open_imported_cases,
    policies_by_day,
)
from integrity.casework.importing.importer import Importer, Reading
from integrity.casework.importing.limits import nil_too_long
from integrity.casework.importing.mapping import Mapping
from integrity.casework.importing.rows import NilReturnRow, Refusal
from integrity.casework.importing.sheets import Sheet
from integrity.casework.models import Case
from integrity.casework.policies import risk_score
from integrity.casework.workflow import Denied
from integrity.people.models import Force
from integrity.ui.templatetags.ui import day
from registers.media_contacts.actions.import_names import (
    Officers,
    journalists_of_all,
    outlets_of_all,
)
from registers.media_contacts.actions.step import PREFIX, REGISTER
from registers.media_contacts.enums import WORDS, Basis, Channel, Status
from registers.media_contacts.facts import ContactFacts, Speaker
from registers.media_contacts.facts_of import STATED
from registers.media_contacts.import_contacts import contact_too_long, facts_of_row, long_names
from registers.media_contacts.import_rows import ContactRow
from registers.media_contacts.import_words import CONTACT_FIELDS
from registers.media_contacts.importing import parse_contacts
from registers.media_contacts.models import Contact, ContactSpeaker, MediaPolicy
from registers.media_contacts.policies import factors

IN_ONE_STATEMENT = 1000


@dataclass(frozen=True, slots=True)
class LegacyContact(LegacyEntry[ContactRow]):
    """A row of a legacy log with whom and what the force knows of it."""

    facts: ContactFacts


def read(sheets: Sequence[Sheet], mapping: Mapping, force: Force) -> Reading:
    """A file as this register reads it for a force. Raises MappingError, or Denied without a policy."""
    if not MediaPolicy.objects.for_force(force.pk).exists():
        raise Denied(f"{force} has no policy on media contacts yet; add one at the PSD desk first.")
    parsed = parse_contacts(sheets, mapping, today=timezone.localdate())
    officers = Officers(force)
    rows: list[LegacyContact | NilReturnRow] = []
    refused, warnings = list(parsed.refused), list(parsed.warnings)
    for row in parsed.rows:
        nil = isinstance(row, NilReturnRow)
        if refusal := nil_too_long(row) if nil else contact_too_long(row):
            refused.append(refusal)
        else:
            rows.append(row if nil else _legacy_contact(row, officers, warnings))
    return Reading(rows, refused, warnings, parsed.read)


def _legacy_contact(row: ContactRow, officers: Officers, warnings: list[Refusal]) -> LegacyContact:
    subject = officers.find(row)
    if isinstance(subject, Refusal):
        warnings.append(subject)
        subject = None
    warnings += long_names(row)
    return LegacyContact(row, subject, officers.people.unit(row.unit), facts_of_row(row))


def take(entries: Sequence[LegacyContact], *, force: Force, now: datetime) -> list[Case]:
    """A closed case of each entry; its contact is history, so nobody is asked to acknowledge it."""
    policy_on = policies_by_day(MediaPolicy.objects.for_force(force.pk))
    policies = [policy_on(entry.facts.contacted_on) for entry in entries]
    weights = {policy: _weights(policy) for policy in set(policies)}
    cases = open_imported_cases(
        [_entry(entry, weights[policy]) for entry, policy in zip(entries, policies, strict=True)],
        register=REGISTER,
        prefix=PREFIX,
        force=force,
        now=now,
    )
    contacts = Contact.objects.bulk_create(
        (
            _contact(case, entry.facts, policy)
            for case, entry, policy in zip(cases, entries, policies, strict=True)
        ),
        batch_size=IN_ONE_STATEMENT,
    )
    _add_speakers(contacts, entries, force)
    return cases


def _weights(policy: MediaPolicy) -> dict[str, int]:
    return {weight.factor: weight.points for weight in policy.weights.all()}


def _entry(entry: LegacyContact, weights: dict[str, int]) -> ImportedEntry:
    subject = entry.subject
    found = factors(
        entry.facts, late=False, chief_officer=subject is not None and subject.is_chief_officer
    )
    return ImportedEntry(
        name=entry.row.officer,
        claimed_on=entry.facts.contacted_on,
        subject=subject,
        grade=entry.row.named.rank,
        unit=entry.unit,
        risk=risk_score(found, weights),
    )


def _contact(case: Case, facts: ContactFacts, policy: MediaPolicy) -> Contact:
    """As the log has it and no more: whether it was late was judged elsewhere and long ago."""
    stated = {name: getattr(facts, name) for name in STATED}
    return Contact(case=case, policy=policy, status=Status.ACKNOWLEDGED, legacy=True, **stated)


def _add_speakers(
    contacts: Sequence[Contact], entries: Sequence[LegacyContact], force: Force
) -> None:
    """Journalists and outlets, each the department's one record of its name."""
    named = [speaker for entry in entries for speaker in entry.facts.speakers]
    outlet = outlets_of_all((each.outlet for each in named), force.department)
    journalist = journalists_of_all((each.journalist for each in named), force.department)
    ContactSpeaker.objects.bulk_create(
        (
            ContactSpeaker(
                contact=contact,
                position=position,
                journalist=journalist(each.journalist) if each.journalist else None,
                outlet=outlet(each.outlet) if each.outlet else None,
            )
            for contact, entry in zip(contacts, entries, strict=True)
            for position, each in enumerate(_somebody(entry.facts), start=1)
        ),
        batch_size=IN_ONE_STATEMENT,
    )


def _somebody(facts: ContactFacts) -> list[Speaker]:
    return [each for each in facts.speakers if each.journalist or each.outlet]


def preview(entry: LegacyContact) -> Sequence[str]:
    """An entry as it will be kept, cell by cell under COLUMNS."""
    row, facts = entry.row, entry.facts
    at = f"{facts.contacted_at:%H:%M}" if facts.contacted_at else "Not given"
    how = WORDS.get(facts.channel, "Not known")
    said = WORDS.get(facts.off_record) or WORDS.get(facts.basis, "Not stated")
    return (
        day(facts.contacted_on),
        at,
        entry.subject.display if entry.subject else f"{row.officer} (by name alone)",
        "; ".join(str(speaker) for speaker in _somebody(facts)) or "Not known",
        ", ".join(filter(None, (how, facts.place))),
        facts.about,
        said,
    )


COLUMNS = ("Date", "Time", "Officer", "With", "How", "About", "Basis")

LABELS = {
    "contacted_on": "Date of the contact",
    "contacted_at": "Time",
    "officer": "Officer",
    "officer_number": "Officer’s collar or staff number",
    "rank": "Rank or grade",
    "unit": "Unit",
    "outlet": "Outlet",
    "journalist": "Journalist",
    "channel": "How",
    "place": "Place",
    "about": "Subject",
    "purpose": "Purpose",
    "basis": "Basis",
    "off_record": "Off the record",
    "embargo": "Embargoed until",
    "press_office": "Press office told or present",
    "hospitality": "Hospitality",
    "coverage": "Coverage",
    "period": "Period of a nil return",
    "reference": "Reference",
    "comments": "Comments",
}

IMPORTER = Importer(
    fields=CONTACT_FIELDS,
    labels=LABELS,
    defaults={
        "channel": [(str(value), str(label)) for value, label in Channel.choices],
        "basis": [
            (str(each), str(each.label)) for each in (Basis.REPORTABLE, Basis.NON_REPORTABLE)
        ],
    },
    columns=COLUMNS,
    read=read,
    preview=preview,
    take=take,
)
