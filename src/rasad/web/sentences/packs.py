"""Sentences about the files that rules stand in, and what they name."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

PACKS = {
    "bad_pack": Sentence(
        _("The rules in %(file)s cannot be used."),
        _("Line %(line)s, row “%(row)s”, %(where)s: %(problem)s"),
        _("%(advice)s Further problems in this file: %(more)s."),
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
}
