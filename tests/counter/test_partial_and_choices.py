"""Parts of a month, several schemes and prices in one sale, choices and shared limits, members who come and go."""

from datetime import date
from uuid import uuid4

import pytest

from rasad import wiring
from rasad.counter import receipts_read, sales_of_day, sold, visits
from rasad.counter.models import ElsewhereLift, Refusal, Sale
from rasad.ledger import actions as ledger
from rasad.ledger.actions import Move
from rasad.ledger.models import Account, Grant, Transfer
from rasad.registry.models import CardCategory, Membership
from rasad.values.refused import Refused
from rasad.web.refusals import say
from tests.counter import cast
from tests.registry.files import without_guards

KULLU = (
    ("wheat", "NFSA", "g"), ("wheat", "OTNFSA", "g"), ("rice", "NFSA", "g"), ("rice", "OTNFSA", "g"),
    ("atta", "NFSA", "g"), ("atta", "OTNFSA", "g"), ("sugar", "SUGAR", "g"), ("soya_refined_oil", "STATE", "ml"),
    ("mustard_oil", "STATE", "ml"),
)  # fmt: skip


@pytest.fixture
def himachal(ravis, world, settings):
    """Ravi's shop lies in Himachal, with what is sold there."""
    settings.STATE = "himachal_pradesh"
    wiring.state_code.cache_clear()
    for commodity, allocation, unit in KULLU:
        to = ledger.stock(cast.RAVIS, commodity, allocation, unit=unit)
        ledger.move(
            Transfer.Kind.RECEIPT, document=uuid4(), moves=[Move(ledger.outside("supply"), to, 100_000)],
            at=cast.NOON,
        )  # fmt: skip
    yield
    wiring.state_code.cache_clear()


def of(category, members):
    """A card of so many, and a visit that is through its ladder without authentication."""
    cast.card(cast.CARD, *(cast.person(f"Member {line}") for line in range(members)), category=category)
    return cast.visit()


def again():
    return cast.visit()


def left(shown):
    return {one.key: one.left for one in shown.offers}


def no_of(act, *given, **more):
    with pytest.raises(Refused) as no:
        act(*given, **more)
    return no.value


@pytest.mark.req("R-POS-18")
def test_month_is_lifted_in_parts_until_nothing_is_left(ravis):
    first = of("OPH", 3)

    assert cast.sell(first, wheat=5_000).lines[0].left == 10_000
    assert cast.sell(again(), wheat=9_999).lines[0].left == 1
    assert cast.sell(again(), wheat=1, pulses=2_500).lines[0].left == 0
    assert left(again()) == {"wheat": 0, "pulses": 0}
    assert no_of(cast.sell, again(), wheat=1).code == "more_than_left"
    assert Sale.objects.count() == 3


@pytest.mark.req("R-POS-16")
def test_no_more_than_is_left_is_sold_and_the_refusal_says_how_much_that_is(ravis):
    cast.sell(of("OPH", 3), wheat=12_000)

    no = no_of(cast.sell, again(), wheat=3_001)

    assert no.code == "more_than_left"
    assert "3 kg" in say(no).why
    assert Refusal.objects.get().code == "more_than_left"


@pytest.mark.req("R-POS-20")
def test_line_that_cannot_be_sold_takes_the_whole_sale_with_it(ravis):
    shown = of("OPH", 3)

    assert no_of(cast.sell, shown, wheat=15_000, pulses=2_501).code == "more_than_left"

    assert left(again()) == {"wheat": 15_000, "pulses": 2_500}
    assert not Transfer.objects.filter(kind="sale").exists()


def test_what_is_not_in_the_shop_stays_on_the_card_and_is_written_down(db, world):
    cast.shop(stock=4_000)
    shown = of("OPH", 3)

    no = no_of(cast.sell, shown, wheat=15_000)

    assert (no.code, "4 kg" in say(no).why) == ("stock_short", True)
    assert list(Refusal.objects.values_list("code", "holder", "shop")) == [
        ("stock_short", cast.CARD, cast.RAVIS)
    ]
    assert cast.sell(shown, wheat=4_000).lines[0].left == 11_000


@pytest.mark.req("R-ENT-16", "R-ENT-17")
def test_two_schemes_and_prices_in_one_sale_come_out_of_their_own_stocks(himachal):
    shown = of("PHH", 2)

    receipt = cast.sell(shown, wheat=6_000, rice=4_000, wheat_topup=3_000, rice_topup=2_000)

    assert [(one.line, one.quantity, one.price, one.amount) for one in receipt.lines] == [
        ("wheat", 6_000, 200, 1_200),
        ("rice", 4_000, 300, 1_200),
        ("wheat_topup", 3_000, 760, 2_280),
        ("rice_topup", 2_000, 1_000, 2_000),
    ]
    assert receipt.amount == 6_680
    given = Account.objects.filter(kind="stock", holder=cast.RAVIS, given__gt=0)
    assert set(given.values_list("commodity", "part", "given")) == {
        ("wheat", "NFSA", 6_000),
        ("rice", "NFSA", 4_000),
        ("wheat", "OTNFSA", 3_000),
        ("rice", "OTNFSA", 2_000),
    }
    cash = Account.objects.get(kind="cash", holder=cast.RAVIS)
    assert Transfer.objects.get(target=cash.pk, kind="payment").quantity == 6_680


@pytest.mark.req("R-ENT-12", "R-ENT-14")
def test_flour_and_wheat_are_never_both_taken_in_a_month(himachal):
    cast.sell(of("PHH", 2), wheat=1_000)
    shown = again()

    barred = {
        one.key: (one.left, one.is_barred) for one in shown.offers if one.choice_group or "atta" in one.key
    }
    assert barred["atta"] == (0, True)
    assert barred["wheat"] == (5_000, False)
    no = no_of(cast.sell, shown, atta=1_000)
    assert no.code == "choice_made"
    assert "wheat" in say(no).why.lower()


def test_flour_and_wheat_are_not_taken_in_one_sale_either(himachal):
    shown = of("PHH", 2)

    assert no_of(cast.sell, shown, wheat=1_000, atta=1_000).code == "choice_not_both"
    assert cast.sell(shown, atta=5_600, atta_topup=3_000).amount == 1_792 + 2_790


@pytest.mark.req("R-ENT-22")
def test_oils_share_one_limit(himachal):
    cast.sell(of("PHH", 2), mustard_oil=600)
    shown = again()

    assert {key: left(shown)[key] for key in ("mustard_oil", "soya_refined_oil")} == {
        "mustard_oil": 400,
        "soya_refined_oil": 400,
    }
    no = no_of(cast.sell, shown, soya_refined_oil=401)
    assert (no.code, "400 ml" in say(no).why or "0.4" in say(no).why) == ("cap_over", True)
    assert no_of(cast.sell, shown, soya_refined_oil=300, mustard_oil=101).code == "cap_over"
    assert cast.sell(shown, soya_refined_oil=300, mustard_oil=100).amount == 3_660 + 1_510
    assert left(again())["soya_refined_oil"] == 0


def test_receipt_of_one_oil_says_what_the_shared_limit_leaves(himachal):
    cast.sell(of("PHH", 2), mustard_oil=600)
    cast.sell(again(), soya_refined_oil=300)
    sale = Sale.objects.get(amount=3_660)

    assert [one.left for one in sold.told(sale).lines] == [100]
    assert [one.left for one in sales_of_day.again(sale).receipt.lines] == [100]
    assert [one.left for one in receipts_read.receipt_of(sale).lines] == [100]


@pytest.mark.req("R-ENT-29")
def test_member_who_comes_in_the_month_adds_a_share_to_what_is_left(ravis):
    cast.sell(of("OPH", 3), wheat=9_000)
    joins("Newborn", on=date(2026, 11, 12))

    assert left(again()) == {"wheat": 11_000, "pulses": 2_500}


@pytest.mark.req("R-ENT-29")
def test_member_who_goes_takes_a_share_of_what_is_left(ravis):
    cast.sell(of("OPH", 3), wheat=9_000)
    goes(line=3, on=date(2026, 11, 12))

    assert left(again()) == {"wheat": 1_000, "pulses": 2_500}


@pytest.mark.req("R-ENT-29")
def test_what_was_lifted_for_a_member_who_goes_is_not_asked_back(ravis):
    cast.sell(of("OPH", 3), wheat=15_000)
    goes(line=3, on=date(2026, 11, 12))

    assert left(again()) == {"wheat": 0, "pulses": 2_500}
    assert Account.objects.get(kind="entitlement", commodity="wheat").granted == 15_000


@pytest.mark.req("R-ENT-29")
def test_each_change_of_a_grant_says_why(ravis):
    of("OPH", 3)
    joins("Newborn", on=date(2026, 11, 12))
    again()

    assert list(
        Grant.objects.filter(account__commodity="wheat").order_by("pk").values_list("quantity", "category", "members")
    ) == [(15_000, "OPH", 3), (5_000, "OPH", 4)]  # fmt: skip


@pytest.mark.req("R-ENT-29")
def test_top_up_that_was_lifted_counts_when_the_family_outgrows_it(himachal):
    cast.sell(of("PHH", 2), wheat=6_000, wheat_topup=3_000)
    joins("Third", on=date(2026, 11, 12), line=3)
    joins("Fourth", on=date(2026, 11, 12), line=4)

    # Twelve kilograms are due to four; nine were lifted.
    assert left(again())["wheat"] == 3_000


@pytest.mark.req("R-POS-16", "R-POS-17")
def test_lift_in_another_state_makes_the_balance_smaller_and_is_told(ravis):
    shown = of("OPH", 3)
    lifted_in_bengal(grams=9_000)

    shown = visits.again(shown.visit, at=cast.NOON)

    assert left(shown) == {"wheat": 6_000, "pulses": 2_500}
    assert [(one.at.date(), one.state, one.shop, one.lines) for one in shown.elsewhere] == [
        (date(2026, 11, 12), "IN-WB", "Ma Tara Bhandar, Siliguri", {"wheat": 9_000})
    ]
    assert shown.contact.en == "Inspector, F&S"
    assert no_of(cast.sell, shown, wheat=6_001).code == "more_than_left"
    assert cast.sell(shown, wheat=6_000).lines[0].left == 0


def lifted_in_bengal(*, grams):
    """The family's son lifts in Siliguri."""
    account = Account.objects.get(kind="entitlement", holder=cast.CARD, commodity="wheat")
    document = uuid4()
    move = Move(ledger.outside("other_states"), account, grams)
    ledger.move(Transfer.Kind.ELSEWHERE, document=document, moves=[move], at=cast.NOON)
    ElsewhereLift.objects.create(
        reservation=document, holder=cast.CARD, month="2026-11", state="IN-WB",
        shop="Ma Tara Bhandar, Siliguri", lines={"wheat": grams}, at=cast.NOON,
    )  # fmt: skip


def joins(name, *, on, line=9):
    """Somebody comes onto Asha's card."""
    household = Membership.objects.first().household
    Membership.objects.create(household=household, person=cast.person(name), line=line, during=(on, None))


def goes(*, line, on):
    """Somebody leaves Asha's card."""
    with without_guards():
        Membership.objects.filter(line=line).update(during=(cast.SINCE[0], on))


def test_top_up_follows_the_choice_and_is_not_had_of_both(himachal):
    shown = of("PHH", 2)

    assert no_of(cast.sell, shown, wheat_topup=3_000, atta_topup=3_000).code == "choice_not_both"
    assert no_of(cast.sell, shown, wheat=6_000, atta_topup=3_000).code == "choice_not_both"
    cast.sell(shown, wheat=6_000)
    assert [one.key for one in again().offers if one.is_barred] == ["atta", "atta_topup"]
    assert no_of(cast.sell, again(), atta_topup=3_000).code == "choice_made"
    assert cast.sell(again(), wheat_topup=3_000).amount == 2_280


@pytest.mark.parametrize("category", ["AAY", "APL"])
def test_choice_of_the_month_holds_when_the_category_changes(himachal, category):
    cast.sell(of("PHH", 2), wheat=1_000)
    with without_guards():
        CardCategory.objects.update(category=category)

    shown = again()

    barred = {one.commodity: one.is_barred for one in shown.offers if one.choice_group}
    assert barred == {"atta": True, "wheat": False}
    assert no_of(cast.sell, shown, atta=1_000).code == "choice_made"


def test_alternatives_of_two_categories_are_not_both_taken_in_a_month(himachal):
    """Flour on a card above the poverty line, then wheat by the top-up of a priority card."""
    cast.sell(of("APL", 2), atta=1_000)
    with without_guards():
        CardCategory.objects.update(category="PHH")

    no = no_of(cast.sell, again(), wheat_topup=1_000)

    assert no.code == "choice_made"
    assert {one.commodity for one in Account.objects.exclude(chosen=None)} == {"atta"}
