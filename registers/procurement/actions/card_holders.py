"""Whose a card is, and with which a purchase was made: told by its last figures and holder, never guessed."""

from collections.abc import Iterable
from datetime import date
from typing import Final, Protocol

from integrity.casework.importing.rows import Refusal
from integrity.casework.matching import People, plain_name
from integrity.people.models import Force, User
from registers.procurement.facts import CardFacts, CardPurchaseFacts
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
    """The cards of a force, and those that purchases speak of and no register of cards holds.

    `unnamed` are the latter that a file is the first to speak of, not saved.
    """

    def __init__(self, cards: Iterable[Card]) -> None:
        self.unnamed: list[Card] = []
        self.by_identifier: dict[str, Card] = {}
        self._by_holder: dict[str, list[Card]] = {}
        self._by_ending: dict[str, list[Card]] = {}
        for card in cards:
            self.add(card)

    def add(self, card: Card) -> None:
        self.by_identifier[card.identifier] = card
        holder = whose(card.holder, card.holder_name)
        self._by_holder.setdefault(holder, []).append(card)
        self._by_ending.setdefault(card.ending, []).append(card)

    def of(self, facts: CardPurchaseFacts, people: People, force: Force) -> Card:
        """The card of a purchase, made for its holder where there is none that it must be."""
        holder = holder_of(facts, people)
        owner = whose(holder, name_of(facts))
        identifier = made_identifier(facts.card, owner)
        found = self.find(facts.card, owner, facts.bought_on) or self.by_identifier.get(identifier)
        if found is None:
            found = Card(
                force=force,
                identifier=identifier,
                ending=facts.card,
                holder=holder,
                holder_name=name_of(facts),
                where=facts.where,
            )
            self.unnamed.append(found)
            self.add(found)
        return found

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


def holders_unknown(found: Iterable[tuple[CardFacts | CardPurchaseFacts, Card]]) -> list[Refusal]:
    """Of each card whose holder is nobody of the force, a warning at the first row that names it."""
    first: dict[int, tuple[CardFacts | CardPurchaseFacts, Card]] = {}
    for facts, card in found:
        if card.holder_id is None:
            first.setdefault(id(card), (facts, card))
    return [_unknown(facts, card) for facts, card in first.values()]


def _unknown(facts: CardFacts | CardPurchaseFacts, card: Card) -> Refusal:
    stated = card.holder_name if card.holder_name != NOBODY else ""
    said = ", ".join(filter(None, (facts.holder_name or stated, facts.holder_number)))
    nobody = f"Nobody of {card.force} is “{said}”" if said else "Nothing says who holds the card"
    reason = f"{nobody}, so nobody is asked what was bought with it."
    return Refusal(facts.where, "Holder", reason)


def is_made(card: Card) -> bool:
    return card.identifier.startswith(MADE)


def made_identifier(ending: str, holder: str) -> str:
    return f"{MADE}{ending}/{holder}"[:200]


def _is_open(card: Card, on: date) -> bool:
    return (card.opened_on or on) <= on <= (card.closed_on or on)
