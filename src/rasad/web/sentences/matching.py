"""What is said when a look through the register, or a judgement of a pair, is refused."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

MATCHING = {
    "too_much_alike": Sentence(
        _("The look was stopped, and no pair was kept."),
        _("%(alike)s of %(people)s people look like somebody else, more than %(most)s in a hundred."),
        _(
            "Something is wrong with the register, not with the people: look for a column that is the same everywhere."
        ),
    ),
    "district_unknown": Sentence(
        _("The look was not begun."),
        _("There is no district “%(district)s” of yours."),
        _("An officer of the district asks for it."),
        422,
    ),
    "verdict_unknown": Sentence(
        _("Nothing was judged."),
        _("“%(verdict)s” is no judgement."),
        _("Choose one person, two persons, or not clear."),
        422,
    ),
    "pair_is_judged": Sentence(
        _("Nothing was judged."),
        _("Another officer judged this pair meanwhile."),
        _("Take the next one; what was judged can be taken back with a reason."),
    ),
    "pair_is_lent": Sentence(
        _("Nothing was judged."),
        _("%(by)s is looking at this pair now."),
        _("Take the next one; after ten minutes it is free again."),
    ),
    "judge_confirms_not": Sentence(
        _("Nothing was confirmed."),
        _("You judged this pair, and a second officer has to confirm it."),
        _("Leave it to a colleague."),
        403,
    ),
    "pair_is_open": Sentence(
        _("Nothing was taken back."),
        _("The pair is not judged."),
        _("Judge it, or take the next one."),
    ),
    "pair_has_a_case": Sentence(
        _("Nothing was taken back."),
        _("Case %(number)s is open on it."),
        _("Clear the case: there the family is heard."),
    ),
}
