"""A token's number as people write and read it: 14 digits, printed 063-48210-93715-4."""

import hashlib

import numpy as np

from rasad.values import check_digit

LENGTH = 14
_DISTRICT_DIGITS = 3


def printed(number: str) -> str:
    """A number in groups that can be read out; one of another length as it is."""
    if len(number) != LENGTH or not number.isdigit():
        return number
    return f"{number[:3]}-{number[3:8]}-{number[8:13]}-{number[13:]}"


def typed(text: str) -> str:
    """The digits of what somebody typed, without dashes and spaces; nothing when there is anything else."""
    digits = text.replace("-", "").replace("‑", "").replace(" ", "").strip()
    return digits if digits.isascii() and digits.isdigit() else ""


def is_number(digits: str) -> bool:
    """Whether these digits can be a token's number: the length and the check digit are right."""
    return len(digits) == LENGTH and check_digit.is_valid(digits)


def after(number: str) -> str:
    """The number to try when another family has this one: of the same district, and always the same."""
    digest = hashlib.sha256(number.encode()).digest()
    places = LENGTH - _DISTRICT_DIGITS - 1
    body = number[:_DISTRICT_DIGITS] + f"{int.from_bytes(digest[:8]) % 10**places:0{places}d}"
    return body + str(check_digit.check_digits(np.array([int(body)]), length=len(body))[0])
