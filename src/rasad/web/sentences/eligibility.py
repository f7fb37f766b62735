"""Sentences about who is eligible, how many may be covered, and the papers for a card."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

ELIGIBILITY = {
    "no_eligibility_rules": Sentence(
        _("Who is eligible in %(state)s is not known."),
        _("No list of criteria of this jurisdiction has been written down."),
        _("Ask the food department there, or add the order to its folder of rules with its source."),
        short=_("no eligibility criteria of %(state)s are known"),
    ),
    "area_without_list": Sentence(
        _("Whether the family is eligible cannot be said."),
        _(
            "The rules of %(state)s have a list for each kind of area (%(known)s); “%(area)s” is none of them."
        ),
        _("Say which of these the family lives in."),
        short=_("the area must be one of: %(known)s"),
    ),
    "fact_not_usable": Sentence(
        _("The answer “%(value)s” cannot be used."),
        _("For %(fact)s the rules need %(wanted)s."),
        _("Correct the answer and ask again."),
        short=_("%(fact)s must be %(wanted)s"),
    ),
    "eligibility_column_missing": Sentence(
        _("The table of families cannot be judged."),
        _("It has no column “%(column)s”. Its columns are: %(columns)s."),
        _("Name the columns as the facts of the State's eligibility.yaml; what is unknown may be left out."),
    ),
    "no_identification_rules": Sentence(
        _("Who is below the poverty line cannot be said."),
        _("No guidelines of “%(state)s” have been written down."),
        _("Add them to its folder of rules with their source."),
    ),
    "no_document_rules": Sentence(
        _("Which papers are needed in %(state)s is not known."),
        _("No list of supporting documents of this jurisdiction has been written down."),
        _("Ask the office that issues the cards there, or add the list with its source."),
        short=_("no list of documents of %(state)s is known"),
    ),
    "no_coverage_rule": Sentence(
        _("How many persons may be covered in %(state)s is not known."),
        _("No ceiling in force has been written down. Area asked for: %(area)s."),
        _("Ask the food department there, or add the order to its folder of rules with its source."),
        short=_("no ceiling of %(state)s is known"),
    ),
}
