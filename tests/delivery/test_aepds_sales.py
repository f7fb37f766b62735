"""Grain given on our tokens at devices of AePDS: off what is left here, once; and tokens of a scheme made on screen."""

import pytest

from rasad.counter import visits
from rasad.counter.models import ElsewhereLift
from rasad.delivery.models import Pull, ToldRow
from rasad.ledger.models import Account
from rasad.policy.relief import scheme
from rasad.relief.models import Emergency, Token
from rasad.wiring import INDIA
from tests.delivery.conftest import NOON
from tests.delivery.test_portals import collect, publish, push_until_all_left
from tests.relief.cast import ASHA, SHOP

pytestmark = pytest.mark.django_db(transaction=True)
# Asha's three people: 5 kg of wheat each and a kg of pulses for the family, as the scheme's policy has it.
WHEAT = 15_000


@pytest.fixture
def aepds(desk, portals):
    publish()
    push_until_all_left()
    return portals["aepds"]


def sold(aepds, grams, commodity="wheat", month="2020-05"):
    aepds.sell(ASHA, {commodity: grams}, shop=SHOP, month=month, at=NOON)


def taken_in():
    return collect("aepds", "sales", rounds=2)


def wheat_left():
    (account,) = Account.objects.filter(kind="entitlement", holder=ASHA, month="2020-05", commodity="wheat")
    return account.left


def outcomes():
    return list(ToldRow.objects.order_by("pk").values_list("outcome", flat=True))


@pytest.mark.req("R-INT-08", "R-INT-19")
def test_grain_given_at_aepds_is_taken_off_here_once(aepds):
    sold(aepds, 10_000)

    assert taken_in() == 1
    assert wheat_left() == WHEAT - 10_000
    assert Token.objects.get(number=ASHA).state == "in_use"
    Pull.objects.update(cursor="")
    assert taken_in() == 0
    assert wheat_left() == WHEAT - 10_000


def test_what_was_given_there_is_shown_at_the_counter_here(aepds):
    sold(aepds, 10_000)
    taken_in()

    (lift,) = ElsewhereLift.objects.filter(holder=ASHA, month="2020-05")
    assert (lift.state, lift.shop, lift.lines) == ("AePDS", SHOP, {"wheat": 10_000})


def test_more_than_is_left_is_for_people_and_takes_nothing(aepds):
    sold(aepds, 10_000)
    sold(aepds, 10_000)
    taken_in()

    assert outcomes() == ["noted", "account_short"]
    assert wheat_left() == WHEAT - 10_000


def test_goods_or_month_the_token_does_not_give_are_for_people(aepds):
    sold(aepds, 1_000, commodity="gold")
    Token.objects.filter(number=ASHA).update(months=["2020-05", "2020-06"])
    sold(aepds, 1_000, month="2020-04")
    taken_in()

    assert outcomes() == ["goods_not_on_token", "month_not_on_token"]
    assert not ElsewhereLift.objects.exists()


@pytest.mark.req("R-DRT-22")
def test_token_of_a_scheme_made_on_the_screens_is_served_at_the_counter(desk):
    made = scheme("drt_2020").model_dump(mode="json") | {"code": "flood_2020", "token": "FRT"}
    Emergency.objects.create(code="flood_2020", scheme=made, made_by="meena", made_at=NOON)
    Token.objects.filter(number=ASHA).update(scheme="flood_2020", state="published")
    holder = visits.holder_of(ASHA, shop=SHOP, at=NOON.astimezone(INDIA))

    assert (holder.category, holder.count) == ("FRT", 3)
    assert [(line.commodity, line.quantity) for line in holder.lines if line.commodity == "wheat"] == [
        ("wheat", WHEAT)
    ]
