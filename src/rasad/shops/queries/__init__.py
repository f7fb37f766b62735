"""What is asked about shops, their hours and their devices."""

from rasad.shops.queries.days import Day, MonthOfShop, days, months
from rasad.shops.queries.hours import Hours, hours_of, hours_on, is_open, week_of
from rasad.shops.queries.register import export_shops, shop_numbers

__all__ = [
    "Day",
    "Hours",
    "MonthOfShop",
    "days",
    "export_shops",
    "hours_of",
    "hours_on",
    "is_open",
    "months",
    "shop_numbers",
    "week_of",
]
