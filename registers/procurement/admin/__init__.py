"""Procurement's pages of the desk."""

from registers.procurement.admin import (
    contracts,
    involved,
    outsourced,
    payments,
    purchases,
    tenders,
)

__all__ = ["contracts", "involved", "outsourced", "payments", "purchases", "tenders"]
