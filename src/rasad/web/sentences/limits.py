"""Sentences of what comes too late, twice, or beyond what a page, a list or a day can hold."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

LIMITS = {
    "list_of_two_schemes": Sentence(
        _("No list was made."),
        _("The tokens are of several schemes, and a list is of one."),
        _("Mark the tokens of one scheme, then those of the other."),
        422,
    ),
    "list_too_long": Sentence(
        _("No list was made."),
        _("%(tokens)s tokens were marked; a list holds %(most)s."),
        _("Make several lists."),
        422,
    ),
    "list_not_answered": Sentence(
        _("The return of the list was not recorded yet."),
        _("Of %(count)s tokens it is not said what became of them: %(tokens)s."),
        _("Choose an answer for each; what you have chosen is still there. Then record the list again."),
        422,
    ),
    "token_has_ended": Sentence(
        _("No card was asked for with the token %(token)s."),
        _("The token has ended."),
        _(
            "Apply for a ration card on the page of applications, at a Saral centre or at the office of the DFSC."
        ),
    ),
    "called_back_meanwhile": Sentence(
        _("The run was given up."),
        _("%(rows)s of its families were called back while it went on."),
        _("Start it again when the District Administration has done with its list."),
    ),
    "scheme_name_kept": Sentence(
        _("The scheme was not written down."),
        _("“%(scheme)s” is the name of another page here."),
        _("Give the scheme a longer name, as flood_2026."),
        422,
    ),
    "no_list_chosen": Sentence(
        _("No list was taken in."),
        _("No file was chosen."),
        _("Choose the file of the families, of their members, or both, and upload it again."),
        422,
    ),
    "lists_have_changed": Sentence(
        _("The trial run of %(scheme)s does not count."),
        _("A list was uploaded, or the scheme was opened, while it ran."),
        _("Start another trial run."),
    ),
    "no_scheme_takes_requests": Sentence(
        _("The request was not taken down."),
        _("No relief scheme that is open today takes requests of this kind."),
        _("Ask headquarters which scheme helps the family, or help it to apply for a regular card."),
    ),
    "requests_not_csv": Sentence(
        _("The file was not taken in."),
        _(
            "About line %(line)s there is a quotation mark without its other one, or a cell that does not end."
        ),
        _("Open the file in a spreadsheet, save it as CSV UTF-8 and send it again."),
        422,
    ),
    "line_with_old_day": Sentence(
        _("Line %(line)s was not taken."),
        _("The day on which it was received lies before the year 2000."),
        _("Correct the year and send the line again."),
        422,
    ),
    "page_took_too_long": Sentence(
        _("The page could not be made."),
        _("What it shows could not be counted within %(seconds)s seconds."),
        _("Ask for less, as one district or one month, or try again in a few minutes."),
        503,
    ),
}
