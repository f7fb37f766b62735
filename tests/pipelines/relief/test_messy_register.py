"""A register with mistakes in it: nobody loses his token to them, and no card is overlooked in silence."""

import pytest

from rasad.values.refused import Refused
from tests.pipelines.relief.cast import (
    ASHA,
    HISAR,
    PLACES,
    SHOPS,
    SURESH,
    Person,
    card,
    crowd,
    family,
    files,
    place,
    run,
    shop,
)

RANI = Person("Rani Qutub", "Ilyas Qutub", "F", ASHA.born_on, mobile="9812000077")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    doubled = card("069000000001", "OPH", RANI)
    cards = [
        doubled,
        doubled,
        card("069000000002", "AAY", SURESH, issued_on=None),
        card("069000000003", " oph ", Person("By number")),
        card("069000000004", "OPH", Person("By number")),
        card("069000000004", "AAY", Person("By number")),
    ]
    asking = [
        family("SARAL", "rani", RANI),
        family("SARAL", "suresh", SURESH),
        family("SARAL", "small letters", Person("S"), card_number="069000000003"),
        family("SARAL", "two categories", Person("T"), card_number="069000000004"),
        family("SARAL", "ward", Person("U"), place="900"),
        family("SARAL", "odd shop", Person("V"), place="kaimri"),
    ]
    places = [
        *PLACES,
        place("village", "900", "Nine Hundred", "", HISAR, 2),
        place("ward", "900", "Ward Nine Hundred", "", HISAR, 3),
    ]
    shops = [
        *SHOPS,
        shop("106300100005", "kaimri", capacity=-5),
        shop("106300100006", "kaimri", capacity=None),
        shop("106300100007", "nowhere", capacity=5),
        shop("106300100007", "nowhere", capacity=5),
    ]
    state = files(asking, [*crowd(2_000), *cards], shops=shops, places=places)
    return run(state.written(tmp_path_factory.mktemp("register")), compare=True)


def test_card_that_stands_there_twice_refuses_once(told):
    assert told.ended("SARAL", "rani") == ("refused", "probably_on_free_card")
    assert told.ended("SARAL", "two categories") == ("refused", "on_free_card")
    assert told.summary["rows"] == 6


def test_card_without_a_first_day_is_in_force(told):
    assert told.ended("SARAL", "suresh") == ("refused", "on_free_card")


def test_category_in_small_letters_is_the_category(told):
    assert told.row("SARAL", "small letters")["card_category"] == "OPH"


def test_place_code_of_a_village_and_a_ward_makes_no_token_two(told):
    numbers = [token["number"] for token in told.read("tokens")]
    assert len(numbers) == len(set(numbers)) == told.summary["tokens"] == 2
    assert told.token("SARAL", "ward")["place_name"] == "Nine Hundred"


def test_shop_without_room_takes_nobody(told):
    assert told.token("SARAL", "odd shop")["shop"] in {one["number"] for one in SHOPS}


def test_lines_and_values_of_the_register_that_cannot_be_read_are_told(tmp_path):
    folder = files([family("SARAL", "asha", ASHA)]).written(tmp_path)
    (folder / "register" / "members.parquet").unlink()
    headings = "card_number,line,name,sex,born_on"
    (folder / "register" / "members.csv").write_text(
        f"{headings}\n069000000001,1,Asha\n069000000001,2,S,M,31.02.1980\n"
    )
    found = run(folder).csv("problems")
    assert [(row["source"], row["file"], row["reference"], row["line"], row["code"]) for row in found] == [
        ("register", "members", "069000000001", "", "not_a_date"),
        ("register", "members", "", "2", "line_not_readable"),
    ]


@pytest.mark.parametrize("code", ["HSR", "1063"])
def test_district_code_that_fits_no_token_number_is_refused(tmp_path, code):
    places = [place("district", code, "Hisar"), place("village", "mangali", "Mangali", "", code, 0)]
    folder = files([family("SARAL", "asha", ASHA, district="Hisar")], places=places).written(tmp_path)
    with pytest.raises(Refused) as no:
        run(folder)
    assert (no.value.code, no.value.facts["district"]) == ("district_code_odd", code)


def test_register_without_places_leaves_every_family_to_a_person(tmp_path):
    told = run(files([family("SARAL", "asha", ASHA)], places=(), shops=()).written(tmp_path))
    assert told.ended("SARAL", "asha") == ("in_review", "unknown_district")
