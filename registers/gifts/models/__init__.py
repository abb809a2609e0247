"""The gifts and hospitality register."""

from registers.gifts.models.offer import Item, Offer, OfferQuerySet, PeerReview
from registers.gifts.models.policy import Band, GiftPolicy, Reason, RiskWeight
from registers.gifts.models.suppliers import (
    RefreshmentCount,
    SupplierNotice,
    SupplierNoticeRecipient,
)

__all__ = [
    "Band",
    "GiftPolicy",
    "Item",
    "Offer",
    "OfferQuerySet",
    "PeerReview",
    "Reason",
    "RefreshmentCount",
    "RiskWeight",
    "SupplierNotice",
    "SupplierNoticeRecipient",
]
