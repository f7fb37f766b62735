"""Names of goods for whoever stands at the counter."""

from rasad import wiring
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.rows import Text


def name(commodity: str) -> Text:
    """A commodity or a group of them in each language; its code where this State's packs do not know it."""
    law = jurisdiction(wiring.state_code())
    if commodity in law.commodity_of:
        return law.commodity_name(commodity)
    for group in law.cap_groups:
        if group.id == commodity:
            return group.name
    return Text(en=commodity, hi=commodity, bn=commodity)
