"""Sentences about what is due, what may still be taken, and prices."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

DUES = {
    "no_entitlement_rule": Sentence(
        _("What is due on category %(category)s is not known."),
        _("No rule of %(state)s speaks of it."),
        _("Ask the District Food and Supplies Controller (DFSC); the order that settles it must be added."),
        short=_("no entitlement for %(category)s in %(state)s"),
    ),
    "commodity_not_due": Sentence(
        _("Of %(commodity)s nothing is given on category %(category)s."),
        _("No rule of %(state)s gives this category any."),
        _("Ask for what the card does have; the page “What is my family due?” lists it."),
        short=_("no %(commodity)s entitlement for %(category)s in %(state)s"),
    ),
    "scale_ended": Sentence(
        _("Nothing is due on category %(category)s for %(month)s."),
        _("The last rule about it ended on %(last_day)s."),
        _("Ask the District Food and Supplies Controller (DFSC) which order followed it."),
        short=_("the scale of %(category)s ended on %(last_day)s"),
    ),
    "choice_not_offered": Sentence(
        _("“%(choice)s” cannot be chosen on category %(category)s."),
        _("The choice is between: %(offered)s."),
        _("Choose one of them for the month."),
        422,
        short=_("the choice is between %(offered)s"),
    ),
    "choice_made": Sentence(
        _("No %(commodity)s is given on this card this month."),
        _("The family took %(chosen)s this month, and the two are not mixed."),
        _("Of %(chosen)s %(left)s can still be taken. From next month the family may choose anew."),
        short=_("%(chosen)s was chosen this month; %(left)s %(chosen)s remains"),
    ),
    "choice_not_both": Sentence(
        _("These are not given together: %(commodities)s."),
        _("They are alternatives, and a card has one of them a month."),
        _("Ask the family which one it wants this month."),
        short=_("only one of %(commodities)s may be taken in a month"),
    ),
    "cap_reached": Sentence(
        _("%(asked)s of %(goods)s cannot be given; %(left)s are left this month."),
        _("A card of %(sizes)s members has %(limit)s in all, whichever kinds are taken."),
        _("Give what is left, of one kind or several."),
        short=_("%(goods)s limit for a card of %(sizes)s members is %(limit)s in all"),
    ),
    "more_than_left": Sentence(
        _("%(asked)s of %(commodity)s cannot be given."),
        _("Only %(left)s of what is due this month are left."),
        _("Give what is left. If the family did not take the rest itself, open a complaint."),
        short=_("only %(left)s of %(commodity)s is left this month"),
    ),
    "price_unknown": Sentence(
        _("What %(commodity)s cost in %(month)s is not known."),
        _(
            "The oldest price there is begins on %(first_day)s, and a later price is never used for an earlier month."
        ),
        _("The quantity due is known all the same. Add the older order with its source to know the price."),
        short=_("the price of %(commodity)s is not known before %(first_day)s"),
    ),
    "no_price_rule": Sentence(
        _("The price of %(commodity)s is not known."),
        _("No rule gives one for category %(category)s in %(month)s."),
        _("Ask the District Food and Supplies Controller (DFSC); the price order must be added."),
        short=_("no price of %(commodity)s for %(category)s"),
    ),
    "end_price_fixed": Sentence(
        _("Rs %(asked)s for %(commodity)s cannot be set for Antyodaya cards."),
        _("The Union has fixed what these cards pay: “%(quotation)s” (%(document)s)."),
        _("Write Rs %(price)s per kg; what it costs beyond that is borne by the State."),
        short=_("AAY end retail price of %(commodity)s is fixed at Rs %(price)s per kg"),
    ),
    "unknown_price_part": Sentence(
        _("“%(part)s” is not a part of a retail price."),
        _("The order names these parts: %(known)s."),
        _("Put the amount under one of them."),
        422,
        short=_("%(part)s is not a part of a retail price"),
    ),
    "price_not_for_state": Sentence(
        _("A price for category %(category)s cannot be built for %(on)s."),
        _("No rule of that day lets a State set it."),
        _("Take the price the Union's rule gives."),
        short=_("the State does not set the price for %(category)s"),
    ),
    "no_issue_price": Sentence(
        _("There is no central issue price of %(commodity)s for %(category)s."),
        _("The Union's list has none."),
        _("Prices there are of rice and wheat for APL, BPL and AAY, and of the Act for PHH and AAY."),
        short=_("no central issue price of %(commodity)s for %(category)s"),
    ),
    "above_scale": Sentence(
        _("%(asked)s is more than a card of %(category)s had."),
        _("The scale of issue was %(limit)s a card and month at most."),
        _("Allot no more than that."),
        short=_("the scale of issue is at most %(limit)s"),
    ),
    "not_under_act": Sentence(
        _("The Food Security Act gives category %(category)s nothing."),
        _("It speaks of priority households and of Antyodaya families."),
        _("See what the State's own rules give the card."),
        short=_("%(category)s is not under the Food Security Act"),
    ),
}
