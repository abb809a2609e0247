"""What an address names, and the words by which a thing is known again wherever it is shown."""

from dataclasses import dataclass
from typing import Any

from tests.access.oracle import Thing


@dataclass(frozen=True, slots=True)
class Named:
    """A thing, and what its address is made of."""

    thing: Thing
    ids: dict[str, Any]


def mark(*key: str) -> str:
    """Words that stand in one thing and nowhere else."""
    return "-".join(("planted", *key)).replace(" ", "-")
