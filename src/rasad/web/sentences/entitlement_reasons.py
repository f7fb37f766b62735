"""Why so much of a commodity is due, at this price."""

from django.utils.translation import gettext_lazy as _

ENTITLEMENT = {
    "scale_per_card": _("Of %(commodity)s a card has %(quantity)s a month, whatever its size."),
    "scale_per_member": _(
        "Of %(commodity)s each member has %(each)s a month; for %(members)s members that is %(quantity)s."
    ),
    "scale_by_size": _(
        "Of %(commodity)s a card of %(members)s members has %(quantity)s a month by the table of sizes."
    ),
    "scale_by_cap": _(
        "Of %(commodity)s a card of %(members)s members has %(quantity)s a month, together with the others "
        "of its kind."
    ),
    "festival_extra": _("For the festival there are %(quantity)s more of %(commodity)s."),
    "nothing_more": _(
        "A card of %(members)s members has no further %(commodity)s: it is at its full quantity."
    ),
    "top_up": _(
        "A card of %(members)s members is brought up to %(card_total)s of grain: %(quantity)s of %(commodity)s "
        "from the %(allocation)s allocation."
    ),
    "outside_override": _(
        "This figure is not from the State's own order but from: %(reference)s (%(override)s)."
    ),
    "price": _("A kilogram of %(commodity)s costs Rs %(price)s."),
    "price_per_litre": _("A litre of %(commodity)s costs Rs %(price)s."),
    "price_unknown": _(
        "What %(commodity)s cost in %(month)s is not known; the oldest price begins on %(first_day)s."
    ),
    "free_month": _("In %(month)s families of this category pay Rs %(price)s for what is due to them."),
    "inherits": _("Category %(category)s has no scale of its own; it has that of %(inherits)s."),
    "due_under_act": _(
        "The Food Security Act gives a card of category %(category)s with %(members)s members %(quantity)s of "
        "foodgrain a month."
    ),
    "price_under_act": _("Under the Act a kilogram of %(commodity)s costs Rs %(price)s."),
    "issue_price": _("The State pays Rs %(price)s for a kilogram of %(commodity)s for %(category)s."),
    "below_issue_price": _(
        "Grain for RPDS areas was issued to the State Rs %(discount)s a kg below the issue price."
    ),
    "margin_above": _(
        "The price for %(category)s is Rs %(margin)s a kg above the issue price; the Union asked for at most "
        "Rs %(limit)s."
    ),
    "borne_by_state": _(
        "For %(category)s margins and transport are borne by the State and never charged to the card."
    ),
    "built_from_parts": _(
        "The State sets the price for %(category)s: the issue price of Rs %(issue_price)s and its own parts."
    ),
    "token_in_its_month": _("The token is for %(month)s."),
    "token_at_its_shop": _("The token is drawn at its own shop, %(shop)s."),
}
