"""Sentences about places and the vault."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

REGISTRY = {
    "parent_not_above": Sentence(
        _("The place was not moved."),
        _("A place of this kind cannot lie in one of the kind “%(shown)s”."),
        _("Choose a place one step above it, for example a district for a sub-district."),
    ),
    "place_already_there": Sentence(
        _("%(place)s was not moved."),
        _("It lies in %(parent)s already."),
        _("Nothing more is to be done."),
    ),
    "place_moved_later": Sentence(
        _("%(place)s cannot be moved from this day on."),
        _("It was moved later than that, on %(since)s, and what is written is not rewritten."),
        _("Give a day after that."),
    ),
    "reason_needed": Sentence(
        _("The Aadhaar number is not shown."),
        _("Each look into the vault is written down with a reason, and none was given."),
        _("Write why you need it; the last four digits are enough for most work."),
        422,
    ),
    "not_in_vault": Sentence(
        _("There is no Aadhaar number to show."),
        _("The vault has none for this person."),
        _("Ask the family for the document if it is truly needed."),
        404,
    ),
}
