"""Organisations, their names and numbers, and what an analyst decided of two that look like one."""

from registers.organisations.models.merging import Compared, Merge, MergeSuggestion
from registers.organisations.models.organisation import (
    Organisation,
    OrganisationName,
    OrganisationNote,
    SupplierNumber,
)

__all__ = [
    "Compared",
    "Merge",
    "MergeSuggestion",
    "Organisation",
    "OrganisationName",
    "OrganisationNote",
    "SupplierNumber",
]
