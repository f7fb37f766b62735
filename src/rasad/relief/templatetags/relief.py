"""Token numbers, states and distances as they are shown."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rasad import wiring
from rasad.relief import numbers
from rasad.relief.models import Token
from rasad.relief.tables import tag
from rasad.web.templatetags.rasad import indian

register = template.Library()
KILOMETRE = 1000


@register.filter
def token_number(number: str) -> str:
    """A token's number in groups: 063-48210-93715-4."""
    return numbers.printed(number)


@register.filter
def state_tag(token: Token) -> SafeString:
    """A token's state as a word with its tone."""
    return tag(token.last_state, token.last_state_words)


@register.filter
def distance(metres: int) -> str:
    """A distance: 850 m, 3.4 km."""
    if metres < KILOMETRE:
        return gettext("%(number)s m") % {"number": indian(metres)}
    return gettext("%(number)s km") % {"number": indian(round(metres / KILOMETRE, 1))}


@register.simple_tag
def today() -> date:
    """The day in the books, in India: lists are as new as the moment they are asked for."""
    return timezone.localdate(wiring.now())
