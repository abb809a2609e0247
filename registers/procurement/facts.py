"""What the files of procurement say, once read: pure data between the readers and the actions.

Amounts are Decimal pounds to the penny unless a `currency` says otherwise. `where` is the row as
the spreadsheet shows it ('April, row 12') or, of OCDS, the ocid. `identifier` is what a corrected
file is recognised by: it is unique within what one file holds.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from integrity.casework.importing.rows import Refusal

type NameKind = Literal["trading", "former"]

# As the models hold them; what is longer is refused, never cut short.
LONGEST_IDENTIFIER: Final = 200
LONGEST_WHERE: Final = 120
LONGEST_REFERENCE: Final = 80
LONGEST_NAME: Final = 200
LONGEST_TITLE: Final = 300
# A trillion pounds is a typing error, and so is a purchase of ten thousand million by card.
AMOUNT_LIMIT: Final = Decimal("1000000000000")
CARD_LIMIT: Final = Decimal("10000000000")


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """Who is paid or contracted.

    `as_written` is the whole name as the file has it; `name` is what is left when vendor numbers
    and other names are split off. `company_number` is checked and padded to eight. `problems` are
    sentences about numbers that were malformed and so dropped.
    """

    name: str
    as_written: str
    company_number: str = ""
    charity_number: str = ""
    supplier_number: str = ""
    place: str = ""
    other_names: tuple[tuple[str, NameKind], ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """A contract awarded; `amount` is None where the file gives none.

    `status` is OCDS's: pending, active, cancelled, unsuccessful; active where the file is silent.
    `suppliers` is empty where the file names none, or withholds the name. `published_at` is the
    moment of the release that had the last word, so that an older file does not undo a newer.
    """

    identifier: str
    ocid: str
    title: str
    description: str
    status: str
    awarded_on: dt.date | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    amount: Decimal | None
    currency: str
    suppliers: tuple[SupplierFacts, ...]
    buyer: str
    category: str
    where: str
    published_at: dt.datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether its amount is in the total: pounds, and neither cancelled nor unsuccessful."""
        return (
            self.amount is not None
            and self.currency == "GBP"
            and self.status not in {"cancelled", "unsuccessful"}
        )


@dataclass(frozen=True, slots=True)
class TenderFacts:
    """A tender of a contracting process; `identifier` is its ocid, `bidders` are who tendered."""

    identifier: str
    title: str
    description: str
    status: str
    opens_on: dt.date | None
    closes_on: dt.date | None
    amount: Decimal | None
    currency: str
    buyer: str
    where: str
    bidders: tuple[SupplierFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """One payment; negative where money came back. `supplier` is None when `redacted`."""

    identifier: str
    supplier: SupplierFacts | None
    as_written: str
    paid_on: dt.date
    amount: Decimal
    reference: str
    description: str
    category: str
    redacted: bool
    where: str
    fingerprint: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A purchasing card and its holder; `number` is the last four figures, or '' where unknown."""

    identifier: str
    number: str
    holder_number: str
    holder_name: str
    unit: str
    single_limit: Decimal | None
    monthly_limit: Decimal | None
    opened_on: dt.date | None
    closed_on: dt.date | None
    where: str
    fingerprint: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class CardPurchaseFacts:
    """One purchase by card; `card` is the last four figures, or '' where the file has no number.

    `merchant` is None where the name is withheld; `as_written` is what the statement says. The
    limits are of the card, None where the row says none.
    """

    identifier: str
    card: str
    holder_number: str
    holder_name: str
    unit: str
    merchant: SupplierFacts | None
    as_written: str
    category: str
    bought_on: dt.date
    amount: Decimal
    description: str
    reference: str
    justification: str
    redacted: bool
    where: str
    fingerprint: str
    cells: dict[str, str]
    single_limit: Decimal | None = None
    monthly_limit: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file holds besides its rows.

    `read` counts the releases or rows that claim to be entries; `not_read` are the headings of
    columns that nothing was read from. `figures` are as the command prints them: counts, and
    totals as Decimal pounds.
    """

    read: int
    refused: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()
    not_read: tuple[str, ...] = ()
    figures: Mapping[str, int | Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundContracts(Found):
    """Figures `awards`, `total`, `suppliers`, `tenders`; of OCDS also `standing_awards`, `standing_total`.

    `buyers` says how many of the file's rows name each buyer; `unit` is what OCDS calls its rows.
    """

    awards: tuple[AwardFacts, ...]
    tenders: tuple[TenderFacts, ...] = ()
    buyers: Mapping[str, int] = field(default_factory=dict)
    unit: str = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPayments(Found):
    """Figures `total`, `suppliers`."""

    payments: tuple[PaymentFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCards(Found):
    """Figures `cards`, `purchases`, `total`."""

    cards: tuple[CardFacts, ...]
    purchases: tuple[CardPurchaseFacts, ...]
