"""Organisations, their names and numbers, and what an analyst decided of two that look like one."""

from registers.organisations.models.merging import Merge, MergeSuggestion
from registers.organisations.models.organisation import (
    Organisation,
    OrganisationName,
    OrganisationNote,
    SupplierNumber,
)

__all__ = [
    "Merge",
    "MergeSuggestion",
    "Organisation",
    "OrganisationName",
    "OrganisationNote",
    "SupplierNumber",
]
