"""Numbers given out here: of applications, certificates and cards. Each ends in Verhoeff's digit or is checked."""

from datetime import date

import numpy as np
from django.db import connection

from rasad.registry.models import Card
from rasad.values import check_digit


def application_number(*, on: date) -> str:
    """The next registration number: year, a running number, a check digit; 11 digits, so that an SMS may tell it."""
    return _checked(f"{on:%y}{_next('applications_number'):08d}")


def certificate_number(*, on: date) -> str:
    """The next number of a certificate, told from an application's by its letter."""
    return "C" + _checked(f"{on:%y}{_next('applications_certificate_number'):07d}")


def card_number(district: str) -> str:
    """The next card number that no card has; 12 digits as those of the register."""
    while True:
        number = f"{_district(district):0>4}{_next('applications_card_number'):08d}"
        if not Card.objects.filter(number=number).exists():
            return number


def _district(code: str) -> str:
    digits = "".join(one for one in code if one.isdigit())[-3:]
    return digits.zfill(3)


def _checked(body: str) -> str:
    digit = check_digit.check_digits(np.array([int(body)]), length=len(body))[0]
    return f"{body}{digit}"


def _next(sequence: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        return int(cursor.fetchone()[0])
