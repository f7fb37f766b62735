"""Sentences about what goes wrong at the edges of a sale."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

TILL = {
    "sale_was_taken_back": Sentence(
        _("Nothing is sold."),
        _(
            "A sale with this number was made and then taken back: its grain is on the card and in the shop again."
        ),
        _("Open a new visit if grain is to be handed over now."),
    ),
    "impds_own_state": Sentence(
        _("This card is not served under IMPDS."),
        _(
            "It is a card of this State: its family takes its grain at the counter as every card of this State does."
        ),
        _("Go back to the first page and type the number there."),
    ),
}
