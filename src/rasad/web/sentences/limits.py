"""Sentences of what comes too late, twice, or beyond what a page, a list or a day can hold."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

LIMITS = {
    "page_took_too_long": Sentence(
        _("The page could not be made."),
        _("What it shows could not be counted within %(seconds)s seconds."),
        _("Ask for less, as one district or one month, or try again in a few minutes."),
        503,
    ),
}
