"""An offer as somebody states it, before it is stored: what forms make, policies judge and actions keep."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile

from registers.gifts.enums import ACCEPTED, ItemDecision, ItemKind, ProviderKind, ValueKind


@dataclass(frozen=True, slots=True)
class Value:
    """What an item is worth, in pounds, as exactly as its declarant knows."""

    kind: str = ValueKind.UNKNOWN
    low: Decimal | None = None
    high: Decimal | None = None
    words: str = ""

    @property
    def ceiling(self) -> Decimal | None:
        """The most it may be worth in pounds; None where nobody can say."""
        return self.high


@dataclass(frozen=True, slots=True)
class ItemFacts:
    description: str
    kind: str = ItemKind.GIFT
    decision: str = ItemDecision.DECLINED
    value: Value = field(default_factory=Value)
    light_refreshments: bool = False
    alcohol: bool = False
    reason_id: int | None = None
    reason_text: str = ""
    disposal: str = ""
    disposal_to: str = ""
    disposal_on: date | None = None
    proceeds: Decimal | None = None

    @property
    def accepted(self) -> bool:
        return self.decision in ACCEPTED


@dataclass(frozen=True, slots=True)
class GiftTest:
    """Is the offer Genuine, Independent, Free, Transparent? (HMIC 2012, p. 29)"""

    genuine: bool
    independent: bool
    free: bool
    transparent: bool
    note: str = ""

    @property
    def failed(self) -> bool:
        return not (self.genuine and self.independent and self.free and self.transparent)


@dataclass(frozen=True, slots=True)
class OfferFacts:
    offered_on: date
    provider_kind: str
    items: tuple[ItemFacts, ...]
    organisation: str = ""
    person: str = ""
    circumstances: str = ""
    gift_test: GiftTest | None = None
    late_reason: str = ""
    known_as: str = field(default="", compare=False)  # nobody states it: the force's records do

    @property
    def provider_kinds(self) -> frozenset[str]:
        """What the provider is to the force: as was ticked, and as the force knows."""
        return frozenset({self.provider_kind, self.known_as} - {""})

    @property
    def provider(self) -> str:
        return self.organisation or self.person or ProviderKind.UNKNOWN.label

    @property
    def accepted_items(self) -> tuple[ItemFacts, ...]:
        return tuple(item for item in self.items if item.accepted)

    @property
    def undecided(self) -> bool:
        return any(item.decision == ItemDecision.UNDECIDED for item in self.items)


@dataclass(frozen=True, slots=True)
class DisposalFacts:
    """What became of one item that was accepted."""

    disposal: str
    on: date
    to: str = ""
    proceeds: Decimal | None = None
    evidence: UploadedFile | None = None
