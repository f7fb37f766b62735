"""Sentences about rules and the packs they stand in."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

RULES = {
    "no_packs": Sentence(
        _("There is nothing to check in the folder %(folder)s."),
        _("It has no folder of a jurisdiction with packs in it."),
        _("Name the folder that holds the jurisdictions' folders."),
    ),
    "unknown_category": Sentence(
        _("There is no card category %(category)s."),
        _("The rules of %(state)s do not name it."),
        _("Check the category on the card."),
        short=_("no category %(category)s in %(state)s"),
    ),
    "category_not_in_force": Sentence(
        _("Nothing is due on category %(category)s in %(month)s."),
        _("The category ended on %(last_day)s."),
        _("Ask the Inspector, Food and Supplies, which category the card has now."),
        short=_("category %(category)s ended on %(last_day)s"),
    ),
    "before_first_rule": Sentence(
        _("For %(on)s there is no answer about %(subject)s."),
        _("The oldest rule we have begins on %(first_day)s."),
        _("Ask for a later day, or add the older order with its source."),
        short=_("no rule before %(first_day)s"),
    ),
    "category_missing": Sentence(
        _("What is due on this card is not known."),
        _("The register does not say of which category it is."),
        _("Write its category into the register and run the month again."),
    ),
    "members_unknown": Sentence(
        _("What is due on this card cannot be worked out."),
        _("The register does not say how many members are on it."),
        _("Add its members to the register and run the month again."),
    ),
    "no_members": Sentence(
        _("What is due cannot be worked out."),
        _("The family has %(members)s members."),
        _("Add the members first; each person of the family is one."),
    ),
    "scheme_over": Sentence(
        _("No token of this scheme can be issued on %(on)s."),
        _("The scheme has ended."),
        _("The family can apply for a regular ration card; the Inspector, Food and Supplies, tells how."),
    ),
    "examples_unreadable": Sentence(
        _("The worked cases in %(file)s cannot be played."),
        _("The file cannot be used: %(why)s"),
        _("Give a YAML file with `groups`, each a list of cases with id, given and expect."),
    ),
}
