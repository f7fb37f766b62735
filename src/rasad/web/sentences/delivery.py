"""Sentences of the delivery of tokens."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

DELIVERY = {
    "no_mobile": Sentence(
        _("The token %(token)s cannot be sent by WhatsApp."),
        _("No mobile number of the family is on record."),
        _("Print it, and have a committee hand it over."),
    ),
    "own_code_too_soon": Sentence(
        _("No new code was sent."),
        _("One was sent less than %(seconds)s seconds ago."),
        _("Look at your messages, and wait a minute before you ask again."),
        429,
    ),
    "codes_too_many": Sentence(
        _("No code was sent."),
        _("Five codes were sent to this telephone within an hour."),
        _("Try again in an hour, or ask your committee or the helpline for the token."),
        429,
    ),
    "code_not_sent": Sentence(
        _("The code could not be sent."),
        _("The SMS service does not answer."),
        _("Try again in a few minutes, or ask your committee or the helpline for the token."),
        503,
    ),
    "code_over": Sentence(
        _("The code was not accepted."),
        _("It was used, is older than ten minutes, or was typed wrongly three times."),
        _("Ask for a new code."),
        403,
    ),
    "own_code_wrong": Sentence(
        _("The code was not accepted."),
        _("It is not the one that was sent; %(left)s tries are left."),
        _("Compare it with the newest message and type it again."),
        403,
    ),
    "ticket_over": Sentence(
        _("The paper of the token cannot be opened."),
        _("The page that led here is too old."),
        _("Ask for a code again."),
        403,
    ),
    "not_your_token": Sentence(
        _("This token cannot be shown."),
        _("It is not one of the telephone you have shown, or your log-in is over."),
        _("Begin again with the telephone that stands on the token."),
        404,
    ),
    "job_is_over": Sentence(
        _("The job was not stopped."),
        _("It has ended, or is being stopped already."),
        _("Look at its page again."),
    ),
    "whatsapp_not_set": Sentence(
        _("Nothing was sent."),
        _("The department has no account with WhatsApp on this system."),
        _("Open a token and send it from the office’s own telephone, or print it."),
    ),
    "job_goes_on": Sentence(
        _("The job was not started again."),
        _("The same work is being done already."),
        _("Look at the list of jobs, and wait until it has ended."),
    ),
    "job_not_over": Sentence(
        _("The job was not started again."),
        _("Only one that failed or was stopped can go on."),
        _("Look at its page again."),
    ),
    "nothing_to_send_again": Sentence(
        _("Nothing was changed."),
        _("No refused message is marked, or they were settled in the meantime."),
        _("Mark the messages in the list."),
        422,
    ),
    "answer_unknown": Sentence(
        _("Nothing was recorded."),
        _(
            "“%(given)s” is no answer: a token is handed over, or the family not found, moved away, or its head dead."
        ),
        _("Choose one of the four."),
        422,
    ),
    "already_handed_over": Sentence(
        _("Nothing was recorded of the token %(token)s."),
        _("It was handed over already."),
        _("If that was a mistake, tell the office of the DFSC."),
    ),
    "nothing_to_hand_over": Sentence(
        _("No list was made."),
        _(
            "None of these tokens is to be handed over: they have no shop, were handed over, or are on another list."
        ),
        _("Choose other tokens."),
    ),
    "committee_of_another_district": Sentence(
        _("No list was made."),
        _("%(committee)s belongs to another district than the tokens."),
        _("Choose a committee of the district."),
    ),
    "receiver_missing": Sentence(
        _("No list was made."),
        _("It does not say who of the committee takes the tokens."),
        _("Write the name of the person who signs."),
        422,
    ),
    "list_is_back": Sentence(
        _("Nothing was recorded of the list %(list)s."),
        _("Its return was recorded already."),
        _("Look at the list again."),
    ),
}
