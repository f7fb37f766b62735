"""Cards bring their households; what was in force stays on record."""

from datetime import date

import pytest

from rasad.registry.models import Card, CardCategory, Household
from tests.registry.files import CARDS, LATER, card_ended, counts, problems, taken_in, with_register

pytestmark = pytest.mark.django_db
HEADING = CARDS.splitlines()[0] + "\n"
ASHAS = "006300000001"


def categories(number: str) -> list[tuple[str, date | None, date | None]]:
    found = CardCategory.objects.filter(card__number=number).order_by("during")
    return [(row.category, row.during.lower, row.during.upper) for row in found]


def test_card_comes_with_its_household(tmp_path):
    with_register(tmp_path, up_to="cards")

    card = Card.objects.select_related("household__place").get(number=ASHAS)
    assert (card.shop_number, card.during.lower, card.during.upper) == (
        "063000000001",
        date(2016, 2, 1),
        None,
    )
    household = card.household
    assert (household.family_id, household.place.code, household.address) == ("1ABC2345", "61068", "House 4")
    assert categories(ASHAS) == [("OPH", date(2016, 2, 1), None)]


def test_category_of_a_living_card_is_not_turned_by_a_file(tmp_path):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(tmp_path, "cards", CARDS.replace("OPH", "AAY"), at=LATER)

    assert counts(summary) == (3, 0, 3, 0)
    assert problems(summary) == [(2, "category", "category_needs_order", "OPH → AAY", False)]
    assert categories(ASHAS) == [("OPH", date(2016, 2, 1), None)]


@pytest.mark.parametrize(("issued_on", "ended_on"), [("2016-02-01", "2020-03-01"), ("2017-01-01", "")])
def test_living_card_is_not_made_shorter_by_a_file(tmp_path, issued_on, ended_on):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(
        tmp_path, "cards", f"{HEADING}{ASHAS},OPH,1ABC2345,61068,63,,,{issued_on},{ended_on}\n"
    )

    assert counts(summary) == (1, 0, 0, 1)
    assert problems(summary) == [(2, "ended_on", "ending_needs_order", ASHAS, True)]
    assert categories(ASHAS) == [("OPH", date(2016, 2, 1), None)]


def test_card_that_ended_gives_way_to_the_next_of_the_family(tmp_path):
    with_register(tmp_path, up_to="cards")
    card_ended(ASHAS, on=date(2020, 3, 1))
    begun = "006300000009,AAY,1ABC2345,61068,63,,,2020-03-01,\n"

    summary = taken_in(tmp_path, "cards", HEADING + begun)

    assert counts(summary) == (1, 1, 0, 0)
    assert categories(ASHAS) == [("OPH", date(2016, 2, 1), date(2020, 3, 1))]
    assert Household.objects.get(family_id="1ABC2345").cards.count() == 2


def test_second_card_for_the_same_family_and_time_is_left_out(tmp_path):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(
        tmp_path,
        "cards",
        f"{HEADING}006300000009,AAY,1ABC2345,61068,63,,,2020-03-01,\n"
        "006300000010,AAY,7NEW0001,61068,63,,,2020-03-01,\n"
        "006300000011,AAY,7NEW0001,61068,63,,,2020-03-02,\n",
    )

    assert counts(summary) == (3, 1, 0, 2)
    assert problems(summary) == [
        (2, "card_number", "family_has_card", ASHAS, True),
        (4, "card_number", "family_has_card", "006300000010", True),
    ]


def test_ended_card_is_not_opened_again_by_a_file(tmp_path):
    with_register(tmp_path, up_to="cards")
    card_ended(ASHAS, on=date(2020, 3, 1))

    summary = taken_in(tmp_path, "cards", CARDS + "\n")

    assert counts(summary) == (3, 0, 2, 1)
    assert problems(summary) == [(2, "ended_on", "card_ended", "01-03-2020", True)]
    assert Card.objects.get(number=ASHAS).during.upper == date(2020, 3, 1)


def test_moved_family_keeps_its_card(tmp_path):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(tmp_path, "cards", f"{HEADING}{ASHAS},OPH,,50001,58,,Ward 3,,\n")

    assert counts(summary) == (1, 1, 0, 0)
    household = Card.objects.get(number=ASHAS).household
    assert (household.place.code, household.address, household.family_id) == ("50001", "Ward 3", "1ABC2345")


def test_other_family_id_is_told_and_the_registers_stays(tmp_path):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(tmp_path, "cards", f"{HEADING}{ASHAS},OPH,9OTHER99,61068,63,,,,\n")

    assert counts(summary) == (1, 0, 1, 0)
    assert problems(summary) == [(2, "family_id", "family_differs", "1ABC2345", False)]


def test_family_id_is_added_where_there_was_none(tmp_path):
    with_register(tmp_path, up_to="cards")

    taken_in(tmp_path, "cards", f"{HEADING}006300000002,AAY,3LATER33,900001,63,,,,\n")

    assert Card.objects.get(number="006300000002").household.family_id == "3LATER33"


def test_family_whose_place_is_not_known_is_kept_in_its_district(tmp_path):
    with_register(tmp_path, up_to="shops")

    summary = taken_in(
        tmp_path,
        "cards",
        f"{HEADING}006300000001,OPH,,77777,63,,,2016-02-01,\n"
        "006300000002,OPH,,,63,,,2016-02-01,\n"
        "006300000003,OPH,,50001,63,,,2016-02-01,\n"
        "006300000004,OPH,,61068,,,,2016-02-01,\n"
        "006300000005,OPH,,77777,99,,,2016-02-01,\n"
        "006300000006,OPH,,,,,,2016-02-01,\n",
    )

    assert counts(summary) == (6, 4, 0, 2)
    assert problems(summary) == [
        (2, "place", "unknown_place", "77777", False),
        (4, "place", "place_in_other_district", "Ambala", False),
        (6, "district", "unknown_district", "99", True),
        (6, "place", "unknown_place", "77777", True),
        (7, "district", "value_missing", "", True),
    ]
    codes = Card.objects.order_by("number").values_list("household__place__code", flat=True)
    assert list(codes) == ["63", "63", "50001", "61068"]


def test_card_of_an_unknown_shop_is_loaded_without_it_until_the_shop_comes(tmp_path):
    with_register(tmp_path, up_to="places")
    first = taken_in(tmp_path, "cards", CARDS)
    told = [problem[2:] for problem in problems(first)]
    with_register(tmp_path, up_to="shops")

    second = taken_in(tmp_path, "cards", CARDS)

    assert told == [
        ("unknown_shop", "063000000001", False),
        ("unknown_shop", "063000000001", False),
        ("unknown_shop", "058000000001", False),
    ]
    assert (counts(first), counts(second)) == ((3, 3, 0, 0), (3, 3, 0, 0))
    assert problems(second) == []
    assert Card.objects.get(number=ASHAS).shop_number == "063000000001"


def test_category_the_rules_do_not_name_is_told(tmp_path):
    with_register(tmp_path, up_to="shops")

    summary = taken_in(
        tmp_path, "cards", f"{HEADING}{ASHAS},oph,,61068,63,,,2016-02-01,\n2,AYY,,61068,63,,,2016-02-01,\n"
    )

    assert counts(summary) == (2, 2, 0, 0)
    assert problems(summary) == [(3, "category", "unknown_category", "AYY", False)]
    assert [category for category, _, _ in categories(ASHAS)] == ["OPH"]


def test_days_that_cannot_be_leave_the_card_out(tmp_path):
    with_register(tmp_path, up_to="shops")

    summary = taken_in(
        tmp_path,
        "cards",
        f"{HEADING}006300000001,OPH,,61068,63,,,2016-02-31,\n"
        "006300000002,OPH,,61068,63,,,2020-01-01,2019-01-01\n"
        "006300000003,OPH,,61068,63,,,15/02/2016,soon\n",
    )

    assert counts(summary) == (3, 0, 0, 3)
    assert problems(summary) == [
        (2, "issued_on", "impossible_date", "2016-02-31", True),
        (3, "ended_on", "ends_before_it_begins", "", True),
        (4, "ended_on", "impossible_date", "soon", True),
    ]
