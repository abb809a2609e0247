"""Purchasing cards: a register of who holds them, and the purchases made with each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from integrity.casework.importing.feed import Change, Feed, Tell
from integrity.casework.importing.rows import Refusal
from integrity.casework.matching import People
from integrity.casework.models import ImportBatch
from integrity.people.enums import Role
from integrity.people.models import Force, User
from integrity.ui.templatetags.ui import day, money
from registers.organisations.suppliers import Suppliers, find_or_create_suppliers, find_suppliers
from registers.procurement.actions.card_holders import (
    Cards,
    holder_of,
    holders_unknown,
    name_of,
    whose,
)
from registers.procurement.actions.card_limits import LIMITS, give_limits
from registers.procurement.actions.taking import (
    IN_ONE_STATEMENT,
    Compared,
    apply,
    create,
    in_order,
    known_by_identifier,
    of_suppliers,
    update,
)
from registers.procurement.facts import CardFacts, CardPurchaseFacts, FoundCards
from registers.procurement.models import Card, Purchase
from registers.procurement.reading.cards import CARD_FIELDS, read_cards

CARD: Final = (
    "identifier", "ending", "holder", "holder_name", "single_limit", "monthly_limit", "opened_on",
    "closed_on",
)  # fmt: skip
FIELDS: Final = (
    "redacted", "category", "bought_on", "amount", "description", "reference",
)  # fmt: skip
JUSTIFIED: Final = ("justification", "justified_at", "justified_by")


@dataclass(slots=True)
class CardsPlan:
    """What taking a file of cards and purchases would do.

    `new_cards` are those of the file's register; `card_of` is each purchase's by its identifier;
    `limited` are those there are whose limits the purchases say otherwise.
    """

    force: Force
    people: People
    there: Cards
    warnings: list[Refusal] = field(default_factory=list)
    suppliers: Suppliers | None = None
    cards: Compared[CardFacts, Card] = field(default_factory=Compared)
    purchases: Compared[CardPurchaseFacts, Purchase] = field(default_factory=Compared)
    new_cards: list[Card] = field(default_factory=list)
    card_of: dict[str, Card] = field(default_factory=dict)
    limited: list[tuple[Card, list[Change]]] = field(default_factory=list)

    @property
    def imported(self) -> int:
        return len(self.cards.new) + len(self.purchases.new)

    @property
    def updated(self) -> int:
        return len(self.cards.changed) + len(self.purchases.changed)

    @property
    def unchanged(self) -> int:
        return self.cards.unchanged + self.purchases.unchanged

    @property
    def anything(self) -> bool:
        return bool(self.imported or self.updated or self.limited)

    @property
    def counts(self) -> dict[str, int]:
        return {"limits_updated": len(self.limited)}

    @property
    def changes(self) -> list[Change]:
        limits = [change for _, changes in self.limited for change in changes]
        return [*self.cards.changes, *self.purchases.changes, *limits]

    def keep(self, batch: ImportBatch, *, by: User | None, now: datetime, tell: Tell) -> None:
        """Add what is new and update what was corrected: cards, then what was bought with them."""
        update(self.cards, Card, CARD, batch)
        for card, changes in self.limited:
            card.batch, card.where = batch, changes[-1].where
        kept = [card for card, _ in self.limited]
        Card.objects.bulk_update(kept, [*LIMITS, "batch", "where"], batch_size=IN_ONE_STATEMENT)
        for card in (*self.new_cards, *self.there.unnamed):
            card.batch = batch
        create(Card, self.new_cards, tell=tell)
        create(Card, self.there.unnamed, tell=lambda done, many: None)
        self._keep_purchases(batch, now, tell)

    def _keep_purchases(self, batch: ImportBatch, now: datetime, tell: Tell) -> None:
        named = self.suppliers.found if self.suppliers else ()
        suppliers = find_or_create_suppliers(named, force=self.force, now=now)
        for facts, purchase in self.purchases.changed.values():
            purchase.organisation = suppliers(facts.merchant) if facts.merchant else None
            self._justify(purchase, facts, now)
        bought = [
            Purchase(
                force=self.force,
                card=self.card_of[facts.identifier],
                identifier=facts.identifier,
                organisation=suppliers(facts.merchant) if facts.merchant else None,
                where=facts.where,
                batch=batch,
                **_values(facts),
            )
            for facts in self.purchases.new.values()
        ]
        for facts, purchase in zip(self.purchases.new.values(), bought, strict=True):
            self._justify(purchase, facts, now)
        update(self.purchases, Purchase, ("merchant", *FIELDS, "organisation", *JUSTIFIED), batch)
        create(Purchase, bought, tell=tell)

    @staticmethod
    def _justify(purchase: Purchase, facts: CardPurchaseFacts, now: datetime) -> None:
        """What the file says a purchase was for is its holder's word, unless they gave it already."""
        if facts.justification and not purchase.justification:
            purchase.justification, purchase.justified_at = facts.justification, now
            purchase.justified_by = purchase.card.holder


def plan(found: FoundCards, force: Force) -> CardsPlan:
    """What taking these cards and purchases would do."""
    cards = Card.objects.filter(force=force).select_related("holder", "force").order_by("pk")
    planned = CardsPlan(force, People(force), Cards(cards))
    by_pk = {card.pk: card for card in planned.there.by_identifier.values()}
    held = [(facts, _compare_card(facts, planned)) for facts in found.cards]
    mine = Purchase.objects.filter(force=force).select_related("card__holder")
    known = known_by_identifier(mine, (facts.identifier for facts in found.purchases))
    for bought in found.purchases:
        purchase = known.get(bought.identifier)
        changes = _compare_purchase(purchase, bought, planned) if purchase else []
        planned.purchases.add(bought, purchase, changes)
        card = (
            by_pk[purchase.card_id] if purchase else planned.there.of(bought, planned.people, force)
        )
        planned.card_of[bought.identifier] = card
    with_cards = [(bought, planned.card_of[bought.identifier]) for bought in found.purchases]
    planned.warnings += holders_unknown([*held, *with_cards])
    settled = {card.identifier for _, card in held}
    given = give_limits(with_cards, settled, planned.warnings)
    planned.limited = [(card, changes) for card, changes in given if card.pk]
    _find_merchants(planned)
    return planned


def _compare_card(facts: CardFacts, planned: CardsPlan) -> Card:
    """The card of a row: the one there is, as the row corrects it, or a new one."""
    values = card_values(facts, planned.people, planned.warnings)
    card = planned.there.by_identifier.get(facts.identifier) or planned.there.made(
        values["ending"], whose(values["holder"], values["holder_name"])
    )
    if card is None:
        new = Card(force=planned.force, identifier=facts.identifier, where=facts.where, **values)
        planned.new_cards.append(new)
        planned.there.add(new)
        planned.cards.add(facts, None, [])
        return new
    entry = str(card)
    changes = apply(card, values, facts.where)
    if card.identifier != facts.identifier:
        card.identifier = facts.identifier
        changes.append(
            Change(facts.where, entry, "Known from", "A list of purchases", "A register of cards")
        )
    planned.cards.add(facts, card, changes)
    return card


def card_values(facts: CardFacts, people: People, warnings: list[Refusal]) -> dict[str, Any]:
    """A card as a register of cards says it; of a limit it may say nothing, and nought is none."""
    closed_on = in_order(facts.opened_on, facts.closed_on, facts.where, warnings)
    limits = {name: getattr(facts, name) for name in LIMITS}
    return {
        "ending": facts.number,
        "holder": holder_of(facts, people),
        "holder_name": name_of(facts),
        **{name: limit or None for name, limit in limits.items() if limit is not None},
        "opened_on": facts.opened_on,
        "closed_on": closed_on,
    }


def _values(facts: CardPurchaseFacts) -> dict[str, Any]:
    said = {name: getattr(facts, name) for name in FIELDS}
    return {"merchant": facts.as_written} | said


def _compare_purchase(
    purchase: Purchase, facts: CardPurchaseFacts, planned: CardsPlan
) -> list[Change]:
    """What the file says otherwise. A verdict stands, and what the holder said is never replaced."""
    before, entry = purchase.amount, str(purchase)
    changes = apply(purchase, _values(facts), facts.where)
    if purchase.verdict and before != purchase.amount:
        reason = (
            f"The purchase was reviewed ({purchase.get_verdict_display().lower()}) at "
            f"{money(before)}; it is now {money(facts.amount)}, and the verdict stands."
        )
        planned.warnings.append(Refusal(facts.where, "", reason))
    if facts.justification and facts.justification != purchase.justification:
        if purchase.justification:
            reason = "The file gives another justification than the one on record, which stays."
            planned.warnings.append(Refusal(facts.where, "", reason))
        else:
            said = facts.justification
            changes.append(Change(facts.where, entry, "Justification", "", said))
    return changes


def _find_merchants(planned: CardsPlan) -> None:
    changed = (facts for facts, _ in planned.purchases.changed.values())
    touched = [*planned.purchases.new.values(), *changed]
    where = {facts.merchant: facts.where for facts in reversed(touched) if facts.merchant}
    named = [facts.merchant for facts in touched if facts.merchant]
    planned.suppliers = find_suppliers(named, force=planned.force)
    planned.warnings += of_suppliers(planned.suppliers, where)


def preview(found: FoundCards, planned: CardsPlan) -> Iterator[list[str]]:
    """Each card and purchase as it will be kept, cell by cell under COLUMNS."""
    for card in found.cards:
        limit = money(card.single_limit or card.monthly_limit)
        became = planned.cards.became(card.identifier)
        yield [card.where, "", _holder(card, planned), card.number, "A card", limit, became]
    for bought in found.purchases:
        yield [
            bought.where,
            day(bought.bought_on),
            _holder(bought, planned),
            bought.card,
            bought.as_written,
            money(bought.amount),
            planned.purchases.became(bought.identifier),
        ]


def _holder(facts: CardFacts | CardPurchaseFacts, planned: CardsPlan) -> str:
    holder = holder_of(facts, planned.people)
    return holder.display if holder else f"{name_of(facts)} (by name alone)"


COLUMNS: Final = ("Date", "Holder", "Card", "Merchant", "Amount or limit")

LABELS: Final = {
    "card": "Number of the card",
    "holder_number": "Holder’s collar or staff number",
    "holder_name": "Holder",
    "unit": "Unit",
    "single_limit": "Limit of one purchase",
    "monthly_limit": "Limit of a month",
    "opened_on": "Card issued on",
    "closed_on": "Card closed on",
    "bought_on": "Date of the purchase",
    "amount": "Amount",
    "merchant": "Merchant",
    "category": "Category",
    "justification": "Justification",
    "description": "What was bought",
    "transaction": "Number of the transaction",
    "line": "Line of the transaction",
}

FEED: Final = Feed(
    slug="cards",
    name="Purchasing cards",
    event="cards imported",
    roles=(Role.PROCUREMENT, Role.PSD_HEAD),
    accepts="A register of cards, a list of purchases or both: CSV, XLSX or ODS, of 10 MB at most.",
    fields=CARD_FIELDS,
    labels=LABELS,
    columns=COLUMNS,
    figures={
        "cards": "Cards in the file",
        "purchases": "Purchases in the file",
        "limits_updated": "Cards with another limit",
        "total": "Total of the purchases",
    },
    read=read_cards,
    plan=plan,
    preview=preview,
    defaults={},
)
