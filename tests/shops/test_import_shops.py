"""Shops come from files with place, coordinates and capacity."""

from datetime import date

import pytest

from rasad.shops import queries
from rasad.shops.models import Shop
from tests.registry.files import SHOPS, counts, problems, taken_in, with_register

pytestmark = pytest.mark.django_db
HEADING = SHOPS.splitlines()[0] + ",open_until\n"


@pytest.mark.req("R-ACT-10")
def test_shop_comes_with_what_the_file_says(tmp_path):
    with_register(tmp_path, up_to="shops")

    ravis = Shop.objects.select_related("place").get(number="063000000001")

    assert (ravis.name, ravis.place.code, ravis.district_code) == ("Ravi Store", "61068", "63")
    assert (ravis.latitude, ravis.longitude, ravis.capacity_families) == (29.1, 75.95, 1200)
    assert (ravis.dealer_name, ravis.dealer_mobile) == ("Ravi", "9812345678")
    assert (ravis.open_during.lower, ravis.open_during.upper) == (date(2015, 1, 1), None)
    assert queries.shop_numbers() == {"063000000001", "058000000001"}


def test_shop_that_changed_hands_is_changed_and_the_other_is_not(tmp_path):
    with_register(tmp_path, up_to="shops")

    summary = taken_in(tmp_path, "shops", SHOPS.replace(",Ravi,9812345678", ",Ravi Kumar,9812345679"))

    assert counts(summary) == (2, 1, 1, 0)
    assert Shop.objects.get(number="063000000001").dealer_name == "Ravi Kumar"


def test_shop_that_closed_has_its_last_day(tmp_path):
    with_register(tmp_path, up_to="shops")

    taken_in(tmp_path, "shops", f"{HEADING}063000000001,Ravi Store,61068,63,,,,,,,,2020-03-01\n")

    ravis = Shop.objects.get(number="063000000001")
    assert (ravis.open_during.lower, ravis.open_during.upper) == (date(2015, 1, 1), date(2020, 3, 1))
    assert (ravis.capacity_families, ravis.address) == (1200, "Main road")


def test_rows_that_are_wrong_are_told(tmp_path):
    with_register(tmp_path, up_to="places")

    summary = taken_in(
        tmp_path,
        "shops",
        f"{HEADING}1,No number for it,61068,63,,76.1,29.1,10,,,,\n2,No capacity,61068,63,,29.1,,-5,,,,\n"
        "3,Nowhere,77777,63,,,,10,,,,\n4,No district,61068,,,,,10,,,,\n"
        "5,Closed before,61068,63,,,,10,,,2020-01-01,2019-01-01\n"
        "3,Again,61068,63,,,,10,,,,\n6;7,Two numbers,61068,63,,,,10,,,,\n",
    )

    assert counts(summary) == (7, 3, 0, 4)
    assert problems(summary) == [
        (2, "latitude", "outside_india", "76.1", False),
        (2, "longitude", "outside_india", "29.1", False),
        (3, "capacity", "bad_number", "-5", False),
        (3, "capacity", "value_missing", "", False),
        (3, "latitude", "coordinates_incomplete", "", False),
        (4, "place", "unknown_place", "77777", False),
        (5, "district", "value_missing", "", True),
        (6, "open_until", "ends_before_it_begins", "", True),
        (7, "number", "key_twice", "4", True),
        (8, "number", "bad_code", "6;7", True),
    ]
    assert list(Shop.objects.order_by("number").values_list("number", "capacity_families", "latitude")) == [
        ("1", 10, None),
        ("2", 0, None),
        ("3", 10, None),
    ]
