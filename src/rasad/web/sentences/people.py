"""Sentences about matching people of two files."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

PEOPLE = {
    "column_unknown": Sentence(
        _("The column %(column)s cannot be used."),
        _(
            "The file %(file)s has no column of this name, or nothing is compared under it. There are: %(there)s."
        ),
        _("Write what it holds, an equals sign, and the heading as it stands in the file."),
    ),
    "no_name_column": Sentence(
        _("People cannot be matched by the file %(file)s."),
        _("None of its columns is known to hold names. It has: %(there)s."),
        _("Say which column holds the name: --column name='heading'."),
    ),
    "person_not_told": Sentence(
        _("%(rows)s rows do not say whose they are."),
        _("The column that numbers the people is empty in them."),
        _("Fill it, or name another column: --column person='heading'. Nothing was written."),
    ),
    "person_twice": Sentence(
        _("%(rows)s rows bear the same number %(person)s."),
        _("Each row is one person, and the pairs that are found name people by their numbers."),
        _("Name the column that numbers each person: --column person='heading'. Nothing was written."),
    ),
    "too_many_alike": Sentence(
        _("The run was stopped: %(percent)s %% of the rows look like doubles."),
        _("%(alike)s of %(rows)s rows look like somebody else; more than %(limit)s %% is not believed."),
        _(
            "Look whether a column is the same for everybody, or the file is there twice. Nothing was written."
        ),
    ),
    "one_row_too_often": Sentence(
        _("The run was stopped: one row looks like %(times)s others."),
        _("No person is expected in a file more than %(limit)s times."),
        _("Look for rows without a real name, such as Not known. Nothing was written."),
    ),
    "judged_not_readable": Sentence(
        _("Line %(line)s of the file %(file)s cannot be read."),
        _("Each line of judged pairs needs left, right, and same or other under judgement."),
        _("Correct the line and start again. Nothing was written."),
    ),
}
