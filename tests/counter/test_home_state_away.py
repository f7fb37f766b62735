"""A visitor's sale when the home State is away, before, during and after: once, and told until it has heard."""

from datetime import timedelta

import pytest

from rasad.connectors.twin import Fault
from rasad.counter import reserved, selling, visitors
from rasad.counter.asking import sale_of
from rasad.counter.models import Reservation, Sale
from rasad.ledger.models import Account, AwayLift
from rasad.values.refused import Refused
from tests.counter import cast, guests

pytestmark = pytest.mark.usefixtures("ravis", "clock")


@pytest.fixture(autouse=True)
def _nobody_waits_long(monkeypatch):
    monkeypatch.setattr(reserved, "WITHIN_SECONDS", 0.6)
    monkeypatch.setattr(visitors, "WITHIN_SECONDS", 0.6)


@pytest.fixture
def matched(world):
    """A visitor whose finger has matched."""
    one = guests.guest()
    guests.finger(one, world)
    return one


def asked(one, **grams):
    """The sale of a visit, to be posted as often as one likes."""
    offers = visitors.offers(one.visit, one.home, at=one.at)
    text = selling.issue_pass(one.visit, now=one.standing, offers=offers, at=one.at)
    return sale_of(str(one.visit.pk), text, list(grams.items()), now=0)


def no_of(act, *given, **more):
    with pytest.raises(Refused) as no:
        act(*given, **more)
    return no.value


def left_at_home(one):
    home = guests.guest(one.home.number).home
    return {line.commodity: line.left for line in home.lines}


def state():
    return Reservation.objects.get().state


def test_visit_is_not_opened_while_the_home_state_is_away(world):
    world.impds.kill()

    assert no_of(guests.guest).code == "home_state_unreachable"
    world.impds.revive()
    assert guests.guest().visit.holder == "IN-WB/190000000101"


def test_finger_is_not_tried_while_the_home_state_is_away(world):
    one = guests.guest()
    world.impds.kill()

    assert no_of(guests.finger, one, world).code == "home_state_unreachable"
    assert not one.visit.attempts.exists()


@pytest.mark.req("R-PRT-16")
def test_nothing_is_sold_that_the_home_state_has_not_reserved(world, matched):
    sale = asked(matched, rice=6_000)
    world.impds.kill()

    assert no_of(selling.post, sale, at=matched.at).code == "home_state_unreachable"

    assert (Sale.objects.count(), state()) == (0, "to_void")
    assert Account.objects.get(kind="stock", holder=cast.RAVIS, commodity="rice").given == 0
    world.impds.revive()
    assert reserved.settle_all(at=matched.at) == 1
    assert (state(), left_at_home(matched)["rice"]) == ("voided", 12_000)
    assert no_of(selling.post, sale, at=matched.at).code == "open_the_visit_again"


@pytest.mark.req("R-PRT-16")
def test_reservation_whose_answer_was_lost_is_let_go(world, matched):
    world.impds.fail(Fault.DELAY, seconds=1.0, path="reserve")

    assert no_of(guests.sell, matched, rice=6_000).code == "home_state_unreachable"
    assert left_at_home(matched)["rice"] == 6_000
    reserved.settle_all(at=matched.at)

    assert (state(), left_at_home(matched)["rice"]) == ("voided", 12_000)


@pytest.mark.req("R-PRT-16")
@pytest.mark.parametrize("fault", [Fault.CUT, Fault.TWICE, Fault.ERROR, Fault.RUBBISH])
@pytest.mark.parametrize("call", ["reserve", "post"])
def test_answer_that_is_lost_once_is_asked_for_again_and_grain_counted_once(
    world, matched, monkeypatch, fault, call
):
    monkeypatch.setattr(reserved, "WITHIN_SECONDS", 5.0)
    world.impds.fail(fault, path=call)

    guests.sell(matched, rice=6_000)

    assert (Sale.objects.count(), state(), left_at_home(matched)["rice"]) == (1, "posted", 6_000)


@pytest.mark.req("R-PRT-16")
def test_sale_stands_when_the_home_state_goes_away_after_it_reserved_and_is_told_later(world, matched, clock):
    world.impds.fail(Fault.ERROR, times=50, path="post")

    receipt = guests.sell(matched, rice=6_000)

    assert (receipt.lines[0].quantity, state()) == (6_000, "to_post")
    assert reserved.settle_all(at=clock.forward(minutes=5)) == 0
    world.impds.heal()
    assert reserved.settle_all(at=clock.forward(hours=3)) == 1
    assert (state(), Reservation.objects.get().told_at) == (
        "posted",
        cast.NOON + timedelta(hours=3, minutes=5),
    )
    assert left_at_home(matched)["rice"] == 6_000
    assert [(lift.state, lift.grams) for lift in guests.guest().home.lifts] == [("IN-HR", 6_000)]
    assert reserved.settle_all(at=clock()) == 0


@pytest.mark.req("R-PRT-16")
def test_sale_sent_again_is_the_same_sale_here_and_there(world, matched):
    sale = asked(matched, rice=6_000)
    first = selling.post(sale, at=matched.at)

    again = selling.post(sale, at=matched.at)

    assert (first.is_replay, again.is_replay, again.number) == (False, True, first.number)
    assert (Sale.objects.count(), left_at_home(matched)["rice"]) == (1, 6_000)


def test_sale_sent_again_tells_a_home_state_that_had_not_heard(world, matched):
    world.impds.fail(Fault.ERROR, times=50, path="post")
    sale = asked(matched, rice=6_000)
    selling.post(sale, at=matched.at)
    world.impds.heal()

    assert selling.post(sale, at=matched.at).is_replay
    assert state() == "posted"


@pytest.mark.req("R-PRT-14", "R-PRT-16")
def test_lift_at_home_between_offer_and_sale_is_told_and_less_may_be_asked(world, matched):
    sale = asked(matched, rice=6_000)
    world.impds.lift_at_home(guests.GUEST, "rice", 10_000)

    no = no_of(selling.post, sale, at=matched.at)

    assert (no.code, no.facts["balance"]) == ("impds_balance_changed", {"rice": 2_000})
    assert selling.post(asked(matched, rice=2_000), at=matched.at).lines[0].quantity == 2_000
    assert (state(), left_at_home(matched)["rice"]) == ("posted", 0)


@pytest.mark.req("R-PRT-16")
def test_reservation_is_let_go_when_the_sale_is_refused_here(world, matched, monkeypatch):
    monkeypatch.setattr(reserved, "_check_here", lambda asked: None)
    Account.objects.filter(kind="stock", holder=cast.RAVIS, commodity="rice").update(given=cast.PLENTY)

    assert no_of(guests.sell, matched, rice=6_000).code == "stock_short"

    assert (state(), left_at_home(matched)["rice"], Sale.objects.count()) == ("voided", 12_000, 0)
    assert not AwayLift.objects.exists()


@pytest.mark.req("R-PRT-13", "R-PRT-16")
def test_reservation_is_let_go_when_the_gap_bars_the_sale(world, matched):
    second = guests.guest()
    guests.finger(second, world)
    first, later = asked(matched, rice=6_000), asked(second, rice=6_000)
    selling.post(first, at=matched.at)

    assert no_of(selling.post, later, at=matched.at).code == "away_gap"

    assert sorted(Reservation.objects.values_list("state", flat=True)) == ["posted", "voided"]
    assert left_at_home(matched)["rice"] == 6_000


@pytest.mark.req("R-PRT-16")
def test_what_was_reserved_and_never_sold_is_let_go_when_the_visit_is_long_over(world, matched, clock):
    reserved._reserve(matched.visit, {"rice": 6_000}, at=matched.at)

    assert reserved.settle_all(at=clock.forward(minutes=30)) == 0
    assert (state(), left_at_home(matched)["rice"]) == ("reserved", 6_000)
    assert reserved.settle_all(at=clock.forward(minutes=6)) == 1
    assert (state(), left_at_home(matched)["rice"]) == ("voided", 12_000)


@pytest.mark.req("R-PRT-16")
def test_sale_is_refused_whose_reservation_was_let_go_in_the_meantime(world, matched, monkeypatch):
    sale = asked(matched, rice=6_000)
    reserve = reserved._reserve

    def reserve_and_lose(*given, **more):
        reserve(*given, **more)
        Reservation.objects.update(state="to_void")

    monkeypatch.setattr(reserved, "_reserve", reserve_and_lose)

    assert no_of(selling.post, sale, at=matched.at).code == "open_the_visit_again"
    assert (Sale.objects.count(), state(), left_at_home(matched)["rice"]) == (0, "voided", 12_000)


@pytest.mark.req("R-PRT-16")
def test_home_state_that_was_away_for_days_counts_the_sale_all_the_same(world, matched, clock):
    world.impds.fail(Fault.ERROR, times=50, path="post")
    guests.sell(matched, rice=6_000)
    world.impds.heal()

    assert reserved.settle_all(at=clock.forward(hours=25)) == 1
    assert (state(), left_at_home(matched)["rice"]) == ("posted", 6_000)


def test_sale_that_the_home_state_cannot_count_any_more_is_left_for_people_to_settle(world, matched, clock):
    world.impds.fail(Fault.ERROR, times=50, path="post")
    guests.sell(matched, rice=6_000)
    world.impds.heal()
    clock.forward(hours=25)
    world.impds.lift_at_home(guests.GUEST, "rice", 12_000)

    assert reserved.settle_all(at=clock()) == 0
    assert (Sale.objects.count(), state()) == (1, "to_post")


def test_without_other_states_no_visitor_is_served(world, settings):
    settings.IMPDS_URL = ""

    assert no_of(guests.guest).code == "home_state_unreachable"
