"""Shops and places by name, in the language of the page."""

from django import template

from rasad.registry.models import Place
from rasad.shops.models import Shop
from rasad.web.language import in_language

register = template.Library()


@register.filter
def named(one: Shop | Place) -> str:
    """The name of a shop or place as this reader reads it."""
    return in_language(one.name, one.name_hi)
