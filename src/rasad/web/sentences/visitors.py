"""Sentences about cards of other States at a shop, beyond the rules of the order itself."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

VISITORS = {
    "portability_month_ends": Sentence(
        _("Nothing more can be lifted here this month."),
        _(
            "The last lift was on %(lifted)s; %(days)s days must pass, and the month ends on %(until)s before that."
        ),
        _(
            "What is left can be lifted at home until the month ends. "
            "The grain of the next month can be lifted here from its first day on."
        ),
        short=_("no further lift this month"),
    ),
}
