"""What an application leaves alone: the balance of the month; and when another shop takes over."""

from datetime import date
from uuid import uuid4

import pytest

from rasad.applications.actions import decide
from rasad.applications.models import ShopChange
from rasad.ledger import actions as ledger
from rasad.ledger import grants
from rasad.ledger.actions import Move
from rasad.ledger.grants import Due
from rasad.ledger.models import Account, Transfer
from tests.applications.conftest import ASHAS, MARCH_2, about_card, approved, ashas_card, hansi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]
OTHER = "058000000001"


def lifted(grams: int) -> None:
    """Asha's family took so much wheat in March."""
    accounts = grants.grant(
        ASHAS, month="2026-03", dues=[Due("wheat", "", "g", 10_000)], category="OPH", members=2, at=MARCH_2
    )
    supply, stock = ledger.outside("supply"), ledger.stock("063000000001", "wheat", "NFSA")
    ledger.move(Transfer.Kind.RECEIPT, document=uuid4(), moves=[Move(supply, stock, 50_000)], at=MARCH_2)
    sale = Move(stock, accounts["wheat", ""], grams, price=200, amount=grams // 5)
    ledger.move(Transfer.Kind.SALE, document=uuid4(), moves=[sale], at=MARCH_2)


def left() -> int:
    return Account.objects.get(kind="entitlement", holder=ASHAS, commodity="wheat").left


@pytest.mark.req("R-CRD-21")
def test_duplicate_leaves_the_balance_of_the_month_as_it_is(asif, bimla):
    lifted(4_000)

    approved(about_card("duplicate_card", wants={"reason": "lost"}), asif, bimla)

    assert left() == 6_000


@pytest.mark.req("R-CRD-25")
def test_other_shop_takes_over_at_once_where_nothing_was_taken_this_month(asif, bimla):
    approved(about_card("address_change_with_shop", place=hansi(), shop=OTHER), asif, bimla)

    assert (ashas_card().shop_number, ShopChange.objects.count()) == (OTHER, 0)


@pytest.mark.req("R-CRD-25")
def test_other_shop_takes_over_with_the_next_month_where_something_was_taken(asif, bimla):
    lifted(1_000)

    approved(about_card("address_change_with_shop", place=hansi(), shop=OTHER), asif, bimla)

    assert ashas_card().shop_number == "063000000001"
    assert ShopChange.objects.get().from_on == date(2026, 4, 1)
    assert decide.change_shops(at=MARCH_2.replace(day=31)) == 0
    april = MARCH_2.replace(month=4, day=1)
    assert [decide.change_shops(at=april), decide.change_shops(at=april)] == [1, 0]
    assert ashas_card().shop_number == OTHER
