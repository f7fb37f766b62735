"""Numbers and dates as India writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from rasad.web.templatetags import rasad


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.req("R-NFR-04")
@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0"),
        (999, "999"),
        (373222, "3,73,222"),
        (12649000, "1,26,49,000"),
        (Decimal("2.5"), "2.5"),
        (None, ""),
    ],
)
def test_number_is_grouped_in_lakhs_and_crores(language: str, number: int | None, shown: str) -> None:
    with translation.override(language):
        assert rasad.indian(number) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "15 May 2020"), ("hi", "15 मई 2020"), ("bn", "15 মে 2020")]
)
def test_day_is_written_out(language: str, shown: str) -> None:
    with translation.override(language):
        assert rasad.day(date(2020, 5, 15)) == shown


def test_moment_is_shown_in_indian_time() -> None:
    late = datetime(2020, 5, 15, 20, 0, tzinfo=UTC)
    assert rasad.day(late) == "16 May 2020"
    assert rasad.moment(late) == "16 May 2020, 01:30"
    assert rasad.day(None) == rasad.moment(None) == ""


def test_month_weight_money_and_share() -> None:
    assert rasad.month("2020-04") == rasad.month(date(2020, 4, 30)) == "April 2020"
    assert (rasad.kg(5000), rasad.kg(2500), rasad.kg(None)) == ("5 kg", "2.5 kg", "")
    assert rasad.kg(123456789000) == "12,34,56,789 kg"
    assert (rasad.rupees(200), rasad.rupees(12345650), rasad.rupees(None)) == ("₹2.00", "₹1,23,456.50", "")
    assert (rasad.percent(0.125), rasad.percent(1), rasad.percent(None)) == ("12.5%", "100%", "")


def test_kilograms_are_translated() -> None:
    with translation.override("hi"):
        assert rasad.kg(5000) == "5 किलो"
    with translation.override("bn"):
        assert rasad.kg(5000) == "5 কেজি"
