"""A shop's stock in the browser: what arrives, what is corrected by two persons, what moved."""

import re

import pytest

from rasad.counter.models import StockChange
from rasad.journal.models import Entry
from rasad.ledger.models import Account, Transfer
from tests.cast import HISAR, client_of, staff
from tests.counter import cast
from tests.counter.at_pages import queries, words

LINE = {"commodity": "wheat", "allocation": "NFSA", "quantity": "500"}
LOSS = {**LINE, "quantity": "12.5", "kind": "missing", "reason": "Rain came through the roof"}


@pytest.fixture
def counter(clock, ravis, ravi):
    """Ravi's browser."""
    return client_of(ravi)


@pytest.fixture
def inspector(db):
    return client_of(staff("asif", "inspector", ("district", HISAR), name="Asif"))


def left(commodity="wheat") -> int:
    account = Account.objects.get(kind="stock", holder=cast.RAVIS, commodity=commodity)
    return account.received - account.given


def test_stock_shows_what_is_there(counter):
    said = words(counter.get("/counter/stock"))

    assert "Pulses 1,000 kg State scheme" in said
    assert "Wheat 1,000 kg Food Security Act (NFSA)" in said


def test_shop_without_stock_says_so(clock, ravi):
    cast.shop(stock=0)

    assert "No grain is in the books of this shop yet." in words(client_of(ravi).get("/counter/stock"))


def test_challan_is_taken_in_once(counter):
    first = counter.post("/counter/stock/arrival", {**LINE, "challan": "RO/17 a"}, follow=True)
    again = counter.post("/counter/stock/arrival", {**LINE, "challan": "ro/17  A"}, follow=True)

    assert "Taken into stock." in words(first)
    assert "was taken in before" in words(again)
    assert left() == cast.PLENTY + 500_000
    assert Entry.objects.filter(action="stock.received", by="ravi").count() == 1


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"challan": ""}, 422),
        ({"quantity": "-5"}, 422),
        ({"quantity": "0"}, 422),
        ({"quantity": "0.0001"}, 422),
        ({"quantity": "99999999999"}, 422),
        ({"commodity": "gold"}, 422),
        ({"allocation": "MINE"}, 422),
    ],
)
def test_odd_arrival_is_said_and_nothing_moves(counter, typed, status):
    page = counter.post("/counter/stock/arrival", {**LINE, "challan": "RO/17", **typed})

    assert page.status_code == status
    assert left() == cast.PLENTY


def test_correction_moves_nothing_until_the_inspector_confirms(counter, inspector):
    asked = counter.post("/counter/stock/correction", LOSS, follow=True)
    before = left()
    change = StockChange.objects.get()
    listed = inspector.get("/counter/stock-changes")
    shown = inspector.get(f"/counter/stock-changes/{change.pk}")
    done = inspector.post(f"/counter/stock-changes/{change.pk}", {"decision": "confirm"}, follow=True)

    assert "Waiting for the inspector" in words(asked)
    assert "Wheat −12.5 kg" in words(listed)
    assert "Some is missing or spoilt. Rain came through the roof" in words(shown)
    assert "The correction is confirmed." in words(done)
    assert (before, left()) == (cast.PLENTY, cast.PLENTY - 12_500)
    assert Transfer.objects.get(document=change.pk).kind == "correction"
    actions = list(Entry.objects.filter(action__startswith="stock.change").values_list("action", "by"))
    assert actions == [("stock.change_proposed", "ravi"), ("stock.change_confirmed", "asif")]


def test_correction_sent_twice_is_one(counter):
    page = counter.get("/counter/stock/correction").content.decode()
    asked = {**LOSS, "id": re.search(r'name="id" value="([^"]+)"', page)[1]}

    codes = [
        counter.post("/counter/stock/correction", one).status_code
        for one in (asked, asked, {**asked, "quantity": "3"})
    ]

    assert codes == [302, 302, 409]
    assert StockChange.objects.get().quantity == -12_500


@pytest.mark.parametrize("said", [{}, {"decision": ""}, {"decision": "yes"}])
def test_decision_that_is_none_decides_nothing(counter, inspector, said):
    counter.post("/counter/stock/correction", LOSS)
    change = StockChange.objects.get()

    assert inspector.post(f"/counter/stock-changes/{change.pk}", said).status_code == 422
    assert StockChange.objects.get().outcome == "waiting"


def test_correction_that_is_refused_moves_nothing(counter, inspector):
    counter.post("/counter/stock/correction", LOSS)
    change = StockChange.objects.get()

    inspector.post(f"/counter/stock-changes/{change.pk}", {"decision": "refuse"})
    again = inspector.post(f"/counter/stock-changes/{change.pk}", {"decision": "confirm"})

    assert left() == cast.PLENTY
    assert again.status_code == 409


@pytest.mark.req("R-ACT-25")
def test_dealer_decides_nothing_and_the_inspector_asks_for_nothing(counter, inspector, stranger):
    counter.post("/counter/stock/correction", LOSS)
    change = StockChange.objects.get()

    own = counter.post(f"/counter/stock-changes/{change.pk}", {"decision": "confirm"})
    asked = inspector.post(f"/counter/stock/correction?shop={cast.RAVIS}", LOSS)
    elsewhere = client_of(stranger).post(f"/counter/stock-changes/{change.pk}", {"decision": "confirm"})

    assert (own.status_code, asked.status_code, elsewhere.status_code) == (403, 403, 404)
    assert left() == cast.PLENTY


def test_more_than_is_there_cannot_be_taken_out(counter, inspector):
    counter.post("/counter/stock/correction", {**LOSS, "quantity": "1000.001"})
    change = StockChange.objects.get()

    page = inspector.post(f"/counter/stock-changes/{change.pk}", {"decision": "confirm"})

    assert page.status_code == 409
    assert StockChange.objects.get().outcome == "waiting"


def test_opening_stock_is_asked_for_like_a_correction(counter, inspector):
    opening = {
        **LOSS,
        "kind": "opening",
        "commodity": "rice",
        "quantity": "80",
        "reason": "Counted on 1 November",
    }
    counter.post("/counter/stock/correction", opening)
    inspector.post(f"/counter/stock-changes/{StockChange.objects.get().pk}", {"decision": "confirm"})

    assert left("rice") == cast.PLENTY + 80_000


def test_what_moved_names_challan_and_correction(counter):
    counter.post("/counter/stock/arrival", {**LINE, "challan": "RO/17"})
    counter.post("/counter/stock/correction", LOSS)

    said = words(counter.get("/counter/stock/movements"))

    assert "Grain taken into stock Wheat +500 kg · challan RO/17" in said
    assert "Correction of stock asked for Wheat −12.5 kg" in said
    assert "1,500 kg" in said


def test_stock_asks_the_database_as_often_for_many_lines(counter):
    few = queries(counter, "/counter/stock")
    for commodity in ("sugar", "salt"):
        counter.post("/counter/stock/arrival", {**LINE, "commodity": commodity, "challan": commodity})

    assert queries(counter, "/counter/stock") == few
