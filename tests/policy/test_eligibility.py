"""Families of Haryana before the lists of their village or town."""

from datetime import date
from decimal import Decimal

import pytest

from rasad.policy import eligibility
from rasad.policy.criteria import Criterion
from rasad.policy.eligibility import decide, questions
from rasad.policy.packs import PACKS, with_folders
from rasad.values.refused import Refused

ON = date(2015, 1, 16)
SALARIED = {"main_income": "something_else", "annual_income": "150000"}


def result(area, on=ON, **facts):
    found = decide({"area": area, **facts}, state="IN-HR", on=on)
    return found.result, found.matched


@pytest.mark.req("R-IDN-14", "R-IDN-15")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"existing_card": "AAY"}, "R-I-01"),
        ({"existing_card": "CBPL"}, "R-I-02"),
        ({"existing_card": "SBPL"}, "R-I-02"),
        ({"homeless": True}, "R-I-03"),
        ({"head_disabled": True}, "R-I-04"),
        ({"head_widow": True}, "R-I-05"),
        ({"head_single_woman": True}, "R-I-05"),
        ({"landless_agricultural_labourer": True}, "R-I-06"),
        ({"land_acres": "0.01"}, "R-I-07"),
        ({"land_acres": "5.0"}, "R-I-07"),
    ],
)
def test_a_village_family_is_included_by_what_it_is(facts, code):
    assert result("rural", **SALARIED, **facts) == ("eligible", (code,))


@pytest.mark.req("R-IDN-16")
@pytest.mark.parametrize(
    ("income", "code"),
    [
        ("cultivation", "R-O-01"),
        ("manual_casual_labour", "R-O-02"),
        ("domestic_service_part_or_full_time", "R-O-03"),
        ("foraging_rag_picking", "R-O-04"),
        ("non_agricultural_own_account_enterprise", "R-O-05"),
        ("begging_charity_alms", "R-O-06"),
    ],
)
def test_a_village_family_is_included_by_its_main_income(income, code):
    assert result("rural", main_income=income) == ("eligible", (code,))


@pytest.mark.req("R-IDN-17", "R-IDN-18", "R-IDN-19", "R-IDN-20", "R-IDN-21", "R-IDN-23")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"income_tax_payer": True}, "R-X-01"),
        ({"vat_assessee": True}, "R-X-02"),
        ({"service_tax_payer": True}, "R-X-03"),
        ({"professional_tax_payer": True}, "R-X-04"),
        ({"land_acres": "5.000001"}, "R-X-05"),
        ({"land_hectares": "2.0235"}, "R-X-05"),
        ({"owns_motorised_four_wheeler": True}, "R-X-06"),
        ({"registered_enterprise": True}, "R-X-07"),
        ({"owns_agricultural_four_wheeler": True}, "R-X-08"),
        ({"annual_income": "200000.01"}, "R-X-10"),
    ],
)
def test_a_village_family_is_excluded(facts, code):
    assert result("rural", main_income="cultivation", **facts) == ("excluded", (code,))


@pytest.mark.req("R-IDN-25")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"existing_card": "AAY"}, "U-I-01"),
        ({"existing_card": "SBPL"}, "U-I-02"),
        ({"katcha_house": True}, "U-I-03"),
        ({"homeless": True}, "U-I-04"),
        ({"head_disabled": True}, "U-I-05"),
        ({"head_single_woman": True}, "U-I-06"),
    ],
)
def test_a_town_family_is_included_by_what_it_is(facts, code):
    assert result("urban", **SALARIED, **facts) == ("eligible", (code,))


@pytest.mark.req(
    "R-IDN-26", "R-IDN-27", "R-IDN-28", "R-IDN-29", "R-IDN-30", "R-IDN-31", "R-IDN-32", "R-IDN-33"
)
@pytest.mark.parametrize(
    ("income", "code"),
    [
        ("rag_picker", "U-O-01"),
        ("beggar", "U-O-02"),
        ("domestic_worker", "U-O-03"),
        ("street_worker", "U-O-04"),
        ("construction_and_labour", "U-O-05"),
        ("sweeper_sanitation_mali", "U-O-06"),
        ("home_based_artisan", "U-O-07"),
        ("transport_worker", "U-O-08"),
        ("shop_worker", "U-O-09"),
        ("repair_worker", "U-O-10"),
        ("washerman_chowkidar", "U-O-11"),
        ("no_income", "U-O-12"),
    ],
)
def test_a_town_family_is_included_by_its_main_income(income, code):
    assert result("urban", main_income=income) == ("eligible", (code,))


@pytest.mark.req("R-IDN-34")
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"house_plot_sq_yd": "250"}, ("excluded", ("U-X-06",))),
        ({"house_plot_sq_yd": "249.999"}, ("eligible", ("U-O-09",))),
        ({"flat_super_area_sq_ft": "1500"}, ("excluded", ("U-X-06",))),
        ({"flat_super_area_sq_ft": "1499.9"}, ("eligible", ("U-O-09",))),
        ({"house_plot_sq_yd": "300", "local_body": "municipal_committee"}, ("eligible", ("U-O-09",))),
        ({"flat_super_area_sq_ft": "1600", "local_body": "municipal_council"}, ("excluded", ("U-X-06",))),
    ],
)
def test_a_large_house_or_flat_excludes_in_a_corporation_or_council(facts, expected):
    town = {"local_body": "municipal_corporation", "main_income": "shop_worker"}
    assert result("urban", **(town | facts)) == expected


@pytest.mark.req("R-IDN-35")
def test_an_air_conditioner_or_a_car_excludes_in_a_town_and_the_first_not_in_a_village():
    assert result("urban", main_income="beggar", owns_air_conditioner=True) == ("excluded", ("U-X-07",))
    assert result("urban", main_income="beggar", owns_motorised_four_wheeler=True)[1] == ("U-X-07",)
    assert result("rural", main_income="cultivation", owns_air_conditioner=True) == ("eligible", ("R-O-01",))


@pytest.mark.req("R-IDN-22")
@pytest.mark.parametrize("area", ["rural", "urban"])
@pytest.mark.parametrize(
    ("employer", "kind", "excluded"),
    [
        ("government_of_india", "regular", True),
        ("state_government", "regular", True),
        ("union_territory", "regular", True),
        ("board", "regular", True),
        ("corporation", "regular", True),
        ("enterprise", "regular", True),
        ("undertaking", "regular", True),
        ("autonomous_body", "regular", True),
        ("authority", "regular", True),
        ("university", "regular", True),
        ("municipal_corporation", "regular", True),
        ("municipal_council", "regular", True),
        ("municipal_committee", "regular", True),
        ("improvement_trust", "regular", True),
        ("state_government", "contractual", False),
        ("university", "work_charged", False),
        ("municipal_committee", "daily_wager", False),
        ("state_government", "pensioner", False),
        ("private", "regular", False),
    ],
)
def test_a_regular_employee_of_the_government_or_its_bodies_excludes(area, employer, kind, excluded):
    people = [{"employer": "private", "kind": "regular"}, {"employer": employer, "kind": kind}]
    code = {"rural": "R-X-09", "urban": "U-X-08"}[area]
    assert (result(area, homeless=True, members_employment=people) == ("excluded", (code,))) is excluded


@pytest.mark.req("R-IDN-36")
def test_a_card_that_meets_an_exclusion_goes_to_a_review_and_keeps_serving():
    facts = {"area": "rural", "owns_motorised_four_wheeler": True}
    found = decide(facts | {"existing_card": "CBPL"}, state="IN-HR", on=ON)
    assert (found.result, found.matched, found.card_keeps_serving) == ("review", ("R-X-06",), True)
    assert [one.code for one in found.reasons] == [
        "criterion_excludes",
        "exclusion_goes_first",
        "card_under_review",
    ]
    fresh = decide(facts | {"existing_card": "none", "homeless": True}, state="IN-HR", on=ON)
    assert (fresh.result, fresh.card_keeps_serving) == ("excluded", False)


def test_a_family_on_an_apl_card_is_judged_as_any_other():
    assert result("rural", existing_card="APL", homeless=True) == ("eligible", ("R-I-03",))
    assert result("rural", existing_card="APL", income_tax_payer=True) == ("excluded", ("R-X-01",))


@pytest.mark.parametrize(
    ("land", "near"),
    [
        ({"land_acres": "4.941999"}, False),
        ({"land_acres": "4.942"}, True),
        ({"land_acres": 4.95}, True),
        ({"land_acres": 5}, True),
        ({"land_acres": "5.000001"}, False),
        ({"land_hectares": "2.0"}, True),
        ({"land_hectares": "1.9999"}, False),
        ({}, False),
    ],
)
def test_land_between_the_two_limits_of_the_order_is_marked(land, near):
    assert decide({"area": "rural", **land}, state="IN-HR", on=ON).near_limit is near


def test_hectares_are_compared_as_acres_without_rounding():
    found = decide({"area": "rural", "land_hectares": 2.0}, state="IN-HR", on=ON)
    assert found.converted == {"land_acres": Decimal("4.94210")}
    both = decide({"area": "rural", "land_acres": 6, "land_hectares": 1}, state="IN-HR", on=ON)
    assert (both.matched, both.converted) == (("R-X-05",), {})


def test_what_nobody_told_is_named_and_not_taken_as_no():
    found = decide({"area": "urban", "homeless": True}, state="IN-HR", on=ON)
    assert found.result == "eligible"
    assert found.untold[:2] == ("income_tax_payer", "vat_assessee")
    assert found.reasons[-1].code == "not_everything_told"
    half = decide({"area": "rural", "members_employment": [{"employer": "university"}]}, state="IN-HR", on=ON)
    assert "members_employment" in half.untold


def test_an_exclusion_leaves_only_the_card_open():
    found = decide({"area": "rural", "income_tax_payer": True}, state="IN-HR", on=ON)
    assert (found.undecided, found.untold) == (("review",), ("existing_card",))


def test_a_family_is_asked_only_what_the_rules_of_its_area_use():
    rural = {one.fact.name for one in questions("IN-HR", "rural", on=ON)}
    urban = {one.fact.name for one in questions("IN-HR", "urban", on=ON)}
    assert rural - urban == {
        "landless_agricultural_labourer",
        "registered_enterprise",
        "owns_agricultural_four_wheeler",
    }
    assert urban - rural == {
        "katcha_house",
        "owns_air_conditioner",
        "house_plot_sq_yd",
        "flat_super_area_sq_ft",
        "local_body",
    }
    incomes = next(one for one in questions("IN-HR", "rural", on=ON) if one.fact.name == "main_income")
    assert [one.code for one in incomes.choices][-2:] == ["begging_charity_alms", "something_else"]


def test_every_criterion_says_its_sentence_in_three_languages():
    law = eligibility.eligibility("IN-HR")
    said = [law.sentence(row) for row in law.rows]
    assert len(said) == 54
    assert all(one.en and one.hi and one.bn and "{" not in one.en + one.hi + one.bn for one in said)
    assert law.sentence(row_of("R-O-01")).en == "The family's main source of income: Cultivation."


def row_of(code) -> Criterion:
    return next(row for row in eligibility.eligibility("IN-HR").rows if row.code == code)


@pytest.mark.req("R-IDN-24")
def test_an_order_adds_an_exclusion_from_its_first_day_with_its_reference(tmp_path):
    (tmp_path / "haryana").mkdir()
    for name in ("about.yaml", "eligibility.yaml"):
        (tmp_path / "haryana" / name).write_text((PACKS / "haryana" / name).read_text())
    law = tmp_path / "haryana" / "eligibility.yaml"
    law.write_text(
        law.read_text()
        + """
  - id: hr.eligibility.urban.x10.order_12
    code: U-X-10
    area: urban
    group: exclusion
    order: Order 12/2016
    test: {fact: katcha_house, test: is, value: false}
    sentence: {en: The house is pucca., hi: मकान पक्का है।, bn: বাড়ি পাকা।}
    from: 2016-03-01
    to: null
    basis: stated
    source: {file: order_12.txt, quotation: those in pucca houses}
"""
    )
    pucca = {"homeless": True, "katcha_house": False}
    with with_folders(tmp_path):
        assert result("urban", on=date(2016, 2, 29), **pucca) == ("eligible", ("U-I-04",))
        found = decide({"area": "urban", **pucca}, state="IN-HR", on=date(2016, 3, 1))
    assert (found.result, found.matched) == ("excluded", ("U-X-10",))
    assert (found.reasons[0].facts["order"], found.reasons[0].source.quotation) == (
        "Order 12/2016",
        "those in pucca houses",
    )
    assert result("urban", on=date(2016, 3, 1), **pucca) == ("eligible", ("U-I-04",))


@pytest.mark.parametrize(
    ("facts", "state", "on", "code"),
    [
        ({"area": "rural"}, "IN-HR", date(2013, 9, 9), "before_first_rule"),
        ({"area": "hill"}, "IN-HR", ON, "area_without_list"),
        ({}, "IN-HR", ON, "area_without_list"),
        ({"area": "rural"}, "IN-WB", ON, "no_eligibility_rules"),
        ({"area": "rural"}, "IN-ZZ", ON, "unknown_jurisdiction"),
        ({"area": "rural", "land_acres": "-1"}, "IN-HR", ON, "fact_not_usable"),
        ({"area": "rural", "land_acres": "much"}, "IN-HR", ON, "fact_not_usable"),
        ({"area": "rural", "land_acres": True}, "IN-HR", ON, "fact_not_usable"),
        ({"area": "rural", "annual_income": "1.0000001"}, "IN-HR", ON, "fact_not_usable"),
        ({"area": "rural", "annual_income": 10**12}, "IN-HR", ON, "fact_not_usable"),
        ({"area": "rural", "homeless": "maybe"}, "IN-HR", ON, "fact_not_usable"),
        ({"area": "rural", "main_income": 7}, "IN-HR", ON, "fact_not_usable"),
        ({"area": "rural", "members_employment": 7}, "IN-HR", ON, "fact_not_usable"),
    ],
)
def test_what_cannot_be_answered_is_refused(facts, state, on, code):
    with pytest.raises(Refused) as refused:
        decide(facts, state=state, on=on)
    assert refused.value.code == code
