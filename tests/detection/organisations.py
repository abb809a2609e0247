"""The records of organisations that imports and declarations would have made of the names written.

As `registers.organisations` does it: one record for each company number and each name's key,
whichever is known first; what a file says after 'T/A' or 'FORMERLY' becomes another name.
"""

from dataclasses import replace

from registers.organisations.names import name_key
from registers.procurement.reading.merchants import merchant_name
from registers.procurement.reading.names import NameParts, take_apart
from tests.detection.names import Mention


def without_terminal(mention: Mention) -> Mention:
    """A merchant as the cards import takes it: without the firm that took the payment."""
    return replace(mention, written=merchant_name(mention.written))


class Organisations:
    """Records by key and number, and which true firms each of them stands for."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.keys: list[str] = []
        self.numbers: list[str] = []
        self.others: dict[str, tuple[int, str, str]] = {}
        self.vendors: dict[str, int] = {}
        self.firms: dict[int, set[int]] = {}
        self._by_key: dict[str, int] = {}
        self._by_number: dict[str, int] = {}
        self._known: dict[tuple[str, str, bool], int] = {}

    def of(self, mention: Mention, *, file: bool = False) -> int:
        """The key of the record for a name in a file of procurement's, or as somebody typed it."""
        asked = (mention.written, mention.number, file)
        if asked not in self._known:
            self._known[asked] = self._find(*asked)
        found = self._known[asked]
        self.firms.setdefault(found, set()).add(mention.firm)
        return found

    def _find(self, written: str, number: str, file: bool) -> int:
        parts = take_apart(written) if file else NameParts(written, "", ())
        found = self._by_number.get(number) if number else None
        if found is None:
            found = self._named(parts.name)
        if number and not self.numbers[found - 1] and number not in self._by_number:
            self.numbers[found - 1] = number
            self._by_number[number] = found
        for other, kind in parts.others:
            key = name_key(other)[:200]
            if key not in self._by_key:
                self._by_key[key] = found
                self.others[key] = (found, other, kind)
        if parts.number:
            self.vendors.setdefault(parts.number, found)
        return found

    def _named(self, name: str) -> int:
        key = name_key(name)[:200]
        if key not in self._by_key:
            self.names.append(" ".join(name.split())[:200])
            self.keys.append(key)
            self.numbers.append("")
            self._by_key[key] = len(self.names)
        return self._by_key[key]
