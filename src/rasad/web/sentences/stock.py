"""Sentences about a shop's stock changed by hand, and the day a training begins on."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

STOCK = {
    "stock_change_empty": Sentence(
        _("The correction was not asked for."),
        _("It changes nothing, is far too large, or says no reason."),
        _("Write how much is missing or was found, and why."),
        422,
    ),
    "stock_change_own": Sentence(
        _("The correction was not decided."),
        _("Whoever asks for a correction does not decide it."),
        _("Another officer of the area decides."),
        403,
    ),
    "stock_change_decided": Sentence(
        _("The correction was not decided again."),
        _("Somebody decided it a moment ago."),
        _("Look at it once more. If it is wrong, the dealer asks for a new one."),
    ),
    "day_not_a_day": Sentence(
        _("The pages were not started."),
        _("“%(given)s” is no day."),
        _("Write the day as 2020-05-15."),
        422,
    ),
}
