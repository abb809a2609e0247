"""Spend as police bodies publish it: monthly workbooks of payments over a threshold."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Final

from integrity.casework.importing.checks import Shape
from integrity.casework.importing.limits import too_long
from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.register import no_column, read_into
from integrity.casework.importing.rows import Refusal, TableRow
from integrity.casework.importing.sheets import read_sheets
from registers.procurement.facts import (
    LONGEST_NAME,
    LONGEST_REFERENCE,
    LONGEST_TITLE,
    FoundPayments,
    PaymentFacts,
)
from registers.procurement.reading.redacted import is_redacted
from registers.procurement.reading.tables import (
    Entries,
    EntryReading,
    distinct,
    identifiers,
    texts_of,
    together,
)
from registers.procurement.reading.words import SPEND_FIELDS

LONGEST: Final = {
    "reference": LONGEST_REFERENCE,
    "description": LONGEST_TITLE,
    "category": LONGEST_NAME,
}


def read_spend(content: bytes, name: str, mapping: Mapping | None = None) -> FoundPayments:
    """The payments of a file; good rows are taken, the others refused one by one.

    Raises UnreadableFile, or MappingError where no sheet has a date, an amount and a supplier.
    """
    result = Entries()
    read_into(
        result,
        read_sheets(content, name),
        mapping or Mapping(),
        register="spend",
        begin=_Reading,
    )
    names = identifiers(result.keys, [payment.fingerprint for payment in result.rows])
    payments = tuple(
        replace(payment, identifier=identifier)
        for payment, identifier in zip(result.rows, names, strict=True)
    )
    withheld = [payment for payment in payments if payment.redacted]
    if withheld:
        reason = f"{len(withheld)} payments, from here on, are to names that are withheld."
        result.warnings.append(Refusal(withheld[0].where, "", f"{reason} They have no supplier."))
    return FoundPayments(
        payments=payments,
        read=result.read,
        refused=tuple(result.refused),
        warnings=tuple(result.warnings),
        not_read=tuple(result.not_read),
        figures={
            "total": sum((payment.amount for payment in payments), Decimal("0.00")),
            "suppliers": distinct(each.supplier for each in payments if each.supplier),
        },
    )


class _Reading(EntryReading):
    """One sheet of payments."""

    fields = SPEND_FIELDS
    shape = Shape(content=("supplier",), date="paid_on", value="amount", decision="")

    def understand(self) -> None:
        if "paid_on" in self.mapping.defaults or "amount" in self.mapping.defaults:
            raise MappingError("A date or an amount cannot be a default: each payment has its own.")
        for name, what in (
            ("paid_on", "date of the payment"),
            ("amount", "amount"),
            ("supplier", "supplier"),
        ):
            if name not in self.layout.columns and name not in self.mapping.defaults:
                raise no_column(what, name, self.layout)

    def take(self, row: TableRow) -> Refusal | None:
        paid_on, amount = self.on(row, "paid_on"), self.amount(row)
        missing = "Nothing says who was paid. Where the name is withheld, write 'Redacted'."
        nobody = self.no_name(row, "supplier", missing)
        if isinstance(paid_on, Refusal) or isinstance(amount, Refusal) or nobody:
            return together(paid_on, amount, nobody)
        payment = self._payment(row, paid_on, amount)
        if refusal := too_long(payment, LONGEST):
            return refusal
        number, line = self.words(row, "transaction"), self.words(row, "line")
        self.result.add(payment, f"{number}/{line}" if number and line else number)
        return None

    def _payment(self, row: TableRow, paid_on: dt.date, amount: Decimal) -> PaymentFacts:
        written = self.words(row, "supplier")
        redacted = is_redacted(written)
        spelling = [("paid_on", paid_on.isoformat()), ("amount", str(amount))]
        fingerprint = self.fingerprints.of(row, spelling)
        return PaymentFacts(
            identifier=fingerprint,
            supplier=None if redacted else self.supplier(row, written),
            as_written=written,
            paid_on=paid_on,
            amount=amount,
            reference=self.words(row, "transaction") or self.words(row, "invoice"),
            description=self.words(row, "description"),
            category=self.words(row, "category"),
            redacted=redacted,
            where=row.where,
            fingerprint=fingerprint,
            cells=texts_of(row),
        )
