"""Sentences about the days on which the offices are closed."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

HOLIDAYS = {
    "holiday_without_name": Sentence(
        _("The holiday on %(day)s was not written down."),
        _("It has no name, or one of more than %(most)s letters, and the slip names it to the family."),
        _("Write its name, for example Republic Day, and in Hindi beside it."),
        422,
    ),
    "holiday_far_away": Sentence(
        _("The holiday on %(day)s was not written down."),
        _(
            "Holidays are kept for the years from %(first)s to %(last)s; another year is most often a slip of the pen."
        ),
        _("Correct the year, or wait until the list of that year is out."),
        422,
    ),
    "holiday_there": Sentence(
        _("The holiday on %(day)s was not written down."),
        _("That day stands in the list already: %(name)s."),
        _("If the name is wrong and the day has not come yet, take it out and write it in anew."),
        409,
    ),
    "holiday_not_ahead": Sentence(
        _("The holiday on %(day)s stays in the list."),
        _("The day has come: slips with it have been given, and what was told to families stays true."),
        _("Only days to come can be taken out."),
        409,
    ),
    "holiday_gone": Sentence(
        _("Nothing was taken out."),
        _("There is no holiday on %(day)s; perhaps another officer was faster."),
        _("Look at the list as it is now."),
        404,
    ),
    "holiday_day_not_read": Sentence(
        _("“%(day)s” is no day that can be read."),
        _("A day is written as 2026-01-26 or 26-01-2026."),
        _("Correct the line and give the file again: lines already taken in are not written twice."),
        422,
    ),
    "holiday_file_too_large": Sentence(
        _("The list of holidays was not taken in further."),
        _("It is larger than a list of holidays can be: at most %(lines)s lines are read."),
        _("Look whether it is the right file; give one year at a time."),
        422,
    ),
    "holiday_file_not_read": Sentence(
        _("The list of holidays cannot be read from line %(line)s on."),
        _("A quotation mark is not closed, or the file is no CSV."),
        _("Save it as “CSV UTF-8” or .xlsx and give it again; lines already taken in are not written twice."),
        422,
    ),
    "holiday_file_column_missing": Sentence(
        _("The list of holidays has no column “%(column)s”."),
        _("Its columns are: %(there)s."),
        _("Head the columns on, name and name_hi, and give the file again. Nothing was changed."),
        422,
    ),
    "holiday_file_empty": Sentence(
        _("The list of holidays is empty."),
        _("There is no line under its heading."),
        _("Write a line for each holiday and give the file again."),
        422,
    ),
}
