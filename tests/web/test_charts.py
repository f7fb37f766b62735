"""Charts: what is drawn can be read, heard and printed."""

import re
from datetime import date

import pytest
from django.utils import translation

from rasad.web.charts import Bar, Part, bars, days

SOURCES = [
    Bar("MMPSY", [Part("good", 223456), Part("wait", 1200)], "2,24,656"),
    Bar("सरल", [Part("good", 100)], "100"),
]


def test_a_chart_has_a_name_and_a_description_for_those_who_listen():
    drawing = bars(SOURCES, title="Tokens by source", description="MMPSY 2,24,656; SARAL 100")
    assert drawing.count('role="img"') == 2
    assert drawing.count("<title id=") == drawing.count("<desc id=") == 2
    ids = re.findall(r' id="([^"]+)"', drawing)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", drawing)) <= set(ids)
    assert "MMPSY 2,24,656; SARAL 100" in drawing


def test_names_from_outside_are_escaped():
    drawing = bars([Bar("<script>", [Part("good", 1)], "1")], title="<b>", description='"')
    assert "<script" not in drawing
    assert "<b>" not in drawing


def test_a_chart_uses_the_colours_of_the_page():
    drawing = bars(SOURCES, title="t", description="d")
    assert 'fill="var(--leaf)"' in drawing
    assert 'fill="var(--grain)"' in drawing
    assert "#" not in re.sub(r"url\(#[^)]*\)", "", drawing)


def test_numbers_on_the_axis_are_written_in_lakhs():
    drawing = days({date(2020, 5, 1): 250000, date(2020, 5, 2): 1}, title="t", description="d")
    assert ">2,50,000<" in drawing


@pytest.mark.parametrize(("language", "april"), [("en", "Apr"), ("hi", "अप्रैल"), ("bn", "এপ্রি")])
def test_days_carry_the_months_of_the_reader(language, april):
    with translation.override(language):
        drawing = days({date(2020, 4, day): day for day in range(5, 25)}, title="t", description="d")
    assert april in drawing


def test_hindi_names_are_not_cut_short():
    survey = Bar("स्थानीय समिति सर्वेक्षण", [Part("good", 10)], "10")
    drawing = bars([survey, SOURCES[0]], title="t", description="d")
    assert drawing.count(">स्थानीय समिति सर्वेक्षण<") == 2
    assert "font-family" not in drawing
