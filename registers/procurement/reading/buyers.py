"""Whose contracts a file holds: a force imports its own, and is told when others bought."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from integrity.casework.importing.mapping import plain
from registers.procurement.reading.names import clean

NAMED: Final = 5


def is_force(buyer: str, force: str) -> bool:
    """Whether a buyer is the force: its name has every word of the force's.

    'Police and Crime Commissioner for Northmoor' buys for Northmoor Police, and Northmoor City
    Council does not.
    """
    return set(plain(force).split()) <= set(plain(buyer).split())


def other_buyers(buyers: Mapping[str, int], force: str, rows: int, unit: str) -> str:
    """'97 of 120 releases name another buyer: …', the most frequent first; '' where none does.

    `buyers` counts the rows that name each buyer; a row that names none says nothing.
    """
    others = Counter({name: count for name, count in buyers.items() if not is_force(name, force)})
    if not others:
        return ""
    name = "names" if others.total() == 1 else "name"
    named = ", ".join(clean(buyer) for buyer, _ in others.most_common(NAMED))
    more = len(others) - NAMED
    also = f" and {more} other{'s' if more > 1 else ''}" if more > 0 else ""
    return f"{others.total()} of {rows} {unit} {name} another buyer: {named}{also}."
