"""Legacy registers of gifts and hospitality: entries of a file to cases, offers and items."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from integrity.casework.actions.imported_cases import (
    ImportedEntry,
    LegacyEntry,
    find_subject,
    open_imported_cases,
    policies_by_day,
)
from integrity.casework.actions.imports import NOBODY
from integrity.casework.importing.importer import Importer, Reading
from integrity.casework.importing.limits import nil_too_long
from integrity.casework.importing.mapping import Mapping
from integrity.casework.importing.rows import NilReturnRow, Refusal
from integrity.casework.importing.sheets import Sheet
from integrity.casework.matching import People
from integrity.casework.models import Case
from integrity.casework.workflow import Denied
from integrity.people.models import Force
from integrity.ui.templatetags.ui import day
from registers.gifts.actions.declare import PREFIX, REGISTER
from registers.gifts.enums import ItemDecision, ItemKind, Status, ValueKind
from registers.gifts.facts import OfferFacts
from registers.gifts.import_offers import facts_of, long_provider, offer_too_long
from registers.gifts.import_rows import OfferRow, total
from registers.gifts.import_words import GIFT_FIELDS
from registers.gifts.importing import parse_register
from registers.gifts.models import GiftPolicy, Item, Offer
from registers.gifts.policies import value_words
from registers.organisations.actions import find_or_create_all
from registers.organisations.models import Organisation
from registers.organisations.names import person_key

IN_ONE_STATEMENT = 1000


@dataclass(frozen=True, slots=True)
class LegacyOffer(LegacyEntry[OfferRow]):
    """A row of a legacy register with whom and what the force knows of it."""

    facts: OfferFacts

    @property
    def name(self) -> str:
        return self.row.recipient or self.row.recipient_number or NOBODY


def read(sheets: Sequence[Sheet], mapping: Mapping, force: Force) -> Reading:
    """A file as this register reads it for a force. Raises MappingError, or Denied without a policy."""
    if not GiftPolicy.objects.for_force(force.pk).exists():
        raise Denied(f"{force} has no policy on gifts yet; add one at the PSD desk first.")
    parsed = parse_register(sheets, mapping)
    people = People(force)
    rows: list[LegacyOffer | NilReturnRow] = []
    refused, warnings = list(parsed.refused), list(parsed.warnings)
    for row in parsed.rows:
        if refusal := offer_too_long(row) if isinstance(row, OfferRow) else nil_too_long(row):
            refused.append(refusal)
        else:
            kept = _legacy_offer(row, people, warnings) if isinstance(row, OfferRow) else row
            rows.append(kept)
    totals = total(entry.row for entry in rows if isinstance(entry, LegacyOffer))
    figures = {"values": totals.values, "total_exact": totals.total_exact}
    return Reading(rows, refused, warnings, parsed.read, figures)


def _legacy_offer(row: OfferRow, people: People, warnings: list[Refusal]) -> LegacyOffer:
    subject = find_subject(people, row, number=row.recipient_number, name=row.recipient)
    if isinstance(subject, Refusal):
        warnings.append(subject)
        subject = None
    if warning := long_provider(row):
        warnings.append(warning)
    return LegacyOffer(row, subject, people.unit(row.unit), facts_of(row))


def take(entries: Sequence[LegacyOffer], *, force: Force, now: datetime) -> list[Case]:
    """A closed case of each entry, its offer recorded under the policy of its day."""
    cases = open_imported_cases(
        [
            ImportedEntry(
                name=entry.name,
                claimed_on=entry.facts.offered_on,
                subject=entry.subject,
                grade=entry.row.rank,
                unit=entry.unit,
            )
            for entry in entries
        ],
        register=REGISTER,
        prefix=PREFIX,
        force=force,
        now=now,
    )
    policy_on = policies_by_day(GiftPolicy.objects.for_force(force.pk))
    organisation = find_or_create_all(
        names=(entry.facts.organisation for entry in entries), department=force.department
    )
    offers = Offer.objects.bulk_create(
        (
            _offer(case, entry.facts, policy_on(entry.facts.offered_on), organisation)
            for case, entry in zip(cases, entries, strict=True)
        ),
        batch_size=IN_ONE_STATEMENT,
    )
    items = (_item(offer, entry.facts) for offer, entry in zip(offers, entries, strict=True))
    Item.objects.bulk_create(items, batch_size=IN_ONE_STATEMENT)
    return cases


def _offer(
    case: Case, facts: OfferFacts, policy: GiftPolicy, organisation: Callable[[str], Organisation]
) -> Offer:
    """Recorded and no more: whether it was late, or complied, was judged elsewhere and long ago."""
    return Offer(
        case=case,
        policy=policy,
        status=Status.RECORDED,
        offered_on=facts.offered_on,
        provider_kind=facts.provider_kind,
        provider_organisation=organisation(facts.organisation) if facts.organisation else None,
        provider_person=facts.person,
        provider_person_key=person_key(facts.person)[:200],
        circumstances=facts.circumstances,
    )


def _item(offer: Offer, facts: OfferFacts) -> Item:
    [item] = facts.items
    return Item(
        offer=offer,
        position=1,
        description=item.description,
        kind=item.kind,
        decision=item.decision,
        reason_text=item.reason_text,
        value_kind=item.value.kind,
        value_from=item.value.low,
        value_to=item.value.high,
        value_words=item.value.words,
        disposal=item.disposal,
    )


def preview(entry: LegacyOffer) -> Sequence[str]:
    """An entry as it will be kept, cell by cell under COLUMNS."""
    [item] = entry.facts.items
    unknown = item.value.kind == ValueKind.UNKNOWN
    by_name = f"{entry.name} (by name alone)" if entry.row.recipient else entry.name
    return (
        day(entry.facts.offered_on),
        entry.subject.display if entry.subject else by_name,
        entry.facts.provider,
        f"{item.description} ({ItemKind(item.kind).label.lower()})",
        ItemDecision(item.decision).label,
        f"Not known: {item.value.words}" if unknown else value_words(item.value),
    )


COLUMNS = ("Date", "Recipient", "Provider", "What", "Decision", "Value")

LABELS = {
    "date": "Date of the offer",
    "recipient": "Recipient",
    "recipient_number": "Recipient’s collar or staff number",
    "rank": "Rank or grade",
    "unit": "Unit",
    "provider": "Provider",
    "description": "What was offered",
    "kind": "Gift or hospitality",
    "value": "Value",
    "decision": "Accepted or declined",
    "reason": "Reason",
    "disposal": "What became of it",
    "guest": "Accompanied by a guest",
    "period": "Period of a nil return",
    "reference": "Reference",
    "comments": "Comments",
}

IMPORTER = Importer(
    fields=GIFT_FIELDS,
    labels=LABELS,
    defaults={
        "decision": [("accepted", "Accepted"), ("declined", "Declined")],
        "kind": [("gift", "Gift"), ("hospitality", "Hospitality")],
    },
    columns=COLUMNS,
    read=read,
    preview=preview,
    take=take,
)
