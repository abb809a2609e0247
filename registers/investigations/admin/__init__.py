"""Investigations on the PSD desk: each module registers its own pages."""

from registers.investigations.admin import concerns, figures, investigations, policy, referrals

__all__ = ["concerns", "figures", "investigations", "policy", "referrals"]
