"""The registers: what came into a shop, what went out, what a card has left; every balance adds up."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection

from rasad.counter import selling
from rasad.counter.models import Sale
from rasad.ledger import actions as ledger
from rasad.ledger import queries
from rasad.ledger.actions import Move
from rasad.ledger.models import Account, Transfer
from rasad.values.month import Month
from tests.counter import cast

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


@pytest.fixture
def sold(ashas, world):
    """Asha takes 5 kg of wheat on the 12th and 2 kg of wheat, half a kilo of pulses on the 13th."""
    for day, lines in ((12, {"wheat": 5_000}), (13, {"wheat": 2_000, "pulses": 500})):
        shown = cast.visit(when=cast.at(11, day=day))
        cast.finger(shown, world)
        cast.sell(shown, when=cast.at(11, 5, day=day), **lines)
    return Sale.objects.order_by("at")


def wheat(month=NOVEMBER):
    return [
        (one.day.day, one.opening, one.received, one.sold, one.reversed, one.corrected, one.closing)
        for one in queries.stock_register(cast.RAVIS, month)
        if one.commodity == "wheat"
    ]


@pytest.mark.req("R-ALO-16")
def test_stock_of_each_day_follows_from_the_day_before(sold):
    cast.deliver(cast.RAVIS, 40_000, at=cast.at(9, day=14))

    assert wheat() == [
        (12, 0, 1_000_000, 5_000, 0, 0, 995_000),
        (13, 995_000, 0, 2_000, 0, 0, 993_000),
        (14, 993_000, 40_000, 0, 0, 0, 1_033_000),
    ]


@pytest.mark.req("R-ALO-16")
def test_what_is_taken_back_and_what_is_lost_stand_apart(sold):
    selling.reverse(sold[1], reason="weighed wrongly", by="ravi", at=cast.at(12, day=13))
    stock = Account.objects.get(kind="stock", holder=cast.RAVIS, commodity="wheat")
    lost = Move(stock, ledger.outside("by_hand"), 300)
    ledger.move(Transfer.Kind.CORRECTION, document=uuid4(), moves=[lost], at=cast.at(15, day=13))

    assert wheat()[-1] == (13, 995_000, 0, 2_000, 2_000, -300, 994_700)


@pytest.mark.req("R-ALO-16")
def test_every_stock_closes_where_its_account_stands(sold):
    cast.deliver(cast.RAVIS, 40_000, at=cast.at(9, day=14))
    closing = {
        (one.commodity, one.allocation): one.closing for one in queries.stock_register(cast.RAVIS, NOVEMBER)
    }
    accounts = Account.objects.filter(kind="stock", holder=cast.RAVIS, received__gt=0)

    assert closing == {(one.commodity, one.part): one.received - one.given for one in accounts}
    assert len(closing) == 3
    for one in queries.stock_register(cast.RAVIS, NOVEMBER):
        assert one.opening + one.received - one.sold + one.reversed + one.corrected == one.closing


@pytest.mark.req("R-ALO-16")
def test_month_opens_with_what_the_month_before_closed_with(sold):
    cast.deliver(cast.RAVIS, 10_000, at=cast.at(9, day=14).replace(month=12))

    assert wheat(DECEMBER) == [
        (1, 993_000, 0, 0, 0, 0, 993_000),
        (14, 993_000, 10_000, 0, 0, 0, 1_003_000),
    ]
    assert wheat()[-1][-1] == 993_000


@pytest.mark.req("R-ALO-08")
def test_each_allocation_is_a_stock_of_its_own(sold):
    move = Move(ledger.outside("supply"), ledger.stock(cast.RAVIS, "wheat", "OTNFSA"), 7_000)
    ledger.move(Transfer.Kind.RECEIPT, document=uuid4(), moves=[move], at=cast.at(9, day=14))

    last = {
        (one.commodity, one.allocation): one.closing for one in queries.stock_register(cast.RAVIS, NOVEMBER)
    }

    assert last["wheat", "NFSA"] == 993_000
    assert last["wheat", "OTNFSA"] == 7_000


def test_other_shops_have_nothing_in_the_register(sold):
    cast.strangers_shop()

    assert {one.closing for one in queries.stock_register(cast.STRANGERS, NOVEMBER)} == {1_000_000}
    assert queries.stock_register("106300199999", NOVEMBER) == []


def test_sales_register_has_every_line_with_price_and_allocation(sold):
    selling.reverse(sold[1], reason="weighed wrongly", by="ravi", at=cast.at(12, day=13))

    lines = list(queries.sales_register(cast.RAVIS, NOVEMBER))

    assert [
        (one.day, one.commodity, one.allocation, one.quantity, one.price, one.amount, one.is_reversed)
        for one in lines
    ] == [
        (date(2026, 11, 12), "wheat", "NFSA", 5_000, 200, 1_000, False),
        (date(2026, 11, 13), "wheat", "NFSA", 2_000, 200, 400, True),
        (date(2026, 11, 13), "pulses", "STATE", 500, 2_000, 1_000, True),
    ]
    assert {(one.holder, one.mode, one.members, one.category) for one in lines} == {
        (cast.CARD, "biometric", 3, "OPH")
    }
    assert list(queries.sales_register(cast.RAVIS, DECEMBER)) == []


def test_sale_of_the_last_minute_is_of_its_own_day_and_month(ashas, world):
    shown = cast.visit(when=cast.at(23, 50, day=30))
    cast.finger(shown, world)
    cast.sell(shown, when=cast.at(23, 59, 59, day=30), wheat=1_000)

    assert [one.day for one in queries.sales_register(cast.RAVIS, NOVEMBER)] == [date(2026, 11, 30)]
    assert wheat()[-1] == (30, 1_000_000, 0, 1_000, 0, 0, 999_000)
    assert wheat(DECEMBER) == []  # has not come


def test_card_register_tells_here_from_elsewhere(sold):
    card = Account.objects.get(holder=cast.CARD, month="2026-11", commodity="wheat")
    document = uuid4()
    ledger.reserve(document=document, lines=[(card.pk, 4_000)], until=cast.at(13), at=cast.NOON)
    away = ledger.outside("other_states")
    ledger.post_hold(document=document, kind=Transfer.Kind.ELSEWHERE, source=away, at=cast.NOON)

    found = {one.commodity: one for one in queries.card_register(cast.CARD, NOVEMBER)}

    one = found["wheat"]
    assert (one.granted, one.lifted, one.elsewhere, one.remaining) == (15_000, 7_000, 4_000, 4_000)
    one = found["pulses"]
    assert (one.granted, one.lifted, one.elsewhere, one.remaining) == (2_500, 500, 0, 2_000)


def test_reservation_is_neither_lifted_nor_remaining(sold):
    card = Account.objects.get(holder=cast.CARD, month="2026-11", commodity="wheat")
    ledger.reserve(document=uuid4(), lines=[(card.pk, 4_000)], until=cast.at(13), at=cast.NOON)

    (one,) = [row for row in queries.card_register(cast.CARD, NOVEMBER) if row.commodity == "wheat"]

    assert (one.lifted, one.reserved, one.remaining) == (7_000, 4_000, 4_000)


def test_other_alternative_of_the_month_has_nothing_remaining(db):
    named = {
        "kind": "entitlement",
        "holder": "X1",
        "month": "2026-11",
        "part": "",
        "unit": "g",
        "choice_group": "or",
    }
    Account.objects.create(commodity="wheat", granted=20_000, received=1_000, **named)
    Account.objects.create(commodity="atta", granted=18_800, **named)

    assert {one.commodity: one.remaining for one in queries.card_register("X1", NOVEMBER)} == {
        "wheat": 19_000,
        "atta": 0,
    }


def test_shared_limit_is_what_remains_of_each_that_shares_it(db):
    named = {"holder": "X1", "month": "2026-11", "part": "", "unit": "ml"}
    Account.objects.create(kind="cap", commodity="oils", granted=2_000, **named)
    for oil in ("mustard", "soya"):
        Account.objects.create(kind="entitlement", commodity=oil, granted=2_000, cap_group="oils", **named)
    Account.objects.filter(commodity="soya").update(received=1_500)

    assert {one.commodity: one.remaining for one in queries.card_register("X1", NOVEMBER)} == {
        "mustard": 500,
        "soya": 500,
    }


def test_registers_of_a_month_read_that_month_only(sold):
    """The plan goes by shop and month: no table of movements is read whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM ledger_stock_register WHERE shop = %s AND month = %s",
            [cast.RAVIS, "2026-11"],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "Seq Scan on counter_sale" not in plan
    assert "Seq Scan on ledger_transfer" not in plan
    assert "counter_sale_shop" in plan
    assert "ledger_transfer_into" in plan


def test_lines_of_an_unknown_sale_are_none(db):
    assert queries.sale_lines(UUID(int=1)) == []
