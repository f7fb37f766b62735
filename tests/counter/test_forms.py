"""What is typed at the counter: alternatives of a choice, digits of every script, amounts."""

import pytest

from rasad.counter.dues import Offer
from rasad.counter.forms import Quantities, thousandths
from rasad.counter.sold import lines_to_type
from rasad.policy.rows import Text

ATTA, WHEAT, OIL = "atta", "wheat", "mustard_oil"


def offer(key, **given):
    told = {
        "key": key, "commodity": key, "name": Text(en=key, hi=key, bn=key), "allocation": "NFSA", "unit": "g",
        "price": 250, "full": 5_000, "left": 5_000, "in_stock": 90_000, "most": 5_000, "entitlement": 1, "stock": 2,
    }  # fmt: skip
    return Offer(**(told | given))


CHOICE = (
    offer(ATTA, choice_group="grain"),
    offer(WHEAT, choice_group="grain"),
    offer(OIL, unit="ml", left=1_000),
)


def test_two_alternatives_of_a_choice_are_refused_at_both_fields(db):
    form = Quantities({ATTA: "1", WHEAT: "2"}, offers=CHOICE)

    assert not form.is_valid()
    assert set(form.errors) == {ATTA, WHEAT}


def test_parts_of_one_alternative_go_together(db):
    both = (*CHOICE, offer("wheat_topup", commodity=WHEAT, choice_group="grain"))
    form = Quantities({WHEAT: "1", "wheat_topup": "2"}, offers=both)

    groups = lines_to_type(both, Quantities(None, offers=both), typed={}, filled="1")
    part = lines_to_type(
        both, Quantities(None, offers=both), typed={WHEAT: "2", ATTA: "1"}, filled="wheat_topup"
    )

    assert form.is_valid()
    assert filled(groups) == {ATTA: "5", WHEAT: "", "wheat_topup": "", OIL: "1"}
    assert filled(part) == {ATTA: "", WHEAT: "2", "wheat_topup": "5", OIL: ""}


def filled(groups):
    return {line.offer.key: line.value for _group, lines in groups for line in lines}


def test_one_alternative_with_oil_is_priced_to_the_paisa():
    form = Quantities({WHEAT: "1.333", OIL: "0.5"}, offers=CHOICE)

    assert form.is_valid()
    assert form.lines == {WHEAT: 1_333, OIL: 500}
    assert [amount for _offer, _quantity, amount in form.priced()] == [333, 125]


def test_alternative_that_was_not_chosen_this_month_has_no_field():
    barred = offer(ATTA, choice_group="grain", is_barred=True, left=0)

    form = Quantities({ATTA: "1", WHEAT: "1"}, offers=(barred, CHOICE[1]))

    assert form.is_valid()
    assert form.lines == {WHEAT: 1_000}


@pytest.mark.parametrize(
    ("filled", "values"),
    [("1", {ATTA: "5", WHEAT: "", OIL: "1"}), (WHEAT, {ATTA: "", WHEAT: "5", OIL: "0.25"})],
)
def test_all_of_it_fills_one_alternative_and_empties_the_other(filled, values):
    typed = {ATTA: "2", OIL: "0.25"} if filled == WHEAT else {}

    groups = lines_to_type(CHOICE, Quantities(None, offers=CHOICE), typed=typed, filled=filled)

    assert {line.offer.key: line.value for _group, lines in groups for line in lines} == values


@pytest.mark.parametrize(
    ("typed", "grams"),
    [("", 0), (" ", 0), ("२.५", 2_500), ("২.৫", 2_500), ("0.001", 1), (".5", 500), ("5.", 5_000)],
)
def test_number_in_every_script_is_read(typed, grams):
    assert thousandths(typed) == grams
