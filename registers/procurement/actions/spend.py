"""Published spend: the rows of a workbook to payments, each to the organisation that was paid."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from integrity.casework.importing.feed import Change, Feed, Tell
from integrity.casework.importing.rows import Refusal
from integrity.casework.models import ImportBatch
from integrity.people.enums import Role
from integrity.people.models import Force, User
from integrity.ui.templatetags.ui import day, money
from registers.organisations.models import Organisation
from registers.organisations.suppliers import Suppliers, find_or_create_suppliers, find_suppliers
from registers.procurement.actions.taking import (
    Compared,
    apply,
    create,
    known_by_identifier,
    of_suppliers,
    update,
)
from registers.procurement.facts import FoundPayments, PaymentFacts
from registers.procurement.models import Payment
from registers.procurement.reading.spend import read_spend
from registers.procurement.reading.words import SPEND_FIELDS

FIELDS: Final = (
    "as_written", "redacted", "paid_on", "amount", "reference", "description", "category",
)  # fmt: skip


@dataclass(slots=True)
class SpendPlan:
    """What taking a workbook would do."""

    force: Force
    suppliers: Suppliers
    warnings: list[Refusal]
    payments: Compared[PaymentFacts, Payment] = field(default_factory=Compared)

    @property
    def imported(self) -> int:
        return len(self.payments.new)

    @property
    def updated(self) -> int:
        return len(self.payments.changed)

    @property
    def unchanged(self) -> int:
        return self.payments.unchanged

    @property
    def anything(self) -> bool:
        return bool(self.payments.new or self.payments.changed)

    @property
    def counts(self) -> dict[str, int]:
        return {}

    @property
    def changes(self) -> list[Change]:
        return self.payments.changes

    def keep(self, batch: ImportBatch, *, by: User | None, now: datetime, tell: Tell) -> None:
        """Add the new payments and update the corrected ones."""
        suppliers = find_or_create_suppliers(self.suppliers.found, force=self.force, now=now)
        for facts, payment in self.payments.changed.values():
            payment.organisation = _organisation(facts, suppliers)
        update(self.payments, Payment, (*FIELDS, "organisation"), batch)
        made = [
            Payment(
                force=self.force,
                identifier=facts.identifier,
                organisation=_organisation(facts, suppliers),
                where=facts.where,
                batch=batch,
                **_values(facts),
            )
            for facts in self.payments.new.values()
        ]
        create(Payment, made, tell=tell)


def plan(found: FoundPayments, force: Force) -> SpendPlan:
    """What taking these payments would do, an unchanged payment keeping the organisation it has."""
    mine = Payment.objects.filter(force=force)
    known = known_by_identifier(mine, (facts.identifier for facts in found.payments))
    compared: Compared[PaymentFacts, Payment] = Compared()
    for facts in found.payments:
        payment = known.get(facts.identifier)
        changes = apply(payment, _values(facts), facts.where) if payment else []
        compared.add(facts, payment, changes)
    touched = [*compared.new.values(), *(facts for facts, _ in compared.changed.values())]
    where = {facts.supplier: facts.where for facts in reversed(touched) if facts.supplier}
    named = [facts.supplier for facts in touched if facts.supplier]
    suppliers = find_suppliers(named, force=force)
    return SpendPlan(force, suppliers, of_suppliers(suppliers, where), compared)


def _values(facts: PaymentFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in FIELDS}


def _organisation(facts: PaymentFacts, suppliers: Suppliers) -> Organisation | None:
    return suppliers(facts.supplier) if facts.supplier else None


def preview(found: FoundPayments, planned: SpendPlan) -> Iterator[list[str]]:
    """Each payment as it will be kept, cell by cell under COLUMNS."""
    for facts in found.payments:
        yield [
            facts.where,
            day(facts.paid_on),
            facts.supplier.name if facts.supplier else f"{facts.as_written} (name withheld)",
            money(facts.amount),
            facts.description or facts.category,
            facts.reference,
            planned.payments.became(facts.identifier),
        ]


COLUMNS: Final = ("Date", "Supplier", "Amount", "For", "Reference")

LABELS: Final = {
    "paid_on": "Date of the payment",
    "amount": "Amount",
    "supplier": "Supplier",
    "company_number": "Company number",
    "charity_number": "Charity number",
    "supplier_number": "Supplier’s number in your finance system",
    "category": "Category",
    "description": "Description",
    "transaction": "Number of the payment",
    "line": "Line of the payment",
    "invoice": "Number of the invoice",
    "place": "Supplier’s town",
}

FEED: Final = Feed(
    slug="spend",
    name="Spend",
    event="spend imported",
    roles=(Role.PROCUREMENT, Role.PSD_HEAD),
    accepts="A CSV, XLSX or ODS file of payments as they are published, of 10 MB at most.",
    fields=SPEND_FIELDS,
    labels=LABELS,
    columns=COLUMNS,
    figures={"total": "Total of the file", "suppliers": "Suppliers in the file"},
    read=read_spend,
    plan=plan,
    preview=preview,
    defaults={},
)
