"""Which card a purchase was made with: told by its last four figures and its holder, never guessed."""

from collections.abc import Iterable
from datetime import date
from typing import Final, Protocol

from integrity.casework.matching import People, plain_name
from integrity.people.models import User
from registers.procurement.models import Card

NOBODY: Final = "Not stated"
MADE: Final = "made:"


class Holder(Protocol):
    """Who holds a card, as a file says it."""

    @property
    def holder_number(self) -> str: ...
    @property
    def holder_name(self) -> str: ...


def holder_of(facts: Holder, people: People) -> User | None:
    """The one person of the force with this number, or else of this name."""
    return people.find(number=facts.holder_number, name=facts.holder_name)


def name_of(facts: Holder) -> str:
    """What a card says of its holder, whether or not the force knows them."""
    return facts.holder_name or facts.holder_number or NOBODY


def whose(holder: User | None, name: str) -> str:
    """What two cards of one holder share: the person, or else the name."""
    return f"{holder.pk}" if holder else plain_name(name)


class Cards:
    """The cards of a force, and those that purchases speak of and no register of cards holds."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self.rows: list[Card] = []
        self._by_holder: dict[str, list[Card]] = {}
        self._by_ending: dict[str, list[Card]] = {}
        for card in cards:
            self.add(card)

    def add(self, card: Card) -> None:
        self.rows.append(card)
        holder = whose(card.holder, card.holder_name)
        self._by_holder.setdefault(holder, []).append(card)
        self._by_ending.setdefault(card.ending, []).append(card)

    def find(self, ending: str, holder: str, on: date) -> Card | None:
        """The card of this ending and holder; where one of the two is not said, the only one it can be."""
        if not holder or holder == plain_name(NOBODY):
            cards = self._by_ending.get(ending, []) if ending else []
        else:
            cards = self._by_holder.get(holder, [])
            cards = [card for card in cards if not ending or card.ending == ending]
        if len(cards) > 1:
            cards = [card for card in cards if _is_open(card, on)]
        return cards[0] if len(cards) == 1 else None

    def made(self, ending: str, holder: str) -> Card | None:
        """The card that an earlier list of purchases made, before a register of cards named it."""
        cards = self._by_holder.get(holder, [])
        found = [card for card in cards if card.ending == ending and is_made(card)]
        return found[0] if ending and len(found) == 1 else None


def is_made(card: Card) -> bool:
    return card.identifier.startswith(MADE)


def made_identifier(ending: str, holder: str) -> str:
    return f"{MADE}{ending}/{holder}"[:200]


def _is_open(card: Card, on: date) -> bool:
    return (card.opened_on or on) <= on <= (card.closed_on or on)
