"""Sentences about rules and the packs they stand in."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

RULES = {
    "bad_pack": Sentence(
        _("The rules in %(file)s cannot be used."),
        _("Line %(line)s, row “%(row)s”, %(where)s: %(problem)s"),
        _("%(advice)s Further problems in this file: %(more)s."),
    ),
    "no_packs": Sentence(
        _("There is nothing to check in the folder %(folder)s."),
        _("It has no folder of a jurisdiction with packs in it."),
        _("Name the folder that holds the jurisdictions' folders."),
    ),
    "unknown_jurisdiction": Sentence(
        _("There are no rules for “%(jurisdiction)s”."),
        _("No folder of rules carries this code."),
        _("Write the code as in IN-HR, or add a folder for the State (see CONTRIBUTING)."),
    ),
    "unknown_subject": Sentence(
        _("The rules of %(state)s have no chapter “%(subject)s”."),
        _("A chapter is a file of the State's packs."),
        _("Choose one of the chapters that the page of rules lists."),
    ),
    "packs_missing": Sentence(
        _("There are no rules in %(folder)s."),
        _("A folder of rules has a folder for each jurisdiction with its about.yaml."),
        _("Name a State's folder, or the folder in which the States' folders lie."),
    ),
    "unknown_scheme": Sentence(
        _("There is no scheme “%(scheme)s”."),
        _("The schemes there are: %(known)s."),
        _("Choose one of them, or add a file for the new one (see CONTRIBUTING)."),
    ),
    "unknown_stage": Sentence(
        _("There is no stage “%(stage)s”."),
        _("The stages of the relief run are: %(stages)s."),
        _("Choose one of them."),
    ),
    "district_code_odd": Sentence(
        _("“%(district)s” is no code of a district."),
        _("A token's number begins with the LGD code of its district, which has at most %(digits)s digits."),
        _("Correct it in the places of the register and start again."),
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
