"""A birthday as offices write it: in whatever order and digits, and of nobody knows which day."""

import pytest

from rasad.pipelines.people.births import births


@pytest.mark.parametrize(
    ("written", "day", "year"),
    [
        ("1979-03-09", "19790309", 1979), ("19790309", "19790309", 1979), ("09/03/1979", "19790309", 1979),
        ("9.3.1979", "19790309", 1979), ("1979-3-9", "19790309", 1979), ("1979-03-09T00:00:00", "19790309", 1979),
        ("31-12-1980 00:00", "19801231", 1980), ("०९/०३/१९७९", "19790309", 1979), ("০৯-০৩-১৯৭৯", "19790309", 1979),
        # What an office writes when nobody knows the day.
        ("1979-01-01", None, 1979), ("1979", None, 1979), ("19790000", None, 1979),
        ("1979-13-40", None, 1979), ("9/3/79", None, None), ("not known", None, None), ("0000-00-00", None, None),
        ("2179-03-09", "21790309", None),
    ],
)  # fmt: skip
def test_birthday_is_read_as_it_is_written(written, day, year):
    told = births([written]).to_pylist()

    assert told == [{"born_text": written, "born_day": day, "born_year": year}]
