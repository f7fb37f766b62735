"""Sentences about lists, surrenders and changed criteria in campaigns."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

CAMPAIGNS = {
    "surrender_is_over": Sentence(
        _("The card cannot be given up in this campaign any more."),
        _("Its last day for that was %(until)s."),
        _("Register the surrender as an application of its own; a case that is open takes its course."),
        409,
    ),
    "card_of_another_campaign": Sentence(
        _("The card is not given up in the campaign “%(campaign)s”."),
        _("The card is of another district than the campaign."),
        _(
            "Choose a campaign of the card's district, or register the surrender as an application of its own."
        ),
        409,
    ),
    "statement_needed": Sentence(
        _("The surrender was not taken down."),
        _("The family's own proof is missing: neither a signed statement nor a code was given."),
        _("Write which statement the family signed or thumb-marked, or send a code to the card's telephone."),
        422,
    ),
    "no_telephone_on_card": Sentence(
        _("No code can be sent for the card %(card)s."),
        _("No living member of it has a mobile number in the register."),
        _("Let the family sign or thumb-mark a statement, and take that as its proof."),
        409,
    ),
    "criteria_not_reported": Sentence(
        _("No review was planned."),
        _(
            "The cards that this change of the criteria touches are still being looked through, or it touches none."
        ),
        _("Open the page again when the report is there."),
        409,
    ),
}
