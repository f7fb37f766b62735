"""Keeps personal data out of the logs, whoever writes them.

A net under the rule that nobody logs such data, not a replacement for it.
"""

import logging
import re
from collections.abc import Mapping, MutableMapping
from io import TextIOWrapper
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

REDACTED = "[removed]"
SECRET_NAMES = re.compile(
    r"(?i)(password|passcode|secret|token_key|otp|one_time|recovery_code|session_?(id|key)|cookie|authorization|csrf"
    r"|aadhaar|uid_number|\bvid\b|biometric|pid_?block|mobile|phone)"
)
# An Aadhaar number (12 digits, never starting 0 or 1) or a mobile number (10, starting 6-9), however spaced.
_AADHAAR = re.compile(r"(?<![\d])[2-9]\d{3}[ \-]?\d{4}[ \-]?\d{4}(?![\d])")
_MOBILE = re.compile(r"(?<![\d])(?:\+?91[ \-]?|0)?[6-9]\d{4}[ \-]?\d{5}(?![\d])")
# "OTP 123456", "code is 4821", "ओटीपी: 123456": the digits that follow the word.
_CODE = re.compile(r"(?i)\b((?:otp|code|pin|ओटीपी|ওটিপি)\W+(?:\w+\W+){0,2}?)\d{4,8}\b")
_OTPAUTH = re.compile(r"otpauth://\S+")


def clean(text: str) -> str:
    """A text without Aadhaar-like numbers, mobile numbers, one-time codes and log-in secrets."""
    text = _OTPAUTH.sub(REDACTED, text)
    text = _CODE.sub(lambda found: found[1] + REDACTED, text)
    return _MOBILE.sub(REDACTED, _AADHAAR.sub(REDACTED, text))


def cleaned(value: Any) -> Any:
    """A value of any shape, cleaned to the bottom; what stands under a telling name is removed whole."""
    match value:
        case str():
            return clean(value)
        case bool() | None | float():
            return value
        case int():
            return REDACTED if clean(str(value)) == REDACTED else value
        case Mapping():
            return {
                clean(str(name)): REDACTED if SECRET_NAMES.search(str(name)) else cleaned(inner)
                for name, inner in value.items()
            }
        case list() | tuple() | set() | frozenset():
            return [cleaned(inner) for inner in value]
        case _:
            return clean(repr(value))


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Processor for structlog: the event without personal data."""
    return dict(cleaned(event))


class Redacted(logging.Formatter):
    """Formatter for the standard library's logs (Django, axes, granian): same rule, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line, cleaned."""
        return clean(super().format(record))


class OwnFile(WatchedFileHandler):
    """A log in a file of its own; the folder is made with the first line, and a file taken away is begun anew."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return super()._open()
