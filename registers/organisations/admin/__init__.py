"""Organisations on the PSD desk: each module registers its own pages."""

from registers.organisations.admin import merges, organisations, page

__all__ = ["merges", "organisations", "page"]
