"""The last minute of a month, and one card of another State at two shops at once."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from rasad import wiring
from rasad.connectors.impds import sandbox as impds
from rasad.counter import selling, visitors
from rasad.counter.asking import sale_of
from rasad.counter.ladder import Standing
from rasad.counter.models import Sale
from rasad.ledger.models import Account, AwayLift, Grant
from rasad.shops.models import Shop
from tests.counter import cast
from tests.counter.guests import GUEST
from tests.races.counters import by_both, by_django, by_lanes, check_books
from tests.races.test_imports_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LAST_MINUTE = datetime(2026, 11, 30, 23, 58, tzinfo=wiring.INDIA)
FIRST_MINUTE = datetime(2026, 12, 1, 0, 1, tzinfo=wiring.INDIA)
FINGER = Standing(None, "biometric", 1, reference="races")


@pytest.fixture
def states(settings, monkeypatch):
    """The other States, as a twin; it is noon there and here."""
    monkeypatch.setattr(wiring, "now", lambda: cast.NOON)
    with impds.running(clock=lambda: cast.NOON) as twin:
        settings.IMPDS_URL, settings.IMPDS_KEY = twin.url, impds.KEY
        yield twin
    wiring._impds.cache_clear()


@pytest.fixture
def ashas(transactional_db):
    """Asha's card, and two shops that never close."""
    cast.shop()
    cast.shop(cast.SECOND, name="Second Store")
    return cast.ashas_card()


def made_ready(shown, at, **grams):
    """A sale of an open visit."""
    text = selling.issue_pass(shown.visit, now=FINGER, offers=shown.offers, at=at)
    return sale_of(str(shown.visit.pk), text, list(grams.items()), now=timezone.now().timestamp())


def guests_sale(shop, **grams):
    """A sale to a card of another State at a shop, ready to be posted."""
    visit, home = visitors.open_visit(
        id=uuid4(), shop=Shop.objects.get(number=shop), number=GUEST, at=cast.NOON, dealer="ravi"
    )
    offers = visitors.offers(visit, home, at=cast.NOON)
    text = selling.issue_pass(visit, now=FINGER, offers=offers, at=cast.NOON)
    return sale_of(str(visit.pk), text, list(grams.items()), now=timezone.now().timestamp())


def posted_at(at, *sales):
    """By Django, at a time."""
    return at_once(*[lambda sale=sale: selling.post(sale, at=at).is_replay for sale in sales])


def test_visit_of_the_last_minute_counts_for_the_month_it_was_opened_in(ashas):
    november = cast.visit(when=LAST_MINUTE)
    december = cast.visit(shop_number=cast.SECOND, when=FIRST_MINUTE)
    sales = [
        made_ready(november, LAST_MINUTE, wheat=15_000),
        made_ready(december, FIRST_MINUTE, wheat=15_000),
    ]

    outcomes = posted_at(FIRST_MINUTE, *sales)

    assert outcomes == [False, False]
    assert dict(Sale.objects.values_list("shop_id", "month")) == {
        cast.RAVIS: "2026-11",
        cast.SECOND: "2026-12",
    }
    lifted = Account.objects.filter(kind="entitlement", commodity="wheat")
    assert dict(lifted.values_list("month", "received")) == {"2026-11": 15_000, "2026-12": 15_000}
    check_books()


@pytest.mark.parametrize("road", [by_lanes, by_django, by_both])
def test_old_and_new_month_of_one_card_at_once_are_each_lifted_once(ashas, road):
    november, december = cast.visit(when=LAST_MINUTE), cast.visit(when=FIRST_MINUTE)
    sales = [
        made_ready(november, LAST_MINUTE, wheat=15_000),
        made_ready(december, FIRST_MINUTE, wheat=15_000),
    ]

    outcomes = road(*sales, *sales)

    assert sorted(outcomes) == ["replay", "replay", "sold", "sold"]
    check_books()


def test_new_month_is_made_once_by_eight_visits_at_once(ashas):
    at_once(*[lambda: cast.visit(when=FIRST_MINUTE)] * 8)

    wheat = Account.objects.get(kind="entitlement", commodity="wheat", month="2026-12")
    assert wheat.granted == 15_000
    assert list(Grant.objects.filter(account=wheat).values_list("quantity", flat=True)) == [15_000]


@pytest.mark.req("R-PRT-16")
@pytest.mark.parametrize("round_", range(4))
def test_visitor_at_two_shops_at_once_lifts_at_one(ashas, states, round_):
    sales = [guests_sale(cast.RAVIS, rice=6_000), guests_sale(cast.SECOND, rice=6_000)]

    outcomes = by_django(*sales, at=cast.NOON)

    assert sorted(outcomes) == ["away_gap", "sold"]
    assert AwayLift.objects.count() == Sale.objects.count() == 1
    (rice,) = [line for line in told(states).lines if line.commodity == "rice"]
    assert rice.left == 6_000


def test_visitors_sale_sent_three_times_at_once_is_lifted_once(ashas, states):
    sale = guests_sale(cast.RAVIS, rice=6_000)

    outcomes = by_django(sale, sale, sale, at=cast.NOON)

    assert sorted(outcomes) == ["replay", "replay", "sold"]
    (rice,) = [line for line in told(states).lines if line.commodity == "rice"]
    assert rice.left == 6_000


def told(states):
    """What the home State says of the visitor's card."""
    from rasad.values.month import Month

    cards = states.book.all_cards(Month(2026, 11), at=cast.NOON)
    return next(home for card, home in cards if card.number == GUEST)
