"""The sales of a day in the browser: the list, the search, the sums, the file, and a sale taken back."""

import pytest

from rasad.counter.models import Reversal, Sale
from rasad.counter.receipts import number_of
from rasad.journal.models import Entry
from rasad.ledger.models import Account
from tests.cast import client_of, staff
from tests.counter import cast
from tests.counter.at_pages import queries, sold, words


@pytest.fixture
def counter(ashas, clock, world, ravi):
    """Ravi's browser, with two cards in the register."""
    cast.card(cast.BINODS_CARD, cast.person("Dinesh", mobile="9999900002"))
    return client_of(ravi)


def test_day_without_a_sale_says_so(counter):
    assert "No sale yet" in words(counter.get("/counter/sales"))


def test_sales_of_the_day_with_their_sums(counter):
    sold(counter, wheat="10", pulses="1")
    sold(counter, cast.BINODS_CARD, wheat="2.5")

    said = words(counter.get("/counter/sales"))

    assert "2 sales" in said
    assert "₹45.00 taken in" in said
    assert "Wheat 12.5 kg" in said
    assert "Without authentication 2" in said


def test_search_by_end_of_card_and_by_receipt(counter):
    sold(counter, wheat="10")
    sold(counter, cast.BINODS_CARD, wheat="2.5")
    first = Sale.objects.get(holder=cast.CARD)

    by_card = words(counter.get("/counter/sales?q=0042"))
    by_receipt = words(counter.get(f"/counter/sales?q={number_of(str(first.pk))[:7].lower()}"))
    nothing = words(counter.get("/counter/sales?q=nobody"))

    assert ("XXXXXXXX0042" in by_card, "XXXXXXXX0043" in by_card) == (True, False)
    assert ("XXXXXXXX0042" in by_receipt, "XXXXXXXX0043" in by_receipt) == (True, False)
    assert "No sale yet" in nothing


def test_file_has_a_line_a_sale_and_the_journal_knows_who_took_it(counter):
    sold(counter, wheat="10")

    lines = counter.get("/counter/sales.csv").content.decode().splitlines()

    assert len(lines) == 2
    assert "XXXXXXXX0042,Without authentication,The mobile was not at hand,20.00," in lines[1]
    assert cast.CARD not in lines[1]
    assert Entry.objects.filter(action="shop.exported", by="ravi").count() == 1


def test_sale_is_taken_back_with_a_reason_on_its_day(counter):
    receipt = sold(counter, wheat="10")

    empty = counter.post(f"{receipt}/reverse", {"reason": " "})
    page = counter.post(f"{receipt}/reverse", {"reason": "Wrong family"}, follow=True)
    again = counter.post(f"{receipt}/reverse", {"reason": "Once more"})

    assert empty.status_code == 422
    assert "This sale was taken back." in words(page)
    assert "Wrong family" in words(page)
    assert again.status_code == 409
    assert Reversal.objects.count() == 1
    stock = Account.objects.get(kind="stock", commodity="wheat")
    assert stock.received - stock.given == cast.PLENTY
    assert "1 taken back" in words(counter.get("/counter/sales"))


def test_sale_of_another_day_stands(counter, clock):
    receipt = sold(counter, wheat="10")

    clock.on(13)
    page = counter.post(f"{receipt}/reverse", {"reason": "Too late"})

    assert page.status_code == 409
    assert "sales of 13 november" in words(counter.get("/counter/sales")).lower()
    assert "1 sales" in words(counter.get("/counter/sales?on=2026-11-12"))


@pytest.mark.parametrize("on", ["", "rubbish", "2026-13-45", "2999-01-01"])
def test_day_that_is_none_is_today(counter, on):
    assert "Sales of 12 November 2026" in words(counter.get(f"/counter/sales?on={on}"))


def test_receipt_and_reversal_are_nobody_elses(counter, stranger, meena):
    receipt = sold(counter, wheat="10")
    other = client_of(staff("hari", "dealer", ("shop", cast.STRANGERS), name="Hari"))

    assert other.get(receipt).status_code == 404
    assert other.post(f"{receipt}/reverse", {"reason": "x"}).status_code == 404
    assert client_of(stranger).get(receipt).status_code == 404
    assert client_of(meena).get(receipt).status_code == 200
    assert client_of(meena).post(f"{receipt}/reverse", {"reason": "x"}).status_code == 403


def test_officer_chooses_a_shop_and_sees_its_sales(counter, meena, stranger):
    sold(counter, wheat="10")
    cast.shop(cast.SECOND, name="Second Store", stock=0)

    asked = client_of(meena).get("/counter/sales")
    page = client_of(meena).get(f"/counter/sales?shop={cast.RAVIS}")

    assert "Which shop?" in words(asked)
    assert "XXXXXXXX0042" in words(page)
    assert client_of(stranger).get(f"/counter/sales?shop={cast.RAVIS}").status_code == 404


def test_dealer_of_two_shops_is_asked_once(counter):
    cast.shop(cast.SECOND, name="Second Store")
    both = client_of(staff("sita", "dealer", ("shop", cast.RAVIS), ("shop", cast.SECOND), name="Sita"))

    asked = both.get("/counter")
    both.get(f"/counter?shop={cast.SECOND}")

    assert "Which shop?" in words(asked)
    assert "Second Store" in words(both.get("/counter"))


def test_list_asks_the_database_as_often_for_three_sales_as_for_one(counter):
    sold(counter, wheat="1")
    one = queries(counter, "/counter/sales")
    sold(counter, wheat="1")
    sold(counter, cast.BINODS_CARD, wheat="1")

    assert queries(counter, "/counter/sales") == one
