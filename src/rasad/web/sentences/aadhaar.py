"""Refusals of what a fingerprint reader gave."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

AADHAAR = {
    "capture_failed": Sentence(
        _("No finger was read."),
        _("The fingerprint reader gave up with its number %(number)s; 700 is no finger in time."),
        _("Wipe finger and glass and place the finger again, or go on: this try does not count."),
        422,
    ),
    "capture_unreadable": Sentence(
        _("What came from the fingerprint reader cannot be used."),
        _("It is not the answer of a registered reader."),
        _("Close other programs that use the reader and place the finger again, or go on."),
        422,
    ),
}
