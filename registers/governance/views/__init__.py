"""Governance’s pages on the site."""
