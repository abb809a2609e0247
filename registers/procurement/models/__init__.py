"""Contracts, tenders, payments and purchases by card, as bodies publish them."""

from registers.procurement.models.cards import Card, Purchase, PurchaseReferral
from registers.procurement.models.contracts import (
    Bidder,
    Contract,
    ContractorPerson,
    ContractSupplier,
    Involvement,
    Tender,
)
from registers.procurement.models.spend import Payment

__all__ = [
    "Bidder",
    "Card",
    "Contract",
    "ContractSupplier",
    "ContractorPerson",
    "Involvement",
    "Payment",
    "Purchase",
    "PurchaseReferral",
    "Tender",
]
