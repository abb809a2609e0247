"""What the database itself enforces for a model's table, declared beside the model.

Most models say nothing: with a ``force`` (or ``oversight_body``, ``department``) of their own, or a
``case``, everything follows. integrity.audit.guard turns it into triggers, policies and rights.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Protection:
    """How one table differs from a register table of one force.

    ``within`` names the foreign key through which a row belongs to a force, where it has no column
    of its own. ``open_because`` is why rows belong to no force and everybody's connection may read
    them; ``unrecorded_because`` why changes leave no entry in the ledger. ``near`` lets the people
    of the forces that share a standards department read a row: who somebody is, what a policy says.
    ``same_force`` names foreign keys to people who must be of the row's own force. ``hashed`` names
    columns that the ledger keeps as a hash alone. ``deletable`` rows may be deleted by the site.
    ``confidential`` rows show only where the transaction reaches a force's confidential cases: all
    of a table's, or those of which the named column is true. ``derived`` rows the database itself
    keeps from other rows: the site only reads them, and they need no keys that tie them.
    """

    within: str = ""
    open_because: str = ""
    unrecorded_because: str = ""
    near: bool = False
    same_force: tuple[str, ...] = ()
    hashed: tuple[str, ...] = ()
    deletable: bool = False
    confidential: bool | str = False
    derived: bool = False
