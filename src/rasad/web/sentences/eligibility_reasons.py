"""Why a family is included, excluded or put under review, waits its turn, or lacks a paper.

What a criterion says stands in the pack of its State, in each language: `sentence`.
"""

from django.utils.translation import gettext_lazy as _

ELIGIBILITY = {
    "criterion_includes": _("Included by %(criterion)s: %(sentence)s"),
    "criterion_excludes": _("Excluded by %(criterion)s: %(sentence)s"),
    "order_includes": _("Included by %(criterion)s, as %(order)s says: %(sentence)s"),
    "order_excludes": _("Excluded by %(criterion)s, as %(order)s says: %(sentence)s"),
    "exclusion_goes_first": _(
        "The family also meets %(criteria)s, but an exclusion goes before what would include it."
    ),
    "no_criterion_met": _(
        "No line of the list for families of the %(area)s is met, neither of those that "
        "include nor of those that exclude."
    ),
    "card_under_review": _("%(sentence)s"),
    "near_limit": _("Near the limit: %(sentence)s"),
    "not_everything_told": _("Not everything was told; what is still open could change the answer."),
    "aay_criterion_met": _("Antyodaya criterion (%(criterion)s): %(sentence)s"),
    "aay_not_from_bpl": _("AAY is chosen from amongst BPL families"),
    "aay_bpl_not_told": _("AAY is chosen from amongst BPL families; whether this family is one was not told"),
    "aay_no_criterion_met": _("no criterion of AAY is met"),
    "bpl_criterion_met": _("%(sentence)s (%(criterion)s)"),
    "below_ceiling": _("With this family %(would_be)s persons are covered; the ceiling is %(ceiling)s."),
    "ceiling_reached": _(
        "the family is eligible and waits: with its %(members)s members %(would_be)s persons would be covered, "
        "more than the ceiling of %(ceiling)s; a family is admitted whole or not at all"
    ),
    "paper_missing": _("no document of group %(number)s (%(group)s); any one of: %(kinds)s"),
    "paper_not_whole": _("group %(number)s (%(group)s): %(kind)s must be given together"),
    "no_earlier_card": _(
        "group %(number)s (%(group)s): for a first card an affidavit of holding no other card is needed"
    ),
    "one_paper_for_two_groups": _("the same document cannot serve two groups"),
}
