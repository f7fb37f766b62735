"""What was ended wrongly goes on, and the months that were missed are sold at the counter at their own price."""

from datetime import date, datetime

import pytest

from rasad import wiring
from rasad.counter import verify as sealed
from rasad.ledger import verify
from rasad.ledger.models import Account
from rasad.oversight.actions import orders
from rasad.oversight.models import Arrear
from rasad.registry.families import family
from rasad.registry.models import Membership
from rasad.values.refused import Refused
from tests.cast import client_of
from tests.counter import cast
from tests.oversight.cast import after, ordered, proposed

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime(2026, 9, 5, 12, 0, tzinfo=wiring.INDIA)


def restored(case, officers, at=SEPTEMBER):
    return orders.restore(case=case, why="The family lives there", by=officers.kavita, at=at)


def left(shown):
    return {one.key: (one.left, one.price) for one in shown.offers}


@pytest.mark.req("R-BOG-10")
def test_card_goes_on_with_what_it_missed(ashas, officers, world):
    case = ordered(officers)

    made = restored(case, officers)

    assert {(one.month, one.commodity, one.quantity, one.price) for one in made} == {
        ("2026-07", "wheat", 15_000, 200), ("2026-07", "pulses", 2_500, 2_000),
        ("2026-08", "wheat", 15_000, 200), ("2026-08", "pulses", 2_500, 2_000),
    }  # fmt: skip
    assert family(cast.CARD, on=date(2026, 7, 15)).category == "OPH"
    key = f"arrears_2026_07_{case.pk}"
    shown = cast.visit(when=SEPTEMBER)
    assert left(shown) == {
        "wheat": (15_000, 200), "pulses": (2_500, 2_000),
        f"wheat_{key}": (15_000, 200), f"pulses_{key}": (2_500, 2_000),
        f"wheat_arrears_2026_08_{case.pk}": (15_000, 200), f"pulses_arrears_2026_08_{case.pk}": (2_500, 2_000),
    }  # fmt: skip
    assert shown.offers[2].name.en == "Wheat, missed in July 2026"


def test_what_was_missed_is_sold_once_and_does_not_lapse(ashas, officers, world):
    case = ordered(officers)
    restored(case, officers)
    key = f"wheat_arrears_2026_07_{case.pk}"
    shown = cast.visit(when=SEPTEMBER)
    cast.unauthenticated(shown)

    receipt = cast.sell(shown, when=SEPTEMBER, wheat=15_000, **{key: 10_000})

    assert receipt.amount == 5_000
    october = cast.visit(when=datetime(2026, 10, 5, 12, 0, tzinfo=wiring.INDIA))
    assert (left(october)["wheat"], left(october)[key]) == ((15_000, 200), (5_000, 200))
    cast.unauthenticated(october)
    with pytest.raises(Refused, match="more_than_left"):
        cast.sell(october, **{key: 6_000})
    cast.sell(october, **{key: 5_000})
    assert left(cast.visit(when=datetime(2026, 11, 5, 12, 0, tzinfo=wiring.INDIA)))[key] == (0, 200)
    assert verify.verify().findings == ()
    assert sealed.verify().findings == ()
    assert Account.objects.filter(month="", part__startswith="arrears_").count() == 4


def test_browser_shows_and_sells_what_was_missed(ashas, officers, ravi, world, monkeypatch):
    from tests.counter.at_pages import passed, words

    case = ordered(officers)
    restored(case, officers)
    monkeypatch.setattr(wiring, "now", lambda: SEPTEMBER)
    counter = client_of(ravi)

    visit = passed(counter)
    assert "Wheat, missed in July 2026" in words(counter.get(f"{visit}/quantities"))
    sold = counter.post(f"{visit}/quantities", {f"wheat_arrears_2026_07_{case.pk}": "15", "sell": "1"})
    page = words(counter.get(sold.url))
    assert "15 kg" in page
    assert "missed in July 2026" in page


def test_member_left_out_wrongly_is_owed_the_difference(ashas, officers, world):
    chanda = Membership.objects.get(household__cards__number=cast.CARD, line=3)
    case = ordered(officers, membership=chanda, ground="dead")
    july = cast.visit(when=datetime(2026, 7, 5, 12, 0, tzinfo=wiring.INDIA))
    assert left(july)["wheat"] == (10_000, 200)
    cast.unauthenticated(july)
    cast.sell(july, wheat=10_000, pulses=2_500)

    made = restored(case, officers, at=datetime(2026, 8, 5, 12, 0, tzinfo=wiring.INDIA))

    assert [(one.month, one.commodity, one.quantity) for one in made] == [("2026-07", "wheat", 5_000)]


def test_category_changed_wrongly_gives_way_to_the_one_before(ashas, officers, world):
    case = ordered(officers, to_category="APL", ground="exclusion")

    made = restored(case, officers)

    assert {one.month for one in made} == {"2026-07", "2026-08"}
    assert family(cast.CARD, on=date(2026, 8, 1)).category == "APL"
    assert family(cast.CARD, on=SEPTEMBER.date()).category == "OPH"


def test_restored_before_the_end_has_missed_nothing(ashas, officers):
    case = ordered(officers)

    assert restored(case, officers, at=after(18)) == []
    assert family(cast.CARD, on=date(2026, 8, 1)).category == "OPH"
    assert not Arrear.objects.exists()


def test_who_proposed_does_not_restore_and_nothing_is_restored_twice(ashas, officers):
    case = ordered(officers)

    with pytest.raises(Refused, match="order_by_another"):
        orders.restore(case=case, why="x", by=officers.meena, at=SEPTEMBER)
    restored(case, officers)
    with pytest.raises(Refused, match="case_not_so_far"):
        restored(case, officers)


def test_nothing_is_restored_before_it_was_ordered(ashas, officers):
    with pytest.raises(Refused, match="case_not_so_far"):
        restored(proposed(officers), officers)
