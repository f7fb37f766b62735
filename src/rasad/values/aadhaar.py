"""What may be done with an Aadhaar number outside the vault: check it, mask it, turn it into a reference."""

import hashlib
import hmac
import re
import unicodedata

from rasad.values import check_digit

# Twelve digits of any script, in groups or not, where neither another digit stands before nor after.
_WRITTEN = re.compile(r"(?<!\d)(?=(\d(?:[ \-]?\d){11})(?!\d))")


def is_aadhaar(text: str) -> bool:
    """Whether a text has the form of an Aadhaar number: 12 digits, not starting 0 or 1, check digit right."""
    return len(text) == 12 and text[0] not in "01" and check_digit.is_valid(text)


def reference(number: str, key: bytes) -> bytes:
    """The reference that stands for a number everywhere outside the vault: HMAC-SHA256, 32 bytes.

    The key lives outside the database, so that no table can be searched by trying all numbers.
    """
    return hmac.digest(key, number.encode("ascii"), hashlib.sha256)


def identity_key(ref: bytes) -> int:
    """The first 8 bytes of a reference as a signed integer: quick to join on; compare the full one on a hit."""
    return int.from_bytes(ref[:8], "big", signed=True)


def masked(last_four: str) -> str:
    """An Aadhaar number as people may see it."""
    return f"XXXX XXXX {last_four}"


def without_numbers(text: str) -> str:
    """Words in which nobody's Aadhaar number stands: of each that was written among them the last four digits stay."""
    for found in reversed(list(_WRITTEN.finditer(text))):
        written, start = found[1], found.start(1)
        if is_aadhaar("".join(str(unicodedata.decimal(one)) for one in written if one.isdecimal())):
            hidden = re.sub(r"\d", "X", written[:-4]) + written[-4:]
            text = text[:start] + hidden + text[start + len(written) :]
    return text


def mask_card(number: str) -> str:
    """A ration card number as it may be shown to someone who is not its holder: the last four characters."""
    return "X" * max(len(number) - 4, 0) + number[-4:]
