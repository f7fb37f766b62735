"""Why so much of a commodity is due, at this price."""

from django.utils.translation import gettext_lazy as _

ENTITLEMENT = {
    "quantity": _("The scale of %(commodity)s is %(quantity)s (%(unit)s); the card has %(members)s members."),
    "price": _("The price of %(commodity)s is Rs %(price)s."),
    "free_month": _("In %(month)s families of this category pay Rs %(price)s for what is due to them."),
    "inherits": _("Category %(category)s has no scale of its own; it has that of %(inherits)s."),
    "token_in_its_month": _("The token is for %(month)s."),
    "token_at_its_shop": _("The token is drawn at its own shop, %(shop)s."),
}
