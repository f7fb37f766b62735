"""Tokens at the counter: in their months only, at their shop only, with the grain of a regular card."""

from datetime import datetime

import pytest

from rasad import wiring
from rasad.counter import selling, tries
from rasad.counter.models import Refusal, Sale
from rasad.ledger.models import Account
from rasad.registry import vault
from rasad.relief.actions import expire_tokens
from rasad.relief.models import Token, TokenMember
from rasad.values.refused import Refused
from rasad.web.refusals import say
from tests.counter import cast, guests
from tests.relief import cast as relief

MAY = datetime(2020, 5, 15, 12, 0, tzinfo=wiring.INDIA)
APRIL, JUNE = MAY.replace(month=4), MAY.replace(month=6)
NUMBER = relief.ASHA


@pytest.fixture
def token(ravis, world):
    """Asha's token for three, with a mobile, at Ravi's shop."""
    made = relief.token(relief.run(), NUMBER, "Asha Devi", shop_number=cast.RAVIS)
    ref = vault.store_many([cast.ASHA], at=MAY)[0]
    names = ("Asha Devi", ref), ("Ram Singh", None), ("Ritu", None)
    for line, (name, aadhaar_ref) in enumerate(names, 1):
        TokenMember.objects.create(
            token=made, scheme="drt_2020", line=line, name=name, aadhaar_ref=aadhaar_ref
        )
    return made


def shown(when=MAY, shop=cast.RAVIS, number=NUMBER):
    return cast.visit(number, when=when, shop_number=shop)


def refused(**given):
    with pytest.raises(Refused) as no:
        shown(**given)
    return no.value.code, say(no.value).why


@pytest.mark.req("R-DRT-02")
def test_token_is_shown_with_its_family_and_what_a_regular_card_is_due(token):
    one = shown()

    assert (one.visit.kind, one.visit.category, one.visit.month) == ("token", "DRT", "2020-05")
    assert [(who.name, who.is_linked, who.has_mobile) for who in one.members] == [
        ("Asha Devi", True, True),
        ("Ram Singh", False, False),
        ("Ritu", False, False),
    ]
    assert [(offer.key, offer.left, offer.price) for offer in one.offers] == [
        ("wheat", 15_000, 0),
        ("pulses", 2_500, 0),
    ]


def test_token_may_be_typed_as_it_is_printed(token):
    assert shown(number="0630-0000-0000-14").visit.holder == NUMBER


def test_finger_of_a_member_serves_the_token_and_it_is_in_use(token, world):
    one = shown()

    cast.finger(one, world)
    receipt = cast.sell(one, wheat=15_000, when=MAY)

    assert (receipt.mode, receipt.amount, receipt.card) == ("biometric", 0, "XXXXXXXXXX0014")
    token.refresh_from_db()
    assert token.state == "in_use"


def test_code_on_the_tokens_mobile_serves_it(token, world, monkeypatch):
    monkeypatch.setattr(wiring, "now", lambda: MAY)
    one = shown()

    cast.finger(one, world, placed=cast.BINOD)
    guests.code_sent(one)
    guests.entered(one, guests.code_on(world, "9876500001"), at=MAY)

    assert cast.sell(one, wheat=1_000, when=MAY).mode == "mobile_otp"


def test_token_is_never_refused_for_authentication(token):
    one = shown()

    cast.unauthenticated(one)

    assert cast.sell(one, wheat=1_000, when=MAY).mode == "unauthenticated"


@pytest.mark.parametrize("when", [APRIL, MAY, JUNE], ids=["April", "May", "June"])
def test_each_month_of_a_token_has_its_own_grain(token, when):
    one = shown(when)
    cast.unauthenticated(one)

    assert cast.sell(one, wheat=15_000, when=when).lines[0].left == 0
    assert Sale.objects.get().month == when.strftime("%Y-%m")


@pytest.mark.req("R-DRT-01", "R-DRT-19")
@pytest.mark.parametrize(
    ("when", "code"),
    [
        (MAY.replace(month=3, day=31), "token_not_yet_valid"),
        (MAY.replace(month=7, day=1), "token_outside_its_months"),
        (MAY.replace(year=2021), "token_outside_its_months"),
    ],
)
def test_token_is_refused_outside_its_months(token, when, code):
    assert refused(when=when)[0] == code


def test_month_that_had_lapsed_when_the_token_was_issued_is_refused(token):
    Token.objects.update(months=["2020-05", "2020-06"])

    assert refused(when=APRIL)[0] == "token_not_yet_valid"


@pytest.mark.req("R-DRT-19")
def test_token_is_refused_at_another_shop_which_is_told_which_one_it_is(token):
    cast.shop(cast.SECOND, name="Second Store")

    code, why = refused(shop=cast.SECOND)

    assert (code, cast.RAVIS in why) == ("token_other_shop", True)


def test_token_without_a_shop_is_refused(token):
    Token.objects.update(shop_number="", state="awaiting_shop", shop_reason="no_capacity")

    assert refused()[0] == "token_awaits_shop"


def test_cancelled_token_is_refused(token):
    Token.objects.update(state="cancelled")

    assert refused()[0] == "token_cancelled"


def test_expired_token_is_refused_with_its_months(token):
    expire_tokens(
        scheme="drt_2020", on=MAY.replace(month=7, day=1).date(), by="clock", at=MAY.replace(month=7, day=1)
    )

    assert refused(when=MAY.replace(month=7, day=2))[0] == "token_outside_its_months"


def test_token_cancelled_between_visit_and_sale_moves_nothing(token):
    one = shown()
    cast.unauthenticated(one)
    Token.objects.update(state="cancelled")

    with pytest.raises(Refused, match="token_not_living"):
        cast.sell(one, wheat=1_000, when=MAY)

    assert not Sale.objects.exists()
    assert Account.objects.get(kind="stock", holder=cast.RAVIS, commodity="wheat").given == 0
    assert Refusal.objects.get().code == "token_not_living"


def test_sale_that_stands_is_answered_again_though_its_token_has_ended(token):
    one = shown()
    cast.unauthenticated(one)
    asked = cast.asked(one, wheat=1_000)
    selling.post(asked, at=MAY)
    Token.objects.update(state="cancelled")

    assert selling.post(asked, at=MAY).is_replay


def test_token_is_lifted_in_parts_until_nothing_is_left(token):
    first = shown()
    cast.unauthenticated(first)
    cast.sell(first, wheat=9_000, when=MAY)
    second = shown()

    assert [(offer.key, offer.left) for offer in second.offers] == [("wheat", 6_000), ("pulses", 2_500)]
    cast.unauthenticated(second)
    with pytest.raises(Refused, match="more_than_left"):
        cast.sell(second, wheat=6_001, when=MAY)


def test_finger_is_not_asked_of_a_member_without_aadhaar(token):
    one = shown()

    with pytest.raises(Refused, match="member_not_linked"):
        tries.check_finger(one.visit, members=one.members, member=2, finger="LEFT_INDEX")
