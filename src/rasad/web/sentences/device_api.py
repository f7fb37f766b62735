"""Sentences about what a device asks beside the sale: visits and sales of others, stock, the form of a request."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

DEVICE_API = {
    "challan_needed": Sentence(
        _("The grain was not taken into stock."),
        _("Grain reaches a shop with a challan, and no number of one was given."),
        _("Copy the number from the challan and send it again."),
        422,
    ),
    "commodity_unknown": Sentence(
        _("This commodity was not taken into stock."),
        _("No shop of this State sells “%(given)s”."),
        _("Choose one of the commodities that the stock shows."),
        422,
    ),
    "allocation_unknown": Sentence(
        _("The grain was not taken into stock under this allocation."),
        _("“%(given)s” is no allocation that a card of this State draws on; known are: %(known)s."),
        _("Copy the allocation from the challan."),
        422,
    ),
    "quantity_beyond": Sentence(
        _("This quantity was not taken into stock."),
        _("One line of a challan has more than nothing and at most %(most)s grams or millilitres."),
        _("Compare the quantity with the challan; it is counted in grams or millilitres."),
        422,
    ),
    "portability_at_once": Sentence(
        _("So much %(commodity)s cannot be handed over to a card of another State at a time."),
        _("One lift may take %(most)s of it; asked for: %(asked)s."),
        _("Sell what one lift may take; the rest may follow after the days that the order sets."),
    ),
}
