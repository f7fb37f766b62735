"""The sentences of the importers: what is wrong with a row, and what to do about it.

Why a whole file was refused is said where refusals are: web/sentences/files.py.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Sentence:
    """What is wrong and what to do next; both may name `shown`, the value as far as it may be seen."""

    what: Promise
    to_do: Promise


_ASK_SOURCE = _("Correct the value at its source, then import the file again.")

# Each code of `ImportProblem`. Whether the row was loaded without the value or left out stands with it.
PROBLEMS: dict[str, Sentence] = {
    "value_missing": Sentence(
        _("A value that is needed is missing."), _("Fill the cell, then import the file again.")
    ),
    "too_long": Sentence(
        _("The value is longer than this column can hold."),
        _("Shorten it; if other columns ran into it, look for a missing quotation mark in this line."),
    ),
    "unreadable": Sentence(
        _("The line has letters that cannot be read."),
        _("Save the file again as “CSV UTF-8” from the program it comes from."),
    ),
    "formula": Sentence(
        _("The value looks like a spreadsheet formula. It was kept as plain text; nothing was calculated."),
        _("If it should be a name or an address, write it in again without the first sign."),
    ),
    "formula_not_worked_out": Sentence(
        _("A cell of the row holds a formula that nobody has worked out: it has no value."),
        _("Open the file in the spreadsheet program, save it there, and give it again."),
    ),
    "formula_failed": Sentence(
        _("A cell of the row holds an error of a formula instead of a value."),
        _("Write the value into the cell, then give the file again."),
    ),
    "number_too_long": Sentence(
        _("A cell of the row holds a number of more than 15 digits; the spreadsheet has lost its end."),
        _("Format the column as text, write the number in again, then give the file again."),
    ),
    "too_few_values": Sentence(
        _("The line has fewer values than the heading has columns."),
        _("Put the missing separators back, or save the file again from the program it comes from."),
    ),
    "too_many_values": Sentence(
        _("The line has more values than the heading has columns."),
        _("Put values that hold a separator between quotation marks."),
    ),
    "quote_broken": Sentence(
        _("A quotation mark in the line is not closed, or signs follow the one that closes."),
        _("Write a quotation mark inside of a value twice, or take it out."),
    ),
    "line_too_long": Sentence(
        _("The line has more than 20 lakh characters."),
        _("Look for a missing quotation mark or a picture in the line, and take it out."),
    ),
    "impossible_date": Sentence(
        _("“%(shown)s” is not a day that can be."),
        _("Write the day as 2020-04-15 or 15-04-2020. A birthday cannot be in the future."),
    ),
    "bad_number": Sentence(
        _("“%(shown)s” is not a whole number this column can have."), _("Write a whole number such as 1,200.")
    ),
    "outside_india": Sentence(
        _("“%(shown)s” is not in India."),
        _("Latitude goes from 6 to 38 and longitude from 68 to 98 degrees; see whether the two are swapped."),
    ),
    "coordinates_incomplete": Sentence(
        _("Only one of latitude and longitude is usable, so neither was kept."),
        _("Give both, then import again."),
    ),
    "bad_mobile": Sentence(
        _("“%(shown)s” is not a mobile number of India."), _("Write ten digits that begin with 6, 7, 8 or 9.")
    ),
    "bad_code": Sentence(
        _("“%(shown)s” is not a code or number this column can have."),
        _("A spreadsheet may have turned a long number into 6.3E+11: set the column to Text and save again."),
    ),
    "unknown_word": Sentence(
        _("“%(shown)s” is not one of the words this column knows."),
        _("For sex write F, M or T; for a kind of place state, district, subdistrict, village or ward."),
    ),
    "bad_aadhaar": Sentence(
        _("The Aadhaar number is not valid (%(shown)s). The person was loaded without it."),
        _("Ask the family to show the Aadhaar card and write all 12 digits; then import the file again."),
    ),
    "aadhaar_here": Sentence(
        _("An Aadhaar number stands in a column that is not for it (%(shown)s). It was not kept."),
        _("See whether columns have slipped, then import the file again. Keep such files locked away."),
    ),
    "bad_reference": Sentence(_("The Aadhaar reference is not 64 hexadecimal characters."), _ASK_SOURCE),
    "aadhaar_taken": Sentence(
        _("Another person already has this Aadhaar number: %(shown)s. This person was loaded without it."),
        _("Find out whose number it is, and whether both are one person; a person decides, not the file."),
    ),
    "another_aadhaar": Sentence(
        _("The register has another Aadhaar number for the person on this line of the card."),
        _("If a new person took the line, give the new person a line of their own."),
    ),
    "key_twice": Sentence(
        _("Line %(shown)s of this file has the same key. The first one counts."),
        _("Take one of the two lines out, then import the file again."),
    ),
    "unknown_district": Sentence(
        _("The register has no district with the LGD code “%(shown)s”."),
        _("Correct the code, or import places first; then import this file again."),
    ),
    "unknown_place": Sentence(
        _("The register has no village or ward with LGD code “%(shown)s”. The row was put to its district."),
        _("Correct the code, or import places first; then import this file again."),
    ),
    "place_in_other_district": Sentence(
        _("The village or ward lies in another district than the row says: %(shown)s."),
        _("See which of the two is right, and correct the other."),
    ),
    "unknown_parent": Sentence(
        _("The register has no place “%(shown)s” that this one could belong to."),
        _("Add the place above to the file, or correct its kind and code."),
    ),
    "parent_not_above": Sentence(
        _("A place cannot belong to “%(shown)s”: that is not a larger kind of place."),
        _("The order is state, district, subdistrict, village or ward."),
    ),
    "parent_changed_without_day": Sentence(
        _("In the register this place belongs to %(shown)s. The file says another, but not since when."),
        _("Write into “since” its first day under the new one: old figures stay with the old one."),
    ),
    "parent_changed_too_early": Sentence(
        _("In the register this place belongs to %(shown)s from that day or a later one."),
        _("Correct the day in “since”, or leave the row out."),
    ),
    "unknown_shop": Sentence(
        _("There is no fair price shop with the number “%(shown)s”. The card was loaded without a shop."),
        _("Correct the number, or import shops first; then import this file again."),
    ),
    "unknown_category": Sentence(
        _("The rules of the State do not name the category “%(shown)s”: nothing is due on this card."),
        _("Correct the category, or have it added to the rules."),
    ),
    "unknown_card": Sentence(
        _("There is no ration card with the number “%(shown)s”."),
        _("Correct the number, or import cards first; then import this file again."),
    ),
    "ends_before_it_begins": Sentence(_("The last day lies before the first day."), _ASK_SOURCE),
    "family_has_card": Sentence(
        _("The family already has card %(shown)s for the same time."),
        _("Find out which card is the right one, and end the other with a day in “ended_on”."),
    ),
    "family_differs": Sentence(
        _("The register has family %(shown)s for this card, or this family for another card. It stays so."),
        _("Find out which family ID is right; a person decides, not the file."),
    ),
    "card_ended": Sentence(
        _("This card ended on %(shown)s. A file does not open an ended card again."),
        _("If it was ended by mistake, an officer opens it again."),
    ),
    "ending_needs_order": Sentence(
        _("The file would end card %(shown)s, or take days from it. No file ends a card."),
        _("Let the family surrender it, or open a case of review: the card serves until that is decided."),
    ),
    "category_needs_order": Sentence(
        _("The file gives the card another category (%(shown)s). The register keeps the one it has."),
        _(
            "Decide it as an application of the family or as a case of review; import the file again after that."
        ),
    ),
    "member_left": Sentence(
        _("The person on this line left the family on %(shown)s. A file does not bring a person back."),
        _("If the person is back, an officer adds them; for another person use a line of its own."),
    ),
}
