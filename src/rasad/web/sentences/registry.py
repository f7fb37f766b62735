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
    "family_has_living_card": Sentence(
        _("No second card is issued to this family."),
        _("It has a card already (%(card)s), and a family has one card at a time."),
        _("Ask for a change on that card, or for its surrender."),
    ),
    "card_number_taken": Sentence(
        _("The card was not issued."),
        _("Another card has the number %(card)s."),
        _("Issue it again: the next number is taken."),
    ),
    "person_on_other_card": Sentence(
        _("%(person)s was not put on this card."),
        _("The person is on another card (%(card)s), and nobody is on two."),
        _("Bring the deletion certificate of that card, or ask here for the name to be taken off it."),
    ),
    "family_is_changing": Sentence(
        _("The member was not added."),
        _("Another officer changed this family in the same moment."),
        _("Open the family again and look whether it is still needed."),
    ),
    "has_ended": Sentence(
        _("Nothing was ended."),
        _("It has ended already, or another officer was faster."),
        _("Open the card again and look at what holds now."),
    ),
    "ending_taken_back": Sentence(
        _("Nothing was restored."),
        _("This decision was taken back before."),
        _("Look at the card: it goes on."),
    ),
    "card_has_other_category": Sentence(
        _("The category was not restored."),
        _("The card was given another category in the meantime."),
        _("Decide first which of the two holds."),
    ),
}
