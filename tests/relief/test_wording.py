"""How facts read on paper, and how the way to the shop is drawn."""

from dataclasses import replace
from datetime import date

import pytest

from rasad.relief.paper import sketch
from rasad.relief.paper.contents import Words
from rasad.relief.paper.wording import both, day, direction, distance, months, price, relation, shown, weight
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise
from tests.relief.paper_tokens import SHOP


@pytest.mark.parametrize(
    ("text", "limit", "printed"),
    [
        ("  Asha \n Devi ", 20, "Asha Devi"),
        ("Surender Kumar Sharma", 10, "Surender…"),
        ("सुरेन्द्र", 9, "सुरेन्द्र"),
        # Not between न and its virama, nor between a letter and its sign.
        ("रामेन्द्रकुमार", 4, "रामे…"),
        ("a\u0300b", 5, "àb"),
    ],
)
def test_text_is_cut_where_a_reader_would(text, limit, printed):
    assert shown(text, limit) == printed


def test_what_is_the_same_in_both_languages_is_said_once():
    assert both(Words("गेहूँ", "Wheat")) == "गेहूँ / Wheat"
    assert both(Words("", "Kalka")) == "Kalka"


@pytest.mark.parametrize(
    ("written", "hindi"),
    [
        ("wife", "पत्नी"),
        ("Daughter in law", "पुत्रवधू"),
        ("MOTHER_IN_LAW", "सास"),
        ("पुत्र", "पुत्र"),
        ("tenant", "tenant"),
    ],
)
def test_relation_is_known_however_it_is_written(written, hindi):
    assert relation(written).hi == hindi


def test_months_say_the_year_once_unless_it_changes():
    assert months((Month(2020, 4), Month(2020, 5))).en == "April, May 2020"
    assert months((Month(2020, 12), Month(2021, 1))).hi == "दिसंबर 2020, जनवरी 2021"


def test_day_weight_and_price_read_as_on_a_bill():
    assert (day(date(2020, 6, 30)).hi, day(date(2020, 6, 30)).en) == ("30 जून 2020", "30 June 2020")
    assert weight(Grams(2_500)) == "2.5 किलो / kg"
    assert price([Paise(0), Paise(0)]) == "निःशुल्क / free"
    assert price([Paise(200), Paise(200)]) == "₹2.00 / kg"


@pytest.mark.parametrize(
    ("metres", "far"), [(20, "50 m"), (640, "650 m"), (949, "950 m"), (950, "0.9 km"), (4_080, "4.1 km")]
)
def test_distance_is_as_exact_as_a_walker_needs(metres, far):
    assert distance(metres).en == far


@pytest.mark.parametrize(
    ("degrees", "towards"), [(0, "north"), (22, "north"), (23, "north-east"), (180, "south"), (350, "north")]
)
def test_direction_is_the_nearest_of_eight(degrees, towards):
    assert direction(degrees).en == towards


@pytest.mark.parametrize("degrees", range(0, 360, 15))
@pytest.mark.parametrize("metres", [150, 2_400, 31_000])
def test_sketch_keeps_everything_on_its_paper(degrees, metres):
    at = point(degrees, metres)
    drawn = sketch.sketch(replace(SHOP, home=(30.8, 76.9), at=at), Words("कालका", "Kalka"))

    assert drawn is not None
    bar_end = drawn["scale"][0] + drawn["scale-length"]
    places = [drawn[name] for name in ("home", "shop", "home-label", "shop-label", "north", "scale")]
    assert [xy for xy in places if not (0 <= xy[0] <= sketch.WIDTH and 0 <= xy[1] <= sketch.HEIGHT)] == []
    assert bar_end <= sketch.WIDTH
    assert sketch.way((30.8, 76.9), at).degrees == pytest.approx(degrees, abs=0.5)


def point(degrees, metres):
    import math

    north, east = math.cos(math.radians(degrees)) * metres, math.sin(math.radians(degrees)) * metres
    squeeze = math.cos(math.radians(30.8 + north / sketch.METRES_PER_DEGREE / 2))
    return 30.8 + north / sketch.METRES_PER_DEGREE, 76.9 + east / sketch.METRES_PER_DEGREE / squeeze


@pytest.mark.parametrize("at", [None, (30.8, 76.9), (30.8001, 76.9001)])
def test_no_way_is_drawn_where_there_is_none(at):
    assert sketch.sketch(replace(SHOP, home=(30.8, 76.9), at=at), Words("कालका", "Kalka")) is None
