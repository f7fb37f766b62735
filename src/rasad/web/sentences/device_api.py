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
    "visit_unknown": Sentence(
        _("There is no such visit here."),
        _("This device has opened no visit with the number %(visit)s."),
        _("Open a visit with the card."),
        404,
    ),
    "sale_unknown": Sentence(
        _("There is no such sale here."),
        _("No sale of this shop has the number %(sale)s."),
        _("Look for it among the sales of the day."),
        404,
    ),
    "day_ahead": Sentence(
        _("There is no report of %(day)s."),
        _("That day is still to come."),
        _("Ask for today or a day before it."),
        422,
    ),
    "too_many_tries": Sentence(
        _("No more attempts are heard from this place for a while."),
        _("%(tries)s in a row did not succeed."),
        _("Wait %(seconds)s seconds and try again."),
        429,
    ),
    "no_such_path": Sentence(
        _("There is nothing at this address."),
        _("The devices’ API has no such path, or the number in it has not the form of one."),
        _("Compare it with the paper at /api/counter/."),
        404,
    ),
    "not_by_this_method": Sentence(
        _("This address is not asked in this way."),
        _("It understands: %(methods)s."),
        _("Use one of these methods, as the paper at /api/counter/ says."),
        405,
    ),
    "not_json": Sentence(
        _("The request was not read."),
        _("Its body is to be JSON, and its Content-Type says something else."),
        _("Send JSON with Content-Type application/json."),
        415,
    ),
}
