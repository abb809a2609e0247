"""Every write of organisations: atomic, keyword-only, ``by`` and ``now`` given.

But for finding or making one by its name, which is a part of somebody else's action. What suggests
merges is in ``suggesting``, which loads the matcher.
"""

from registers.organisations.actions.finding import find_or_create, find_or_create_all
from registers.organisations.actions.keeping import add_name, add_note, set_parent, whose_name
from registers.organisations.actions.merging import merge, rule, unmerge

__all__ = [
    "add_name",
    "add_note",
    "find_or_create",
    "find_or_create_all",
    "merge",
    "rule",
    "set_parent",
    "unmerge",
    "whose_name",
]
