"""What is said when an application, or a step of one, is refused."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

APPLICATIONS = {
    "application_moved_on": Sentence(
        _("Nothing was changed on application %(number)s."),
        _("It is not in the state any more in which this can be done; perhaps another officer was faster."),
        _("Open it again and look at its steps."),
    ),
    "application_incomplete": Sentence(
        _("The application was not registered: %(service)s."),
        _("The form lacks: %(missing)s."),
        _("Fill it in, then register again; nothing you wrote is lost."),
        422,
    ),
    "card_needed": Sentence(
        _("The application was not registered: %(service)s."),
        _("It is about a card, and no card is named."),
        _("Write the number of the card."),
        422,
    ),
    "nobody_left_on_card": Sentence(
        _("This was not carried out."),
        _("Nobody would be left on the card ending in %(card)s."),
        _("Ask for the surrender of the card instead."),
        422,
    ),
    "certificate_unknown": Sentence(
        _("The application was not registered."),
        _("There is no surrender certificate %(number)s of this State."),
        _("Look at the number on the paper; a certificate of another State goes with the other service."),
        422,
    ),
    "certificate_used": Sentence(
        _("The certificate %(number)s was not taken."),
        _("A card was issued on it before, and it serves once."),
        _("Ask at the office where it was used; if that was not you, complain there."),
    ),
    "papers_missing": Sentence(
        _("The application was not registered as complete."),
        _("There is no paper for: %(groups)s."),
        _("%(told)s"),
        422,
    ),
    "one_paper_twice": Sentence(
        _("The application was not registered as complete."),
        _("One paper stands for two groups, and each needs its own."),
        _("Add another paper for one of the two; two separate affidavits may."),
        422,
    ),
    "paper_needed": Sentence(
        _("The application was not registered: %(service)s."),
        _("No paper was shown for it."),
        _("Note at least one paper that shows what is asked for."),
        422,
    ),
    "paper_too_large": Sentence(
        _("The picture %(name)s was not taken."),
        _("It is larger than %(megabytes)s MB."),
        _("Take it with a smaller resolution, or scan it in black and white."),
        422,
    ),
    "paper_unreadable": Sentence(
        _("The picture %(name)s was not taken."),
        _("It is not a PDF, JPEG or PNG file."),
        _("Save it in one of these forms, or take a photograph of the paper."),
        422,
    ),
    "paper_not_kept": Sentence(
        _("There is no picture of this paper."),
        _("The officer saw the paper and kept no copy."),
        _("Ask the family for it if it is needed."),
        404,
    ),
    "paper_seal_broken": Sentence(
        _("The picture cannot be shown."),
        _("Its seal does not open: another key, or it was changed."),
        _("Tell whoever looks after the system, and ask the family for the paper."),
    ),
    "asked_already": Sentence(
        _("The application was not registered a second time."),
        _("The same is asked for in application %(number)s, which is open."),
        _("Look there for how far it is."),
    ),
    "aadhaar_number_wrong": Sentence(
        _("The number given for %(person)s was not taken."),
        _("It is no Aadhaar number: a digit is missing or wrong."),
        _("Read it again from the paper, or leave it empty: nobody loses food for it."),
        422,
    ),
    "visit_needed": Sentence(
        _("Application %(number)s was not verified."),
        _("It needs a visit to the family, and none is written down."),
        _("Fill in the field form at the family's door."),
    ),
    "not_verified_yet": Sentence(
        _("Application %(number)s was not decided."),
        _("Nobody has verified it yet."),
        _("Let an Inspector verify it; another officer decides then."),
    ),
    "verifier_decides_not": Sentence(
        _("Application %(number)s was not decided."),
        _("You verified it, and another officer has to decide."),
        _("Leave it to a colleague; it is in the list of what waits for a decision."),
        403,
    ),
    "promise_too_far": Sentence(
        _("The day was not recorded."),
        _("%(promised)s lies more than a year ahead."),
        _("Write a day on which it can really be ready."),
        422,
    ),
    "likely_day_not_later": Sentence(
        _("The new day was not recorded."),
        _("It is not after the last day, %(due)s, or it is past."),
        _("Name the day by which you will really be done."),
        422,
    ),
    "category_to_choose": Sentence(
        _("The application was not approved."),
        _("This State has no list of criteria here, and no category was chosen."),
        _("Choose the category of the card."),
        422,
    ),
    "reason_unknown": Sentence(
        _("The application was not rejected."),
        _("“%(reason)s” is not among the reasons for which one may be."),
        _("Choose a reason of the list."),
        422,
    ),
    "facts_not_told": Sentence(
        _("Application %(number)s was not approved."),
        _("%(count)s answers are missing that could change the category, and silence is not read as no."),
        _("Ask the family, or write them down at the visit; the application names them."),
        422,
    ),
    "collector_unnamed": Sentence(
        _("Application %(number)s was not handed over."),
        _("Nobody is named who took it."),
        _("Write the name of the person of the family who takes it."),
        422,
    ),
    "not_decided_yet": Sentence(
        _("There is no letter for application %(number)s."),
        _("It is not decided yet."),
        _("The acknowledgement slip says by when it will be."),
        404,
    ),
    "nothing_issued_yet": Sentence(
        _("There is nothing to print for application %(number)s."),
        _("It is not approved."),
        _("Print the slip or the letter instead."),
        404,
    ),
    "application_not_yours": Sentence(
        _("There is no such application on this telephone."),
        _("It was made with another telephone, or the number is misread."),
        _("Look at the slip, or follow it by its number alone."),
        404,
    ),
    "card_not_on_telephone": Sentence(
        _("Nothing can be asked for about this card from here."),
        _("The telephone you showed stands on no person of this card."),
        _("Go to the office with the card, or use the telephone that stands on it."),
        403,
    ),
    "district_needed": Sentence(
        _("The form cannot be opened yet: %(service)s."),
        _("No district is chosen, and the office of your district decides."),
        _("Go back and choose the district in which you live."),
        422,
    ),
    "application_file_empty": Sentence(
        _("The file was not taken in."),
        _("It has a heading and no line."),
        _("Write a line for each person, below the heading."),
        422,
    ),
    "application_file_too_large": Sentence(
        _("The file was not taken in."),
        _("It is larger than %(megabytes)s MB."),
        _("Send it in parts."),
        422,
    ),
    "application_file_too_long": Sentence(
        _("The file was not taken in."),
        _("It has more than %(lines)s lines."),
        _("Send it in parts of fewer lines."),
        422,
    ),
    "application_file_not_text": Sentence(
        _("The file was not taken in."),
        _("It cannot be read as a table of text in UTF-8."),
        _("Save it as “CSV UTF-8” from the program it comes from; look for an open quotation mark."),
        422,
    ),
    "application_file_column_missing": Sentence(
        _("The file was not taken in."),
        _("Its heading has no column %(column)s."),
        _("Name the columns in the first line as the page tells."),
        422,
    ),
    "place_not_yours": Sentence(
        _("The family was not registered."),
        _("There is no village or ward with code %(place)s in your district."),
        _("Correct the code, or send the family to the office of its district."),
        422,
    ),
    "birth_year_wrong": Sentence(
        _("The family was not registered."),
        _("The year of birth of %(person)s, “%(year)s”, cannot be."),
        _("Write four digits, or leave it empty."),
        422,
    ),
    "cell_not_read": Sentence(
        _("The family was not registered."),
        _("“%(cell)s” is not read in the column %(column)s."),
        _("Correct the cell, or leave it empty."),
        422,
    ),
    "day_not_read": Sentence(
        _("The family was not registered."),
        _("“%(day)s” is not a day."),
        _("Write it as 2026-03-17."),
        422,
    ),
}
