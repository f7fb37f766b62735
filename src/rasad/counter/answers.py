"""What the quick road answers: the receipt, or a refusal with its sentences in the asker's language."""

import msgspec
from django.conf import settings
from django.utils import translation

from rasad.counter.receipts import Receipt
from rasad.values.refused import Refused
from rasad.web.refusals import say

_encode = msgspec.json.Encoder().encode
_LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)


def accepted(receipt: Receipt) -> tuple[int, bytes]:
    """Status and body for a sale that is in the books."""
    return 200, _encode(receipt)


def refused(no: Refused, *, language: str) -> tuple[int, bytes]:
    """Status and body for a refusal: its code for the device, its sentences for the people at the counter."""
    with translation.override(language if language in _LANGUAGES else settings.LANGUAGE_CODE):
        said = say(no)
        return said.status, _encode(
            {"code": said.code, "what": said.what, "why": said.why, "next": said.next}
        )
