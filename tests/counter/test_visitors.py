"""Cards of other States: consent, three fingers a cycle, half at a time, seven days, and only foodgrain."""

import pytest

from rasad.counter import ladder, selling, tries, visitors
from rasad.counter.models import Consent, Sale
from rasad.ledger.models import Account
from rasad.shops.actions import close_day
from rasad.shops.models import Shop
from rasad.values.measure import Measure
from rasad.values.refused import Refused
from rasad.web.refusals import say
from tests.counter import cast, guests

NOT_NFSA, NOT_LINKED, NOT_VALIDATED, NOT_ACTIVE = (
    "190000000106",
    "100000000107",
    "090000000108",
    "020000000109",
)
WITH_SUGAR, AAY, LIFTED_AT_HOME, EMPTY = "100000000105", "100000000102", "090000000103", "100000000110"
IN_DELHI_YESTERDAY = "020000000104"
CHANDAS, ROHITS, ANISHAS = cast.CHANDA, "999955183433", "999990501894"

pytestmark = pytest.mark.usefixtures("ravis", "clock")


def offered(one):
    return [(line.key, line.full, line.most) for line in visitors.offers(one.visit, one.home, at=one.at)]


def matched(world, number=guests.GUEST, of=cast.ASHA, **given):
    """A visitor whose finger has matched."""
    one = guests.guest(number, **given)
    guests.finger(one, world, of=of)
    return one


def no_of(act, *given, **more):
    with pytest.raises(Refused) as no:
        act(*given, **more)
    return no.value


@pytest.mark.req("R-PRT-05")
def test_card_is_found_by_its_number_or_by_a_members_aadhaar_number(world):
    by_number = guests.guest(number=" 190000000101 ")
    by_aadhaar = guests.guest(aadhaar="9999 4105 7058")

    assert by_number.visit.holder == by_aadhaar.visit.holder == "IN-WB/190000000101"
    assert (by_number.visit.kind, by_number.visit.home_state) == ("visitor", "IN-WB")


@pytest.mark.parametrize(
    "typed",
    [
        {"number": "190000000999"}, {"number": ""}, {"number": "1" * 21}, {"number": "19\x1f00"},
        {"aadhaar": "999971658840"},
        {"aadhaar": "९९९९"},
    ],
)  # fmt: skip
def test_number_that_nobody_knows_is_refused(typed):
    assert no_of(guests.guest, **typed).code == "impds_card_unknown"


@pytest.mark.req("R-PRT-18")
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (NOT_NFSA, "portability_not_nfsa"),
        (NOT_LINKED, "portability_not_linked"),
        (NOT_VALIDATED, "portability_not_validated"),
        (NOT_ACTIVE, "impds_card_not_active"),
    ],
)
def test_card_that_does_not_travel_is_refused_saying_why(number, code):
    no = no_of(guests.guest, number)

    assert no.code == code
    assert say(no).what


def test_visit_is_opened_within_the_shops_hours_only():
    close_day(
        shop=Shop.objects.get(number=cast.RAVIS),
        on=cast.NOON.date(),
        reason="Diwali",
        by="test",
        at=cast.NOON,
    )

    assert no_of(guests.guest).code == "shop_closed"


@pytest.mark.req("R-PRT-06")
def test_nothing_goes_on_without_consent(world):
    one = guests.guest(agrees=False)

    assert no_of(guests.finger, one, world).code == "aadhaar_consent_missing"
    no = no_of(
        visitors.agree, one.visit, is_given=False, version=visitors.CONSENT_VERSION, language="hi", at=one.at
    )
    assert no.code == "aadhaar_consent_missing"
    assert not one.visit.attempts.exists()


@pytest.mark.req("R-PRT-21")
def test_consent_is_recorded_with_its_words_language_and_time(world):
    one = guests.guest()

    assert list(Consent.objects.values_list("visit", "reference", "text_version", "language", "at")) == [
        (one.visit.pk, "IN-WB/190000000101", visitors.CONSENT_VERSION, "hi", cast.NOON)
    ]


def test_consent_to_words_of_an_older_version_is_not_taken():
    one = guests.guest(agrees=False)

    no = no_of(visitors.agree, one.visit, is_given=True, version="2020-01", language="hi", at=one.at)
    assert no.code == "consent_outdated"


@pytest.mark.req("R-PRT-03", "R-PRT-09", "R-PRT-12")
def test_finger_that_matches_gives_half_of_the_month_at_the_prices_of_the_act(world):
    one = matched(world)

    assert offered(one) == [("rice", 12_000, 6_000), ("wheat", 8_000, 4_000)]
    receipt = guests.sell(one, rice=6_000, wheat=4_000)

    assert [(line.line, line.quantity, line.price, line.amount) for line in receipt.lines] == [
        ("rice", 6_000, 300, 1_800),
        ("wheat", 4_000, 200, 800),
    ]
    sale = Sale.objects.get()
    assert (sale.kind, sale.mode, sale.member, sale.home_state) == ("visitor", "biometric", 1, "IN-WB")


@pytest.mark.req("R-PRT-07", "R-PRT-08")
def test_three_different_fingers_make_a_cycle_and_cycles_begin_again(world):
    one = guests.guest()
    named = ["LEFT_INDEX", "RIGHT_INDEX", "LEFT_THUMB"]

    for finger in named:
        guests.finger(one, world, named=finger, of=cast.BINOD)

    assert one.standing.fingers_tried == ()
    guests.finger(one, world, named="LEFT_INDEX", of=cast.BINOD)
    assert one.standing.fingers_tried == ("LEFT_INDEX",)
    assert guests.finger(one, world, named="RIGHT_INDEX").outcome == "matched"
    assert list(one.visit.attempts.values_list("finger", "outcome")) == [
        ("LEFT_INDEX", "mismatch"),
        ("RIGHT_INDEX", "mismatch"),
        ("LEFT_THUMB", "mismatch"),
        ("LEFT_INDEX", "mismatch"),
        ("RIGHT_INDEX", "matched"),
    ]


@pytest.mark.req("R-PRT-08")
def test_same_finger_twice_in_a_cycle_is_refused(world):
    one = guests.guest()
    guests.finger(one, world, of=cast.BINOD)

    no = no_of(guests.finger, one, world)

    assert no.code == "finger_tried"
    assert one.visit.attempts.count() == 1


@pytest.mark.req("R-PRT-10", "R-PRT-11")
def test_visitor_whose_fingers_do_not_match_gets_nothing(world):
    one = guests.guest()
    guests.finger(one, world, of=cast.BINOD)
    sales = (
        lambda: guests.sell(one, rice=1_000),
        lambda: tries.go_without(one.visit, members=one.members, why="mobile_not_carried", at=one.at),
        lambda: tries.skip_finger(one.visit, members=one.members, why="reader", at=one.at),
        lambda: tries.send_code(one.visit, members=one.members, member=1, at=one.at),
    )

    assert [no_of(act).code for act in sales] == [
        "authenticate_first",
        "portability_only_biometric",
        "portability_only_biometric",
        "portability_only_biometric",
    ]
    assert not Sale.objects.exists()


def test_finger_of_a_member_who_is_not_linked_is_not_asked(world):
    one = guests.guest()

    assert no_of(guests.finger, one, world, line=4).code == "member_not_linked"


@pytest.mark.req("R-PRT-12")
def test_no_more_than_half_is_sold_at_once_whatever_is_asked(world):
    one = matched(world)

    no = no_of(guests.sell, one, rice=6_001)

    assert (no.code, no.facts["most"]) == ("portability_at_once", Measure(6_000, "kg"))
    assert guests.sell(one, rice=6_000).lines[0].quantity == 6_000


@pytest.mark.req("R-PRT-12")
def test_half_of_an_odd_quantity_is_cut_to_the_gram(world):
    one = guests.guest()
    home = one.home
    rice = home.lines[0].__class__(commodity="rice", kind="foodgrain", full=12_001, left=12_001)

    offers = visitors.offers(one.visit, replaced(home, rice), at=one.at)

    assert [(line.key, line.most) for line in offers] == [("rice", 6_000)]


def replaced(home, line):
    """What a home State says, with this one line."""
    return home.__class__(
        **{name: getattr(home, name) for name in home.__struct_fields__} | {"lines": (line,)}
    )


@pytest.mark.req("R-PRT-13", "R-PRT-15")
@pytest.mark.parametrize("day", [12, 13, 18])
def test_within_seven_days_the_refusal_says_from_when_and_how_much(world, clock, day):
    guests.sell(matched(world), rice=6_000, wheat=4_000)
    clock.on(day, 15)
    again = matched(world, when=clock())

    no = no_of(offered, again)

    assert no.code == "portability_gap"
    assert str(no.facts["earliest"]) == "2026-11-19"
    assert "10 kg can be lifted then" in say(no).next


@pytest.mark.req("R-PRT-13")
def test_rest_is_lifted_from_the_seventh_day_on_at_any_shop(world, clock):
    cast.shop(cast.SECOND, name="Second Store")
    guests.sell(matched(world), rice=6_000, wheat=4_000)
    clock.on(19, 0)

    again = matched(world, when=clock(), shop=cast.SECOND)

    assert offered(again) == [("rice", 12_000, 6_000), ("wheat", 8_000, 4_000)]
    assert [line.left for line in guests.sell(again, rice=6_000, wheat=4_000).lines] == [0, 0]


@pytest.mark.req("R-PRT-14", "R-PRT-16")
def test_what_was_lifted_at_home_reduces_the_rest(world, clock):
    guests.sell(matched(world), rice=6_000, wheat=4_000)
    world.impds.lift_at_home(guests.GUEST, "rice", 5_000)
    clock.on(19)

    assert offered(matched(world, when=clock())) == [("rice", 12_000, 1_000), ("wheat", 8_000, 4_000)]


@pytest.mark.req("R-PRT-14")
def test_lift_at_home_before_leaves_half_or_what_is_left(world):
    one = matched(world, LIFTED_AT_HOME, of=CHANDAS)

    assert offered(one) == [("wheat", 15_000, 7_500), ("rice", 10_000, 5_000)]
    world.impds.lift_at_home(LIFTED_AT_HOME, "wheat", 6_000)
    assert offered(guests.guest(LIFTED_AT_HOME)) == [("wheat", 15_000, 3_000), ("rice", 10_000, 5_000)]


@pytest.mark.req("R-PRT-13", "R-PRT-15")
def test_lift_in_another_host_state_begins_the_gap_too(world):
    no = no_of(offered, matched(world, IN_DELHI_YESTERDAY, of=ROHITS))

    assert (no.code, str(no.facts["earliest"])) == ("portability_gap", "2026-11-18")


def test_card_of_which_all_was_lifted_at_home_has_nothing_here(world):
    assert offered(guests.guest(EMPTY)) == [("rice", 3_000, 0), ("wheat", 2_000, 0)]


@pytest.mark.req("R-PRT-13")
def test_part_of_the_half_begins_the_gap_as_well(world, clock):
    guests.sell(matched(world), rice=1_000)
    clock.on(18)
    assert no_of(offered, matched(world, when=clock())).code == "portability_gap"
    clock.on(19)

    assert offered(matched(world, when=clock())) == [("rice", 12_000, 6_000), ("wheat", 8_000, 4_000)]


@pytest.mark.req("R-PRT-13")
def test_two_visits_opened_before_either_sale_do_not_pass_the_gap(world, clock):
    first, second = matched(world), matched(world)
    passes = [selling.issue_pass(one.visit, now=one.standing, offers=visitors.offers(one.visit, one.home, at=one.at), at=one.at) for one in (first, second)]  # fmt: skip # noqa: E501
    selling.sell(first.visit, pass_text=passes[0], lines={"rice": 6_000}, dealer="ravi", at=first.at)

    no = no_of(
        selling.sell, second.visit, pass_text=passes[1], lines={"rice": 6_000}, dealer="ravi", at=first.at
    )

    assert (no.code, str(no.facts["earliest"])) == ("away_gap", "2026-11-19")
    assert (
        Account.objects.get(kind="entitlement", holder="IN-WB/190000000101", commodity="rice").received
        == 6_000
    )


@pytest.mark.req("R-PRT-13")
def test_rest_that_the_month_overtakes_lapses_and_the_refusal_says_so(world, clock):
    clock.on(25)
    guests.sell(matched(world, when=clock()), rice=6_000)
    clock.on(28)

    no = no_of(offered, matched(world, when=clock()))

    assert no.code == "portability_month_ends"
    assert (str(no.facts["lifted"]), str(no.facts["until"])) == ("2026-11-25", "2026-11-30")
    assert "7 days must pass, and the month ends on 30 November 2026" in say(no).why


def test_new_month_has_grain_of_its_own_from_its_first_day(world, clock):
    clock.on(28)
    guests.sell(matched(world, when=clock()), rice=6_000)
    clock.at = cast.at(12, day=30).replace(month=12, day=1)

    assert offered(matched(world, when=clock())) == [("rice", 12_000, 6_000), ("wheat", 8_000, 4_000)]


def test_only_foodgrain_travels(world):
    one = matched(world, WITH_SUGAR, of=ANISHAS)

    assert offered(one) == [("rice", 6_000, 3_000), ("wheat", 4_000, 2_000)]
    assert no_of(guests.sell, one, sugar=500).code == "line_not_on_pass"


def test_poorest_pay_the_same_prices_of_the_act(world):
    one = matched(world, AAY, of=cast.BINOD)

    assert [
        (line.key, line.price, line.most) for line in visitors.offers(one.visit, one.home, at=one.at)
    ] == [
        ("rice", 300, 10_500),
        ("wheat", 200, 7_000),
    ]


def test_visitor_is_sold_to_from_the_shops_own_stock(world):
    guests.sell(matched(world), rice=6_000)

    stock = Account.objects.get(kind="stock", holder=cast.RAVIS, commodity="rice")
    assert stock.given == 6_000


def test_too_little_stock_is_told_and_less_may_be_asked_on_the_same_visit(world):
    Account.objects.filter(kind="stock", holder=cast.RAVIS, commodity="rice").update(
        given=cast.PLENTY - 2_000
    )
    one = matched(world)

    assert no_of(guests.sell, one, rice=6_000).code == "stock_short"
    assert guests.sell(one, rice=2_000).lines[0].quantity == 2_000


@pytest.mark.req("R-PRT-17")
def test_quantity_sold_to_other_states_cards_stands_under_their_state(world):
    guests.sell(matched(world), rice=6_000)

    assert list(Sale.objects.values_list("shop", "kind", "home_state")) == [(cast.RAVIS, "visitor", "IN-WB")]


def test_standing_of_a_visitor_knows_no_other_step():
    one = guests.guest()

    assert one.standing == ladder.Standing("biometric", None)
