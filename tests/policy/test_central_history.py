"""What the Centre allotted and charged, day by day."""

from datetime import date
from decimal import Decimal

import pytest

from rasad.policy.central import issue_prices, scales_of_issue
from rasad.policy.history import (
    check_scale,
    due_under_act,
    issue_price,
    lakh_tonnes,
    rpds_price,
    scale_on,
    scales_on,
    share,
    state_pays,
)
from rasad.values.refused import Refused


def code(call, *given, **more):
    with pytest.raises(Refused) as refused:
        call(*given, **more)
    return refused.value.code


@pytest.mark.req("R-HIS-12")
@pytest.mark.parametrize(
    ("on", "kg"),
    [
        (date(1997, 6, 1), 10), (date(2000, 3, 31), 10), (date(2000, 4, 1), 20), (date(2001, 6, 30), 20),
        (date(2001, 7, 1), 25), (date(2002, 3, 31), 25), (date(2002, 4, 1), 35), (date(2012, 1, 1), 35),
    ],
)  # fmt: skip
def test_the_bpl_scale_by_date(on, kg):
    assert scale_on("BPL", on).grams_for(1) == kg * 1000


@pytest.mark.req("R-HIS-13")
def test_the_antyodaya_scale_by_date():
    days = [date(2000, 12, 1), date(2002, 3, 31), date(2002, 4, 1)]
    assert [scale_on("AAY", on).grams_for(6) for on in days] == [25000, 25000, 35000]
    assert code(scale_on, "AAY", date(2000, 11, 30)) == "before_first_rule"


@pytest.mark.req("R-HIS-14")
def test_apl_has_a_central_scale_from_april_2002_and_no_other():
    assert scale_on("APL", date(2002, 4, 1)).id == "in.scale.apl.4"
    assert code(scale_on, "APL", date(2002, 3, 31)) == "before_first_rule"
    assert len([row for row in scales_of_issue() if row.applies.category == "APL"]) == 1


@pytest.mark.req("R-HIS-06")
def test_rows_of_the_act_stand_beside_the_older_ones():
    assert [row.id for row in scales_on("AAY", date(2013, 9, 9))] == ["in.scale.aay.2"]
    assert [row.id for row in scales_on("AAY", date(2013, 9, 10))] == ["in.scale.aay.2", "in.scale.nfsa.aay"]
    assert code(scale_on, "PHH", date(2013, 9, 9)) == "before_first_rule"


@pytest.mark.req("R-HIS-16")
@pytest.mark.parametrize(
    ("commodity", "prices"), [("rice", ("8.30", "5.65", "3.00")), ("wheat", ("6.10", "4.15", "2.00"))]
)
def test_the_issue_prices_of_2005(commodity, prices):
    told = [issue_price(category, commodity, date(2005, 6, 1)).value for category in ("APL", "BPL", "AAY")]
    assert told == [Decimal(price) for price in prices]


@pytest.mark.req("R-HIS-17")
def test_the_issue_prices_begin_in_the_months_they_were_fixed_in():
    first = {row.applies.category: (row.first_day, row.precision, row.last_day) for row in issue_prices()}
    assert first == {
        "APL": (date(2002, 7, 1), "month", None),
        "BPL": (date(2000, 7, 1), "month", None),
        "AAY": (date(2000, 12, 1), "month", None),
    }
    assert code(issue_price, "APL", "rice", date(2002, 6, 30)) == "before_first_rule"
    assert code(issue_price, "BPL", "sugar", date(2005, 6, 1)) == "no_issue_price"


def test_the_state_pays_the_issue_price_of_the_day():
    paid, reason = state_pays("BPL", "wheat", 35000, date(2005, 6, 1))
    assert (paid, reason.row) == (14525, "in.cip.wheat.bpl")
    assert issue_price("PHH", "wheat", date(2013, 9, 10)).id == "in.nfsa.wheat"


@pytest.mark.req("R-HIS-03")
def test_rpds_grain_was_fifty_paise_below_the_issue_price_and_at_most_twenty_kilograms():
    assert rpds_price(500, date(1992, 6, 1))[0] == 450
    assert code(rpds_price, 500, date(1997, 6, 1)) == "scale_ended"
    assert code(rpds_price, 500, date(1992, 5, 31)) == "before_first_rule"
    assert check_scale("RPDS_CARD", 20000, date(1993, 5, 1)).is_at_most
    assert code(check_scale, "RPDS_CARD", 20001, date(1993, 5, 1)) == "above_scale"


@pytest.mark.req("R-ENT-03")
def test_the_act_gives_priority_households_five_kilograms_a_person_at_three_two_and_one():
    told = due_under_act("PHH", members=4, on=date(2013, 9, 10))
    assert (told.foodgrain, told.prices) == (20000, {"rice": 300, "wheat": 200, "coarse_grain": 100})
    assert code(due_under_act, "PHH", members=4, on=date(2013, 9, 9)) == "before_first_rule"
    assert code(due_under_act, "APL", members=4, on=date(2014, 1, 1)) == "not_under_act"


@pytest.mark.req("R-ENT-04")
@pytest.mark.parametrize("members", [1, 5, 12])
def test_the_act_gives_antyodaya_35_kilograms_whatever_the_members(members):
    assert due_under_act("AAY", members=members, on=date(2014, 1, 1)).foodgrain == 35000


def test_the_programme_s_own_sums_come_out():
    assert lakh_tonnes(Decimal(6 * 10**7), Decimal(10), 12) == 72
    assert lakh_tonnes(Decimal("242.646") * 100_000, Decimal(35)) == Decimal("8.49261")
    assert [str(share(Decimal(part), Decimal("652.03"))) for part in (150, 200, 250)] == [
        "23.01",
        "30.67",
        "38.34",
    ]
