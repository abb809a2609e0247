"""Words for a page that only this register has."""

from django import template

from registers.gifts.models import Item
from registers.gifts.policies import value_of, value_words

register = template.Library()


@register.filter
def worth(item: Item) -> str:
    """What an item is worth, in words."""
    return value_words(value_of(item))
