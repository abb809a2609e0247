"""The cross-checks' pages of the desk."""

from registers.crosschecks.admin import checks, matches, pack, settings

__all__ = ["checks", "matches", "pack", "settings"]
