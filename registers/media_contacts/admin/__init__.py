"""The press office’s and PSD’s pages of the desk."""

from registers.media_contacts.admin import (
    compliance,
    contacts,
    coverage,
    media,
    meeting,
    policy,
    quotes,
    routing,
    statements,
)

__all__ = [
    "compliance",
    "contacts",
    "coverage",
    "media",
    "meeting",
    "policy",
    "quotes",
    "routing",
    "statements",
]
