"""Contract registers as spreadsheets: one contract a row, or a row for each of its suppliers."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Final

from integrity.casework.importing.checks import Shape
from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.money import parse_money
from integrity.casework.importing.register import no_column, read_into
from integrity.casework.importing.rows import Refusal, TableRow, shortened
from integrity.casework.importing.sheets import read_sheets
from registers.procurement.facts import (
    LONGEST_NAME,
    LONGEST_TITLE,
    AwardFacts,
    FoundContracts,
    SupplierFacts,
)
from registers.procurement.reading.amounts import UnreadableAmount, parse_amount
from registers.procurement.reading.figures import contract_figures
from registers.procurement.reading.names import clean
from registers.procurement.reading.redacted import is_redacted
from registers.procurement.reading.tables import Entries, EntryReading, identifiers, together
from registers.procurement.reading.words import CONTRACT_FIELDS

_BETWEEN: Final = re.compile("[;|]")
_STATUSES: Final = {
    "cancelled": r"cancel(?:led|ed)|terminated|withdrawn|void",
    "unsuccessful": r"unsuccessful|not awarded|no award",
    "pending": r"pending|proposed|draft|planned|to be awarded",
}
_CURRENCY: Final = re.compile("[A-Z]{3}")


def read_register(content: bytes, name: str, mapping: Mapping | None = None) -> FoundContracts:
    """The contracts of a spreadsheet; good rows are taken, the others refused one by one.

    Raises UnreadableFile, or MappingError where no sheet names suppliers and contracts.
    """
    result = Entries()
    read_into(
        result,
        read_sheets(content, name),
        mapping or Mapping(),
        register="contracts",
        begin=_Reading,
    )
    awards = _joined(result)
    return FoundContracts(
        awards=awards,
        read=result.read,
        refused=tuple(result.refused),
        warnings=tuple(result.warnings),
        not_read=tuple(result.not_read),
        buyers=Counter(row.buyer for row in result.rows if row.buyer),
        figures=contract_figures(awards, ()),
    )


def _joined(result: Entries) -> tuple[AwardFacts, ...]:
    """One award of rows that are alike but for the supplier: each bidder of a framework has one.

    A row that is no contract of its own is counted nowhere, so a warning names it.
    """
    awards: dict[object, AwardFacts] = {}
    keys: dict[object, str] = {}
    for row, key in zip(result.rows, result.keys, strict=True):
        alike = replace(row, suppliers=(), identifier="", where="", description="")
        same = (key, alike) if key else row.identifier
        if first := awards.get(same):
            suppliers = tuple(dict.fromkeys((*first.suppliers, *row.suppliers)))
            awards[same] = replace(first, suppliers=suppliers)
            also = ", with another supplier" if suppliers != first.suppliers else ""
            place = f"row {first.where}" if first.where.isdecimal() else first.where
            reason = f"The same contract as {place}{also}."
            result.warnings.append(Refusal(row.where, "", reason))
        else:
            awards[same], keys[same] = row, key
    names = identifiers(list(keys.values()), [award.identifier for award in awards.values()])
    return tuple(
        replace(award, identifier=identifier)
        for award, identifier in zip(awards.values(), names, strict=True)
    )


class _Reading(EntryReading):
    """One sheet of contracts."""

    fields = CONTRACT_FIELDS
    shape = Shape(content=("supplier", "title"), date="starts_on", value="amount", decision="")

    def understand(self) -> None:
        if "amount" in self.mapping.defaults:
            raise MappingError("A value cannot be a default: each contract has its own.")
        known = self.layout.columns.keys()
        if "supplier" not in known and "supplier" not in self.mapping.defaults:
            raise no_column("supplier", "supplier", self.layout)
        if not {"title", "description", "reference"} & known:
            raise no_column("title of the contract", "title", self.layout)

    def warn_of_columns(self) -> None:
        for name, what in (("amount", "value"), ("starts_on", "start"), ("ends_on", "end")):
            if name not in self.layout.columns:
                self.warn(self.where, name, f"No column holds the {what} of the contracts.")

    def take(self, row: TableRow) -> Refusal | None:
        reference = self.words(row, "reference")
        description = self.words(row, "description")
        title = self.words(row, "title") or shortened(description or reference, LONGEST_TITLE)
        suppliers = self._suppliers(row)
        if not title:
            name = "title" if "title" in self.layout.columns else "reference"
            return together(row.refuse(name, "Nothing says what the contract is."), suppliers)
        for name, text, longest in (
            ("title", title, LONGEST_TITLE),
            ("category", self.words(row, "category"), LONGEST_NAME),
            ("buyer", self.words(row, "buyer"), LONGEST_NAME),
        ):
            if len(text) > longest:
                reason = f"The text is {len(text)} characters long and we keep {longest}."
                return row.refuse(name, f"{reason} Shorten it in the file.")
        if isinstance(suppliers, Refusal):
            return suppliers
        amount, currency = self._value(row)
        award = AwardFacts(
            identifier=self.fingerprints.of(row),
            ocid="",
            title=title,
            description=description,
            status=self._status(row),
            awarded_on=self.day(row, "awarded_on"),
            starts_on=self.day(row, "starts_on"),
            ends_on=self.day(row, "ends_on"),
            amount=amount,
            currency=currency,
            suppliers=suppliers,
            buyer=self.words(row, "buyer"),
            category=self.words(row, "category"),
            where=row.where,
        )
        self.result.add(award, reference)
        return None

    def _suppliers(self, row: TableRow) -> tuple[SupplierFacts, ...] | Refusal:
        """The suppliers of a cell, several between semicolons or on lines of their own."""
        lines = self.text(row, "supplier").splitlines()
        names = [name for line in lines for name in _BETWEEN.split(clean(line)) if name.strip()]
        if not names:
            return row.refuse("supplier", "Nothing says whom the contract is with.")
        if any(len(name) > LONGEST_NAME for name in names):
            reason = f"A supplier’s name is longer than the {LONGEST_NAME} characters we keep."
            return row.refuse("supplier", f"{reason} Shorten it in the file.")
        known = [name for name in names if not is_redacted(name)]
        if len(known) < len(names):
            self.warn(row.where, "supplier", "A supplier’s name is withheld, so it is none.")
        if len(known) == 1:
            return (self.supplier(row, known[0]),)
        # The numbers beside several names are nobody's in particular.
        return tuple(self.supplier(self._nameless(row), name) for name in known)

    def _nameless(self, row: TableRow) -> TableRow:
        numbers = {"company_number", "charity_number", "supplier_number", "place"}
        columns = {name: place for name, place in row.layout.columns.items() if name not in numbers}
        return replace(row, layout=replace(row.layout, columns=columns))

    def _value(self, row: TableRow) -> tuple[Decimal | None, str]:
        """The value and its currency; a warning where there is a value that is no one amount."""
        told = self.words(row, "currency").upper()
        currency = told if _CURRENCY.fullmatch(told) else "GBP"
        if not row.text("amount"):
            return None, currency
        try:
            amount = parse_amount(row.cell("amount"))
            if amount < 0:
                raise UnreadableAmount("The value is below nothing.")
        except UnreadableAmount as error:
            money = parse_money(row.text("amount"))
            if money.kind == "other_currency" and money.low and len(money.currency) == 3:
                amount, currency = money.low, money.currency
            else:
                self.warn(row.where, "amount", f"{error} The contract is taken without a value.")
                return None, currency
        if currency != "GBP":
            self.warn(row.where, "amount", f"The value is in {currency}, so it is in no total.")
        return amount, currency

    def _status(self, row: TableRow) -> str:
        words = self.words(row, "status").lower()
        found = (name for name, said in _STATUSES.items() if re.search(rf"\b(?:{said})\b", words))
        return next(found, "active")
