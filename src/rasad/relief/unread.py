"""What a run could not read in rows that went on all the same: counts, for the offices that sent the files."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEMS: Mapping[str, Promise] = {
    "bad_aadhaar": _("Aadhaar number that cannot be one"),
    "impossible_age": _("Age that cannot be"),
    "impossible_date": _("Date that cannot be"),
    "not_a_date": _("Date that cannot be read"),
    "not_an_integer": _("Whole number that cannot be read"),
    "not_a_number": _("Number that cannot be read"),
    "not_a_mobile": _("Mobile number that cannot be one"),
    "not_a_boolean": _("Neither yes nor no"),
    "too_long": _("Text that is too long"),
    "member_without_family": _("Member whose family is not in the file"),
    "line_not_readable": _("Line that cannot be read"),
}


def in_words(problems: object) -> list[tuple[str, int]]:
    """Each kind of problem with its count, the most frequent first; nothing for a run that kept none."""
    if not isinstance(problems, Mapping):
        return []
    counted = sorted(problems.items(), key=lambda one: (-int(one[1]), one[0]))
    return [(str(PROBLEMS.get(code) or str(code).replace("_", " ")), int(count)) for code, count in counted]
