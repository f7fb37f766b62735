"""The worked examples beside the project, read from their file where it is there."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from rasad.policy import relief
from rasad.policy.entitlements import entitlement
from rasad.values.month import Month
from rasad.values.quantities import grams, paise
from rasad.values.refused import Refused

FILE = Path(__file__).parents[3] / "shared" / "examples" / "worked_examples.yaml"
GROUPS = yaml.safe_load(FILE.read_text())["groups"] if FILE.is_file() else {}
CASES = {case["id"]: case for group in ("drt", "haryana_entitlement") for case in GROUPS.get(group, [])}
DRT = relief.scheme("drt_2020")


def case(name):
    if name not in CASES:
        pytest.skip("not possible on this machine: the worked examples are not beside the project")
    return CASES[name]["given"], CASES[name]["expect"]


def wheat(members, month):
    due = relief.due(DRT, members=members, month=month)
    return next(line.quantity for line in due.lines if line.commodity == "wheat")


@pytest.mark.parametrize("name", ["E-34", "E-36", "E-38"])
def test_what_is_due_to_a_regular_card(name):
    given, expect = case(name)
    month = Month.parse(given["month"])
    due = entitlement(given["category"], members=given["members"], month=month, state=given["jurisdiction"])
    assert [(line.commodity, line.quantity, line.price_per_kg, line.amount) for line in due.lines] == [
        (commodity, grams(kg), paise(price), paise(amount))
        for commodity, kg, price, amount in expect["lines"]
    ]
    assert due.amount == paise(expect["total"])


@pytest.mark.req("R-DRT-01", "R-DRT-02")
def test_e88_an_apl_family_gets_a_token_with_months_and_wheat():
    given, expect = case("E-88")
    months = relief.months_for(DRT, date.fromisoformat(given["on"]))
    assert relief.screen(DRT, given["source"], {"card_category": given["card"]}) is None
    assert relief.is_barred_by(DRT, given["card"]) is False
    assert [str(month) for month in months] == expect["months"]
    assert wheat(given["members"], months[0]) == grams(expect["entitlement"]["wheat_kg_per_month"])
    assert relief.completion(DRT, "1204").state == "shop_assigned"


def test_e90_an_application_not_verified_gets_no_token():
    given, expect = case("E-90")
    found = relief.screen(DRT, given["source"], {"verified": given["verified_by_district_administration"]})
    assert (found is None, found.reason) == (expect["token"], "not_verified")


def test_e92_a_family_that_did_not_opt_for_ration_gets_no_token():
    given, expect = case("E-92")
    row = {"ration_option": given["option"], "forwarded": given["forwarded"]}
    found = relief.screen(DRT, given["source"], row)
    assert (found is None, found.reason) == (expect["token"], "ration_not_opted")


def test_e94_a_forwarded_request_without_a_card_gets_a_token():
    given, expect = case("E-94")
    assert (relief.screen(DRT, given["source"], {"forwarded": given["forwarded"]}) is None) == expect["token"]
    assert wheat(given["members"], Month(2020, 5)) == grams(expect["wheat_kg_per_month"])


def test_e96_a_token_without_a_shop_waits_in_the_queue_of_the_district():
    _, expect = case("E-96")
    found = relief.completion(DRT, None)
    assert found.state == expect["state"]
    assert found.queue.en == "District Food and Supplies Controller of the district"


def test_e98_a_token_in_july_is_refused():
    given, expect = case("E-98")
    on = date.fromisoformat(given["on"])
    with pytest.raises(Refused) as refused:
        relief.draw(DRT, months=DRT.months, assigned_shop="S1", shop="S1", on=on)
    assert (refused.value.code, expect["allowed"]) == ("token_outside_its_months", False)
    assert relief.state_on(DRT, "in_use", on=on) == "expired"


def test_e100_a_token_at_another_shop_is_refused_naming_its_own():
    given, _ = case("E-100")
    shops = {"assigned_shop": given["assigned_shop"], "shop": given["presented_at"]}
    with pytest.raises(Refused) as refused:
        relief.draw(DRT, months=DRT.months, on=date(2020, 5, 2), **shops)
    assert (refused.value.code, refused.value.facts["assigned_shop"]) == ("token_other_shop", "S1")
