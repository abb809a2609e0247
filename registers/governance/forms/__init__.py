"""Governance’s forms."""
