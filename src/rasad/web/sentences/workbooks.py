"""Sentences about workbooks of spreadsheet programs."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

WORKBOOKS = {
    "list_taken_before": Sentence(
        _("The file %(file)s was not taken in."),
        _("The same file was taken into this campaign on %(at)s, and nothing in it has changed."),
        _("Look at its rows on the page of the campaign; a corrected file is taken in as a new one."),
        409,
    ),
    "workbook_old": Sentence(
        _("The file %(file)s is a workbook of the old kind (.xls)."),
        _("Only the kind of today (.xlsx) and CSV are read."),
        _("Open it, save it as .xlsx or as “CSV UTF-8”, and give that file. Nothing was changed."),
        422,
    ),
    "workbook_locked": Sentence(
        _("The workbook %(file)s is locked with a password."),
        _("Nobody is asked for a password of a list here, and without it nothing in the file can be read."),
        _("Take the password off in the spreadsheet program and give the file again. Nothing was changed."),
        422,
    ),
    "workbook_damaged": Sentence(
        _("The workbook %(file)s cannot be read."),
        _("It is damaged, or was made by a program that does not keep to the form."),
        _("Open it and save it again as .xlsx, or as “CSV UTF-8”. Nothing was changed."),
        422,
    ),
    "workbook_of_another_kind": Sentence(
        _("The file %(file)s is no workbook that is read here."),
        _("It is packed like one, but it is a document, an .ods or .xlsb file, or a folder of files."),
        _("Save the one sheet as .xlsx or as “CSV UTF-8” and give that file. Nothing was changed."),
        422,
    ),
    "workbook_too_large": Sentence(
        _("The workbook %(file)s is too large."),
        _("At most %(megabytes)s MB are read, and %(unpacked)s MB of what is packed in it."),
        _("Save the one sheet as “CSV UTF-8”: such a file may be of any length. Nothing was changed."),
        422,
    ),
    "workbook_too_wide": Sentence(
        _("The sheet “%(sheet)s” of %(file)s is too large."),
        _("Rows times columns come to more than %(cells)s cells; one cell far outside counts all before it."),
        _("Delete what lies outside the table, or save the sheet as “CSV UTF-8”. Nothing was changed."),
        422,
    ),
    "workbook_empty": Sentence(
        _("No sheet of %(file)s holds anything."),
        _("Hidden sheets are not read; hidden are: %(hidden)s."),
        _("Show the sheet with the list, or ask whoever sent it for the full file. Nothing was changed."),
        422,
    ),
    "workbook_sheets_unclear": Sentence(
        _("Several sheets of %(file)s hold something: %(sheets)s."),
        _("Which of them is the list is not guessed."),
        _("Delete or hide the others, so that only “%(first)s” or the right one stays. Nothing was changed."),
        422,
    ),
    "workbook_cells_spoilt": Sentence(
        _("In the sheet “%(sheet)s” of %(file)s cells hold no value that can be trusted: %(count)s."),
        _(
            "A formula failed or was never worked out, or a number of over 15 digits lost its end. First: %(cells)s."
        ),
        _("Write the values in as text and give the file again. Nothing was changed."),
        422,
    ),
}
