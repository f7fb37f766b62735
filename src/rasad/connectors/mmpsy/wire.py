"""What MMPSY tells."""

from rasad.connectors.exchange.wire import Category, Family


class MmpsyFamily(Family, frozen=True, kw_only=True):
    """A registered family, and the category of the card it says it holds."""

    card_category: Category = ""
