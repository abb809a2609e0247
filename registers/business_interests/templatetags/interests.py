"""{% load interests %}{% page_facts_of record as facts %}"""

from django import template

from integrity.casework.registry import Fact
from registers.business_interests.models import Interest
from registers.business_interests.own_page import page_facts

register = template.Library()


@register.simple_tag
def page_facts_of(interest: Interest) -> list[Fact]:
    return list(page_facts(interest))
