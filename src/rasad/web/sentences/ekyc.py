"""Sentences about eKYC at the shop."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

EKYC = {
    "ekyc_not_for_this_card": Sentence(
        _("eKYC cannot be done for this card here."),
        _(
            "It is done for ration cards of this State; a token or a card of another State is not linked here."
        ),
        _("The family does it in its own State."),
    ),
    "ekyc_consent_missing": Sentence(
        _("eKYC was not done."),
        _("The member has not agreed to the use of Aadhaar."),
        _("Read out the words and ask again. Who says no gets the ration all the same."),
    ),
    "member_linked_already": Sentence(
        _("Nothing was changed."),
        _("Member %(line)s is linked with an Aadhaar number already."),
        _(
            "If it is a wrong one, ask the Inspector, Food and Supplies: a number is changed in the office only."
        ),
    ),
    "member_not_seeded": Sentence(
        _("eKYC was not done."),
        _("No Aadhaar number is seeded for member %(line)s."),
        _("Enter the member's number first."),
    ),
    "member_validated_already": Sentence(
        _("Nothing needs to be done."),
        _("The Aadhaar number of member %(line)s was confirmed before."),
        _("Go on with the sale."),
    ),
    "aadhaar_wrong": Sentence(
        _("This is not an Aadhaar number."),
        _("It has twelve digits, and the last one does not fit the others: one was mistyped."),
        _("Compare it with the Aadhaar card and enter it again."),
        422,
    ),
    "aadhaar_of_another": Sentence(
        _("The Aadhaar number was not linked."),
        _("It stands for another person in the register already."),
        _("Ask the Inspector, Food and Supplies, to look into it. The family gets its ration all the same."),
    ),
    "ekyc_later": Sentence(
        _("eKYC was not done."),
        _("UIDAI did not answer in time. Nothing was changed."),
        _("Try again later, or at the next visit. The family gets its ration all the same."),
        503,
    ),
    "ekyc_not_confirmed": Sentence(
        _("eKYC of member %(line)s was not done."),
        _("UIDAI did not confirm it (code %(number)s): %(words)s"),
        _("Nothing was changed; try again as it says. The family gets its ration all the same."),
    ),
}
