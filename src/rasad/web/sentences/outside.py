"""Sentences about other States' answers: what a home State says no to."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

OUTSIDE = {
    "impds_card_unknown": Sentence(
        _("No card of another State was found."),
        _("No other State knows the number that was entered."),
        _("Compare it with the card and enter it again, or enter the Aadhaar number of a member."),
        404,
        short=_("no other State knows this card"),
    ),
    "impds_card_not_active": Sentence(
        _("Nothing can be given on the card %(card)s."),
        _("Its home State says that it is not in use: surrendered, cancelled or suspended."),
        _(
            "The family asks the food department of its home State; a new card there can be used here at once."
        ),
        short=_("the home State says the card is not active"),
    ),
    "impds_balance_changed": Sentence(
        _("The quantities entered cannot be given on the card %(card)s."),
        _("Something was lifted or reserved elsewhere in the meantime. Left this month: %(left)s."),
        _("Enter what is left, or less. If it was not the family that lifted, open a complaint."),
        short=_("balance changed; left: %(left)s"),
    ),
    "impds_reservation_gone": Sentence(
        _("The sale was not recorded; do not hand over any grain for it."),
        _(
            "The home State no longer keeps the grain for it: the time is over, or it was let go (%(reservation)s)."
        ),
        _("Start the sale again from the card's number."),
        short=_("the home State no longer keeps the grain for this sale"),
    ),
    "impds_reservation_posted": Sentence(
        _("The sale cannot be taken back at the home State."),
        _("It stands there as sold already (%(reservation)s)."),
        _(
            "If grain was not handed over, tell the Inspector, F&S, who corrects it together with the home State."
        ),
        short=_("already recorded as sold at the home State"),
    ),
    "impds_reservation_reused": Sentence(
        _("The grain was not reserved at the home State."),
        _("The number of this sale stands for another card or other quantities there (%(reservation)s)."),
        _("Start the sale again: it gets a new number."),
        short=_("the sale's number stands for something else at the home State"),
    ),
}
