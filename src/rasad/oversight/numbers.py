"""Numbers of cases and lists: the district, a running number, a check digit, so that one read out can be checked."""

import numpy as np
from django.db import connection
from django.db.models import Max

from rasad.oversight.models import AayList, Case
from rasad.values.check_digit import check_digits

_DIGITS = 6
# "case" as a number: the serials of a district are given out one after the other.
_LOCK = 0x63617365


def next_serial(district: str) -> int:
    """The next running number of a district; whoever asks at the same time waits."""
    _one_by_one(district)
    last = Case.objects.filter(district_code=district).aggregate(last=Max("serial"))["last"] or 0
    return int(last) + 1


def number(district: str, serial: int) -> str:
    """The number of a case, R63-000123-7."""
    return _checked("R", district, serial)


def list_number(district: str) -> str:
    """The number of the next Antyodaya list of a district, A63-000004-2."""
    _one_by_one(district)
    return _checked("A", district, AayList.objects.filter(district_code=district).count() + 1)


def _one_by_one(district: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, district])


def _checked(letter: str, district: str, serial: int) -> str:
    digits = "".join(sign for sign in district if sign.isdigit()) + f"{serial:0{_DIGITS}d}"
    check = check_digits(np.array([int(digits)], dtype=np.int64), length=len(digits))[0]
    return f"{letter}{district}-{serial:0{_DIGITS}d}-{check}"
