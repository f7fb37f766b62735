"""Another emergency is another file: other months, another category, one source more, and no code changed."""

from datetime import date

import pytest

from rasad.policy.relief import due
from rasad.values.month import Month
from tests.pipelines.relief.cast import ASHA, FLOOD, Person, card, crowd, family, files, run

WADED = date(2023, 7, 20)


def somebody(name, **more):
    return Person(name, **more)


HUKAM = Person("Hukam Kholiya", "Zorawar Thapli", "M", date(1975, 8, 21), mobile="9812000011")
ASKING = [
    family("RELIEF_CAMP", "asha", ASHA, received_on=WADED),
    family("RELIEF_CAMP", "dry", somebody("A"), water_depth_cm=29, received_on=WADED),
    family("RELIEF_CAMP", "at the limit", somebody("B"), water_depth_cm=30, received_on=WADED),
    family("RELIEF_CAMP", "late", somebody("C"), reached_on=date(2023, 8, 1), received_on=date(2023, 8, 1)),
    family("RELIEF_CAMP", "hukam", HUKAM, received_on=WADED),
    family("RELIEF_CAMP", "grey", HUKAM.but(mobile=None, born_on=None), received_on=WADED),
    family("CM_TWITTER", "no handle", somebody("D"), received_on=WADED),
    family("CM_TWITTER", "handle", somebody("E"), handle="@e_of_hisar", received_on=date(2023, 8, 15)),
    family("MMPSY", "oph", somebody("F"), card_category="OPH", card_number="069000000003", received_on=WADED),
    family("MMPSY", "aay", somebody("G"), card_category="AAY", received_on=WADED),
    family("SARAL", "not verified", somebody("H"), verified=False, received_on=WADED),
    family("SARAL", "aay card", somebody("I"), card_number="069000000002", received_on=WADED),
    family("SARAL", "asha", ASHA, received_on=date(2023, 7, 25)),
]
CARDS = [
    card("069000000001", "AAY", HUKAM),
    card("069000000002", "AAY", somebody("Somebody")),
    card("069000000003", "OPH", somebody("Other")),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    state = files(ASKING, [*crowd(2_000, "AAY"), *CARDS], under=FLOOD)
    return run(state.written(tmp_path_factory.mktemp("flood")), under=FLOOD, compare=True)


@pytest.mark.req("R-DRT-22")
@pytest.mark.parametrize(
    ("source", "reference", "ended"),
    [
        ("RELIEF_CAMP", "asha", ("token", "issued")),
        ("RELIEF_CAMP", "dry", ("refused", "not_flooded")),
        ("RELIEF_CAMP", "at the limit", ("token", "issued")),
        ("RELIEF_CAMP", "late", ("refused", "came_too_late")),
        ("CM_TWITTER", "no handle", ("in_review", "no_handle")),
        ("CM_TWITTER", "handle", ("token", "issued")),
        ("MMPSY", "oph", ("token", "issued")),
        ("MMPSY", "aay", ("refused", "other_card")),
        ("SARAL", "not verified", ("token", "issued")),
        ("SARAL", "aay card", ("refused", "on_free_card")),
        ("SARAL", "asha", ("linked", "same_person")),
    ],
)
def test_rows_end_as_the_other_scheme_says(told, source, reference, ended):
    assert told.ended(source, reference) == ended


@pytest.mark.req("R-DRT-22")
def test_tokens_have_the_months_and_the_entitlement_of_the_other_scheme(told):
    asha, handle = told.token("RELIEF_CAMP", "asha"), told.token("CM_TWITTER", "handle")
    # This order lets months before the day of issue be drawn too.
    assert (asha["months"], handle["months"]) == ("2023-07,2023-08", "2023-07,2023-08")
    assert {token["inherits"] for token in told.tokens.values()} == {"AAY"}
    lines = due(FLOOD, members=asha["member_count"], month=Month(2023, 8)).lines
    assert [(one.commodity, one.quantity) for one in lines] == [("wheat", 35_000), ("pulses", 2_500)]


@pytest.mark.req("R-DRT-22")
def test_where_the_scheme_lets_food_wait_the_grey_zone_waits_for_a_person(told):
    grey, sure = told.row("RELIEF_CAMP", "grey"), told.row("RELIEF_CAMP", "hukam")
    assert (grey["outcome"], grey["reason"], grey["token"]) == ("in_review", "probably_on_free_card", None)
    assert (sure["outcome"], sure["reason"]) == ("refused", "probably_on_free_card")
    assert (grey["card_masked"], sure["card_masked"]) == ("XXXXXXXX0001", "XXXXXXXX0001")
    assert told.read("reviews") == []


@pytest.mark.req("R-DRT-22")
def test_summary_and_conditions_are_those_of_the_other_scheme(told):
    assert told.summary["scheme"] == "flood_2023"
    assert list(told.summary["by_source"]) == [source.code for source in FLOOD.sources]
    assert told.summary["rows"] == len(ASKING)
