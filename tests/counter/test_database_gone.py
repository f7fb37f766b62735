"""A database that goes away in the middle of a sale that is posted on its own: the device is told to ask again."""

import pytest
from django.db import connection

from rasad.counter import quick, selling
from rasad.counter.receipts import Receipt
from rasad.values.refused import Refused
from tests.races.counters import asked, delivered, left

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sale():
    """A token's sale, which takes the road of its own."""
    delivered("1069", rice=50_000)
    return asked(rice=1_000)


def ended(monkeypatch):
    """The next posting finds its connection cut by the other side."""
    posted = selling.post_alone

    def cut_off(link, *given, **told):
        monkeypatch.setattr(selling, "post_alone", posted)
        link.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(selling, "post_alone", cut_off)


def test_sale_that_lost_its_database_is_asked_again_and_sold_once(sale, monkeypatch):
    ended(monkeypatch)

    first = quick._post_with_more(sale)
    second = quick._post_with_more(sale)

    assert isinstance(first, Refused)
    assert first.code == "server_unreachable"
    assert isinstance(second, Receipt)
    assert left("0699", "rice") == 4_000


def test_connection_is_fit_for_use_after_it_was_lost(sale, monkeypatch):
    ended(monkeypatch)

    quick._post_with_more(sale)

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
