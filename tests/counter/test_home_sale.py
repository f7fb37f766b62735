"""A card of the shop: the family is shown, the ladder is climbed, the grain is handed over."""

import pytest

from rasad.counter import ladder, tries
from rasad.counter.models import Sale
from rasad.ledger.models import Account, Transfer
from tests.counter import cast


@pytest.mark.req("R-POS-05", "R-POS-06", "R-POS-07")
def test_family_is_shown_with_seeding_of_each_member(ashas, world):
    cast.person("Dinu")

    shown = cast.visit()

    assert [(one.name, one.is_linked, one.is_validated, one.has_mobile) for one in shown.members] == [
        ("Asha Devi", True, True, True),
        ("Binod Kumar", True, True, False),
        ("Chanda", True, True, False),
    ]
    assert [(one.key, one.full, one.left, one.price) for one in shown.offers] == [
        ("wheat", 15_000, 15_000, 200),
        ("pulses", 2_500, 2_500, 2_000),
    ]


@pytest.mark.req("R-POS-08", "R-POS-12", "R-POS-20")
def test_one_finger_serves_the_whole_family(ashas, world):
    shown = cast.visit()

    cast.finger(shown, world)
    receipt = cast.sell(shown, wheat=15_000, pulses=2_500)

    assert (receipt.mode, receipt.member, receipt.amount) == ("biometric", 1, 8_000)
    assert [(one.line, one.quantity, one.amount, one.left) for one in receipt.lines] == [
        ("wheat", 15_000, 3_000, 0),
        ("pulses", 2_500, 5_000, 0),
    ]
    stock = Account.objects.get(kind="stock", holder=cast.RAVIS, commodity="wheat")
    assert stock.received - stock.given == cast.PLENTY - 15_000
    assert Transfer.objects.filter(document=receipt.id).count() == 3
    assert Sale.objects.get().mode == "biometric"


@pytest.mark.req("R-POS-09", "R-POS-10", "R-POS-11")
def test_after_one_failure_a_code_goes_to_the_mobile_the_family_chose(ashas, world):
    shown = cast.visit()

    cast.finger(shown, world, placed=cast.BINOD)
    assert ladder.standing(shown.visit, members=shown.members).next == "mobile_otp"
    sent = tries.send_code(shown.visit, members=shown.members, member=1, at=cast.NOON)
    code = world.sms.messages_for("9999900001")[-1].text.split()[0]
    tries.enter_code(shown.visit, members=shown.members, code=code, at=sent.at)

    assert cast.sell(shown, wheat=1_000).mode == "mobile_otp"
