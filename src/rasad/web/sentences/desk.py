"""Sentences of the relief desk: shops chosen, appeals heard, requests passed on."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

DESK = {
    "portal_not_set": Sentence(
        _("The lists were not pulled."),
        _("No address is set for %(portal)s."),
        _("Set it (docs/settings.md), or give the lists as files."),
    ),
    "portal_failed": Sentence(
        _("The lists were not pulled."),
        _("%(portal)s does not answer as it should: %(what)s"),
        _("Start the same command again: it goes on after the last page."),
        503,
    ),
    "scheme_not_sound": Sentence(
        _("The scheme was not written down."),
        _("%(where)s: %(what)s"),
        _("Correct it in the form."),
        422,
    ),
    "scheme_exists": Sentence(
        _("The scheme was not written down."),
        _("There is one under the name %(scheme)s already."),
        _("Give the new one another name."),
    ),
    "source_unknown": Sentence(
        _("The list was not taken in."),
        _("The scheme has no source %(source)s."),
        _("Choose a source of the scheme."),
        404,
    ),
    "list_without_its_other": Sentence(
        _("The run did not start."),
        _("Of the source %(source)s only one of its two lists is there: %(there)s."),
        _("Upload both, families and members."),
    ),
    "not_tried": Sentence(
        _("The scheme %(scheme)s was not opened."),
        _("There was no trial run since its lists were changed last."),
        _("Start a trial run and look at what it comes to."),
    ),
    "scheme_not_draft": Sentence(
        _("The scheme %(scheme)s cannot be changed."),
        _("It was opened already."),
        _("Look at its page again."),
    ),
    "scheme_not_open": Sentence(
        _("Nothing was done under the scheme %(scheme)s."),
        _("It is not open."),
        _("A second officer opens it after a trial run."),
    ),
    "scheme_goes_on": Sentence(
        _("The scheme was not closed."),
        _("Its last day, %(last_day)s, is not over."),
        _("Close it the day after."),
    ),
    "tokens_not_in_queue": Sentence(
        _("No shop was chosen."),
        _(
            "The tokens (%(tokens)s) do not wait any more: somebody else has given them a shop, or they have ended."
        ),
        _("Look at the queue again."),
    ),
    "nothing_marked": Sentence(
        _("No shop was chosen."),
        _("No token is marked."),
        _("Mark the tokens that are to go to the shop, or choose for all of the place."),
        422,
    ),
    "shop_not_open": Sentence(
        _("The tokens cannot go to the shop %(shop)s."),
        _("It is not open on %(on)s."),
        _("Choose another shop."),
    ),
    "shop_of_another_district": Sentence(
        _("The tokens cannot go to the shop %(shop)s."),
        _("It lies in another district than the families."),
        _("Choose a shop of the families' own district."),
    ),
    "shop_full": Sentence(
        _("The tokens do not fit into the shop %(shop)s."),
        _("It has room for %(room)s more families, and %(wanted)s are marked."),
        _("Choose another shop, mark fewer, or tick that they are to go there beyond its room."),
    ),
    "shop_unchanged": Sentence(
        _("No token was moved."),
        _("All of them are drawn at the shop %(shop)s already, or have ended."),
        _("Choose another shop."),
    ),
    "nothing_to_move": Sentence(
        _("No token was moved from the shop %(shop)s."),
        _("No token is drawn there."),
        _("Nothing needs to be done."),
    ),
    "no_room_near": Sentence(
        _("No token was moved from the shop %(shop)s."),
        _("No open shop of the district has room for its %(tokens)s tokens."),
        _("Have the capacity of a shop raised, or move them beyond its room."),
    ),
    "nothing_to_take_back": Sentence(
        _("Nothing was taken back."),
        _("The tokens were drawn on, went on to yet another shop, or the choice was taken back before."),
        _("Choose another shop for them instead."),
    ),
    "decision_without_reason": Sentence(
        _("The decision was not recorded."),
        _("It has no reason."),
        _("Write down why, in a sentence that the family can read."),
        422,
    ),
    "already_decided": Sentence(
        _("The decision was not recorded."),
        _("Somebody else has decided in the meantime."),
        _("Look at the page again."),
    ),
    "second_officer_needed": Sentence(
        _("The decision was not confirmed."),
        _("Whoever decided cannot confirm."),
        _("Ask another officer of the district or at headquarters."),
        403,
    ),
    "not_refused": Sentence(
        _("No appeal was taken down on %(reference)s."),
        _("The row was not refused."),
        _("If the family waits, the page of the row says for whom."),
    ),
    "appeal_is_open": Sentence(
        _("No second appeal was taken down on %(reference)s."),
        _("One is open already."),
        _("Wait for the decision; the page of the row leads to it."),
    ),
    "scheme_unknown": Sentence(
        _("The request cannot be taken up."),
        _("Nothing is known of the scheme %(scheme)s."),
        _("Ask headquarters which scheme is open."),
        404,
    ),
    "relief_is_over": Sentence(
        _("No token can be issued any more."),
        _("The last day of the scheme was %(last_day)s."),
        _("Help the family to apply for a regular card."),
    ),
    "row_has_nobody": Sentence(
        _("No token can be issued on %(reference)s."),
        _("No person of the family is on record."),
        _("Have the family's members entered and send the request again."),
    ),
    "everybody_has_a_token": Sentence(
        _("No token was issued on %(reference)s."),
        _("Every person of the family is on another token."),
        _("The family draws its ration on that token."),
    ),
    "nothing_to_forward": Sentence(
        _("Nothing was passed on."),
        _("No family is marked, or those marked were passed on already."),
        _("Mark the families in the list."),
        422,
    ),
    "already_taken_up": Sentence(
        _("%(reference)s cannot be called back."),
        _("A run has taken it up, or it was not passed on."),
        _("If the token should end, ask the DFSC."),
    ),
    "reference_reused": Sentence(
        _("The request %(reference)s was not taken down."),
        _("This reference stands for another family already."),
        _("Give the request a reference of its own."),
    ),
    "no_district_of_yours": Sentence(
        _("The request was not taken down."),
        _("Your account is bound to no district, and its village lies in none."),
        _("Ask headquarters to set your area."),
    ),
    "requests_not_utf8": Sentence(
        _("The file was not taken in."),
        _("It is not in UTF-8."),
        _("Save it as CSV UTF-8 and send it again."),
        422,
    ),
    "file_too_large": Sentence(
        _("The file was not taken in."),
        _("It is larger than %(bytes)s bytes."),
        _("Send it in parts."),
        422,
    ),
    "file_too_long": Sentence(
        _("The file was not taken in."),
        _("It has more than %(rows)s lines."),
        _("Send it in parts."),
        422,
    ),
    "line_without_reference": Sentence(
        _("Line %(line)s was not taken."),
        _("It has no reference."),
        _("Give it one that no other line has."),
        422,
    ),
    "line_without_name": Sentence(
        _("Line %(line)s was not taken."),
        _("It does not name the head of the family."),
        _("Write the name and send it again."),
        422,
    ),
    "line_without_day": Sentence(
        _("Line %(line)s was not taken."),
        _("The day on which it was received cannot be read, or has not come."),
        _("Write it as 2020-05-15 or 15.05.2020."),
        422,
    ),
    "line_of_another_district": Sentence(
        _("Line %(line)s was not taken."),
        _("Its district is not yours, or not named."),
        _("Send it to the administration of that district."),
        422,
    ),
    "line_with_wrong_mobile": Sentence(
        _("Line %(line)s was not taken."),
        _("The mobile number has not ten digits, or begins with 0 to 5."),
        _("Correct it, or leave it empty."),
        422,
    ),
}
