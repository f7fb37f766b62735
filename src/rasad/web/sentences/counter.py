"""Sentences about the sale at the shop: cards of other States, the ladder of a home card."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

COUNTER = {
    "portability_not_nfsa": Sentence(
        _("This card cannot be used outside its State."),
        _("Only cards under the National Food Security Act can. The order says: “%(quotation)s”"),
        _("Take the ration at the shop the card is registered with."),
        short=_("portability is for cards under NFSA only"),
    ),
    "portability_not_linked": Sentence(
        _("This card cannot be used outside its State yet."),
        _("It is not linked with Aadhaar. The order says: “%(quotation)s”"),
        _("Have it linked at a shop of the home State; it can be used here from then on."),
        short=_("card is not linked with Aadhaar"),
    ),
    "portability_not_validated": Sentence(
        _("This card cannot yet be used outside its State."),
        _("It is linked with Aadhaar and the link is not validated. The order says: “%(quotation)s”"),
        _("Have it validated at a shop of the home State; it can be used here from then on."),
        short=_("Aadhaar link of the card is not validated"),
    ),
    "portability_only_foodgrain": Sentence(
        _("This cannot be had on a card of another State."),
        _("Only foodgrain can: rice, wheat, coarse grain. The order says: “%(quotation)s”"),
        _("Take it at the shop the card is registered with."),
        short=_("only foodgrain can be lifted outside the home State"),
    ),
    "aadhaar_consent_missing": Sentence(
        _("The sale cannot go on."),
        _("The beneficiary did not agree to the use of Aadhaar. The order says: “%(quotation)s”"),
        _("Show the form again if the beneficiary changes his mind; without it the home shop serves him."),
        short=_("Aadhaar consent not given"),
    ),
    "portability_only_biometric": Sentence(
        _("A card of another State cannot be served this way."),
        _("Only an Aadhaar finger scan counts for it. The order says: “%(quotation)s”"),
        _("Try three different fingers, and three more after that."),
        short=_("other States' cards: Aadhaar biometric only"),
    ),
    "portability_not_matched": Sentence(
        _("No foodgrain can be given on this card now."),
        _("The finger did not match, and for a card of another State nothing else counts. “%(quotation)s”"),
        _("Start again: three different fingers may be tried as often as it takes."),
        short=_(
            "fingerprint did not match; food grains cannot be provided without biometric authentication; "
            "you may try again or lift at home"
        ),
    ),
    "away_unauthenticated": Sentence(
        _("This card cannot be served this way at this shop."),
        _(
            "Away from its own shop a finger or the code on a mobile must match. The order says: “%(quotation)s”"
        ),
        _("Try the finger or the code; the card's own shop serves the family in any case."),
        short=_("no unauthenticated sale away from the tagged shop"),
    ),
    "finger_tried": Sentence(
        _("This finger cannot be tried again now: %(finger)s."),
        _("The %(fingers)s tries of a cycle are for different fingers. The order says: “%(quotation)s”"),
        _("Try another finger."),
        short=_("use a different finger"),
    ),
    "cycle_over": Sentence(
        _("No finger matched in this cycle."),
        _("A cycle has %(fingers)s tries. The order says: “%(quotation)s”"),
        _("Go back to the screen before and start again."),
        short=_("%(fingers)s fingers failed, start again from the previous screen"),
    ),
    "portability_gap": Sentence(
        _("Nothing can be lifted here before %(earliest)s."),
        _("After a lift there are %(days)s days until the next. The order says: “%(quotation)s”"),
        _("Come again on or after that day: %(quantity)s kg can be lifted then, or at home before it."),
        short=_("next lift from %(earliest)s: %(quantity)s kg"),
    ),
    "nothing_left": Sentence(
        _("Nothing is left on this card this month."),
        _("All of it was lifted; %(left)s kg are left. The order says: “%(quotation)s”"),
        _("Ask the Inspector, F&S, where it was lifted, and complain if it was not you."),
        short=_("refused, %(left)s kg left"),
    ),
    "no_sale_offline": Sentence(
        _("No sale can be recorded now."),
        _(
            "The server cannot be reached, and sales are recorded online only. The order says: “%(quotation)s”"
        ),
        _("Wait until the device is online; the interruption is written down."),
        short=_("server unreachable, no sale can be recorded"),
    ),
}

COUNTER_REASONS = {
    "lift_part": _("%(share)s%% at a time; remaining %(left)s kg from %(earliest)s"),
    "lift_last_of_month": _(
        "remaining %(left)s kg cannot be lifted outside the home State this month (gap ends %(earliest)s); it can "
        "be lifted at home until %(until)s"
    ),
    "lift_all": _("nothing remains for this month"),
    "ekyc_asked": _("please seed and validate all ration cards with Aadhaar through eKYC by %(by)s"),
    "lifted_elsewhere": _("%(quantity)s kg of this month were lifted elsewhere"),
    "lifted_at": _("%(quantity)s kg lifted on %(on)s at %(shop)s"),
}
