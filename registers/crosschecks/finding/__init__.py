"""Every check finds its candidates by one query over a force; see base for what it is given."""

from collections.abc import Callable, Iterator, Mapping

from registers.crosschecks.enums import Check
from registers.crosschecks.finding import (
    cards,
    conditions,
    interests,
    media,
    offers,
    recipients,
    units,
    weekends,
)
from registers.crosschecks.finding.base import Candidate, Ground, Only
from registers.crosschecks.settings import Setting

type Finder = Callable[[Ground, Setting], Iterator[Candidate]]

FINDERS: Mapping[Check, Finder] = {
    Check.OFFER_BEFORE_AWARD: offers.before_award,
    Check.OFFER_IN_TENDER: offers.in_tender,
    Check.OFFER_NEAR_PAYMENT: offers.near_payment,
    Check.OFFER_FROM_MERCHANT: offers.from_merchant,
    Check.INTEREST_IN_SUPPLIER: interests.in_supplier,
    Check.INTEREST_IN_PAYEE: interests.in_payee,
    Check.INTEREST_AND_OFFER: interests.and_offer,
    Check.REPEAT_PROVIDER: recipients.repeat,
    Check.MEDIA_HOSPITALITY: media.hospitality,
    Check.CONDITION_BROKEN: conditions.broken,
    Check.CONDITION_HOURS: conditions.hours,
    Check.RECIPIENT_IN_PROCUREMENT: recipients.in_procurement,
    Check.INVOLVED_WITH_INTEREST: interests.involved,
    Check.CARD_SPLIT: cards.splits,
    Check.CARD_WEEKEND: weekends.weekends,
    Check.CARD_OFF_FRAMEWORK: cards.off_framework,
    Check.SILENT_UNIT: units.silent,
}

GIFTS, INTERESTS, MEDIA = "gifts", "business_interests", "media_contacts"
# Entries of which registers a check begins from; those of cards begin from cards.
BEGINS_FROM: Mapping[Check, frozenset[str]] = {
    **dict.fromkeys(
        (
            Check.OFFER_BEFORE_AWARD,
            Check.OFFER_IN_TENDER,
            Check.OFFER_NEAR_PAYMENT,
            Check.OFFER_FROM_MERCHANT,
            Check.REPEAT_PROVIDER,
            Check.RECIPIENT_IN_PROCUREMENT,
        ),
        frozenset({GIFTS}),
    ),
    **dict.fromkeys(
        (
            Check.INTEREST_IN_SUPPLIER,
            Check.INTEREST_IN_PAYEE,
            Check.CONDITION_HOURS,
            Check.INVOLVED_WITH_INTEREST,
        ),
        frozenset({INTERESTS}),
    ),
    Check.INTEREST_AND_OFFER: frozenset({GIFTS, INTERESTS}),
    Check.MEDIA_HOSPITALITY: frozenset({GIFTS, MEDIA}),
    Check.SILENT_UNIT: frozenset(),
}
CARDS = frozenset({Check.CARD_SPLIT, Check.CARD_WEEKEND, Check.CARD_OFF_FRAMEWORK})


def is_touched(check: Check, only: Only) -> bool:
    """Whether a check could find anything in what a change touches."""
    if check in CARDS:
        return bool(only.cards)
    registers = BEGINS_FROM.get(check)
    return bool(only.people) if registers is None else bool(registers & only.registers)
