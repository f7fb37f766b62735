"""Sentences about visits and sales: requests of devices, what the books refuse, the steps of a visit."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

SALES = {
    "bad_request": Sentence(
        _("The request was not understood."),
        _("%(problem)s"),
        _("Correct it as the API's paper says, and send it again."),
        422,
    ),
    "body_too_long": Sentence(
        _("The request is too long."),
        _("At most %(most)s bytes are read here."),
        _("Send one thing in a request, and nothing beside it."),
        413,
    ),
    "bad_pass": Sentence(
        _("The sale was not carried out."),
        _("What the visit allows was changed on the way, or is not from this server."),
        _("Open the visit again and sell with what it gives."),
        400,
    ),
    "pass_over": Sentence(
        _("The sale was not carried out."),
        _("The visit took too long and is over."),
        _("Show the card again."),
    ),
    "pass_of_other_shop": Sentence(
        _("The sale was not carried out."),
        _("The visit was opened at shop %(shop)s and belongs to its device."),
        _("Open a visit on this device."),
        403,
    ),
    "pass_of_other_visit": Sentence(
        _("The sale was not carried out."),
        _("The pass belongs to another visit, %(visit)s."),
        _("Sell each visit with its own pass."),
        400,
    ),
    "line_not_on_pass": Sentence(
        _("The sale was not carried out."),
        _("“%(line)s” is not among what this visit may buy."),
        _("Take the lines from the visit."),
        422,
    ),
    "line_twice": Sentence(
        _("The sale was not carried out."),
        _("“%(line)s” stands in it twice."),
        _("Write each line once, with the whole quantity."),
        422,
    ),
    "busy_try_again": Sentence(
        _("The sale is not decided yet."),
        _("Too many wanted the same at this moment."),
        _("Send it again with the same number; it cannot be sold twice."),
        503,
    ),
    "server_unreachable": Sentence(
        _("No sale can be recorded at this moment."),
        _("The server does not reach its books. Whether this sale stands in them will be seen."),
        _("Send it again with the same number; it cannot be sold twice. Nothing is sold without the books."),
        503,
    ),
    "sale_id_reused": Sentence(
        _("The sale was not carried out."),
        _("A sale with the number %(sale)s stands in the books already, with other contents."),
        _("Open a new visit for a new sale."),
    ),
    "cap_over": Sentence(
        _("So much %(goods)s cannot be sold on this card."),
        _("All kinds together, %(left)s is left for this month; asked for: %(asked)s."),
        _("Sell what is left."),
    ),
    "stock_short": Sentence(
        _("So much %(commodity)s cannot be handed over."),
        _("Shop %(shop)s has %(left)s in stock; asked for: %(asked)s."),
        _(
            "Sell what is there; the rest stays on the card until the month ends. The office sees that it was missing."
        ),
    ),
    "account_short": Sentence(
        _("Nothing was moved."),
        _("The account of %(holder)s has %(left)s; asked for: %(asked)s (grams, millilitres or paise)."),
        _("Move at most what is there."),
    ),
    "document_reused": Sentence(
        _("Nothing was moved."),
        _("The document %(document)s stands in the books already, with other contents."),
        _("Use a new number for a new document."),
    ),
    "reservation_gone": Sentence(
        _("The reservation cannot be used."),
        _("%(reservation)s was let go, was posted, or never made."),
        _("Reserve again."),
        410,
    ),
    "away_gap": Sentence(
        _("This card cannot be served today."),
        _("Grain was lifted outside its State less than %(days)s days ago."),
        _("It may lift again from %(earliest)s on, until %(until)s; its own shop serves it on any day."),
    ),
    "shop_closed": Sentence(
        _("No visit can be opened."),
        _("%(shop)s is outside its hours on %(on)s, or no hours are recorded for it."),
        _("Open within the hours; the inspector records or changes them."),
    ),
    "card_unknown": Sentence(
        _("The card was not found."),
        _("No card or token with the number “%(card)s” is in this State's register."),
        _("Compare the number with the card. A card of another State is served under IMPDS."),
        404,
    ),
    "card_not_living": Sentence(
        _("This card cannot be served."),
        _("Card %(card)s is not in force; its last day was before %(on)s."),
        _("Ask the inspector, Food and Supplies; the family may ask why in writing."),
    ),
    "card_without_category": Sentence(
        _("This card cannot be served."),
        _("Card %(card)s has no category on this day, so nobody knows what is due to it."),
        _("Ask the inspector, Food and Supplies, to complete the card."),
    ),
    "no_such_member": Sentence(
        _("This was not carried out."),
        _("The card has no member %(line)s."),
        _("Choose one of the members shown."),
        422,
    ),
    "visit_over": Sentence(
        _("The visit is over."),
        _("It took longer than a visit may."),
        _("Show the card again; nothing was sold."),
        410,
    ),
    "visit_id_reused": Sentence(
        _("No visit was opened."),
        _("The number %(visit)s belongs to another visit."),
        _("Make a new number for each visit."),
    ),
    "token_cancelled": Sentence(
        _("This token cannot be served."),
        _("Token %(token)s was cancelled."),
        _("Ask the District Food and Supplies Controller why."),
    ),
    "token_not_living": Sentence(
        _("This token cannot be served."),
        _("Token %(token)s has expired or was cancelled."),
        _("Ask the District Food and Supplies Controller; a regular card may be applied for."),
    ),
    "authenticate_first": Sentence(
        _("Nothing can be sold yet."),
        _("The visit is not through its steps; the next one is: %(step)s."),
        _("Take that step first."),
    ),
    "not_this_step": Sentence(
        _("This step cannot be taken now."),
        _("It is not the turn of “%(step)s” in this visit."),
        _("Look at the visit again: it says which step comes next."),
    ),
    "finger_unknown": Sentence(
        _("The finger was not tried."),
        _("“%(finger)s” is no finger."),
        _("Name it as RIGHT_THUMB or LEFT_INDEX."),
        422,
    ),
    "member_not_linked": Sentence(
        _("The finger of member %(line)s cannot be tried."),
        _("The member's Aadhaar is not linked and validated."),
        _("Choose another member; eKYC can be done on this device."),
    ),
    "no_mobile_seeded_on": Sentence(
        _("No code can be sent to member %(line)s."),
        _("No mobile is seeded for this member."),
        _("Choose another member's mobile."),
        422,
    ),
    "no_code_sent": Sentence(
        _("The code was not checked."),
        _("No code was sent in this visit."),
        _("Choose a mobile and send one."),
    ),
    "code_used_up": Sentence(
        _("The code was not checked."),
        _("Wrong codes were entered %(entries)s times; this one holds no longer."),
        _("Send a new code, or go on without: the family is served in any case."),
    ),
    "why_unknown": Sentence(
        _("This was not carried out."),
        _("“%(why)s” is not what happened in this visit."),
        _("Choose one of: %(possible)s."),
        422,
    ),
    "home_state_unreachable": Sentence(
        _("The card cannot be served at this moment."),
        _("Its home State does not answer, and only that State knows what is left on it."),
        _("Try again in some minutes. The family's own shop serves it in any case."),
        503,
    ),
    "consent_outdated": Sentence(
        _("The consent was not recorded."),
        _("It is for the words of version %(version)s; those in force are %(current)s."),
        _("Show the present words and ask again."),
    ),
    "open_the_visit_again": Sentence(
        _("This visit cannot be sold any more."),
        _("What was reserved for it at the home State was let go."),
        _("Open a new visit for the card."),
    ),
    "reversal_needs_reason": Sentence(
        _("The sale was not taken back."),
        _("No reason was given, and the journal keeps one for each sale taken back."),
        _("Write in a few words what was wrong with it."),
        422,
    ),
    "sale_of_another_day": Sentence(
        _("The sale was not taken back."),
        _("It was made on %(sold)s, and a dealer takes back a sale on its own day only."),
        _("Ask the inspector, Food and Supplies."),
    ),
    "sale_taken_back_already": Sentence(
        _("The sale was not taken back."), _("It was taken back already."), _("Nothing needs to be done.")
    ),
    "visitor_sale_stands": Sentence(
        _("The sale was not taken back."),
        _("It was booked by the card's home State, and only that State can give the quantity back."),
        _("Ask the inspector, Food and Supplies, to write to the home State."),
    ),
}
