"""What is on a token: months, number, shop, and what is due on it."""

from datetime import date
from itertools import pairwise

import pytest

from rasad.policy.relief import due
from rasad.values.check_digit import is_valid
from rasad.values.month import Month
from tests.pipelines.relief.cast import (
    DRT,
    FAMILY,
    HISAR,
    SIRSA,
    STEP_M,
    Person,
    family,
    files,
    run,
    shop,
)

SHOPS = (
    shop("106300100001", "mangali", capacity=2),
    shop("106300100002", "satrod", capacity=50),
    shop("106300100003", "mangali", capacity=50, open_until=date(2020, 4, 1)),
    shop("106300100004", "mangali", capacity=50, open_since=date(2020, 7, 1)),
)
MONTHS = "2020-04,2020-05,2020-06"


def asks(reference, *members, **written):
    return family("SARAL", reference, *(members or [Person(f"Head of {reference}")]), **written)


ASKING = [
    asks("asha", *FAMILY, received_on=date(2020, 3, 28)),
    asks("may", received_on=date(2020, 5, 1), place="satrod"),
    asks("june", received_on=date(2020, 6, 30), place="satrod"),
    asks("no day", received_on=None, place="satrod"),
    asks("second", received_on=date(2020, 4, 11)),
    asks("third", received_on=date(2020, 4, 12)),
    asks("kaimri", place="kaimri", place_name="kaimri village"),
    asks("nowhere", place=None, place_name="Dhani Tola"),
    asks("unknown code", place="000000", place_name="Dhani Tola"),
    asks("not on the map", place="balsamand"),
    asks("sirsa", place="rania", district=SIRSA),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return files(ASKING, shops=SHOPS).written(tmp_path_factory.mktemp("tokens"))


@pytest.fixture(scope="module")
def told(folder):
    return run(folder)


@pytest.mark.req("R-DRT-01")
@pytest.mark.parametrize(
    ("reference", "issued_on", "months"),
    [
        ("asha", date(2020, 4, 1), MONTHS),
        ("may", date(2020, 5, 1), "2020-05,2020-06"),
        ("june", date(2020, 6, 30), "2020-06"),
        ("no day", date(2020, 4, 1), MONTHS),
    ],
)
def test_token_has_the_months_from_the_day_its_record_came_in(told, reference, issued_on, months):
    token = told.token("SARAL", reference)
    assert (token["issued_on"], token["months"]) == (issued_on, months)


@pytest.mark.req("R-DRT-02")
def test_token_inherits_what_an_oph_card_has_for_its_members(told):
    token = told.token("SARAL", "asha")
    assert (token["inherits"], token["member_count"]) == ("OPH", 3)
    lines = due(DRT, members=token["member_count"], month=Month(2020, 4)).lines
    assert [(one.commodity, one.quantity, one.amount) for one in lines] == [
        ("wheat", 15000, 0),
        ("pulses", 2500, 0),
    ]


def test_token_number_has_14_digits_its_district_and_its_check_digit(told):
    numbers = [token["number"] for token in told.tokens.values()]
    assert len(set(numbers)) == len(numbers) == len(ASKING)
    assert all(len(number) == 14 and is_valid(number) for number in numbers)
    assert {token["number"][:3] for token in told.tokens.values() if token["district"] == HISAR} == {"063"}
    assert told.token("SARAL", "sirsa")["number"][:3] == "071"


def test_a_slip_in_a_token_number_is_found(told):
    number = told.token("SARAL", "asha")["number"]
    slips = [number[:n] + digit + number[n + 1 :] for n in range(14) for digit in "0123456789"]
    swaps = [number[:n] + b + a + number[n + 2 :] for n, (a, b) in enumerate(pairwise(number))]
    assert [wrong for wrong in (*slips, *swaps) if wrong != number and is_valid(wrong)] == []


def test_numbers_and_results_are_the_same_whatever_the_order_of_rows_and_files(told, tmp_path):
    turned = files(reversed(ASKING), shops=SHOPS)
    # The register comes first, sources last to first, every table upside down.
    turned.rows = {name: rows[::-1] for name, rows in reversed(turned.rows.items())}
    again = run(turned.written(tmp_path))
    for name in ("tokens", "rows", "token_members"):
        assert again.read(name) == told.read(name), name


@pytest.mark.req("R-DRT-10")
def test_families_go_to_the_shop_of_their_place_and_beyond_its_room_to_the_nearest(told):
    found = {
        reference: [
            told.token("SARAL", reference)[name] for name in ("shop", "distance_m", "shop_reason", "state")
        ]
        for reference in ("asha", "second", "third", "may", "kaimri")
    }
    in_mangali = [found[name] for name in ("asha", "second", "third")]
    own = ["106300100001", 0, "own_place", "shop_assigned"]
    assert in_mangali.count(own) == 2
    assert in_mangali.count(["106300100002", 4 * STEP_M, "nearest", "shop_assigned"]) == 1
    assert found["may"] == ["106300100002", 0, "own_place", "shop_assigned"]
    assert found["kaimri"] == ["106300100002", 3 * STEP_M, "nearest", "shop_assigned"]


@pytest.mark.req("R-DRT-11")
@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("nowhere", "place_unknown"),
        ("unknown code", "place_unknown"),
        ("not on the map", "no_coordinates"),
        ("sirsa", "no_shop_in_district"),
    ],
)
def test_family_without_a_shop_waits_in_its_districts_queue_with_the_reason(told, reference, reason):
    token = told.token("SARAL", reference)
    assert (token["shop"], token["distance_m"]) == (None, None)
    assert (token["state"], token["shop_reason"]) == ("awaiting_shop", reason)
    assert token["district"] == (SIRSA if reference == "sirsa" else HISAR)


@pytest.mark.req("R-DRT-10", "R-DRT-11")
def test_summary_counts_tokens_by_how_their_shop_was_found(told):
    assert told.summary["shops"] == {
        "nearest": 2,
        "no_coordinates": 1,
        "no_shop_in_district": 1,
        "own_place": 5,
        "place_unknown": 2,
    }


def test_place_is_named_as_the_register_knows_it_else_as_the_family_wrote_it(told):
    assert told.token("SARAL", "kaimri")["place_name"] == "Kaimri"
    assert told.token("SARAL", "nowhere")["place_name"] == "Dhani Tola"


def test_day_of_issue_given_by_hand_counts_for_all(folder, tmp_path):
    by_hand = run(folder, tmp_path, on=date(2020, 5, 15))
    assert {(token["issued_on"], token["months"]) for token in by_hand.tokens.values()} == {
        (date(2020, 5, 15), "2020-05,2020-06")
    }
