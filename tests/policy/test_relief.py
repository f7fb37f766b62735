from datetime import date
from pathlib import Path

import pytest

from rasad.policy import relief
from rasad.policy.entitlements import entitlement
from rasad.values.month import Month
from rasad.values.refused import Refused

APRIL, MAY, JUNE = Month(2020, 4), Month(2020, 5), Month(2020, 6)
DRT = relief.scheme("drt_2020")
FLOOD = relief.load_scheme(Path(__file__).parent / "flood_2023.yaml")


def refused(call, *given, **named):
    with pytest.raises(Refused) as found:
        call(*given, **named)
    return found.value


def draw(on, *, shop="1204", months=(APRIL, MAY, JUNE), assigned="1204"):
    return relief.draw(DRT, months=months, assigned_shop=assigned, shop=shop, on=on)


@pytest.mark.req("R-DRT-01")
def test_a_token_has_the_months_from_its_month_of_issue_on():
    assert relief.months_for(DRT, date(2020, 3, 28)) == (APRIL, MAY, JUNE)
    assert relief.months_for(DRT, date(2020, 4, 30)) == (APRIL, MAY, JUNE)
    assert relief.months_for(DRT, date(2020, 5, 1)) == (MAY, JUNE)
    assert relief.months_for(DRT, date(2020, 6, 30)) == (JUNE,)
    assert refused(relief.months_for, DRT, date(2020, 7, 1)).code == "scheme_over"


@pytest.mark.req("R-DRT-02")
def test_a_token_is_due_what_an_oph_card_is_due_and_says_why():
    due = relief.due(DRT, members=4, month=MAY)
    assert due.lines == entitlement("OPH", members=4, month=MAY).lines
    assert [(one.commodity, one.quantity, one.amount) for one in due.lines] == [
        ("wheat", 20000, 0),
        ("pulses", 2500, 0),
    ]
    assert due.reasons[0].source.quotation.startswith(
        "with the entitlement of Other Priority Household (OPH)"
    )


@pytest.mark.req("R-DRT-01")
def test_nothing_is_due_on_a_token_outside_its_months():
    assert refused(relief.due, DRT, members=4, month=Month(2020, 7)).code == "token_outside_its_months"


def test_a_token_in_its_month_at_its_shop_is_drawn_and_names_both_rules():
    month, reasons = draw(date(2020, 5, 2))
    assert month == MAY
    assert [reason.row for reason in reasons] == ["drt_2020.validity", "drt_2020.shop"]


@pytest.mark.req("R-DRT-19")
def test_a_token_outside_its_months_is_refused_with_the_reason():
    no = refused(draw, date(2020, 7, 1))
    assert no.code == "token_outside_its_months"
    assert no.facts["months"] == ("2020-04", "2020-05", "2020-06")
    assert no.facts["quotation"] == "only valid for 3 Months i.e. April, May and June 2020"
    assert (no.facts["helpline"], no.facts["until"]) == ("1967", date(2020, 6, 30))


def test_a_token_issued_in_may_is_not_yet_valid_in_april():
    no = refused(draw, date(2020, 4, 20), months=(MAY, JUNE))
    assert (no.code, no.facts["opens"]) == ("token_not_yet_valid", date(2020, 5, 1))


@pytest.mark.req("R-DRT-19")
def test_a_token_at_another_shop_is_refused_naming_its_own():
    no = refused(draw, date(2020, 5, 2), shop="7777")
    assert (no.code, no.facts["assigned_shop"]) == ("token_other_shop", "1204")
    assert no.facts["complaint_to"].en == "District Food and Supplies Controller"


def test_a_token_without_a_shop_is_refused_naming_whose_queue_it_is_in():
    no = refused(draw, date(2020, 5, 2), assigned="")
    assert no.code == "token_awaits_shop"
    assert no.facts["queue"].en == "District Food and Supplies Controller of the district"


@pytest.mark.parametrize("state", ["awaiting_shop", "shop_assigned", "published", "delivered", "in_use"])
@pytest.mark.req("R-DRT-20")
def test_a_token_expires_at_the_end_of_the_last_day(state):
    assert relief.state_on(DRT, state, on=date(2020, 6, 30)) == state
    assert relief.state_on(DRT, state, on=date(2020, 7, 1)) == "expired"


def test_a_cancelled_token_stays_cancelled():
    assert relief.state_on(DRT, "cancelled", on=date(2020, 7, 1)) == "cancelled"


def test_a_token_without_a_shop_goes_to_the_queue_of_the_district():
    assert relief.completion(DRT, "1204") == relief.Completion("shop_assigned", None)
    assert relief.completion(DRT, None).state == "awaiting_shop"


SCREENED = [
    ("MMPSY", {"card_category": "APL"}, None),
    ("MMPSY", {"card_category": "BPL"}, ("refused", "not_apl_card")),
    ("MMPSY", {"card_category": None}, ("refused", "not_apl_card")),
    ("SARAL", {"verified": True}, None),
    ("SARAL", {"verified": False}, ("in_review", "not_verified")),
    ("SARAL", {"verified": None}, ("in_review", "not_verified")),
    ("LOCAL_COMMITTEE", {"ration_option": "ration", "forwarded": True}, None),
    ("LOCAL_COMMITTEE", {"ration_option": "ration", "forwarded": False}, ("in_review", "not_forwarded")),
    (
        "LOCAL_COMMITTEE",
        {"ration_option": "cooked_food", "forwarded": False},
        ("refused", "ration_not_opted"),
    ),
    ("CM_TWITTER", {"forwarded": True}, None),
    ("CM_TWITTER", {"forwarded": False}, ("in_review", "not_forwarded")),
]


@pytest.mark.parametrize(("source", "row", "outcome"), SCREENED)
def test_a_row_is_screened_by_the_conditions_of_its_source(source, row, outcome):
    found = relief.screen(DRT, source, row)
    assert (found and (found.outcome, found.reason)) == outcome


def test_only_cards_of_free_categories_bar_a_family():
    assert [code for code in ("AAY", "CBPL", "SBPL", "OPH", "APL") if relief.is_barred_by(DRT, code)] == [
        "AAY",
        "CBPL",
        "SBPL",
        "OPH",
    ]


@pytest.mark.req("R-DRT-22")
def test_another_emergency_is_another_file():
    assert FLOOD.months == (Month(2023, 7), Month(2023, 8))
    assert [source.code for source in FLOOD.sources][-1] == "RELIEF_CAMP"
    assert relief.months_for(FLOOD, date(2023, 8, 5)) == FLOOD.months
    due = relief.due(FLOOD, members=9, month=Month(2023, 8))
    assert [(one.quantity, one.price_per_kg) for one in due.lines] == [(35000, 200), (2500, 2000)]
    assert FLOOD.grey_zone.rule == "hold"


@pytest.mark.req("R-DRT-22")
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"water_depth_cm": 30, "reached_on": date(2023, 7, 31)}, None),
        ({"water_depth_cm": 29, "reached_on": date(2023, 7, 31)}, "not_flooded"),
        ({"water_depth_cm": 30, "reached_on": date(2023, 8, 1)}, "came_too_late"),
    ],
)
def test_the_conditions_of_another_emergency_are_read_from_its_file(row, reason):
    found = relief.screen(FLOOD, "RELIEF_CAMP", row)
    assert (found and found.reason) == reason


def test_a_scheme_that_opens_within_a_month_refuses_the_days_before():
    days = {"months": FLOOD.months, "assigned_shop": "1204", "shop": "1204"}
    no = refused(relief.draw, FLOOD, **days, on=date(2023, 7, 11))
    assert (no.code, no.facts["opens"]) == ("token_not_yet_valid", date(2023, 7, 12))
    assert relief.draw(FLOOD, **days, on=date(2023, 7, 12))[0] == Month(2023, 7)


def test_the_published_count_is_held():
    assert [(one.tokens_more_than, one.as_on) for one in DRT.statistics] == [(373222, date(2020, 5, 15))]


def test_an_unknown_scheme_is_refused_naming_those_there_are():
    no = refused(relief.scheme, "drt_1999")
    assert (no.code, no.facts["known"]) == ("unknown_scheme", "drt_2020")
