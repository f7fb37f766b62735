"""Sentences of the delivery of tokens."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

DELIVERY = {
    "job_is_over": Sentence(
        _("The job was not stopped."),
        _("It has ended, or is being stopped already."),
        _("Look at its page again."),
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
