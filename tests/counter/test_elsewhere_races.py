"""Home and away at once, over real connections: what one took, the other does not get."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from rasad import wiring
from rasad.connectors.impds.other_state import OtherState
from rasad.connectors.impds.wire import PostAsked, ReserveAsked, VoidAsked
from rasad.counter import selling
from rasad.counter.elsewhere import actions
from rasad.counter.models import ElsewhereLift, Sale
from rasad.ledger import actions as ledger
from rasad.ledger.models import Account
from rasad.values.month import Month
from rasad.values.refused import Refused
from tests.counter import cast

ROUNDS = 6
KEY = b"w" * 32


@pytest.fixture
def cards(transactional_db, world, clock):
    """Ravi's shop and so many cards of one person, 5 kg of wheat each."""
    cast.shop()
    return [cast.card(f"06990000{number:04d}", cast.person("Asha Devi")).number for number in range(ROUNDS)]


def reservation(card, grams, *, id=None, until=None):
    return ReserveAsked(
        reservation=id or uuid4(), state="IN-HR", card=card, month="2026-11", lines={"wheat": grams},
        shop="Siliguri", at=cast.NOON, until=until or cast.NOON + timedelta(hours=1),
    )  # fmt: skip


def at_once(*acts):
    """What each act came to: done, or the code of its refusal; all begin together."""
    door = Barrier(len(acts))

    def run(act):
        door.wait()
        try:
            act()
        except Refused as no:
            return no.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def reserve(asked):
    return lambda: actions.reserve(asked, sender="IN-WB", at=cast.NOON)


def account(card):
    return Account.objects.get(kind="entitlement", holder=card, commodity="wheat")


@pytest.mark.req("R-POS-20", "R-PRT-16")
def test_home_sale_and_away_reservation_of_the_same_grain_at_once(cards):
    for card in cards:
        sale = cast.asked(cast.visit(card), wheat=4_000)
        came = at_once(lambda sale=sale: selling.post(sale, at=cast.NOON), reserve(reservation(card, 4_000)))

        assert came in (["done", "impds_balance_changed"], ["more_than_left", "done"])
        assert account(card).received + account(card).held == 4_000


@pytest.mark.req("R-PRT-16")
def test_two_states_at_once(cards):
    for card in cards:
        first, second = reservation(card, 3_000), reservation(card, 3_000)
        came = at_once(
            lambda first=first: actions.reserve(first, sender="IN-WB", at=cast.NOON),
            lambda second=second: actions.reserve(second, sender="IN-BR", at=cast.NOON),
        )

        assert sorted(came) == ["done", "impds_balance_changed"]
        assert account(card).held == 3_000


@pytest.mark.req("R-PRT-16")
def test_same_reservation_from_three_lines_at_once_is_one(cards):
    for card in cards:
        asked = reservation(card, 2_000)

        assert at_once(*[reserve(asked)] * 3) == ["done"] * 3
        assert account(card).held == 2_000


@pytest.mark.req("R-PRT-16")
def test_posting_and_letting_go_at_once_is_one_of_them(cards):
    for card in cards:
        asked = reservation(card, 2_000)
        reserve(asked)()
        came = at_once(
            lambda id=asked.reservation: actions.post(
                PostAsked(reservation=id, at=cast.NOON), sender="IN-WB", at=cast.NOON
            ),
            lambda id=asked.reservation: actions.void(
                VoidAsked(reservation=id), sender="IN-WB", at=cast.NOON
            ),
        )

        assert came in (["done", "impds_reservation_posted"], ["impds_reservation_gone", "done"])
        assert (account(card).received, account(card).held) == (2_000 * (came[0] == "done"), 0)


@pytest.mark.req("R-PRT-16")
def test_reserving_and_letting_go_at_once_keeps_nothing(cards):
    for card in cards:
        asked = reservation(card, 2_000)
        at_once(
            reserve(asked),
            lambda id=asked.reservation: actions.void(
                VoidAsked(reservation=id), sender="IN-WB", at=cast.NOON
            ),
        )
        cast.visit(card)

        assert account(card).held == 0


@pytest.mark.req("R-PRT-16")
def test_posting_while_the_time_runs_out(cards):
    for card in cards:
        asked = reservation(card, 2_000, until=cast.NOON + timedelta(minutes=1))
        reserve(asked)()
        came = at_once(
            lambda id=asked.reservation: actions.post(
                PostAsked(reservation=id, at=cast.NOON), sender="IN-WB", at=cast.NOON
            ),
            lambda: ledger.expire_holds(at=cast.NOON + timedelta(minutes=1, seconds=1)),
        )

        assert (account(card).received, account(card).held) == (2_000 * (came[0] == "done"), 0)
        assert ElsewhereLift.objects.filter(holder=card).count() == (came[0] == "done")


@pytest.mark.req("R-PRT-02")
def test_other_state_is_served_over_the_line(cards, live_server, settings):
    settings.IMPDS_KEYS = {"IN-WB": KEY}
    bengal = OtherState(f"{live_server.url}/api", "IN-WB", KEY, clock=lambda: datetime.now(UTC))
    month, id, card = Month.of(wiring.now().date()), uuid4(), cards[0]

    told = bengal.card(number=card, month=month, within=30)
    kept = bengal.reserve(
        reservation=id, state=told.state, card=card, month=month, lines={"wheat": 2_500}, shop="Siliguri",
        until=datetime.now(UTC) + timedelta(hours=1), within=30,
    )  # fmt: skip
    outcome = bengal.post(reservation=id, at=datetime.now(UTC), within=30).outcome

    assert (told.line("wheat").full, kept.left, outcome) == (5_000, {"wheat": 2_500}, "posted")
    assert bengal.card(number=card, month=month, within=30).line("wheat").left == 2_500
    assert not Sale.objects.exists()
