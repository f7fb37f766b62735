"""Sentences about sales that were taken back."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

TAKEN_BACK = {
    "sale_was_taken_back": Sentence(
        _("Nothing is sold."),
        _("A sale with this number was made and then taken back: its grain is on the card and in the shop again."),
        _("Open a new visit if grain is to be handed over now."),
    ),
}
