"""Sentences of the families' desk and of the family's own page."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

FAMILIES = {
    "card_pairs_too_many": Sentence(
        _("No code was sent for this card."),
        _("It was asked for with %(most)s mobile numbers within an hour."),
        _(
            "Try again in an hour. If the number on the card is no longer yours, ask the inspector to change it."
        ),
        429,
    ),
    "card_mobile_apart": Sentence(
        _("This card cannot be shown with this mobile number."),
        _("The number does not stand on the card of this number."),
        _(
            "Compare the number of the card, or use a mobile of another member. If none is yours any more, take the"
            " card and a paper to the inspector, who changes it."
        ),
        403,
    ),
    "mobile_unchanged": Sentence(
        _("Nothing was changed."),
        _("This mobile number stands on the card already for this member."),
        _("Choose another member, or type the new number."),
        422,
    ),
    "mobile_change_over": Sentence(
        _("The mobile number was not changed."),
        _("The change was asked for more than ten minutes ago, or is done, or another change came between."),
        _("Look at the card, and begin again if the number on it is still the old one."),
        409,
    ),
}
