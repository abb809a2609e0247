"""Contracts and tenders as published: each award to a contract with its suppliers and its tender."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from integrity.casework.importing.feed import Change, Feed, Tell
from integrity.casework.importing.rows import Refusal
from integrity.casework.models import ImportBatch
from integrity.people.enums import Role
from integrity.people.models import Force, User
from integrity.ui.templatetags.ui import day, money
from registers.organisations.suppliers import Suppliers, find_or_create_suppliers, find_suppliers
from registers.procurement.actions.contract_bidders import count_new_bids, keep_bids
from registers.procurement.actions.contract_suppliers import Winners
from registers.procurement.actions.taking import (
    Compared,
    apply,
    create,
    in_order,
    known_by_identifier,
    of_suppliers,
    update,
)
from registers.procurement.enums import AwardStatus, TenderStatus
from registers.procurement.facts import AwardFacts, FoundContracts, TenderFacts
from registers.procurement.models import Contract, Tender
from registers.procurement.reading.buyers import other_buyers
from registers.procurement.reading.contracts import read_contracts
from registers.procurement.reading.words import CONTRACT_FIELDS

TENDER_FIELDS: Final = (
    "title", "description", "status", "opens_on", "closes_on", "amount", "buyer",
)  # fmt: skip
FIELDS: Final = (
    "title", "description", "category", "status", "awarded_on", "starts_on", "ends_on", "amount",
    "currency", "buyer",
)  # fmt: skip


@dataclass(slots=True)
class ContractsPlan:
    """What taking a file of contracts would do. `counts` are of tenders, the rest of contracts."""

    force: Force
    suppliers: Suppliers
    warnings: list[Refusal] = field(default_factory=list)
    tenders: Compared[TenderFacts, Tender] = field(default_factory=Compared)
    contracts: Compared[AwardFacts, Contract] = field(default_factory=Compared)
    winners: Winners = field(default_factory=Winners)
    bidding: list[TenderFacts] = field(default_factory=list)
    bids: int = 0

    @property
    def imported(self) -> int:
        return len(self.contracts.new)

    @property
    def updated(self) -> int:
        return len(self.contracts.changed)

    @property
    def unchanged(self) -> int:
        return self.contracts.unchanged

    @property
    def anything(self) -> bool:
        kinds = (self.contracts, self.tenders)
        return bool(self.bids) or any(kind.new or kind.changed for kind in kinds)

    @property
    def counts(self) -> dict[str, int]:
        new, changed = len(self.tenders.new), len(self.tenders.changed)
        return {"tenders_imported": new, "tenders_updated": changed, "bids_imported": self.bids}

    @property
    def changes(self) -> list[Change]:
        return [*self.tenders.changes, *self.contracts.changes]

    def keep(self, batch: ImportBatch, *, by: User | None, now: datetime, tell: Tell) -> None:
        """Add what is new and update what was corrected: tenders, contracts, then their suppliers."""
        suppliers = find_or_create_suppliers(self.suppliers.found, force=self.force, now=now)
        self._keep_tenders(batch, tell)
        keep_bids(self.bidding, suppliers, self.force, by=by, now=now)
        tenders = self._tenders()
        for facts, contract in self.contracts.changed.values():
            contract.tender = tenders.get(facts.ocid, contract.tender)
        update(self.contracts, Contract, (*FIELDS, "tender"), batch)
        made = [
            Contract(
                force=self.force,
                identifier=facts.identifier,
                tender=tenders.get(facts.ocid),
                where=facts.where,
                batch=batch,
                **_values(facts, []),
            )
            for facts in self.contracts.new.values()
        ]
        create(Contract, made, tell=tell)
        for contract, facts in zip(made, self.contracts.new.values(), strict=True):
            self.winners.joined += [(contract, supplier) for supplier in facts.suppliers]
        self.winners.keep(suppliers, timezone.localdate(now))

    def _keep_tenders(self, batch: ImportBatch, tell: Tell) -> None:
        update(self.tenders, Tender, TENDER_FIELDS, batch)
        made = [
            Tender(
                force=self.force,
                identifier=facts.identifier,
                where=facts.where,
                batch=batch,
                **_tender_values(facts, []),
            )
            for facts in self.tenders.new.values()
        ]
        create(Tender, made, tell=tell)

    def _tenders(self) -> dict[str, Tender]:
        compared = (
            self.contracts.new.values(),
            (each for each, _ in self.contracts.changed.values()),
        )
        ocids = {facts.ocid for some in compared for facts in some} - {""}
        return known_by_identifier(Tender.objects.filter(force=self.force), ocids)


def plan(found: FoundContracts, force: Force) -> ContractsPlan:
    """What taking these contracts and tenders would do."""
    named = {
        supplier: award.where for award in reversed(found.awards) for supplier in award.suppliers
    }
    named |= {bidder: each.where for each in found.tenders for bidder in each.bidders}
    suppliers = find_suppliers(named, force=force)
    planned = ContractsPlan(force, suppliers, of_suppliers(suppliers, named))
    if reason := other_buyers(found.buyers, force.name, found.read, found.unit):
        planned.warnings.append(Refusal("", LABELS["buyer"], reason))
    _compare_tenders(found, planned)
    planned.bidding = [each for each in found.tenders if each.bidders]
    planned.bids = count_new_bids(planned.bidding, suppliers, force)
    mine = Contract.objects.filter(force=force).select_related("tender")
    mine = mine.prefetch_related("suppliers")
    known = known_by_identifier(mine, (award.identifier for award in found.awards))
    tenders = _tender_titles(found, force)
    for facts in found.awards:
        contract = known.get(facts.identifier)
        values = _values(facts, planned.warnings)
        changes = []
        if contract is not None:
            changes = apply(contract, values, facts.where)
            changes += _compare_tender(contract, facts, tenders)
            changes += planned.winners.compare(contract, facts, suppliers)
        planned.contracts.add(facts, contract, changes)
    return planned


def _compare_tenders(found: FoundContracts, planned: ContractsPlan) -> None:
    mine = Tender.objects.filter(force=planned.force)
    known = known_by_identifier(mine, (tender.identifier for tender in found.tenders))
    for facts in found.tenders:
        tender = known.get(facts.identifier)
        values = _tender_values(facts, planned.warnings)
        planned.tenders.add(facts, tender, apply(tender, values, facts.where) if tender else [])


def _tender_titles(found: FoundContracts, force: Force) -> dict[str, str]:
    """The tenders that a contract of the file can belong to, those there are and the file's own."""
    ocids = {award.ocid for award in found.awards} - {""}
    known = Tender.objects.filter(force=force, identifier__in=ocids)
    there = dict(known.values_list("identifier", "title"))
    return there | {tender.identifier: tender.title for tender in found.tenders}


def _compare_tender(
    contract: Contract, facts: AwardFacts, tenders: Mapping[str, str]
) -> list[Change]:
    has = contract.tender
    if facts.ocid not in tenders or (has and facts.ocid == has.identifier):
        return []
    before = has.title if has else ""
    return [Change(facts.where, str(contract), "Tender", before, tenders[facts.ocid])]


def _values(facts: AwardFacts, warnings: list[Refusal]) -> dict[str, Any]:
    ends_on = in_order(facts.starts_on, facts.ends_on, facts.where, warnings)
    said = {name: getattr(facts, name) for name in FIELDS}
    return said | {"status": facts.status or AwardStatus.ACTIVE.value, "ends_on": ends_on}


def _tender_values(facts: TenderFacts, warnings: list[Refusal]) -> dict[str, Any]:
    """As the file says it; a value in another currency is none, for a tender keeps no currency."""
    closes_on = in_order(facts.opens_on, facts.closes_on, facts.where, warnings)
    said = {name: getattr(facts, name) for name in TENDER_FIELDS}
    amount = facts.amount if facts.currency == "GBP" else None
    status = facts.status or TenderStatus.ACTIVE.value
    return said | {"status": status, "closes_on": closes_on, "amount": amount}


def preview(found: FoundContracts, planned: ContractsPlan) -> Iterator[list[str]]:
    """Each contract as it will be kept, cell by cell under COLUMNS."""
    for facts in found.awards:
        amount = (
            money(facts.amount) if facts.currency == "GBP" else f"{facts.amount} {facts.currency}"
        )
        yield [
            facts.where,
            facts.title,
            ", ".join(supplier.name for supplier in facts.suppliers) or "Not named",
            day(facts.awarded_on),
            "Not stated" if facts.amount is None else amount,
            AwardStatus(facts.status or AwardStatus.ACTIVE).label,
            planned.contracts.became(facts.identifier),
        ]


COLUMNS: Final = ("Contract", "Suppliers", "Awarded", "Value", "Status")

LABELS: Final = {
    "reference": "Reference of the contract",
    "title": "Title",
    "supplier": "Suppliers",
    "company_number": "Company number",
    "charity_number": "Charity number",
    "supplier_number": "Supplier’s number in your finance system",
    "starts_on": "First day",
    "ends_on": "Last day",
    "awarded_on": "Day of the award",
    "amount": "Value",
    "currency": "Currency",
    "category": "Category",
    "description": "Description",
    "status": "Status",
    "buyer": "Buyer",
    "place": "Supplier’s town",
}

FEED: Final = Feed(
    slug="contracts",
    name="Contracts",
    event="contracts imported",
    roles=(Role.PROCUREMENT, Role.PSD_HEAD),
    accepts=(
        "An OCDS release package or JSON Lines (.json, .jsonl), or a contract register as CSV, XLSX "
        "or ODS, of 10 MB at most."
    ),
    fields=CONTRACT_FIELDS,
    labels=LABELS,
    columns=COLUMNS,
    figures={
        "awards": "Awards in the file, as published",
        "total": "Total of the file, as published",
        "standing_awards": "Awards that stand",
        "standing_total": "Total of those that stand",
        "suppliers": "Suppliers in the file",
        "tenders": "Tenders in the file",
        "tenders_imported": "New tenders",
        "tenders_updated": "Tenders changed",
    },
    read=read_contracts,
    plan=plan,
    preview=preview,
    defaults={},
)
