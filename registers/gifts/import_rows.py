"""What the import of a legacy register of gifts and hospitality finds in it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from integrity.casework.importing.money import Money, MoneyKind
from integrity.casework.importing.register import Parsed
from integrity.casework.importing.values import Outcome


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One entry of a legacy register.

    `number` is the row as the spreadsheet shows it, `cells` the row as it stood, by heading.
    `kind` is a value of ItemKind, `decision` accepted or declined, `disposal` a value of
    Disposal or ''. Texts are '' where the register is silent.
    """

    where: str
    sheet: str
    number: int
    cells: dict[str, str]
    fingerprint: str
    date: dt.date
    recipient: str
    recipient_number: str
    rank: str
    unit: str
    provider: str
    description: str
    kind: str
    decision: Outcome
    disposal: str
    value: Money
    guest: bool | None
    reference: str
    reason: str
    comments: str


@dataclass(slots=True)
class RegisterParse(Parsed):
    """What a file holds, row by row, in the file's order."""

    @property
    def offers(self) -> list[OfferRow]:
        """The entries that are not nil returns."""
        return self.entries

    @property
    def totals(self) -> "Totals":
        """The entries counted by the kind of their value."""
        return total(self.offers)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many entries have which kind of value, and the pounds of the exact ones."""

    values: dict[str, int]
    total_exact: str


def total(offers: Iterable[OfferRow]) -> Totals:
    """Count offers by the kind of their value; `total_exact` is pounds as '103059.24'."""
    values = dict.fromkeys(get_args(MoneyKind.__value__), 0)
    pounds = Decimal("0.00")
    for offer in offers:
        values[offer.value.kind] += 1
        pounds += offer.value.amount or 0
    return Totals(values, str(pounds))
