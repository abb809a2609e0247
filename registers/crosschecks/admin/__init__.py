"""The cross-checks' pages of the desk."""

from registers.crosschecks.admin import matches, pack, settings

__all__ = ["matches", "pack", "settings"]
