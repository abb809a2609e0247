"""Words for a page that only this register has."""

from django import template

from registers.gifts.known import known_when_declared
from registers.gifts.models import Item, Offer
from registers.gifts.policies import value_of, value_words

register = template.Library()


@register.filter
def worth(item: Item) -> str:
    """What an item is worth, in words."""
    return value_words(value_of(item))


@register.filter
def treated_as(offer: Offer) -> str:
    """What its provider is treated as where that is not what was ticked, and why."""
    return known_when_declared(offer).instead_of(offer.provider_kind)
