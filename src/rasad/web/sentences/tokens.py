"""Sentences about tokens at the shop and on paper."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

TOKENS = {
    "token_outside_its_months": Sentence(
        _("No ration is given on this token on %(on)s."),
        _("The token is not for this month."),
        _("The months are printed on it. For a regular ration card ask the Inspector, Food and Supplies."),
        short=_("token valid for %(said)s only"),
    ),
    "token_not_yet_valid": Sentence(
        _("No ration is given on this token yet."),
        _("Its first day is %(opens)s; today is %(on)s."),
        _("Come back from that day on; the ration of that month is kept for you."),
        short=_("token valid from %(opens)s"),
    ),
    "token_awaits_shop": Sentence(
        _("This token has no shop yet."),
        _("None could be found by its address, so the officers of the district choose one."),
        _("Ask the District Food and Supplies Controller (DFSC), or call 1967 free of charge."),
        short=_("token has no shop yet"),
    ),
    "not_your_district": Sentence(
        _("The tokens of %(district)s cannot be listed for you."),
        _("The office of a district sees those of its own, %(own)s. The document says: “%(quotation)s”"),
        _("Ask the office of that district."),
        short=_("not your district"),
    ),
    "token_month_lapsed": Sentence(
        _("Nothing is due on this token for %(month)s."),
        _("It was issued on %(issued_on)s, and its months begin with that one."),
        _("Draw the months that are printed on it."),
        short=_("entitlement starts with the month of generation"),
    ),
    "on_free_card": Sentence(
        _("No token can be issued to this family."),
        _("A member is on a ration card of category %(category)s, which has free ration already."),
        _("Draw the ration on that card. A family on an APL card is not barred."),
        short=_("beneficiary of PDS in a free ration category"),
    ),
    "token_other_shop": Sentence(
        _("This token is not for this shop."),
        _("Its grain was sent to shop %(assigned_shop)s."),
        _("Go to that shop. If it is too far or closed, call 1967 free of charge and ask for another."),
        short=_("token is assigned to shop %(assigned_shop)s"),
    ),
    "token_not_readable": Sentence(
        _("This is not a token that can be read."),
        _("No complete QR code of a token was found."),
        _("Hold the whole code into the light and try again, or type the number printed beside it."),
    ),
    "token_number_wrong": Sentence(
        _("“%(number)s” is not the number of a token."),
        _("A token number has 14 digits, and its last digit does not fit the others: one was mistyped."),
        _("Compare it with the paper digit by digit and type it again."),
    ),
    "token_signature_wrong": Sentence(
        _("This token is not genuine."),
        _("What it says was changed after it was signed."),
        _("Give nothing on it, keep the paper if the holder agrees, and call 1967."),
    ),
    "token_unknown_key": Sentence(
        _("Whether this token is genuine cannot be said."),
        _("It was signed with a key that this reader does not know."),
        _("Bring the reader up to date with the State's present key and scan again."),
    ),
    "token_not_ours": Sentence(
        _("This is not a ration token of this State."),
        _("The code is genuine, but it was made by: %(issuer)s."),
        _("Ask the holder for the ration token; this code is for something else."),
    ),
    "token_not_begun": Sentence(
        _("Token %(number)s is genuine, but not valid on %(on)s."),
        _("Its first day is %(opens)s."),
        _("Come back from that day on."),
    ),
    "token_over": Sentence(
        _("Token %(number)s is genuine, but not valid on %(on)s."),
        _("Its last day was %(until)s."),
        _("For a regular ration card ask the Inspector, Food and Supplies."),
    ),
    "public_key_not_readable": Sentence(
        _("The public key cannot be read."),
        _("The file has no Ed25519 key in PEM form."),
        _("Take it again from whoever runs the system, whole and unchanged."),
    ),
    "token_number_alone": Sentence(
        _("The number %(number)s alone does not show whether a token is genuine."),
        _("Its check digit is right, but anybody can write a number; the signature is in the QR code."),
        _("Scan the QR code beside it, or look the number up under Tokens after logging in."),
    ),
    "nothing_to_print": Sentence(
        _("There is nothing to print."),
        _("No token that is still valid was found."),
        _("Check the district, the shop and the scheme, and that the relief run has ended."),
    ),
    "move_not_in_life": Sentence(
        _("“%(event)s” is not possible with this token now."),
        _("The token stands at “%(state)s”, and from there that does not follow."),
        _("Open the token again to see where it stands; somebody else may have dealt with it."),
    ),
    "day_to_come": Sentence(
        _("Tokens cannot be expired as of %(on)s."),
        _("That day has not come, and until then ration may be drawn on them."),
        _("Give a day that is over, or none for today."),
    ),
    "month_not_on_token": Sentence(
        _("The sale was not taken in."),
        _("The token %(token)s is not for %(month)s."),
        _("Ask the shop for which month it gave the grain."),
    ),
    "goods_not_on_token": Sentence(
        _("The sale was not taken in."),
        _("The token %(token)s gives no %(goods)s."),
        _("Ask the shop what it gave."),
    ),
}
