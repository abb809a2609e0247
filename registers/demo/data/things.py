"""How an offer is described in the lists of gifts and of hospitality."""

from dataclasses import dataclass

from registers.gifts.enums import ItemKind, ProviderKind

PUBLIC = (ProviderKind.PUBLIC,)
SHOPS = (ProviderKind.LOCAL_BUSINESS,)
SUPPLIERS = (ProviderKind.CONTRACTOR, ProviderKind.PROSPECTIVE_SUPPLIER)
PARTNERS = (ProviderKind.PARTNER, ProviderKind.CHARITY)
VISITORS = (ProviderKind.FOREIGN, ProviderKind.POLICE)


@dataclass(frozen=True, slots=True)
class Thing:
    """One sort of offer; value in whole pounds, from and to."""

    what: str
    low: int
    high: int
    by: tuple[str, ...]
    occasion: str
    kind: str = ItemKind.GIFT
    alcohol: bool = False
    light: bool = False
