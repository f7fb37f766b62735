"""A sale taken back by its dealer on its day: everything moves back, nothing is deleted, the journal says why."""

import pytest

from rasad.counter import selling
from rasad.counter.models import Reversal, Sale
from rasad.journal.models import Entry
from rasad.ledger.models import Account, Transfer
from rasad.values.refused import Refused
from tests.counter import cast, guests


@pytest.fixture
def sold(ashas, world):
    """Asha's family took all of its month."""
    shown = cast.visit()
    cast.unauthenticated(shown)
    cast.sell(shown, wheat=15_000, pulses=2_500)
    return Sale.objects.get()


def reverse(sale, *, reason="The wrong family's card", at=cast.NOON):
    return selling.reverse(sale, reason=reason, by="ravi", at=at)


def no_of(*given, **more):
    with pytest.raises(Refused) as no:
        reverse(*given, **more)
    return no.value.code


def balances():
    return {
        (one.kind, one.commodity): (one.received, one.given)
        for one in Account.objects.filter(kind__in=["stock", "entitlement"]).exclude(commodity="rice")
    }


def test_everything_moves_back_and_the_card_may_lift_again(sold):
    reverse(sold)

    assert balances() == {
        ("stock", "wheat"): (cast.PLENTY + 15_000, 15_000),
        ("stock", "pulses"): (cast.PLENTY + 2_500, 2_500),
        ("entitlement", "wheat"): (15_000, 15_000),
        ("entitlement", "pulses"): (2_500, 2_500),
    }
    assert [(one.key, one.left) for one in cast.visit().offers] == [("wheat", 15_000), ("pulses", 2_500)]


def test_nothing_is_deleted_and_each_move_back_names_its_sale(sold):
    made = reverse(sold)

    assert Sale.objects.count() == 1
    assert Transfer.objects.filter(document=sold.pk).count() == 3
    back = Transfer.objects.filter(document=made.document)
    assert set(back.values_list("quantity", "amount")) == {(15_000, 3_000), (2_500, 5_000), (8_000, 8_000)}
    assert (made.sale_id, made.reason, made.by) == (sold.pk, "The wrong family's card", "ravi")


def test_the_journal_says_who_and_why(sold):
    reverse(sold)

    entry = Entry.objects.get(action="sale.reversed")
    assert (entry.by, entry.reason, entry.of_key) == ("ravi", "The wrong family's card", str(sold.pk))
    assert entry.facts == {"shop": cast.RAVIS, "amount": 8_000}


def test_sale_is_taken_back_once(sold):
    reverse(sold)

    assert no_of(sold) == "sale_taken_back_already"
    assert Reversal.objects.count() == 1


def test_reason_is_needed(sold):
    assert no_of(sold, reason="  ") == "reversal_needs_reason"


def test_sale_is_taken_back_until_midnight_of_its_day_in_india(sold):
    assert no_of(sold, at=cast.at(0, day=13)) == "sale_of_another_day"
    assert reverse(sold, at=cast.at(23, 59, 59))


def test_sale_on_the_rest_of_the_month_takes_back_its_own_part_only(ashas, world):
    for grams in (5_000, 4_000):
        shown = cast.visit()
        cast.unauthenticated(shown)
        cast.sell(shown, wheat=grams)
    first = Sale.objects.get(amount=1_000)

    reverse(first)

    assert cast.visit().offers[0].left == 11_000


def test_sale_to_a_visitor_is_its_home_states_to_give_back(ravis, world, clock):
    one = guests.guest()
    guests.finger(one, world)
    guests.sell(one, rice=6_000)

    assert no_of(Sale.objects.get()) == "visitor_sale_stands"


def test_sale_of_no_worth_is_taken_back_too(ravis, world):
    cast.card(cast.CARD, cast.person("Asha Devi"))
    shown = cast.visit()
    cast.sell(shown, wheat=1)

    assert Sale.objects.get().amount == 0
    reverse(Sale.objects.get())
    assert cast.visit().offers[0].left == 5_000


def test_sale_sent_again_after_it_was_taken_back_is_no_sale(ashas, world):
    """A device that lost the answer asks again: a receipt would have the grain handed over off the books."""
    shown = cast.visit()
    cast.unauthenticated(shown)
    asked = cast.asked(shown, wheat=15_000)
    selling.post(asked, at=cast.NOON)
    reverse(Sale.objects.get())

    with pytest.raises(Refused) as refused:
        selling.post(asked, at=cast.NOON)

    assert refused.value.code == "sale_was_taken_back"
    assert cast.visit().offers[0].left == 15_000
