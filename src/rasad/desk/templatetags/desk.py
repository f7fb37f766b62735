"""What the desk's templates need."""

from django import template

from rasad import wiring
from rasad.policy.jurisdiction import jurisdiction
from rasad.relief import reasons
from rasad.relief.privacy import Sight
from rasad.web.language import active

register = template.Library()


@register.simple_tag
def name_for(reader: Sight, name: str) -> str:
    """A name as this reader may see it."""
    return reader.name(name)


@register.filter
def goods(commodity: str) -> str:
    """What a commodity is called in the reader's language; its code where the State's packs do not know it."""
    law = jurisdiction(wiring.state_code())
    return law.commodity_name(commodity).in_language(active()) if commodity in law.commodity_of else commodity


@register.filter
def reason_name(code: str) -> str:
    """The short name of a reason."""
    return reasons.name(code)
