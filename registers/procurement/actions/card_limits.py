"""Limits that stand beside the purchases of a card: the card has them, the latest purchase's counts."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Final

from integrity.casework.importing.feed import Change
from integrity.casework.importing.rows import Refusal
from integrity.ui.templatetags.ui import money
from registers.procurement.actions.taking import HEADINGS, apply
from registers.procurement.facts import CardPurchaseFacts
from registers.procurement.models import Card

LIMITS: Final = ("single_limit", "monthly_limit")

type Bought = tuple[CardPurchaseFacts, Card]


def give_limits(
    bought: Iterable[Bought], settled: Collection[str], warnings: list[Refusal]
) -> list[tuple[Card, list[Change]]]:
    """Have each card say the limits of its purchases; which cards say otherwise now, and what.

    A row without a limit says nothing, and a limit is never taken away. Where the file's own
    register of cards gives a card's limit, that stands; `settled` are the identifiers it names.
    """
    of_cards: dict[int, list[Bought]] = {}
    for facts, card in sorted(bought, key=lambda pair: pair[0].bought_on):
        of_cards.setdefault(id(card), []).append((facts, card))
    given = []
    for rows in of_cards.values():
        card = rows[0][1]
        changes = [
            change
            for name in LIMITS
            if getattr(card, name) is None or card.identifier not in settled
            for change in _give(card, name, [facts for facts, _ in rows], warnings)
        ]
        if changes:
            given.append((card, changes))
    return given


def _give(
    card: Card, name: str, rows: Iterable[CardPurchaseFacts], warnings: list[Refusal]
) -> list[Change]:
    said: list[tuple[Decimal, str]] = [
        (getattr(facts, name), facts.where) for facts in rows if getattr(facts, name)
    ]
    if not said:
        return []
    limit, where = said[-1]
    if others := {each for each, _ in said} - {limit}:
        listed = ", ".join(money(each) for each in sorted(others))
        reason = f"{card} has other limits in other rows ({listed}); its latest purchase’s counts."
        warnings.append(Refusal(where, HEADINGS[name], reason))
    return apply(card, {name: limit}, where)
