"""Words for a page that only this register has."""

from django import template

from registers.gifts.enums import Action, Status
from registers.gifts.models import Item
from registers.gifts.policies import value_of, value_words

register = template.Library()


@register.filter
def status_words(value: str) -> str:
    """A status or an action taken, as people read it."""
    return dict([*Status.choices, *Action.choices]).get(value, value)


@register.filter
def worth(item: Item) -> str:
    """What an item is worth, in words."""
    return value_words(value_of(item))
