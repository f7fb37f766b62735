"""What a family can ask for, which days bind it in each State, who is head, and how cards are told apart."""

from datetime import date

import pytest

from rasad.policy.card_requests import card_request, card_requests, head_of, period_of
from rasad.policy.cards import colour_of
from rasad.values.refused import Refused

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("request_", "haryana", "himachal"),
    [
        ("new_card", "new_card", "new_card"),
        ("duplicate_card", "duplicate_card", ""),
        ("member_inclusion", "member_inclusion", "member_inclusion"),
        ("address_change", "address_change_same_jurisdiction", "address_change_same_fps"),
        ("address_change_with_shop", "address_change_same_jurisdiction", "address_change_with_fps_change"),
        ("surrender_certificate", "", "surrender_certificate"),
        ("fresh_card_other_state", "new_card", "fresh_card_on_surrender_other_state"),
    ],
)
@pytest.mark.req("R-CRD-17")
def test_each_request_is_bound_by_the_period_of_its_state(request_, haryana, himachal):
    wanted = card_request(request_, on=ON)

    assert period_of(wanted, state="IN-HR") == haryana
    assert period_of(wanted, state="IN-HP") == himachal


def test_request_nobody_wrote_is_refused_with_those_there_are():
    with pytest.raises(Refused) as caught:
        card_request("free_lunch", on=ON)

    assert (caught.value.code, "new_card" in str(caught.value.facts["known"])) == ("unknown_service", True)
    assert len(card_requests(on=ON)) == 13


@pytest.mark.parametrize(
    ("people", "head"),
    [
        ([("M", 60), ("F", 40), ("F", 62)], 2),
        ([("M", 60), ("F", 18)], 1),
        ([("M", 60), ("F", 17)], None),
        ([("F", None), ("M", 30)], None),
        # Of two of one age the first named.
        ([("F", 40), ("F", 40)], 0),
    ],
)
def test_eldest_woman_of_eighteen_is_head(people, head):
    assert head_of(people, on=ON) == head


def test_before_the_act_no_rule_names_the_head():
    assert head_of([("F", 40)], on=date(2010, 1, 1)) is None


@pytest.mark.req("R-CRD-14", "R-CRD-15", "R-IDN-12")
def test_cards_of_the_poor_have_another_colour_and_antyodaya_its_own():
    colours = {one: colour_of(one, state="IN-HR", on=ON).name.en for one in ("AAY", "CBPL", "OPH", "APL")}

    assert colours == {"AAY": "pink", "CBPL": "yellow", "OPH": "khaki", "APL": "green"}
    assert colour_of("NO_SUCH", state="IN-HR", on=ON) is None
