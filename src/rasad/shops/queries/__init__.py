"""What is asked about shops, their hours and their devices."""

from rasad.shops.queries.register import export_shops, shop_numbers

__all__ = ["export_shops", "shop_numbers"]
